// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/roads.h"

#include "road_rules.h"

#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <boost/iterator/function_output_iterator.hpp>

#include <cassert>
#include <cmath>
#include <map>
#include <queue>
#include <set>
#include <unordered_map>

namespace vedette::layers {

namespace {

namespace bgi = boost::geometry::index;
using TreePoint = boost::geometry::model::d2::point_xy<double>;
using NodeTree = bgi::rtree<std::pair<TreePoint, Roads::Node>, bgi::rstar<16>>;

constexpr double joinMetres = 0.1;
constexpr double sameCrossingMetres = 60; // the four corners where two divided roads meet are one crossing

double metresBetween(Point a, Point b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

// Gives vertices within joinMetres of each other the same number.
class Joiner {
public:
    std::uint32_t number(Point at) {
        const auto cellX = static_cast<std::int64_t>(std::floor(at.x / joinMetres));
        const auto cellY = static_cast<std::int64_t>(std::floor(at.y / joinMetres));
        for (std::int64_t dx = -1; dx <= 1; ++dx)
            for (std::int64_t dy = -1; dy <= 1; ++dy)
                if (const auto found = cells_.find(key(cellX + dx, cellY + dy)); found != cells_.end())
                    if (metresBetween(points_[found->second], at) <= joinMetres)
                        return found->second;
        const auto number = static_cast<std::uint32_t>(points_.size());
        cells_.emplace(key(cellX, cellY), number);
        points_.push_back(at);
        return number;
    }
    Point point(std::uint32_t number) const { return points_[number]; }
    std::size_t size() const { return points_.size(); }

private:
    static std::uint64_t key(std::int64_t x, std::int64_t y) {
        return static_cast<std::uint64_t>(x) * 0x9E3779B97F4A7C15u ^ static_cast<std::uint64_t>(y);
    }
    std::unordered_map<std::uint64_t, std::uint32_t> cells_;
    std::vector<Point> points_;
};

struct Line {
    std::span<const Point> points;
    std::string name;
};

// What A* writes on; stamped, so that a search clears nothing.
struct Desk {
    struct Mark {
        std::uint32_t stamp = 0;
        float seconds = 0;
        Roads::Node from = 0;
        const Roads::Edge* by = nullptr;
        bool done = false;
    };
    std::vector<Mark> marks;
    std::uint32_t stamp = 0;
};

} // namespace

struct Roads::Impl {
    std::vector<Snapshot> snapshots; // keeps the lines' points mapped
    std::vector<Line> lines;
    std::vector<Point> nodes;
    std::vector<Edge> edges; // sorted by `from`
    std::vector<std::uint32_t> firstEdge;
    NodeTree tree;
    float fastest = 1;

    void addEdges(std::uint32_t line, const RoadRow& row, const std::vector<std::uint32_t>& vertices,
                  const std::vector<std::uint32_t>& nodeOf);
    void sortEdges();
    std::vector<Point> trace(const Desk& desk, Node start, Node end) const;
};

void Roads::Impl::addEdges(std::uint32_t line, const RoadRow& row, const std::vector<std::uint32_t>& vertices,
                           const std::vector<std::uint32_t>& nodeOf) {
    const auto points = lines[line].points;
    double metres = 0;
    std::uint32_t first = 0;
    for (std::uint32_t i = 1; i < points.size(); ++i) {
        metres += metresBetween(points[i - 1], points[i]);
        if (nodeOf[vertices[i]] == noNode)
            continue;
        const Node from = nodeOf[vertices[first]], to = nodeOf[vertices[i]];
        const auto length = static_cast<float>(metres);
        const bool oneway = row.direction != 0;
        if (from != to || metres > joinMetres) {
            if (row.direction >= 0)
                edges.push_back({from, to, length, row.metresPerSecond, line, first, i, oneway});
            if (row.direction <= 0)
                edges.push_back({to, from, length, row.metresPerSecond, line, i, first, oneway});
            fastest = std::max(fastest, row.metresPerSecond);
        }
        first = i;
        metres = 0;
    }
}

void Roads::Impl::sortEdges() {
    std::stable_sort(edges.begin(), edges.end(),
                     [](const Edge& l, const Edge& r) { return l.from < r.from; });
    firstEdge.assign(nodes.size() + 1, 0);
    for (const Edge& edge : edges)
        ++firstEdge[edge.from + 1];
    for (std::size_t i = 1; i < firstEdge.size(); ++i)
        firstEdge[i] += firstEdge[i - 1];
    std::vector<NodeTree::value_type> entries;
    entries.reserve(nodes.size());
    for (Node i = 0; i < nodes.size(); ++i)
        entries.emplace_back(TreePoint(nodes[i].x, nodes[i].y), i);
    tree = NodeTree(entries);
}

Roads Roads::build(const std::vector<Snapshot>& snapshots) {
    auto impl = std::make_shared<Impl>();
    impl->snapshots = snapshots;
    std::vector<RoadRow> rows;
    std::vector<std::vector<std::uint32_t>> vertices; // of each line
    Joiner joiner;
    for (const Snapshot& snapshot : impl->snapshots) {
        const RoadColumns columns(snapshot);
        for (std::size_t feature = 0; feature < snapshot.size(); ++feature) {
            const auto row = columns.read(snapshot, feature);
            if (!row || snapshot.shape(feature) != Shape::line)
                continue;
            for (std::size_t i = 0; i < snapshot.partCount(feature); ++i) {
                const auto points = snapshot.part(feature, i).points;
                if (points.size() < 2)
                    continue;
                impl->lines.push_back({points, row->name});
                rows.push_back(*row);
                auto& numbers = vertices.emplace_back();
                numbers.reserve(points.size());
                for (const Point point : points)
                    numbers.push_back(joiner.number(point));
            }
        }
    }
    // A vertex is a node where a line ends or where lines share it.
    std::vector<std::uint8_t> uses(joiner.size(), 0);
    for (const auto& numbers : vertices)
        for (std::size_t i = 0; i < numbers.size(); ++i)
            if (i == 0 || numbers[i] != numbers[i - 1]) {
                const bool end = i == 0 || i + 1 == numbers.size();
                uses[numbers[i]] = static_cast<std::uint8_t>(std::min(2, uses[numbers[i]] + (end ? 2 : 1)));
            } else if (i + 1 == numbers.size()) {
                uses[numbers[i]] = 2;
            }
    std::vector<std::uint32_t> nodeOf(joiner.size(), noNode);
    for (std::uint32_t i = 0; i < uses.size(); ++i)
        if (uses[i] >= 2) {
            nodeOf[i] = static_cast<Node>(impl->nodes.size());
            impl->nodes.push_back(joiner.point(i));
        }
    for (std::uint32_t i = 0; i < impl->lines.size(); ++i)
        impl->addEdges(i, rows[i], vertices[i], nodeOf);
    impl->sortEdges();
    Roads roads;
    roads.impl_ = impl;
    return roads;
}

std::size_t Roads::nodeCount() const {
    return impl_ ? impl_->nodes.size() : 0;
}

Point Roads::point(Node node) const {
    assert(node < nodeCount());
    return impl_->nodes[node];
}

std::span<const Roads::Edge> Roads::edgesFrom(Node node) const {
    assert(node < nodeCount());
    return std::span(impl_->edges)
        .subspan(impl_->firstEdge[node], impl_->firstEdge[node + 1] - impl_->firstEdge[node]);
}

std::optional<Roads::Node> Roads::nearestNode(Point at) const {
    if (nodeCount() == 0 || !std::isfinite(at.x) || !std::isfinite(at.y))
        return std::nullopt;
    std::optional<Node> found;
    impl_->tree.query(bgi::nearest(TreePoint(at.x, at.y), 1),
                      boost::make_function_output_iterator(
                          [&](const NodeTree::value_type& entry) { found = entry.second; }));
    return found;
}

std::vector<Point> Roads::Impl::trace(const Desk& desk, Node start, Node end) const {
    std::vector<const Edge*> way;
    for (Node node = end; node != start; node = desk.marks[node].from)
        way.push_back(desk.marks[node].by);
    std::vector<Point> out{nodes[start]};
    for (auto it = way.rbegin(); it != way.rend(); ++it) {
        const Edge& edge = **it;
        const auto points = lines[edge.line].points;
        const bool reversed = edge.firstPoint > edge.lastPoint;
        for (std::uint32_t i = edge.firstPoint; i != edge.lastPoint;) {
            i = reversed ? i - 1 : i + 1;
            out.push_back(points[i]);
        }
    }
    return out;
}

std::vector<Point> Roads::path(Point from, Point to) const {
    const auto start = nearestNode(from), end = nearestNode(to);
    if (!start || !end)
        return {};
    const Impl& impl = *impl_;
    thread_local Desk desk;
    if (desk.marks.size() < impl.nodes.size())
        desk.marks.resize(impl.nodes.size());
    if (++desk.stamp == 0) { // the stamps ran round
        std::fill(desk.marks.begin(), desk.marks.end(), Desk::Mark{});
        desk.stamp = 1;
    }
    const auto atLeast =
        [&](Node node) { // seconds that remain if a straight road of the best speed led there
            return static_cast<float>(metresBetween(impl.nodes[node], impl.nodes[*end]) / impl.fastest);
        };
    using Open = std::pair<float, Node>;
    std::priority_queue<Open, std::vector<Open>, std::greater<>> open;
    desk.marks[*start] = {desk.stamp, 0, *start, nullptr, false};
    open.emplace(atLeast(*start), *start);
    while (!open.empty()) {
        const Node node = open.top().second;
        open.pop();
        auto& mark = desk.marks[node];
        if (node == *end)
            return impl.trace(desk, *start, *end);
        if (mark.done)
            continue;
        mark.done = true;
        for (const Edge& edge : edgesFrom(node)) {
            const float seconds = mark.seconds + edge.metres / edge.metresPerSecond;
            auto& next = desk.marks[edge.to];
            if (next.stamp == desk.stamp && (next.done || next.seconds <= seconds))
                continue;
            next = {desk.stamp, seconds, node, &edge, false};
            open.emplace(seconds + atLeast(edge.to), edge.to);
        }
    }
    return {};
}

std::vector<Roads::Crossing> Roads::crossings() const {
    std::vector<Crossing> out;
    std::map<std::pair<std::string_view, std::string_view>, std::vector<Point>> seen;
    std::vector<std::set<std::string_view>> names(nodeCount());
    if (impl_)
        for (const Edge& edge : impl_->edges)
            if (const std::string& name = impl_->lines[edge.line].name; !name.empty()) {
                names[edge.from].insert(name);
                names[edge.to].insert(name);
            }
    for (Node node = 0; node < names.size(); ++node)
        for (auto first = names[node].begin(); first != names[node].end(); ++first)
            for (auto second = std::next(first); second != names[node].end(); ++second) {
                auto& before = seen[{*first, *second}];
                const Point at = point(node);
                if (std::any_of(before.begin(), before.end(),
                                [&](Point p) { return metresBetween(p, at) < sameCrossingMetres; }))
                    continue;
                before.push_back(at);
                out.push_back({std::string(*first), std::string(*second), at});
            }
    return out;
}

} // namespace vedette::layers
