// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/workspace.h"

#include "toml_reading.h"
#include "workspace_words.h"

#include <fstream>
#include <sstream>

namespace vedette::layers {

namespace {

constexpr int newestFormat = 1;

void readSpec(TableReader& in, SourceSpec& out) {
    in.required("source", out.source);
    in.words("columns", out.columns, false);
    in.words("constants", out.constants, true);
    in.text("crs", out.crs);
    in.text("encoding", out.encoding);
    if (const int datum = in.choice("datum", datumWords); datum >= 0)
        out.datum = static_cast<Datum>(datum);
    in.text("time_zone", out.timeZone);
    if (!out.timeZone.empty())
        if (const auto zone = TimeZone::named(out.timeZone); !zone)
            in.say(zone.problem());
    if (const int zulu = in.choice("zulu", zuluWords); zulu >= 0)
        out.zulu = static_cast<ZuluMeans>(zulu);
    if (const int order = in.choice("date_order", dateOrderWords); order >= 0)
        out.dateOrder = static_cast<DateOrder>(order);
}

void readSources(TableReader& in, const char* key, std::vector<SourceSpec>& out) {
    in.tables(key, [&](TableReader& table) { readSpec(table, out.emplace_back()); });
}

void readRules(TableReader& in, Rules& out) {
    in.seconds("fix_live", out.fixLive);
    in.seconds("fix_ageing", out.fixAgeing);
    in.seconds("fix_stale", out.fixStale);
    in.seconds("owner_tolerance", out.ownerTolerance);
    in.texts("recommend", out.recommend);
    in.real("detour", out.detour);
    in.seconds("escalate_every", out.escalateEvery);
    in.texts("outside", out.outside);
    in.texts("walking", out.walking);
    in.integer("roll_minutes", out.rollMinutes);
    in.texts("override_reasons", out.overrideReasons);
    in.real("off_road_kmh", out.offRoadKilometresPerHour);
    if (!(out.offRoadKilometresPerHour >= 1 && out.offRoadKilometresPerHour <= 100))
        in.say(refused("keyValue", {{"path", in.file()},
                                    {"key", "rules.off_road_kmh"},
                                    {"line", "?"},
                                    {"value", std::to_string(out.offRoadKilometresPerHour)},
                                    {"known", "1 - 100"}}));
    for (const std::string& basis : out.recommend)
        if (std::find(basisWords.begin(), basisWords.end(), basis) == basisWords.end())
            in.say(refused("keyValue", {{"path", in.file()},
                                        {"key", "rules.recommend"},
                                        {"line", "?"},
                                        {"value", basis},
                                        {"known", "live, ageing, stale, lost, declared, posted, homeArea"}}));
}

void readPatrol(TableReader& in, PatrolRules& out) {
    if (in.choice("kind", {"beat", "grid"}) >= 0)
        in.text("kind", out.kind);
    const char* const shares[] = {"share_1", "share_2", "share_3"};
    for (std::size_t i = 0; i < std::size(shares); ++i)
        in.real(shares[i], out.share[i]);
    const char* const visits[] = {"visits_1", "visits_2", "visits_3", "visits_4"};
    const char* const minutes[] = {"minutes_1", "minutes_2", "minutes_3", "minutes_4"};
    for (std::size_t i = 0; i < std::size(visits); ++i)
        in.integer(visits[i], out.visits[i]), in.integer(minutes[i], out.minutes[i]);
    in.seconds("every", out.every);
    in.seconds("gap", out.gap);
}

void readAll(TableReader& in, Workspace& out) {
    in.integer("format", out.format);
    if (out.format > newestFormat)
        return in.say(refused("formatNewer", {{"path", in.file()}, {"format", std::to_string(out.format)}}));
    in.tables("workspace", [&](TableReader& table) {
        table.text("name", out.name);
        table.text("crs", out.crs);
        table.text("time_zone", out.timeZone);
        table.choice("code_schema", schemaWords);
        table.text("code_schema", out.codeSchema);
        table.flag("allow_network", out.allowNetwork);
        table.texts("allow_folders", out.allowFolders);
        if (const auto zone = TimeZone::named(out.timeZone); !zone)
            table.say(zone.problem());
    });
    in.tables("store", [&](TableReader& table) { table.text("url", out.storeUrl); });
    in.tables("areas", [&](TableReader& table) {
        AreaSource& area = out.areas.emplace_back();
        table.required("kind", area.kind);
        table.choice("kind", areaKindWords);
        readSpec(table, area.spec);
    });
    readSources(in, "incidents", out.incidents);
    readSources(in, "units", out.units);
    readSources(in, "duties", out.duties);
    readSources(in, "gazetteer", out.gazetteer);
    readSources(in, "roads", out.roads);
    in.tables("basemap", [&](TableReader& table) {
        table.text("project", out.basemapProject);
        table.flag("network", out.basemapNetwork);
        if (const int datum = table.choice("datum", datumWords); datum >= 0)
            out.basemapDatum = static_cast<Datum>(datum);
    });
    in.tables("points", [&](TableReader& table) { table.text("rules", out.pointsRules); });
    in.tables("feeds", [&](TableReader& table) {
        FeedSpec& feed = out.feeds.emplace_back();
        table.required("url", feed.url);
        table.text("orders", feed.orders);
    });
    in.tables("rules", [&](TableReader& table) { readRules(table, out.rules); });
    in.tables("patrol", [&](TableReader& table) { readPatrol(table, out.patrol); });
    in.finish();
}

} // namespace

Result<Workspace> loadWorkspace(const std::filesystem::path& folder) {
    std::error_code error;
    const auto file = std::filesystem::is_directory(folder, error) ? folder / "workspace.toml" : folder;
    const bool named = file.filename() == "workspace.toml";
    if (!named || !std::filesystem::is_regular_file(file, error))
        return environment("workspaceMissing",
                           {{"path", (named ? file : folder / "workspace.toml").string()}});
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream content;
    content << stream.rdbuf();
    if (!stream || stream.bad())
        return environment("fileUnreadable", {{"path", file.string()}});

    const toml::parse_result parsed = toml::parse(content.view());
    if (!parsed) {
        const auto& at = parsed.error().source().begin;
        return refused("tomlBroken", {{"path", file.string()},
                                      {"line", std::to_string(at.line)},
                                      {"cause", std::string(parsed.error().description())}});
    }
    Workspace out;
    out.folder = file.parent_path();
    std::optional<Problem> problem;
    TableReader reader(parsed.table(), "", file.string(), problem);
    readAll(reader, out);
    if (problem)
        return *problem;
    if (out.name.empty())
        out.name = std::filesystem::absolute(out.folder, error).lexically_normal().filename().string();
    return out;
}

} // namespace vedette::layers
