// SPDX-License-Identifier: GPL-3.0-or-later
#include "simplify.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace vedette::map {

namespace {

// Of points to one chord; what is the chord's alone is reckoned once.
struct Chord {
    Chord(layers::Point from, layers::Point to) : a(from), dx(to.x - from.x), dy(to.y - from.y) {
        const double length2 = dx * dx + dy * dy;
        perLength2 = length2 > 1e-200 ? 1 / length2 : 0;
    }
    double squaredDistance(layers::Point p) const {
        const double px = p.x - a.x, py = p.y - a.y;
        const double t = std::clamp((px * dx + py * dy) * perLength2, 0.0, 1.0);
        const double ex = px - t * dx, ey = py - t * dy;
        return ex * ex + ey * ey;
    }
    layers::Point a;
    double dx, dy, perLength2;
};

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
    thread_local std::vector<Span> kept; // empty between calls; most lines are short, and an allocation each was dear
    std::vector<Span>& open = kept;      // asking for what is the thread's own each time was dear too
    bool whole = line.front() == line.back();
    Span span{0, line.size() - 1, always, 0};
    for (;;) {
        if (span.to - span.from < 2) {
            if (open.empty())
                break;
            span = open.back();
            open.pop_back();
        }
        double farthest = -1;
        std::size_t at = span.from + 1;
        const Chord chord(line[span.from], line[span.to]);
        for (std::size_t i = span.from + 1; i < span.to; ++i) {
            const double d = chord.squaredDistance(line[i]);
            if (d > farthest)
                farthest = d, at = i;
        }
        const float stray = whole ? always : std::min(span.parent, float(std::sqrt(farthest)));
        whole = false;
        if (span.depth > deepest)
            at = span.from + (span.to - span.from) / 2;
        out[at] = stray;
        if (span.to - at >= 2)
            open.push_back({at, span.to, stray, span.depth + 1});
        span = {span.from, at, stray, span.depth + 1};
    }
}

} // namespace vedette::map
