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
        json.close('}');
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
    forEachPrivate(payload, [&](const char* field, const std::string& text) {
        if (!text.empty())
            texts.push_back({field, text});
    });
    return texts;
}

void setPrivateText(Payload& payload, std::string_view field, std::string text) {
    forEachPrivate(payload, [&](const char* name, std::string& held) {
        if (field == name)
            held = std::move(text);
    });
}

} // namespace vedette::dispatch
