// SPDX-License-Identifier: GPL-3.0-or-later
#include "borders.h"

#include "simplify.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <thread>
#include <unordered_map>
#include <utility>

namespace vedette::map {

namespace {

using Vertex = std::uint32_t;
constexpr Vertex none = ~Vertex(0);

// Points -> vertex numbers; open addressing, since half a million vertices pass through at start-up.
class Vertices {
public:
    explicit Vertices(std::size_t expected) {
        std::size_t size = 16;
        while (size < expected * 2)
            size *= 2;
        slots_.assign(size, none);
        points_.reserve(expected / 2);
        keys_.reserve(expected / 2);
    }
    // `before`: the one before it in its ring, or none. What two neighbours share is numbered in a row by the first
    // and walked in a row by the second, so the next one is mostly beside the last and nothing is searched.
    Vertex of(layers::Point p, Vertex before) {
        const Key key{centimetres(p.x), centimetres(p.y)};
        if (before != none) {
            if (before > 0 && keys_[before - 1] == key)
                return before - 1;
            if (before + 1 < keys_.size() && keys_[before + 1] == key)
                return before + 1;
        }
        std::uint64_t h = key.x * 0x9e3779b97f4a7c15ull ^ key.y;
        h = (h ^ (h >> 29)) * 0xbf58476d1ce4e5b9ull;
        std::size_t slot = (h ^ (h >> 32)) & (slots_.size() - 1);
        for (; slots_[slot] != none; slot = (slot + 1) & (slots_.size() - 1))
            if (keys_[slots_[slot]] == key)
                return slots_[slot];
        slots_[slot] = Vertex(points_.size());
        points_.push_back(p);
        keys_.push_back(key);
        return slots_[slot];
    }
    layers::Point point(Vertex v) const { return points_[v]; }
    std::size_t size() const { return points_.size(); }

private:
    struct Key {
        std::uint64_t x, y;
        friend bool operator==(const Key&, const Key&) = default;
    };
    // Adding 1.5 * 2^52 leaves a whole number in the low bits: rounding without a call.
    static std::uint64_t centimetres(double metres) {
        return std::bit_cast<std::uint64_t>(metres * 100 + 6755399441055744.0);
    }
    std::vector<Vertex> slots_;
    std::vector<layers::Point> points_;
    std::vector<Key> keys_;
};

// Rings as vertex numbers, without the closing repeat and without standing still.
struct Rings {
    std::vector<Vertex> vertices;
    std::vector<std::size_t> ends; // of each ring
    template <class Each>
    void each(const Each& see) const {
        std::size_t from = 0;
        for (const std::size_t end : ends) {
            see(std::span(vertices).subspan(from, end - from));
            from = end;
        }
    }
};

Rings numbered(const std::vector<std::span<const layers::Point>>& input, std::size_t total, Vertices& vertices) {
    Rings rings;
    rings.vertices.reserve(total);
    rings.ends.reserve(input.size());
    auto& ids = rings.vertices;
    for (const auto& ring : input) {
        const std::size_t first = ids.size();
        Vertex last = none;
        for (const auto& p : ring) {
            if (!std::isfinite(p.x) || !std::isfinite(p.y))
                continue;
            if (const Vertex v = vertices.of(p, last); v != last)
                ids.push_back(last = v);
        }
        while (ids.size() > first + 1 && ids[first] == ids.back())
            ids.pop_back();
        if (ids.size() >= first + 3)
            rings.ends.push_back(ids.size());
        else
            ids.resize(first);
    }
    return rings;
}

// A vertex is a junction when two rings pass it between different neighbours.
std::vector<std::uint8_t> junctions(const Rings& rings, std::size_t vertices) {
    struct Neighbours {
        Vertex low = none, high = none;
    };
    std::vector<Neighbours> seen(vertices);
    std::vector<std::uint8_t> result(vertices, 0);
    rings.each([&](std::span<const Vertex> ring) {
        Vertex before = ring.back();
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const Vertex after = i + 1 < ring.size() ? ring[i + 1] : ring[0];
            const Vertex low = std::min(before, after), high = std::max(before, after);
            Neighbours& n = seen[ring[i]];
            if (n.low == none)
                n = {low, high};
            else if (n.low != low || n.high != high)
                result[ring[i]] = 1;
            before = ring[i];
        }
    });
    return result;
}

// A part of a ring that is one arc: `count` vertices from `from` on, round the ring's end.
struct Way {
    std::span<const Vertex> ring;
    std::size_t from, count;
    bool turned; // it is known by its other direction
    Vertex at(std::size_t i) const {
        const std::size_t place = from + (turned ? count - 1 - i : i);
        return ring[place < ring.size() ? place : place - ring.size()];
    }
};

// Every arc once, in the direction it is known by, and how often rings use it so less how often the other way round:
// what remains is outline.
struct Ways {
    std::vector<Way> ways;
    std::vector<int> net;
};

Ways waysOf(const Rings& rings, const std::vector<std::uint8_t>& junction) {
    Ways found;
    // Between junctions the way is forced, so an arc is known by its first edge. By their first vertex, in chains:
    std::vector<std::uint32_t> heads(junction.size(), none), next;
    const auto add = [&](Way way) {
        const std::pair forwards(way.at(0), way.at(1)), backwards(way.at(way.count - 1), way.at(way.count - 2));
        way.turned = backwards < forwards;
        const auto [first, second] = way.turned ? backwards : forwards;
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
    };
    rings.each([&](std::span<const Vertex> ring) {
        const std::size_t n = ring.size();
        std::size_t start = 0;
        while (start < n && !junction[ring[start]])
            ++start;
        if (start == n) { // an island: one closed arc, from its lowest vertex so that its hole's ring is the same
            start = std::size_t(std::min_element(ring.begin(), ring.end()) - ring.begin());
            return add({ring, start, n + 1, false});
        }
        std::size_t from = start;
        for (std::size_t i = start + 1; i <= start + n; ++i)
            if (junction[ring[i < n ? i : i - n]]) {
                add({ring, from, i - from + 1, false});
                from = i < n ? i : i - n;
            }
    });
    return found;
}

} // namespace

Borders Borders::of(const std::vector<std::span<const layers::Point>>& input) {
    Borders borders;
    std::size_t total = 0;
    for (const auto& ring : input)
        total += ring.size();
    Vertices vertices(total);
    const Rings rings = numbered(input, total, vertices);
    const auto [ways, net] = waysOf(rings, junctions(rings, vertices.size()));

    std::uint32_t points = 0;
    borders.arcs_.reserve(ways.size());
    for (const Way& way : ways) {
        borders.arcs_.push_back({points, std::uint32_t(way.count), {}});
        points += std::uint32_t(way.count);
    }
    borders.points_.resize(points);
    borders.strays_.resize(points);
    constexpr std::size_t chunk = 512; // arcs
    std::atomic<std::size_t> at{0};
    const auto fill = [&borders, &ways = ways, &vertices, &at] {
        for (std::size_t begin; (begin = at.fetch_add(chunk)) < ways.size();)
            for (std::size_t i = begin; i < std::min(begin + chunk, ways.size()); ++i) {
                Arc& arc = borders.arcs_[i];
                const Way way = ways[i];
                layers::Point* to = &borders.points_[arc.first];
                for (std::size_t k = 0; k < way.count; ++k)
                    arc.box.add(to[k] = vertices.point(way.at(k)));
                strayDistances(borders.points(arc), {&borders.strays_[arc.first], arc.count});
            }
    };
    std::thread other(fill); // beside the outline, which doesn't look at places

    // Every ring leaves each vertex as often as it enters, so the rest after cancelling falls into loops.
    std::unordered_map<Vertex, std::vector<Step>> leaving;
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
