// SPDX-License-Identifier: GPL-3.0-or-later
// Verbs that read the journal: journal, state, replay.
#include "ctl/options.h"
#include "ctl/wording.h"
#include "dispatch/journal_url.h"
#include "dispatch/kpi.h"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <thread>

namespace vedette::ctl {

using nlohmann::ordered_json;

namespace {

constexpr std::size_t batch = 10'000;
volatile std::sig_atomic_t stopped = 0;

struct JournalWords {
    dispatch::Seq from = 1;
    bool follow = false, verify = false;
    std::filesystem::path backup, restore;
};

int verify(const Answer& answer, dispatch::Store& store) {
    const auto verified = store.verify();
    if (!verified)
        return answer.fail(verified.problem());
    const auto& result = verified.value();
    ordered_json json{{"ok", result.ok}, {"checked", result.checked}};
    if (!result.ok) {
        json["firstBroken"] = result.firstBroken ? ordered_json(*result.firstBroken) : ordered_json(nullptr);
        json["eventId"] = result.eventId;
        json["cause"] = result.cause;
    }
    answer.give(json);
    answer.say(result.ok ? "the chain holds over " + std::to_string(result.checked) + " events"
                         : "the chain is broken at event " + std::to_string(result.firstBroken.value_or(0)) +
                               " (" + result.eventId + "): " + result.cause);
    return result.ok ? done : refusedWithReasons;
}

int follow(const Answer& answer, dispatch::Store& store, const JournalWords& words) {
    std::signal(SIGINT, [](int) { stopped = 1; });
    std::signal(SIGTERM, [](int) { stopped = 1; });
    dispatch::Seq next = words.from;
    for (;;) {
        const auto events = store.read(next, batch);
        if (!events)
            return answer.fail(events.problem());
        for (const dispatch::Event& event : events.value()) {
            const std::string line = encodeEvent(event);
            std::fwrite(line.data(), 1, line.size(), stdout);
            std::fputc('\n', stdout);
            next = event.envelope.seq + 1;
        }
        if (std::fflush(stdout) != 0 || std::ferror(stdout))
            return done; // whoever read us has left
        if (events.value().size() == batch)
            continue;
        if (!words.follow || stopped)
            return done;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

int journal(const Common& common, const JournalWords& words) {
    const Answer answer = common.answer();
    if (!words.backup.empty() || !words.restore.empty()) {
        const auto workspace = layers::loadWorkspace(common.folder);
        if (!workspace)
            return answer.fail(workspace.problem());
        const std::string url = dispatch::journalUrl(workspace.value(), common.mode());
        const auto status = words.backup.empty()
                                ? dispatch::restore(words.restore, url, workspace.value().folder)
                                : dispatch::backup(url, workspace.value().folder, words.backup);
        if (!status)
            return answer.fail(status.problem());
        answer.give({{words.backup.empty() ? "restored" : "backup",
                      (words.backup.empty() ? words.restore : words.backup).string()}});
        return done;
    }
    auto opened = openJournal(common);
    if (!opened)
        return answer.fail(opened.problem());
    if (words.verify)
        return verify(answer, *opened.value().store);
    return follow(answer, *opened.value().store, words);
}

ordered_json time(layers::Instant at) {
    return at == layers::Instant{} ? ordered_json(nullptr) : ordered_json(layers::isoUtc(at));
}

// What of the closed loop a ticket has; nothing where it has none.
void addLoop(ordered_json& json, const dispatch::Ticket& ticket) {
    if (ticket.duty.areaClass)
        json["areaClass"] = layers::toString(*ticket.duty.areaClass);
    if (ticket.begins != layers::Instant{})
        json["begins"] = layers::isoUtc(ticket.begins);
    for (const dispatch::UnitId& unit : ticket.reserved)
        json["reserved"].push_back(unit.text);
    for (const dispatch::FeedbackField& field : ticket.feedback)
        json["feedback"].push_back(field.name);
    for (const std::string& name : feedbackMissing(ticket))
        json["feedbackMissing"].push_back(name);
    static constexpr const char* steps[]{"none", "found", "rectified", "passed"};
    if (const dispatch::Hazard& hazard = ticket.hazard; hazard.step != dispatch::Hazard::Step::none)
        json["hazard"] = {{"step", steps[static_cast<std::size_t>(hazard.step)]},
                          {"due", time(hazard.due)},
                          {"inspectBy", time(hazard.inspectBy)},
                          {"rounds", hazard.rounds}};
    if (!ticket.sweep.empty())
        json["sweep"] = ticket.sweep;
}

ordered_json ticketJson(const dispatch::Ticket& ticket) {
    ordered_json assignments = ordered_json::array();
    for (const dispatch::Assignment& assignment : ticket.assignments)
        assignments.push_back({{"unit", assignment.unit.text},
                               {"part", assignment.part == dispatch::Part::lead ? "lead" : "joint"},
                               {"status", wording(assignment.status)}});
    ordered_json json{{"stage", toString(stage(ticket))},
            {"category", ticket.incident.category},
            {"priority", ticket.incident.priority},
            {"lon", ticket.incident.at.lon},
            {"lat", ticket.incident.at.lat},
            {"areas", ticket.areas},
            {"desk", ticket.desk},
            {"openedAt", time(ticket.openedAt)},
            {"acceptBy", time(ticket.deadlines.accept)},
            {"arriveBy", time(ticket.deadlines.arrive)},
            {"finishBy", time(ticket.deadlines.finish)},
            {"assignments", std::move(assignments)}};
    addLoop(json, ticket);
    return json;
}

int state(const Common& common, const std::string& at) {
    const Answer answer = common.answer();
    auto opened = openJournal(common);
    if (!opened)
        return answer.fail(opened.problem());
    dispatch::Store& store = *opened.value().store;
    dispatch::Seq upTo = store.lastSeq();
    layers::Instant now = layers::SystemClock().now();
    if (!at.empty()) {
        const auto when = instant(at, opened.value().zone);
        if (!when)
            return answer.fail(when.problem());
        upTo = store.seqAt(when.value());
        now = when.value();
    }
    const auto folded = dispatch::foldTo(store, {}, upTo);
    if (!folded)
        return answer.fail(folded.problem());
    const dispatch::State& state = folded.value();
    ordered_json tickets = ordered_json::object(), units = ordered_json::object();
    state.forEachTicket(
        [&](const dispatch::Ticket& ticket) { tickets[toString(ticket.id)] = ticketJson(ticket); });
    state.forEachUnit([&](const dispatch::UnitRecord& unit) {
        ordered_json open = ordered_json::array();
        for (const dispatch::TicketId id : unit.tickets)
            open.push_back(toString(id));
        units[unit.facts->id.text] = {{"status", wording(unitStatus(state, unit, now, opened.value().zone))},
                                      {"role", toString(unit.facts->role)},
                                      {"tickets", std::move(open)}};
    });
    answer.say("event " + std::to_string(state.seq()) + ", " + std::to_string(state.ticketCount()) +
               " tickets (" + std::to_string(state.openTicketCount()) + " open), " +
               std::to_string(state.unitCount()) + " units, state " + state.hash());
    answer.give({{"seq", state.seq()},
                 {"hash", state.hash()},
                 {"tickets", std::move(tickets)},
                 {"units", std::move(units)}});
    return done;
}

ordered_json json(const dispatch::Kpi::Buckets& buckets) {
    ordered_json bounds = ordered_json::array();
    for (const auto bound : buckets.bounds)
        bounds.push_back(bound.count());
    return {{"bounds_s", std::move(bounds)},
            {"counts", buckets.counts},
            {"median_s", buckets.median ? ordered_json(buckets.median->count()) : ordered_json(nullptr)}};
}

// A journal alone doesn't know which codes are stations; the desk that owns the ticket stands for it.
std::string deskOf(const dispatch::Ticket& ticket) {
    return ticket.desk;
}

ordered_json json(const dispatch::Kpi& kpi) {
    ordered_json out{
        {"opened", kpi.opened},           {"closed", kpi.closed},         {"open", kpi.open},
        {"overdue", kpi.overdue},         {"onTime", kpi.onTime},         {"late", kpi.late},
        {"cancelled", kpi.cancelled},     {"merged", kpi.merged},         {"returned", kpi.returned},
        {"transferred", kpi.transferred}, {"reopened", kpi.reopened},     {"escalated", kpi.escalated},
        {"overrides", kpi.overrides},     {"signFor", json(kpi.signFor)}, {"turnOut", json(kpi.turnOut)},
        {"feedback", json(kpi.feedback)}};
    out["slowest"] =
        kpi.slowest ? ordered_json{{"desk", kpi.slowest->station}, {"median_s", kpi.slowest->median.count()}}
                    : ordered_json(nullptr);
    return out;
}

int replay(const Common& common, const std::string& fromText, const std::string& tillText) {
    const Answer answer = common.answer();
    auto opened = openJournal(common);
    if (!opened)
        return answer.fail(opened.problem());
    dispatch::Store& store = *opened.value().store;
    layers::Instant from{}, till = layers::Instant::max();
    if (!fromText.empty()) {
        const auto when = instant(fromText, opened.value().zone);
        if (!when)
            return answer.fail(when.problem());
        from = when.value();
    }
    dispatch::Seq last = store.lastSeq();
    if (!tillText.empty()) {
        const auto when = instant(tillText, opened.value().zone);
        if (!when)
            return answer.fail(when.problem());
        till = when.value();
        last = store.seqAt(till);
    }
    const auto begun = std::chrono::steady_clock::now();
    dispatch::State state;
    while (state.seq() < last) {
        const auto events = store.read(state.seq() + 1, std::min<std::size_t>(batch, last - state.seq()));
        if (!events)
            return answer.fail(events.problem());
        if (events.value().empty())
            break;
        for (const dispatch::Event& event : events.value())
            state = apply(std::move(state), event);
        answer.progress(std::to_string(state.seq()) + " of " + std::to_string(last) + " events");
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    answer.progress("");
    const auto kpi = dispatch::kpi(state, from, till, state.at(), deskOf);
    answer.say(std::to_string(state.seq()) + " events in " + std::to_string(took.count()) + " s, state " +
               state.hash() + "; " + std::to_string(kpi.opened) + " tickets opened, " +
               std::to_string(kpi.closed) + " closed");
    ordered_json figures = json(kpi);
    ordered_json why = ordered_json::object(); // why somebody but the first was sent, each reason's count
    state.forEachTicket(from, till, [&](const dispatch::Ticket& ticket) {
        for (const dispatch::Assignment& one : ticket.assignments)
            if (!one.overrideReason.empty())
                why[one.overrideReason] = why.value(one.overrideReason, 0) + 1;
    });
    figures["overrideReasons"] = std::move(why);
    answer.give({{"events", state.seq()},
                 {"seconds", took.count()},
                 {"hash", state.hash()},
                 {"kpi", std::move(figures)}});
    return done;
}

} // namespace

void addJournal(Verbs verbs) {
    {
        CLI::App* verb =
            verbs.app.add_subcommand("journal", "the events as NDJSON; verify, back up, restore");
        const auto common = addCommon(*verb, true);
        const auto words = std::make_shared<JournalWords>();
        verb->add_option("--from", words->from, "first event's seq");
        verb->add_flag("--follow", words->follow, "go on as events are added");
        verb->add_flag("--verify", words->verify, "check the hash chain from the first event");
        auto* backup = verb->add_subcommand("backup", "copy the journal to F while it is in use");
        backup->add_option("F", words->backup)->required();
        auto* restore =
            verb->add_subcommand("restore", "put F in the journal's place; the one there is kept beside it");
        restore->add_option("F", words->restore)->required();
        verb->callback([=, &run = verbs.run] { run = [=] { return journal(*common, *words); }; });
    }
    {
        CLI::App* verb = verbs.app.add_subcommand("state", "the folded state, now or at a time");
        const auto common = addCommon(*verb, true);
        const auto at = std::make_shared<std::string>();
        verb->add_option("--at", *at, "ISO time; the workspace's zone unless it says otherwise");
        verb->callback([=, &run = verbs.run] { run = [=] { return state(*common, *at); }; });
    }
    {
        CLI::App* verb = verbs.app.add_subcommand("replay", "folds as fast as it can and reports");
        const auto common = addCommon(*verb, true);
        const auto from = std::make_shared<std::string>(), till = std::make_shared<std::string>();
        verb->add_option("--from", *from, "tickets opened from this time on");
        verb->add_option("--to", *till, "fold up to this time");
        verb->callback([=, &run = verbs.run] { run = [=] { return replay(*common, *from, *till); }; });
    }
}

} // namespace vedette::ctl
