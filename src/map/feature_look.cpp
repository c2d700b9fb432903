// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/feature_look.h"

#include "layers/filter.h"
#include "layers/reach.h"

#include <algorithm>

namespace vedette::map {

namespace {

// Part by part: what is cut at the antimeridian lies at both ends of a Mercator map, and belongs there.
bool reachesAcross(const layers::Snapshot& snapshot, std::size_t feature) {
    const auto across = [](const layers::Box& box) {
        return std::max(box.width(), box.height()) > layers::acrossTheWorld;
    };
    if (!across(snapshot.box(feature)))
        return false;
    for (std::size_t part = 0; part < snapshot.partCount(feature); ++part) {
        layers::Box box;
        for (const layers::Point point : snapshot.part(feature, part).points)
            box.add(point);
        if (across(box))
            return true;
    }
    return false;
}

} // namespace

layers::Classified sortedBy(const layers::LayerStyle& style, const layers::Rows& rows, const std::string& text) {
    auto read = layers::Filter::parse(text, rows.columns);
    if (read)
        return layers::classified(style, rows, read.value());
    layers::Classified sorted = layers::classified(style, rows, {});
    sorted.problems.insert(sorted.problems.begin(), read.problem().message);
    return sorted;
}

MadeLook featureLook(const layers::Snapshot& snapshot, const layers::Rows& rows, const layers::LayerStyle& style,
                     const std::string& filter) {
    MadeLook made;
    made.sorted = sortedBy(style, rows, filter);
    auto look = std::make_shared<FeatureLook>();
    look->snapshot = snapshot, look->style = style, look->classOf = made.sorted.classOf;
    std::size_t across = 0;
    for (std::size_t feature = 0; feature < look->classOf.size(); ++feature)
        if (reachesAcross(snapshot, feature))
            look->classOf[feature] = layers::noClass, ++across;
    if (across)
        made.sorted.problems.push_back({"layerAcrossTheWorld", {{"count", std::to_string(across)}}});
    made.nowhere = across && across == look->classOf.size();
    made.look = std::move(look);
    return made;
}

ScaleRange rangeOf(const layers::LayerStyle& style) {
    return {metresPerPixelAt(style.nearest), metresPerPixelAt(style.farthest)};
}

void dress(AreaLayer& areas, const layers::LayerStyle& style) {
    areas.opacity = style.opacity, areas.range = rangeOf(style);
    if (style.kind == layers::StyleKind::single && !style.classes.empty() &&
        style.classes.front() != layers::StyleClass{}) {
        areas.style.outline = QColor::fromRgba(style.classes.front().outline);
        areas.style.outlineWidth = style.classes.front().width;
    }
    if (style.label.column == "-")
        areas.style.labelFromMetresPerPixel = 0;
}

} // namespace vedette::map
