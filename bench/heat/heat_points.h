// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <random>
#include <utility>
#include <vector>

namespace vedette::bench {

constexpr int heatWidth = 1920, heatHeight = 1080; // pixels, a metre each

// A million places in (0, 0) .. (1920, 1080): a third anywhere, the rest around 200 centres of unequal pull.
inline std::vector<std::pair<double, double>> heatPlaces() {
    std::mt19937_64 random(17);
    std::uniform_real_distribution<double> part(0, 1);
    std::normal_distribution<double> spread(0, 1);
    struct Centre {
        double x, y, wide;
    };
    std::vector<Centre> centres;
    for (int i = 0; i < 200; ++i)
        centres.push_back({part(random) * heatWidth, part(random) * heatHeight, 4 + 40 * part(random)});
    std::vector<std::pair<double, double>> places;
    while (places.size() < 1'000'000) {
        double x = part(random) * heatWidth, y = part(random) * heatHeight;
        if (places.size() % 3) {
            const Centre& c = centres[std::size_t(part(random) * part(random) * 200)];
            x = c.x + c.wide * spread(random), y = c.y + c.wide * spread(random);
        }
        if (x >= 0 && x < heatWidth && y >= 0 && y < heatHeight)
            places.emplace_back(x, y);
    }
    return places;
}

} // namespace vedette::bench
