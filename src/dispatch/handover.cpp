// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/handover.h"

#include "iso.h"
#include "journal_chain.h"
#include "json_writer.h"

#include <algorithm>
#include <tuple>

namespace vedette::dispatch {

namespace {

constexpr auto lookBack = std::chrono::days(31);

std::string argument(const LogEntry& entry, std::string_view name) {
    for (const auto& [key, value] : entry.what.args)
        if (key == name)
            return value;
    return {};
}

SheetTicket lineOf(const Ticket& ticket, Instant at) {
    SheetTicket line;
    line.ticket = ticket.id, line.priority = ticket.incident.priority;
    line.category = ticket.incident.category, line.name = ticket.duty.name;
    line.place = ticket.incident.place, line.desk = ticket.desk;
    line.stage = stage(ticket), line.openedAt = ticket.openedAt;
    for (const Part part : {Part::lead, Part::joint})
        for (const Assignment& one : ticket.assignments)
            if (one.part == part && one.open())
                line.units.emplace_back(one.unit, one.status);
    if (isOpen(ticket))
        if (const auto running = runningDeadline(ticket)) {
            line.clock = running->name, line.due = running->due;
            line.overdue = running->due < at;
        }
    line.raisedTo = ticket.boards;
    for (auto entry = ticket.log.rbegin(); entry != ticket.log.rend() && line.note.empty(); ++entry)
        if (line.note = argument(*entry, "text"); !line.note.empty())
            line.noteAt = entry->at;
    return line;
}

// When a ticket that is over came to its end.
Instant endOf(const Ticket& ticket) {
    static constexpr std::string_view ends[] = {"log.closed", "log.returned", "log.transferred", "log.merged",
                                                "log.cancelled"};
    for (auto entry = ticket.log.rbegin(); entry != ticket.log.rend(); ++entry)
        if (std::ranges::count(ends, entry->what.code))
            return entry->at;
    return {};
}

} // namespace

int HandoverSheet::overdue() const {
    return static_cast<int>(std::ranges::count(open, true, &SheetTicket::overdue));
}

int HandoverSheet::escalated() const {
    return static_cast<int>(
        std::ranges::count_if(open, [](const SheetTicket& line) { return !line.raisedTo.empty(); }));
}

HandoverSheet handoverSheet(const State& state, const City& city, const std::string& desk, Instant since,
                            Instant at, std::string remarks) {
    HandoverSheet sheet;
    sheet.desk = desk, sheet.at = at, sheet.seq = state.seq();
    if (const auto area = city.areas.byCode(desk))
        sheet.name = city.areas[*area].name;
    const auto watch = state.deskWatch(desk);
    if (watch)
        sheet.holder = watch->holder;
    sheet.since = since != Instant{}                   ? since
                  : watch && watch->since != Instant{} ? watch->since
                                                       : at - std::chrono::hours(8);
    sheet.remarks = std::move(remarks);
    const Scope scope(city, desk);
    const auto moves = [&](const Ticket& ticket) {
        for (const LogEntry& entry : ticket.log) {
            if (entry.what.code != "log.handedOver" || entry.at < sheet.since || entry.at >= at)
                continue;
            SheetMove move{ticket.id, argument(entry, "from"), argument(entry, "target"),
                           argument(entry, "reason"), entry.at};
            // Between two desks under this one nothing came and nothing went.
            UnitFacts there, here;
            there.desk = move.from, here.desk = move.to;
            const bool gone = scope.has(there), come = scope.has(here);
            if (come && !gone)
                sheet.received.push_back(move);
            else if (gone && !come)
                sheet.sent.push_back(move);
        }
    };
    state.forEachOpenTicket([&](const Ticket& ticket) {
        moves(ticket);
        if (scope.has(ticket, state))
            sheet.open.push_back(lineOf(ticket, at));
    });
    state.forEachTicket(sheet.since - lookBack, at, [&](const Ticket& ticket) {
        if (isOpen(ticket))
            return;
        moves(ticket);
        const Instant end = endOf(ticket);
        if (end < sheet.since || end > at || !scope.has(ticket, state))
            return;
        sheet.ended.push_back(lineOf(ticket, at));
        sheet.ended.back().endedAt = end;
    });
    std::ranges::sort(sheet.open, {}, [](const SheetTicket& line) {
        return std::tuple(!line.overdue, line.priority, line.due == Instant{}, line.due, line.ticket);
    });
    std::ranges::sort(sheet.ended, [](const SheetTicket& a, const SheetTicket& b) {
        return a.endedAt != b.endedAt ? a.endedAt > b.endedAt : a.ticket < b.ticket;
    });
    for (auto* list : {&sheet.received, &sheet.sent})
        std::ranges::sort(*list, {}, [](const SheetMove& move) { return std::tuple(move.at, move.ticket); });
    sheet.roster = rosterAt(state, at, city.zone, scope);
    for (const RoadRestricted& road : state.restrictedRoads())
        if (road.until == Instant{} || road.until > at)
            sheet.roads.push_back(road);
    return sheet;
}

namespace {

void when(JsonWriter& json, std::string_view name, Instant at) {
    if (at != Instant{})
        json.field(name, isoText(at));
}

void write(JsonWriter& json, const SheetTicket& line, bool privateText) {
    json.open('{');
    json.field("ticket", toString(line.ticket));
    json.field("priority", line.priority);
    json.field("category", line.category);
    json.fieldIfSet("name", line.name);
    json.fieldIfSet("place", line.place);
    json.field("desk", line.desk);
    json.field("stage", toString(line.stage));
    json.key("units");
    json.open('[');
    for (const auto& [unit, status] : line.units) {
        json.open('{');
        json.field("unit", unit.text);
        json.field("status", toString(status));
        json.close('}');
    }
    json.close(']');
    when(json, "opened", line.openedAt);
    json.fieldIfSet("clock", line.clock);
    when(json, "due", line.due);
    if (line.overdue)
        json.field("overdue", true);
    if (!line.raisedTo.empty()) {
        json.key("escalatedTo");
        json.open('[');
        for (const std::string& desk : line.raisedTo)
            json.value(desk);
        json.close(']');
    }
    when(json, "ended", line.endedAt);
    when(json, "noteAt", line.noteAt);
    if (privateText)
        json.fieldIfSet("note", line.note);
    json.close('}');
}

void write(JsonWriter& json, const SheetMove& move, bool) {
    json.open('{');
    json.field("ticket", toString(move.ticket));
    json.field("from", move.from);
    json.field("to", move.to);
    json.fieldIfSet("reason", move.reason);
    when(json, "at", move.at);
    json.close('}');
}

void write(JsonWriter& json, const RosterRow& row, bool) {
    json.open('{');
    json.field("unit", row.unit.text);
    json.fieldIfSet("name", row.name);
    json.field("role", toString(row.role));
    json.fieldIfSet("team", row.team);
    json.fieldIfSet("desk", row.desk);
    json.field("status", toString(row.status));
    if (row.plannedBreak)
        json.field("plannedBreak", true);
    if (row.till)
        when(json, "till", *row.till);
    if (row.breakTill)
        when(json, "breakTill", *row.breakTill);
    when(json, "outUntil", row.outUntil);
    json.fieldIfSet("outReason", row.outReason);
    if (row.comes)
        when(json, "comes", *row.comes);
    json.close('}');
}

template <class Row>
void list(JsonWriter& json, std::string_view name, const std::vector<Row>& rows, bool privateText) {
    json.key(name);
    json.open('[');
    for (const Row& row : rows)
        write(json, row, privateText);
    json.close(']');
}

} // namespace

std::string sheetJson(const HandoverSheet& sheet, bool privateText) {
    JsonWriter json;
    json.open('{');
    json.field("desk", sheet.desk);
    json.fieldIfSet("name", sheet.name);
    when(json, "since", sheet.since);
    when(json, "at", sheet.at);
    json.field("seq", sheet.seq);
    json.fieldIfSet("holder", sheet.holder);
    json.field("overdue", sheet.overdue());
    json.field("escalated", sheet.escalated());
    list(json, "open", sheet.open, privateText);
    list(json, "ended", sheet.ended, privateText);
    list(json, "received", sheet.received, privateText);
    list(json, "sent", sheet.sent, privateText);
    list(json, "on", sheet.roster.on, privateText);
    list(json, "next", sheet.roster.next, privateText);
    json.key("roads");
    json.open('[');
    for (const RoadRestricted& road : sheet.roads)
        json.raw(encodePayload(road));
    json.close(']');
    if (privateText)
        json.fieldIfSet("remarks", sheet.remarks);
    json.close('}');
    return std::move(json.out);
}

std::string sheetSha256(const HandoverSheet& sheet) {
    return hex(sha256(sheetJson(sheet, false)));
}

ShiftHandedOver handedOver(const HandoverSheet& sheet, std::string to) {
    ShiftHandedOver shift;
    shift.desk = sheet.desk, shift.to = std::move(to);
    shift.since = sheet.since, shift.at = sheet.at, shift.seq = sheet.seq;
    shift.open = static_cast<int>(sheet.open.size()), shift.overdue = sheet.overdue();
    shift.sha256 = sheetSha256(sheet);
    shift.text = sheet.remarks;
    return shift;
}

} // namespace vedette::dispatch
