// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/roster.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <tuple>

namespace vedette::dispatch {

namespace {

// Units with the same turns turn together: each list is looked up once.
class Turns {
public:
    Turns(Instant now, const layers::TimeZone& zone) : now_(now), zone_(zone) {}
    std::optional<Instant> next(const std::vector<Shift>& turns) {
        if (turns.empty())
            return std::nullopt;
        const auto [found, fresh] = known_.try_emplace(toString(turns));
        if (fresh)
            found->second = nextTurn(turns, now_, zone_);
        return found->second;
    }

private:
    Instant now_;
    const layers::TimeZone& zone_;
    std::map<std::string, std::optional<Instant>> known_;
};

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

} // namespace

RosterSheet rosterAt(const State& state, Instant at, const layers::TimeZone& zone, const Scope& scope,
                     std::chrono::hours ahead) {
    RosterSheet sheet;
    sheet.at = at;
    Turns turns(at, zone);
    state.forEachUnit([&](const UnitRecord& unit) {
        const UnitFacts& facts = *unit.facts;
        if (!unit.listed || !scope.has(facts))
            return;
        RosterRow row;
        row.unit = facts.id, row.name = facts.name, row.team = facts.team, row.desk = facts.desk;
        row.role = facts.role, row.tickets = unit.tickets;
        row.status = unitStatus(state, unit, at, zone);
        const bool out = outOfService(unit, at);
        if (out)
            row.outUntil = unit.said().outUntil, row.outReason = unit.said().outReason;
        if (onDuty(unit, at, zone)) {
            if (!unit.on)
                row.till = turns.next(facts.shifts);
            row.plannedBreak = row.status == UnitStatus::onBreak && onPlannedBreak(unit, at, zone);
            if (row.plannedBreak)
                row.breakTill = turns.next(facts.breaks);
            sheet.on.push_back(std::move(row));
        } else if (!row.tickets.empty()) {
            sheet.on.push_back(std::move(row)); // its turn is over, its work isn't
        } else if (!unit.on) {
            row.comes = turns.next(facts.shifts);
            if (row.comes && *row.comes <= at + ahead)
                sheet.next.push_back(std::move(row));
        }
    });
    const auto place = [](const RosterRow& row) { return std::tie(row.desk, row.team, row.unit); };
    std::ranges::sort(sheet.on, {}, place);
    std::ranges::sort(sheet.next, [&](const RosterRow& a, const RosterRow& b) {
        return a.comes != b.comes ? *a.comes < *b.comes : place(a) < place(b);
    });
    return sheet;
}

std::optional<Instant> momentMeant(std::string_view text, Instant now, const layers::TimeZone& zone) {
    if (text.starts_with('+') && text.size() > 2) {
        const auto amount = number(text.substr(1, text.size() - 2));
        if (!amount || *amount < 0)
            return std::nullopt;
        if (text.back() == 'h')
            return now + std::chrono::hours(*amount);
        return text.back() == 'm' ? std::optional(now + std::chrono::minutes(*amount)) : std::nullopt;
    }
    const auto colon = text.find(':');
    if (colon == text.npos)
        return std::nullopt;
    if (text.size() > 5)
        return layers::parseTime(text, zone);
    const auto hour = number(text.substr(0, colon)), minute = number(text.substr(colon + 1));
    if (!hour || !minute || *hour < 0 || *hour > 24 || *minute < 0 || *minute > 59 ||
        (*hour == 24 && *minute > 0))
        return std::nullopt;
    layers::TimeZone::Local local = zone.local(now);
    local.hour = *hour % 24, local.minute = *minute, local.second = local.millisecond = 0;
    Instant meant = zone.instant(local);
    if (meant <= now) { // tomorrow's, by the calendar: a day may have 23 hours
        using namespace std::chrono;
        const year_month_day next{
            sys_days{year(local.year) / month(unsigned(local.month)) / day(unsigned(local.day))} + days(1)};
        local.year = int(next.year()), local.month = int(unsigned(next.month()));
        local.day = int(unsigned(next.day()));
        meant = zone.instant(local);
    }
    return meant;
}

} // namespace vedette::dispatch
