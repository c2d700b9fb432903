// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer_style.h"

#include "layers/number_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <unordered_map>

namespace vedette::layers {

namespace {

constexpr std::size_t mostCategories = 40;

// Hues that stay apart for colour-blind eyes: Okabe and Ito's, then the same darker.
constexpr std::array<Argb, 14> hues{0xb0e69f00, 0xb056b4e9, 0xb0009e73, 0xb0f0e442, 0xb00072b2,
                                    0xb0d55e00, 0xb0cc79a7, 0xb0a06f00, 0xb0367ba0, 0xb0006b4e,
                                    0xb0a89f2e, 0xb0004c78, 0xb0943f00, 0xb08f5174};

Argb mixed(Argb a, Argb b, double share) {
    Argb out = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        const double from = (a >> shift) & 255, to = (b >> shift) & 255;
        out |= static_cast<Argb>(std::lround(from + share * (to - from))) << shift;
    }
    return out;
}

Argb along(const std::vector<Argb>& ramp, double share) {
    if (ramp.empty())
        return StyleClass{}.fill;
    const double at = std::clamp(share, 0.0, 1.0) * static_cast<double>(ramp.size() - 1);
    const auto below = std::min(static_cast<std::size_t>(at), ramp.size() - 1);
    return mixed(ramp[below], ramp[std::min(below + 1, ramp.size() - 1)], at - static_cast<double>(below));
}

std::string shortText(double value) {
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::general, 6);
    return {digits, end.ptr};
}

} // namespace

std::string_view toString(StyleKind kind) {
    static constexpr std::string_view words[] = {"single", "categorised", "graduated", "rule"};
    return words[static_cast<std::size_t>(kind)];
}

std::string_view toString(Marker marker) {
    static constexpr std::string_view words[] = {"circle", "square", "triangle", "diamond", "star", "cross"};
    return words[static_cast<std::size_t>(marker)];
}

Classified classified(const LayerStyle& style, const Rows& rows, const Filter& filter) {
    Classified out;
    const auto& classes = style.classes;
    out.classOf.assign(rows.count, noClass);
    out.counts.assign(classes.size(), 0);
    const int column = rows.column(style.column);
    std::unordered_map<std::string_view, std::uint16_t> byValue;
    std::vector<std::optional<Filter>> rules;
    std::uint16_t others = noClass;
    const std::size_t usable = std::min<std::size_t>(classes.size(), noClass);
    for (std::size_t i = 0; i < usable; ++i) {
        const auto index = static_cast<std::uint16_t>(i);
        if (style.kind == StyleKind::categorised)
            classes[i].value.empty() ? void(others = index) : void(byValue.emplace(classes[i].value, index));
        if (style.kind != StyleKind::rule)
            continue;
        rules.emplace_back();
        if (classes[i].filter.empty()) {
            others = index;
        } else if (auto rule = Filter::parse(classes[i].filter, rows.columns)) {
            rules.back() = std::move(rule).value();
        } else {
            out.problems.push_back(rule.problem().message);
        }
    }
    double lowest = std::numeric_limits<double>::infinity();
    for (const StyleClass& one : classes)
        lowest = std::min(lowest, one.from);
    for (std::size_t row = 0; row < rows.count; ++row) {
        if (!filter.holds(rows, row))
            continue;
        std::uint16_t found = others;
        switch (style.kind) {
        case StyleKind::single:
            found = classes.empty() ? noClass : 0;
            break;
        case StyleKind::categorised:
            if (const auto value = rows.value(row, column))
                if (const auto at = byValue.find(*value); at != byValue.end())
                    found = at->second;
            break;
        case StyleKind::graduated:
            if (const auto number = rows.number(row, column))
                for (std::size_t i = 0; i < usable && found == noClass; ++i)
                    if ((*number > classes[i].from || (*number == lowest && classes[i].from == lowest)) &&
                        *number <= classes[i].to)
                        found = static_cast<std::uint16_t>(i);
            break;
        case StyleKind::rule:
            for (std::size_t i = 0; i < rules.size(); ++i)
                if (rules[i] && rules[i]->holds(rows, row)) {
                    found = static_cast<std::uint16_t>(i);
                    break;
                }
            break;
        }
        out.classOf[row] = found;
        if (found != noClass)
            ++out.counts[found];
    }
    return out;
}

void categorise(LayerStyle& style, const Rows& rows, const std::string& column) {
    const StyleClass look = style.classes.empty() ? StyleClass{} : style.classes.front();
    style.kind = StyleKind::categorised;
    style.column = column;
    style.classes.clear();
    for (const auto& [value, count] : distinctValues(rows, rows.column(column), mostCategories)) {
        if (value.empty())
            continue;
        StyleClass one = look;
        one.value = one.label = value;
        one.filter.clear(), one.from = one.to = 0;
        one.fill = hues[style.classes.size() % hues.size()];
        style.classes.push_back(std::move(one));
    }
    StyleClass others = look;
    others.value.clear(), others.label.clear(), others.filter.clear();
    others.fill = 0x60808890;
    style.classes.push_back(std::move(others));
}

void graduate(LayerStyle& style, const Rows& rows, const std::string& column, BreakMethod method, int classes,
              const std::vector<Argb>& ramp) {
    const StyleClass look = style.classes.empty() ? StyleClass{} : style.classes.front();
    const std::vector<double> values = numbers(rows, rows.column(column));
    const std::vector<double> ends = classEnds(values, classes, method);
    style.kind = StyleKind::graduated;
    style.column = column;
    style.classes.clear();
    double from = values.empty() ? 0 : *std::min_element(values.begin(), values.end());
    for (std::size_t i = 0; i < ends.size(); ++i) {
        StyleClass one = look;
        one.value.clear(), one.filter.clear();
        one.from = from, one.to = ends[i];
        one.label = shortText(from) + " – " + shortText(ends[i]);
        one.fill =
            along(ramp, ends.size() > 1 ? static_cast<double>(i) / static_cast<double>(ends.size() - 1) : 1);
        style.classes.push_back(std::move(one));
        from = ends[i];
    }
}

} // namespace vedette::layers
