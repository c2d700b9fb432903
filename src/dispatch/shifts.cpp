// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/reference.h"
#include "dispatch/state.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace vedette::dispatch {

namespace {

struct DayWords {
    std::string_view shortName, fullName, chinese;
};
constexpr std::array<DayWords, 7> dayWords{{{"mon", "monday", "周一"},
                                            {"tue", "tuesday", "周二"},
                                            {"wed", "wednesday", "周三"},
                                            {"thu", "thursday", "周四"},
                                            {"fri", "friday", "周五"},
                                            {"sat", "saturday", "周六"},
                                            {"sun", "sunday", "周日"}}};

// A cursor over one shift's text.
struct Cursor {
    std::string_view left;

    void blanks() {
        while (!left.empty() && (left.front() == ' ' || left.front() == '\t'))
            left.remove_prefix(1);
    }
    bool take(std::string_view what) {
        blanks();
        if (!left.starts_with(what))
            return false;
        left.remove_prefix(what.size());
        return true;
    }
    bool dash() { return take("-") || take("–") || take("~") || take("至"); }
    std::optional<int> day() {
        blanks();
        for (int day = 0; day < 7; ++day)
            for (const auto name : {dayWords[day].fullName, dayWords[day].shortName, dayWords[day].chinese})
                if (startsWith(name)) {
                    left.remove_prefix(name.size());
                    return day;
                }
        return std::nullopt;
    }
    std::optional<int> number() {
        int value = 0, digits = 0;
        while (!left.empty() && left.front() >= '0' && left.front() <= '9' && digits < 2) {
            value = value * 10 + (left.front() - '0');
            left.remove_prefix(1), ++digits;
        }
        return digits ? std::optional(value) : std::nullopt;
    }
    std::optional<int> clock() {
        blanks();
        const auto hour = number();
        if (!hour || !(take(":") || take("：")))
            return std::nullopt;
        const auto minute = number();
        if (!minute || *minute > 59 || *hour > 24 || (*hour == 24 && *minute != 0))
            return std::nullopt;
        return *hour * 60 + *minute;
    }

private:
    bool startsWith(std::string_view name) const {
        if (left.size() < name.size())
            return false;
        for (std::size_t i = 0; i < name.size(); ++i) {
            const char c = left[i] >= 'A' && left[i] <= 'Z' ? char(left[i] + 32) : left[i];
            if (c != name[i])
                return false;
        }
        return true;
    }
};

std::optional<Shift> parseShift(std::string_view text) {
    Cursor at{text};
    Shift shift;
    if (auto first = at.day()) {
        shift.weekdays = 0;
        // "Mon-Fri", "Sat/Sun", "Fri-Mon" runs over the week's end.
        while (true) {
            int last = *first;
            if (at.dash()) {
                const auto till = at.day();
                if (!till)
                    return std::nullopt;
                last = *till;
            }
            for (int day = *first;; day = (day + 1) % 7) {
                shift.weekdays |= 1u << day;
                if (day == last)
                    break;
            }
            if (!at.take("/") && !at.take("&") && !at.take("、"))
                break;
            first = at.day();
            if (!first)
                return std::nullopt;
        }
    }
    at.blanks();
    if (at.left.empty() && shift.weekdays != 0x7F)
        return shift; // "Sat": the whole day
    const auto from = at.clock();
    if (!from || *from == 1440 || !at.dash())
        return std::nullopt;
    const auto till = at.clock();
    at.blanks();
    if (!till || !at.left.empty())
        return std::nullopt;
    shift.fromMinute = *from, shift.tillMinute = *till == 0 ? 1440 : *till;
    return shift;
}

} // namespace

std::optional<std::vector<Shift>> parseShifts(std::string_view text) {
    std::vector<Shift> shifts;
    while (!text.empty()) {
        std::size_t cut = std::min(text.find_first_of(",;"), text.size());
        std::size_t width = 1;
        if (const auto wide = text.find("，"); wide < cut)
            cut = wide, width = std::string_view("，").size();
        const auto piece = text.substr(0, cut);
        if (piece.find_first_not_of(" \t\r\n") != piece.npos) {
            const auto shift = parseShift(piece.substr(piece.find_first_not_of(" \t\r\n")));
            if (!shift)
                return std::nullopt;
            shifts.push_back(*shift);
        }
        text.remove_prefix(std::min(cut + width, text.size()));
    }
    return shifts;
}

std::string toString(const std::vector<Shift>& shifts) {
    std::string out;
    for (const Shift& shift : shifts) {
        if (!out.empty())
            out += ',';
        if ((shift.weekdays & 0x7F) != 0x7F) {
            const char* between = "";
            for (int day = 0; day < 7; ++day)
                if (shift.weekdays & 1u << day) {
                    std::string name(dayWords[day].shortName);
                    name[0] = char(name[0] - 32);
                    out += between + name;
                    between = "/";
                }
            out += ' ';
        }
        char clock[32];
        std::snprintf(clock, sizeof clock, "%02d:%02d-%02d:%02d", shift.fromMinute / 60,
                      shift.fromMinute % 60, shift.tillMinute / 60, shift.tillMinute % 60);
        out += clock;
    }
    return out;
}

bool planned(const std::vector<Shift>& shifts, const layers::TimeZone::Local& local) {
    if (shifts.empty())
        return true;
    const int minute = local.hour * 60 + local.minute;
    const unsigned today = 1u << local.weekday, yesterday = 1u << (local.weekday + 6) % 7;
    for (const Shift& shift : shifts) {
        if (shift.fromMinute < shift.tillMinute) {
            if ((shift.weekdays & today) && minute >= shift.fromMinute && minute < shift.tillMinute)
                return true;
        } else if (((shift.weekdays & today) && minute >= shift.fromMinute) ||
                   ((shift.weekdays & yesterday) && minute < shift.tillMinute)) {
            return true;
        }
    }
    return false;
}

std::optional<Instant> nextTurn(const std::vector<Shift>& turns, Instant now, const layers::TimeZone& zone,
                                std::chrono::hours within) {
    using namespace std::chrono;
    if (turns.empty())
        return std::nullopt;
    const auto first = floor<minutes>(now);
    const bool was = planned(turns, zone.local(now));
    // No zone changes its clock but at a full quarter of an hour: between those, minutes are counted.
    layers::TimeZone::Local wall{};
    for (auto minute = first + minutes(1); minute <= first + within; minute += minutes(1)) {
        if (wall.year == 0 || minute.time_since_epoch() % minutes(15) == minutes(0)) {
            wall = zone.local(minute);
        } else if (++wall.minute == 60) {
            wall = zone.local(minute);
        }
        if (planned(turns, wall) != was)
            return Instant(minute);
    }
    return std::nullopt;
}

} // namespace vedette::dispatch
