// SPDX-License-Identifier: GPL-3.0-or-later
#include "road_lines.h"
#include "road_parts.h"
#include "road_turns.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <numeric>
#include <unordered_map>

namespace vedette::layers {

namespace {

using Edge = RoadNetwork::Edge;
using Node = RoadNetwork::Node;
using Arc = RoadNetwork::Arc;

constexpr double slowest = 0.3; // m/s; no road is slower

double metresBetween(Point a, Point b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

class Building {
public:
    Building(const std::vector<Snapshot>& sources, std::vector<Finding>* findings)
        : sources_(sources), findings_(findings), joiner_(vertices(sources)) {}

    void collect();
    void join();
    void cut();
    void findParts();
    void split(const std::vector<RoadTurn>& turns);
    RoadParts take() { return std::move(parts_); }

private:
    static std::size_t vertices(const std::vector<Snapshot>& sources) {
        std::size_t count = 0;
        for (const Snapshot& source : sources)
            for (std::size_t feature = 0; feature < source.size(); ++feature)
                for (std::size_t i = 0; i < source.partCount(feature); ++i)
                    count += source.part(feature, i).points.size();
        return count;
    }
    void say(Finding::Severity severity, Message message, std::int64_t source = -1, std::int64_t row = -1) {
        if (findings_)
            findings_->push_back({severity,
                                  std::move(message),
                                  source < 0 ? sources_.empty() ? "" : sources_.front().source()
                                             : sources_[static_cast<std::size_t>(source)].source(),
                                  row,
                                  {}});
    }
    void addEdge(const RoadLine& line, std::uint32_t name, std::span<const std::uint32_t> vertices);
    std::vector<Arc> arcsOf(const std::string& id, Node at, bool entering) const;
    std::vector<Arc> chain(const std::vector<std::string>& lines, Node from, const std::string& to) const;

    const std::vector<Snapshot>& sources_;
    std::vector<Finding>* findings_;
    VertexJoiner joiner_;
    std::vector<RoadLine> lines_;
    std::vector<Node> nodeOf_;             // by vertex
    std::vector<std::uint32_t> edgesFrom_; // by line: its first edge
    std::unordered_map<std::string, std::vector<std::uint32_t>> linesById_;
    RoadParts parts_;
};

void Building::collect() {
    for (std::uint32_t s = 0; s < sources_.size(); ++s) {
        const Snapshot& source = sources_[s];
        const RoadColumns columns(source);
        for (std::size_t feature = 0; feature < source.size(); ++feature) {
            if (source.shape(feature) != Shape::line)
                continue;
            const auto row = columns.readAny(source, feature);
            if (!row)
                continue;
            for (std::size_t i = 0; i < source.partCount(feature); ++i) {
                RoadLine line{*row, s, static_cast<std::uint32_t>(feature), {}, columns.openStreetMap(), {}};
                line.id = columns.id(source, feature);
                for (const Point p : source.part(feature, i).points) {
                    if (!onGround(p))
                        continue;
                    const auto number = joiner_.number(p);
                    if (line.vertices.empty() || line.vertices.back() != number)
                        line.vertices.push_back(number);
                }
                if (line.vertices.size() >= 2)
                    lines_.push_back(std::move(line));
                else
                    say(Finding::Severity::warning, {"roadLineBroken", {}}, s, source.row(feature));
            }
        }
    }
    if (lines_.empty())
        say(Finding::Severity::warning, {"roadsNone", {}});
}

void Building::join() {
    const Joined joined = joinCrossings(lines_, joiner_);
    const auto note = [this](const char* code, std::size_t count) {
        if (count > 0)
            say(Finding::Severity::note, {code, {{"count", std::to_string(count)}}});
    };
    note("roadsJoined", joined.crossings + joined.ends);
    note("roadsPassOver", joined.passOver);
}

void Building::addEdge(const RoadLine& line, std::uint32_t name, std::span<const std::uint32_t> vertices) {
    Edge edge;
    edge.firstPoint = static_cast<std::uint32_t>(parts_.points.size());
    edge.pointCount = static_cast<std::uint32_t>(vertices.size());
    double metres = 0;
    for (std::size_t i = 0; i < vertices.size(); ++i) {
        parts_.points.push_back(joiner_.point(vertices[i]));
        if (i > 0)
            metres += metresBetween(parts_.points.end()[-2], parts_.points.back());
    }
    edge.name = name, edge.source = line.source, edge.row = line.feature;
    edge.metres = static_cast<float>(metres);
    edge.metresPerSecond =
        line.row.drivable ? std::max(line.row.metresPerSecond, static_cast<float>(slowest)) : 0;
    edge.direction = static_cast<std::int8_t>(line.row.direction);
    edge.walkable = line.row.walkable, edge.bridge = line.row.bridge, edge.tunnel = line.row.tunnel;
    edge.roundabout = line.row.roundabout;
    parts_.edges.push_back(edge);
    for (const auto vertex : {vertices.front(), vertices.back()})
        parts_.tails.push_back(nodeOf_[vertex]);
}

void Building::cut() {
    // A vertex is a junction where a line ends or where lines share it.
    std::vector<std::uint8_t> uses(joiner_.size(), 0);
    for (const RoadLine& line : lines_)
        for (std::size_t i = 0; i < line.vertices.size(); ++i) {
            const bool end = i == 0 || i + 1 == line.vertices.size();
            auto& count = uses[line.vertices[i]];
            count = static_cast<std::uint8_t>(std::min(2, count + (end ? 2 : 1)));
        }
    nodeOf_.assign(joiner_.size(), RoadNetwork::none);
    for (std::uint32_t i = 0; i < uses.size(); ++i)
        if (uses[i] >= 2) {
            nodeOf_[i] = static_cast<Node>(parts_.nodes.size());
            parts_.nodes.push_back(joiner_.point(i));
        }
    parts_.names.emplace_back();
    std::unordered_map<std::string, std::uint32_t> names{{"", 0}};
    for (std::uint32_t l = 0; l < lines_.size(); ++l) {
        const RoadLine& line = lines_[l];
        edgesFrom_.push_back(static_cast<std::uint32_t>(parts_.edges.size()));
        if (!line.id.empty())
            linesById_[line.id].push_back(l);
        const auto [name, fresh] =
            names.try_emplace(line.row.name, static_cast<std::uint32_t>(parts_.names.size()));
        if (fresh)
            parts_.names.push_back(line.row.name);
        std::size_t first = 0;
        for (std::size_t i = 1; i < line.vertices.size(); ++i)
            if (nodeOf_[line.vertices[i]] != RoadNetwork::none) {
                addEdge(line, name->second, std::span(line.vertices).subspan(first, i - first + 1));
                first = i;
            }
    }
    edgesFrom_.push_back(static_cast<std::uint32_t>(parts_.edges.size()));
    parts_.heads.resize(parts_.tails.size());
    for (Arc arc = 0; arc < parts_.tails.size(); ++arc)
        parts_.heads[arc] = parts_.tails[arc ^ 1];
}

void Building::findParts() {
    std::vector<Node> root(parts_.nodes.size());
    std::iota(root.begin(), root.end(), 0);
    const auto find = [&](Node node) {
        while (root[node] != node)
            node = root[node] = root[root[node]];
        return node;
    };
    for (Arc arc = 0; arc < parts_.tails.size(); arc += 2)
        root[find(parts_.tails[arc])] = find(parts_.heads[arc]);
    struct Part {
        Node root;
        std::size_t edges = 0;
        double metres = 0;
        RoadNetwork::EdgeIndex first = RoadNetwork::none;
    };
    std::map<Node, Part> byRoot;
    double metres = 0;
    for (RoadNetwork::EdgeIndex e = 0; e < parts_.edges.size(); ++e) {
        Part& part = byRoot[find(parts_.tails[2 * e])];
        part.root = find(parts_.tails[2 * e]);
        part.first = std::min(part.first, e);
        ++part.edges, part.metres += double(parts_.edges[e].metres);
        metres += double(parts_.edges[e].metres);
    }
    std::vector<Part> parts;
    for (const auto& [node, part] : byRoot)
        parts.push_back(part);
    std::sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) {
        return a.metres != b.metres ? a.metres > b.metres : a.first < b.first;
    });
    std::unordered_map<Node, std::uint32_t> number;
    for (std::uint32_t i = 0; i < parts.size(); ++i)
        number[parts[i].root] = i;
    for (RoadNetwork::EdgeIndex e = 0; e < parts_.edges.size(); ++e)
        parts_.edges[e].part = number[find(parts_.tails[2 * e])];
    parts_.parts = static_cast<std::uint32_t>(parts.size());
    if (parts.size() < 2)
        return;
    char share[16];
    std::snprintf(share, sizeof share, "%.1f", 100 * parts.front().metres / metres);
    say(Finding::Severity::note, {"roadParts", {{"count", std::to_string(parts.size())}, {"share", share}}});
    for (std::size_t i = 1; i < std::min<std::size_t>(parts.size(), 6); ++i) {
        const Edge& edge = parts_.edges[parts[i].first];
        say(Finding::Severity::note,
            {"roadPartApart",
             {{"metres", std::to_string(std::llround(parts[i].metres))},
              {"edges", std::to_string(parts[i].edges)}}},
            edge.source, sources_[edge.source].row(edge.row));
    }
}

// Arcs of a line that enter or leave a junction.
std::vector<Arc> Building::arcsOf(const std::string& id, Node at, bool entering) const {
    std::vector<Arc> out;
    if (const auto found = linesById_.find(id); found != linesById_.end())
        for (const auto line : found->second)
            for (Arc arc = 2 * edgesFrom_[line]; arc < 2 * edgesFrom_[line + 1]; ++arc)
                if ((entering ? parts_.heads : parts_.tails)[arc] == at)
                    out.push_back(arc);
    return out;
}

// The arcs of some lines that lead from a junction to the first one where an arc of `to` leaves, fewest first; empty:
// they don't.
std::vector<Arc> Building::chain(const std::vector<std::string>& lines, Node from, const std::string& to) const {
    std::vector<Arc> all;
    for (const std::string& id : lines)
        if (const auto found = linesById_.find(id); found != linesById_.end())
            for (const auto line : found->second)
                for (Arc arc = 2 * edgesFrom_[line]; arc < 2 * edgesFrom_[line + 1]; ++arc)
                    all.push_back(arc);
    std::map<Node, Arc> cameBy{{from, RoadNetwork::none}};
    std::vector<Node> ring{from};
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Node node = ring[i];
        if (i > 0 && !arcsOf(to, node, false).empty()) {
            std::vector<Arc> out;
            for (Arc arc = cameBy[node]; arc != RoadNetwork::none; arc = cameBy[parts_.tails[arc]])
                out.insert(out.begin(), arc);
            return out;
        }
        for (const Arc arc : all)
            if (parts_.tails[arc] == node && cameBy.try_emplace(parts_.heads[arc], arc).second)
                ring.push_back(parts_.heads[arc]);
    }
    return {};
}

void Building::split(const std::vector<RoadTurn>& turns) {
    std::vector<PlacedTurn> placed;
    for (const RoadTurn& turn : turns) {
        const auto vertex = joiner_.find(turn.via);
        PlacedTurn one{{}, vertex == noNode ? RoadNetwork::none : nodeOf_[vertex], {}, {}, turn.only, false};
        if (one.via != RoadNetwork::none) {
            one.from = arcsOf(turn.from, one.via, true);
            one.through = turn.through.empty() ? std::vector<Arc>{} : chain(turn.through, one.via, turn.to);
            if (turn.through.empty() || !one.through.empty())
                one.to = arcsOf(turn.to, one.through.empty() ? one.via : parts_.heads[one.through.back()], false);
        }
        if (one.from.empty() || one.to.empty()) {
            say(Finding::Severity::note, {"roadTurnNotPlaced", {{"from", turn.from}, {"to", turn.to}}});
            continue;
        }
        // From a line into itself it is turning back that is meant, not going on along it.
        one.back = turn.through.empty() && !turn.only && turn.from == turn.to;
        placed.push_back(std::move(one));
    }
    splitAtTurns(parts_, placed);
}

} // namespace

RoadNetwork::RoadNetwork() : impl_(std::make_shared<const Impl>()) {}
RoadNetwork::RoadNetwork(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

RoadNetwork RoadNetwork::build(const std::vector<Snapshot>& sources, const std::vector<RoadTurn>& turns,
                               std::vector<Finding>* findings) {
    Building building(sources, findings);
    building.collect();
    building.join();
    building.cut();
    building.findParts();
    building.split(turns);
    return RoadNetwork(Impl::of(building.take()));
}

std::span<const RoadNetwork::Edge> RoadNetwork::edges() const {
    return impl_->edges;
}
std::span<const Point> RoadNetwork::points(const Edge& edge) const {
    return impl_->points.subspan(edge.firstPoint, edge.pointCount);
}
std::string_view RoadNetwork::name(const Edge& edge) const {
    return impl_->names[edge.name];
}
std::span<const std::string> RoadNetwork::names() const {
    return impl_->names;
}
std::size_t RoadNetwork::nodeCount() const {
    return impl_->nodes.size();
}
RoadNetwork::Node RoadNetwork::tail(Arc arc) const {
    return arc < arcCount() ? impl_->tails[arc] : impl_->turns[arc - arcCount()].from;
}
RoadNetwork::Node RoadNetwork::head(Arc arc) const {
    return arc < arcCount() ? impl_->heads[arc] : impl_->turns[arc - arcCount()].to;
}
Point RoadNetwork::point(Node node) const {
    assert(node < nodeCount());
    return impl_->nodes[node];
}
std::span<const RoadNetwork::Turn> RoadNetwork::turns() const {
    return impl_->turns;
}
RoadNetwork::Arc RoadNetwork::base(Arc arc) const {
    return arc < arcCount() ? arc : impl_->turns[arc - arcCount()].like;
}
std::pair<RoadNetwork::Arc, RoadNetwork::Arc> RoadNetwork::copies(Arc arc) const {
    const auto& turns = impl_->turns;
    const auto first = std::lower_bound(turns.begin(), turns.end(), arc,
                                        [](const Turn& turn, Arc like) { return turn.like < like; });
    auto last = first;
    while (last != turns.end() && last->like == arc)
        ++last;
    return {Arc(arcCount() + std::size_t(first - turns.begin())), Arc(arcCount() + std::size_t(last - turns.begin()))};
}
std::size_t RoadNetwork::partCount() const {
    return impl_->parts;
}

bool RoadNetwork::open(Arc arc, RoadProfile profile) const {
    if (arc >= arcCount()) {
        const Turn& turn = impl_->turns[arc - arcCount()];
        return turn.like != none ? profile == RoadProfile::driving && open(turn.like, profile)
                                 : profile == RoadProfile::walking || turn.drivable;
    }
    const Edge& edge = impl_->edges[arc / 2];
    if (profile == RoadProfile::walking)
        return edge.walkable;
    return edge.metresPerSecond > 0 && (edge.direction == 0 || (edge.direction > 0) == (arc % 2 == 0));
}

RoadTime RoadNetwork::time(Arc arc, RoadProfile profile) const {
    if (!open(arc, profile))
        return roadEndless;
    if (arc = base(arc); arc == none)
        return 0;
    const Edge& edge = impl_->edges[arc / 2];
    const double speed =
        profile == RoadProfile::walking ? walkingMetresPerSecond : double(edge.metresPerSecond);
    return static_cast<RoadTime>(
        std::clamp(std::ceil(double(edge.metres) / speed * 1000), 1.0, double(roadEndless / 16)));
}

} // namespace vedette::layers
