// SPDX-License-Identifier: GPL-3.0-or-later
#include "road_painter.h"

#include "line_stroke.h"
#include "simplify.h"

#include <array>
#include <cmath>
#include <span>

namespace vedette::map {

namespace {

struct RankLook {
    double width;        // times the layer's width
    double farthest;     // metres per pixel beyond which it is left out
    double groundMetres; // width in metres on the ground, so that near roads look like roads
};
constexpr std::array<RankLook, 6> looks{
    {{1.7, 1e9, 24}, {1.4, 250, 18}, {1.1, 80, 14}, {0.9, 40, 10}, {0.7, 14, 7}, {0.5, 6, 4}}};

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

} // namespace

// OpenStreetMap's classes; other words by their sense; unknown ones in the middle.
int RoadLines::rank(std::string_view c) {
    if (has(c, "motorway") || has(c, "trunk") || has(c, "expressway") || has(c, "freeway"))
        return 0;
    if (has(c, "primary") || has(c, "arterial"))
        return 1;
    if (has(c, "secondary"))
        return 2;
    if (has(c, "residential") || has(c, "living") || has(c, "unclassified") || has(c, "local"))
        return 4;
    if (has(c, "service") || has(c, "track") || has(c, "path") || has(c, "foot") || has(c, "cycle") ||
        has(c, "alley") || has(c, "pedestrian") || has(c, "steps"))
        return 5;
    return has(c, "tertiary") || has(c, "collector") ? 3 : 2;
}

RoadLines RoadLines::of(const std::vector<layers::Snapshot>& snapshots) {
    RoadLines roads;
    for (const auto& snapshot : snapshots) {
        const int field = snapshot.field("class");
        for (std::size_t feature = 0; feature < snapshot.size(); ++feature) {
            if (snapshot.shape(feature) != layers::Shape::line)
                continue;
            auto& lines = roads.lines_[rank(snapshot.text(feature, field))];
            for (std::size_t part = 0; part < snapshot.partCount(feature); ++part) {
                const auto points = snapshot.part(feature, part).points;
                if (points.size() < 2)
                    continue;
                Line line{std::uint32_t(roads.points_.size()), std::uint32_t(points.size()), {}};
                for (const auto& p : points)
                    line.box.add(p);
                roads.points_.insert(roads.points_.end(), points.begin(), points.end());
                roads.strays_.resize(roads.points_.size());
                strayDistances(points, {&roads.strays_[line.first], line.count});
                lines.push_back(line);
            }
        }
    }
    for (int rank = 0; rank < ranks; ++rank) {
        const auto& lines = roads.lines_[rank];
        roads.runs_[rank] = BoxRuns(lines.size(), [&](std::size_t i) { return lines[i].box; });
    }
    return roads;
}

void RoadLines::paint(QImage& strip, Masks& masks, const Band& band, QColor colour,
                      double widthLogical) const {
    const float tolerance = float(strayPixels * band.metresPerScreenPixel());
    QPolygonF polyline;
    LineStroke stroke(strip, masks, colour, 0); // one for all ranks: where a lane meets a road it isn't darker
    for (int rank = ranks - 1; rank >= 0; --rank) {
        const RankLook& look = looks[std::size_t(rank)];
        if (band.view.metresPerPixel > look.farthest || lines_[rank].empty())
            continue;
        const double ground = look.groundMetres / band.view.metresPerPixel;
        const double logical = std::clamp(ground, widthLogical * look.width, widthLogical * look.width * 4);
        const double width = logical * band.view.devicePixelRatio;
        const layers::Box reach = band.reach(width + 1);
        stroke.setWidth(width);
        runs_[rank].touching(reach, [&](std::size_t begin, std::size_t end) {
            for (const Line& line : std::span(lines_[rank]).subspan(begin, end - begin)) {
                if (!line.box.intersects(reach))
                    continue;
                polyline.clear();
                for (std::uint32_t i = line.first; i < line.first + line.count; ++i)
                    if (strays_[i] > tolerance)
                        polyline.append(band.mapToScreen(points_[i]));
                stroke.draw(polyline);
            }
            return !band.cancelled();
        });
    }
}

} // namespace vedette::map
