// SPDX-License-Identifier: GPL-3.0-or-later
// Borders of random partitions, held against what plain sets and maps say of the same rings.
#include "borders.h"

#include "simplify.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <set>

namespace vedette::map {
namespace {

using layers::Point;
using Ring = std::vector<Point>;
using Place = std::pair<long, long>;  // in centimetres
using Edge = std::pair<Place, Place>;  // the lower place first
using Used = std::map<Edge, int>;     // how often along it, less how often back

Place placeOf(Point p) {
    return {std::lround(p.x * 100), std::lround(p.y * 100)};
}

Edge edgeOf(Place a, Place b) {
    return {std::min(a, b), std::max(a, b)};
}

void use(Used& used, Place a, Place b, int times = 1) {
    used[edgeOf(a, b)] += a < b ? times : -times;
}

// Thousands of draws a case: from one seed, since rapidcheck's own would take seconds.
struct Draw {
    std::mt19937 engine{*rc::gen::arbitrary<unsigned>()};
    int operator()(int below) { return int(engine() % unsigned(below)); }
};

// Where the border between two corners of the lattice goes: bent, the same from both sides.
void walk(Ring& ring, std::pair<int, int> a, std::pair<int, int> b) {
    for (int step = 0; step < 4; ++step) {
        const bool up = a < b;
        const double t = (up ? step : 4 - step) / 4.0, bend = 7 * std::sin(3.1 * t) * t * (1 - t);
        const auto [from, to] = up ? std::pair(a, b) : std::pair(b, a);
        const double x = from.first + (to.first - from.first) * t, y = from.second + (to.second - from.second) * t;
        // Never half a centimetre: what is shaken by a millimetre below still rounds to the same.
        ring.push_back({std::round(x * 4000 + bend * 100) / 100, std::round(y * 4000 - bend * 70) / 100});
    }
}

// The rings of the cells that `of` gives to `region`, the region on the left: outers and holes, touching at points.
std::vector<Ring> outlineOf(const std::vector<std::vector<int>>& of, int region) {
    using Corner = std::pair<int, int>;
    std::multimap<Corner, Corner> edges;
    const auto in = [&](int x, int y) {
        return y >= 0 && y < int(of.size()) && x >= 0 && x < int(of[0].size()) &&
               of[std::size_t(y)][std::size_t(x)] == region;
    };
    for (int y = 0; y < int(of.size()); ++y)
        for (int x = 0; x < int(of[0].size()); ++x) {
            if (!in(x, y))
                continue;
            if (!in(x, y - 1))
                edges.insert({{x, y}, {x + 1, y}});
            if (!in(x + 1, y))
                edges.insert({{x + 1, y}, {x + 1, y + 1}});
            if (!in(x, y + 1))
                edges.insert({{x + 1, y + 1}, {x, y + 1}});
            if (!in(x - 1, y))
                edges.insert({{x, y + 1}, {x, y}});
        }
    std::vector<Ring> rings;
    while (!edges.empty()) {
        Ring ring;
        const Corner start = edges.begin()->first;
        Corner at = start;
        do {
            const auto next = edges.find(at);
            walk(ring, at, next->second);
            at = next->second;
            edges.erase(next);
        } while (at != start);
        rings.push_back(std::move(ring));
    }
    return rings;
}

// The same ring as another program would have written it.
Ring disturbed(Ring ring, Draw& draw) {
    std::rotate(ring.begin(), ring.begin() + draw(int(ring.size())), ring.end());
    if (draw(4) == 0)
        std::reverse(ring.begin(), ring.end());
    const double nan = std::numeric_limits<double>::quiet_NaN();
    Ring out;
    for (const Point p : ring) {
        out.push_back({p.x + (draw(7) - 3) * 0.001, p.y + (draw(7) - 3) * 0.001});
        if (const int what = draw(20); what == 0)
            out.push_back(p);
        else if (what == 1)
            out.push_back(draw(2) ? Point{nan, p.y} : Point{p.x, std::numeric_limits<double>::infinity()});
    }
    if (draw(2))
        out.push_back(ring.front());
    return out;
}

std::vector<Ring> someRings(Draw& draw) {
    const int width = 1 + draw(6), height = 1 + draw(6), regions = 1 + draw(6);
    std::vector<std::vector<int>> of;
    for (int y = 0; y < height; ++y)
        for (of.emplace_back(); int(of.back().size()) < width;)
            of.back().push_back(draw(regions));
    std::vector<Ring> rings;
    for (int region = 0; region < regions; ++region)
        for (int times = std::min(draw(6), 2); times > 0; --times) // left out, once, or twice over each other
            for (const Ring& ring : outlineOf(of, region))
                rings.push_back(disturbed(ring, draw));
    if (draw(3) == 0)
        rings.push_back({{40, 40}, {40, 40.0 + draw(2)}, {40, 40}}); // no ring
    for (std::size_t i = rings.size(); i > 1; --i)
        std::swap(rings[i - 1], rings[std::size_t(draw(int(i)))]);
    if (draw(4) == 0)
        rings.resize(std::min<std::size_t>(rings.size(), 1 + std::size_t(draw(2))));
    return rings;
}

std::vector<std::vector<Place>> cleaned(const std::vector<Ring>& rings) {
    std::vector<std::vector<Place>> result;
    for (const Ring& ring : rings) {
        std::vector<Place> places;
        for (const Point p : ring)
            if (std::isfinite(p.x) && std::isfinite(p.y) && (places.empty() || places.back() != placeOf(p)))
                places.push_back(placeOf(p));
        while (places.size() > 1 && places.back() == places.front())
            places.pop_back();
        if (places.size() > 2)
            result.push_back(std::move(places));
    }
    return result;
}

// Every border as the set of its edges: two edges in a row belong together unless rings part between them.
std::set<std::set<Edge>> bordersIn(const std::vector<std::vector<Place>>& rings) {
    std::map<Place, std::set<Edge>> passed;
    const auto each = [&](const auto& see) {
        for (const auto& ring : rings)
            for (std::size_t i = 0; i < ring.size(); ++i)
                see(ring[i], ring[(i + 1) % ring.size()], ring[(i + 2) % ring.size()]);
    };
    each([&](Place a, Place b, Place c) { passed[b].insert(edgeOf(a, c)); });
    std::map<Edge, int> part; // of each edge: the border it belongs to
    each([&](Place a, Place b, Place) { part.emplace(edgeOf(a, b), int(part.size())); });
    each([&](Place a, Place b, Place c) {
        const int one = part[edgeOf(a, b)], other = part[edgeOf(b, c)];
        if (passed[b].size() == 1)
            for (auto& [edge, of] : part)
                of = of == other ? one : of;
    });
    std::map<int, std::set<Edge>> sets;
    for (const auto& [edge, of] : part)
        sets[of].insert(edge);
    std::set<std::set<Edge>> result;
    for (auto& [of, edges] : sets)
        result.insert(std::move(edges));
    return result;
}

std::vector<std::span<const Point>> spansOf(const std::vector<Ring>& rings) {
    return {rings.begin(), rings.end()};
}

RC_GTEST_PROP(BordersMade, areThoseThatPlainSetsFind, ()) {
    Draw draw;
    const auto rings = someRings(draw);
    const auto places = cleaned(rings);
    const auto borders = Borders::of(spansOf(rings), std::size_t(draw(int(rings.size()) + 1)));

    std::map<Place, Point> firsts;
    for (const Ring& ring : rings)
        for (const Point p : ring)
            if (std::isfinite(p.x) && std::isfinite(p.y))
                firsts.emplace(placeOf(p), p);
    std::set<std::set<Edge>> found;
    for (const auto& arc : borders.arcs()) {
        const auto points = borders.points(arc);
        std::set<Edge> edges;
        layers::Box box;
        for (std::size_t i = 0; i < points.size(); ++i) {
            RC_ASSERT(points[i] == firsts.at(placeOf(points[i])));
            box.add(points[i]);
            if (i > 0)
                edges.insert(edgeOf(placeOf(points[i - 1]), placeOf(points[i])));
        }
        RC_ASSERT(edges.size() + 1 == points.size());
        RC_ASSERT(found.insert(std::move(edges)).second);
        RC_ASSERT(box == arc.box);
        std::vector<float> strays(points.size());
        strayDistances(points, strays);
        RC_ASSERT(std::ranges::equal(strays, borders.strays(arc)));
    }
    RC_ASSERT(found == bordersIn(places));

    Used asked, outline;
    for (const auto& ring : places)
        for (std::size_t i = 0; i < ring.size(); ++i)
            use(asked, ring[i], ring[(i + 1) % ring.size()]);
    for (const auto& loop : borders.outline()) {
        std::vector<Place> way;
        for (const auto& [arc, backwards] : loop.steps) {
            const auto points = borders.points(borders.arcs()[arc]);
            const auto at = [&](std::size_t i) { return placeOf(points[backwards ? points.size() - 1 - i : i]); };
            RC_ASSERT((way.empty() || way.back() == at(0))); // within one more pair: its own || looks at both sides
            for (std::size_t i = way.empty() ? 0 : 1; i < points.size(); ++i)
                way.push_back(at(i));
        }
        RC_ASSERT(way.front() == way.back());
        for (std::size_t i = 1; i < way.size(); ++i)
            use(outline, way[i - 1], way[i]);
    }
    std::erase_if(asked, [](const auto& entry) { return entry.second == 0; });
    std::erase_if(outline, [](const auto& entry) { return entry.second == 0; });
    RC_ASSERT(asked == outline);
}

RC_GTEST_PROP(BordersMade, areTheSameHoweverRingsAreDealtToThreads, ()) {
    Draw draw;
    const auto rings = someRings(draw);
    const auto one = Borders::of(spansOf(rings), rings.size());
    for (std::size_t split = 0; split < rings.size(); ++split) {
        const auto two = Borders::of(spansOf(rings), split);
        RC_ASSERT(one.box() == two.box());
        RC_ASSERT(one.arcs().size() == two.arcs().size());
        for (std::size_t i = 0; i < one.arcs().size(); ++i) {
            RC_ASSERT(std::ranges::equal(one.points(one.arcs()[i]), two.points(two.arcs()[i])));
            RC_ASSERT(std::ranges::equal(one.strays(one.arcs()[i]), two.strays(two.arcs()[i])));
        }
        RC_ASSERT(one.outline().size() == two.outline().size());
        for (std::size_t i = 0; i < one.outline().size(); ++i)
            RC_ASSERT(std::ranges::equal(one.outline()[i].steps, two.outline()[i].steps, [](auto a, auto b) {
                return a.arc == b.arc && a.backwards == b.backwards;
            }));
    }
}

} // namespace
} // namespace vedette::map
