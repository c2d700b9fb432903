// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench_tilted.h"

#include "dispatch/city.h"
#include "map/tilted.h"

#include <malloc.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <unordered_map>

namespace vedette::bench {

namespace {

double cpuMilliseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) * 1e-6;
}

} // namespace

bool printTilted(const std::filesystem::path& folder, const std::filesystem::path& picture) {
    const auto city = dispatch::loadCity(folder);
    if (!city)
        return false;
    const layers::Areas& areas = city.value()->areas;
    std::unordered_map<layers::AreaIndex, double> counted;
    std::vector<layers::AreaIndex> at;
    for (const dispatch::PastIncident incident : *city.value()->history) {
        areas.at(incident.where, at);
        for (const auto index : at)
            if (areas[index].kind == layers::AreaKind::grid)
                ++counted[index];
    }
    double most = 0, scale = 2;
    for (const auto& [index, count] : counted)
        most = std::max(most, count);
    while (scale < 0.6 * most) // as the console does
        scale *= 2;

    const std::size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
    double begun = cpuMilliseconds();
    auto scene = std::make_shared<map::TiltedScene>(*map::tiltedScene(
        areas, layers::AreaKind::grid, {counted.begin(), counted.end()}, scale, map::Theme::dark));
    const double made = cpuMilliseconds() - begun;
    if (scene->prisms.empty())
        return false;
    const double megabytes = double(mallinfo2().uordblks + mallinfo2().hblkhd - before) / 1048576;
    scene->title = QStringLiteral("Incidents"), scene->unit = QStringLiteral("by grid");
    map::TiltedView view;
    view.size = {1920, 1080};
    view = view.fitted(areas.extent());
    QImage image;
    const auto median = [&](bool coarse) {
        std::vector<double> times;
        for (int i = 0; i < 5; ++i) {
            begun = cpuMilliseconds();
            image = map::renderTilted(*scene, view, coarse);
            times.push_back(cpuMilliseconds() - begun);
        }
        std::sort(times.begin(), times.end());
        return times[times.size() / 2];
    };
    const double coarse = median(true), fine = median(false);
    image.save(QString::fromStdString(picture.string()));
    std::printf("tilted: %zu grids, most %.0f incidents in one; cpu of the scene %.1f ms, %.1f MB; of a picture while it "
                "is turned %.1f ms, at rest %.1f ms\n",
                scene->prisms.size(), most, made, megabytes, coarse, fine);
    return true;
}

} // namespace vedette::bench
