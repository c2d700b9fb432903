// SPDX-License-Identifier: GPL-3.0-or-later
#include "borders.h"

#include "simplify.h"

#include <algorithm>
#include <cmath>
#include <thread>
#include <unordered_map>

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
    Vertex of(layers::Point p) {
        const Key key{std::llround(p.x * 100), std::llround(p.y * 100)};
        std::uint64_t h = std::uint64_t(key.x) * 0x9e3779b97f4a7c15ull ^ std::uint64_t(key.y);
        h = (h ^ (h >> 29)) * 0xbf58476d1ce4e5b9ull;
        std::size_t slot = (h ^ (h >> 32)) & (slots_.size() - 1);
        while (slots_[slot] != none) {
            const Key& held = keys_[slots_[slot]];
            if (held.x == key.x && held.y == key.y)
                return slots_[slot];
            slot = (slot + 1) & (slots_.size() - 1);
        }
        slots_[slot] = Vertex(points_.size());
        points_.push_back(p);
        keys_.push_back(key);
        return slots_[slot];
    }
    layers::Point point(Vertex v) const { return points_[v]; }
    std::size_t size() const { return points_.size(); }

private:
    struct Key {
        long long x, y;
    };
    std::vector<Vertex> slots_;
    std::vector<layers::Point> points_;
    std::vector<Key> keys_;
};

// Rings as vertex numbers, without the closing repeat and without standing still.
std::vector<std::vector<Vertex>> numbered(const std::vector<std::span<const layers::Point>>& rings,
                                          Vertices& vertices) {
    std::vector<std::vector<Vertex>> result;
    result.reserve(rings.size());
    for (const auto& ring : rings) {
        std::vector<Vertex> ids;
        ids.reserve(ring.size());
        for (const auto& p : ring) {
            if (!std::isfinite(p.x) || !std::isfinite(p.y))
                continue;
            const Vertex v = vertices.of(p);
            if (ids.empty() || ids.back() != v)
                ids.push_back(v);
        }
        while (ids.size() > 1 && ids.front() == ids.back())
            ids.pop_back();
        if (ids.size() >= 3)
            result.push_back(std::move(ids));
    }
    return result;
}

// A vertex is a junction when two rings pass it between different neighbours.
std::vector<bool> junctions(const std::vector<std::vector<Vertex>>& rings, std::size_t vertices) {
    struct Neighbours {
        Vertex low = none, high = none;
    };
    std::vector<Neighbours> seen(vertices);
    std::vector<bool> result(vertices, false);
    for (const auto& ring : rings)
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const Vertex a = ring[i ? i - 1 : ring.size() - 1], b = ring[i + 1 < ring.size() ? i + 1 : 0];
            Neighbours& n = seen[ring[i]];
            if (n.low == none)
                n = {std::min(a, b), std::max(a, b)};
            else if (n.low != std::min(a, b) || n.high != std::max(a, b))
                result[ring[i]] = true;
        }
    return result;
}

} // namespace

Borders Borders::of(const std::vector<std::span<const layers::Point>>& input) {
    Borders borders;
    std::size_t total = 0;
    for (const auto& ring : input)
        total += ring.size();
    Vertices vertices(total);
    const auto rings = numbered(input, vertices);
    const auto junction = junctions(rings, vertices.size());

    // Between junctions the way is forced, so an arc is known by its first edge in the canonical direction.
    std::unordered_map<std::uint64_t, std::uint32_t> known;
    known.reserve(rings.size() * 4);
    std::vector<int> net; // uses forwards less uses backwards: what remains is outline
    std::vector<std::pair<Vertex, Vertex>> ends;
    const auto addArc = [&](std::vector<Vertex>& way) {
        const auto forwards = std::pair(way[0], way[1]);
        const auto backwards = std::pair(way[way.size() - 1], way[way.size() - 2]);
        const bool turn = backwards < forwards;
        if (turn)
            std::reverse(way.begin(), way.end());
        const std::uint64_t key = std::uint64_t(way[0]) << 32 | way[1];
        const auto [at, fresh] = known.try_emplace(key, std::uint32_t(borders.arcs_.size()));
        if (fresh) {
            Arc arc{std::uint32_t(borders.points_.size()), std::uint32_t(way.size()), {}};
            for (const Vertex v : way) {
                borders.points_.push_back(vertices.point(v));
                arc.box.add(borders.points_.back());
            }
            borders.arcs_.push_back(arc);
            borders.box_.add(arc.box);
            net.push_back(0);
            ends.emplace_back(way.front(), way.back());
        }
        net[at->second] += turn ? -1 : 1;
    };

    std::vector<Vertex> way;
    for (const auto& ring : rings) {
        const std::size_t n = ring.size();
        std::size_t start = 0;
        while (start < n && !junction[ring[start]])
            ++start;
        if (start ==
            n) // an island: one closed arc, from its lowest vertex so that its hole's ring is the same
            start = std::size_t(std::min_element(ring.begin(), ring.end()) - ring.begin());
        way.assign(1, ring[start]);
        for (std::size_t i = 1; i <= n; ++i) {
            const Vertex v = ring[(start + i) % n];
            way.push_back(v);
            if (junction[v] || i == n) {
                addArc(way);
                way.assign(1, v);
            }
        }
    }

    borders.runs_ = BoxRuns(borders.arcs_.size(), [&](std::size_t i) { return borders.arcs_[i].box; });
    borders.strays_.resize(borders.points_.size());
    std::thread strays([&borders] { // beside the outline, which doesn't look at them
        for (const Arc& arc : borders.arcs_)
            strayDistances(borders.points(arc), {&borders.strays_[arc.first], arc.count});
    });

    // Every ring leaves each vertex as often as it enters, so the rest after cancelling falls into loops.
    std::unordered_map<Vertex, std::vector<Step>> leaving;
    for (std::uint32_t i = 0; i < borders.arcs_.size(); ++i)
        for (int k = std::abs(net[i]); k > 0; --k)
            leaving[net[i] > 0 ? ends[i].first : ends[i].second].push_back({i, net[i] < 0});
    for (auto& [from, steps] : leaving) {
        while (!steps.empty()) {
            Loop loop;
            Vertex at = from;
            do {
                auto& choices = leaving.at(at);
                if (choices.empty())
                    break;
                const Step step = choices.back();
                choices.pop_back();
                loop.steps.push_back(step);
                loop.box.add(borders.arcs_[step.arc].box);
                at = step.backwards ? ends[step.arc].first : ends[step.arc].second;
            } while (at != from);
            borders.outline_.push_back(std::move(loop));
        }
    }
    strays.join();
    return borders;
}

} // namespace vedette::map
