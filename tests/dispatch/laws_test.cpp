// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal_kit.h"

#include <gtest/gtest.h>
#include <algorithm>
#include <map>
#include <rapidcheck/gtest.h>
#include <set>

namespace vedette::dispatch {
namespace {

using namespace kit;

constexpr int units = 6;

// A state that knows `units` units of capacity 2.
State begun() {
    auto content = std::make_shared<const std::string>(encodeUnits(someUnits(units)));
    return apply(State(), event(ReferencePinned{"units", "sha", "units.csv", content}));
}

// Plays a random shift and calls look(before, command, decision, after) at each step.
template <class Look>
State play(unsigned seed, int steps, const Look& look) {
    std::mt19937 dice(seed);
    State state = begun();
    Instant now{std::chrono::milliseconds{1'700'000'000'000}};
    const auto zone = layers::TimeZone::utc();
    for (int i = 0; i < steps; ++i) {
        now += std::chrono::seconds{30};
        const Command command = anyCommand(state, dice, units);
        const char* const actors[]{"li", "wang", "clock"};
        Decision decision =
            decide(state, command, {actors[dice() % 3], "ws1", "", "", "", Mode::live, now}, zone);
        const State before = state;
        for (Event& one : decision.events) {
            one.envelope.recordedAt = now;
            state = apply(std::move(state), one);
        }
        look(before, command, decision, state);
    }
    return state;
}

RC_GTEST_PROP(Laws, no_unit_is_over_its_capacity_and_its_load_is_what_its_tickets_say, (unsigned seed)) {
    play(seed, 200, [](const State&, const Command&, const Decision&, const State& after) {
        std::map<std::string, std::vector<TicketId>> recount;
        after.forEachTicket([&](const Ticket& ticket) {
            for (const Assignment& one : ticket.assignments)
                if (one.open())
                    recount[one.unit.text].push_back(ticket.id);
        });
        after.forEachUnit([&](const UnitRecord& unit) {
            RC_ASSERT(static_cast<int>(unit.tickets.size()) <= unit.facts->capacity);
            RC_ASSERT(unit.tickets == recount[unit.facts->id.text]);
        });
    });
}

RC_GTEST_PROP(Laws, no_ticket_that_ended_changes_without_being_reopened, (unsigned seed)) {
    play(seed, 200, [](const State& before, const Command& command, const Decision&, const State& after) {
        const auto* move = std::get_if<MoveTicket>(&command);
        before.forEachTicket([&](const Ticket& old) {
            if (isOpen(old) || (move && move->to == TicketMove::reopened && move->ticket == old.id))
                return;
            RC_ASSERT(after.ticket(old.id)->version == old.version);
            RC_ASSERT(after.ticket(old.id)->log.size() == old.log.size());
        });
    });
}

RC_GTEST_PROP(Laws, at_most_one_lead_is_open_and_nobody_is_on_a_ticket_that_ended, (unsigned seed)) {
    play(seed, 200, [](const State&, const Command&, const Decision&, const State& after) {
        std::size_t open = 0;
        after.forEachTicket([&](const Ticket& ticket) {
            int leads = 0, working = 0;
            for (const Assignment& one : ticket.assignments) {
                leads += one.open() && one.part == Part::lead;
                working += one.open();
            }
            RC_ASSERT(leads <= 1);
            RC_ASSERT(isOpen(ticket) || working == 0);
            open += isOpen(ticket);
        });
        std::size_t marked = 0;
        after.forEachOpenTicket([&](const Ticket& ticket) {
            RC_ASSERT(isOpen(ticket));
            ++marked;
        });
        RC_ASSERT(marked == open);
        RC_ASSERT(after.openTicketCount() == open);
    });
}

RC_GTEST_PROP(Laws, a_decision_is_events_or_violations_and_reads_what_it_writes, (unsigned seed)) {
    play(seed, 100, [](const State& before, const Command&, const Decision& decision, const State& after) {
        RC_ASSERT(decision.events.empty() != decision.violations.empty());
        for (const Event& one : decision.events) {
            RC_ASSERT(decision.read.contains(one.envelope.stream));
            if (const UnitId* unit = touchedUnit(one.payload)) {
                RC_ASSERT(decision.read.contains(streamOf(*unit)));
            }
            RC_ASSERT(after.version(one.envelope.stream) > before.version(one.envelope.stream));
        }
        for (const auto& [stream, version] : decision.read)
            RC_ASSERT(version == before.version(stream));
    });
}

RC_GTEST_PROP(Laws, deadlines_of_a_round_come_in_the_order_of_its_steps, (unsigned seed)) {
    play(seed, 200, [](const State&, const Command&, const Decision&, const State& after) {
        after.forEachTicket([](const Ticket& ticket) {
            const Deadlines& due = ticket.deadlines; // every duty here has minutes that grow
            RC_ASSERT(due.accept <= due.arrive && due.arrive <= due.finish);
            RC_ASSERT(due.accept > std::max(ticket.openedAt, ticket.begins));
        });
    });
}

RC_GTEST_PROP(Laws, what_is_reviewed_or_closed_without_a_reason_is_answered_seconded_and_inspected,
              (unsigned seed)) {
    play(seed, 300, [](const State& before, const Command& command, const Decision& decision, const State&) {
        const auto* move = std::get_if<MoveTicket>(&command);
        if (!move || decision.events.empty())
            return;
        const Ticket& ticket = *before.ticket(move->ticket);
        if (move->to == TicketMove::reviewed) {
            RC_ASSERT(feedbackMissing(ticket).empty());
            const auto actors = workedOn(ticket);
            RC_ASSERT(!ticket.duty.reviewBySecond ||
                      !std::ranges::count(actors, decision.events.front().envelope.actor));
        } else if (move->to == TicketMove::closed && move->reason.empty()) {
            RC_ASSERT(feedbackMissing(ticket).empty());
            RC_ASSERT(!ticket.duty.reviewBySecond || stage(ticket) == Stage::reviewed);
            RC_ASSERT(!ticket.hazard.runs());
        }
    });
}

RC_GTEST_PROP(Laws, whoever_is_reserved_waits_for_an_open_ticket_and_is_on_it_at_most_once, (unsigned seed)) {
    play(seed, 200, [](const State&, const Command&, const Decision&, const State& after) {
        after.forEachTicket([](const Ticket& ticket) {
            RC_ASSERT(isOpen(ticket) || ticket.reserved.empty());
            std::set<UnitId> once(ticket.reserved.begin(), ticket.reserved.end());
            RC_ASSERT(once.size() == ticket.reserved.size());
            for (const Assignment& one : ticket.assignments)
                RC_ASSERT(!one.open() || !once.contains(one.unit));
        });
    });
}

RC_GTEST_PROP(Laws, a_sweep_has_the_tickets_that_say_so, (unsigned seed)) {
    play(seed, 200, [](const State&, const Command&, const Decision&, const State& after) {
        std::map<std::string, std::vector<TicketId>> recount;
        after.forEachTicket([&](const Ticket& ticket) {
            if (!ticket.sweep.empty())
                recount[ticket.sweep].push_back(ticket.id);
        });
        for (const Sweep& sweep : after.sweeps())
            RC_ASSERT(sweep.tickets == recount[sweep.id]);
    });
}

RC_GTEST_PROP(Laws, an_inspector_is_never_who_said_it_was_rectified, (unsigned seed)) {
    play(seed, 300, [](const State& before, const Command& command, const Decision& decision, const State&) {
        const auto* inspect = std::get_if<InspectHazard>(&command);
        if (inspect && !decision.events.empty()) {
            RC_ASSERT(before.ticket(inspect->ticket)->hazard.rectifiedBy !=
                      decision.events.front().envelope.actor);
        }
    });
}

RC_GTEST_PROP(Laws, the_same_events_fold_to_the_same_hash, (unsigned seed)) {
    std::vector<Event> events;
    std::set<std::string> hashes;
    const State once =
        play(seed, 100, [&](const State&, const Command&, const Decision& d, const State& after) {
            events.insert(events.end(), d.events.begin(), d.events.end());
            if (!d.events.empty()) {
                RC_ASSERT(hashes.insert(after.hash()).second);
            }
        });
    State again = begun();
    for (const Event& one : events)
        again = apply(std::move(again), one);
    RC_ASSERT(again.hash() == once.hash());
}

RC_GTEST_PROP(Laws, what_is_encoded_decodes_the_same, (unsigned seed)) {
    play(seed, 60, [](const State&, const Command&, const Decision& decision, const State&) {
        for (const Event& one : decision.events)
            if (!(decodePayload(one.envelope.kind, 1, encodePayload(one.payload)) == one.payload))
                RC_FAIL("comes back as another: " + encodePayload(one.payload));
    });
}

RC_GTEST_PROP(Laws, any_text_and_number_survives_encoding,
              (std::string text, double lon, double lat, int number)) {
    // What isn't UTF-8 is mended once and is stable from then on.
    TicketOpened opened;
    opened.ticket = {static_cast<std::uint32_t>(number) | 1U};
    opened.incident.at = {lon, lat};
    opened.incident.text = text;
    opened.incident.place = text + text;
    opened.areas = {text, "", text};
    opened.flags = {text};
    opened.duty.priority = number;
    const Payload once = decodePayload("ticketOpened", 1, encodePayload(opened));
    RC_ASSERT(std::holds_alternative<TicketOpened>(once));
    RC_ASSERT(decodePayload("ticketOpened", 1, encodePayload(once)) == once);
    RC_ASSERT(std::get<TicketOpened>(once).incident.at == opened.incident.at);
    RC_ASSERT(std::get<TicketOpened>(once).duty.priority == number);
}

RC_GTEST_PROP(Laws, no_bytes_can_break_the_decoder, (std::string bytes, unsigned at)) {
    const std::string good = encodePayload(TicketMoved{{1001}, TicketMove::closed, "county", "because"});
    std::string bad = good;
    bad.replace(at % bad.size(), bytes.size() % 4, bytes);
    const Payload payload = decodePayload("ticketMoved", 1, bad);
    RC_ASSERT(payload.index() == Payload(TicketMoved{}).index() ||
              payload.index() == Payload(UnknownKind{}).index());
    decodePayload("ticketOpened", 1, bytes);
    RC_ASSERT(std::holds_alternative<UnknownKind>(decodePayload("ticketOpened", 2, good)));
    RC_ASSERT(std::holds_alternative<UnknownKind>(decodePayload("droneLaunched", 1, good)));
}

TEST(Payload, a_word_it_doesnt_know_makes_the_event_unknown_rather_than_guessed) {
    EXPECT_TRUE(std::holds_alternative<UnknownKind>(
        decodePayload("ticketMoved", 1, R"({"ticket":"T1001","to":"vaporised"})")));
    EXPECT_TRUE(std::holds_alternative<TicketMoved>(
        decodePayload("ticketMoved", 1, R"({"more":[1,{"x":2}],"to":"closed","ticket":"T1001"})")));
}

TEST(Payload, a_field_of_another_type_is_left_out_and_the_rest_is_told) {
    const Payload payload = decodePayload("ticketOpened", 1, R"({ "ticket" : "T1001",
        "incident": {"lon": "east", "lat": 30.5e0, "priority": 2.5, "place": ["x"], "category": "\u566a\"\n"},
        "areas": [1, "a", {"b": "c"}], "duty": 7, "flags": null, "desk": "d" })");
    const auto* opened = std::get_if<TicketOpened>(&payload);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->ticket.number, 1001U);
    EXPECT_EQ(opened->incident.at.lon, 0);
    EXPECT_EQ(opened->incident.at.lat, 30.5);
    EXPECT_EQ(opened->incident.priority, 3);
    EXPECT_EQ(opened->incident.place, "");
    EXPECT_EQ(opened->incident.category, "\xE5\x99\xAA\"\n");
    EXPECT_EQ(opened->areas, (std::vector<std::string>{"", "a", ""}));
    EXPECT_EQ(opened->duty, Duty{});
    EXPECT_EQ(opened->desk, "d");
    const Payload infinite = decodePayload("positionDeclared", 1, R"({"lon":-inf,"lat":-nan,"unit":"U1"})");
    EXPECT_EQ(infinite, Payload(PositionDeclared{{"U1"}, {}}));
}

TEST(Payload, what_isnt_json_is_shown_as_it_came) {
    for (const char* text : {"", "7", "[]", R"({"ticket":"T1001")", R"({"ticket":"T10)",
                             R"({"ticket" "T1001"})", "{\"ticket\":\"T1001\",\"text\":\"\xFF\"}"}) {
        const Payload payload = decodePayload("ticketVerified", 1, text);
        ASSERT_TRUE(std::holds_alternative<UnknownKind>(payload)) << text;
        EXPECT_EQ(std::get<UnknownKind>(payload).payload, text);
    }
}

} // namespace
} // namespace vedette::dispatch
