// SPDX-License-Identifier: GPL-3.0-or-later
#include "columns.h"

#include "near_words.h"

#include <algorithm>
#include <array>
#include <set>

namespace vedette::layers {

namespace {

// Names our own readers ask for: a source's column of that name in other case is it.
constexpr std::array ours{"id",         "time",       "category",   "severity",   "text",       "area",
                          "name",       "address",    "code",       "parent",     "level",      "beat",
                          "class",      "speed",      "oneway",     "role",       "employment", "desk",
                          "owns",       "home_area",  "skills",     "capacity",   "shifts",     "class_name",
                          "team",       "breaks",     "lead",       "joint",      "priority",   "accept_min",
                          "arrive_min", "finish_min", "verify_min", "review_min", "escalation", "source",
                          "caller",     "place"};

// Letters and digits only, lower case: "Start_Lng" and "start lng" are one name. Non-ASCII bytes stay.
std::string plain(std::string_view name) {
    std::string out = asciiLower(name);
    std::erase_if(out, [](char c) {
        return static_cast<unsigned char>(c) < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9');
    });
    return out;
}

template <std::size_t N>
bool oneOf(std::string_view column, const std::array<const char*, N>& names) {
    const std::string name = plain(column);
    return std::any_of(names.begin(), names.end(), [&](const char* known) { return name == known; });
}

int find(const std::vector<std::string>& columns, const std::string& name) {
    const auto exact = std::find(columns.begin(), columns.end(), name);
    if (exact != columns.end())
        return static_cast<int>(exact - columns.begin());
    const auto loose = std::find_if(columns.begin(), columns.end(), [&](const std::string& column) {
        return asciiLower(column) == asciiLower(name);
    });
    return loose == columns.end() ? -1 : static_cast<int>(loose - columns.begin());
}

// German for longitude and latitude, and for length and width: believed when nothing else names a coordinate.
bool doubtful(std::string_view column) {
    static constexpr std::array<const char*, 3> names{"länge", "laenge", "breite"};
    return oneOf(column, names);
}

void guessCoordinates(const std::vector<std::string>& columns, ColumnPlan& out) {
    int x = -1, y = -1;
    const auto better = [&](int held, std::size_t i) {
        return held < 0 || (doubtful(columns[static_cast<std::size_t>(held)]) && !doubtful(columns[i]));
    };
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (namesX(columns[i]) && better(x, i))
            x = static_cast<int>(i);
        if (namesY(columns[i]) && better(y, i))
            y = static_cast<int>(i);
        if (out.location < 0 && namesLocation(columns[i]))
            out.location = static_cast<int>(i);
    }
    if (x >= 0 && y >= 0)
        out.x = x, out.y = y;
}

} // namespace

bool namesX(std::string_view column) {
    static constexpr std::array<const char*, 42> names{"länge",
                                                       "laenge",
                                                       "lon",
                                                       "lng",
                                                       "long",
                                                       "longitude",
                                                       "x",
                                                       "xcoord",
                                                       "coordx",
                                                       "pointx",
                                                       "经度",
                                                       "經度",
                                                       "経度",
                                                       "lonwgs84",
                                                       "lngwgs84",
                                                       "gpslon",
                                                       "gpslng",
                                                       "loncenter",
                                                       "longitud",
                                                       "longitude1",
                                                       "lengte",
                                                       "lengtegraad",
                                                       "längengrad",
                                                       "laengengrad",
                                                       "долгота",
                                                       "경도",
                                                       "easting",
                                                       "eastings",
                                                       "xwgs84",
                                                       "geolon",
                                                       "longdec",
                                                       "declon",
                                                       "startlng",
                                                       "初始经度",
                                                       "długośćgeograficzna",
                                                       "dlugoscgeograficzna",
                                                       "długość",
                                                       "dlugosc",
                                                       "boylam",
                                                       "zeměpisnádélka",
                                                       "longitudine",
                                                       "coordonneex"};
    return oneOf(column, names);
}

bool namesY(std::string_view column) {
    static constexpr std::array<const char*, 38> names{"lat",
                                                       "latitude",
                                                       "y",
                                                       "ycoord",
                                                       "coordy",
                                                       "pointy",
                                                       "纬度",
                                                       "緯度",
                                                       "latwgs84",
                                                       "gpslat",
                                                       "latcenter",
                                                       "latitud",
                                                       "latitude1",
                                                       "breedte",
                                                       "breedtegraad",
                                                       "breitengrad",
                                                       "широта",
                                                       "위도",
                                                       "northing",
                                                       "northings",
                                                       "ywgs84",
                                                       "geolat",
                                                       "latdec",
                                                       "declat",
                                                       "startlat",
                                                       "初始纬度",
                                                       "lati",
                                                       "latitudine",
                                                       "enlem",
                                                       "szerokosc",
                                                       "breite",
                                                       "szerokośćgeograficzna",
                                                       "szerokoscgeograficzna",
                                                       "szerokość",
                                                       "latitud1",
                                                       "zeměpisnášířka",
                                                       "coordonneey",
                                                       "latitudedec"};
    return oneOf(column, names);
}

bool namesLocation(std::string_view column) {
    static constexpr std::array<const char*, 22> names{
        "location", "latlon",  "latlng",      "latlong",  "lonlat", "lnglat",   "coordinates", "coordinate",
        "coords",   "coord",   "geolocation", "position", "point",  "geopoint", "wkt",         "geom",
        "geometry", "thegeom", "坐标",        "经纬度",   "位置",   "座標"};
    return oneOf(column, names);
}

Result<ColumnPlan> planColumns(const SourceSpec& spec, const std::vector<std::string>& columns) {
    ColumnPlan out;
    std::vector<bool> used(columns.size(), false);
    std::set<std::string> taken;
    for (const auto& [name, column] : spec.columns) {
        const int at = find(columns, column);
        if (at < 0 && columns.empty()) // no rows to tell columns from
            return refused("layerEmpty", {{"path", spec.source}});
        if (at < 0)
            return refused("columnMissing", {{"path", spec.source},
                                             {"column", column},
                                             {"nearest", nearestWord(column, columns)},
                                             {"known", joined(columns, ", ")}});
        if (name == "x" || name == "y" || name == "location") {
            (name == "x" ? out.x : name == "y" ? out.y : out.location) = at;
            out.coordinatesMapped = true;
            continue;
        }
        out.fields.push_back({name, at, {}, false});
        used[static_cast<std::size_t>(at)] = true;
        taken.insert(name);
    }
    for (const char* name : ours) {
        const int at = taken.contains(name) ? -1 : find(columns, name);
        if (at < 0 || used[static_cast<std::size_t>(at)])
            continue;
        out.fields.push_back({name, at, {}, false});
        used[static_cast<std::size_t>(at)] = true;
        taken.insert(name);
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (used[i])
            continue;
        std::string name = columns[i];
        while (!taken.insert(name).second)
            name = "source_" + name;
        out.fields.push_back({name, static_cast<int>(i), {}, false});
    }
    for (const auto& [name, value] : spec.constants) {
        const auto at = std::find_if(out.fields.begin(), out.fields.end(),
                                     [&, &n = name](const auto& field) { return field.name == n; });
        ColumnPlan::Field& field = at == out.fields.end() ? out.fields.emplace_back() : *at;
        field.name = name, field.constant = value, field.hasConstant = true;
    }
    if (!out.coordinatesMapped)
        guessCoordinates(columns, out);
    return out;
}

} // namespace vedette::layers
