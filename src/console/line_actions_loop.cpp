// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of the closed loop: feedback, reservations, times, hazards, sweeps.
#include "console/line_actions.h"

#include "console/category.h"
#include "console/desk.h"
#include "console/ticket_marks.h"
#include "console/wording.h"
#include "dispatch/feedback.h"
#include "dispatch/sweep.h"
#include "dispatch/time_ahead.h"

#include <charconv>

namespace vedette::console {

using namespace dispatch;
using layers::Message;
using Made = std::variant<std::monostate, SaidLine, Message>;

namespace {

// The first word and what stands behind it.
std::pair<std::string, std::string> parted(const std::string& text) {
    const auto blank = text.find(' ');
    if (blank == std::string::npos)
        return {text, {}};
    const auto next = text.find_first_not_of(' ', blank);
    return {text.substr(0, blank), next == std::string::npos ? std::string() : text.substr(next)};
}

std::optional<int> days(const std::string& text) {
    int number = 0;
    const auto [ptr, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && ptr == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::string_view timeIn(const Line& line) {
    const std::string_view text = line.verb == Verb::newTicket ? line.begins : line.text;
    return text.starts_with('=') ? text.substr(1) : text;
}

Made swept(const Desk& desk, const Line& line) {
    if (line.category == "close")
        return SaidLine{CloseSweep{line.sweep, line.text},
                        q(line.sweep) + QStringLiteral(": ") + say({"doneSweepClose"}),
                        std::nullopt,
                        {}};
    const auto category = categoryTyped(desk.city().duties, q(line.category));
    if (!category)
        return Message{"categoryUnknown", {{"category", line.category}}};
    auto sweep = sweepOf(desk.session(), *category, line.place, line.text, desk.liveNow());
    if (!sweep)
        return sweep.problem().message;
    const std::string count = std::to_string(sweep.value().tickets.size());
    return SaidLine{std::move(sweep).value(), say({"doneSweep", {{"count", count}}}), std::nullopt, {}};
}

Made inspected(const Line& line, TicketId ticket) {
    const auto [verdict, rest] = parted(line.text);
    if (verdict == "ok")
        return SaidLine{InspectHazard{ticket, true, 0, rest}, doneText(line, ticket), ticket, {}};
    const auto [number, words] = parted(rest);
    const auto span = days(number);
    if (verdict != "fail" || !span)
        return Message{"lineNeedsVerdict"};
    return SaidLine{InspectHazard{ticket, false, *span, words}, doneText(line, ticket), ticket, {}};
}

} // namespace

Made loopCommandOf(const Desk& desk, const Line& line, std::optional<TicketId> ticket) {
    if (line.verb == Verb::sweep)
        return swept(desk, line);
    if (!ticket)
        return Message{"lineNeedsTicket"};
    const auto made = [&](Command command) {
        return SaidLine{std::move(command), doneText(line, ticket), ticket, {}};
    };
    switch (line.verb) {
    case Verb::feedback: {
        TypedFeedback typed = typedFeedback(line.text, {}, true);
        if (typed.fields.empty() || !typed.rest.empty())
            return Message{"lineNeedsFields", {{"word", parted(typed.rest).first}}};
        return made(GiveFeedback{*ticket, line.units.empty() ? UnitId{} : line.units.front(),
                                 std::move(typed.fields)});
    }
    case Verb::reserve:
        return made(ReserveUnit{*ticket, line.units.front()});
    case Verb::unreserve:
        return made(UnreserveUnit{*ticket,
                                  line.units.empty() ? std::nullopt : std::optional(line.units.front())});
    case Verb::when: {
        const auto begins = timeAhead(timeIn(line), desk.city().zone, desk.liveNow());
        if (!begins)
            return Message{"timeUnreadable", {{"text", line.text}}};
        SaidLine said = made(ScheduleTicket{*ticket, *begins});
        said.words += u' ' + momentText(*begins, desk.liveNow(), desk.city().zone);
        return said;
    }
    case Verb::hazard: {
        const auto [number, words] = parted(line.text);
        const auto span = days(number);
        if (!span)
            return Message{"lineNeedsDays"};
        return made(FindHazard{*ticket, *span, words});
    }
    case Verb::rectified:
        return made(RectifyHazard{*ticket, line.text});
    case Verb::inspected:
        return inspected(line, *ticket);
    case Verb::join:
        return made(JoinSweep{*ticket, line.sweep});
    case Verb::leave:
        return made(LeaveSweep{*ticket});
    default:
        return std::monostate{};
    }
}

QString explainLoop(const Desk& desk, const Line& line) {
    const auto& zone = desk.city().zone;
    const bool timed = line.verb == Verb::when || (line.verb == Verb::newTicket && !line.begins.empty());
    if (timed) {
        const auto begins = timeAhead(timeIn(line), zone, desk.liveNow());
        return QStringLiteral(" · ") +
               (begins ? momentText(*begins, desk.liveNow(), zone)
                       : say({"timeUnreadable", {{"text", std::string(timeIn(line))}}}));
    }
    if (line.verb == Verb::hazard)
        if (const auto span = days(parted(line.text).first); span && *span > 0 && *span < 1000)
            return QStringLiteral(" · ") +
                   momentText(desk.liveNow() + std::chrono::days(*span), desk.liveNow(), zone);
    if (line.verb == Verb::sweep && line.category != "close") {
        const auto area = areaMeant(desk.city().areas, line.place);
        if (!area)
            return QStringLiteral(" · ") + say({"areaUnknown", {{"area", line.place}}});
        return QStringLiteral(" · ") + q(desk.city().areas[*area].name) + QStringLiteral(" · ") +
               say({"sweepWouldBe",
                    {{"count", std::to_string(areasBelow(desk.city().areas, *area).size())}}});
    }
    if (line.verb == Verb::feedback && (line.tickets.empty() || desk.state().ticket(line.tickets.front()))) {
        const Ticket* ticket =
            line.tickets.empty() ? desk.ticket() : desk.state().ticket(line.tickets.front());
        QStringList missing;
        for (const std::string& name : ticket ? feedbackMissing(*ticket) : std::vector<std::string>{})
            missing << q(name);
        if (!missing.isEmpty())
            return QStringLiteral(" · ") + missing.join(QStringLiteral(", "));
    }
    return {};
}

} // namespace vedette::console
