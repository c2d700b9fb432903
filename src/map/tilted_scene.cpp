// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/tilted.h"

#include <algorithm>
#include <charconv>
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

namespace {

void addRings(TiltedScene::Prism& prism, const layers::Snapshot& snapshot, std::size_t feature) {
    for (std::size_t part = 0; part < snapshot.partCount(feature); ++part)
        if (const auto points = snapshot.part(feature, part).points; points.size() >= 4)
            prism.rings.emplace_back(points.begin(), points.end() - 1);
}

std::optional<double> numberOf(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value); // "12 m" is 12
    return error == std::errc() && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

} // namespace

std::optional<HeightColumn> heightColumn(const layers::Snapshot& snapshot) {
    static constexpr std::pair<std::string_view, double> known[] = {
        {"height", 1},   {"building:height", 1},   {"building_height", 1}, {"bldg_height", 1}, {"高度", 1},
        {"建筑高度", 1}, {"building:levels", 3},   {"building_levels", 3}, {"levels", 3},      {"floors", 3},
        {"storeys", 3},  {"层数", 3},              {"楼层", 3}};
    for (const auto& [name, metres] : known)
        for (std::size_t field = 0; field < snapshot.fields().size(); ++field) {
            const std::string_view own = snapshot.fields()[field];
            if (own.size() != name.size() || !std::equal(own.begin(), own.end(), name.begin(), [](char a, char b) {
                    return (a >= 'A' && a <= 'Z' ? char(a + 32) : a) == b;
                }))
                continue;
            for (std::size_t feature = 0; feature < snapshot.size(); ++feature)
                if (snapshot.shape(feature) == layers::Shape::polygon &&
                    numberOf(snapshot.text(feature, int(field))).value_or(0) > 0)
                    return HeightColumn{int(field), metres};
        }
    return std::nullopt;
}

std::shared_ptr<const TiltedScene> tiltedBuildings(const layers::Areas& areas, const layers::Snapshot& snapshot,
                                                   HeightColumn height,
                                                   const std::function<layers::AreaIndex(layers::Point)>& areaOf,
                                                   const std::function<double(layers::AreaIndex)>& toneOf,
                                                   double toneMax, Theme theme, std::size_t most) {
    auto scene = std::make_shared<TiltedScene>();
    scene->theme = theme;
    scene->areas = areas;
    scene->toneMax = std::max(0.0, toneMax);
    std::vector<std::pair<double, std::size_t>> high; // metres, feature
    for (std::size_t feature = 0; feature < snapshot.size(); ++feature)
        if (snapshot.shape(feature) == layers::Shape::polygon)
            high.emplace_back(
                std::max(0.0, height.metres * numberOf(snapshot.text(feature, height.field)).value_or(0)), feature);
    std::stable_sort(high.begin(), high.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    high.resize(std::min(high.size(), most));
    const int name = snapshot.field("name");
    double highest = 0;
    for (const auto& [metres, feature] : high) {
        TiltedScene::Prism prism;
        prism.middle = snapshot.box(feature).centre();
        prism.area = areaOf(prism.middle);
        prism.value = metres;
        if (scene->toneMax > 0 && prism.area != TiltedScene::Prism::nowhere)
            prism.tone = std::max(0.0, toneOf(prism.area));
        if (name >= 0)
            prism.name = QString::fromStdString(std::string(snapshot.text(feature, name).substr(0, 120)));
        addRings(prism, snapshot, feature);
        highest = std::max(highest, metres);
        if (!prism.rings.empty())
            scene->prisms.push_back(std::move(prism));
    }
    // Half of the highest, at a round figure: what lies above goes on growing.
    scene->scaleMax = 5;
    for (const double step : {10.0, 20.0, 50.0, 100.0, 200.0, 500.0})
        if (highest > 1.2 * scene->scaleMax)
            scene->scaleMax = step;
    return scene;
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
        addRings(prism, snapshot, area.feature);
        if (!prism.rings.empty())
            scene->prisms.push_back(std::move(prism));
    }
    return scene;
}

} // namespace vedette::map
