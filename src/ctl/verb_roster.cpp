// SPDX-License-Identifier: GPL-3.0-or-later
// roster DIR: who is on, on break, out of service, and who comes next.
#include "ctl/options.h"
#include "ctl/wording.h"
#include "dispatch/roster.h"

namespace vedette::ctl {

using nlohmann::ordered_json;

namespace {

struct RosterWords {
    std::string at, desk, team, role;
};

ordered_json toJson(const dispatch::RosterRow& row) {
    ordered_json json{{"unit", row.unit.text}, {"name", row.name}, {"role", toString(row.role)},
                      {"desk", row.desk},      {"team", row.team}, {"status", wording(row.status)}};
    const auto when = [&](const char* name, layers::Instant at) {
        if (at != layers::Instant{})
            json[name] = layers::isoUtc(at);
    };
    when("till", row.till.value_or(layers::Instant{}));
    if (row.plannedBreak)
        json["planned_break"] = true;
    when("break_till", row.breakTill.value_or(layers::Instant{}));
    when("out_until", row.outUntil);
    if (!row.outReason.empty())
        json["out_reason"] = row.outReason;
    when("comes", row.comes.value_or(layers::Instant{}));
    ordered_json tickets = ordered_json::array();
    for (const dispatch::TicketId ticket : row.tickets)
        tickets.push_back(toString(ticket));
    json["tickets"] = std::move(tickets);
    return json;
}

int roster(const Common& common, const RosterWords& words) {
    const Answer answer = common.answer();
    const auto session = openSession(common);
    if (!session)
        return answer.fail(session.problem());
    const dispatch::City& city = *session.value()->city();
    const layers::Instant now = layers::SystemClock().now();
    layers::Instant at = now;
    if (!words.at.empty()) {
        const auto meant = dispatch::momentMeant(words.at, now, city.zone);
        const auto read = meant ? layers::Result<layers::Instant>(*meant) : instant(words.at, city.zone);
        if (!read)
            return answer.fail(read.problem());
        at = read.value();
    }
    const dispatch::Desk* desk = words.desk.empty() ? nullptr : session.value()->desks().find(words.desk);
    if (!desk && !words.desk.empty())
        return answer.fail(layers::refused("deskUnknown", {{"desk", words.desk}}));
    dispatch::State state = session.value()->state();
    if (at < now) {
        auto moment = session.value()->moment(at);
        if (!moment)
            return answer.fail(moment.problem());
        state = std::move(moment.value().state);
    }
    const auto sheet =
        rosterAt(state, at, city.zone, desk ? dispatch::Scope(city, desk->code) : dispatch::Scope());
    const auto wanted = [&](const dispatch::RosterRow& row) {
        return (words.team.empty() || row.team == words.team) &&
               (words.role.empty() || toString(row.role) == words.role);
    };
    const auto clock = [&](layers::Instant when) { return layers::isoLocal(when, city.zone).substr(5, 11); };
    ordered_json on = ordered_json::array(), next = ordered_json::array();
    std::string group = "\n";
    for (const dispatch::RosterRow& row : sheet.on) {
        if (!wanted(row))
            continue;
        on.push_back(toJson(row));
        const std::string head = row.desk + (row.team.empty() ? "" : "  team " + row.team);
        if (head != group)
            answer.say(group = head);
        std::string line = "  " + row.unit.text + "  " + row.name + "  " + std::string(toString(row.role)) +
                           "  " + (row.plannedBreak ? "planned break" : std::string(wording(row.status)));
        if (row.till)
            line += "  till " + clock(*row.till);
        if (row.breakTill)
            line += "  back " + clock(*row.breakTill);
        if (row.outUntil != layers::Instant{})
            line += "  back " + clock(row.outUntil);
        answer.say(line + (row.outReason.empty() ? "" : "  " + row.outReason));
    }
    if (!sheet.next.empty())
        answer.say("comes next");
    for (const dispatch::RosterRow& row : sheet.next)
        if (wanted(row)) {
            next.push_back(toJson(row));
            answer.say("  " + clock(*row.comes) + "  " + row.unit.text + "  " + row.name + "  " + row.desk);
        }
    answer.give({{"at", layers::isoUtc(at)}, {"on", std::move(on)}, {"next", std::move(next)}});
    return done;
}

} // namespace

void addRoster(Verbs verbs) {
    CLI::App* verb =
        verbs.app.add_subcommand("roster", "who is on till when, on break, out, and who comes next");
    const auto common = addCommon(*verb, true);
    const auto words = std::make_shared<RosterWords>();
    verb->add_option("--at", words->at, "18:00, +2h or a date and time; now unless said");
    verb->add_option("--desk", words->desk, "of one desk");
    verb->add_option("--team", words->team, "of one team");
    verb->add_option("--role", words->role, "of one role");
    verb->callback([=, &run = verbs.run] { run = [=] { return roster(*common, *words); }; });
}

} // namespace vedette::ctl
