// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/snapshot.h"

#include <optional>

namespace vedette::layers {

enum class RoadProfile : std::uint8_t { driving, walking };
inline constexpr double walkingMetresPerSecond = 5 / 3.6;

// Milliseconds; whatever is roadEndless or more can't be reached. Two of them may be added.
using RoadTime = std::uint32_t;
inline constexpr RoadTime roadEndless = 1u << 30;

// A turn that may not be made (or, `only`, the one that must): from one road line into another at a place.
// Lines are named by their column osm_id, id or code. It binds who drives. Over further lines it binds who came from
// `from` and goes along them, and `via` is where he enters the first.
struct RoadTurn {
    std::string from, to;
    Point via;
    bool only = false;
    std::vector<std::string> through{};
};

// What can be travelled on: road lines of any sources, cut at their junctions. Lines meet where vertices
// coincide within a decimetre; where they cross without one they are cut and joined too, and an end that
// misses another line by up to half a metre is brought to it - but not in OpenStreetMap, where a shared
// vertex is what says that roads meet, and not where one of the two is a bridge, a tunnel, on another level
// or a motorway. Immutable; copies share; any thread.
class RoadNetwork {
public:
    using EdgeIndex = std::uint32_t;
    // Directed: 2 x edge along its points, 2 x edge + 1 against them; from arcCount() on, turns.
    using Arc = std::uint32_t;
    using Node = std::uint32_t;
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    struct Edge {
        std::uint32_t firstPoint = 0, pointCount = 0;
        std::uint32_t name = 0; // see name()
        std::uint32_t part = 0; // which of the connected parts, 0 the largest
        std::uint32_t source = 0, row = 0;
        float metres = 0, metresPerSecond = 0; // 0: not for vehicles
        std::int8_t direction = 0;             // of driving: 1 along the points, -1 against them, 0 both
        bool walkable = true, bridge = false, tunnel = false, roundabout = false;
    };
    // A place on the network: `along` the edge's points from 0 to 1, `metresOff` it.
    struct Place {
        EdgeIndex edge = 0;
        double along = 0, metresOff = 0;
        Point at;
    };
    struct Turn {
        Node from, to;
        bool drivable;
        Arc like; // none: a turn at a junction, which takes no time; else what takes the time of this arc, and is it
    };            // for who came a certain way

    RoadNetwork();
    // Findings name what was joined, what wasn't, parts that hang on nothing, broken lines:
    // roadsJoined {count}, roadsPassOver {count}, roadParts {count,share}, roadPartApart {metres,edges},
    // roadLineBroken, roadTurnNotPlaced {from,to}, roadsNone.
    static RoadNetwork build(const std::vector<Snapshot>& lines, const std::vector<RoadTurn>& turns = {},
                             std::vector<Finding>* findings = nullptr);

    bool empty() const { return edges().empty(); }
    std::span<const Edge> edges() const;
    std::span<const Point> points(const Edge& edge) const;
    std::string_view name(const Edge& edge) const;
    std::span<const std::string> names() const; // each once, the first one empty
    // A junction is one node, but one with turn restrictions is a node for each arc that meets it.
    std::size_t nodeCount() const;
    std::size_t arcCount() const { return 2 * edges().size(); }
    Node tail(Arc arc) const;
    Node head(Arc arc) const;
    Point point(Node node) const;
    std::span<const Turn> turns() const; // by `like`
    Arc base(Arc arc) const;             // itself, or what a turn is like
    std::pair<Arc, Arc> copies(Arc arc) const; // the turns that are like an arc, from the first to before the second
    std::size_t partCount() const;
    bool open(Arc arc, RoadProfile profile) const; // may be travelled at all
    // Rounded up, at least 1; roadEndless where it isn't open.
    RoadTime time(Arc arc, RoadProfile profile) const;

    // The nearest edge open to the profile, not farther than snapMetres; one of the largest part is taken if
    // it is at most snapToLargest farther than another.
    static constexpr double snapMetres = 1000, snapToLargest = 50;
    std::optional<Place> snap(Point at, RoadProfile profile) const;
    // Edges whose box meets `box`, each once.
    std::vector<EdgeIndex> edgesIn(const Box& box) const;

    struct Impl; // road_parts.h
    const Impl& impl() const { return *impl_; }
    explicit RoadNetwork(std::shared_ptr<const Impl> impl);

private:
    std::shared_ptr<const Impl> impl_;
};

} // namespace vedette::layers
