// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/past_choice.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace vedette::dispatch {

namespace {

constexpr std::size_t betweenLooks = 4096;
constexpr std::size_t stretch = 65536; // of rows whose pages are kept while a pass goes on

std::optional<int> numberIn(std::string_view text, int least, int most) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most)
        return std::nullopt;
    return value;
}

std::optional<int> weekday(std::string_view text) {
    static constexpr std::array<std::string_view, 7> names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    for (int i = 0; i < 7; ++i)
        if (text == names[static_cast<std::size_t>(i)])
            return i;
    if (const auto number = numberIn(text, 1, 7))
        return *number - 1;
    return std::nullopt;
}

// The values of "a-b,c" in a circle of `size`; `closed`: b is among them.
template <class Read>
std::optional<std::vector<bool>> circle(std::string_view text, int size, bool closed, const Read& read) {
    if (text.empty())
        return std::vector<bool>(static_cast<std::size_t>(size), true);
    std::vector<bool> out(static_cast<std::size_t>(size));
    while (true) {
        const auto comma = text.find(',');
        const auto one = text.substr(0, comma);
        const auto dash = one.find('-');
        const auto first = read(one.substr(0, dash));
        if (!first)
            return std::nullopt;
        int many = 1;
        if (dash != std::string_view::npos) {
            const auto last = read(one.substr(dash + 1));
            if (!last)
                return std::nullopt;
            many = *last - *first + (closed ? 1 : 0);
            many += many <= 0 ? size : 0;
        }
        for (int i = 0; i < many; ++i)
            out[static_cast<std::size_t>((*first + i) % size)] = true;
        if (comma == std::string_view::npos)
            return out;
        text.remove_prefix(comma + 1);
    }
}

} // namespace

std::optional<WeekHours> weekHours(std::string_view hours, std::string_view weekdays) {
    const auto day = circle(hours, 24, false, [](std::string_view text) { return numberIn(text, 0, 24); });
    const auto week = circle(weekdays, 7, true, weekday);
    if (!day || !week)
        return std::nullopt;
    WeekHours out;
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = (*week)[i / 24] && (*day)[i % 24];
    return out;
}

std::array<double, 168> hoursOfWeek(layers::Instant from, layers::Instant till, const layers::TimeZone& zone) {
    std::array<double, 168> out{};
    using Hours = std::chrono::duration<double, std::ratio<3600>>;
    constexpr std::chrono::minutes quarter(15); // where zones begin their hours
    for (layers::Instant at = from; at < till;) {
        const auto local = zone.local(at);
        const layers::Instant quarterEnds =
            std::chrono::floor<std::chrono::minutes>(at) + quarter - std::chrono::minutes(local.minute % 15);
        const layers::Instant next = std::min(till, quarterEnds);
        out[static_cast<std::size_t>(local.weekday * 24 + local.hour)] += Hours(next - at).count();
        at = next;
    }
    return out;
}

bool eachPast(const City& city, const PastChoice& choice, const std::function<void(const PastIncident&)>& take,
              const std::atomic<bool>* cancel) {
    const History& history = *city.history;
    const bool always = choice.hours.all();
    const struct Forget { // whatever the pass has mapped, also one that is cut short
        const History& history;
        ~Forget() { history.forget(); }
    } forget{history};
    for (std::size_t i = history.since(choice.from); i < history.size() && history.at(i) < choice.till; ++i) {
        if (cancel && i % betweenLooks == 0 && cancel->load(std::memory_order_relaxed))
            return false;
        if (i % stretch == stretch - 1)
            history.forget();
        if (!always) {
            const auto local = city.zone.local(history.at(i));
            if (!choice.hours[static_cast<std::size_t>(local.weekday * 24 + local.hour)])
                continue;
        }
        const PastIncident past = history[i];
        if (past.category.starts_with(choice.category))
            take(past);
    }
    return true;
}

double severityWeight(int severity) {
    return std::clamp(5 - severity, 1, 4);
}

std::vector<layers::HeatPoint> heatPoints(const City& city, const PastChoice& choice, bool bySeverity,
                                          const std::atomic<bool>* cancel) {
    std::vector<layers::HeatPoint> points;
    eachPast(
        city, choice,
        [&](const PastIncident& past) {
            const std::chrono::duration<double, std::ratio<86400>> age = choice.till - past.at;
            if (std::isfinite(past.where.x) && std::isfinite(past.where.y))
                points.push_back({past.where, bySeverity ? severityWeight(past.severity) : 1.0, age.count()});
        },
        cancel);
    return points;
}

} // namespace vedette::dispatch
