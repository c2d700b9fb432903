// SPDX-License-Identifier: GPL-3.0-or-later
#include "simplify.h"

#include <cassert>
#include <cmath>
#include <limits>

namespace vedette::map {

namespace {

double squaredDistance(layers::Point p, layers::Point a, layers::Point b) {
    const double dx = b.x - a.x, dy = b.y - a.y;
    const double length2 = dx * dx + dy * dy;
    double t = length2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2 : 0;
    t = std::clamp(t, 0.0, 1.0);
    const double ex = p.x - (a.x + t * dx), ey = p.y - (a.y + t * dy);
    return ex * ex + ey * ey;
}

} // namespace

void strayDistances(std::span<const layers::Point> line, std::span<float> out) {
    assert(line.size() == out.size());
    if (line.empty())
        return;
    const float always = std::numeric_limits<float>::infinity();
    out.front() = out.back() = always;
    struct Span {
        std::size_t from, to;
        float parent;
    };
    std::vector<Span> open{{0, line.size() - 1, always}};
    bool whole = line.front() == line.back();
    while (!open.empty()) {
        const Span span = open.back();
        open.pop_back();
        if (span.to - span.from < 2)
            continue;
        double farthest = -1;
        std::size_t at = span.from + 1;
        for (std::size_t i = span.from + 1; i < span.to; ++i) {
            const double d = squaredDistance(line[i], line[span.from], line[span.to]);
            if (d > farthest)
                farthest = d, at = i;
        }
        const float stray = whole ? always : std::min(span.parent, float(std::sqrt(farthest)));
        whole = false;
        out[at] = stray;
        open.push_back({span.from, at, stray});
        open.push_back({at, span.to, stray});
    }
}

} // namespace vedette::map
