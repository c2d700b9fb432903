// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/coordinates.h"

#include "coordinate_text.h"
#include "layers/number_text.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace vedette::layers {

namespace {

bool isLatitudeLetter(char c) {
    return c == 'N' || c == 'n' || c == 'S' || c == 's';
}
bool isLongitudeLetter(char c) {
    return c == 'E' || c == 'e' || c == 'W' || c == 'w';
}

// One number as written and which it says it is.
struct Ordinate {
    double value = 0;
    char axis = 0; // 'x' longitude, 'y' latitude, 0 unsaid
};

std::optional<Ordinate> ordinateOf(std::string_view text) {
    const auto value = readOrdinate(text);
    if (!value)
        return std::nullopt;
    Ordinate out{*value, 0};
    for (const char c : text)
        if (isLatitudeLetter(c) && c != 's') // 's' alone are seconds
            out.axis = 'y';
        else if (isLongitudeLetter(c))
            out.axis = 'x';
    return out;
}

std::string replaced(std::string_view text) {
    // The marks that Chinese keyboards and web pages give, as ASCII; blanks of every kind as one.
    static constexpr std::pair<std::string_view, std::string_view> marks[] = {
        {"，", ","},   {"；", ";"},   {"、", ","},   {"（", "("},   {"）", ")"}, {"　", " "}, {"\u00a0", " "},
        {"北纬", "N"}, {"东经", "E"}, {"南纬", "S"}, {"西经", "W"}, {"度", "°"}, {"分", "'"}, {"秒", "\""}};
    std::string out(text);
    for (const auto& [from, to] : marks)
        for (auto at = out.find(from); at != out.npos; at = out.find(from, at + to.size()))
            out.replace(at, from.size(), to);
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    while (!out.empty() && blank(out.front()))
        out.erase(0, 1);
    while (!out.empty() && blank(out.back()))
        out.pop_back();
    if (out.size() > 2 && (out.front() == '(' || out.front() == '['))
        out = out.substr(1, out.size() - 2);
    return out;
}

// The two halves, wherever they can be parted so that each is an ordinate: at a separator first, else behind
// or before a letter of the compass, else at the blank in the middle.
std::optional<std::pair<Ordinate, Ordinate>> ordinatesOf(std::string_view raw) {
    const std::string text = replaced(raw);
    std::vector<std::size_t> cuts;
    const auto lookFor = [&](char c) {
        for (auto at = text.find(c); at != text.npos; at = text.find(c, at + 1))
            cuts.push_back(at);
    };
    lookFor(';');
    const bool decimalCommas = std::count(text.begin(), text.end(), ',') == 2; // "120,86 32,01"
    if (!decimalCommas)
        lookFor(',');
    for (std::size_t i = 1; i + 1 < text.size(); ++i)
        if ((isLatitudeLetter(text[i]) && text[i] != 's') || isLongitudeLetter(text[i]))
            cuts.push_back(i), cuts.push_back(i + 1);
    const auto blanks = std::count(text.begin(), text.end(), ' ');
    std::size_t at = 0;
    for (std::ptrdiff_t i = 0; i < blanks; ++i, ++at) {
        at = text.find(' ', at);
        if (2 * i + 1 == blanks)
            cuts.push_back(at);
    }
    for (const std::size_t cut : cuts) {
        const bool separator = text[cut] == ',' || text[cut] == ';' || text[cut] == ' ';
        const std::string_view whole(text);
        const auto first = ordinateOf(whole.substr(0, cut)),
                   second = ordinateOf(whole.substr(cut + (separator ? 1 : 0)));
        if (first && second && (first->axis == 0 || first->axis != second->axis))
            return std::pair(*first, *second);
    }
    return std::nullopt;
}

std::string padded(double value, int digits, std::size_t before) {
    std::string text = fixedText(value, digits);
    const auto whole = std::min(text.find('.'), text.size());
    return std::string(before > whole ? before - whole : 0, '0') + text;
}

std::string dms(double degrees, char positive, char negative, std::size_t width) {
    // In whole tenths of a second, so that 59.96" becomes the next minute.
    auto tenths = std::llround(std::abs(degrees) * 36000);
    const auto d = tenths / 36000, m = tenths / 600 % 60;
    tenths %= 600;
    return padded(double(d), 0, width) + "°" + padded(double(m), 0, 2) + "'" +
           padded(double(tenths) / 10, 1, 2) + "\"" + (degrees < 0 ? negative : positive);
}

double squaredDistance(Point p, const Box& box) {
    const double dx = std::max({box.minX - p.x, 0.0, p.x - box.maxX}),
                 dy = std::max({box.minY - p.y, 0.0, p.y - box.maxY});
    return dx * dx + dy * dy;
}

bool isPlace(LonLat at) {
    return std::abs(at.lon) <= 180 && std::abs(at.lat) <= 90;
}

} // namespace

std::string decimalText(LonLat at) {
    return fixedText(at.lon, 6) + "," + fixedText(at.lat, 6);
}

std::string dmsText(LonLat at) {
    return dms(at.lat, 'N', 'S', 2) + " " + dms(at.lon, 'E', 'W', 3);
}

std::string workingText(Point at) {
    return fixedText(at.x, 1) + "," + fixedText(at.y, 1);
}

LonLat nearerOrder(LonLat at, const WorkingCrs& crs, const Box& city) {
    const LonLat other{at.lat, at.lon};
    if (city.empty() || !isPlace(other))
        return at;
    if (!isPlace(at))
        return other;
    const auto far = [&](LonLat place) {
        const Point p = crs.toWorking(place);
        return std::isfinite(p.x) && std::isfinite(p.y) ? squaredDistance(p, city) : INFINITY;
    };
    return far(other) < far(at) ? other : at;
}

bool looksLikePlace(std::string_view text) {
    return ordinatesOf(text).has_value();
}

std::optional<LonLat> readPlace(std::string_view text, const WorkingCrs& crs, const Box& city) {
    const auto read = ordinatesOf(text);
    if (!read)
        return std::nullopt;
    const auto& [first, second] = *read;
    if (first.axis || second.axis) {
        const bool lonFirst = first.axis == 'x' || second.axis == 'y';
        const LonLat at = lonFirst ? LonLat{first.value, second.value} : LonLat{second.value, first.value};
        return isPlace(at) ? std::optional(at) : std::nullopt;
    }
    LonLat at{first.value, second.value};
    if (isPlace(at) || isPlace({at.lat, at.lon}))
        return nearerOrder(at, crs, city);
    // Metres, then: whichever order is nearer to the city; what is half a continent away was no coordinate.
    std::optional<LonLat> best;
    double least = city.empty() ? INFINITY : 2e6 * 2e6;
    const auto hear = [&](LonLat there) {
        const Point p = std::isfinite(there.lon) && isPlace(there) ? crs.toWorking(there) : Point{NAN, NAN};
        const double far = city.empty() ? 0 : squaredDistance(p, city);
        if (std::isfinite(p.x) && far < least)
            best = there, least = far;
    };
    for (const Point p : {Point{first.value, second.value}, Point{second.value, first.value}}) {
        hear(crs.toLonLat(p));
        // Without the zone that the working CRS writes before its eastings.
        if (!city.empty() && city.minX > 13e6 && p.x < 1e6)
            hear(crs.toLonLat({std::floor(city.minX / 1e6) * 1e6 + p.x, p.y}));
        // With a zone: CGCS2000 has its own CRS for each, of 6 degrees (13 to 23) and of 3 (25 to 45).
        const int zone = p.x > 13e6 && p.x < 46e6 ? int(p.x / 1e6) : 0;
        const int code = zone >= 25 ? 4513 + zone - 25 : zone >= 13 && zone <= 23 ? 4491 + zone - 13 : 0;
        if (code)
            if (const auto zoned = WorkingCrs::named("EPSG:" + std::to_string(code)); zoned)
                hear(zoned.value().toLonLat(p));
    }
    return best;
}

} // namespace vedette::layers
