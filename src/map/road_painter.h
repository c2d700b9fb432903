// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "band.h"
#include "box_runs.h"
#include "masks.h"
#include "map/scene.h"

namespace vedette::map {

// Road lines with the stray distance of each vertex and a rank by class: 0 motorway .. 5 track.
class RoadLines {
public:
    static RoadLines of(const std::vector<layers::Snapshot>& snapshots);
    void paint(QImage& strip, Masks& masks, const Band& band, QColor colour, double widthLogical) const;
    static int rank(std::string_view roadClass);

private:
    struct Line {
        std::uint32_t first, count;
        layers::Box box;
    };
    static constexpr int ranks = 6;
    std::vector<layers::Point> points_;
    std::vector<float> strays_;
    std::vector<Line> lines_[ranks];
    BoxRuns runs_[ranks];
};

} // namespace vedette::map
