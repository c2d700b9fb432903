// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ticket_actions.h"

#include "console/wording.h"
#include "dispatch/feedback.h"
#include "dispatch/time_ahead.h"

#include <algorithm>
#include <charconv>

namespace vedette::console {

using namespace dispatch;

namespace {
struct Text {
    Q_DECLARE_TR_FUNCTIONS(TicketActions)
};
} // namespace

namespace {

QString asked(const Ticket& ticket) {
    QStringList names;
    for (const std::string& name : feedbackMissing(ticket))
        names << q(name) + QStringLiteral("=…");
    return names.isEmpty() ? Text::tr("field=value, a value with blanks in quotes")
                           : names.join(QStringLiteral("  "));
}

void loopDeeds(const Ticket& ticket, Instant now, const auto& add) {
    const bool handled = stage(ticket) == Stage::handled;
    if (!ticket.duty.feedback.empty())
        add(TicketDeed::feedback, Text::tr("&Answers"), asked(ticket), true,
            handled && !feedbackMissing(ticket).empty());
    if (isScheduled(ticket, now))
        add(TicketDeed::schedule, Text::tr("Other &time"), Text::tr("When: 14:30 or 2026-03-14T14:30"), true,
            true);
    switch (ticket.hazard.step) {
    case Hazard::Step::found:
        add(TicketDeed::rectified, Text::tr("&Rectified"), Text::tr("What was done about the hazard?"), false,
            handled);
        break;
    case Hazard::Step::rectified:
        add(TicketDeed::passed, Text::tr("Inspection &passed"), Text::tr("What was seen?"), false, true);
        add(TicketDeed::failed, Text::tr("Inspection &failed"), Text::tr("Days for another try, and why"),
            true, true);
        break;
    default:
        add(TicketDeed::hazard, Text::tr("&Hazard"), Text::tr("Days to rectify it, and what it is"), true,
            false);
    }
}

} // namespace

std::vector<DeedRow> deedsFor(const Ticket& ticket, Instant moment) {
    std::vector<DeedRow> rows;
    const auto add = [&](TicketDeed deed, const QString& name, const QString& ask = {}, bool needs = false,
                         bool front = false) {
        rows.push_back({deed, name, ask, needs, front});
    };
    const Stage now = stage(ticket);
    const Assignment* first = lead(ticket);
    const bool working = first && first->open();
    if (working && isOpen(ticket)) {
        const AssignmentStatus at = first->status;
        if (at < AssignmentStatus::accepted)
            add(TicketDeed::accept, Text::tr("&Accepted"), {}, false, true);
        if (at < AssignmentStatus::enroute)
            add(TicketDeed::enroute, Text::tr("&En route"), {}, false, at == AssignmentStatus::accepted);
        if (at < AssignmentStatus::onscene)
            add(TicketDeed::onscene, Text::tr("&On scene"), {}, false, at == AssignmentStatus::enroute);
        add(TicketDeed::handled, Text::tr("&Handled"), Text::tr("What was done there?"), false,
            at == AssignmentStatus::onscene);
        add(TicketDeed::release, Text::tr("&Release"), {}, false, at == AssignmentStatus::assigned);
    }
    if (isOpen(ticket)) {
        if (!ticket.verified && !working && now != Stage::handled && now != Stage::reviewed)
            add(TicketDeed::verify, Text::tr("&Verify"), {}, false, true);
        if (now == Stage::handled)
            add(TicketDeed::review, Text::tr("Re&view"), Text::tr("Called back? What did they say?"), false,
                true);
        if (now == Stage::handled || now == Stage::reviewed)
            add(TicketDeed::close, Text::tr("C&lose"), {}, false, now == Stage::reviewed);
        const bool unsorted =
            std::find(ticket.flags.begin(), ticket.flags.end(), "dutyMissing") != ticket.flags.end();
        add(TicketDeed::reclassify, Text::tr("Cate&gory"),
            Text::tr("Which category: code or a part of its name"), true, unsorted);
        loopDeeds(ticket, moment, add);
        add(TicketDeed::note, Text::tr("&Note"), Text::tr("Note"), true, true);
        add(TicketDeed::call, Text::tr("Ca&ll log"), Text::tr("Who called, what was said"), true);
        add(TicketDeed::escalate, Text::tr("E&scalate"), Text::tr("To which desk, and why"), true);
        add(TicketDeed::transfer, Text::tr("&Transfer"), Text::tr("To which desk, and why"), true);
        add(TicketDeed::giveBack, Text::tr("Ret&urn"), Text::tr("Why is it not ours?"), true);
        add(TicketDeed::merge, Text::tr("&Merge into …"), Text::tr("Into which ticket (T…)"), true);
        add(TicketDeed::cancel, Text::tr("&Cancel"), Text::tr("Why is it cancelled?"), true);
    } else if (now != Stage::merged) {
        add(TicketDeed::reopen, Text::tr("Reo&pen"), Text::tr("Why is it opened again?"), true, true);
    }
    return rows;
}

std::optional<Command> commandOf(const Session& session, TicketDeed deed, const Ticket& ticket,
                                 std::optional<UnitId> unit, const QString& text, Instant now) {
    const std::string words = s(text.trimmed());
    const auto moved = [&](AssignmentStatus to) {
        MoveAssignment move{ticket.id, unit, to, words};
        if (to == AssignmentStatus::handled && !ticket.duty.feedback.empty()) {
            TypedFeedback typed = typedFeedback(words, ticket.duty.feedback);
            move.text = std::move(typed.rest), move.fields = std::move(typed.fields);
        }
        if (!unit)
            if (const Assignment* first = lead(ticket))
                move.unit = first->unit;
        return Command(move);
    };
    const auto own = [&](TicketMove to) { return Command(MoveTicket{ticket.id, to, {}, words}); };
    // "desk2 too far" -> target and reason.
    const auto aimed = [&](TicketMove to) {
        const auto blank = words.find(' ');
        return Command(MoveTicket{ticket.id, to, words.substr(0, blank),
                                  blank == words.npos ? words : words.substr(blank + 1)});
    };
    // "3 exit blocked" -> days and text.
    const auto dated = [&](const auto& make) -> std::optional<Command> {
        int days = 0;
        const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), days);
        if (error != std::errc{} || (end != words.data() + words.size() && *end != ' '))
            return std::nullopt;
        return Command(make(days, s(q(std::string_view(end, words.data() + words.size())).trimmed())));
    };
    switch (deed) {
    case TicketDeed::feedback: {
        TypedFeedback typed = typedFeedback(words, {}, true);
        if (typed.fields.empty() || !typed.rest.empty())
            return std::nullopt;
        return Command(GiveFeedback{ticket.id, unit.value_or(UnitId{}), std::move(typed.fields)});
    }
    case TicketDeed::schedule: {
        const auto begins = timeAhead(words, session.city()->zone, now);
        return begins ? std::optional<Command>(ScheduleTicket{ticket.id, *begins}) : std::nullopt;
    }
    case TicketDeed::hazard:
        return dated([&](int days, std::string what) {
            return FindHazard{ticket.id, days, std::move(what)};
        });
    case TicketDeed::rectified:
        return Command(RectifyHazard{ticket.id, words});
    case TicketDeed::passed:
        return Command(InspectHazard{ticket.id, true, 0, words});
    case TicketDeed::failed:
        return dated([&](int days, std::string why) {
            return InspectHazard{ticket.id, false, days, std::move(why)};
        });
    case TicketDeed::accept:
        return moved(AssignmentStatus::accepted);
    case TicketDeed::enroute:
        return moved(AssignmentStatus::enroute);
    case TicketDeed::onscene:
        return moved(AssignmentStatus::onscene);
    case TicketDeed::handled:
        return moved(AssignmentStatus::handled);
    case TicketDeed::release:
        return moved(AssignmentStatus::released);
    case TicketDeed::verify:
        return Command(VerifyTicket{ticket.id});
    case TicketDeed::reclassify:
        return std::nullopt;
    case TicketDeed::note:
        return Command(AddEntry{ticket.id, EntryKind::note, words, {}});
    case TicketDeed::call:
        return Command(AddEntry{ticket.id, EntryKind::call, words, {}});
    case TicketDeed::review:
        return own(TicketMove::reviewed);
    case TicketDeed::close:
        return own(TicketMove::closed);
    case TicketDeed::giveBack:
        return own(TicketMove::returned);
    case TicketDeed::transfer:
        return Command(transferTo(session.desks(), session.city()->workspace.rules, ticket.id,
                                  words.substr(0, words.find(' ')),
                                  words.substr(std::min(words.size(), words.find(' ')))));
    case TicketDeed::escalate:
        return aimed(TicketMove::escalated);
    case TicketDeed::cancel:
        return own(TicketMove::cancelled);
    case TicketDeed::reopen:
        return own(TicketMove::reopened);
    case TicketDeed::merge: {
        const auto blank = words.find(' ');
        const auto into = ticketId(std::string_view(words).substr(0, blank));
        if (!into)
            return std::nullopt;
        return Command(MoveTicket{ticket.id, TicketMove::merged, toString(*into),
                                  blank == words.npos ? std::string() : words.substr(blank + 1)});
    }
    }
    return std::nullopt;
}

layers::Message deedLacks(TicketDeed deed) {
    switch (deed) {
    case TicketDeed::feedback:
        return {"lineNeedsFields", {{"word", ""}}};
    case TicketDeed::schedule:
        return {"timeUnreadable", {{"text", ""}}};
    case TicketDeed::hazard:
    case TicketDeed::failed:
        return {"lineNeedsDays"};
    default:
        return {"lineNeedsTwoTickets", {{"verb", "merge"}}};
    }
}

QStringList sharedBy(const dispatch::City& city, layers::LonLat at) {
    const auto around = city.areas.at(city.crs.toWorking(at)); // most responsible first
    for (auto first = around.begin(); first != around.end();) {
        const int rank = responsibility(city.areas[*first]);
        const auto next = std::find_if(first, around.end(), [&](layers::AreaIndex area) {
            return responsibility(city.areas[area]) != rank;
        });
        if (next - first > 1) {
            QStringList same;
            std::for_each(first, next,
                          [&](layers::AreaIndex area) { same << areaText(city, city.areas[area].code); });
            return same;
        }
        first = next;
    }
    return {};
}

std::vector<OverrideReason> overrideReasons(const layers::Rules& rules) {
    std::vector<OverrideReason> reasons;
    for (const std::string& key : rules.overrideReasons)
        if (reasons.size() < 9)
            reasons.push_back({key, reasonWords(key)});
    return reasons;
}

std::string overrideReasonMeant(const layers::Rules& rules, std::string_view typed) {
    while (typed.starts_with(' '))
        typed.remove_prefix(1);
    while (typed.ends_with(' '))
        typed.remove_suffix(1);
    const auto all = overrideReasons(rules);
    if (typed.size() == 1 && typed[0] >= '1' && typed[0] <= '9') {
        const auto number = static_cast<std::size_t>(typed[0] - '1');
        return number < all.size() ? all[number].key : std::string();
    }
    return std::string(typed);
}

QString reasonWords(const std::string& key) {
    if (key == "reserved")
        return Text::tr("was reserved");
    if (key == "byCommandLine")
        return Text::tr("named in the command bar");
    const std::string code = "override." + key;
    return layers::hasWording(code, language()) ? say({code}) : q(key);
}

} // namespace vedette::console
