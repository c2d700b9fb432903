// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/roll_call.h"

#include <algorithm>
#include <charconv>

namespace vedette::dispatch {

using layers::Area;
using layers::AreaIndex;

namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c + 32);
    return out;
}

bool digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// The serial is what a code of three-digit groups ends with.
bool hasSerial(const std::string& code, std::string_view number) {
    if (!digits(code) || code.size() < 6 || number.size() > 3)
        return false;
    std::string serial(3 - number.size(), '0');
    return code.ends_with(serial += number);
}

layers::Problem unknown(std::string_view said) {
    return layers::refused("rollScopeUnknown", {{"scope", std::string(said)}});
}

struct Meant {
    std::string kind, code, name;
};

layers::Result<Meant> areaMeant(const City& city, std::string_view said, std::optional<layers::AreaKind> kind,
                                std::string_view text, std::string_view within) {
    std::vector<AreaIndex> found;
    const auto collect = [&](auto&& fits) {
        if (found.empty())
            for (AreaIndex i = 0; i < city.areas.size(); ++i)
                if (const Area& area = city.areas[i]; (!kind || area.kind == *kind) && fits(area))
                    found.push_back(i);
    };
    collect([&](const Area& area) { return area.code == text; });
    collect([&](const Area& area) { return area.name == text; });
    if (kind && digits(text))
        collect([&](const Area& area) { return hasSerial(area.code, text); });
    if (found.size() > 1 && !within.empty()) {
        const Scope scope(city, std::string(within));
        UnitFacts standsFor; // who is at home there
        std::erase_if(found, [&](AreaIndex i) {
            standsFor.homeArea = city.areas[i].code;
            return !scope.has(standsFor);
        });
    }
    if (found.empty())
        return unknown(said);
    // One code may be an area of two kinds; that is one place all the same.
    for (const AreaIndex other : found)
        if (city.areas[other].code != city.areas[found.front()].code)
            return layers::refused("rollScopeAmbiguous", {{"scope", std::string(said)},
                                                          {"one", city.areas[found.front()].code},
                                                          {"other", city.areas[other].code}});
    const Area& area = city.areas[found.front()];
    return Meant{std::string(layers::toString(area.kind)), area.code, area.name};
}

layers::Result<Meant> meantBy(const City& city, std::string_view said, std::string_view within) {
    const auto blank = said.find(' ');
    const std::string first = lower(said.substr(0, blank));
    const std::string_view rest =
        blank == said.npos ? std::string_view{} : said.substr(said.find_first_not_of(' ', blank));
    const auto isTeam = [&](std::string_view name) -> std::optional<std::string> {
        for (const UnitFacts& unit : city.units())
            if (!unit.team.empty() && lower(*unit.team) == lower(name))
                return unit.team;
        return std::nullopt;
    };
    const auto isDesk = [&](std::string_view code) {
        return std::ranges::any_of(city.units(), [&](const UnitFacts& unit) { return *unit.desk == code; });
    };
    if ((first == "city" || first == "all") && rest.empty())
        return Meant{"city", "", city.workspace.name};
    if (first == "team" && !rest.empty()) {
        if (const auto team = isTeam(rest))
            return Meant{"team", *team, *team};
        return unknown(said);
    }
    if (first == "desk" && !rest.empty()) {
        if (isDesk(rest))
            return Meant{"desk", std::string(rest), std::string(rest)};
        return areaMeant(city, said, {}, rest, within);
    }
    if (const auto kind = layers::areaKind(first); kind && !rest.empty())
        return areaMeant(city, said, kind, rest, within);
    if (auto area = areaMeant(city, said, {}, said, within);
        area.ok() || area.problem().message.code == "rollScopeAmbiguous")
        return area;
    if (const auto team = isTeam(said))
        return Meant{"team", *team, *team};
    if (isDesk(said))
        return Meant{"desk", std::string(said), std::string(said)};
    return unknown(said);
}

} // namespace

layers::Result<RollCalled> rollOf(const City& city, const State& state, std::string_view said, Instant now,
                                  std::string_view within) {
    while (said.ends_with(' '))
        said.remove_suffix(1);
    const auto meant = meantBy(city, said, within);
    if (!meant.ok())
        return meant.problem();
    RollCalled roll;
    roll.kind = meant.value().kind, roll.scope = meant.value().code, roll.name = meant.value().name;
    const bool byTeam = roll.kind == "team";
    const Scope scope = byTeam ? Scope() : Scope(city, roll.scope);
    state.forEachUnit([&](const UnitRecord& unit) {
        const UnitFacts& facts = *unit.facts;
        if (unit.listed && (byTeam ? facts.team == roll.scope : scope.has(facts)) &&
            onDuty(unit, now, city.zone) && !outOfService(unit, now))
            roll.units.push_back(facts.id.text);
    });
    return roll;
}

std::pair<std::string, std::chrono::minutes> rollWords(std::string_view text,
                                                       std::chrono::minutes otherwise) {
    if (const auto at = text.rfind(" in "); at != text.npos) {
        const std::string_view number = text.substr(at + 4);
        int minutes = 0;
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), minutes);
        if (error == std::errc() && end == number.data() + number.size() && minutes > 0 && minutes <= 1440)
            return {std::string(text.substr(0, at)), std::chrono::minutes(minutes)};
    }
    return {std::string(text), otherwise};
}

std::vector<std::string> rollsDue(const State& state, Instant now) {
    std::vector<std::string> due;
    for (const RollCall& roll : state.rollCalls())
        if (!roll.closed && roll.called.deadline <= now)
            due.push_back(roll.called.id);
    return due;
}

} // namespace vedette::dispatch
