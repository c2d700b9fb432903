// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/options.h"
#include "map/renderer.h"
#include "map/symbols.h"

#include <QGuiApplication>
#include <QImage>

#include <chrono>
#include <cstdio>

namespace vedette::ctl {

namespace {

struct RenderWords {
    std::filesystem::path out;
    std::string size = "1920x1080", theme = "dark";
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

int render(const Common& common, const RenderWords& words) {
    const Answer answer = common.answer();
    int width = 0, height = 0;
    if (std::sscanf(words.size.c_str(), "%dx%d", &width, &height) != 2 || width < 1 || height < 1 ||
        width > 20'000 || height > 20'000)
        return answer.fail({layers::Problem::Kind::usage, {"sizeUnreadable", {{"said", words.size}}}});
    const auto loaded = load(common, false, false, false);
    if (!loaded)
        return answer.fail(loaded.problem());
    const dispatch::City& city = *loaded.value();

    qputenv("QT_QPA_PLATFORM", "offscreen");
    int argc = 1;
    char name[] = "vedettectl";
    char* argv[] = {name, nullptr};
    const QGuiApplication application(argc, argv); // for fonts
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
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    if (!image.save(QString::fromStdString(words.out.string())))
        return answer.fail(layers::environment("fileNotWritten", {{"path", words.out.string()}}));
    answer.say(words.out.string() + " in " + std::to_string(took.count()) + " s");
    answer.give({{"seconds", took.count()}, {"out", words.out.string()}});
    return done;
}

} // namespace

void addRender(Verbs verbs) {
    CLI::App* verb = verbs.app.add_subcommand("render", "the map as the console would draw it");
    const auto common = addCommon(*verb, true);
    const auto words = std::make_shared<RenderWords>();
    verb->add_option("--out", words->out, "PNG to write")->required();
    addBox(*verb, "--extent", words->extent, "MINLON,MINLAT,MAXLON,MAXLAT; the whole city unless said");
    verb->add_option("--size", words->size, "WxH in pixels");
    verb->add_option("--theme", words->theme)->check(CLI::IsMember({"dark", "light", "contrast"}));
    verb->callback([=, &run = verbs.run] { run = [=] { return render(*common, *words); }; });
}

} // namespace vedette::ctl
