// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/points.h"

#include "toml_reading.h"

#include <charconv>
#include <cmath>
#include <fstream>
#include <sstream>

namespace vedette::layers {

namespace {

using Hundredths = PointsRules::Hundredths;

Hundredths hundredths(double points) {
    return std::lround(points * 100);
}

void points(TableReader& in, const char* key, Hundredths& out) {
    double value = static_cast<double>(out) / 100;
    in.real(key, value);
    out = hundredths(value);
}

// { "03" = 4, "07.1" = 0.5 }
std::map<std::string, Hundredths> pointsBy(TableReader& in, const char* key) {
    std::map<std::string, std::string> words;
    in.words(key, words, true);
    std::map<std::string, Hundredths> out;
    for (const auto& [name, text] : words) {
        double value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc() || end != text.data() + text.size())
            in.say(refused("keyValue", {{"path", in.file()},
                                        {"key", std::string(key) + "." + name},
                                        {"line", "?"},
                                        {"value", text},
                                        {"known", "0.5, 1, 2, ..."}}));
        out[name] = hundredths(value);
    }
    return out;
}

void readAll(TableReader& in, PointsRules& out) {
    int format = 1;
    in.integer("format", format);
    if (format > 1)
        return in.say(refused("formatNewer", {{"path", in.file()}, {"format", std::to_string(format)}}));
    in.texts("roles", out.roles);
    in.tables("handled", [&](TableReader& table) {
        points(table, "points", out.handled);
        points(table, "joined", out.joined);
        out.category = pointsBy(table, "category");
        for (const auto& [name, value] : pointsBy(table, "priority"))
            if (name.size() == 1 && name[0] >= '1' && name[0] <= '4')
                out.priority[name[0] - '0'] = value;
            else
                table.say(refused("keyValue", {{"path", in.file()},
                                               {"key", "handled.priority"},
                                               {"line", "?"},
                                               {"value", name},
                                               {"known", "1, 2, 3, 4"}}));
    });
    in.tables("on_time", [&](TableReader& table) {
        points(table, "points", out.onTime);
        points(table, "late", out.late);
    });
    in.tables("roll", [&](TableReader& table) {
        points(table, "answered", out.rollAnswered);
        points(table, "missed", out.rollMissed);
    });
    in.tables("patrol", [&](TableReader& table) {
        points(table, "per_hour", out.patrolHour);
        table.integer("most_hours", out.patrolHoursADay);
    });
    in.finish();
}

} // namespace

Result<PointsRules> readPoints(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream content;
    content << stream.rdbuf();
    if (!stream || stream.bad())
        return environment("fileUnreadable", {{"path", file.string()}});
    const toml::parse_result parsed = toml::parse(content.view());
    if (!parsed) {
        const auto& at = parsed.error().source().begin;
        return refused("tomlBroken", {{"path", file.string()},
                                      {"line", std::to_string(at.line)},
                                      {"cause", std::string(parsed.error().description())}});
    }
    PointsRules out;
    std::optional<Problem> problem;
    TableReader reader(parsed.table(), "", file.string(), problem);
    readAll(reader, out);
    if (problem)
        return *problem;
    return out;
}

} // namespace vedette::layers
