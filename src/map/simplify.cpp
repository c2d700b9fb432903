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
        int depth;
    };
    // Deeper than any border of a real city goes. A comb is split beside its end each time: left to itself, ten
    // million teeth would keep the map waiting for days. Beyond, a span is halved.
    constexpr int deepest = 96;
    std::vector<Span> open{{0, line.size() - 1, always, 0}};
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
        if (span.depth > deepest)
            at = span.from + (span.to - span.from) / 2;
        out[at] = stray;
        open.push_back({span.from, at, stray, span.depth + 1});
        open.push_back({at, span.to, stray, span.depth + 1});
    }
}

} // namespace vedette::map
