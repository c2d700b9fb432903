// SPDX-License-Identifier: GPL-3.0-or-later
#include "record_codec.h"

#include <bit>
#include <cstring>
#include <xxhash.h>

namespace vedette::dispatch {

static_assert(std::endian::native == std::endian::little, "records are written as they lie in memory");

namespace {

struct Writer {
    std::string& out;
    Private privateText;

    template <class Number>
    requires std::is_arithmetic_v<Number> || std::is_enum_v<Number>
    void operator()(Number number) {
        char raw[sizeof number];
        std::memcpy(raw, &number, sizeof number);
        out.append(raw, sizeof number);
    }
    void operator()(std::string_view text) {
        (*this)(static_cast<std::uint32_t>(text.size()));
        out += text;
    }
    void operator()(const std::string& text) { (*this)(std::string_view(text)); }
    void hidden(const std::string& text) { (*this)(privateText == Private::in ? text : std::string_view{}); }
    void operator()(Instant at) { (*this)(static_cast<std::int64_t>(at.time_since_epoch().count())); }
    void operator()(std::chrono::minutes minutes) { (*this)(static_cast<std::int64_t>(minutes.count())); }
    void operator()(LonLat at) { (*this)(at.lon), (*this)(at.lat); }
    void operator()(TicketId id) { (*this)(id.number); }
    void operator()(const UnitId& id) { (*this)(id.text); }
    template <class T>
    void operator()(const std::vector<T>& all) {
        (*this)(static_cast<std::uint32_t>(all.size()));
        for (const T& one : all)
            (*this)(one);
    }
    template <class T>
    void operator()(const std::optional<T>& maybe) {
        (*this)(maybe.has_value());
        if (maybe)
            (*this)(*maybe);
    }
    void operator()(const Assignment& one) {
        (*this)(one.unit), (*this)(one.part), (*this)(one.status);
        for (const Instant at : one.at)
            (*this)(at);
        (*this)(one.unitAt), (*this)(one.by), (*this)(one.overrideReason);
    }
    void operator()(const Ticket::Fired& fired) { (*this)(fired.clock), (*this)(fired.level); }
    void operator()(const ClassMinutes& own) {
        (*this)(own.areaClass);
        for (const auto& [name, member] : classClocks)
            (*this)(own.*member);
    }
    void operator()(const FeedbackField& field) { (*this)(field.name), hidden(field.value); }
    void operator()(const RollCall::Answer& one) {
        (*this)(one.unit), (*this)(one.at), (*this)(one.placed), (*this)(one.where), (*this)(one.basis);
        (*this)(one.late);
    }
    void operator()(const LogEntry& entry) {
        (*this)(entry.at), (*this)(entry.actor), (*this)(entry.what.code);
        (*this)(static_cast<std::uint32_t>(entry.what.args.size()));
        for (const auto& [name, value] : entry.what.args) {
            (*this)(name);
            name == "text" ? hidden(value) : (*this)(value);
        }
    }
};

struct Reader {
    std::string_view& in;
    bool good = true;

    std::string_view take(std::size_t bytes) {
        if (bytes > in.size()) {
            good = false;
            in = {};
            return {};
        }
        const auto taken = in.substr(0, bytes);
        in.remove_prefix(bytes);
        return taken;
    }
    template <class Number>
    requires std::is_arithmetic_v<Number> || std::is_enum_v<Number>
    void operator()(Number& number) {
        const auto raw = take(sizeof number);
        if (good)
            std::memcpy(&number, raw.data(), sizeof number);
    }
    void operator()(bool& truth) {
        std::uint8_t raw = 0;
        (*this)(raw);
        truth = raw != 0;
    }
    void operator()(std::string& text) {
        std::uint32_t length = 0;
        (*this)(length);
        text = take(length);
    }
    void hidden(std::string& text) { (*this)(text); }
    void operator()(Instant& at) {
        std::int64_t count = 0;
        (*this)(count);
        at = Instant{std::chrono::milliseconds{count}};
    }
    void operator()(std::chrono::minutes& minutes) {
        std::int64_t count = 0;
        (*this)(count);
        minutes = std::chrono::minutes{count};
    }
    void operator()(LonLat& at) { (*this)(at.lon), (*this)(at.lat); }
    void operator()(TicketId& id) { (*this)(id.number); }
    void operator()(UnitId& id) { (*this)(id.text); }
    template <class T>
    void operator()(std::vector<T>& all) {
        std::uint32_t count = 0;
        (*this)(count);
        if (count > in.size()) // every element is a byte at least
            good = false;
        all.clear();
        if (good)
            all.reserve(count);
        for (std::uint32_t i = 0; i < count && good; ++i)
            (*this)(all.emplace_back());
    }
    template <class T>
    void operator()(std::optional<T>& maybe) {
        bool there = false;
        (*this)(there);
        maybe.reset();
        if (there && good)
            (*this)(maybe.emplace());
    }
    void operator()(Assignment& one) {
        (*this)(one.unit), (*this)(one.part), (*this)(one.status);
        for (Instant& at : one.at)
            (*this)(at);
        (*this)(one.unitAt), (*this)(one.by), (*this)(one.overrideReason);
    }
    void operator()(Ticket::Fired& fired) { (*this)(fired.clock), (*this)(fired.level); }
    void operator()(ClassMinutes& own) {
        (*this)(own.areaClass);
        for (const auto& [name, member] : classClocks)
            (*this)(own.*member);
    }
    void operator()(FeedbackField& field) { (*this)(field.name), (*this)(field.value); }
    void operator()(RollCall::Answer& one) {
        (*this)(one.unit), (*this)(one.at), (*this)(one.placed), (*this)(one.where), (*this)(one.basis);
        (*this)(one.late);
    }
    void operator()(LogEntry& entry) {
        (*this)(entry.at), (*this)(entry.actor), (*this)(entry.what.code);
        std::uint32_t count = 0;
        (*this)(count);
        for (std::uint32_t i = 0; i < count && good; ++i) {
            auto& [name, value] = entry.what.args.emplace_back();
            (*this)(name), (*this)(value);
        }
    }
};

// One list of fields for writing and reading both.
template <class Each, class T>
void fieldsOf(Each& each, T& ticket) {
    each(ticket.id), each(ticket.version);
    auto& incident = ticket.incident;
    each(incident.at), each(incident.category), each(incident.priority), each(incident.source);
    each(incident.place), each.hidden(incident.caller), each.hidden(incident.text), each(incident.happenedAt);
    each(ticket.areas);
    auto& duty = ticket.duty;
    each(duty.category), each(duty.name), each(duty.lead), each(duty.joint), each(duty.skills);
    each(duty.priority), each(duty.accept), each(duty.arrive), each(duty.finish), each(duty.escalation);
    each(duty.verify), each(duty.review);
    each(ticket.deadlines.accept), each(ticket.deadlines.arrive), each(ticket.deadlines.finish);
    each(ticket.deadlines.verify);
    each(ticket.desk), each(ticket.flags), each(ticket.openedAt), each(ticket.verified), each(ticket.own);
    each(ticket.mergedInto), each(ticket.assignments), each(ticket.log), each(ticket.escalations);
    each(ticket.reopenings), each(ticket.roundStart), each(ticket.verifiedAt), each(ticket.reviewedAt);
    each(ticket.chain), each(ticket.boards), each(ticket.cameFrom), each(ticket.fired);
}

// What came with the closed loop. It stands behind the rest, in the hash only where any of it is set: records
// from before keep theirs.
template <class Each, class T>
void loopFields(Each& each, T& ticket) {
    auto& duty = ticket.duty;
    each(duty.byClass), each(duty.areaClass), each(duty.feedback), each(duty.reviewBySecond);
    each(duty.inspect);
    each(ticket.begins), each(ticket.reserved), each(ticket.feedback), each(ticket.sweep);
    auto& hazard = ticket.hazard;
    each(hazard.step), each(hazard.due), each(hazard.inspectBy), each(hazard.passedAt);
    each(hazard.rectifiedBy), each(hazard.rounds);
}

bool loopSet(const Ticket& ticket) {
    const Duty& duty = ticket.duty;
    return !duty.byClass.empty() || duty.areaClass || !duty.feedback.empty() || duty.reviewBySecond ||
           duty.inspect != Duty{}.inspect || ticket.begins != Instant{} || !ticket.reserved.empty() ||
           !ticket.feedback.empty() || !ticket.sweep.empty() || ticket.hazard.step != Hazard::Step::none;
}

std::string sweepBytes(const Sweep& sweep) {
    std::string bytes = "S"; // a road's are JSON
    Writer each{bytes, Private::in};
    each(sweep.id), each(sweep.name), each(sweep.category), each(sweep.area), each(sweep.openedAt);
    each(sweep.closed), each(sweep.tickets);
    return bytes;
}

bool readSweep(std::string_view bytes, Sweep& sweep) {
    bytes.remove_prefix(1);
    Reader each{bytes};
    each(sweep.id), each(sweep.name), each(sweep.category), each(sweep.area), each(sweep.openedAt);
    each(sweep.closed), each(sweep.tickets);
    return each.good && bytes.empty();
}

// `more`: what a unit has besides follows at the end. It is a bit of a byte that was there before, so that the
// bytes of a unit that has nothing more are what they always were.
constexpr std::uint8_t moreBit = 2;

template <class Each, class U, class S, class Byte>
void unitFields(Each& each, U& unit, S& said, Byte& out) {
    each(unit.version), each(unit.on), each(unit.onBreak), each(out), each(said.declaredAt);
    each(said.declaredWhen), each(unit.tickets), each(unit.listed);
}

template <class Each, class S>
void moreUnitFields(Each& each, S& said) {
    each(said.outUntil), each(said.breakLiftedTill), each.hidden(said.outReason);
}

template <class Each, class W>
void deskFields(Each& each, W& watch) {
    each(watch.desk), each(watch.holder), each(watch.since), each(watch.handed), each(watch.handedAt);
    each(watch.handedBy), each(watch.handedTo), each(watch.sha256);
}

template <class Each, class R>
void rollFields(Each& each, R& roll) {
    auto& called = roll.called;
    each(called.id), each(called.kind), each(called.scope), each(called.name), each(called.units);
    each(called.deadline), each(roll.at), each(roll.by), each(roll.answers), each(roll.closed);
    each(roll.closedAt);
}

// What the header holds besides, each entry a text of its own: a road begins with '{', all others with a
// letter and a colon.
constexpr std::string_view ofDesk = "d:", ofRollCall = "c:";

template <class Each, class S>
void headerFields(Each& each, S& state) {
    each(state.seq), each(state.at), each(state.mode), each(state.unknownKinds), each(state.nextTicket);
}

} // namespace

void encodeRecord(std::string& bytes, const Ticket& ticket, Private text) {
    Writer writer{bytes, text};
    fieldsOf(writer, ticket);
    if (text == Private::in || loopSet(ticket))
        loopFields(writer, ticket);
    if (text == Private::in || ticket.lateBefore)
        writer(ticket.lateBefore);
}

void encodeRecord(std::string& bytes, const UnitRecord& unit, Private text) {
    Writer writer{bytes, text};
    writer(unit.facts->id);
    const UnitSaid& said = unit.said();
    const bool more = said.outUntil != Instant{} || said.breakLiftedTill != Instant{} ||
                      (text == Private::in && !said.outReason.empty());
    const auto out = static_cast<std::uint8_t>((unit.outOfService ? 1 : 0) | (more ? moreBit : 0));
    unitFields(writer, unit, said, out);
    writer(unit.listed ? std::string{} : encodeUnits({*unit.facts}));
    if (more)
        moreUnitFields(writer, said);
}

std::string headerBytes(const State::Impl& state) {
    std::string bytes;
    Writer writer{bytes, Private::out};
    headerFields(writer, state);
    writer(state.roll ? state.roll->sha256 : std::string{});
    writer(state.catalogue ? state.catalogue->sha256 : std::string{});
    writer(static_cast<std::uint32_t>(state.versions ? state.versions->size() : 0));
    if (state.versions)
        for (const auto& [stream, version] : *state.versions)
            writer(stream), writer(version);
    // Nothing where there are none: states from before roads could be closed keep their hash.
    if (state.roads)
        for (const auto& [id, road] : *state.roads)
            writer(encodePayload(road));
    if (state.sweeps)
        for (const auto& [id, sweep] : *state.sweeps)
            writer(sweepBytes(sweep));
    const auto entry = [&](std::string_view mark, auto&& fields) {
        std::string text(mark);
        Writer inside{text, Private::out};
        fields(inside);
        writer(text);
    };
    if (state.desks)
        for (const auto& [desk, watch] : *state.desks)
            entry(ofDesk, [&](Writer& inside) { deskFields(inside, watch); });
    if (state.rollCalls)
        for (const auto& [id, roll] : *state.rollCalls)
            entry(ofRollCall, [&](Writer& inside) { rollFields(inside, roll); });
    if (state.patrols)
        for (const auto& [id, patrol] : *state.patrols)
            writer("patrolPlanned " + encodePayload(patrol));
    return bytes;
}

Sum128 hashOf(std::string_view bytes, std::uint64_t seed) {
    const XXH128_hash_t hash = XXH3_128bits_withSeed(bytes.data(), bytes.size(), seed);
    return {hash.low64, hash.high64};
}

Sum128 ticketHash(const Ticket& ticket) {
    thread_local std::string bytes;
    bytes.clear();
    encodeRecord(bytes, ticket, Private::out);
    return hashOf(bytes, 1);
}

Sum128 unitHash(const UnitRecord& unit) {
    thread_local std::string bytes;
    bytes.clear();
    encodeRecord(bytes, unit, Private::out);
    return hashOf(bytes, 2);
}

bool decodeRecord(std::string_view& bytes, Ticket& ticket) {
    Reader reader{bytes};
    fieldsOf(reader, ticket);
    loopFields(reader, ticket);
    reader(ticket.lateBefore);
    return reader.good;
}

bool decodeRecord(std::string_view& bytes, UnitRecord& unit, const std::shared_ptr<const Roll>& roll,
                  std::size_t rank) {
    Reader reader{bytes};
    UnitId id;
    std::string kept;
    std::uint8_t out = 0;
    reader(id);
    UnitSaid said;
    unitFields(reader, unit, said, out);
    reader(kept);
    unit.outOfService = (out & 1) != 0;
    if (out & moreBit)
        moreUnitFields(reader, said);
    if (!reader.good)
        return false;
    if (said != UnitSaid{})
        unit.say() = std::move(said);
    if (unit.listed) {
        if (!roll || rank >= roll->facts.size() || roll->facts[rank].id != id)
            return false;
        unit.facts = {roll, &roll->facts[rank]};
        return true;
    }
    std::vector<UnitFacts> facts = decodeUnits(kept);
    if (facts.size() != 1 || facts.front().id != id)
        return false;
    unit.facts = std::make_shared<const UnitFacts>(std::move(facts.front()));
    return true;
}

bool decodeHeader(std::string_view bytes, Header& header) {
    Reader reader{bytes};
    headerFields(reader, header.state);
    reader(header.units), reader(header.duties);
    std::uint32_t count = 0;
    reader(count);
    for (std::uint32_t i = 0; i < count && reader.good; ++i) {
        std::string stream;
        std::uint32_t version = 0;
        reader(stream), reader(version);
        header.state.versions.write().emplace(std::move(stream), version);
    }
    while (reader.good && !bytes.empty()) {
        std::string json;
        reader(json);
        if (json.starts_with('S')) {
            Sweep sweep;
            if (!readSweep(json, sweep))
                return false;
            header.state.sweeps.write()[sweep.id] = std::move(sweep);
            continue;
        }
        if (json.starts_with(ofDesk) || json.starts_with(ofRollCall)) {
            std::string_view rest = std::string_view(json).substr(ofDesk.size());
            Reader inside{rest};
            DeskWatch watch;
            RollCall roll;
            if (json.starts_with(ofDesk)) {
                deskFields(inside, watch);
                header.state.desks.write()[watch.desk] = watch;
            } else {
                rollFields(inside, roll);
                header.state.rollCalls.write()[roll.called.id] = roll;
            }
            if (!inside.good)
                return false;
            continue;
        }
        constexpr std::string_view patrolled = "patrolPlanned ";
        if (json.starts_with(patrolled)) {
            const Payload held = decodePayload("patrolPlanned", 1, json.substr(patrolled.size()));
            const auto* patrol = std::get_if<PatrolPlanned>(&held);
            if (!patrol)
                return false;
            header.state.patrols.write()[patrol->id] = *patrol;
            continue;
        }
        const Payload payload = decodePayload("roadRestricted", 1, json);
        if (const auto* road = std::get_if<RoadRestricted>(&payload))
            header.state.roads.write()[road->id] = *road;
        else
            return false;
    }
    return reader.good;
}

} // namespace vedette::dispatch
