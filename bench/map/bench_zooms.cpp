// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench_zooms.h"

#include "bench_gestures.h"
#include "map/renderer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <time.h>

namespace vedette::bench {

namespace {

double cpuMilliseconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) * 1e-6;
}

} // namespace

bool printZooms(const std::filesystem::path& folder, int rounds, const std::filesystem::path& pictures) {
    const auto city = dispatch::loadCity(folder);
    if (!city)
        return false;
    const auto whole = everything(*city.value());
    std::array<map::Scene, 5> scenes{*whole, *whole, *whole, *whole, *whole};
    scenes[1].heat.visible = false;
    for (auto& layer : scenes[2].areaLayers)
        layer.style.outline.setAlpha(0);
    scenes[2].roads.visible = false;
    for (auto& layer : scenes[3].areaLayers)
        layer.style.labelFromMetresPerPixel = 0;
    for (auto& layer : scenes[4].areaLayers)
        layer.style.fill = Qt::transparent;
    map::View view;
    view.size = {1920, 1080};
    view = view.fitted(whole->areas.extent());
    std::array<map::Renderer, 5> renderers;
    double sum = 0;
    for (int zoom = 0; zoom < 7; ++zoom) {
        std::array<double, 5> least;
        least.fill(1e9);
        for (int round = 0; round < rounds; ++round)
            for (std::size_t i = 0; i < scenes.size(); ++i) {
                // Never the one before: half a pixel beside it.
                map::View here = view;
                here.centre.x += (round % 2 ? 0.5 : 0.0) * view.metresPerPixel;
                const double before = cpuMilliseconds();
                const QImage image = renderers[i].render(scenes[i], here);
                least[i] = std::min(least[i], cpuMilliseconds() - before);
                if (i == 0 && round == 0)
                    image.save(QString::fromStdString((pictures / ("zoom" + std::to_string(zoom) + ".png")).string()));
            }
        std::printf("zoom: %6.2f m a pixel: a frame %.1f ms, without heat %.1f, without lines %.1f, without names %.1f, "
                    "without fills %.1f\n",
                    view.metresPerPixel, least[0], least[1], least[2], least[3], least[4]);
        sum += least[0];
        view.metresPerPixel /= 2;
    }
    std::printf("zoom: all seven %.1f ms\n", sum);
    return true;
}

} // namespace vedette::bench
