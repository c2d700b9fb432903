// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/event.h"

#include <charconv>
#include <cmath>

namespace vedette::dispatch {

std::string linesText(const std::vector<std::vector<LonLat>>& lines) {
    std::string out;
    const auto number = [&out](double value) {
        char digits[32];
        out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
    };
    for (const auto& line : lines) {
        if (&line != &lines.front())
            out += "; ";
        for (const LonLat& at : line) {
            if (&at != &line.front())
                out += ", ";
            number(at.lon);
            out += ' ';
            number(at.lat);
        }
    }
    return out;
}

std::optional<std::vector<std::vector<LonLat>>> linesFrom(std::string_view text) {
    std::vector<std::vector<LonLat>> lines(1);
    const char *at = text.data(), *const end = at + text.size();
    const auto blank = [&] {
        while (at != end && *at == ' ')
            ++at;
    };
    const auto number = [&](double& into) {
        blank();
        const auto [ptr, error] = std::from_chars(at, end, into);
        at = ptr;
        return error == std::errc() && std::isfinite(into);
    };
    for (;;) {
        LonLat& point = lines.back().emplace_back();
        if (!number(point.lon) || !number(point.lat) || std::abs(point.lon) > 180 || std::abs(point.lat) > 90)
            return std::nullopt;
        blank();
        const bool lineEnds = at == end || *at == ';';
        if (lineEnds && lines.back().size() < 2)
            return std::nullopt;
        if (at == end)
            return lines;
        if (*at != ',' && *at != ';')
            return std::nullopt;
        if (*at++ == ';')
            lines.emplace_back();
    }
}

} // namespace vedette::dispatch
