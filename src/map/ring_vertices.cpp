// SPDX-License-Identifier: GPL-3.0-or-later
#include "ring_vertices.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>
#include <thread>

namespace vedette::map {

using layers::Point;
using Rings = std::span<const std::span<const Point>>;
using Half = RingVertices::Half;

namespace {

// `work(half)` of each; two beside each other.
template <class Work>
void onThreads(std::size_t halves, const Work& work) {
    if (halves == 1)
        return work(std::size_t(0));
    std::thread other([&] { work(std::size_t(1)); });
    work(std::size_t(0));
    other.join();
}

// Adding 1.5 * 2^52 leaves a whole number in the low bits: rounding without a call.
std::uint64_t centimetres(double metres) {
    return std::bit_cast<std::uint64_t>(metres * 100 + 6755399441055744.0);
}

bool same(Point a, Point b) {
    return centimetres(a.x) == centimetres(b.x) && centimetres(a.y) == centimetres(b.y);
}

// Points -> their places in `points`; open addressing, since half a million vertices pass through at start-up.
class Numbers {
public:
    Numbers(std::vector<Point>& points, std::size_t expected) : points_(points) {
        std::size_t size = 16;
        while (size < expected * 2)
            size *= 2;
        slots_.assign(size, noVertex);
        points_.reserve(expected / 2);
    }
    // `each(point, slot)`: a slot is nearly always in memory that no cache holds, so those of some points are asked
    // for together before the first is looked at. Waiting for one after the other was most of making borders.
    template <class Each>
    void slots(std::span<const Point> points, const Each& each) const {
        constexpr std::size_t together = 64;
        std::array<std::size_t, together> slots;
        for (std::size_t from = 0; from < points.size(); from += together) {
            const auto some = points.subspan(from, std::min(together, points.size() - from));
            for (std::size_t i = 0; i < some.size(); ++i)
                __builtin_prefetch(&slots_[slots[i] = slot(some[i])]);
            for (std::size_t i = 0; i < some.size(); ++i)
                if (const Vertex v = slots_[slots[i]]; v != noVertex)
                    __builtin_prefetch(&points_[v]);
            for (std::size_t i = 0; i < some.size(); ++i)
                each(some[i], slots[i]);
        }
    }
    // `before`: the one before it in its ring, or none. What two neighbours share is numbered in a row by the first
    // and walked in a row by the second, so the next one is mostly beside the last and nothing is searched.
    Vertex of(Point p, std::size_t slot, Vertex before) {
        if (before != noVertex) {
            if (before > 0 && same(points_[before - 1], p))
                return before - 1;
            if (before + 1 < points_.size() && same(points_[before + 1], p))
                return before + 1;
        }
        Vertex& v = slots_[place(p, slot)];
        if (v == noVertex) {
            v = Vertex(points_.size());
            points_.push_back(p);
        }
        return v;
    }
    Vertex find(Point p, std::size_t slot) const { return slots_[place(p, slot)]; }

private:
    std::size_t slot(Point p) const {
        std::uint64_t h = centimetres(p.x) * 0x9e3779b97f4a7c15ull ^ centimetres(p.y);
        h = (h ^ (h >> 29)) * 0xbf58476d1ce4e5b9ull;
        return (h ^ (h >> 32)) & (slots_.size() - 1);
    }
    std::size_t place(Point p, std::size_t slot) const { // where it stands or would stand
        while (slots_[slot] != noVertex && !same(points_[slots_[slot]], p))
            slot = (slot + 1) & (slots_.size() - 1);
        return slot;
    }
    std::vector<Vertex> slots_;
    std::vector<Point>& points_;
};

Numbers read(Rings rings, Half& half) {
    std::size_t total = 0;
    for (const auto& ring : rings)
        total += ring.size();
    Numbers numbers(half.points, total);
    auto& vertices = half.vertices;
    vertices.reserve(total);
    half.ends.reserve(rings.size());
    for (const auto& ring : rings) {
        const std::size_t first = vertices.size();
        Vertex last = noVertex;
        numbers.slots(ring, [&](Point p, std::size_t slot) {
            if (!std::isfinite(p.x) || !std::isfinite(p.y))
                return;
            if (const Vertex v = numbers.of(p, slot, last); v != last)
                vertices.push_back(last = v);
        });
        while (vertices.size() > first + 1 && vertices[first] == vertices.back())
            vertices.pop_back();
        if (vertices.size() >= first + 3)
            half.ends.push_back(vertices.size());
        else
            vertices.resize(first);
    }
    return numbers;
}

// Between which neighbours rings pass a vertex: `none` before any did, `several` once they differ.
struct Passing {
    static constexpr Vertex none = noVertex, several = noVertex - 1;
    Vertex low = none, high = none;

    static Passing between(Vertex a, Vertex b) { return {std::min(a, b), std::max(a, b)}; }
    void add(Passing other) {
        if (low == none)
            *this = other;
        else if (low != other.low || high != other.high)
            low = high = several;
    }
};

std::vector<Passing> passingsOf(const Half& half) {
    std::vector<Passing> result(half.points.size());
    half.each([&](std::span<const Vertex> ring) {
        Vertex before = ring.back();
        for (std::size_t i = 0; i < ring.size(); ++i) {
            result[ring[i]].add(Passing::between(before, i + 1 < ring.size() ? ring[i + 1] : ring[0]));
            before = ring[i];
        }
    });
    return result;
}

} // namespace

RingVertices::RingVertices(Rings rings, std::size_t split) {
    split = std::min(split, rings.size());
    const std::size_t halves = split < rings.size() ? 2 : 1;
    std::array<std::optional<Numbers>, 2> numbers;
    std::array<std::vector<Passing>, 2> passings;
    layers::Box reach; // of the first half
    onThreads(halves, [&](std::size_t i) {
        numbers[i].emplace(read(i == 0 ? rings.first(split) : rings.subspan(split), halves_[i]));
        passings[i] = passingsOf(halves_[i]);
        if (i == 0)
            for (const Point p : halves_[0].points)
                reach.add(p);
    });
    // What the first half knows too has its number there; the second's other numbers follow the first's. A city's areas
    // mostly stand in the order of its districts, so what can be known lies in a corner.
    constexpr double rounded = 0.01; // metres
    reach = {reach.minX - rounded, reach.minY - rounded, reach.maxX + rounded, reach.maxY + rounded};
    auto& [first, second] = halves_;
    const auto firsts = Vertex(first.points.size());
    std::vector<Vertex> renamed(second.points.size());
    onThreads(halves, [&](std::size_t i) {
        const std::size_t middle = renamed.size() / 2;
        std::vector<Vertex> near;
        std::vector<Point> points; // of these
        for (std::size_t v = i == 0 ? 0 : middle; v < (i == 0 ? middle : renamed.size()); ++v) {
            renamed[v] = Vertex(firsts + v);
            if (reach.contains(second.points[v])) {
                near.push_back(Vertex(v));
                points.push_back(second.points[v]);
            }
        }
        auto at = near.begin();
        numbers[0]->slots(points, [&](Point p, std::size_t slot) {
            if (const Vertex known = numbers[0]->find(p, slot); known != noVertex)
                renamed[*at] = known;
            ++at;
        });
    });
    for (Vertex& v : second.vertices)
        v = renamed[v];

    junctions_.reserve(first.points.size() + second.points.size());
    for (const auto& half : passings)
        for (const Passing& passing : half)
            junctions_.push_back(passing.low == Passing::several);
    for (std::size_t v = 0; v < renamed.size(); ++v)
        if (const Vertex known = renamed[v]; known < firsts && passings[1][v].low != Passing::none) {
            const auto [low, high] = passings[1][v];
            passings[0][known].add(low == Passing::several ? Passing{low, high}
                                                           : Passing::between(renamed[low], renamed[high]));
            junctions_[known] = passings[0][known].low == Passing::several;
        }
}

} // namespace vedette::map
