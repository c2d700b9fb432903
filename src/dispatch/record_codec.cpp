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

template <class Each, class U>
void unitFields(Each& each, U& unit) {
    each(unit.version), each(unit.on), each(unit.onBreak), each(unit.outOfService), each(unit.declaredAt);
    each(unit.declaredWhen), each(unit.tickets), each(unit.listed);
}

template <class Each, class S>
void headerFields(Each& each, S& state) {
    each(state.seq), each(state.at), each(state.mode), each(state.unknownKinds), each(state.nextTicket);
}

} // namespace

void encodeRecord(std::string& bytes, const Ticket& ticket, Private text) {
    Writer writer{bytes, text};
    fieldsOf(writer, ticket);
}

void encodeRecord(std::string& bytes, const UnitRecord& unit) {
    Writer writer{bytes, Private::in};
    writer(unit.facts->id);
    unitFields(writer, unit);
    writer(unit.listed ? std::string{} : encodeUnits({*unit.facts}));
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
    encodeRecord(bytes, unit);
    return hashOf(bytes, 2);
}

bool decodeRecord(std::string_view& bytes, Ticket& ticket) {
    Reader reader{bytes};
    fieldsOf(reader, ticket);
    return reader.good;
}

bool decodeRecord(std::string_view& bytes, UnitRecord& unit, const std::shared_ptr<const Roll>& roll,
                  std::size_t rank) {
    Reader reader{bytes};
    UnitId id;
    std::string kept;
    reader(id);
    unitFields(reader, unit);
    reader(kept);
    if (!reader.good)
        return false;
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
