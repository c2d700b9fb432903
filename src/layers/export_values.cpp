// SPDX-License-Identifier: GPL-3.0-or-later
#include "export_plan.h"

#include <charconv>
#include <chrono>
#include <cmath>

namespace vedette::layers {

namespace {

template <class Number>
std::optional<Number> whole(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

// Takes exactly `digits` digits off the front.
bool take(std::string_view& text, std::size_t digits, int& out) {
    if (text.size() < digits || text[0] < '0' || text[0] > '9')
        return false;
    const auto number = whole<int>(text.substr(0, digits));
    if (!number)
        return false;
    out = *number;
    text.remove_prefix(digits);
    return true;
}

bool take(std::string_view& text, char mark) {
    if (text.empty() || text[0] != mark)
        return false;
    text.remove_prefix(1);
    return true;
}

bool takeDate(std::string_view& text, Moment& out) {
    if (!take(text, 4, out.year) || !take(text, '-') || !take(text, 2, out.month) || !take(text, '-') ||
        !take(text, 2, out.day))
        return false;
    using namespace std::chrono;
    return year_month_day(year(out.year), month(static_cast<unsigned>(out.month)),
                          day(static_cast<unsigned>(out.day)))
        .ok();
}

bool takeTime(std::string_view& text, Moment& out) {
    int seconds = 0;
    if (!take(text, 2, out.hour) || !take(text, ':') || !take(text, 2, out.minute) || !take(text, ':') ||
        !take(text, 2, seconds) || out.hour > 23 || out.minute > 59 || seconds > 59)
        return false;
    out.milliseconds = seconds * 1000;
    if (!take(text, '.'))
        return true;
    int unit = 100, digits = 0;
    for (; !text.empty() && text[0] >= '0' && text[0] <= '9'; unit /= 10, ++digits) {
        if (digits >= 3 && text[0] != '0')
            return false; // finer than any format here keeps
        out.milliseconds += (text[0] - '0') * unit;
        text.remove_prefix(1);
    }
    return digits > 0;
}

bool takeZone(std::string_view& text, Moment& out) {
    if (text.empty())
        return true;
    out.zone = 100; // OGR: 100 is UTC, quarters of an hour above and below
    if (take(text, 'Z'))
        return true;
    const bool east = text[0] == '+';
    int hours = 0, minutes = 0;
    if ((!east && text[0] != '-') || (text.remove_prefix(1), !take(text, 2, hours)))
        return false;
    take(text, ':');
    if (!text.empty() && !take(text, 2, minutes))
        return false;
    const int quarters = hours * 4 + minutes / 15;
    out.zone += east ? quarters : -quarters;
    return hours <= 14 && minutes % 15 == 0;
}

std::string padded(int number, std::size_t digits) {
    std::string out = std::to_string(number);
    return out.size() < digits ? std::string(digits - out.size(), '0') + out : out;
}

} // namespace

std::optional<std::int64_t> readInteger(std::string_view text) {
    return whole<std::int64_t>(text);
}

std::optional<double> readReal(std::string_view text) {
    const auto number = whole<double>(text);
    return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<bool> readBoolean(std::string_view text) {
    if (text == "1" || text == "true")
        return true;
    if (text == "0" || text == "false")
        return false;
    return std::nullopt;
}

std::optional<Moment> readMoment(std::string_view text, FieldType type) {
    Moment out;
    bool good = true;
    if (type != FieldType::time)
        good = takeDate(text, out);
    if (good && type == FieldType::dateTime)
        good = take(text, 'T') || take(text, ' ');
    if (good && type != FieldType::date)
        good = takeTime(text, out);
    if (good && type == FieldType::dateTime)
        good = takeZone(text, out);
    return good && text.empty() ? std::optional(out) : std::nullopt;
}

std::string writeMoment(const Moment& moment, FieldType type) {
    const std::string date =
        padded(moment.year, 4) + "-" + padded(moment.month, 2) + "-" + padded(moment.day, 2);
    if (type == FieldType::date)
        return date;
    const std::string time = padded(moment.hour, 2) + ":" + padded(moment.minute, 2) + ":" +
                             padded(moment.milliseconds / 1000, 2) + "." +
                             padded(moment.milliseconds % 1000, 3);
    if (type == FieldType::time)
        return time;
    std::string zone;
    if (moment.zone == 100)
        zone = "Z";
    else if (moment.zone > 1) {
        const int quarters = std::abs(moment.zone - 100);
        zone = (moment.zone > 100 ? "+" : "-") + padded(quarters / 4, 2) + ":" + padded(quarters % 4 * 15, 2);
    }
    return date + "T" + time + zone;
}

} // namespace vedette::layers
