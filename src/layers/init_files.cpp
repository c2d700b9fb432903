// SPDX-License-Identifier: GPL-3.0-or-later
#include "init_files.h"

#include "layers/areas.h"
#include "write_file.h"

#include <cmath>
#include <set>

namespace vedette::layers {

namespace {

std::string cell(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == text.npos)
        return std::string(text);
    std::string out = "\"";
    for (const char c : text)
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + '"';
}

std::string twoDigits(std::size_t number) {
    return number < 10 ? "0" + std::to_string(number) : std::to_string(number);
}

std::string degrees(double value) {
    const auto millionths = static_cast<long long>(std::llround(std::abs(value) * 1e7));
    std::string fraction = std::to_string(millionths % 10'000'000);
    fraction.insert(0, 7 - fraction.size(), '0');
    return (value < 0 ? "-" : "") + std::to_string(millionths / 10'000'000) + "." + fraction;
}

Areas areasOf(const Workspace& workspace, const std::vector<SourceGuess>& guesses) {
    std::vector<Areas::Layer> layers;
    for (std::size_t i = 0; i < guesses.size(); ++i)
        if (const auto kind = areaKind(workspace.areas[i].kind))
            layers.push_back({*kind, guesses[i].snapshot});
    return Areas::build(std::move(layers));
}

} // namespace

Result<std::string> unitsTable(const Snapshot& posts, const Workspace& workspace,
                               const std::vector<SourceGuess>& areas, int officersPerPost) {
    const auto crs = WorkingCrs::named(workspace.crs);
    if (!crs)
        return crs.problem();
    const Areas city = areasOf(workspace, areas);
    std::string out = "id,name,role,employment,desk,owns,home_area,lon,lat,skills,capacity,shifts\n";
    std::map<std::string, std::size_t>
        dealt; // by station: how many of its beats have an owner from an earlier post
    std::size_t post = 0;
    for (std::size_t i = 0; i < posts.size(); ++i) {
        if (posts.partCount(i) == 0)
            continue;
        const std::string prefix = "P" + twoDigits(++post);
        const Point at = posts.box(i).centre();
        const LonLat where = crs.value().toLonLat(at);
        std::string name(posts.text(i, posts.field("name"))), desk = prefix;
        for (const AreaIndex index : city.at(at))
            if (city[index].kind == AreaKind::station)
                desk = city[index].code;
        std::vector<std::string> beats;
        for (AreaIndex a = 0; a < city.size(); ++a)
            if (city[a].kind == AreaKind::beat && city[a].parent == desk)
                beats.push_back(city[a].code);
        std::size_t& next = dealt[desk];
        for (int n = 1; n <= officersPerPost; ++n) {
            const std::string number = twoDigits(static_cast<std::size_t>(n));
            out += prefix + "-" + number + "," + cell((name.empty() ? prefix : name) + " " + number) +
                   ",officer,full," + cell(desk) + "," +
                   (beats.empty() ? "" : cell(beats[next++ % beats.size()])) + ",," + degrees(where.lon) +
                   "," + degrees(where.lat) + ",,1,\n";
        }
    }
    if (post == 0)
        return refused("noCoordinates", {{"path", posts.source()}});
    return out;
}

std::string dutiesTable(const std::vector<SourceGuess>& incidents) {
    std::set<std::string> categories;
    for (const SourceGuess& source : incidents) {
        const int category = source.snapshot.field("category");
        for (std::size_t i = 0; i < source.snapshot.size() && categories.size() < 1000; ++i)
            if (const auto text = source.snapshot.text(i, category); !text.empty())
                categories.emplace(text);
    }
    std::string out = "category,name,class,class_name,lead,joint,skills,priority,accept_min,arrive_min,"
                      "finish_min,escalation\n";
    for (const std::string& category : categories)
        out += cell(category) + "," + cell(category) + ",,,officer,,,3,3,15,120,\n";
    return out;
}

Status addTable(const std::filesystem::path& file, const std::string& content, std::vector<SourceSpec>& into,
                InitReport& report) {
    std::error_code error;
    if (std::filesystem::exists(file, error))
        return refused("fileExists", {{"path", file.string()}});
    if (auto written = writeFile(file, {content}); !written)
        return written;
    SourceSpec spec;
    spec.source = file.filename().string();
    into.push_back(spec);
    report.written.push_back(file);
    report.guesses.push_back({spec.source, "made", spec.source, 0.3, {"whyMade", {}}});
    return Nothing{};
}

} // namespace vedette::layers
