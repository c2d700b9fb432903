// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/tilted.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <unordered_map>

namespace vedette::map {

namespace {

double radians(double degrees) {
    return degrees * std::numbers::pi / 180;
}

struct Turned {
    double right, away;
};

Turned turned(const TiltedView& view, layers::Point p) {
    const double a = radians(view.turn), x = p.x - view.centre.x, y = p.y - view.centre.y;
    return {x * std::cos(a) + y * std::sin(a), y * std::cos(a) - x * std::sin(a)};
}

} // namespace

QPointF TiltedView::toView(layers::Point p, double up) const {
    const auto [right, away] = turned(*this, p);
    const double a = radians(std::clamp(tilt, 0.0, 80.0));
    return {size.width() / 2.0 + right / metresPerPixel,
            size.height() / 2.0 - (away * std::cos(a) + up * std::sin(a)) / metresPerPixel};
}

double TiltedView::depth(layers::Point p) const {
    return turned(*this, p).away;
}

TiltedView TiltedView::fitted(const layers::Box& box) const {
    TiltedView out = *this;
    if (box.empty() || size.isEmpty())
        return out;
    out.centre = box.centre();
    out.metresPerPixel = 1;
    out.metresUp = 0.11 * std::hypot(box.width(), box.height());
    double left = 1e300, right = -1e300, top = 1e300, bottom = -1e300;
    for (const double x : {box.minX, box.maxX})
        for (const double y : {box.minY, box.maxY})
            for (const double up : {0.0, out.metresUp * 0.6}) {
                const QPointF at = out.toView({x, y}, up);
                left = std::min(left, at.x()), right = std::max(right, at.x());
                top = std::min(top, at.y()), bottom = std::max(bottom, at.y());
            }
    out.metresPerPixel = 1.03 * std::max((right - left) / size.width(), (bottom - top) / size.height());
    // The middle of what is seen into the middle of the picture.
    const double down = (top + bottom) / 2 - size.height() / 2.0;
    const double away = -down / std::max(0.15, std::cos(radians(tilt))), a = radians(turn);
    out.centre.x += -away * std::sin(a);
    out.centre.y += away * std::cos(a);
    return out;
}

std::shared_ptr<const TiltedScene> tiltedScene(const layers::Areas& areas, layers::AreaKind kind,
                                               const std::vector<std::pair<layers::AreaIndex, double>>& values,
                                               double scaleMax, Theme theme) {
    auto scene = std::make_shared<TiltedScene>();
    scene->theme = theme;
    scene->areas = areas;
    scene->scaleMax = scaleMax > 0 ? scaleMax : 1;
    const std::unordered_map<layers::AreaIndex, double> known(values.begin(), values.end());
    for (layers::AreaIndex i = 0; i < areas.size(); ++i) {
        const layers::Area& area = areas[i];
        if (area.kind != kind)
            continue;
        TiltedScene::Prism prism;
        prism.area = i;
        prism.middle = area.box.centre();
        if (const auto value = known.find(i); value != known.end() && std::isfinite(value->second))
            prism.value = std::max(0.0, value->second);
        const layers::Snapshot& snapshot = areas.layers()[area.source].snapshot;
        for (std::size_t part = 0; part < snapshot.partCount(area.feature); ++part) {
            const auto points = snapshot.part(area.feature, part).points;
            if (points.size() < 4)
                continue;
            prism.rings.emplace_back(points.begin(), points.end() - 1);
        }
        if (!prism.rings.empty())
            scene->prisms.push_back(std::move(prism));
    }
    return scene;
}

} // namespace vedette::map
