// SPDX-License-Identifier: GPL-3.0-or-later
#include "road_turns.h"

#include <algorithm>
#include <map>
#include <set>

namespace vedette::layers {

namespace {

using Arc = RoadNetwork::Arc;
using Node = RoadNetwork::Node;

bool among(const std::vector<Arc>& arcs, Arc arc) {
    return std::find(arcs.begin(), arcs.end(), arc) != arcs.end();
}

class Splitting {
public:
    explicit Splitting(RoadParts& roads) : roads_(roads), arcs_(static_cast<Arc>(roads.tails.size())) {}

    void meet(const std::vector<PlacedTurn>& turns);
    void bar(const PlacedTurn& turn);
    void barThrough(const PlacedTurn& turn);
    void split();

private:
    // From arcs_ on, arcs are copies, in the order they were made.
    struct Junction {
        std::vector<Arc> in, out;
        std::set<std::pair<Arc, Arc>> barred; // from one that enters into one that leaves
    };
    struct Copy {
        Arc base;
        Node tail, head;
    };
    Arc base(Arc arc) const { return arc < arcs_ ? arc : copies_[arc - arcs_].base; }
    Arc copied(Arc onto, Junction& at, Arc from, Junction& end, Node tail);

    RoadParts& roads_;
    const Arc arcs_;
    std::map<Node, Junction> junctions_;
    std::vector<Copy> copies_;
};

void Splitting::meet(const std::vector<PlacedTurn>& turns) {
    for (const PlacedTurn& turn : turns) {
        junctions_[turn.via];
        for (const Arc arc : turn.through)
            junctions_[roads_.heads[arc]];
    }
    for (Arc arc = 0; arc < arcs_; ++arc)
        if (const auto found = junctions_.find(roads_.tails[arc]); found != junctions_.end())
            found->second.out.push_back(arc), found->second.in.push_back(arc ^ 1);
}

void Splitting::bar(const PlacedTurn& turn) {
    Junction& at = junctions_[turn.via];
    for (const Arc from : turn.from)
        for (const Arc to : at.out)
            if (turn.only ? !among(turn.to, to) : turn.back ? to == (from ^ 1) : among(turn.to, to))
                at.barred.emplace(from, to);
}

// `from` goes on into a copy of `onto` instead, which leads on to whatever that does.
Arc Splitting::copied(Arc onto, Junction& at, Arc from, Junction& end, Node tail) {
    const Arc copy = arcs_ + static_cast<Arc>(copies_.size());
    copies_.push_back({base(onto), tail, roads_.heads[base(onto)]});
    for (const Arc other : at.in)
        if (other != from)
            at.barred.emplace(other, copy);
    at.barred.emplace(from, onto);
    at.out.push_back(copy);
    for (const Arc leaving : end.out)
        if (end.barred.count({onto, leaving}))
            end.barred.emplace(copy, leaving);
    end.in.push_back(copy);
    return copy;
}

void Splitting::barThrough(const PlacedTurn& turn) {
    std::vector<Arc> comers;
    for (const Arc arc : junctions_[turn.via].in)
        if (among(turn.from, base(arc)))
            comers.push_back(arc);
    for (Arc from : comers) {
        Node node = turn.via;
        bool open = true;
        for (const Arc next : turn.through) {
            Junction& at = junctions_[node];
            const auto onto = std::find_if(at.out.begin(), at.out.end(), [&](Arc arc) {
                return base(arc) == next && !at.barred.count({from, arc});
            });
            open = onto != at.out.end(); // else it is forbidden already
            const Arc copy =
                open ? copied(*onto, at, from, junctions_[roads_.heads[next]], node) : RoadNetwork::none;
            if (turn.only)
                for (const Arc other : at.out)
                    if (other != copy)
                        at.barred.emplace(from, other);
            if (!open)
                break;
            from = copy, node = roads_.heads[next];
        }
        if (!open)
            continue;
        Junction& at = junctions_[node];
        for (const Arc to : at.out)
            if (among(turn.to, base(to)) != turn.only)
                at.barred.emplace(from, to);
    }
}

void Splitting::split() {
    const auto fresh = [this](Point at) {
        roads_.nodes.push_back(at);
        return static_cast<Node>(roads_.nodes.size() - 1);
    };
    std::vector<Node> tails(copies_.size()), heads(copies_.size());
    const auto tail = [&](Arc arc) -> Node& { return arc < arcs_ ? roads_.tails[arc] : tails[arc - arcs_]; };
    const auto head = [&](Arc arc) -> Node& { return arc < arcs_ ? roads_.heads[arc] : heads[arc - arcs_]; };
    for (const auto& [node, junction] : junctions_) {
        if (junction.barred.empty() && junction.in.size() == junction.out.size())
            continue; // nothing forbidden, and no copy leads here
        const Point at = roads_.nodes[node];
        for (const Arc arc : junction.out)
            tail(arc) = fresh(at);
        for (const Arc arc : junction.in)
            head(arc) = fresh(at);
        for (const Arc leave : junction.out)
            for (const Arc enter : junction.in) {
                const bool drivable = !junction.barred.count({enter, leave});
                if (drivable || (enter < arcs_ && leave < arcs_)) // who walks turns as he likes, on roads there once
                    roads_.turns.push_back({head(enter), tail(leave), drivable, RoadNetwork::none});
            }
    }
    for (std::size_t i = 0; i < copies_.size(); ++i)
        roads_.turns.push_back({tails[i], heads[i], true, copies_[i].base});
    std::stable_sort(roads_.turns.begin(), roads_.turns.end(),
                     [](const auto& a, const auto& b) { return a.like < b.like; });
}

} // namespace

void splitAtTurns(RoadParts& roads, const std::vector<PlacedTurn>& turns) {
    Splitting splitting(roads);
    splitting.meet(turns);
    for (const PlacedTurn& turn : turns)
        if (turn.through.empty())
            splitting.bar(turn);
    for (const PlacedTurn& turn : turns)
        if (!turn.through.empty())
            splitting.barThrough(turn);
    splitting.split();
}

} // namespace vedette::layers
