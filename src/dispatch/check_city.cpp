// SPDX-License-Identifier: GPL-3.0-or-later
#include "check_city.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace vedette::dispatch {

using layers::Finding;
using layers::Snapshot;
using layers::SourceSpec;

std::string sourceColumn(const SourceSpec& spec, std::string_view ours) {
    const auto mapped = spec.columns.find(std::string(ours));
    return mapped == spec.columns.end() ? std::string(ours) : mapped->second;
}

std::string plainCode(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    if (text.ends_with(".0"))
        text.remove_suffix(2);
    while (text.size() > 1 && text.front() == '0')
        text.remove_prefix(1);
    return std::string(text);
}

namespace {

constexpr std::size_t mostNamed = 5;

void duplicates(const City& city, std::size_t source, std::vector<Finding>& out) {
    const Snapshot& rows = city.history->sources()[source].table;
    const int id = rows.field("id");
    if (id < 0)
        return;
    const std::string& path = city.history->sources()[source].spec.source;
    std::unordered_map<std::string_view, std::size_t> first;
    std::size_t count = 0;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const auto text = rows.text(row, id);
        if (text.empty())
            continue;
        const auto [entry, fresh] = first.try_emplace(text, row);
        if (!fresh && ++count <= mostNamed)
            out.push_back({Finding::Severity::warning,
                           {"duplicateIncident",
                            {{"id", std::string(text)},
                             {"path", path},
                             {"row", std::to_string(rows.row(row) + 1)},
                             {"first", std::to_string(rows.row(entry->second) + 1)}}},
                           path,
                           rows.row(row),
                           std::string(text)});
    }
    if (count > mostNamed)
        out.push_back({Finding::Severity::warning,
                       {"duplicateIncidents", {{"path", path}, {"count", std::to_string(count)}}},
                       path,
                       -1,
                       {}});
}

// The incident's own area: the column mapped as `area`, else the one whose values are mostly codes of the
// areas their rows lie in.
class OwnArea {
public:
    OwnArea(const City& city, std::size_t source)
        : city_(city), rows_(city.history->sources()[source].table) {
        for (layers::AreaIndex index = 0; index < city.areas.size(); ++index)
            byPlainCode_[plainCode(city.areas[index].code)].insert(city.areas[index].kind);
        column = rows_.field("area");
        if (column < 0)
            guess();
    }
    int column = -1;

    // Empty: it says nothing, or nothing we know; else whether an area of that code covers the point.
    std::optional<bool> agrees(std::size_t row, std::string* found = nullptr) const {
        const std::string code = plainCode(rows_.text(row, column));
        const auto kinds = byPlainCode_.find(code);
        if (code.empty() || kinds == byPlainCode_.end() || rows_.shape(row) != layers::Shape::point)
            return std::nullopt;
        city_.areas.at(rows_.part(row, 0).points.front(), at_);
        std::string here;
        for (const auto index : at_) {
            if (plainCode(city_.areas[index].code) == code)
                return true;
            if (here.empty() && kinds->second.contains(city_.areas[index].kind))
                here = city_.areas[index].code;
        }
        if (found)
            *found = here;
        return false;
    }
    bool known(std::size_t row) const { return byPlainCode_.contains(plainCode(rows_.text(row, column))); }

private:
    void guess() {
        double best = 0.6;
        const int fields = int(rows_.fields().size());
        for (int field = 0; field < fields; ++field) {
            column = field;
            std::size_t tried = 0, right = 0;
            std::set<std::string_view> values;
            const std::size_t step = std::max<std::size_t>(1, rows_.size() / 400);
            for (std::size_t row = 0; row < rows_.size(); row += step) {
                if (rows_.text(row, field).empty())
                    continue;
                ++tried;
                right += agrees(row).value_or(false);
                values.insert(rows_.text(row, field));
            }
            if (tried >= 10 && values.size() >= 3 && double(right) / double(tried) > best)
                best = double(right) / double(tried), best_ = field;
        }
        column = best_;
    }
    const City& city_;
    const Snapshot& rows_;
    std::unordered_map<std::string, std::set<layers::AreaKind>> byPlainCode_;
    mutable std::vector<layers::AreaIndex> at_;
    int best_ = -1;
};

void ownAreas(const City& city, std::size_t source, std::vector<Finding>& out) {
    const Snapshot& rows = city.history->sources()[source].table;
    const SourceSpec& spec = city.history->sources()[source].spec;
    const OwnArea own(city, source);
    if (own.column < 0)
        return;
    const std::string column = sourceColumn(spec, rows.fields()[std::size_t(own.column)]);
    const int id = rows.field("id");
    std::size_t compared = 0, differ = 0, silent = 0, unheard = 0;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        std::string here;
        const auto same = own.agrees(row, &here);
        if (!same) {
            (rows.text(row, own.column).empty() ? silent : unheard) += 1;
            continue;
        }
        ++compared;
        if (!*same && ++differ <= mostNamed) {
            const std::string object(rows.text(row, id));
            out.push_back({Finding::Severity::warning,
                           {"recordAreaDiffers",
                            {{"id", object.empty() ? "#" + std::to_string(rows.row(row) + 1) : object},
                             {"path", spec.source},
                             {"row", std::to_string(rows.row(row) + 1)},
                             {"column", column},
                             {"own", std::string(rows.text(row, own.column))},
                             {"found", here.empty() ? "-" : here}}},
                           spec.source,
                           rows.row(row),
                           object});
        }
    }
    const auto summary = [&](const char* code, std::size_t count, std::size_t of) {
        if (count > 0)
            out.push_back({Finding::Severity::warning,
                           {code,
                            {{"path", spec.source},
                             {"column", column},
                             {"count", std::to_string(count)},
                             {"total", std::to_string(of)}}},
                           spec.source,
                           -1,
                           {}});
    };
    summary("recordAreasDiffer", differ, compared);
    summary("recordAreasMissing", silent, rows.size());
    summary("recordAreasUnknown", unheard, rows.size());

    const auto type = rows.fieldType(std::size_t(own.column));
    for (const auto& layer : city.areas.layers()) {
        const int code = layer.snapshot.field("code");
        if (code < 0 || layer.snapshot.size() == 0)
            continue;
        const auto other = layer.snapshot.fieldType(std::size_t(code));
        bool related = false;
        for (std::size_t row = 0; row < std::min<std::size_t>(rows.size(), 200) && !related; ++row)
            for (std::size_t feature = 0; feature < layer.snapshot.size() && !related; ++feature)
                related =
                    !rows.text(row, own.column).empty() &&
                    plainCode(rows.text(row, own.column)) == plainCode(layer.snapshot.text(feature, code));
        if (related && (type == layers::FieldType::text) != (other == layers::FieldType::text))
            out.push_back({Finding::Severity::warning,
                           {"codeTypesDiffer",
                            {{"column", column}, {"path", spec.source}, {"other", layer.snapshot.source()}}},
                           spec.source,
                           -1,
                           {}});
    }
}

// One column name, text in one file and a number in the other: joins on it fail elsewhere.
void columnTypes(const City& city, std::vector<Finding>& out) {
    struct Seen {
        std::string path;
        bool text;
    };
    std::map<std::string, Seen> seen;
    const auto look = [&](const Snapshot& source, const SourceSpec& spec) {
        for (std::size_t field = 0; field < source.fields().size(); ++field) {
            const auto type = source.fieldType(field);
            const bool text = type == layers::FieldType::text;
            if (!text && type != layers::FieldType::integer && type != layers::FieldType::real)
                continue;
            // Only what could be a code: filled with plain whole numbers.
            std::size_t filled = 0, whole = 0;
            for (std::size_t row = 0; row < std::min<std::size_t>(source.size(), 200); ++row) {
                const auto value = plainCode(source.text(row, int(field)));
                filled += !value.empty();
                whole += !value.empty() && value.find_first_not_of("0123456789") == value.npos;
            }
            if (filled == 0 || whole * 10 < filled * 9)
                continue;
            const std::string name = sourceColumn(spec, source.fields()[field]);
            const auto [entry, fresh] = seen.try_emplace(name, Seen{spec.source, text});
            if (!fresh && entry->second.text != text && entry->second.path != spec.source)
                out.push_back({Finding::Severity::note,
                               {"codeTypesDiffer",
                                {{"column", name}, {"path", spec.source}, {"other", entry->second.path}}},
                               spec.source,
                               -1,
                               {}});
        }
    };
    for (const auto& layer : city.areas.layers())
        for (const auto& area : city.workspace.areas)
            if (area.spec.source == layer.snapshot.source()) {
                look(layer.snapshot, area.spec);
                break;
            }
    for (std::size_t source = 0; source < city.history->sources().size(); ++source)
        look(city.history->sources()[source].table, city.history->sources()[source].spec);
}

void places(const City& city, std::size_t source, std::vector<Finding>& out) {
    if (city.areas.size() == 0)
        return;
    const std::string& path = city.history->sources()[source].spec.source;
    std::size_t outside = 0, swapped = 0, total = 0;
    std::vector<layers::AreaIndex> at;
    for (const PastIncident incident : *city.history) {
        if (incident.source != source)
            continue;
        ++total;
        city.areas.at(incident.where, at);
        if (!at.empty())
            continue;
        const LonLat lonLat = city.crs.toLonLat(incident.where);
        const layers::Point turned = city.crs.toWorking({lonLat.lat, lonLat.lon});
        const bool turn = std::isfinite(turned.x) && city.areas.extent().contains(turned);
        std::size_t& count = turn ? swapped : outside;
        if (++count <= mostNamed)
            out.push_back(
                {Finding::Severity::warning,
                 {turn ? "pointSwapped" : "pointOutside",
                  {{"id", std::string(incident.id)},
                   {"path", path},
                   {"row", std::to_string(city.history->sources()[source].table.row(incident.feature) + 1)}}},
                 path,
                 city.history->sources()[source].table.row(incident.feature),
                 std::string(incident.id)});
    }
    for (const auto& [count, code] :
         {std::pair(outside, "pointsOutside"), std::pair(swapped, "pointsSwapped")})
        if (count > mostNamed)
            out.push_back(
                {Finding::Severity::warning,
                 {code, {{"path", path}, {"count", std::to_string(count)}, {"total", std::to_string(total)}}},
                 path,
                 -1,
                 {}});
}

// Counts what is wrong with many rows and names the first few.
class Tally {
public:
    Tally(std::vector<Finding>& out, const char* one, const char* all) : out_(out), one_(one), all_(all) {}
    ~Tally() {
        if (count_ > mostNamed)
            out_.push_back({Finding::Severity::warning,
                            {all_, {{"count", std::to_string(count_)}}},
                            "workspace.toml",
                            -1,
                            {}});
    }
    void add(std::string object, std::vector<std::pair<std::string, std::string>> args) {
        if (++count_ <= mostNamed)
            out_.push_back({Finding::Severity::warning,
                            {one_, std::move(args)},
                            "workspace.toml",
                            -1,
                            std::move(object)});
    }

private:
    std::vector<Finding>& out_;
    const char *one_, *all_;
    std::size_t count_ = 0;
};

void references(const City& city, std::vector<Finding>& out) {
    Tally owned(out, "ownedAreaUnknown", "ownedAreasUnknown"),
        homes(out, "homeAreaUnknown", "homeAreasUnknown"),
        placeless(out, "unitWithoutPlace", "unitsWithoutPlace");
    std::unordered_set<std::string> beats;
    for (layers::AreaIndex index = 0; index < city.areas.size(); ++index)
        beats.insert(city.areas[index].beat);
    const auto known = [&](const std::string& code) {
        return city.areas.byCode(code) || beats.contains(code);
    };
    for (const UnitFacts& unit : city.units()) {
        for (const auto& code : unit.owns)
            if (!known(code))
                owned.add(unit.id.text, {{"unit", unit.id.text}, {"area", code}});
        const bool home = !unit.homeArea.empty() && city.areas.byCode(unit.homeArea);
        if (!unit.homeArea.empty() && !home)
            homes.add(unit.id.text, {{"unit", unit.id.text}, {"area", unit.homeArea}});
        if (!unit.post && !home)
            placeless.add(unit.id.text, {{"unit", unit.id.text}});
    }
    if (city.duties.empty())
        return;
    std::set<std::string_view> duties;
    for (const Duty& duty : city.duties)
        duties.insert(duty.category);
    std::map<std::string_view, std::size_t> missing;
    for (const PastIncident incident : *city.history)
        if (!duties.contains(incident.category))
            ++missing[incident.category];
    for (const auto& [category, count] : missing)
        out.push_back(
            {Finding::Severity::warning,
             {"categoryWithoutDuty", {{"category", std::string(category)}, {"count", std::to_string(count)}}},
             "workspace.toml",
             -1,
             std::string(category)});
}

} // namespace

std::vector<Finding> checkCity(const City& city) {
    std::vector<Finding> out = city.findings;
    const auto& ofHistory = city.history->findings();
    out.insert(out.end(), ofHistory.begin(), ofHistory.end());
    for (std::size_t source = 0; source < city.history->sources().size(); ++source) {
        duplicates(city, source, out);
        ownAreas(city, source, out);
        places(city, source, out);
        checkTimes(city, source, out);
    }
    columnTypes(city, out);
    references(city, out);
    const auto topology = layers::checkTopology(city.areas);
    out.insert(out.end(), topology.begin(), topology.end());
    return out;
}

} // namespace vedette::dispatch
