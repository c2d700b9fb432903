// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/line_actions.h"

#include "console/category.h"
#include "console/desk.h"
#include "console/road_words.h"
#include "console/ticket_actions.h"
#include "console/ticket_marks.h"
#include "console/wording.h"
#include "dispatch/feedback.h"
#include "dispatch/roll_call.h"
#include "dispatch/roster.h"
#include "dispatch/time_ahead.h"

namespace vedette::console {

using namespace dispatch;
using layers::Message;
using Made = std::variant<std::monostate, SaidLine, Message>;

namespace {

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    return out;
}

bool startsWith(std::string_view text, std::string_view prefix) {
    return upper(text.substr(0, prefix.size())) == upper(prefix);
}

std::optional<TicketId> ticketMeant(const Desk& desk, const Line& line) {
    if (!line.tickets.empty())
        return line.tickets.front();
    if (!line.units.empty() && line.verb != Verb::assign && line.verb != Verb::reserve &&
        line.verb != Verb::unreserve)
        if (const UnitRecord* unit = desk.state().unit(line.units.front()); unit && unit->tickets.size() == 1)
            return unit->tickets.front();
    return desk.ticketId();
}

// What is said once it is done: "T1042 U0322: en route". The codes stand beside the verbs': verbEnroute,
// doneEnroute.
QString words(const Line& line, std::optional<TicketId> ticket) {
    std::string code(verbRow(line.verb).code);
    code.replace(0, 4, "done");
    QStringList whom;
    if (ticket)
        whom << q(toString(*ticket));
    for (const UnitId& unit : line.units)
        whom << q(unit.text);
    return whom.join(u' ') + QStringLiteral(": ") + say({code});
}

Made assigned(const Desk& desk, const Line& line, TicketId ticket) {
    AssignUnit command;
    command.ticket = ticket;
    const Ticket* held = desk.state().ticket(ticket);
    if (!held)
        return Message{"ticketUnknown", {{"ticket", toString(ticket)}}};
    Request request;
    request.at = held->incident.at, request.category = held->incident.category;
    request.now = desk.liveNow(), request.ticket = ticket;
    const Recommendation shown = desk.session().recommend(request);
    if (line.units.empty())
        return Message{"lineNeedsUnit", {{"verb", "a"}}};
    command.unit = line.units.front();
    const Whereabouts where = desk.session().whereabouts(command.unit, desk.liveNow());
    command.unitAt = where.lonLat, command.basis = where.basis;
    for (const Candidate& candidate : shown.candidates) {
        command.shown.push_back({candidate.unit, static_cast<int>(candidate.metres),
                                 static_cast<int>(candidate.seconds), candidate.where.basis,
                                 candidate.owner});
    }
    if (needsSending(*held, request.now) && (shown.candidates.empty() || shown.candidates.front().unit != command.unit)) {
        const layers::Rules& rules = desk.city().workspace.rules;
        const auto reasons = overrideReasons(rules);
        command.overrideReason = overrideReasonMeant(rules, line.text);
        if (command.overrideReason.empty())
            return Message{"overrideReasonMissing",
                           {{"unit", command.unit.text}, {"last", std::to_string(reasons.size())}}};
    }
    SaidLine said{command, words(line, ticket), ticket, {}};
    for (std::size_t i = 1; i < line.units.size(); ++i) {
        const Whereabouts at = desk.session().whereabouts(line.units[i], desk.liveNow());
        said.joining.push_back({ticket, line.units[i], Part::joint, at.lonLat, at.basis, command.shown, {}});
    }
    return said;
}

Made reclassifiedAs(const Desk& desk, const Line& line, TicketId id) {
    const Ticket* ticket = desk.state().ticket(id);
    if (!ticket)
        return Message{"ticketUnknown", {{"ticket", toString(id)}}};
    const auto category = categoryTyped(desk.city().duties, q(line.text));
    if (!category)
        return Message{"categoryUnknown", {{"category", line.text}}};
    return SaidLine{reclassified(desk.session(), *ticket, *category),
                    q(toString(id)) + QStringLiteral(": ") + q(*category),
                    id,
                    {}};
}

Made opened(const Desk& desk, const Line& line) {
    const City& city = desk.city();
    IncidentFacts incident;
    incident.category = line.category;
    incident.source = "desk";
    incident.text = line.text;
    incident.happenedAt = desk.liveNow();
    if (line.at) {
        incident.at = *line.at;
        const layers::Gazetteer* places = city.gazetteer.ready();
        if (!places) // nobody at a key waits for it
            incident.place =
                s(QStringLiteral("%1,%2").arg(line.at->lon, 0, 'f', 5).arg(line.at->lat, 0, 'f', 5));
        else if (const auto near = places->nearest(city.crs.toWorking(*line.at)))
            incident.place = near->name;
    } else {
        const layers::Gazetteer* places = city.gazetteer.ready();
        if (!places)
            return Message{"placesNotRead", {}};
        const auto found = places->search(line.place, 1);
        if (found.empty())
            return Message{"placeUnknown", {{"place", line.place}}};
        incident.at = city.crs.toLonLat(found.front().at);
        incident.place = found.front().name;
    }
    OpenTicket command = desk.session().resolve(incident);
    command.incident.priority = command.duty.priority;
    QString done = QStringLiteral("%1 · %2").arg(say({"doneNew"}), q(incident.place));
    if (!line.begins.empty()) {
        const auto begins = timeAhead(line.begins, city.zone, desk.liveNow());
        if (!begins)
            return Message{"timeUnreadable", {{"text", line.begins}}};
        command.begins = *begins;
        done += QStringLiteral(" · ") + momentText(*begins, desk.liveNow(), city.zone);
    }
    return SaidLine{command, done, std::nullopt, {}};
}

// "until 18:00 flat tyre"
Made takenOut(const Desk& desk, const Line& line) {
    ChangeRoster roster{line.units.front(), RosterChange::outOfService, line.text};
    const std::string_view text = line.text;
    if (startsWith(text, "until ")) {
        const auto from = text.find_first_not_of(' ', 6);
        const std::string_view rest = from == text.npos ? std::string_view{} : text.substr(from);
        const auto blank = std::min(rest.find(' '), rest.size());
        const auto until = momentMeant(rest.substr(0, blank), desk.liveNow(), desk.city().zone);
        if (!until)
            return Message{"timeUnreadable", {{"text", std::string(rest.substr(0, blank))}}};
        roster.until = *until;
        roster.reason = rest.substr(std::min(blank + 1, rest.size()));
    }
    return SaidLine{roster, words(line, {}), std::nullopt, {}};
}

Made answersRoll(const Desk& desk, const Line& line) {
    const City& city = desk.city();
    AnswerRoll answer{{}, line.units.front(), false, {}, PositionBasis::declared};
    if (line.at) {
        answer.placed = true, answer.at = *line.at;
    } else if (const auto area = city.areas.byCode(line.place)) {
        answer.placed = true, answer.at = city.crs.toLonLat(city.areas[*area].box.centre());
    } else if (!line.place.empty()) {
        const layers::Gazetteer* places = city.gazetteer.ready();
        if (!places)
            return Message{"placesNotRead", {}};
        const auto found = places->search(line.place, 1);
        if (found.empty())
            return Message{"placeUnknown", {{"place", line.place}}};
        answer.placed = true, answer.at = city.crs.toLonLat(found.front().at);
    } else {
        answer.basis = desk.session().whereabouts(answer.unit, desk.liveNow()).basis;
    }
    return SaidLine{answer, words(line, {}), std::nullopt, {}};
}

Made callsRoll(const Desk& desk, const Line& line) {
    const City& city = desk.city();
    const auto [said, minutes] =
        rollWords(line.text, std::chrono::minutes(std::max(1, city.workspace.rules.rollMinutes)));
    auto roll = rollOf(city, desk.state(), said, desk.liveNow(), desk.scope().desk());
    if (!roll.ok())
        return roll.problem().message;
    CallRoll call{std::move(roll).value()};
    call.roll.deadline = desk.liveNow() + minutes;
    const QString name = call.roll.name.empty() ? grouped(call.roll.scope) : q(call.roll.name);
    const QString done =
        QStringLiteral("%1: %2 (%3)").arg(name, say({"doneRoll"})).arg(call.roll.units.size());
    return SaidLine{std::move(call), done, std::nullopt, {}};
}

Made takesOver(const Desk& desk, const Line& line) {
    std::string rest = line.text;
    const auto code = deskMeant(desk, rest);
    if (!code || !rest.empty())
        return line.text.empty() ? Message{"deskMissing"} : Message{"deskUnknown", {{"desk", line.text}}};
    return SaidLine{TakeOverShift{*code},
                    deskText(desk.city(), *code) + QStringLiteral(": ") + say({"doneTakeover"}),
                    std::nullopt,
                    {}};
}

Made roadSaid(const Desk& desk, const RoadSaid& said) {
    using Deed = RoadSaid::Deed;
    if (said.deed == Deed::list)
        return std::monostate{};
    const auto made = roadCommand(desk.city(), said, desk.liveNow());
    if (const auto* why = std::get_if<Message>(&made))
        return *why;
    const char* const done = said.deed == Deed::close  ? "doneRoadClose"
                             : said.deed == Deed::slow ? "doneRoadSlow"
                                                       : "doneRoadOpen";
    std::string what = said.deed == Deed::open ? said.id : said.name;
    for (const layers::LonLat at : said.points)
        what += s(QStringLiteral("%1%2,%3")
                      .arg(what.empty() ? QString() : QStringLiteral(" "))
                      .arg(at.lon, 0, 'f', 4)
                      .arg(at.lat, 0, 'f', 4));
    return SaidLine{std::get<Command>(made), q(what) + QStringLiteral(": ") + say({done}), std::nullopt, {}};
}

Made rostered(const Line& line, RosterChange to) {
    return SaidLine{ChangeRoster{line.units.front(), to, line.text}, words(line, {}), std::nullopt, {}};
}

// Whether somebody but the one proposed first is named; asked of what is shown, so that typing costs nothing.
bool overrides(const Desk& desk, const Line& line, TicketId ticket) {
    const Ticket* held = desk.state().ticket(ticket);
    if (!held || !needsSending(*held, desk.now()) || ticket != desk.ticketId())
        return line.why;
    const auto& candidates = desk.recommendation().candidates;
    return candidates.empty() || candidates.front().unit != line.units.front();
}

} // namespace

Lexicon lexiconOf(const Desk& desk) {
    Lexicon lexicon;
    lexicon.unit = [&desk](std::string_view word) -> std::optional<UnitId> {
        if (const UnitId exact{std::string(word)}; desk.state().unit(exact))
            return exact;
        if (const UnitId raised{upper(word)}; desk.state().unit(raised))
            return raised;
        return std::nullopt;
    };
    lexicon.ticket = [&desk](TicketId id) { return desk.state().ticket(id) != nullptr; };
    lexicon.tickets = [&desk](std::string_view prefix) {
        std::vector<std::string> out;
        for (const QueueRow& row : desk.board().queue)
            if (out.size() < 12 && startsWith(toString(row.id), prefix))
                out.push_back(toString(row.id));
        return out;
    };
    lexicon.units = [&desk](std::string_view prefix) {
        std::vector<std::string> out;
        for (const UnitRow& row : desk.board().units)
            if (out.size() < 12 && (startsWith(row.id().text, prefix) || startsWith(row.facts->name, prefix)))
                out.push_back(row.id().text);
        return out;
    };
    lexicon.categories = [&desk](std::string_view prefix) {
        std::vector<std::string> out;
        for (const Duty& duty : desk.city().duties)
            if (out.size() < 12 && (startsWith(duty.category, prefix) || startsWith(duty.name, prefix)))
                out.push_back(duty.category);
        return out;
    };
    lexicon.desks = [&desk](std::string_view prefix) {
        std::vector<std::string> out;
        for (const dispatch::Desk& one : desk.session().desks().all())
            if (out.size() < 12 && (startsWith(one.code, prefix) || startsWith(one.name, prefix)))
                out.push_back(one.code);
        return out;
    };
    lexicon.road = roadNamed(desk.city());
    lexicon.roads = [&desk](std::string_view prefix) { return roadsBeginning(desk.city(), prefix); };
    return lexicon;
}

std::optional<std::string> deskMeant(const Desk& desk, std::string& text) {
    const auto& desks = desk.session().desks();
    for (std::size_t end = text.size(); end > 0 && end != std::string::npos;) {
        if (const dispatch::Desk* found = desks.find(std::string_view(text).substr(0, end))) {
            text.erase(0, std::min(text.size(), end + 1));
            return found->code;
        }
        end = end > 0 ? text.rfind(' ', end - 1) : std::string::npos;
    }
    if (!desk.scope().whole())
        return desk.scope().desk();
    // Whoever sees the whole city sits at the desk of its highest area.
    return desks.all().empty() ? std::nullopt : std::optional(desks.all().front().code);
}

Made commandOf(const Desk& desk, const Line& line) {
    switch (line.verb) {
    case Verb::find:
    case Verb::go:
    case Verb::at:
    case Verb::live:
    case Verb::mute:
    case Verb::desk:
    case Verb::undo:
    case Verb::plan:
    case Verb::board:
    case Verb::patrol:
    case Verb::help:
    case Verb::roster:
    case Verb::handover:
        return std::monostate{};
    case Verb::takeover:
        return takesOver(desk, line);
    case Verb::roll:
        if (line.text.empty())
            return std::monostate{}; // the newest is shown
        return callsRoll(desk, line);
    case Verb::here:
        return answersRoll(desk, line);
    case Verb::road:
        return roadSaid(desk, *line.road);
    case Verb::newTicket:
        return opened(desk, line);
    case Verb::sweep:
        return loopCommandOf(desk, line, {});
    case Verb::on:
        return rostered(line, RosterChange::on);
    case Verb::off:
        return rostered(line, RosterChange::off);
    case Verb::breakStart:
        return rostered(line, RosterChange::breakStarted);
    case Verb::resume:
        return rostered(line, RosterChange::breakEnded);
    case Verb::out:
        return takenOut(desk, line);
    case Verb::in:
        return rostered(line, RosterChange::inService);
    case Verb::declare:
        return SaidLine{DeclarePosition{line.units.front(), *line.at}, words(line, {}), std::nullopt, {}};
    default:
        break;
    }
    const auto ticket = ticketMeant(desk, line);
    if (!ticket)
        return Message{"lineNeedsTicket"};
    const auto unit = [&]() -> std::optional<UnitId> {
        if (!line.units.empty())
            return line.units.front();
        const Ticket* held = desk.state().ticket(*ticket);
        const Assignment* first = held ? lead(*held) : nullptr;
        return first ? std::optional(first->unit) : std::nullopt;
    };
    const auto moved = [&](AssignmentStatus to) {
        MoveAssignment move{*ticket, unit(), to, line.text};
        const Ticket* held = desk.state().ticket(*ticket);
        if (held && to == AssignmentStatus::handled && !held->duty.feedback.empty()) {
            TypedFeedback typed = typedFeedback(line.text, held->duty.feedback);
            move.text = std::move(typed.rest), move.fields = std::move(typed.fields);
        }
        return SaidLine{std::move(move), words(line, ticket), ticket, {}};
    };
    const auto own = [&](TicketMove to, std::string target = {}, std::string reason = {}) {
        return SaidLine{
            MoveTicket{*ticket, to, std::move(target), std::move(reason)}, words(line, ticket), ticket, {}};
    };
    const auto blank = line.text.find(' ');
    const std::string first = line.text.substr(0, blank);
    const std::string rest = blank == std::string::npos ? line.text : line.text.substr(blank + 1);
    switch (line.verb) {
    case Verb::assign:
        return assigned(desk, line, *ticket);
    case Verb::verify:
        return SaidLine{VerifyTicket{*ticket}, words(line, ticket), ticket, {}};
    case Verb::accept:
        return moved(AssignmentStatus::accepted);
    case Verb::enroute:
        return moved(AssignmentStatus::enroute);
    case Verb::onscene:
        return moved(AssignmentStatus::onscene);
    case Verb::handled:
        return moved(AssignmentStatus::handled);
    case Verb::decline:
        return moved(AssignmentStatus::declined);
    case Verb::release:
        return moved(AssignmentStatus::released);
    case Verb::review:
        return own(TicketMove::reviewed, {}, line.text);
    case Verb::close:
        return own(TicketMove::closed, {}, line.text);
    case Verb::giveBack:
        return own(TicketMove::returned, {}, line.text);
    case Verb::transfer:
        return SaidLine{transferTo(desk.session().desks(), desk.city().workspace.rules, *ticket, first, rest),
                        words(line, ticket),
                        ticket,
                        {}};
    case Verb::escalate:
        return own(TicketMove::escalated, first, rest);
    case Verb::cancel:
        return own(TicketMove::cancelled, {}, line.text);
    case Verb::reopen:
        return own(TicketMove::reopened, {}, line.text);
    case Verb::merge:
        return own(TicketMove::merged, toString(line.tickets[1]), line.text);
    case Verb::keepApart:
        return SaidLine{
            JudgeDuplicate{line.tickets[0], line.tickets[1], true}, words(line, ticket), ticket, {}};
    case Verb::category:
        return reclassifiedAs(desk, line, *ticket);
    case Verb::note:
        return SaidLine{AddEntry{*ticket, EntryKind::note, line.text, {}}, words(line, ticket), ticket, {}};
    case Verb::call:
        return SaidLine{AddEntry{*ticket, EntryKind::call, line.text, {}}, words(line, ticket), ticket, {}};
    case Verb::feedback:
    case Verb::reserve:
    case Verb::unreserve:
    case Verb::when:
    case Verb::hazard:
    case Verb::rectified:
    case Verb::inspected:
    case Verb::join:
    case Verb::leave:
        return loopCommandOf(desk, line, ticket);
    default:
        return std::monostate{};
    }
}

QString doneText(const Line& line, std::optional<TicketId> ticket) {
    return words(line, ticket);
}

QString explainLine(const Desk& desk, const Line& line) {
    QString text = say({verbRow(line.verb).code});
    const bool writes = line.verb != Verb::go && line.verb != Verb::find && line.verb != Verb::help;
    const auto ticket = writes && line.verb < Verb::newTicket ? ticketMeant(desk, line) : std::nullopt;
    if (ticket && line.tickets.empty())
        text += QStringLiteral(" · ") + q(toString(*ticket));
    if (!line.units.empty())
        if (const UnitRecord* unit = desk.state().unit(line.units.front()))
            text += QStringLiteral(" · ") + q(unit->facts->name) + QStringLiteral(", ") +
                    Words::role(unit->facts->role);
    if (line.verb == Verb::assign && ticket == desk.ticketId())
        for (const Candidate& candidate : desk.recommendation().candidates)
            if (!line.units.empty() && candidate.unit == line.units.front())
                text += QStringLiteral(", ") +
                        spanText(std::chrono::seconds(static_cast<int>(candidate.seconds)));
    if (line.verb == Verb::assign && ticket && !line.units.empty() && overrides(desk, line, *ticket)) {
        const layers::Rules& rules = desk.city().workspace.rules;
        const std::string meant = overrideReasonMeant(rules, line.text);
        QStringList reasons;
        int number = 0;
        for (const OverrideReason& reason : overrideReasons(rules))
            reasons << QStringLiteral("!%1 %2").arg(++number).arg(reason.words);
        text = meant.empty() ? say({"overrideAsk"}) + u' ' + reasons.join(QStringLiteral("  "))
                             : text + QStringLiteral(" · ") + reasonWords(meant);
    }
    if (line.road) {
        if (!line.road->name.empty())
            text += QStringLiteral(" · ") + q(line.road->name);
        if (line.road->deed == RoadSaid::Deed::close || line.road->deed == RoadSaid::Deed::slow)
            text += QStringLiteral(" · ") + RoadWords::share(line.road->factor);
        if (const auto until = untilTyped(q(line.road->until), desk.liveNow(), desk.city().zone))
            text += QStringLiteral(" · ") + RoadWords::until(*until, desk.city().zone, desk.liveNow());
        for (const auto& road : desk.state().restrictedRoads())
            if (road.id == line.road->id)
                text += QStringLiteral(" · ") + RoadWords::line(road, {}, desk.city().zone, desk.liveNow());
        if (!line.road->reason.empty())
            text += QStringLiteral(" · ") + q(line.road->reason);
    }
    if (line.verb == Verb::category)
        if (const auto category = categoryTyped(desk.city().duties, q(line.text)))
            for (const Duty& duty : desk.city().duties)
                if (duty.category == *category)
                    text += QStringLiteral(" · ") + categoryText(duty);
    const layers::Gazetteer* places = desk.city().gazetteer.ready();
    if (places && line.verb == Verb::newTicket && !line.place.empty())
        if (const auto found = places->search(line.place, 1); !found.empty())
            text += QStringLiteral(" · ") + q(found.front().name);
    return text + explainLoop(desk, line);
}

} // namespace vedette::console
