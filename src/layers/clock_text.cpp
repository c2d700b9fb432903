// SPDX-License-Identifier: GPL-3.0-or-later
#include "clock_text.h"

#include "near_words.h"

#include <array>
#include <charconv>
#include <cmath>

namespace vedette::layers {

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

bool allDigits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

int number(std::string_view digits) {
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

// Takes one of `words` from the front (or the back) and says which.
template <std::size_t N>
int takeWord(std::string_view& text, const std::array<const char*, N>& words, bool front) {
    for (std::size_t i = 0; i < N; ++i) {
        const std::string_view word = words[i];
        if (front ? text.starts_with(word) : text.ends_with(word)) {
            front ? text.remove_prefix(word.size()) : text.remove_suffix(word.size());
            text = trimmed(text);
            return static_cast<int>(i);
        }
    }
    return -1;
}

enum class Half { none, am, pm };

Half takeHalf(std::string_view& text) {
    static constexpr std::array after{"a.m.", "am", "a", "p.m.", "pm", "p"};
    static constexpr std::array before{"凌晨", "早上", "上午", "中午", "下午", "晚上", "午後", "午前"};
    if (const int word = takeWord(text, after, false); word >= 0)
        return word < 3 ? Half::am : Half::pm;
    const int word = takeWord(text, before, true);
    return word < 0 ? Half::none : word < 3 || word == 7 ? Half::am : Half::pm;
}

std::optional<milliseconds> made(int hour, int minute, double second, Half half) {
    const bool midnight = hour == 24 && minute == 0 && second == 0;
    if ((hour > 23 && !midnight) || minute > 59 || second >= 61)
        return {};
    if (half != Half::none && hour <= 12) {
        if (hour == 0 && half == Half::am)
            hour = 12;
        if (hour == 0)
            return {};
        hour = hour % 12 + (half == Half::pm ? 12 : 0);
    }
    return (hours(hour % 24) + minutes(minute) + milliseconds(std::llround(std::min(second, 59.999) * 1000)));
}

// 1430, 143005, 930: no separators.
std::optional<milliseconds> fromDigits(std::string_view digits, BareNumber bare, Half half) {
    const int value = number(digits);
    if (digits.size() <= 2)
        return bare == BareNumber::hour || half != Half::none ? made(value, 0, 0, half)
                                                              : made(0, value, 0, half);
    if (digits.size() <= 4)
        return made(value / 100, value % 100, 0, half);
    if (digits.size() <= 6)
        return made(value / 10000, value / 100 % 100, value % 100, half);
    return {};
}

// 0.604167: the part of a day that has gone. Two digits behind the point are minutes.
std::optional<milliseconds> fromDayPart(std::string_view text) {
    double part = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), part);
    if (error != std::errc() || end != text.data() + text.size() || !(part >= 0) || part >= 1 ||
        text.size() < 5)
        return {};
    return milliseconds(std::llround(part * 86400) * 1000) % hours(24);
}

// Numbers with something between them: "14:30:05.5", "14h30", "14 uhr 30", "14时30分".
std::optional<milliseconds> fromParts(std::string_view text, Half half) {
    static constexpr std::array between{":",  ".",  "：",  "uhr", "hrs", "h", "点",
                                        "时", "時", "min", "분",  "시",  "分"};
    double parts[3] = {};
    int count = 0;
    while (!text.empty()) {
        if (count == 3)
            return {};
        double value = 0;
        std::size_t digits = 0;
        while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9')
            ++digits;
        if (digits == 0 || digits > 2)
            return {};
        value = number(text.substr(0, digits));
        text.remove_prefix(digits);
        if (count == 2 && (text.starts_with('.') || text.starts_with(','))) { // a fraction of the second
            std::size_t fraction = 1;
            while (fraction < text.size() && text[fraction] >= '0' && text[fraction] <= '9')
                ++fraction;
            double rest = 0;
            const std::string zero = "0." + std::string(text.substr(1, fraction - 1));
            std::from_chars(zero.data(), zero.data() + zero.size(), rest);
            value += rest;
            text.remove_prefix(fraction);
        }
        parts[count++] = value;
        text = trimmed(text);
        if (text.empty())
            break;
        if (count == 3) {
            static constexpr std::array ends{"s", "sec", "秒", "uhr", "h"};
            takeWord(text, ends, true);
            if (!text.empty())
                return {};
        } else {
            const int word = takeWord(text, between, true);
            const bool number = !text.empty() && text[0] >= '0' && text[0] <= '9';
            const bool two = number && text.size() > 1 && text[1] >= '0' && text[1] <= '9';
            if (word < 0 || (word < 3 && !number) || (word == 1 && !two)) // 14.5 may be half past two
                return {};
        }
    }
    return count == 0 ? std::nullopt
                      : made(static_cast<int>(parts[0]), static_cast<int>(parts[1]), parts[2], half);
}

} // namespace

std::optional<milliseconds> readClockText(std::string_view said, BareNumber bare) {
    const std::string lower = asciiLower(trimmed(said));
    std::string_view text = lower;
    // The day before a time is the spreadsheet's, not the incident's.
    if (text.size() > 10 && text[4] == '-' && (text[10] == 't' || text[10] == ' '))
        text = trimmed(text.substr(11));
    if (text.ends_with('z'))
        text.remove_suffix(1);
    const Half half = takeHalf(text);
    if (allDigits(text))
        return fromDigits(text, bare, half);
    if (text.starts_with("0.") && half == Half::none)
        if (const auto part = fromDayPart(text))
            return part;
    if (text.ends_with(".0") && allDigits(text.substr(0, text.size() - 2))) // a number kept as a real
        return fromDigits(text.substr(0, text.size() - 2), bare, half);
    return fromParts(text, half);
}

void BareNumbers::look(std::string_view text) {
    text = trimmed(text);
    if (text.ends_with(".0"))
        text.remove_suffix(2);
    clock_ = clock_ || (allDigits(text) && text.size() <= 6 && (number(text) > 24 || text.size() > 2));
}

std::optional<std::string> joinDateAndClock(std::string_view date, milliseconds clock, const TimeZone& zone,
                                            ZuluMeans zulu) {
    const auto at = parseTime(date, zone, zulu);
    if (!at)
        return {};
    const TimeZone::Local day = zone.local(*at);
    const auto whole = std::chrono::floor<seconds>(clock).count();
    char text[64];
    int size = std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d", day.year, day.month, day.day,
                             static_cast<int>(whole / 3600), static_cast<int>(whole / 60 % 60),
                             static_cast<int>(whole % 60));
    if (const auto rest = clock.count() % 1000; rest != 0)
        size += std::snprintf(text + size, sizeof text - static_cast<std::size_t>(size), ".%03d",
                              static_cast<int>(rest));
    return std::string(text, static_cast<std::size_t>(size));
}

} // namespace vedette::layers
