// SPDX-License-Identifier: GPL-3.0-or-later
// Verbs that say something: ticket DIR WORD ..., unit DIR WORD ... Each is one command.
#include "ctl/options.h"
#include "dispatch/roster.h"

#include "dispatch/feedback.h"
#include "dispatch/time_ahead.h"

#include <algorithm>
#include <charconv>
#include <map>

namespace vedette::ctl {

using nlohmann::ordered_json;

int giveOutcome(const Answer& answer, const dispatch::Outcome& outcome) {
    if (outcome.problem)
        return answer.fail(*outcome.problem);
    if (!outcome.violations.empty()) {
        ordered_json violations = ordered_json::array();
        for (const layers::Message& violation : outcome.violations) {
            violations.push_back(toJson(violation));
            answer.say("refused: " + word(violation, layers::Language::english));
        }
        answer.give({{"violations", std::move(violations)}});
        return refusedWithReasons;
    }
    ordered_json events = ordered_json::array();
    for (const dispatch::Event& event : outcome.events) {
        events.push_back(ordered_json::parse(encodeEvent(event)));
        answer.say(std::to_string(event.envelope.seq) + "  " + event.envelope.kind + "  " +
                   event.envelope.stream);
    }
    answer.give({{"events", std::move(events)}});
    return done;
}

namespace {

// What the command line said, before it is understood.
struct Words {
    std::string word, commandId, actor = "ctl", workstation = "ctl";
    std::vector<std::string> rest;
    LonLatOption at;
    std::string category, text, place, caller, source = "desk", reason, to, begins, until;
    int priority = 0;
};

layers::Problem usage(std::string code, std::string said, const char* name = "said") {
    return {layers::Problem::Kind::usage, {std::move(code), {{name, std::move(said)}}}};
}

layers::Result<dispatch::TicketId> ticketAt(const Words& words, std::size_t index) {
    if (index >= words.rest.size())
        return usage("ticketNotNamed", words.word);
    if (const auto id = dispatch::ticketId(words.rest[index]))
        return *id;
    return usage("ticketUnreadable", words.rest[index]);
}

std::string restFrom(const Words& words, std::size_t index) {
    std::string text = words.text;
    for (; index < words.rest.size(); ++index)
        text += (text.empty() ? "" : " ") + words.rest[index];
    return text;
}

const std::map<std::string, dispatch::AssignmentStatus> assignmentWords{
    {"accept", dispatch::AssignmentStatus::accepted},  {"enroute", dispatch::AssignmentStatus::enroute},
    {"onscene", dispatch::AssignmentStatus::onscene},  {"handled", dispatch::AssignmentStatus::handled},
    {"decline", dispatch::AssignmentStatus::declined}, {"release", dispatch::AssignmentStatus::released}};
const std::map<std::string, dispatch::TicketMove> moveWords{
    {"review", dispatch::TicketMove::reviewed},    {"close", dispatch::TicketMove::closed},
    {"return", dispatch::TicketMove::returned},    {"transfer", dispatch::TicketMove::transferred},
    {"escalate", dispatch::TicketMove::escalated}, {"merge", dispatch::TicketMove::merged},
    {"cancel", dispatch::TicketMove::cancelled},   {"reopen", dispatch::TicketMove::reopened}};
const std::map<std::string, dispatch::EntryKind> entryWords{{"note", dispatch::EntryKind::note},
                                                            {"call", dispatch::EntryKind::call},
                                                            {"feedback", dispatch::EntryKind::feedback}};
const std::map<std::string, dispatch::RosterChange> rosterWords{
    {"on", dispatch::RosterChange::on},
    {"off", dispatch::RosterChange::off},
    {"break", dispatch::RosterChange::breakStarted},
    {"resume", dispatch::RosterChange::breakEnded},
    {"out", dispatch::RosterChange::outOfService},
    {"in", dispatch::RosterChange::inService}};

template <class Map>
std::string known(const Map& words) {
    std::string list;
    for (const auto& [word, meaning] : words)
        list += word + " ";
    return list;
}

// The candidates as they would have been shown, so that the journal says what was known when somebody was
// sent.
dispatch::AssignUnit assignment(const dispatch::Session& session, dispatch::TicketId ticket,
                                dispatch::UnitId unit, const Words& words, layers::Instant now) {
    dispatch::AssignUnit assign;
    assign.ticket = ticket;
    assign.unit = std::move(unit);
    assign.overrideReason = words.reason;
    const auto where = session.whereabouts(assign.unit, now);
    assign.unitAt = where.lonLat;
    assign.basis = where.basis;
    const dispatch::State state = session.state();
    if (const dispatch::Ticket* open = state.ticket(ticket)) {
        dispatch::Request request;
        request.at = open->incident.at;
        request.category = open->incident.category;
        request.now = now;
        request.ticket = ticket;
        request.notTaken = 0;
        for (const dispatch::Candidate& shown : session.recommend(request).candidates)
            assign.shown.push_back({shown.unit, static_cast<int>(shown.metres),
                                    static_cast<int>(shown.seconds), shown.where.basis, shown.owner});
    }
    return assign;
}

layers::Result<dispatch::Command> openCommand(const dispatch::Session& session, const Words& words,
                                              layers::Instant now) {
    if (!words.at.given || words.category.empty())
        return usage("openNeedsPlaceAndCategory", words.word);
    dispatch::IncidentFacts incident;
    incident.at = {words.at.lon, words.at.lat};
    incident.category = words.category;
    incident.source = words.source;
    incident.caller = words.caller;
    incident.place = words.place;
    incident.text = restFrom(words, 0);
    incident.happenedAt = now;
    incident.priority = words.priority;
    dispatch::OpenTicket open = session.resolve(incident);
    if (!words.begins.empty()) {
        const auto begins = dispatch::timeAhead(words.begins, session.city()->zone, now);
        if (!begins)
            return usage("timeUnreadable", words.begins, "text");
        open.begins = *begins;
    }
    return dispatch::Command{std::move(open)};
}

// ---- the closed loop: fb reserve unreserve when haz rect insp join leave ----
constexpr const char* loopWords = "fb reserve unreserve when haz rect insp join leave ";

std::string wordAt(const Words& words, std::size_t index) {
    return index < words.rest.size() ? words.rest[index] : std::string();
}

// A value with blanks came as one word from the shell.
layers::Result<dispatch::Command> answersOf(const dispatch::Session& session, dispatch::TicketId id,
                                            const Words& words) {
    dispatch::GiveFeedback give{id, {}, {}};
    for (std::size_t i = 1; i < words.rest.size(); ++i) {
        const std::string& word = words.rest[i];
        const auto equals = word.find('=');
        if (equals != word.npos && equals > 0)
            give.fields.push_back({word.substr(0, equals), word.substr(equals + 1)});
        else if (i == 1 && session.state().unit({word}))
            give.unit = {word};
        else
            return usage("answersUnreadable", word);
    }
    if (give.fields.empty())
        return usage("answersUnreadable", words.word);
    give.text = words.text;
    return dispatch::Command{std::move(give)};
}

// Words of a feedback text that are answers to what the duty asks.
dispatch::GiveFeedback answersAmong(const dispatch::Session& session, dispatch::TicketId id,
                                    const Words& words) {
    dispatch::GiveFeedback give{id, {}, {}, words.text};
    const dispatch::State state = session.state();
    const dispatch::Ticket* ticket = state.ticket(id);
    for (std::size_t i = 1; ticket && i < words.rest.size(); ++i) {
        const std::string& word = words.rest[i];
        const auto& asked = ticket->duty.feedback;
        const std::string name = word.substr(0, word.find('='));
        if (name.size() < word.size() && std::find(asked.begin(), asked.end(), name) != asked.end())
            give.fields.push_back({name, word.substr(name.size() + 1)});
        else
            give.text += (give.text.empty() ? "" : " ") + word;
    }
    return give;
}

layers::Result<int> daysOf(const Words& words, std::size_t index) {
    const std::string text = wordAt(words, index);
    int days = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
    if (error != std::errc{} || end != text.data() + text.size())
        return usage("daysUnreadable", text.empty() ? words.word : text);
    return days;
}

// No value: it is none of these words.
std::optional<layers::Result<dispatch::Command>> loopCommand(const dispatch::Session& session,
                                                             dispatch::TicketId id, const Words& words,
                                                             layers::Instant now) {
    using Made = layers::Result<dispatch::Command>;
    const std::string& word = words.word;
    if (word == "fb")
        return answersOf(session, id, words);
    if (word == "reserve")
        return words.rest.size() < 2 ? Made(usage("unitNotNamed", word))
                                     : Made(dispatch::Command{dispatch::ReserveUnit{id, {words.rest[1]}}});
    if (word == "unreserve") {
        dispatch::UnreserveUnit unreserve{id, {}};
        if (words.rest.size() > 1)
            unreserve.unit = dispatch::UnitId{words.rest[1]};
        return Made(dispatch::Command{std::move(unreserve)});
    }
    if (word == "when") {
        const std::string text = words.begins.empty() ? restFrom(words, 1) : words.begins;
        const auto begins = dispatch::timeAhead(text, session.city()->zone, now);
        return begins ? Made(dispatch::Command{dispatch::ScheduleTicket{id, *begins}})
                      : Made(usage("timeUnreadable", text, "text"));
    }
    if (word == "haz") {
        const auto days = daysOf(words, 1);
        return days ? Made(dispatch::Command{dispatch::FindHazard{id, days.value(), restFrom(words, 2)}})
                    : Made(days.problem());
    }
    if (word == "rect")
        return Made(dispatch::Command{dispatch::RectifyHazard{id, restFrom(words, 1)}});
    if (word == "insp") {
        if (wordAt(words, 1) == "ok")
            return Made(dispatch::Command{dispatch::InspectHazard{id, true, 0, restFrom(words, 2)}});
        const auto days = daysOf(words, 2);
        if (wordAt(words, 1) != "fail" || !days)
            return Made(usage("verdictUnreadable", word));
        return Made(dispatch::Command{dispatch::InspectHazard{id, false, days.value(), restFrom(words, 3)}});
    }
    if (word == "join")
        return Made(dispatch::Command{dispatch::JoinSweep{id, wordAt(words, 1)}});
    if (word == "leave")
        return Made(dispatch::Command{dispatch::LeaveSweep{id}});
    return std::nullopt;
}

layers::Result<dispatch::Command> ticketCommand(const dispatch::Session& session, const Words& words,
                                                layers::Instant now) {
    if (words.word == "open")
        return openCommand(session, words, now);
    const auto ticket = ticketAt(words, 0);
    if (!ticket)
        return ticket.problem();
    const dispatch::TicketId id = ticket.value();
    if (auto loop = loopCommand(session, id, words, now))
        return std::move(*loop);
    if (words.word == "verify")
        return dispatch::Command{dispatch::VerifyTicket{id}};
    if (words.word == "assign") {
        if (words.rest.size() < 2)
            return usage("unitNotNamed", words.word);
        return dispatch::Command{assignment(session, id, {words.rest[1]}, words, now)};
    }
    if (words.word == "reclassify") {
        const std::string category = words.category.empty() ? restFrom(words, 1) : words.category;
        const dispatch::State state = session.state();
        if (const dispatch::Ticket* ticketNow = state.ticket(id))
            return dispatch::Command{reclassified(session, *ticketNow, category, words.priority)};
        return dispatch::Command{dispatch::ReclassifyTicket{id, category, words.priority, {}, {}}};
    }
    if (const auto step = assignmentWords.find(words.word); step != assignmentWords.end()) {
        dispatch::MoveAssignment move{id, {}, step->second, {}};
        const dispatch::State state = session.state();
        const bool named = words.rest.size() > 1 && state.unit({words.rest[1]});
        if (named)
            move.unit = dispatch::UnitId{words.rest[1]};
        move.text = restFrom(words, named ? 2 : 1);
        const dispatch::Ticket* held = state.ticket(id);
        if (held && step->second == dispatch::AssignmentStatus::handled && !held->duty.feedback.empty()) {
            auto typed = dispatch::typedFeedback(move.text, held->duty.feedback);
            move.text = std::move(typed.rest), move.fields = std::move(typed.fields);
        }
        return dispatch::Command{std::move(move)};
    }
    if (const auto step = moveWords.find(words.word); step != moveWords.end()) {
        dispatch::MoveTicket move{id, step->second, words.to, words.reason};
        const bool needsTarget =
            step->second == dispatch::TicketMove::merged || step->second == dispatch::TicketMove::transferred;
        std::size_t next = 1;
        if (needsTarget && move.target.empty() && words.rest.size() > 1)
            move.target = words.rest[next++];
        if (move.reason.empty())
            move.reason = restFrom(words, next);
        if (step->second == dispatch::TicketMove::transferred)
            move = transferTo(session.desks(), session.city()->workspace.rules, id, move.target, move.reason);
        return dispatch::Command{std::move(move)};
    }
    if (words.word == "feedback")
        if (auto fields = answersAmong(session, id, words); !fields.fields.empty())
            return dispatch::Command{std::move(fields)};
    if (const auto entry = entryWords.find(words.word); entry != entryWords.end())
        return dispatch::Command{dispatch::AddEntry{id, entry->second, restFrom(words, 1), {}}};
    return usage("ticketWordUnknown", words.word);
}

layers::Result<dispatch::Command> unitCommand(const Words& words, const layers::TimeZone& zone) {
    if (words.rest.empty())
        return usage("unitNotNamed", words.word);
    const dispatch::UnitId unit{words.rest[0]};
    if (words.word == "declare") {
        if (!words.at.given)
            return usage("declareNeedsPlace", words.rest[0]);
        return dispatch::Command{dispatch::DeclarePosition{unit, {words.at.lon, words.at.lat}}};
    }
    if (const auto change = rosterWords.find(words.word); change != rosterWords.end()) {
        dispatch::ChangeRoster roster{unit, change->second,
                                      words.reason.empty() ? restFrom(words, 1) : words.reason};
        if (!words.until.empty()) {
            const auto until = dispatch::momentMeant(words.until, layers::SystemClock().now(), zone);
            const auto read = until ? layers::Result<layers::Instant>(*until) : instant(words.until, zone);
            if (!read)
                return read.problem();
            roster.until = read.value();
        }
        return dispatch::Command{std::move(roster)};
    }
    return usage("unitWordUnknown", words.word);
}

int execute(const Common& common, const Words& words, bool aboutTicket) {
    const Answer answer = common.answer();
    const auto session = openSession(common, words.actor, words.workstation);
    if (!session)
        return answer.fail(session.problem());
    const auto command = aboutTicket ? ticketCommand(*session.value(), words, layers::SystemClock().now())
                                     : unitCommand(words, session.value()->city()->zone);
    if (!command)
        return answer.fail(command.problem());
    return giveOutcome(answer, session.value()->execute(command.value(), words.commandId));
}

void add(Verbs verbs, const std::string& name, const std::string& help, const std::string& list,
         bool aboutTicket) {
    CLI::App* verb = verbs.app.add_subcommand(name, help);
    const auto common = addCommon(*verb, true);
    const auto words = std::make_shared<Words>();
    verb->add_option("WORD", words->word, list)->required();
    verb->add_option("ARGS", words->rest, aboutTicket ? "ticket, unit, text" : "unit, text");
    addLonLat(*verb, "--at", words->at, "LON,LAT in degrees");
    verb->add_option("--reason", words->reason, "why");
    verb->add_option("--command-id", words->commandId, "makes a retry harmless");
    verb->add_option("--actor", words->actor, "who says it");
    verb->add_option("--workstation", words->workstation, "from where");
    if (!aboutTicket)
        verb->add_option("--until", words->until,
                         "with out: 18:00, +2h or a date and time; back by itself then");
    if (aboutTicket) {
        verb->add_option("--category", words->category, "category of the incident");
        verb->add_option("--text", words->text, "what happened");
        verb->add_option("--place", words->place, "where, in words");
        verb->add_option("--caller", words->caller, "who called");
        verb->add_option("--source", words->source, "110 12345 gridWorker sensor desk");
        verb->add_option("--priority", words->priority, "1 gravest .. 4; else the duty's")
            ->check(CLI::Range(1, 4));
        verb->add_option("--to", words->to, "desk or ticket it goes to");
        verb->add_option("--begins", words->begins, "scheduled: HH:MM or YYYY-MM-DDTHH:MM, with open and when");
    }
    verb->callback([=, &run = verbs.run] { run = [=] { return execute(*common, *words, aboutTicket); }; });
}

} // namespace

void addTicket(Verbs verbs) {
    add(verbs, "ticket", "one command about a ticket; prints what became of it once it is durable",
        "open verify assign reclassify " + std::string(loopWords) + known(assignmentWords) + known(moveWords) + known(entryWords),
        true);
    add(verbs, "unit", "roster and declared position of a unit", known(rosterWords) + "declare", false);
}

} // namespace vedette::ctl
