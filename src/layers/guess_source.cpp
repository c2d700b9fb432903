// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/guess.h"

#include "columns.h"
#include "guess_columns.h"
#include "near_words.h"
#include "ogr_values.h"
#include "source_path.h"

#include <cmath>

namespace vedette::layers {

namespace {

Shape shapeFor(Purpose purpose) {
    return purpose == Purpose::areas   ? Shape::polygon
           : purpose == Purpose::roads ? Shape::line
                                       : Shape::point;
}

const LayerFacts* bestLayer(const std::vector<LayerFacts>& layers, const std::string& named,
                            Purpose purpose) {
    const LayerFacts* best = nullptr;
    double bestScore = -1;
    for (const LayerFacts& layer : layers) {
        const double score = (layer.name == named ? 1e15 : 0) +
                             (layer.shape == shapeFor(purpose) ? 1e12 : 0) +
                             static_cast<double>(layer.features);
        if (score > bestScore)
            best = &layer, bestScore = score;
    }
    return best;
}

// The columns' own spelling: the reader gives ours to those that only differ in case.
void restoreNames(std::vector<ColumnProfile>& profiles, const LayerFacts& facts) {
    for (ColumnProfile& column : profiles)
        for (const auto& field : facts.fields)
            if (column.name != field.name && asciiLower(column.name) == asciiLower(field.name))
                column.name = field.name;
}

bool saidBy(const Snapshot& snapshot, const char* code, std::string* argument = nullptr,
            const char* name = "") {
    for (const Finding& finding : snapshot.findings())
        if (finding.message.code == code) {
            for (const auto& [key, value] : finding.message.args)
                if (argument && key == name)
                    *argument = value;
            return true;
        }
    return false;
}

// Metres without a CRS: an easting that carries a CGCS2000 zone number names its zone (EPSG 4513 is zone 25).
void guessMetres(const Snapshot& raw, SourceGuess& out) {
    const Point centre = raw.extent().centre();
    const int zone = static_cast<int>(centre.x / 1e6);
    Guess guess{out.spec.source,
                "crs",
                "EPSG:3857",
                0.1,
                {"whyExtent", {{"x", std::to_string(std::lround(centre.x))}}}};
    if (zone >= 25 && zone <= 45 && centre.y > 1.5e6 && centre.y < 6.5e6)
        guess.value = "EPSG:" + std::to_string(4513 + zone - 25), guess.sure = 0.85;
    out.spec.crs = guess.value;
    out.guesses.push_back(std::move(guess));
}

void guessCoordinates(const LayerFacts& facts, SourceGuess& out) {
    std::string x, y, location;
    for (const auto& field : facts.fields) {
        if (x.empty() && namesX(field.name))
            x = field.name;
        if (y.empty() && namesY(field.name))
            y = field.name;
        if (location.empty() && namesLocation(field.name))
            location = field.name;
    }
    const auto take = [&](const char* ours, const std::string& column) {
        out.spec.columns[ours] = column;
        out.guesses.push_back({out.spec.source,
                               std::string("columns.") + ours,
                               column,
                               0.9,
                               {"whyName", {{"column", column}}}});
    };
    if (!x.empty() && !y.empty())
        take("x", x), take("y", y);
    else if (!location.empty())
        take("location", location);
}

LonLat centreOf(const Snapshot& snapshot, const std::string& crs) {
    const auto working = WorkingCrs::named(crs);
    std::vector<double> x, y;
    for (std::size_t i = 0; i < snapshot.size(); ++i)
        if (snapshot.partCount(i) > 0) {
            const Point at = snapshot.box(i).centre();
            x.push_back(at.x), y.push_back(at.y);
        }
    if (x.empty() || !working)
        return {NAN, NAN};
    const auto middle = [](std::vector<double>& values) { // the median: a stray row moves it nowhere
        std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                         values.end());
        return values[values.size() / 2];
    };
    return working.value().toLonLat({middle(x), middle(y)});
}

void noteBentCoordinates(const LayerFacts& facts, SourceGuess& out) {
    const Guess zone = timeZoneAt(out.centre);
    if (zone.value != "Asia/Shanghai" || (facts.crs != "EPSG:4326" && !facts.crs.empty()))
        return;
    const bool adcode = std::any_of(facts.fields.begin(), facts.fields.end(), [](const auto& field) {
        return asciiLower(field.name).find("adcode") != std::string::npos;
    });
    // Never applied unasked: a wrong correction moves a right map by half a kilometre.
    out.guesses.push_back({out.spec.source, "datum", "gcj02", adcode ? 0.25 : 0.1, {"whyBent", {}}});
}

} // namespace

namespace {

// Columns of metres or feet that don't say whose: the system that puts them where the areas are.
void guessSystem(const Workspace& workspace, const GuessContext& context, const ReadOptions& options,
                 SourceGuess& out) {
    std::vector<std::string> systems = context.systems;
    systems.push_back(workspace.crs);
    double best = 0.5;
    for (const std::string& system : systems) {
        SourceSpec spec = out.spec;
        spec.crs = system;
        const auto read = readSource(workspace, spec, options);
        if (!read || context.ground.empty())
            continue;
        std::size_t inside = 0, placed = 0;
        for (std::size_t i = 0; i < read.value().size(); ++i)
            if (read.value().partCount(i) > 0)
                ++placed, inside += context.ground.contains(read.value().box(i).centre());
        const double share = placed ? static_cast<double>(inside) / static_cast<double>(placed) : 0;
        if (share > best)
            best = share, out.spec.crs = system;
    }
    if (!out.spec.crs.empty())
        out.guesses.push_back({out.spec.source,
                               "crs",
                               out.spec.crs,
                               0.5 + 0.4 * best,
                               {"whyAreas",
                                {{"count", std::to_string(systems.size())},
                                 {"share", std::to_string(std::lround(best * 100)) + "%"}}}});
}

// A column of dates like 25/12/2023 whose first number passes 12 in some row and whose second never does.
bool writesDayFirst(const std::vector<ColumnProfile>& profiles) {
    for (const ColumnProfile& column : profiles) {
        std::size_t dates = 0, proofs = 0;
        for (const std::string& value : column.distinct)
            if (dayFirstToIso(value) != value)
                ++dates, proofs +=
                         value[0] >= '1' && value[1] >= '0' && value[1] <= '9' && value.substr(0, 2) > "12";
        if (proofs > 0 && dates == column.distinct.size())
            return true;
    }
    return false;
}

} // namespace

Result<SourceGuess> guessSource(Purpose purpose, const std::string& source, const Workspace& workspace,
                                const GuessContext& context, const ReadOptions& options) {
    const SourcePath parts = splitSource(source);
    const auto layers = listLayers(workspace, parts.path, options);
    if (!layers)
        return layers.problem();
    const LayerFacts* facts = bestLayer(layers.value(), parts.layer, purpose);
    if (!facts)
        return refused("sourceEmpty", {{"path", source}});
    SourceGuess out;
    out.spec.source = source;
    if (layers.value().size() > 1 && parts.layer.empty()) {
        out.spec.source = parts.path + "|layername=" + facts->name;
        out.guesses.push_back({out.spec.source,
                               "layer",
                               facts->name,
                               facts->shape == shapeFor(purpose) ? 0.7 : 0.4,
                               {"whyLayer", {{"count", std::to_string(layers.value().size())}}}});
    }
    SourceSpec bare;
    bare.source = out.spec.source;
    auto raw = readSource(workspace, bare, options);
    if (!raw)
        return raw.problem();

    std::string said;
    out.system = facts->crs;
    if (!facts->crs.empty())
        out.guesses.push_back({out.spec.source, "crs", facts->crs, 0.95, {"whyFile", {}}});
    else if (saidBy(raw.value(), "crsAssumed", &said, "crs") && said == workspace.crs)
        guessMetres(raw.value(), out);
    else if (facts->hasGeometry)
        out.guesses.push_back({out.spec.source, "crs", "EPSG:4326", 0.7, {"whyDegrees", {}}});
    if (saidBy(raw.value(), "encodingGuessed", &said, "encoding") ||
        saidBy(raw.value(), "encodingContradicted", &said, "encoding")) {
        out.spec.encoding = said;
        out.guesses.push_back({out.spec.source, "encoding", said, 0.8, {"whyBytes", {}}});
    }

    std::vector<ColumnProfile> profiles = profileColumns(raw.value());
    if (purpose == Purpose::incidents && writesDayFirst(profiles)) {
        out.spec.dateOrder = bare.dateOrder = DateOrder::dayFirst;
        out.guesses.push_back({out.spec.source, "date_order", "day", 0.9, {"whyDayFirst", {}}});
        raw = readSource(workspace, bare, options);
        if (!raw)
            return raw.problem();
        profiles = profileColumns(raw.value());
    }
    restoreNames(profiles, *facts);
    if (!facts->hasGeometry && purpose != Purpose::duties)
        guessCoordinates(*facts, out);
    guessColumns(purpose, profiles, context, out);
    out.centre = centreOf(raw.value(), workspace.crs);
    if (purpose == Purpose::incidents)
        guessZulu(profiles, raw.value(),
                  context.timeZone.empty() ? timeZoneAt(out.centre).value : context.timeZone, out);

    auto mapped = readSource(workspace, out.spec, options);
    std::vector<Finding> findings;
    if (!mapped && mapped.problem().message.code == "coordinatesBeyondCrs") {
        guessSystem(workspace, context, options, out);
        SourceSpec spec = out.spec;
        if (spec.crs.empty()) { // a person must say it; until then the rows have no place
            findings.push_back({Finding::Severity::warning, mapped.problem().message, source, -1, {}});
            spec.columns.erase("x"), spec.columns.erase("y");
        }
        mapped = readSource(workspace, spec, options);
    }
    if (!mapped)
        return mapped.problem();
    out.snapshot = std::move(mapped).value();
    out.findings = out.snapshot.findings();
    out.findings.insert(out.findings.end(), findings.begin(), findings.end());
    out.centre = centreOf(out.snapshot, workspace.crs);
    noteBentCoordinates(*facts, out);
    return out;
}

} // namespace vedette::layers
