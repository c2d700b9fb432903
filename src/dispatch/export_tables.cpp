// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/export_tables.h"

#include "where.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

namespace vedette::dispatch {

namespace {

using layers::Area;
using layers::AreaIndex;
using layers::AreaKind;
using layers::ExportTable;
using layers::FieldType;
using Value = std::optional<std::string>;

Value orNull(std::string text) {
    return text.empty() ? Value() : Value(std::move(text));
}
Value number(double value, int decimals) {
    char buffer[64];
    const auto end =
        std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, decimals).ptr;
    return std::string(buffer, end);
}
Value time(Instant at) {
    return at == Instant{} ? Value() : Value(layers::isoUtc(at));
}

struct Making {
    const City& city;
    const State* state;
    const ExportFilter& filter;
    ExportTable table{};

    bool cancelled() const { return filter.cancel && filter.cancel->load(std::memory_order_relaxed); }
    bool inTime(Instant at) const {
        return (!filter.from || at >= *filter.from) && (!filter.to || at < *filter.to);
    }
    ExportTable::Row& point(layers::Point at) {
        ExportTable::Row row;
        row.id = static_cast<std::int64_t>(table.rows.size());
        if (std::isfinite(at.x) && std::isfinite(at.y)) {
            row.shape = layers::Shape::point;
            row.rings = {{at}};
            row.holes = {false};
        }
        return table.rows.emplace_back(std::move(row));
    }
};

// The most responsible area of each kind at a point.
struct Lies {
    std::string grid, beat, station, community, township, county;
};
Lies liesIn(const layers::Areas& areas, layers::Point at, std::vector<AreaIndex>& scratch) {
    Lies lies;
    areas.at(at, scratch);
    for (const AreaIndex index : scratch) {
        const Area& area = areas[index];
        std::string* slot = area.kind == AreaKind::grid        ? &lies.grid
                            : area.kind == AreaKind::beat      ? &lies.beat
                            : area.kind == AreaKind::station   ? &lies.station
                            : area.kind == AreaKind::community ? &lies.community
                            : area.kind == AreaKind::township  ? &lies.township
                            : area.kind == AreaKind::county    ? &lies.county
                                                               : nullptr;
        if (slot && slot->empty())
            *slot = area.code;
    }
    return lies;
}

void incidents(Making& make) {
    make.table.shape = layers::Shape::point;
    make.table.columns = {{"id", FieldType::text, ""},          {"time", FieldType::dateTime, ""},
                          {"category", FieldType::text, ""},    {"category_name", FieldType::text, ""},
                          {"severity", FieldType::integer, ""}, {"text", FieldType::text, ""},
                          {"grid", FieldType::text, ""},        {"beat", FieldType::text, ""},
                          {"station", FieldType::text, ""},     {"community", FieldType::text, ""},
                          {"township", FieldType::text, ""},    {"county", FieldType::text, ""},
                          {"lon", FieldType::real, ""},         {"lat", FieldType::real, ""}};
    std::unordered_map<std::string, std::string> names;
    for (const Duty& duty : make.city.duties)
        names.emplace(duty.category, duty.name);
    std::vector<AreaIndex> scratch;
    for (const PastIncident past : *make.city.history) {
        if (make.cancelled())
            return;
        if (!make.inTime(past.at) || (make.filter.bbox && !make.filter.bbox->contains(past.where)))
            continue;
        Lies lies = liesIn(make.city.areas, past.where, scratch);
        const std::string category(past.category);
        const auto name = names.find(category);
        const LonLat lonLat = make.city.crs.toLonLat(past.where);
        make.point(past.where).values = {std::string(past.id),
                                         time(past.at),
                                         orNull(category),
                                         name == names.end() ? Value() : orNull(name->second),
                                         std::to_string(past.severity),
                                         orNull(std::string(past.text)),
                                         orNull(std::move(lies.grid)),
                                         orNull(std::move(lies.beat)),
                                         orNull(std::move(lies.station)),
                                         orNull(std::move(lies.community)),
                                         orNull(std::move(lies.township)),
                                         orNull(std::move(lies.county)),
                                         number(lonLat.lon, 7),
                                         number(lonLat.lat, 7)};
    }
}

std::string codeOf(const City& city, const Ticket& ticket, AreaKind kind) {
    for (const std::string& code : ticket.areas)
        if (city.areas.byCode(kind, code))
            return code;
    return {};
}

void tickets(Making& make) {
    make.table.shape = layers::Shape::point;
    make.table.columns = {{"ticket", FieldType::text, ""},        {"category", FieldType::text, ""},
                          {"name", FieldType::text, ""},          {"priority", FieldType::integer, ""},
                          {"stage", FieldType::text, ""},         {"happened", FieldType::dateTime, ""},
                          {"opened", FieldType::dateTime, ""},    {"place", FieldType::text, ""},
                          {"source", FieldType::text, ""},        {"desk", FieldType::text, ""},
                          {"grid", FieldType::text, ""},          {"beat", FieldType::text, ""},
                          {"lead", FieldType::text, ""},          {"assigned", FieldType::dateTime, ""},
                          {"accepted", FieldType::dateTime, ""},  {"enroute", FieldType::dateTime, ""},
                          {"onscene", FieldType::dateTime, ""},   {"handled", FieldType::dateTime, ""},
                          {"accept_by", FieldType::dateTime, ""}, {"arrive_by", FieldType::dateTime, ""},
                          {"finish_by", FieldType::dateTime, ""}, {"escalated", FieldType::integer, ""},
                          {"reopened", FieldType::integer, ""}};
    make.state->forEachTicket([&](const Ticket& ticket) {
        const layers::Point at = make.city.crs.toWorking(ticket.incident.at);
        if (make.cancelled() || !make.inTime(ticket.openedAt) ||
            (make.filter.bbox && !make.filter.bbox->contains(at)))
            return;
        const Assignment* first = lead(ticket);
        const auto reached = [&](AssignmentStatus status) {
            return first ? time(first->at[static_cast<std::size_t>(status)]) : Value();
        };
        make.point(at).values = {toString(ticket.id),
                                 orNull(ticket.incident.category),
                                 orNull(ticket.duty.name),
                                 std::to_string(ticket.incident.priority),
                                 std::string(toString(stage(ticket))),
                                 time(ticket.incident.happenedAt),
                                 time(ticket.openedAt),
                                 orNull(ticket.incident.place),
                                 orNull(ticket.incident.source),
                                 orNull(ticket.desk),
                                 orNull(codeOf(make.city, ticket, AreaKind::grid)),
                                 orNull(codeOf(make.city, ticket, AreaKind::beat)),
                                 first ? Value(first->unit.text) : Value(),
                                 reached(AssignmentStatus::assigned),
                                 reached(AssignmentStatus::accepted),
                                 reached(AssignmentStatus::enroute),
                                 reached(AssignmentStatus::onscene),
                                 reached(AssignmentStatus::handled),
                                 time(ticket.deadlines.accept),
                                 time(ticket.deadlines.arrive),
                                 time(ticket.deadlines.finish),
                                 std::to_string(ticket.escalations),
                                 std::to_string(ticket.reopenings)};
    });
}

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts)
        out += (out.empty() ? "" : " ") + part;
    return out;
}

// Where a unit stands without its fixes: declared, posted, or in the middle of its home area.
void unitRow(Making& make, const UnitFacts& facts, const UnitRecord* record) {
    layers::Point at{NAN, NAN};
    const char* basis = "none";
    if (record && record->said().declaredAt)
        at = make.city.crs.toWorking(*record->said().declaredAt), basis = "declared";
    else if (facts.post)
        at = make.city.crs.toWorking(*facts.post), basis = "posted";
    else if (const auto home = make.city.areas.byCode(facts.homeArea))
        at = make.city.areas[*home].box.centre(), basis = "homeArea";
    if (make.filter.bbox && !make.filter.bbox->contains(at))
        return;
    static constexpr const char* statuses[] = {"free",    "assigned",     "enroute", "onscene",
                                               "onBreak", "outOfService", "off"};
    Value status;
    if (record && make.state)
        status =
            statuses[static_cast<int>(unitStatus(*make.state, *record, make.state->at(), make.city.zone))];
    make.point(at).values = {facts.id.text,
                             orNull(facts.name),
                             std::string(toString(facts.role)),
                             orNull(facts.employment),
                             orNull(facts.desk),
                             orNull(joined(facts.owns)),
                             orNull(facts.homeArea),
                             orNull(joined(facts.skills)),
                             std::to_string(facts.capacity),
                             record ? std::to_string(record->tickets.size()) : Value(),
                             status,
                             std::string(basis)};
}

void units(Making& make) {
    make.table.shape = layers::Shape::point;
    make.table.columns = {{"id", FieldType::text, ""},          {"name", FieldType::text, ""},
                          {"role", FieldType::text, ""},        {"employment", FieldType::text, ""},
                          {"desk", FieldType::text, ""},        {"owns", FieldType::text, ""},
                          {"home_area", FieldType::text, ""},   {"skills", FieldType::text, ""},
                          {"capacity", FieldType::integer, ""}, {"load", FieldType::integer, ""},
                          {"status", FieldType::text, ""},      {"basis", FieldType::text, ""}};
    if (make.state && make.state->unitCount())
        make.state->forEachUnit([&](const UnitRecord& unit) {
            if (!make.cancelled())
                unitRow(make, *unit.facts, &unit);
        });
    else
        for (const UnitFacts& facts : make.city.units())
            unitRow(make, facts, nullptr);
}

double squareKilometres(const ExportTable::Row& row) {
    double twice = 0; // shoelace; outers run counter-clockwise and holes clockwise, so holes subtract
    for (const auto& ring : row.rings)
        for (std::size_t i = 0; i + 1 < ring.size(); ++i)
            twice += ring[i].x * ring[i + 1].y - ring[i + 1].x * ring[i].y;
    return std::abs(twice) / 2e6;
}

ExportTable::Row& areaRow(Making& make, const Area& area) {
    ExportTable::Row row;
    row.id = static_cast<std::int64_t>(make.table.rows.size());
    row.shape = layers::Shape::polygon;
    const layers::Snapshot& source = make.city.areas.layers()[area.source].snapshot;
    for (std::size_t i = 0; i < source.partCount(area.feature); ++i) {
        const layers::Part part = source.part(area.feature, i);
        row.rings.emplace_back(part.points.begin(), part.points.end());
        row.holes.push_back(part.hole);
    }
    return make.table.rows.emplace_back(std::move(row));
}

void areas(Making& make, AreaKind kind, bool exclusiveOnly, bool counted) {
    make.table.shape = layers::Shape::polygon;
    make.table.columns = {{"code", FieldType::text, ""},     {"name", FieldType::text, ""},
                          {"kind", FieldType::text, ""},     {"parent", FieldType::text, ""},
                          {"level", FieldType::integer, ""}, {"exclusive", FieldType::boolean, ""},
                          {"beat", FieldType::text, ""}};
    std::unordered_map<AreaIndex, std::int64_t> counts;
    double days = 1;
    if (counted) {
        make.table.columns.push_back({"incidents", FieldType::integer, ""});
        make.table.columns.push_back({"square_km", FieldType::real, ""});
        make.table.columns.push_back({"per_km2_day", FieldType::real, ""});
        std::vector<AreaIndex> scratch;
        std::optional<Instant> first, last;
        for (const PastIncident past : *make.city.history) {
            if (make.cancelled())
                return;
            if (!make.inTime(past.at))
                continue;
            first = first ? std::min(*first, past.at) : past.at;
            last = last ? std::max(*last, past.at) : past.at;
            make.city.areas.at(past.where, scratch);
            for (const AreaIndex index : scratch)
                if (make.city.areas[index].kind == kind)
                    ++counts[index];
        }
        const Instant from = make.filter.from ? *make.filter.from : first.value_or(Instant{});
        const Instant till = make.filter.to ? *make.filter.to : last.value_or(Instant{});
        days = std::max(1.0, std::chrono::duration<double, std::ratio<86400>>(till - from).count());
    }
    for (AreaIndex i = 0; i < make.city.areas.size() && !make.cancelled(); ++i) {
        const Area& area = make.city.areas[i];
        if (area.kind != kind || (exclusiveOnly && !area.exclusive) ||
            (make.filter.bbox && !make.filter.bbox->intersects(area.box)))
            continue;
        ExportTable::Row& row = areaRow(make, area);
        row.values = {area.code,
                      orNull(area.name),
                      std::string(toString(area.kind)),
                      orNull(area.parent),
                      area.level ? Value(std::to_string(area.level)) : Value(),
                      std::string(area.exclusive ? "1" : "0"),
                      orNull(area.beat)};
        if (counted) {
            const auto found = counts.find(i);
            const std::int64_t count = found == counts.end() ? 0 : found->second;
            const double km2 = squareKilometres(row);
            row.values.push_back(std::to_string(count));
            row.values.push_back(number(km2, 6));
            row.values.push_back(km2 > 0 ? number(static_cast<double>(count) / km2 / days, 6) : Value());
        }
    }
}

std::optional<AreaKind> kindOfPlural(std::string_view layer) {
    static const std::pair<std::string_view, AreaKind> plurals[] = {
        {"grids", AreaKind::grid},       {"beats", AreaKind::beat},
        {"stations", AreaKind::station}, {"bureaus", AreaKind::bureau},
        {"cities", AreaKind::city},      {"communities", AreaKind::community},
        {"counties", AreaKind::county},  {"townships", AreaKind::township}};
    for (const auto& [plural, kind] : plurals)
        if (plural == layer || toString(kind) == layer)
            return kind;
    return std::nullopt;
}

// What a person means by "per area" who doesn't say which: the finest the city has.
AreaKind smallestKind(const City& city) {
    for (const AreaKind kind : {AreaKind::grid, AreaKind::beat, AreaKind::community, AreaKind::station,
                                AreaKind::township, AreaKind::county, AreaKind::bureau})
        for (layers::AreaIndex index = 0; index < city.areas.size(); ++index)
            if (city.areas[index].kind == kind)
                return kind;
    return AreaKind::grid;
}

layers::Problem unknownLayer(std::string_view layer) {
    return layers::refused("exportLayerUnknown",
                           {{"layer", std::string(layer)}, {"known", joined(exportLayers())}});
}

} // namespace

const std::vector<std::string>& exportLayers() {
    static const std::vector<std::string> all{
        "incidents", "tickets",     "units",     "grids",    "exclusiveGrids", "beats", "stations",
        "bureaus",   "communities", "townships", "counties", "cities",         "counts"};
    return all;
}

layers::Result<layers::Box> boxFromLonLat(const City& city, std::string_view text) {
    double held[4] = {};
    const char* at = text.data();
    const char* const end = at + text.size();
    for (int i = 0; i < 4; ++i) {
        const auto [next, error] = std::from_chars(at, end, held[i]);
        if (error != std::errc() || (i < 3 ? next == end || *next != ',' : next != end))
            return layers::refused("bboxUnreadable", {{"text", std::string(text)}});
        at = next + 1;
    }
    layers::Box box;
    for (const LonLat corner : {LonLat{held[0], held[1]}, LonLat{held[0], held[3]}, LonLat{held[2], held[1]},
                                LonLat{held[2], held[3]}})
        if (const auto p = city.crs.toWorking(corner); std::isfinite(p.x) && std::isfinite(p.y))
            box.add(p);
    if (box.empty())
        return layers::refused("bboxUnreadable", {{"text", std::string(text)}});
    return box;
}

layers::Result<ExportTable> exportLayer(const City& city, const State* state, std::string_view layer,
                                        const ExportFilter& filter) {
    Making make{city, state, filter};
    make.table.name = std::string(layer.substr(0, layer.find(':')));
    if (layer == "incidents") {
        incidents(make);
    } else if (layer == "tickets") {
        if (!state)
            return layers::refused("exportNeedsJournal", {{"layer", std::string(layer)}});
        tickets(make);
    } else if (layer == "units") {
        units(make);
    } else if (layer == "exclusiveGrids") {
        areas(make, AreaKind::grid, true, false);
    } else if (layer == "counts" || layer.starts_with("counts:")) {
        const auto kind =
            layer == "counts" ? std::optional(smallestKind(city)) : kindOfPlural(layer.substr(7));
        if (!kind)
            return unknownLayer(layer);
        areas(make, *kind, false, true);
    } else if (const auto kind = kindOfPlural(layer)) {
        areas(make, *kind, false, false);
    } else {
        return unknownLayer(layer);
    }
    if (make.cancelled())
        return layers::refused("cancelled");
    auto where = Where::parse(filter.where, make.table.columns);
    if (!where)
        return where.problem();
    const std::unordered_set<std::string> chosen(filter.selection.begin(), filter.selection.end());
    std::erase_if(make.table.rows, [&](const ExportTable::Row& row) {
        return !where.value().keeps(row) || (!chosen.empty() && !chosen.contains(row.values[0].value_or("")));
    });
    return std::move(make.table);
}

} // namespace vedette::dispatch
