// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/options.h"
#include "dispatch/area_statistics.h"
#include "map/renderer.h"
#include "map/symbols.h"
#include "map/tilted.h"

#include <QGuiApplication>
#include <QImage>

#include <chrono>
#include <cmath>
#include <cstdio>

namespace vedette::ctl {

namespace {

struct RenderWords {
    std::filesystem::path out;
    std::string size = "1920x1080", theme = "dark", by = "grid";
    bool tilted = false;
    int days = 30;
    double turn = 25, tilt = 52;
    BoxOption extent;
};

// The tickets that are open, as the console marks them.
void addTickets(const dispatch::State& state, const layers::WorkingCrs& crs, const map::SymbolBook& book,
                map::Theme theme, map::Overlay& overlay) {
    overlay.symbols = book.symbols();
    state.forEachOpenTicket([&](const dispatch::Ticket& ticket) {
        map::SymbolFacts facts;
        facts.table = ticket.hazard.runs() ? map::SymbolFacts::Table::hazard : map::SymbolFacts::Table::incident;
        facts.category = ticket.incident.category, facts.name = ticket.duty.name;
        facts.stage = toString(stage(ticket)), facts.severity = ticket.incident.priority;
        const map::Symbol symbol = book.symbol(facts);
        map::Mark mark;
        mark.kind = map::Mark::Kind::incident;
        mark.at = crs.toWorking(ticket.incident.at);
        mark.symbol = symbol.drawing, mark.shape = symbol.shape, mark.colour = symbol.in(theme);
        mark.letter = QString::number(ticket.incident.priority);
        mark.id = mark.label = QString::fromStdString(toString(ticket.id));
        mark.rank = 10 - ticket.incident.priority;
        overlay.marks.push_back(std::move(mark));
    });
}

// Shrunken rates of the history's last days, an area of the kind as high as its own.
QImage tilted(const dispatch::City& city, const RenderWords& words, QSize size, map::Theme theme) {
    const dispatch::History& history = *city.history;
    dispatch::StatisticsAsk ask;
    ask.kind = layers::areaKind(words.by).value_or(layers::AreaKind::grid); // checked when it was read
    if (!history.empty()) {
        ask.till = history.at(history.size() - 1) + std::chrono::milliseconds(1);
        ask.from = std::max(ask.till - std::chrono::hours(24) * words.days, history.at(0));
    }
    std::vector<std::pair<layers::AreaIndex, double>> values;
    double most = 0;
    const auto statistics = dispatch::areaStatistics(city, ask);
    for (const auto& row : statistics.rows) {
        values.emplace_back(row.area, row.shrunk);
        most = std::max(most, row.shrunk);
    }
    double scale = 0.03; // a round figure not far below the highest
    for (int step = 0; scale < 0.45 * most; ++step)
        scale *= step % 2 ? 2.5 : 2;
    auto scene = std::make_shared<map::TiltedScene>(*map::tiltedScene(city.areas, ask.kind, values, scale, theme));
    scene->title = QStringLiteral("risk per ") + QString::fromStdString(words.by);
    scene->unit = QStringLiteral("events/km²/day, shrunken · %1 days").arg(std::lround(statistics.days));
    map::TiltedView view;
    view.size = size;
    view.turn = words.turn, view.tilt = words.tilt;
    return renderTilted(*scene, view.fitted(city.areas.extent()));
}

int render(const Common& common, const RenderWords& words) {
    const Answer answer = common.answer();
    int width = 0, height = 0;
    if (std::sscanf(words.size.c_str(), "%dx%d", &width, &height) != 2 || width < 1 || height < 1 ||
        width > 20'000 || height > 20'000)
        return answer.fail({layers::Problem::Kind::usage, {"sizeUnreadable", {{"said", words.size}}}});
    const auto loaded = load(common, words.tilted, false, false);
    if (!loaded)
        return answer.fail(loaded.problem());
    const dispatch::City& city = *loaded.value();

    qputenv("QT_QPA_PLATFORM", "offscreen");
    int argc = 1;
    char name[] = "vedettectl";
    char* argv[] = {name, nullptr};
    const QGuiApplication application(argc, argv); // for fonts
    const auto save = [&](const QImage& image, std::chrono::duration<double> took) -> int {
        if (!image.save(QString::fromStdString(words.out.string())))
            return answer.fail(layers::environment("fileNotWritten", {{"path", words.out.string()}}));
        answer.say(words.out.string() + " in " + std::to_string(took.count()) + " s");
        answer.give({{"seconds", took.count()}, {"out", words.out.string()}});
        return done;
    };
    if (words.tilted) {
        const auto begun = std::chrono::steady_clock::now();
        const auto theme = map::themeOf(QString::fromStdString(words.theme)).value_or(map::Theme::dark);
        const QImage image = tilted(city, words, {width, height}, theme);
        return save(image, std::chrono::steady_clock::now() - begun);
    }
    map::Scene scene;
    scene.theme = map::themeOf(QString::fromStdString(words.theme)).value_or(map::Theme::dark);
    scene.areas = city.areas;
    scene.areaLayers = map::areaLayers(city.areas, scene.theme);
    scene.roads.colour = map::roadColour(scene.theme);
    for (const layers::SourceSpec& spec : city.workspace.roads)
        if (auto lines = layers::readSource(city.workspace, spec))
            scene.roads.lines.push_back(std::move(lines).value());
    map::Overlay overlay;
    const auto symbols = map::SymbolBook::load(city.workspace.folder);
    for (const layers::Message& wrong : symbols.wrong)
        answer.say(layers::word(wrong, layers::Language::english));
    if (auto journal = openJournal(common)) {
        dispatch::Store& store = *journal.value().store;
        if (const auto state = dispatch::foldTo(store, {}, store.lastSeq()))
            addTickets(state.value(), city.crs, *symbols.book, scene.theme, overlay);
    }
    map::View view;
    view.size = {width, height};
    view = view.fitted(words.extent.given ? toWorking(words.extent, city.crs) : city.areas.extent());
    const auto begun = std::chrono::steady_clock::now();
    const QImage image = map::renderToImage(scene, overlay, view);
    return save(image, std::chrono::steady_clock::now() - begun);
}

} // namespace

void addRender(Verbs verbs) {
    CLI::App* verb = verbs.app.add_subcommand("render", "the map as the console would draw it");
    const auto common = addCommon(*verb, true);
    const auto words = std::make_shared<RenderWords>();
    verb->add_option("--out", words->out, "PNG to write")->required();
    addBox(*verb, "--extent", words->extent, "MINLON,MINLAT,MAXLON,MAXLAT; the whole city unless said");
    verb->add_option("--size", words->size, "WxH in pixels");
    verb->add_flag("--tilted", words->tilted, "from aside: areas as high as their rate of incidents");
    verb->add_option("--by", words->by, "with --tilted: the kind of area; grid unless said")
        ->check(CLI::IsMember({"city", "county", "township", "community", "grid", "bureau", "station", "beat"}));
    verb->add_option("--days", words->days, "with --tilted: the last so many of the history; 30 unless said")
        ->check(CLI::Range(1, 36'500));
    verb->add_option("--turn", words->turn, "with --tilted: degrees clockwise")->check(CLI::Range(-360.0, 360.0));
    verb->add_option("--tilt", words->tilt, "with --tilted: degrees from straight above")->check(CLI::Range(0.0, 80.0));
    verb->add_option("--theme", words->theme)->check(CLI::IsMember({"dark", "light", "contrast"}));
    verb->callback([=, &run = verbs.run] { run = [=] { return render(*common, *words); }; });
}

} // namespace vedette::ctl
