// SPDX-License-Identifier: GPL-3.0-or-later
#include "road_lines.h"

#include <algorithm>
#include <cmath>

namespace vedette::layers {

namespace {

constexpr double endMetres = 0.5; // by which an end may miss the line it belongs to
constexpr double hashCell = 1;    // metres

struct Segment {
    std::uint32_t line, at; // from vertex `at` to the next
};
struct Cut {
    std::uint32_t line, at;
    double along;
    std::uint32_t vertex;
};

bool mayCross(const RoadRow& a, const RoadRow& b) {
    return a.level == b.level && !a.limitedAccess && !b.limitedAccess;
}

// Segments by square cell, for pairs that may cross.
class SegmentGrid {
public:
    SegmentGrid(const std::vector<RoadLine>& lines, const VertexJoiner& joiner) {
        for (std::size_t i = 0; i < joiner.size(); ++i)
            box_.add(joiner.point(static_cast<std::uint32_t>(i)));
        std::size_t segments = 0;
        double metres = 0;
        const auto each = [&](const auto& visit) {
            for (std::uint32_t l = 0; l < lines.size(); ++l)
                for (std::uint32_t i = 0; i + 1 < lines[l].vertices.size(); ++i)
                    visit(Segment{l, i}, joiner.point(lines[l].vertices[i]),
                          joiner.point(lines[l].vertices[i + 1]));
        };
        each([&](Segment, Point a, Point b) { ++segments, metres += std::hypot(a.x - b.x, a.y - b.y); });
        // As large as a segment, but no more cells than four for each of them.
        cell_ = std::max({metres / double(std::max<std::size_t>(segments, 1)), 5.0,
                          std::sqrt(std::max(box_.width(), 1.0) * std::max(box_.height(), 1.0) /
                                    (4.0 * double(segments + 1)))});
        across_ = column(box_.maxX) + 1;
        const std::size_t cells = across_ * (row(box_.maxY) + 1);
        first_.assign(cells + 1, 0);
        each([&](Segment, Point a, Point b) { cellsOf(a, b, [&](std::size_t c) { ++first_[c + 1]; }); });
        for (std::size_t i = 1; i <= cells; ++i)
            first_[i] += first_[i - 1];
        held_.resize(first_.back());
        auto next = first_;
        each([&](Segment s, Point a, Point b) {
            cellsOf(a, b, [&](std::size_t c) { held_[next[c]++] = s; });
        });
    }
    std::size_t cells() const { return first_.size() - 1; }
    std::span<const Segment> cell(std::size_t i) const {
        return std::span(held_).subspan(first_[i], first_[i + 1] - first_[i]);
    }
    std::size_t cellAt(Point p) const {
        const Point inside{std::clamp(p.x, box_.minX, box_.maxX), std::clamp(p.y, box_.minY, box_.maxY)};
        return row(inside.y) * across_ + column(inside.x);
    }

private:
    std::size_t column(double x) const { return static_cast<std::size_t>((x - box_.minX) / cell_); }
    std::size_t row(double y) const { return static_cast<std::size_t>((y - box_.minY) / cell_); }
    template <class Visit>
    void cellsOf(Point a, Point b, const Visit& visit) const {
        const auto near = [](double v, double edge) { return std::max(v - endMetres, edge); };
        const auto far = [](double v, double edge) { return std::min(v + endMetres, edge); };
        const std::size_t right = column(far(std::max(a.x, b.x), box_.maxX)),
                          top = row(far(std::max(a.y, b.y), box_.maxY));
        for (std::size_t y = row(near(std::min(a.y, b.y), box_.minY)); y <= top; ++y)
            for (std::size_t x = column(near(std::min(a.x, b.x), box_.minX)); x <= right; ++x)
                visit(y * across_ + x);
    }
    Box box_;
    double cell_ = 1;
    std::size_t across_ = 1;
    std::vector<std::uint32_t> first_;
    std::vector<Segment> held_;
};

class Joining {
public:
    Joining(std::vector<RoadLine>& lines, VertexJoiner& joiner)
        : lines_(lines), joiner_(joiner), grid_(lines, joiner) {}
    Joined run() {
        for (cell_ = 0; cell_ < grid_.cells(); ++cell_) {
            const auto held = grid_.cell(cell_);
            for (std::size_t i = 0; i < held.size(); ++i)
                for (std::size_t k = i + 1; k < held.size(); ++k)
                    pair(held[i], held[k]);
        }
        apply();
        return joined_;
    }

private:
    std::uint32_t vertex(Segment s, std::uint32_t end) const { return lines_[s.line].vertices[s.at + end]; }
    Point point(Segment s, std::uint32_t end) const { return joiner_.point(vertex(s, end)); }

    void pair(Segment a, Segment b) {
        const RoadLine &first = lines_[a.line], &second = lines_[b.line];
        if (first.openStreetMap || second.openStreetMap)
            return;
        for (const std::uint32_t i : {0u, 1u})
            for (const std::uint32_t k : {0u, 1u})
                if (vertex(a, i) == vertex(b, k))
                    return;
        if (bring(a, b) || bring(b, a))
            return;
        const Point p = point(a, 0), q = point(b, 0);
        const double rx = point(a, 1).x - p.x, ry = point(a, 1).y - p.y;
        const double sx = point(b, 1).x - q.x, sy = point(b, 1).y - q.y;
        const double cross = rx * sy - ry * sx;
        if (cross == 0)
            return;
        const double t = ((q.x - p.x) * sy - (q.y - p.y) * sx) / cross;
        const double u = ((q.x - p.x) * ry - (q.y - p.y) * rx) / cross;
        if (!(t >= 0 && t <= 1 && u >= 0 && u <= 1))
            return;
        const Point at{p.x + t * rx, p.y + t * ry};
        if (grid_.cellAt(at) != cell_) // another cell, which holds both as well, has it
            return;
        if (!mayCross(first.row, second.row)) {
            ++joined_.passOver;
            return;
        }
        ++joined_.crossings;
        const std::uint32_t number = joiner_.number(at);
        cuts_.push_back({a.line, a.at, t, number});
        cuts_.push_back({b.line, b.at, u, number});
    }
    // A line's end beside the middle of another's segment.
    bool bring(Segment ending, Segment onto) {
        const auto& vertices = lines_[ending.line].vertices;
        bool done = false;
        for (const std::uint32_t end : {0u, 1u}) {
            const std::size_t index = ending.at + end;
            if (index != 0 && index + 1 != vertices.size())
                continue;
            const Point p = point(ending, end), a = point(onto, 0), b = point(onto, 1);
            const double dx = b.x - a.x, dy = b.y - a.y, squared = dx * dx + dy * dy;
            if (!(squared > 0))
                continue;
            const double t = ((p.x - a.x) * dx + (p.y - a.y) * dy) / squared;
            const double off = std::hypot(a.x + t * dx - p.x, a.y + t * dy - p.y);
            if (!(t > 0 && t < 1 && off <= endMetres) ||
                lines_[ending.line].row.level != lines_[onto.line].row.level)
                continue;
            if (grid_.cellAt(p) == cell_) {
                ++joined_.ends;
                cuts_.push_back({onto.line, onto.at, t, vertices[index]});
            }
            done = true;
        }
        return done;
    }
    void apply() {
        std::sort(cuts_.begin(), cuts_.end(), [](const Cut& a, const Cut& b) {
            return std::tie(a.line, a.at, a.along, a.vertex) < std::tie(b.line, b.at, b.along, b.vertex);
        });
        for (auto cut = cuts_.begin(); cut != cuts_.end();) {
            RoadLine& line = lines_[cut->line];
            std::vector<std::uint32_t> whole;
            const auto add = [&](std::uint32_t number) {
                if (whole.empty() || whole.back() != number)
                    whole.push_back(number);
            };
            const std::uint32_t of = cut->line;
            for (std::uint32_t i = 0; i < line.vertices.size(); ++i) {
                add(line.vertices[i]);
                for (; cut != cuts_.end() && cut->line == of && cut->at == i; ++cut)
                    add(cut->vertex);
            }
            line.vertices = std::move(whole);
        }
    }

    std::vector<RoadLine>& lines_;
    VertexJoiner& joiner_;
    const SegmentGrid grid_;
    std::size_t cell_ = 0;
    std::vector<Cut> cuts_;
    Joined joined_;
};

} // namespace

VertexJoiner::VertexJoiner(std::size_t expected) {
    std::size_t buckets = 1024;
    while (buckets < expected)
        buckets *= 2;
    first_.assign(buckets, noNode);
    points_.reserve(expected), next_.reserve(expected);
}

std::size_t VertexJoiner::bucket(std::int64_t x, std::int64_t y) const {
    std::uint64_t mixed = static_cast<std::uint64_t>(x) * 0x9E3779B97F4A7C15u;
    mixed ^= static_cast<std::uint64_t>(y) * 0xC2B2AE3D27D4EB4Fu;
    mixed ^= mixed >> 29;
    return static_cast<std::size_t>(mixed * 0xBF58476D1CE4E5B9u >> 20) & (first_.size() - 1);
}

std::uint32_t VertexJoiner::find(Point at) const {
    const auto cellOf = [](double v) { return static_cast<std::int64_t>(std::floor(v / hashCell)); };
    for (auto x = cellOf(at.x - joinMetres); x <= cellOf(at.x + joinMetres); ++x)
        for (auto y = cellOf(at.y - joinMetres); y <= cellOf(at.y + joinMetres); ++y)
            for (auto i = first_[bucket(x, y)]; i != noNode; i = next_[i])
                if (std::hypot(points_[i].x - at.x, points_[i].y - at.y) <= joinMetres)
                    return i;
    return noNode;
}

std::uint32_t VertexJoiner::number(Point at) {
    if (const auto found = find(at); found != noNode)
        return found;
    const auto number = static_cast<std::uint32_t>(points_.size());
    auto& first = first_[bucket(static_cast<std::int64_t>(std::floor(at.x / hashCell)),
                                static_cast<std::int64_t>(std::floor(at.y / hashCell)))];
    points_.push_back(at);
    next_.push_back(first);
    first = number;
    return number;
}

Joined joinCrossings(std::vector<RoadLine>& lines, VertexJoiner& joiner) {
    if (std::all_of(lines.begin(), lines.end(), [](const RoadLine& line) { return line.openStreetMap; }))
        return {};
    return Joining(lines, joiner).run();
}

} // namespace vedette::layers
