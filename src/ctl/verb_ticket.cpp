// SPDX-License-Identifier: GPL-3.0-or-later
// Verbs that say something: ticket DIR WORD ..., unit DIR WORD ... Each is one command.
#include "ctl/options.h"
#include "dispatch/roster.h"

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
    std::string category, text, place, caller, source = "desk", reason, to, until;
    int priority = 0;
};

layers::Problem usage(std::string code, std::string said) {
    return {layers::Problem::Kind::usage, {std::move(code), {{"said", std::move(said)}}}};
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
    return dispatch::Command{session.resolve(incident)};
}

layers::Result<dispatch::Command> ticketCommand(const dispatch::Session& session, const Words& words,
                                                layers::Instant now) {
    if (words.word == "open")
        return openCommand(session, words, now);
    const auto ticket = ticketAt(words, 0);
    if (!ticket)
        return ticket.problem();
    const dispatch::TicketId id = ticket.value();
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
    }
    verb->callback([=, &run = verbs.run] { run = [=] { return execute(*common, *words, aboutTicket); }; });
}

} // namespace

void addTicket(Verbs verbs) {
    add(verbs, "ticket", "one command about a ticket; prints what became of it once it is durable",
        "open verify assign reclassify " + known(assignmentWords) + known(moveWords) + known(entryWords),
        true);
    add(verbs, "unit", "roster and declared position of a unit", known(rosterWords) + "declare", false);
}

} // namespace vedette::ctl
