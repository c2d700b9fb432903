// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/guess.h"
#include "layers/number_text.h"

#include "europe_zones.h"

#include <cmath>

namespace vedette::layers {

namespace {

struct Row {
    double west, south, east, north;
    const char* zone;
    double sure;
};

// Rough boxes, the first that holds the point wins: small before large. Borders are not respected, hence
// `sure`.
constexpr Row zones[] = {
    {113.8, 22.1, 114.5, 22.6, "Asia/Hong_Kong", 0.9},
    {119.9, 21.8, 122.1, 25.4, "Asia/Taipei", 0.9},
    {124.5, 33, 131, 38.7, "Asia/Seoul", 0.9},
    {129, 30, 146, 46, "Asia/Tokyo", 0.9},
    {103.5, 1.1, 104.1, 1.5, "Asia/Singapore", 0.9},
    {97, 5.5, 105.7, 20.5, "Asia/Bangkok", 0.7},
    {102, 8, 110, 23.4, "Asia/Ho_Chi_Minh", 0.7},
    {116.9, 4.5, 127, 21, "Asia/Manila", 0.9},
    {95, -9, 115, 6, "Asia/Jakarta", 0.5},
    {80, 26.3, 88.2, 30.5, "Asia/Kathmandu", 0.6},
    {88, 20.5, 92.7, 26.7, "Asia/Dhaka", 0.7},
    {68, 6, 97.5, 35.5, "Asia/Kolkata", 0.8},
    {60.8, 23.6, 77, 37, "Asia/Karachi", 0.6},
    {51, 22.5, 56.5, 26.3, "Asia/Dubai", 0.8},
    {34.5, 16, 55.7, 32, "Asia/Riyadh", 0.6},
    {34.2, 29.4, 35.9, 33.4, "Asia/Jerusalem", 0.8},
    {44, 25, 63.4, 39.8, "Asia/Tehran", 0.7},
    {26, 35.8, 45, 42.2, "Europe/Istanbul", 0.8},
    {27, 53.5, 60, 70, "Europe/Moscow", 0.6},
    {20.5, 59.7, 31.6, 70.1, "Europe/Helsinki", 0.8},
    {22, 44.3, 40.3, 52.4, "Europe/Kyiv", 0.6},
    {24.6, 22, 36.9, 31.7, "Africa/Cairo", 0.8},
    {2.6, 4.2, 14.7, 13.9, "Africa/Lagos", 0.8},
    {33.9, -4.7, 41.9, 5.1, "Africa/Nairobi", 0.8},
    {16.4, -35, 33, -22, "Africa/Johannesburg", 0.8},
    {166, -47.5, 179, -34, "Pacific/Auckland", 0.9},
    {112.9, -35.2, 129, -13.6, "Australia/Perth", 0.9},
    {138, -29, 154, -10, "Australia/Brisbane", 0.8},
    {140.9, -39.2, 150, -34, "Australia/Melbourne", 0.7},
    {141, -37.6, 154, -28, "Australia/Sydney", 0.8},
    {-161, 18.8, -154.7, 22.3, "Pacific/Honolulu", 0.95},
    {-170, 54, -130, 71.5, "America/Anchorage", 0.8},
    {-117.2, 14.5, -97, 25.9, "America/Mexico_City", 0.7},
    {-97, 14.5, -86.7, 22.5, "America/Mexico_City", 0.7},
    {-125, 32, -114.6, 49, "America/Los_Angeles", 0.9},
    {-114.9, 31.3, -109, 37, "America/Phoenix", 0.8},
    {-114.9, 31.3, -102, 49, "America/Denver", 0.8},
    {-104.1, 25.8, -87.5, 49, "America/Chicago", 0.9},
    {-87.5, 24.3, -66.9, 47.5, "America/New_York", 0.85},
    {-141, 48.3, -114, 60, "America/Vancouver", 0.8},
    {-95, 42, -74.3, 57, "America/Toronto", 0.7},
    {-79, -4.3, -66.8, 12.6, "America/Bogota", 0.7},
    {-81.4, -18.4, -68.6, 0, "America/Lima", 0.7},
    {-75.7, -56, -66.4, -17.5, "America/Santiago", 0.6},
    {-73.6, -55, -53.6, -21.8, "America/Argentina/Buenos_Aires", 0.5},
    {-57.7, -34, -34.7, 5.3, "America/Sao_Paulo", 0.7},
};

// China in a few boxes that keep clear of its neighbours' capitals; near the borders it is a guess.
bool inChina(LonLat at) {
    constexpr struct {
        double west, south, east, north;
    } boxes[] = {{105, 21.5, 122.9, 41.5}, {98, 24, 106, 42},         {79, 29, 99, 42},
                 {74.5, 36, 98, 48},       {112, 41, 126, 49},        {119, 41, 130, 53.6},
                 {129, 44.8, 134.8, 48.4}, {108.6, 18.1, 111.1, 20.2}};
    if (at.lon > 119.9 && at.lon < 122.1 && at.lat > 21.8 && at.lat < 25.4)
        return false; // served by its own zone
    for (const auto& box : boxes)
        if (at.lon >= box.west && at.lon <= box.east && at.lat >= box.south && at.lat <= box.north)
            return true;
    return false;
}

Message whyThere(LonLat at) {
    if (!std::isfinite(at.lon) || !std::isfinite(at.lat))
        return {"whyNowhere", {}};
    return {"whyPlace", {{"at", fixedText(at.lon, 2) + " " + fixedText(at.lat, 2)}}};
}

} // namespace

Guess timeZoneAt(LonLat at) {
    Guess out{"", "time_zone", "Etc/UTC", 0.1, whyThere(at)};
    if (!std::isfinite(at.lon) || !std::isfinite(at.lat))
        return out;
    if (at.lon > 113.8 && at.lon < 114.5 && at.lat > 22.1 && at.lat < 22.45)
        out.value = "Asia/Hong_Kong", out.sure = 0.8;
    else if (inChina(at))
        out.value = "Asia/Shanghai", out.sure = 0.95;
    else if (const auto known = europeanZoneAt(at)) {
        out.value = known->zone, out.sure = known->other.empty() ? 0.95 : 0.6;
        if (!known->other.empty())
            out.why.code = "whyBorder", out.why.args.push_back({"other", known->other});
    } else {
        for (const Row& row : zones)
            if (at.lon >= row.west && at.lon <= row.east && at.lat >= row.south && at.lat <= row.north) {
                out.value = row.zone, out.sure = row.sure;
                return out;
            }
        const int hours = static_cast<int>(std::lround(at.lon / 15)); // POSIX signs: Etc/GMT-8 is east
        out.value = hours == 0
                        ? "Etc/UTC"
                        : "Etc/GMT" + std::string(hours > 0 ? "-" : "+") + std::to_string(std::abs(hours));
        out.sure = 0.3;
    }
    return out;
}

Guess workingCrsAt(LonLat at) {
    Guess out{"", "crs", "EPSG:3857", 0.1, whyThere(at)};
    if (!std::isfinite(at.lon) || !std::isfinite(at.lat))
        return out;
    if (inChina(at)) { // EPSG 4534-4554: CGCS2000 3-degree zones by central meridian, 75 to 135 east
        const int zone = std::clamp(static_cast<int>(std::lround(at.lon / 3)), 25, 45);
        out.value = "EPSG:" + std::to_string(4534 + zone - 25);
        out.sure = 0.9;
    } else {
        const int zone = std::clamp(static_cast<int>(std::floor((at.lon + 180) / 6)) + 1, 1, 60);
        out.value = "EPSG:" + std::to_string((at.lat < 0 ? 32700 : 32600) + zone);
        out.sure = 0.8;
    }
    return out;
}

} // namespace vedette::layers
