// SPDX-License-Identifier: GPL-3.0-or-later
#include "borders.h"

#include "ring_vertices.h"
#include "simplify.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <map>
#include <thread>
#include <utility>

namespace vedette::map {

namespace {

// A part of a ring that is one arc: `count` vertices from `from` on, round the ring's end.
struct Way {
    const Vertex* ring;
    std::uint32_t size, from, count; // of the ring's vertices
    bool turned;                     // it is known by its other direction
    Vertex at(std::size_t i) const {
        const std::size_t place = from + (turned ? count - 1 - i : i);
        return ring[place < size ? place : place - size];
    }
};

Way wayOf(std::span<const Vertex> ring, std::size_t from, std::size_t count) {
    Way way{ring.data(), std::uint32_t(ring.size()), std::uint32_t(from), std::uint32_t(count), false};
    const std::pair forwards(way.at(0), way.at(1)), backwards(way.at(count - 1), way.at(count - 2));
    way.turned = backwards < forwards;
    return way;
}

// Of every ring, each part between two junctions.
std::vector<Way> partsOf(const RingVertices& rings, const RingVertices::Half& half) {
    std::vector<Way> parts;
    half.each([&](std::span<const Vertex> ring) {
        const std::size_t n = ring.size();
        std::size_t start = 0;
        while (start < n && !rings.junction(ring[start]))
            ++start;
        if (start == n) { // an island: one closed arc, from its lowest vertex so that its hole's ring is the same
            start = std::size_t(std::min_element(ring.begin(), ring.end()) - ring.begin());
            parts.push_back(wayOf(ring, start, n + 1));
            return;
        }
        std::size_t from = start;
        for (std::size_t i = start + 1; i <= start + n; ++i)
            if (rings.junction(ring[i < n ? i : i - n])) {
                parts.push_back(wayOf(ring, from, i - from + 1));
                from = i < n ? i : i - n;
            }
    });
    return parts;
}

// Every arc once, in the direction it is known by, and how often rings use it so less how often the other way round:
// what remains is outline.
struct Ways {
    std::vector<Way> ways;
    std::vector<int> net;
};

Ways waysOf(const RingVertices& rings) {
    std::array<std::vector<Way>, 2> parts;
    std::thread other([&] { parts[1] = partsOf(rings, rings.halves()[1]); });
    parts[0] = partsOf(rings, rings.halves()[0]);
    other.join();
    Ways found;
    // Between junctions the way is forced, so an arc is known by its first edge. By their first vertex, in chains:
    constexpr std::uint32_t none = ~std::uint32_t(0);
    std::vector<std::uint32_t> heads(rings.size(), none), next;
    for (const auto& half : parts)
        for (const Way& way : half) {
            const Vertex first = way.at(0), second = way.at(1);
            std::uint32_t arc = heads[first];
            while (arc != none && found.ways[arc].at(1) != second)
                arc = next[arc];
            if (arc == none) {
                arc = std::uint32_t(found.ways.size());
                found.ways.push_back(way);
                found.net.push_back(0);
                next.push_back(std::exchange(heads[first], arc));
            }
            found.net[arc] += way.turned ? -1 : 1;
        }
    return found;
}

} // namespace

Borders Borders::of(const std::vector<std::span<const layers::Point>>& rings) {
    std::size_t total = 0, before = 0, split = 0;
    for (const auto& ring : rings)
        total += ring.size();
    constexpr std::size_t worthAThread = 10'000; // points
    if (total < worthAThread)
        return of(rings, rings.size());
    while (before < total / 2)
        before += rings[split++].size();
    return of(rings, split);
}

Borders Borders::of(const std::vector<std::span<const layers::Point>>& input, std::size_t split) {
    Borders borders;
    const RingVertices rings(input, split);
    const auto [ways, net] = waysOf(rings);

    std::uint32_t points = 0;
    borders.arcs_.reserve(ways.size());
    for (const Way& way : ways) {
        borders.arcs_.push_back({points, std::uint32_t(way.count), {}});
        points += std::uint32_t(way.count);
    }
    borders.points_ = std::make_unique_for_overwrite<layers::Point[]>(points);
    borders.strays_ = std::make_unique_for_overwrite<float[]>(points);
    constexpr std::size_t chunk = 512; // arcs
    std::atomic<std::size_t> at{0};
    const auto fill = [&borders, &ways = ways, &rings, &at] {
        for (std::size_t begin; (begin = at.fetch_add(chunk)) < ways.size();)
            for (std::size_t i = begin; i < std::min(begin + chunk, ways.size()); ++i) {
                Arc& arc = borders.arcs_[i];
                const Way way = ways[i];
                layers::Point* to = &borders.points_[arc.first];
                for (std::size_t k = 0; k < way.count; ++k)
                    arc.box.add(to[k] = rings.point(way.at(k)));
                strayDistances(borders.points(arc), {&borders.strays_[arc.first], arc.count});
            }
    };
    std::thread other(fill); // beside the outline, which doesn't look at places

    // Every ring leaves each vertex as often as it enters, so the rest after cancelling falls into loops.
    std::map<Vertex, std::vector<Step>> leaving;
    const auto end = [&ways = ways](std::uint32_t arc, bool last) {
        return ways[arc].at(last ? ways[arc].count - 1 : 0);
    };
    for (std::uint32_t i = 0; i < ways.size(); ++i)
        for (int k = std::abs(net[i]); k > 0; --k)
            leaving[end(i, net[i] < 0)].push_back({i, net[i] < 0});
    for (auto& [from, steps] : leaving) {
        while (!steps.empty()) {
            Loop loop;
            Vertex here = from;
            do {
                auto& choices = leaving.at(here);
                if (choices.empty())
                    break;
                const Step step = choices.back();
                choices.pop_back();
                loop.steps.push_back(step);
                here = end(step.arc, !step.backwards);
            } while (here != from);
            borders.outline_.push_back(std::move(loop));
        }
    }
    fill();
    other.join();
    for (const Arc& arc : borders.arcs_)
        borders.box_.add(arc.box);
    for (Loop& loop : borders.outline_)
        for (const Step& step : loop.steps)
            loop.box.add(borders.arcs_[step.arc].box);
    borders.runs_ = BoxRuns(borders.arcs_.size(), [&](std::size_t i) { return borders.arcs_[i].box; });
    return borders;
}

} // namespace vedette::map
