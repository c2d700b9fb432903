// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/road_routes.h"

#include <algorithm>
#include <metis.h>
#include <numeric>

namespace vedette::layers {

namespace {

using Node = RoadNetwork::Node;

struct Pairs { // neighbours of every node, each once, in order
    std::vector<std::uint32_t> first;
    std::vector<Node> to;
};

Pairs neighbours(const RoadNetwork& network) {
    std::vector<std::pair<Node, Node>> pairs;
    const std::size_t arcs = network.arcCount() + network.turns().size();
    for (RoadNetwork::Arc arc = 0; arc < arcs; ++arc)
        if (const Node a = network.tail(arc), b = network.head(arc); a != b)
            pairs.emplace_back(a, b), pairs.emplace_back(b, a);
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    Pairs out;
    out.first.assign(network.nodeCount() + 1, 0);
    for (const auto& [a, b] : pairs)
        ++out.first[a + 1], out.to.push_back(b);
    std::partial_sum(out.first.begin(), out.first.end(), out.first.begin());
    return out;
}

// Without METIS's consent the order of the nodes stands: slower, never wrong.
std::vector<Node> dissect(const Pairs& graph, std::size_t count) {
    std::vector<Node> rank(count);
    std::iota(rank.begin(), rank.end(), 0);
    if (count < 3 || graph.to.empty())
        return rank;
    idx_t nodes = static_cast<idx_t>(count);
    std::vector<idx_t> first(graph.first.begin(), graph.first.end()), to(graph.to.begin(), graph.to.end());
    std::vector<idx_t> order(count), inverse(count);
    std::array<idx_t, METIS_NOPTIONS> options;
    METIS_SetDefaultOptions(options.data());
    options[METIS_OPTION_SEED] = 1;
    options[METIS_OPTION_NSEPS] = 3;
    options[METIS_OPTION_NITER] = 20;
    if (METIS_NodeND(&nodes, first.data(), to.data(), nullptr, options.data(), order.data(),
                     inverse.data()) == METIS_OK)
        std::copy(inverse.begin(), inverse.end(), rank.begin());
    return rank;
}

// A hierarchy while it is built, and what it looks into then.
struct Built {
    using Link = RoadHierarchy::Link;
    std::vector<Node> rank, higher, lower, lowNode;
    std::vector<Link> first, lowLink;
    std::vector<std::uint32_t> firstLow, slot, firstArc;
    std::vector<RoadNetwork::Arc> arcs;

    void contract(const Pairs& graph);
    void listLower();
    void placeArcs(const RoadNetwork& network);
};

// Chordal completion: whoever is contracted hands its higher neighbours to the lowest of them.
void Built::contract(const Pairs& graph) {
    const std::size_t count = rank.size();
    std::vector<std::vector<Node>> up(count);
    for (Node node = 0; node < count; ++node)
        for (std::uint32_t i = graph.first[node]; i < graph.first[node + 1]; ++i)
            if (rank[graph.to[i]] > rank[node])
                up[rank[node]].push_back(rank[graph.to[i]]);
    first.assign(count + 1, 0);
    for (Node node = 0; node < count; ++node) {
        auto& mine = up[node];
        std::sort(mine.begin(), mine.end());
        mine.erase(std::unique(mine.begin(), mine.end()), mine.end());
        first[node] = static_cast<Link>(higher.size());
        higher.insert(higher.end(), mine.begin(), mine.end());
        if (mine.size() > 1) {
            auto& parent = up[mine.front()];
            parent.insert(parent.end(), mine.begin() + 1, mine.end());
            // Now and then, so that children of a separator don't pile up.
            if (parent.size() > 4 * mine.size() + 64) {
                std::sort(parent.begin(), parent.end());
                parent.erase(std::unique(parent.begin(), parent.end()), parent.end());
            }
        }
        std::vector<Node>().swap(mine);
    }
    first[count] = static_cast<Link>(higher.size());
    higher.shrink_to_fit();
}

void Built::listLower() {
    const std::size_t count = rank.size();
    lower.resize(higher.size());
    for (Node node = 0; node < count; ++node)
        std::fill(lower.begin() + first[node], lower.begin() + first[node + 1], node);
    firstLow.assign(count + 1, 0);
    for (const Node node : higher)
        ++firstLow[node + 1];
    std::partial_sum(firstLow.begin(), firstLow.end(), firstLow.begin());
    lowLink.resize(higher.size()), lowNode.resize(higher.size());
    auto next = firstLow;
    for (Link link = 0; link < higher.size(); ++link) {
        const auto place = next[higher[link]]++;
        lowLink[place] = link, lowNode[place] = lower[link];
    }
}

void Built::placeArcs(const RoadNetwork& network) {
    const auto between = [this](Node low, Node high) {
        const auto begin = higher.begin() + first[low], end = higher.begin() + first[low + 1];
        return static_cast<Link>(std::lower_bound(begin, end, high) - higher.begin()); // contraction has made it
    };
    const std::size_t all = network.arcCount() + network.turns().size();
    slot.resize(all);
    firstArc.assign(2 * higher.size() + 1, 0);
    for (RoadNetwork::Arc arc = 0; arc < all; ++arc) {
        const Node a = rank[network.tail(arc)], b = rank[network.head(arc)];
        slot[arc] = a == b ? RoadHierarchy::none : 2 * between(std::min(a, b), std::max(a, b)) + (a > b);
        if (a != b)
            ++firstArc[slot[arc] + 1];
    }
    std::partial_sum(firstArc.begin(), firstArc.end(), firstArc.begin());
    arcs.resize(firstArc.back());
    auto place = firstArc;
    for (RoadNetwork::Arc arc = 0; arc < all; ++arc)
        if (slot[arc] != RoadHierarchy::none)
            arcs[place[slot[arc]]++] = arc;
}

} // namespace

RoadHierarchy RoadHierarchy::build(const RoadNetwork& network) {
    const auto built = std::make_shared<Built>();
    const Pairs graph = neighbours(network);
    built->rank = dissect(graph, network.nodeCount());
    built->contract(graph);
    built->listLower();
    built->placeArcs(network);
    RoadHierarchy out;
    out.rank = built->rank, out.first = built->first, out.higher = built->higher, out.lower = built->lower;
    out.firstLow = built->firstLow, out.lowLink = built->lowLink, out.lowNode = built->lowNode;
    out.slot = built->slot, out.firstArc = built->firstArc, out.arcs = built->arcs;
    out.memory = built;
    return out;
}

RoadHierarchy::Link RoadHierarchy::between(Node from, Node to) const {
    const auto begin = higher.begin() + first[from], end = higher.begin() + first[from + 1];
    const auto found = std::lower_bound(begin, end, to);
    return found != end && *found == to ? static_cast<Link>(found - higher.begin()) : none;
}

} // namespace vedette::layers
