// SPDX-License-Identifier: GPL-3.0-or-later
#include "payload_json.h"

#include "iso.h"
#include "json_writer.h"

namespace vedette::dispatch {

namespace {

// Writes one payload; with `seals`, private text is left out and its seal written instead.
struct Encoder {
    JsonWriter json;
    const std::span<const Seal>* seals = nullptr;

    void privateText(std::string_view field, const std::string& text) {
        if (!seals)
            return json.fieldIfSet(field, text);
        for (const Seal& seal : *seals)
            if (seal.field == field)
                json.field(seal.field + "Sealed", seal.commitment);
    }
    void texts(std::string_view name, const std::vector<std::string>& all) {
        json.key(name);
        json.open('[');
        for (const std::string& text : all)
            json.value(text);
        json.close(']');
    }
    void instant(std::string_view name, Instant at) {
        if (at != Instant{})
            json.field(name, isoText(at));
    }
    void place(LonLat at) {
        json.field("lon", at.lon);
        json.field("lat", at.lat);
    }
    void duty(const Duty& duty) {
        json.key("duty");
        json.open('{');
        json.field("category", duty.category);
        json.fieldIfSet("name", duty.name);
        json.field("lead", toString(duty.lead));
        json.key("joint");
        json.open('[');
        for (const Role role : duty.joint)
            json.value(toString(role));
        json.close(']');
        texts("skills", duty.skills);
        json.field("priority", duty.priority);
        json.field("acceptMinutes", duty.accept.count());
        json.field("arriveMinutes", duty.arrive.count());
        json.field("finishMinutes", duty.finish.count());
        texts("escalation", duty.escalation);
        if (duty.verify.count() > 0)
            json.field("verifyMinutes", duty.verify.count());
        if (duty.review.count() > 0)
            json.field("reviewMinutes", duty.review.count());
        if (!duty.byClass.empty())
            classes(duty.byClass);
        if (duty.areaClass)
            json.field("areaClass", layers::toString(*duty.areaClass));
        if (!duty.feedback.empty())
            texts("feedback", duty.feedback);
        if (duty.reviewBySecond)
            json.field("reviewBy", "second");
        if (duty.inspect != Duty{}.inspect)
            json.field("inspectMinutes", duty.inspect.count());
        json.close('}');
    }

    void classes(const std::vector<ClassMinutes>& all) {
        json.key("byClass");
        json.open('[');
        for (const ClassMinutes& own : all) {
            json.open('{');
            json.field("class", layers::toString(own.areaClass));
            for (const auto& [name, member] : classClocks)
                if (own.*member)
                    json.field(name, (own.*member)->count());
            json.close('}');
        }
        json.close(']');
    }

    void deadlines(const Deadlines& deadlines) {
        json.key("deadlines");
        json.open('{');
        instant("accept", deadlines.accept);
        instant("arrive", deadlines.arrive);
        instant("finish", deadlines.finish);
        instant("verify", deadlines.verify);
        json.close('}');
    }

    void operator()(const JournalOpened& opened) { json.field("workspace", opened.workspace); }
    void operator()(const ReferencePinned& pinned) {
        json.field("what", pinned.what);
        json.field("sha256", pinned.sha256);
        json.field("source", pinned.source);
    }
    void operator()(const TicketOpened& opened) {
        json.field("ticket", toString(opened.ticket));
        json.key("incident");
        json.open('{');
        place(opened.incident.at);
        json.field("category", opened.incident.category);
        json.field("priority", opened.incident.priority);
        json.fieldIfSet("source", opened.incident.source);
        json.fieldIfSet("place", opened.incident.place);
        privateText("caller", opened.incident.caller);
        privateText("text", opened.incident.text);
        instant("happenedAt", opened.incident.happenedAt);
        json.close('}');
        texts("areas", opened.areas);
        duty(opened.duty);
        deadlines(opened.deadlines);
        json.field("desk", opened.desk);
        texts("flags", opened.flags);
        if (!opened.chain.empty())
            texts("chain", opened.chain);
        instant("begins", opened.begins);
        json.fieldIfSet("sweep", opened.sweep);
    }
    void operator()(const TicketVerified& verified) { json.field("ticket", toString(verified.ticket)); }
    void operator()(const UnitAssigned& assigned) {
        json.field("ticket", toString(assigned.ticket));
        json.field("unit", assigned.unit.text);
        json.field("part", toString(assigned.part));
        place(assigned.unitAt);
        json.field("basis", toString(assigned.basis));
        json.key("shown");
        json.open('[');
        for (const CandidateFacts& candidate : assigned.shown) {
            json.open('{');
            json.field("unit", candidate.unit.text);
            json.field("metres", candidate.metres);
            json.field("seconds", candidate.seconds);
            json.field("basis", toString(candidate.basis));
            json.field("owner", candidate.owner);
            json.close('}');
        }
        json.close(']');
        json.fieldIfSet("overrideReason", assigned.overrideReason);
    }
    void operator()(const AssignmentMoved& moved) {
        json.field("ticket", toString(moved.ticket));
        json.field("unit", moved.unit.text);
        json.field("to", toString(moved.to));
        privateText("text", moved.text);
    }
    void operator()(const TicketMoved& moved) {
        json.field("ticket", toString(moved.ticket));
        json.field("to", toString(moved.to));
        json.fieldIfSet("target", moved.target);
        json.fieldIfSet("reason", moved.reason);
        if (moved.stays)
            json.field("stays", true);
        json.fieldIfSet("clock", moved.clock);
        if (moved.level > 0)
            json.field("level", moved.level);
    }
    void operator()(const EntryAdded& added) {
        json.field("ticket", toString(added.ticket));
        json.field("entry", toString(added.kind));
        privateText("text", added.text);
        json.fieldIfSet("unit", added.unit.text);
    }
    void operator()(const DuplicateJudged& judged) {
        json.field("ticket", toString(judged.ticket));
        json.field("other", toString(judged.other));
        json.field("keptApart", judged.keptApart);
    }
    void operator()(const RosterChanged& changed) {
        json.field("unit", changed.unit.text);
        json.field("to", toString(changed.to));
        json.fieldIfSet("reason", changed.reason);
        instant("until", changed.until);
    }
    void operator()(const PositionDeclared& declared) {
        json.field("unit", declared.unit.text);
        place(declared.at);
    }
    void operator()(const TicketReclassified& now) {
        json.field("ticket", toString(now.ticket));
        json.field("category", now.category);
        json.field("priority", now.priority);
        duty(now.duty);
        deadlines(now.deadlines);
        texts("flags", now.flags);
        if (!now.chain.empty())
            texts("chain", now.chain);
    }
    void operator()(const LineSaid& said) {
        json.field("unit", said.unit.text);
        privateText("text", said.text);
    }
    void operator()(const RoadRestricted& road) {
        json.field("id", road.id);
        json.field("lines", linesText(road.lines));
        json.field("area", road.area);
        json.field("factor", road.factor);
        json.field("use", toString(road.use));
        json.fieldIfSet("reason", road.reason);
        instant("until", road.until);
        json.fieldIfSet("by", road.by);
    }
    void operator()(const RoadRestored& road) { json.field("id", road.id); }
    // ---- the closed loop ----
    void operator()(const FeedbackGiven& given) {
        json.field("ticket", toString(given.ticket));
        json.fieldIfSet("unit", given.unit.text);
        json.key("names");
        json.open('[');
        for (const FeedbackField& field : given.fields)
            json.value(field.name);
        json.close(']');
        for (std::size_t i = 0; i < given.fields.size(); ++i)
            privateText("value" + std::to_string(i), given.fields[i].value);
    }
    void operator()(const TicketScheduled& scheduled) {
        json.field("ticket", toString(scheduled.ticket));
        instant("begins", scheduled.begins);
        deadlines(scheduled.deadlines);
    }
    void operator()(const UnitReserved& reserved) {
        json.field("ticket", toString(reserved.ticket));
        json.field("unit", reserved.unit.text);
    }
    void operator()(const UnitUnreserved& ended) {
        json.field("ticket", toString(ended.ticket));
        json.field("unit", ended.unit.text);
        json.fieldIfSet("why", ended.why.code);
        if (ended.why.args.empty())
            return;
        json.key("args");
        json.open('[');
        for (const auto& [name, value] : ended.why.args)
            json.value(name), json.value(value);
        json.close(']');
    }
    void operator()(const HazardFound& found) {
        json.field("ticket", toString(found.ticket));
        instant("due", found.due);
        privateText("text", found.text);
    }
    void operator()(const HazardRectified& rectified) {
        json.field("ticket", toString(rectified.ticket));
        instant("inspectBy", rectified.inspectBy);
        privateText("text", rectified.text);
    }
    void operator()(const HazardInspected& inspected) {
        json.field("ticket", toString(inspected.ticket));
        json.field("passed", inspected.passed);
        instant("due", inspected.due);
        privateText("text", inspected.text);
    }
    void operator()(const SweepOpened& opened) {
        json.field("id", opened.id);
        json.field("name", opened.name);
        json.field("category", opened.category);
        json.field("area", opened.area);
        privateText("line", opened.line);
    }
    void operator()(const SweepClosed& closed) {
        json.field("id", closed.id);
        json.field("reason", closed.reason);
        privateText("line", closed.line);
    }
    void operator()(const SweepJoined& joined) {
        json.field("ticket", toString(joined.ticket));
        json.field("sweep", joined.sweep);
    }
    void operator()(const SweepLeft& left) {
        json.field("ticket", toString(left.ticket));
        json.field("sweep", left.sweep);
    }
    void operator()(const ShiftHandedOver& shift) {
        json.field("desk", shift.desk);
        json.fieldIfSet("to", shift.to);
        instant("since", shift.since);
        instant("at", shift.at);
        json.field("seq", shift.seq);
        json.field("open", shift.open);
        json.field("overdue", shift.overdue);
        json.fieldIfSet("sha256", shift.sha256);
        privateText("text", shift.text);
    }
    void operator()(const ShiftTakenOver& shift) {
        json.field("desk", shift.desk);
        json.fieldIfSet("from", shift.from);
        json.fieldIfSet("sha256", shift.sha256);
    }
    void operator()(const RollCalled& roll) {
        json.field("id", roll.id);
        json.field("scopeKind", roll.kind);
        json.field("scope", roll.scope);
        json.fieldIfSet("name", roll.name);
        texts("units", roll.units);
        instant("deadline", roll.deadline);
    }
    void operator()(const RollAnswered& roll) {
        json.field("id", roll.id);
        json.field("unit", roll.unit.text);
        if (roll.placed)
            place(roll.at);
        json.field("basis", toString(roll.basis));
        if (roll.late)
            json.field("late", true);
    }
    void operator()(const RollClosed& roll) {
        json.field("id", roll.id);
        texts("answered", roll.answered);
        texts("missed", roll.missed);
    }
    void operator()(const PatrolPlanned& patrol) {
        json.field("id", patrol.id);
        json.field("tier", patrol.tier);
        json.field("area", patrol.area);
        json.fieldIfSet("name", patrol.name);
        json.field("rings", linesText(patrol.rings));
        json.field("risk", patrol.risk);
        std::vector<std::string> units;
        for (const UnitId& unit : patrol.units)
            units.push_back(unit.text);
        texts("units", units);
        instant("from", patrol.from);
        instant("till", patrol.till);
        json.field("visits", patrol.visits);
        json.field("minutes", patrol.minutes);
    }
    void operator()(const PatrolEnded& ended) {
        json.field("id", ended.id);
        json.fieldIfSet("reason", ended.reason);
    }
    void operator()(const UnknownKind&) {}
};

std::string encode(const Payload& payload, const std::span<const Seal>* seals) {
    if (const auto* unknown = std::get_if<UnknownKind>(&payload))
        return unknown->payload;
    Encoder encoder{{}, seals};
    encoder.json.out.reserve(512);
    encoder.json.open('{');
    std::visit(encoder, payload);
    encoder.json.close('}');
    return std::move(encoder.json.out);
}

// The private fields of a payload, in their fixed order.
template <class P, class Visit>
void forEachPrivate(P& payload, const Visit& visit) {
    if (auto* opened = std::get_if<TicketOpened>(&payload)) {
        visit("caller", opened->incident.caller);
        visit("text", opened->incident.text);
    } else if (auto* moved = std::get_if<AssignmentMoved>(&payload)) {
        visit("text", moved->text);
    } else if (auto* added = std::get_if<EntryAdded>(&payload)) {
        visit("text", added->text);
    } else if (auto* said = std::get_if<LineSaid>(&payload)) {
        visit("text", said->text);
    } else if (auto* given = std::get_if<FeedbackGiven>(&payload)) {
        for (std::size_t i = 0; i < given->fields.size(); ++i)
            visit("value" + std::to_string(i), given->fields[i].value);
    } else if (auto* found = std::get_if<HazardFound>(&payload)) {
        visit("text", found->text);
    } else if (auto* rectified = std::get_if<HazardRectified>(&payload)) {
        visit("text", rectified->text);
    } else if (auto* inspected = std::get_if<HazardInspected>(&payload)) {
        visit("text", inspected->text);
    } else if (auto* sweep = std::get_if<SweepOpened>(&payload)) {
        visit("line", sweep->line);
    } else if (auto* closed = std::get_if<SweepClosed>(&payload)) {
        visit("line", closed->line);
    } else if (auto* shift = std::get_if<ShiftHandedOver>(&payload)) {
        visit("text", shift->text);
    }
}

} // namespace

std::string encodePayload(const Payload& payload) {
    return encode(payload, nullptr);
}

std::string encodeSealed(const Payload& payload, std::span<const Seal> seals) {
    return encode(payload, &seals);
}

std::vector<PrivateText> privateTexts(const Payload& payload) {
    std::vector<PrivateText> texts;
    forEachPrivate(payload, [&](std::string_view field, const std::string& text) {
        if (!text.empty())
            texts.push_back({std::string(field), text});
    });
    return texts;
}

void setPrivateText(Payload& payload, std::string_view field, std::string text) {
    forEachPrivate(payload, [&](std::string_view name, std::string& held) {
        if (field == name)
            held = std::move(text);
    });
}

} // namespace vedette::dispatch
