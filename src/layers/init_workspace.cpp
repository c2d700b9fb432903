// SPDX-License-Identifier: GPL-3.0-or-later
#include "init_files.h"
#include "near_words.h"
#include "source_path.h"

#include <cmath>

namespace vedette::layers {

namespace {

namespace fs = std::filesystem;

class Init {
public:
    Init(const InitRequest& request, const ReadOptions& options) : request_(request), options_(options) {}
    Result<InitReport> run();

private:
    // As the workspace will spell it: relative when the file lies in the folder, else absolute.
    std::string spelled(const std::string& source) const;
    std::optional<Problem> settle();
    std::optional<Problem> readAreas();
    std::optional<Problem> readAll(Purpose purpose, const std::vector<std::string>& sources,
                                   std::vector<SourceSpec>& into, std::vector<SourceGuess>& kept);
    Result<SourceGuess> guess(Purpose purpose, const std::string& source);
    void sayWhatIsMissing(Purpose purpose, const SourceGuess& found);
    std::optional<Problem> makeFiles();
    bool gridCodes() const;

    const InitRequest& request_;
    const ReadOptions& options_;
    GuessContext context_;
    InitReport report_;
    std::vector<SourceGuess> areas_, incidents_, others_;
    fs::path folder_;
};

std::string Init::spelled(const std::string& source) const {
    const SourcePath parts = splitSource(source);
    if (reachesNetwork(parts.path) || parts.path.starts_with("/vsi"))
        return source;
    std::error_code error;
    const fs::path file = fs::weakly_canonical(fs::absolute(parts.path, error), error);
    const fs::path relative = file.lexically_relative(fs::weakly_canonical(folder_, error));
    const bool inside = !relative.empty() && *relative.begin() != "..";
    return (inside ? relative : file).string() + source.substr(parts.path.size());
}

// What the console needs and no column looked like.
void Init::sayWhatIsMissing(Purpose purpose, const SourceGuess& found) {
    std::vector<std::string> needed;
    if (purpose == Purpose::incidents)
        needed = {"id", "time", "category"};
    else if (purpose == Purpose::areas)
        needed = {"code"};
    const auto fields = found.snapshot.fields();
    const std::string known = joined({fields.begin(), fields.end()}, ", ");
    const std::string& path = found.spec.source;
    const auto say = [&](const char* code, std::vector<std::pair<std::string, std::string>> args) {
        report_.findings.push_back({Finding::Severity::warning, {code, std::move(args)}, path, -1, {}});
    };
    for (const std::string& column : needed)
        if (!found.spec.columns.contains(column) && !found.spec.constants.contains(column))
            say("columnNotGuessed", {{"path", path}, {"column", column}, {"known", known}});
    if (purpose == Purpose::areas) {
        bool polygons = false;
        for (std::size_t i = 0; i < found.snapshot.size() && !polygons; ++i)
            polygons = found.snapshot.shape(i) == Shape::polygon;
        if (!polygons)
            say("areasNotPolygons", {{"path", path}});
    }
    if (purpose != Purpose::incidents && purpose != Purpose::posts)
        return;
    for (std::size_t i = 0; i < found.snapshot.size(); ++i)
        if (found.snapshot.shape(i) == Shape::point)
            return;
    say("placeNotGuessed", {{"path", path}, {"known", known}});
}

Result<SourceGuess> Init::guess(Purpose purpose, const std::string& source) {
    auto found = guessSource(purpose, spelled(source), report_.workspace, context_, options_);
    if (found) {
        const auto& guesses = found.value().guesses;
        report_.guesses.insert(report_.guesses.end(), guesses.begin(), guesses.end());
        const auto& findings = found.value().findings;
        report_.findings.insert(report_.findings.end(), findings.begin(), findings.end());
        sayWhatIsMissing(purpose, found.value());
    }
    return found;
}

// Where is the city? The first source that has a place tells the CRS and the zone.
std::optional<Problem> Init::settle() {
    Workspace& workspace = report_.workspace;
    workspace.crs = "EPSG:3857";
    LonLat centre{NAN, NAN};
    std::vector<std::pair<Purpose, std::string>> asked;
    for (const auto& [kind, file] : request_.areas)
        asked.emplace_back(Purpose::areas, file);
    for (const auto& file : request_.incidents)
        asked.emplace_back(Purpose::gazetteer, file); // only its places are wanted yet
    for (const auto* list : {&request_.units, &request_.roads, &request_.gazetteer})
        for (const auto& file : *list)
            asked.emplace_back(Purpose::gazetteer, file);
    for (const auto& [purpose, file] : asked) {
        const auto found = guessSource(purpose, spelled(file), workspace, context_, options_);
        if (!found)
            return found.problem();
        centre = found.value().centre;
        if (std::isfinite(centre.lon))
            break;
    }
    Guess crs = workingCrsAt(centre), zone = timeZoneAt(centre);
    if (!request_.crs.empty())
        crs = {"", "crs", request_.crs, 1, {"whyGiven", {}}};
    if (!request_.timeZone.empty())
        zone = {"", "time_zone", request_.timeZone, 1, {"whyGiven", {}}};
    if (const auto named = WorkingCrs::named(crs.value); !named)
        return named.problem();
    if (const auto named = TimeZone::named(zone.value); !named)
        return named.problem();
    workspace.crs = crs.value, workspace.timeZone = zone.value;
    context_.timeZone = zone.value;
    report_.guesses.push_back(std::move(crs));
    report_.guesses.push_back(std::move(zone));
    return {};
}

std::optional<Problem> Init::readAreas() {
    // Parents first, so that children can be matched with their codes; the workspace keeps the order given.
    static const std::vector<std::string> order{"city",   "county",  "township", "community",
                                                "bureau", "station", "beat",     "grid"};
    std::vector<std::pair<std::string, std::string>> sorted = request_.areas;
    const auto rank = [](const auto& area) {
        return std::find(order.begin(), order.end(), area.first) - order.begin();
    };
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    for (const auto& [kind, file] : sorted) {
        if (std::find(order.begin(), order.end(), kind) == order.end())
            return Problem{Problem::Kind::usage,
                           {"areaKindUnknown",
                            {{"kind", kind},
                             {"known", "city, county, township, community, grid, bureau, station, beat"}}}};
        context_.areaKind = kind;
        auto found = guess(Purpose::areas, file);
        if (!found)
            return found.problem();
        const Snapshot& snapshot = found.value().snapshot;
        std::vector<std::string> codes;
        for (std::size_t i = 0; i < snapshot.size(); ++i)
            if (const auto code = snapshot.text(i, snapshot.field("code")); !code.empty())
                codes.emplace_back(code);
        context_.areaCodes.emplace_back(kind, std::move(codes));
        context_.ground.add(snapshot.extent());
        const std::string& system =
            found.value().spec.crs.empty() ? found.value().system : found.value().spec.crs;
        if (!system.empty())
            context_.systems.push_back(system);
        report_.workspace.areas.push_back({kind, found.value().spec});
        areas_.push_back(std::move(found).value());
    }
    return {};
}

std::optional<Problem> Init::readAll(Purpose purpose, const std::vector<std::string>& sources,
                                     std::vector<SourceSpec>& into, std::vector<SourceGuess>& kept) {
    for (const std::string& source : sources) {
        auto found = guess(purpose, source);
        if (!found)
            return found.problem();
        into.push_back(found.value().spec);
        kept.push_back(std::move(found).value());
    }
    return {};
}

// Whether every civil area's code is a step of the 15-digit grid code.
bool Init::gridCodes() const {
    std::size_t seen = 0;
    for (const auto& [kind, codes] : context_.areaCodes) {
        if (kind == "bureau" || kind == "station" || kind == "beat")
            continue;
        for (const std::string& code : codes) {
            if (code.find_first_not_of("0123456789") != code.npos || code.size() % 3 != 0 ||
                code.size() < 6 || code.size() > 15)
                return false;
            ++seen;
        }
    }
    return seen > 0;
}

std::optional<Problem> Init::makeFiles() {
    Workspace& workspace = report_.workspace;
    if (!request_.unitsAt.empty()) {
        auto posts = guess(Purpose::posts, request_.unitsAt);
        if (!posts)
            return posts.problem();
        const auto table = unitsTable(posts.value().snapshot, workspace, areas_, request_.officersPerPost);
        if (!table)
            return table.problem();
        if (auto written = addTable(folder_ / "units.csv", table.value(), workspace.units, report_); !written)
            return written.problem();
    }
    if (workspace.duties.empty() && !incidents_.empty())
        if (auto written =
                addTable(folder_ / "duties.csv", dutiesTable(incidents_), workspace.duties, report_);
            !written)
            return written.problem();
    return {};
}

Result<InitReport> Init::run() {
    std::error_code error;
    Workspace& workspace = report_.workspace;
    folder_ = fs::absolute(request_.folder, error).lexically_normal();
    fs::create_directories(folder_, error);
    if (!fs::is_directory(folder_, error))
        return environment("folderMissing", {{"path", folder_.string()}});
    if (fs::exists(folder_ / "workspace.toml", error))
        return refused("workspaceExists", {{"path", (folder_ / "workspace.toml").string()}});
    workspace.folder = folder_;
    const fs::path last = folder_.filename().empty() ? folder_.parent_path().filename() : folder_.filename();
    workspace.name = request_.name.empty() ? last.string() : request_.name;
    if (auto problem = settle())
        return *problem;
    if (auto problem = readAreas())
        return *problem;
    workspace.codeSchema = gridCodes() ? "cn-grid-15" : "free";
    const auto all = [&](Purpose purpose, const auto& sources, auto& into) {
        return readAll(purpose, sources, into, purpose == Purpose::incidents ? incidents_ : others_);
    };
    if (auto problem = all(Purpose::incidents, request_.incidents, workspace.incidents))
        return *problem;
    if (auto problem = all(Purpose::units, request_.units, workspace.units))
        return *problem;
    if (auto problem = all(Purpose::duties, request_.duties, workspace.duties))
        return *problem;
    if (auto problem = all(Purpose::gazetteer, request_.gazetteer, workspace.gazetteer))
        return *problem;
    if (auto problem = all(Purpose::roads, request_.roads, workspace.roads))
        return *problem;
    if (auto problem = makeFiles())
        return *problem;
    workspace.feeds.push_back({"ndjson:feed.ndjson", "ndjson:orders.ndjson"});
    if (auto saved = saveWorkspace(workspace); !saved)
        return saved.problem();
    report_.written.push_back(folder_ / "workspace.toml");
    return report_;
}

} // namespace

Result<InitReport> initWorkspace(const InitRequest& request, const ReadOptions& options) {
    return Init(request, options).run();
}

} // namespace vedette::layers
