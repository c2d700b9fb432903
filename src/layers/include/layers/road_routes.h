// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/road_network.h"

#include <array>

namespace vedette::layers {

// A customisable contraction hierarchy (Dibbelt, Strasser, Wagner: Customizable Contraction Hierarchies,
// 2016): nodes ranked by nested dissection (METIS), shortcuts wherever contraction may ever need one,
// whatever a road costs. It knows no times, so that both profiles, closures and slow-downs share it.
// Immutable; any thread.
class RoadHierarchy {
public:
    using Node = RoadNetwork::Node;
    using Arc = RoadNetwork::Arc; // of the network
    using Link = std::uint32_t;   // between two ranks, lower to higher
    static constexpr std::uint32_t none = RoadNetwork::none;

    static RoadHierarchy build(const RoadNetwork& network);

    std::size_t size() const { return rank.size(); }
    std::span<const Link> lowerLinks(Node higher) const {
        return lowLink.subspan(firstLow[higher], firstLow[higher + 1] - firstLow[higher]);
    }
    Link between(Node lower, Node higher) const; // none: there is none

    std::span<const Node> rank;              // by node of the network
    std::span<const Link> first;             // by rank: its links upwards, in the order of their higher ends
    std::span<const Node> higher, lower;     // by link
    std::span<const std::uint32_t> firstLow; // by rank, into lowLink
    std::span<const Link> lowLink;           // links that end there, in the order of their lower ends
    std::span<const Node> lowNode;           // beside lowLink: those lower ends
    std::span<const std::uint32_t> slot;     // by arc: 2 x link, + 1 when it leads downwards; none for a loop
    std::span<const std::uint32_t> firstArc; // by slot, into arcs
    std::span<const Arc> arcs;               // that lie on a slot
    std::shared_ptr<const void> memory;      // that they look into: built here, or of a kept file
};

class KeptFile; // road_file.h

// A network with its hierarchy: made once for a city; takes seconds. Immutable, any thread.
struct RoadMap {
    RoadNetwork network;
    RoadHierarchy hierarchy;
    std::vector<Finding> findings;
    std::shared_ptr<const KeptFile> file; // that both look into; null: made here

    static std::shared_ptr<const RoadMap> make(const std::vector<Snapshot>& lines,
                                               const std::vector<RoadTurn>& turns = {});
    // As make(), used in place from a file of `cache` when there is a sound one of the same lines and rules, else
    // made and kept there.
    static std::shared_ptr<const RoadMap> kept(const std::vector<Snapshot>& lines,
                                               const std::vector<RoadTurn>& turns,
                                               const std::filesystem::path& cache);
    // Gives the memory of what was read of the file so far back to the system; reading it again maps it anew.
    void forget() const;
};

class RoadPaces; // road_paces.h

// What each road costs one profile, and with it every shortcut. Immutable, any thread; a change makes
// another.
class RoadMetric {
public:
    RoadMetric(std::shared_ptr<const RoadMap> map, RoadProfile profile);

    // Times as a share of the usual speed: 0 closes an edge in both directions, 0.5 takes twice as long, 1
    // gives it its own back. Only the shortcuts that depend on it are made anew.
    struct Change {
        RoadNetwork::EdgeIndex edge;
        double factor;
    };
    std::shared_ptr<const RoadMetric> changed(std::span<const Change> changes) const;
    // The same times, but links that no shortest way needs are left out of what searches read: they answer
    // several times sooner, and the least time of a distance is closer (RoadSearch::paces). Takes about a second with
    // 300,000 edges. What is `changed` has all links again.
    std::shared_ptr<const RoadMetric> lean() const;

    const RoadMap& map() const { return *map_; }
    RoadProfile profile() const { return profile_; }
    RoadTime time(RoadNetwork::Arc arc) const { return times_[arc]; }
    // Part of an edge in an arc's direction, rounded up. On a closed edge: what it takes on foot.
    RoadTime partTime(RoadNetwork::Arc arc, double share) const;
    double fastest() const { return fastest_; }      // metres a second, of any edge
    std::uint64_t number() const { return number_; } // no other metric of this process has it

    // What a search reads: of each rank the links in one direction.
    struct Links {
        std::span<const std::uint32_t> first;
        std::span<const RoadHierarchy::Node> higher;
        std::span<const RoadTime> times;
    };
    Links linksUp() const;
    Links linksDown() const;
    const std::vector<RoadTime>& upwards() const { return up_; }     // by link
    const std::vector<RoadTime>& downwards() const { return down_; } // by link

private:
    class Mending; // road_mend.cpp
    RoadTime ownTime(std::uint32_t slot) const;
    void customise();

    std::shared_ptr<const RoadMap> map_;
    RoadProfile profile_;
    std::vector<RoadTime> times_; // by arc
    std::vector<RoadTime> up_, down_;
    struct Lean {
        std::vector<std::uint32_t> first;
        std::vector<RoadHierarchy::Node> higher;
        std::vector<RoadTime> times;
        Links links() const { return {first, higher, times}; }
    };
    std::shared_ptr<const std::array<Lean, 2>> lean_; // upwards, downwards; null: all links
    std::shared_ptr<const RoadPaces> paces_; // null before lean()
    double fastest_ = 1;
    std::uint64_t number_ = 0;
    friend class RoadSearch;
};

// A city's roads as both profiles find them. Null: there are none.
struct CityRoads {
    std::shared_ptr<const RoadMetric> driving, walking;
    // Takes seconds. A point row with columns turn_from and turn_to (and turn = "only"; turn_through, ids parted by
    // blanks) is a turn restriction.
    // `cache`: where what takes longest is kept, by the sources' content; empty: nowhere.
    static CityRoads make(const std::vector<Snapshot>& sources, const std::filesystem::path& cache = {});
    explicit operator bool() const { return driving != nullptr; }
    const std::shared_ptr<const RoadMetric>& of(RoadProfile profile) const {
        return profile == RoadProfile::driving ? driving : walking;
    }
};

struct RoadRoute {
    RoadTime time = roadEndless; // on the network; what lies off it at both ends isn't in it
    double metres = 0;
    struct Leg {
        RoadNetwork::Arc arc;
        double from, to; // shares of the edge in the arc's direction
    };
    std::vector<Leg> legs;
    std::vector<Point> line;
    bool found() const { return time < roadEndless; }
};

// Many places to one (Strasser, Zeitz: A Fast and Tight Heuristic for A* in Road Networks, 2021: lazy
// RPHAST): the target's way down is searched once; what is learned of a node on the way up from one place
// serves all later ones. Exact. Nothing is kept for a unit. A thread has its own.
class RoadSearch {
public:
    // Forgets everything but its memory.
    void aim(std::shared_ptr<const RoadMetric> metric, const RoadNetwork::Place& target);
    const RoadMetric* metric() const { return metric_.get(); }
    RoadTime from(const RoadNetwork::Place& source);
    // What no way to the target can do better than, for pruning by distance: one whose fastest road goes at
    // metresPerSecond takes `least`, and its straight line at that speed. Rising speeds, the last that of the fastest
    // road.
    struct Pace {
        double metresPerSecond;
        RoadTime least;
    };
    std::span<const Pace> paces() const { return paces_; }
    double leastTime(double straightMetres) const; // milliseconds; never less for more metres
    RoadRoute route(const RoadNetwork::Place& source);

private:
    struct Start { // how a place is left or reached at one end of its edge
        RoadNetwork::Arc arc; // or a copy of it
        RoadTime time;
        RoadNetwork::Node rank;
    };
    void pace();
    void descend();
    RoadTime ascend(RoadNetwork::Node rank);
    std::optional<RoadRoute::Leg> direct(const RoadNetwork::Place& source, RoadTime& time) const;
    std::array<Start, 2> exits(const RoadNetwork::Place& source) const;
    void unpack(std::uint32_t slot, std::vector<RoadNetwork::Arc>& out) const;
    void draw(RoadRoute& route) const; // line and metres from the legs

    std::shared_ptr<const RoadMetric> metric_;
    RoadNetwork::Place target_;
    std::vector<Start> entries_;
    std::vector<Pace> paces_;
    std::uint32_t stamp_ = 0;
    std::vector<std::uint32_t> reached_, known_; // by rank: the stamp at which down_, best_ were written
    std::vector<RoadTime> down_, best_;          // to the target: downwards only; by any way
    std::vector<RoadNetwork::Node> chain_, fronts_;
};

// The route in words: roadStart, then at each change roadStraight, roadSlightLeft, roadLeft, roadSlightRight,
// roadRight, roadUTurn or roadRoundabout {metres}; with "Into" behind and {street,metres} where the street
// has a name; roadOverBridge or roadThroughTunnel after the step that does so; roadArrive.
struct RoadStep {
    Message words;
    Point at; // where it begins
    friend bool operator==(const RoadStep&, const RoadStep&) = default;
};
std::vector<RoadStep> turnList(const RoadMap& map, const RoadRoute& route);

} // namespace vedette::layers
