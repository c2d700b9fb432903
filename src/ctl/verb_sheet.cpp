// SPDX-License-Identifier: GPL-3.0-or-later
// sheet DIR: the map on paper, or an atlas with a page for each area of a kind.
#include "ctl/options.h"
#include "ctl/wording.h"
#include "dispatch/recommend.h"
#include "dispatch/tracks.h"
#include "heat_ask.h"
#include "kept_layers.h"
#include "map/sheet_areas.h"
#include "map/sheet_features.h"

#include <QEventLoop>
#include <QGuiApplication>
#include <QLocale>

#include <algorithm>
#include <chrono>
#include <utility>

namespace vedette::ctl {

namespace {

struct SheetWords {
    std::filesystem::path out;
    std::string page = "A4", title, subtitle, atlas, kinds;
    double scale = 0, dpi = 300;
    bool landscape = false, plain = false, chinese = false, noUnits = false, noAdded = false, heat = false;
    HeatAsk ask;
    BoxOption extent;
};

struct Open {
    dispatch::Ticket ticket;
    layers::Point at;
};
struct Live {
    std::vector<Open> tickets;
    std::vector<map::SheetUnit> units;
};

map::SheetUnitLook lookOf(dispatch::UnitStatus status) {
    using Look = map::SheetUnitLook;
    using Status = dispatch::UnitStatus;
    return status == Status::free       ? Look::free
           : status == Status::assigned ? Look::assigned
           : status == Status::enroute  ? Look::enRoute
           : status == Status::onscene  ? Look::onScene
                                        : Look::away;
}

// Who is on duty or at work, where the last hour's tracks, what was declared, posts and home areas put them.
std::vector<map::SheetUnit> unitsOf(const dispatch::City& city, const dispatch::State& state,
                                    layers::Language language) {
    const layers::Instant now = layers::SystemClock().now();
    dispatch::UnitIndex index(city.crs, city.areas, city.workspace.rules, city.zone);
    index.follow(state);
    if (const auto tracks = dispatch::TrackLog::open(city.workspace.folder / "tracks", true))
        for (const auto& [unit, fix] : tracks.value()->lastKnown(now, std::chrono::minutes(60)))
            index.fix(fix);
    std::vector<map::SheetUnit> units;
    state.forEachUnit([&](const dispatch::UnitRecord& unit) {
        const auto status = dispatch::unitStatus(state, unit, now, city.zone);
        if (status == dispatch::UnitStatus::off && unit.tickets.empty())
            return;
        const dispatch::Whereabouts where = index.whereabouts(unit.facts->id, now);
        if (where.basis == dispatch::PositionBasis::none)
            return;
        const bool lost = where.basis == dispatch::PositionBasis::fix && where.age == dispatch::FixAge::lost;
        const std::string word = lost ? "sheetPositionLost" : "status." + std::string(wording(status));
        units.push_back({where.at, unit.facts->name.empty() ? unit.facts->id.text : unit.facts->name,
                         layers::word({word, {}}, language), lost ? map::SheetUnitLook::lost : lookOf(status)});
    });
    return units;
}

Live liveOf(const Common& common, const dispatch::City& city, bool withUnits, layers::Language language) {
    Live live;
    auto journal = openJournal(common);
    if (!journal)
        return live;
    dispatch::Store& store = *journal.value().store;
    const auto state = dispatch::foldTo(store, {}, store.lastSeq());
    if (!state)
        return live;
    state.value().forEachOpenTicket([&](const dispatch::Ticket& ticket) {
        live.tickets.push_back({ticket, city.crs.toWorking(ticket.incident.at)});
    });
    std::sort(live.tickets.begin(), live.tickets.end(), [](const Open& a, const Open& b) {
        return std::pair(a.ticket.incident.priority, a.ticket.openedAt) <
               std::pair(b.ticket.incident.priority, b.ticket.openedAt);
    });
    if (withUnits)
        live.units = unitsOf(city, state.value(), language);
    return live;
}

std::vector<std::string> row(const dispatch::Ticket& ticket, const layers::TimeZone& zone,
                             layers::Language language) {
    return {dispatch::toString(ticket.id),
            std::to_string(ticket.incident.priority),
            ticket.incident.category,
            ticket.incident.place,
            ticket.areas.empty() ? std::string() : ticket.areas.front(),
            layers::word({"stage." + std::string(dispatch::toString(dispatch::stage(ticket))), {}}, language),
            layers::isoLocal(ticket.openedAt, zone)};
}

// The risk surface below everything, and its legend, as the window prints it. The scale is that of the whole city, so
// that two sheets, or the pages of an atlas, can be compared.
layers::Status addHeat(map::Sheets& sheets, const dispatch::City& city, const SheetWords& words, KeptGround& kept,
                       const layers::Box& shown) {
    if (city.workspace.incidents.empty())
        return layers::refused("heatNoHistory");
    const dispatch::History& history = *city.history;
    if (history.empty())
        return layers::refused("heatHistoryEmpty", {{"path", city.workspace.incidents.front().source}});
    const layers::Box all = city.areas.extent();
    const double pixel = std::max({words.ask.bandwidth / 16, all.width() / 1600, all.height() / 1600});
    auto made = makeHeat(city, words.ask, std::max(1, static_cast<int>(all.width() / pixel)));
    if (!made)
        return made.problem();
    if (!made.value().points)
        return layers::refused("heatNothingMeant",
                               {{"count", std::to_string(history.size())},
                                {"from", layers::isoLocal(history.at(0), city.zone)},
                                {"till", layers::isoLocal(history.at(history.size() - 1), city.zone)}});
    map::HeatLayer heat;
    heat.scaleMax = kept.heatScale.value_or(layers::steadyScale(made.value().surface.max));
    heat.surface = std::make_shared<const layers::HeatSurface>(std::move(made.value().surface));
    heat.opacity *= kept.heatOpacity;
    heat.visible = true; // it was asked for, whatever the window shows
    sheets.image = map::sheetHeat(heat, shown);
    if (sheets.image.png.empty())
        kept.problems.push_back({"sheetHeatElsewhere", {}});
    else
        sheets.layers = map::sheetHeatLegend(heat, words.chinese ? "风险" : "Risk", [&](double value) {
            return QLocale::c().toString(value, 'g', 3).toStdString() +
                   (words.chinese ? " 起/平方公里·日" : " /km²/day");
        });
    return layers::Nothing{};
}

int sheet(const Common& common, const SheetWords& words) {
    const Answer answer = common.answer();
    const auto wrong = [&](layers::Message why) {
        return answer.fail({layers::Problem::Kind::usage, std::move(why)});
    };
    const auto paper = map::paperNamed(words.page);
    if (!paper)
        return wrong({"sheetPageUnknown", {{"said", words.page}}});
    map::Sheets sheets;
    sheets.format = words.out.extension().string().substr(words.out.extension().empty() ? 0 : 1);
    if (sheets.format != "pdf" && sheets.format != "png" && sheets.format != "svg")
        return wrong({"sheetOutUnknown", {{"path", words.out.string()}}});
    const auto loaded = load(common, words.heat, false, false);
    if (!loaded)
        return answer.fail(loaded.problem());
    const dispatch::City& city = *loaded.value();
    const auto kind = layers::areaKind(words.atlas);
    if (!words.atlas.empty() && !kind)
        return wrong({"sheetNoAreas", {{"kind", words.atlas}}});

    sheets.width = words.landscape ? paper->height : paper->width;
    sheets.height = words.landscape ? paper->width : paper->height;
    sheets.dpi = words.dpi;
    sheets.basemap = !words.plain;
    const auto language = words.chinese ? layers::Language::chinese : layers::Language::english;
    sheets.legend = words.chinese ? "图例" : "Legend";
    sheets.north = words.chinese ? "北" : "N";
    sheets.legendMore = words.chinese ? "另有 {count} 项" : "and {count} more";
    sheets.more = words.chinese ? "另有 {count} 行见下页" : "{count} more rows overleaf";
    sheets.header =
        words.chinese
            ? std::vector<std::string>{"工单", "优先级", "类别", "地点", "区域", "阶段", "受理时间"}
            : std::vector<std::string>{"Ticket", "Priority", "Category", "Place", "Area", "Stage", "Opened"};
    const auto now =
        std::chrono::time_point_cast<layers::Instant::duration>(std::chrono::system_clock::now());
    sheets.source =
        city.workspace.name + "  ·  " + layers::isoLocal(now, city.zone) + "  ·  " + city.workspace.crs;

    KeptGround kept = keptGround(city, !words.noAdded);
    const Live live = liveOf(common, city, !words.noUnits && kept.showsUnits(), language);
    const auto& open = live.tickets;
    if (kind) {
        for (auto& [area, page] : map::atlasPages(
                 city.areas, *kind,
                 layers::word({"area." + std::string(layers::toString(*kind)), {}}, language))) {
            for (const Open& one : open)
                if (city.areas.covers(area, one.at))
                    page.rows.push_back(row(one.ticket, city.zone, language));
            page.scale = words.scale;
            sheets.pages.push_back(std::move(page));
        }
        if (sheets.pages.empty())
            return answer.fail(layers::refused("sheetNoAreas", {{"kind", words.atlas}}));
    } else {
        map::SheetPage page;
        const layers::Box box = words.extent.given ? toWorking(words.extent, city.crs) : city.areas.extent();
        page.title = words.title.empty() ? city.workspace.name : words.title;
        page.subtitle = words.subtitle;
        page.minX = box.minX, page.minY = box.minY, page.maxX = box.maxX, page.maxY = box.maxY;
        page.scale = words.scale;
        for (const Open& one : open)
            if (box.contains(one.at))
                page.rows.push_back(row(one.ticket, city.zone, language));
        sheets.pages.push_back(std::move(page));
    }
    const bool plain = words.plain || city.workspace.basemapProject.empty();
    layers::Box shown;
    for (const auto& page : sheets.pages) {
        shown.add(layers::Point{page.minX, page.minY});
        shown.add(layers::Point{page.maxX, page.maxY});
    }
    if (words.heat)
        if (const auto added = addHeat(sheets, city, words, kept, shown); !added)
            return answer.fail(added.problem());
    map::SheetGround ground;
    ground.order = kept.order;
    ground.shown = [&](const map::AreaLayer& layer) {
        return kept.shows(layer) || (kind && layer.kind == *kind);
    };
    ground.title = [&](const map::AreaLayer& layer) {
        return layers::word({"areas." + layer.name.toStdString(), {}}, language);
    };
    ground.filled = plain && sheets.image.png.empty(); // the picture lies below the areas
    map::addGround(sheets, city.areas, ground, shown);
    std::vector<map::SheetTicket> tickets;
    for (const Open& one : open)
        tickets.push_back({one.at, dispatch::toString(one.ticket.id), one.ticket.incident.priority});
    map::addTickets(sheets, tickets, shown, [&](int priority) {
        return (words.chinese ? "优先级 " : "Priority ") + std::to_string(priority);
    });
    map::addUnits(sheets, live.units, shown);

    qputenv("QT_QPA_PLATFORM", "offscreen");
    int argc = 1;
    char name[] = "vedettectl";
    char* argv[] = {name, nullptr};
    const QGuiApplication application(argc, argv);
    map::CartographerReach reach;
    if (!city.workspace.basemapProject.empty() && !words.plain)
        reach.project = city.workspace.folder / city.workspace.basemapProject;
    const auto light = reach.project.parent_path() /
                       (reach.project.stem().string() + "-light" + reach.project.extension().string());
    std::error_code ignored;
    if (!reach.project.empty() && std::filesystem::exists(light, ignored)) // paper is white
        reach.project = light;
    reach.workspace = city.workspace.folder;
    reach.crs = city.workspace.crs;
    reach.network = city.workspace.basemapNetwork;
    reach.allowFolders.assign(city.workspace.allowFolders.begin(), city.workspace.allowFolders.end());
    const std::size_t pages = sheets.pages.size();

    map::SheetPrinter printer;
    QEventLoop loop;
    int status = environmentFailed;
    QObject::connect(&printer, &map::SheetPrinter::progressed, &loop, [&](int done, int of) {
        answer.progress(std::to_string(done) + " / " + std::to_string(of));
    });
    QObject::connect(&printer, &map::SheetPrinter::failed, &loop, [&](const layers::Message& why) {
        const bool missing = why.code == "cartographerMissing" || why.code == "sheetUnwritable";
        status =
            answer.fail({missing ? layers::Problem::Kind::environment : layers::Problem::Kind::refused, why});
        loop.quit();
    });
    QObject::connect(
        &printer, &map::SheetPrinter::printed, &loop,
        [&](const QStringList& files, const std::vector<layers::Message>& problems) {
            nlohmann::ordered_json out{{"pages", pages},
                                       {"files", nlohmann::ordered_json::array()},
                                       {"problems", nlohmann::ordered_json::array()}};
            for (const QString& file : files)
                out["files"].push_back(file.toStdString());
            for (const auto* some : {&std::as_const(kept.problems), &problems})
                for (const auto& problem : *some) {
                    answer.say(layers::word(problem, layers::Language::english));
                    out["problems"].push_back(toJson(problem));
                }
            answer.say(layers::word(
                {"sheetWritten", {{"pages", std::to_string(pages)}, {"path", words.out.string()}}},
                layers::Language::english));
            answer.give(out);
            status = done;
            loop.quit();
        });
    QMetaObject::invokeMethod(
        &printer, [&] { printer.print(std::move(reach), std::move(sheets), words.out); },
        Qt::QueuedConnection);
    loop.exec();
    return status;
}

} // namespace

void addSheet(Verbs verbs) {
    CLI::App* verb =
        verbs.app.add_subcommand("sheet", "the map on paper, or an atlas with a page for each area");
    const auto common = addCommon(*verb, true);
    const auto words = std::make_shared<SheetWords>();
    verb->add_option("--out", words->out, "PDF, PNG or SVG to write")->required();
    verb->add_option("--atlas", words->atlas,
                     "a page for each area of this kind: township, station, beat, ...");
    verb->add_option("--page", words->page, "A5 A4 A3 A2 A1 A0");
    verb->add_flag("--landscape", words->landscape);
    verb->add_option("--title", words->title);
    verb->add_option("--subtitle", words->subtitle);
    addBox(*verb, "--extent", words->extent, "MINLON,MINLAT,MAXLON,MAXLAT; the whole city unless said");
    verb->add_option("--scale", words->scale, "25000 for 1 : 25 000; what shows the extent unless said")
        ->check(CLI::Range(10.0, 1e8));
    verb->add_option("--dpi", words->dpi)->check(CLI::Range(10.0, 1200.0));
    verb->add_flag("--no-basemap", words->plain, "areas on white");
    verb->add_flag("--no-units", words->noUnits);
    verb->add_flag("--no-added", words->noAdded, "without the layers that were added in the window");
    verb->add_flag("--chinese", words->chinese, "the sheet's own words in Chinese");
    const auto heat = verb->add_flag("--heat", words->heat, "with risk heat; its options are those of `heat`");
    for (CLI::Option* option : addHeatOptions(*verb, words->ask))
        option->needs(heat);
    verb->callback([=, &run = verbs.run] { run = [=] { return sheet(*common, *words); }; });
}

} // namespace vedette::ctl
