// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/reference.h"

#include "layers/crs.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <unordered_set>
#include <utility>

namespace vedette::dispatch {

using layers::Finding;
using layers::Snapshot;

namespace {

struct RoleWords {
    Role role;
    std::string_view name, snake, chinese, also;
};
constexpr std::array<RoleWords, 7> roleWords{{
    {Role::officer, "officer", "officer", "民警", "警察"},
    {Role::auxiliary, "auxiliary", "auxiliary", "辅警", "协警"},
    {Role::gridWorker, "gridWorker", "grid_worker", "网格员", "网格长"},
    {Role::guard, "guard", "guard", "保安", "保安员"},
    {Role::mediator, "mediator", "mediator", "调解员", "人民调解员"},
    {Role::rescueTeam, "rescueTeam", "rescue_team", "救援队", "消防"},
    {Role::departmentDesk, "departmentDesk", "department_desk", "部门席位", "部门"},
}};

bool sameLetters(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; };
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ')
        text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ')
        text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> pieces(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> all;
    while (!text.empty()) {
        const auto cut = std::min(text.find_first_of(separators), text.size());
        if (const auto piece = trimmed(text.substr(0, cut)); !piece.empty())
            all.push_back(piece);
        text.remove_prefix(std::min(cut + 1, text.size()));
    }
    return all;
}

std::vector<std::string> words(std::string_view text) {
    const auto all = pieces(text, " \t;|");
    return {all.begin(), all.end()};
}

// "1", "1.0": a spreadsheet's whole number.
std::optional<int> wholeNumber(std::string_view text) {
    text = trimmed(text);
    double value = 0;
    const auto [ptr, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || ptr != text.data() + text.size() || value != std::floor(value) ||
        std::abs(value) > 1e8)
        return std::nullopt;
    return int(value);
}

void report(std::vector<Finding>* findings, Finding::Severity severity, const Snapshot& source,
            std::size_t feature, std::string object, Message message) {
    if (!findings)
        return;
    message.args.emplace_back("path", source.source());
    message.args.emplace_back("row", std::to_string(source.row(feature) + 1));
    findings->push_back(
        {severity, std::move(message), source.source(), source.row(feature), std::move(object)});
}

double to7Decimals(double degrees) {
    return std::round(degrees * 1e7) / 1e7;
}

} // namespace

std::string_view toString(Role role) {
    return roleWords[std::size_t(role)].name;
}

std::optional<Role> role(std::string_view text) {
    text = trimmed(text);
    for (const RoleWords& row : roleWords)
        if (sameLetters(text, row.name) || sameLetters(text, row.snake) || text == row.chinese ||
            text == row.also)
            return row.role;
    return std::nullopt;
}

bool operator==(const UnitFacts& a, const UnitFacts& b) {
    return a.id == b.id && a.name == b.name && a.role == b.role && a.employment == b.employment &&
           a.desk == b.desk && a.owns == b.owns && a.homeArea == b.homeArea && a.post == b.post &&
           a.skills == b.skills && a.capacity == b.capacity && a.shifts == b.shifts && a.team == b.team &&
           a.breaks == b.breaks;
}

namespace {

// A column in which neighbours often say the same: what was made of a text is handed on while the next row has it, too.
template <class T>
class Repeated {
public:
    explicit Repeated(int column) : column_(column) {}
    // `make(text)` gives an optional.
    template <class Make>
    std::optional<Pooled<T>> read(const Snapshot& source, std::size_t row, const Make& make) {
        const std::string_view text = source.text(row, column_);
        if (!made_ || text != text_) {
            made_.reset();
            if (auto fresh = make(text))
                made_ = Pooled<T>(std::move(*fresh));
            text_ = text;
        }
        return made_;
    }

private:
    const int column_;
    std::string_view text_;
    std::optional<Pooled<T>> made_;
};

} // namespace

std::vector<UnitFacts> unitsFrom(const Snapshot& source, const std::string& crsName,
                                 std::vector<Finding>* findings) {
    const auto column = [&](std::string_view name) { return source.field(name); };
    const int id = column("id"), name = column("name"), roleColumn = column("role"), owns = column("owns"),
              home = column("home_area"), capacity = column("capacity"), shifts = column("shifts"),
              breaks = column("breaks");
    Repeated<std::string> employment(column("employment")), desk(column("desk")), team(column("team"));
    Repeated<std::vector<std::string>> skills(column("skills"));
    Repeated<std::vector<Shift>> turnsOf(shifts), pausesOf(breaks);
    const auto plain = [](std::string_view text) { return std::optional(std::string(trimmed(text))); };
    using enum Finding::Severity;

    // In the order of the ids; of several rows with one id the first.
    std::vector<std::pair<std::string_view, std::size_t>> rows;
    rows.reserve(source.size());
    const std::size_t reported = findings ? findings->size() : 0;
    for (std::size_t row = 0; row < source.size(); ++row)
        if (const auto code = trimmed(source.text(row, id)); !code.empty())
            rows.emplace_back(code, row);
        else
            report(findings, error, source, row, {}, {"unitWithoutId", {}});
    if (!std::is_sorted(rows.begin(), rows.end()))
        std::sort(rows.begin(), rows.end());
    std::vector<UnitFacts> units;
    std::vector<std::size_t> kept; // the row of each
    units.reserve(rows.size()), kept.reserve(rows.size());
    std::string_view last;
    for (const auto& [written, row] : rows) {
        const std::string code(written);
        if (written == std::exchange(last, written)) {
            report(findings, error, source, row, code, {"duplicateUnit", {{"unit", code}}});
            continue;
        }
        UnitFacts unit;
        unit.id.text = code;
        if (roleColumn >= 0) {
            const auto known = role(source.text(row, roleColumn));
            if (!known) {
                report(
                    findings, error, source, row, code,
                    {"roleUnknown", {{"unit", code}, {"role", std::string(source.text(row, roleColumn))}}});
                continue;
            }
            unit.role = *known;
        }
        unit.name = trimmed(source.text(row, name));
        unit.employment = *employment.read(source, row, plain);
        unit.desk = *desk.read(source, row, plain);
        unit.owns = words(source.text(row, owns));
        unit.homeArea = trimmed(source.text(row, home));
        unit.skills = *skills.read(source, row, [](std::string_view text) { return std::optional(words(text)); });
        if (const auto text = trimmed(source.text(row, capacity)); !text.empty()) {
            const auto number = wholeNumber(text);
            if (number && *number >= 0)
                unit.capacity = *number;
            else
                report(findings, warning, source, row, code,
                       {"capacityUnreadable", {{"unit", code}, {"capacity", std::string(text)}}});
        }
        const auto turns = source.text(row, shifts);
        if (const auto read = turnsOf.read(source, row, parseShifts))
            unit.shifts = *read;
        else
            report(findings, warning, source, row, code,
                   {"shiftUnreadable", {{"unit", code}, {"shifts", std::string(turns)}}});
        unit.team = *team.read(source, row, plain);
        const auto pauses = source.text(row, breaks);
        if (const auto read = pausesOf.read(source, row, parseShifts))
            unit.breaks = *read;
        else
            report(findings, warning, source, row, code,
                   {"breakUnreadable", {{"unit", code}, {"breaks", std::string(pauses)}}});
        units.push_back(std::move(unit));
        kept.push_back(row);
    }
    // Places last: the CRS may still be on its way from PROJ's database on another thread.
    const auto crs = layers::WorkingCrs::named(crsName);
    for (std::size_t i = 0; i < units.size() && crs.ok(); ++i) {
        const std::size_t row = kept[i];
        if (source.shape(row) != layers::Shape::point || source.partCount(row) == 0 ||
            source.part(row, 0).points.empty())
            continue;
        const LonLat at = crs.value().toLonLat(source.part(row, 0).points.front());
        if (std::isfinite(at.lon) && std::isfinite(at.lat))
            units[i].post = LonLat{to7Decimals(at.lon), to7Decimals(at.lat)};
        else
            report(findings, warning, source, row, units[i].id.text,
                   {"unitOutsideReach", {{"unit", units[i].id.text}}});
    }
    if (findings)
        std::stable_sort(findings->begin() + std::ptrdiff_t(reported), findings->end(),
                         [](const Finding& a, const Finding& b) { return a.row < b.row; });
    return units;
}

std::vector<Duty> dutiesFrom(const Snapshot& source, std::vector<Finding>* findings) {
    const auto column = [&](std::string_view name) { return source.field(name); };
    const int category = column("category"), name = column("name"), lead = column("lead"),
              joint = column("joint"), skills = column("skills"), priority = column("priority"),
              escalation = column("escalation");
    using enum Finding::Severity;

    std::vector<Duty> duties;
    std::unordered_set<std::string> seen;
    for (std::size_t row = 0; row < source.size(); ++row) {
        Duty duty;
        duty.category = trimmed(source.text(row, category));
        const std::string& code = duty.category;
        if (code.empty()) {
            report(findings, error, source, row, {}, {"dutyWithoutCategory", {}});
            continue;
        }
        if (!seen.insert(code).second) {
            report(findings, error, source, row, code, {"duplicateDuty", {{"category", code}}});
            continue;
        }
        duty.name = trimmed(source.text(row, name));
        if (const auto text = trimmed(source.text(row, lead)); !text.empty()) {
            const auto known = role(text);
            if (!known) {
                report(findings, error, source, row, code,
                       {"dutyRoleUnknown", {{"category", code}, {"role", std::string(text)}}});
                continue;
            }
            duty.lead = *known;
        }
        for (const auto& word : words(source.text(row, joint))) {
            if (const auto known = role(word))
                duty.joint.push_back(*known);
            else
                report(findings, warning, source, row, code,
                       {"dutyRoleUnknown", {{"category", code}, {"role", word}}});
        }
        duty.skills = words(source.text(row, skills));
        for (auto& word : words(source.text(row, escalation))) {
            if (std::ranges::count(duty.escalation, word))
                report(findings, warning, source, row, code,
                       {"escalationLoops", {{"category", code}, {"desk", word}}});
            else
                duty.escalation.push_back(std::move(word));
        }
        const auto read = [&](int field, std::string_view what, int least, int most, auto&& set) {
            const auto text = trimmed(source.text(row, field));
            if (text.empty())
                return;
            const auto number = wholeNumber(text);
            if (number && *number >= least && *number <= most)
                set(*number);
            else
                report(findings, warning, source, row, code,
                       {"minutesUnreadable",
                        {{"category", code}, {"column", std::string(what)}, {"value", std::string(text)}}});
        };
        using std::chrono::minutes;
        constexpr int year = 366 * 24 * 60;
        read(priority, "priority", 1, 4, [&](int n) { duty.priority = n; });
        read(column("accept_min"), "accept_min", 0, year, [&](int n) { duty.accept = minutes(n); });
        read(column("arrive_min"), "arrive_min", 0, year, [&](int n) { duty.arrive = minutes(n); });
        read(column("finish_min"), "finish_min", 0, year, [&](int n) { duty.finish = minutes(n); });
        read(column("verify_min"), "verify_min", 0, year, [&](int n) { duty.verify = minutes(n); });
        read(column("review_min"), "review_min", 0, year, [&](int n) { duty.review = minutes(n); });
        // Of the suburb and the countryside: `arrive_suburb_min`, ... where they are others.
        for (const auto areaClass : {layers::AreaClass::suburb, layers::AreaClass::rural}) {
            ClassMinutes own;
            own.areaClass = areaClass;
            for (const auto& [clock, member] : classClocks) {
                const std::string its = std::string(clock) + '_' + std::string(toString(areaClass)) + "_min";
                read(column(its), its, 0, year, [&](int n) { own.*member = minutes(n); });
            }
            if (own != ClassMinutes{areaClass, {}, {}, {}, {}, {}})
                duty.byClass.push_back(own);
        }
        read(column("inspect_min"), "inspect_min", 0, year, [&](int n) { duty.inspect = minutes(n); });
        for (auto& word : words(source.text(row, column("feedback")))) {
            if (!isFeedbackName(word))
                report(findings, warning, source, row, code,
                       {"feedbackNameUnusable", {{"category", code}, {"field", word}}});
            else if (!std::ranges::count(duty.feedback, word))
                duty.feedback.push_back(std::move(word));
        }
        if (const auto by = trimmed(source.text(row, column("review_by"))); by == "second")
            duty.reviewBySecond = true;
        else if (!by.empty())
            report(findings, warning, source, row, code,
                   {"reviewByUnknown", {{"category", code}, {"value", std::string(by)}}});
        duties.push_back(std::move(duty));
    }
    std::sort(duties.begin(), duties.end(),
              [](const Duty& a, const Duty& b) { return a.category < b.category; });
    return duties;
}

Duty dutyIn(Duty duty, std::optional<layers::AreaClass> areaClass) {
    duty.areaClass = areaClass;
    for (const ClassMinutes& own : std::exchange(duty.byClass, {}))
        if (own.areaClass == areaClass) {
            duty.accept = own.accept.value_or(duty.accept);
            duty.arrive = own.arrive.value_or(duty.arrive);
            duty.finish = own.finish.value_or(duty.finish);
            duty.verify = own.verify.value_or(duty.verify);
            duty.review = own.review.value_or(duty.review);
        }
    return duty;
}

bool isFeedbackName(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
        return static_cast<unsigned char>(c) > ' ' && c != '=' && c != '"' && c != '\\' && c != '\x7f';
    });
}

Duty defaultDuty(const std::string& category) {
    Duty duty;
    duty.category = category;
    duty.escalation = {"station", "township", "county", "city"}; // those there are: nobody looks after it by duty
    return duty;
}

} // namespace vedette::dispatch
