// SPDX-License-Identifier: GPL-3.0-or-later
#include "writing.h"

#include "layers/instant.h"

#include <charconv>
#include <fstream>

namespace vedette::ctl {

namespace {

std::string fixed(double value) {
    char text[40];
    const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, 6).ptr;
    return {text, end};
}

// No field of the sample holds a comma but lists of shifts, which are quoted.
void row(std::string& out, std::initializer_list<std::string_view> values) {
    bool first = true;
    for (const std::string_view value : values) {
        if (!first)
            out += ',';
        first = false;
        if (value.find(',') == value.npos) {
            out += value;
        } else {
            out += '"';
            out += value;
            out += '"';
        }
    }
    out += '\n';
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words)
        out += (out.empty() ? "" : " ") + word;
    return out;
}

std::string arriveIn(const dispatch::Duty& duty, layers::AreaClass areaClass) {
    for (const dispatch::ClassMinutes& own : duty.byClass)
        if (own.areaClass == areaClass && own.arrive)
            return std::to_string(own.arrive->count());
    return {};
}

layers::Problem unwritable(const std::filesystem::path& file) {
    return layers::environment(
        "fileUnwritable",
        {{"path", file.string()}, {"cause", std::error_code(errno, std::generic_category()).message()}});
}

} // namespace

layers::Status writeText(const std::filesystem::path& file, std::string_view text) {
    errno = 0;
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (!out)
        return unwritable(file);
    return layers::Nothing{};
}

layers::Status writeTables(const Town& town, const std::filesystem::path& folder) {
    std::string units =
        "id,name,role,employment,desk,owns,home_area,lon,lat,skills,capacity,shifts,team,breaks\n";
    for (std::size_t i = 0; i < town.units.size(); ++i) {
        const dispatch::UnitFacts& unit = town.units[i];
        row(units,
            {unit.id.text, unit.name, dispatch::toString(unit.role), *unit.employment, *unit.desk,
             joined(unit.owns), unit.homeArea, unit.post ? fixed(unit.post->lon) : "",
             unit.post ? fixed(unit.post->lat) : "", joined(unit.skills), std::to_string(unit.capacity),
             town.shiftTexts[i], *unit.team, dispatch::toString(unit.breaks)});
    }
    std::string duties =
        "category,name,class,class_name,lead,joint,skills,priority,accept_min,arrive_min,finish_min,"
        "review_min,escalation,arrive_suburb_min,arrive_rural_min,feedback,review_by\n";
    for (const CatalogueDuty& duty : town.duties) {
        std::vector<std::string> joint;
        for (const dispatch::Role role : duty.facts.joint)
            joint.emplace_back(dispatch::toString(role));
        row(duties, {duty.facts.category, duty.facts.name, duty.dutyClass, duty.className,
                     dispatch::toString(duty.facts.lead), joined(joint), joined(duty.facts.skills),
                     std::to_string(duty.facts.priority), std::to_string(duty.facts.accept.count()),
                     std::to_string(duty.facts.arrive.count()), std::to_string(duty.facts.finish.count()),
                     std::to_string(duty.facts.review.count()), joined(duty.facts.escalation),
                     arriveIn(duty.facts, layers::AreaClass::suburb),
                     arriveIn(duty.facts, layers::AreaClass::rural), joined(duty.facts.feedback),
                     duty.facts.reviewBySecond ? "second" : ""});
    }
    std::string places = "name,address,category,lon,lat\n";
    for (const SamplePlace& place : town.places) {
        const layers::LonLat at = town.lonLat(place.at);
        row(places, {place.name, place.address, place.category, fixed(at.lon), fixed(at.lat)});
    }
    for (const auto& [name, text] :
         {std::pair("units.csv", &units), {"duties.csv", &duties}, {"places.csv", &places}})
        if (const auto status = writeText(folder / name, *text); !status)
            return status;
    return layers::Nothing{};
}

layers::Status writeIncidents(const Town& town, const std::vector<PastRecord>& records,
                              const std::filesystem::path& folder) {
    const auto zone = layers::TimeZone::named("Asia/Shanghai");
    if (!zone)
        return zone.problem();
    const std::filesystem::path path = folder / "incidents.csv";
    errno = 0;
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    std::string text = "id,time,category,lon,lat,severity,text,area\n";
    int number = 0;
    for (const PastRecord& record : records) {
        const layers::LonLat at = town.lonLat(record.where);
        const int special = town.locator.exclusive(record.where), grid = town.locator.level3(record.where);
        row(text,
            {"H" + std::to_string(++number), layers::isoLocal(record.at, zone.value()),
             town.duties[static_cast<std::size_t>(record.duty)].facts.category, fixed(at.lon), fixed(at.lat),
             std::to_string(record.severity), record.text,
             special >= 0 ? std::string_view(town.plan.exclusives[static_cast<std::size_t>(special)].code)
             : grid >= 0  ? std::string_view(town.plan.level3[static_cast<std::size_t>(grid)].code)
                          : std::string_view()});
        if (text.size() > (1u << 20)) {
            out << text;
            text.clear();
        }
    }
    out << text;
    out.close();
    if (!out)
        return unwritable(path);
    return layers::Nothing{};
}

layers::Status writeWorkspace(const std::filesystem::path& folder) {
    std::string text = R"(# Binhai: a synthetic city. Nobody and nothing in it is real.
format = 1

[workspace]
name = "Binhai 滨海"
crs = "EPSG:4549"
time_zone = "Asia/Shanghai"

[store]
url = "sqlite:journal.sqlite"
)";
    for (const auto& [kind, layer] : {std::pair("city", "cities"),
                                      {"county", "counties"},
                                      {"township", "townships"},
                                      {"community", "communities"},
                                      {"grid", "grids"},
                                      {"bureau", "bureaus"},
                                      {"station", "stations"},
                                      {"beat", "beats"}}) {
        const std::string grid =
            std::string_view(kind) == "grid"       ? ", level = \"level\", beat = \"beat\""
            : std::string_view(kind) == "township" ? ", class = \"class\""
                                                   : "";
        text += std::string("\n[[areas]]\nkind = \"") + kind +
                "\"\nsource = \"areas.gpkg|layername=" + layer +
                "\"\ncolumns = { code = \"code\", name = \"name\", parent = \"parent\"" + grid + " }\n";
    }
    text += R"(
[incidents]
source = "incidents.csv"
columns = { id = "id", time = "time", category = "category", x = "lon", y = "lat", severity = "severity", text = "text", area = "area" }

[units]
source = "units.csv"
columns = { x = "lon", y = "lat" }

[duties]
source = "duties.csv"

[gazetteer]
source = "places.csv"
columns = { x = "lon", y = "lat" }

[roads]
source = "roads.gpkg|layername=roads"

[basemap]
project = "base.qgz"

[[feeds]]
url = "ndjson:feed.ndjson"
orders = "ndjson:orders.ndjson"

[points]
rules = "points.toml"
)";
    const std::string points = R"(# Points for units' work of a month: vedettectl points DIR --month YYYY-MM
format = 1
roles = ["gridWorker", "guard", "auxiliary"]   # who gets any; without this line everybody

[handled]                       # a ticket led until it was handled
points = 2
joined = 1                      # a ticket joined
priority = { 1 = 5, 2 = 3 }     # instead, for the graver ones
category = { "03" = 4 }         # instead, for categories that begin so

[on_time]
points = 1                      # every deadline kept
late = -1

[roll]
answered = 0.5
missed = -2

[patrol]                        # seen on the track while on no ticket
per_hour = 0.5
most_hours = 8                  # a day
)";
    if (auto status = writeText(folder / "points.toml", points); !status)
        return status;
    return writeText(folder / "workspace.toml", text);
}

} // namespace vedette::ctl
