// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/feed.h"
#include "json_writer.h"

namespace vedette::dispatch {

namespace {

void when(JsonWriter& json, std::string_view name, Instant at) {
    if (at != Instant{})
        json.field(name, layers::isoUtc(at));
}

// To everybody who is asked, in one line.
std::string rollLine(const Envelope& envelope, const RollCalled& roll) {
    JsonWriter json;
    json.open('{');
    json.field("type", "order");
    json.field("id", envelope.eventId);
    json.field("time", layers::isoUtc(envelope.recordedAt));
    json.field("action", "roll");
    json.field("roll", roll.id);
    json.fieldIfSet("name", roll.name);
    json.key("units");
    json.open('[');
    for (const std::string& unit : roll.units)
        json.value(unit);
    json.close(']');
    when(json, "answer_by", roll.deadline);
    json.close('}');
    return std::move(json.out);
}

} // namespace

std::string orderLine(const Event& event, const State& state) {
    std::string_view action;
    TicketId id;
    UnitId unit;
    std::optional<Part> part;
    std::string text;
    if (const auto* roll = std::get_if<RollCalled>(&event.payload))
        return rollLine(event.envelope, *roll);
    if (const auto* assigned = std::get_if<UnitAssigned>(&event.payload)) {
        action = "assign", id = assigned->ticket, unit = assigned->unit, part = assigned->part;
    } else if (const auto* moved = std::get_if<AssignmentMoved>(&event.payload)) {
        if (moved->to != AssignmentStatus::released)
            return {};
        action = "release", id = moved->ticket, unit = moved->unit, text = moved->text;
    } else if (const auto* own = std::get_if<TicketMoved>(&event.payload)) {
        id = own->ticket, text = own->reason;
        if (own->to == TicketMove::closed)
            action = "close";
        else if (own->to == TicketMove::reopened)
            action = "reopen";
        else if (own->to == TicketMove::cancelled)
            action = "cancel";
        else
            return {};
    } else {
        return {};
    }
    const Ticket* ticket = state.ticket(id);
    if (!ticket)
        return {};
    JsonWriter json;
    json.open('{');
    json.field("type", "order");
    json.field("id", event.envelope.eventId);
    json.field("time", layers::isoUtc(event.envelope.recordedAt));
    json.field("action", action);
    json.field("ticket", toString(id));
    json.fieldIfSet("unit", unit.text);
    if (part)
        json.field("part", toString(*part));
    json.field("lon", ticket->incident.at.lon);
    json.field("lat", ticket->incident.at.lat);
    json.field("category", ticket->incident.category);
    json.field("priority", ticket->incident.priority);
    json.fieldIfSet("place", ticket->incident.place);
    json.fieldIfSet("text", action == "assign" ? ticket->incident.text : text);
    if (action == "assign") {
        when(json, "accept_by", ticket->deadlines.accept);
        when(json, "arrive_by", ticket->deadlines.arrive);
        when(json, "finish_by", ticket->deadlines.finish);
        if (!ticket->duty.feedback.empty()) {
            json.key("feedback");
            json.open('[');
            for (const std::string& name : ticket->duty.feedback)
                json.value(name);
            json.close(']');
        }
    }
    json.close('}');
    return std::move(json.out);
}

} // namespace vedette::dispatch
