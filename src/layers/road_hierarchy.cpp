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

} // namespace

RoadHierarchy RoadHierarchy::build(const RoadNetwork& network) {
    RoadHierarchy out;
    const std::size_t count = network.nodeCount();
    const Pairs graph = neighbours(network);
    out.rank = dissect(graph, count);

    // Chordal completion: whoever is contracted hands its higher neighbours to the lowest of them.
    std::vector<std::vector<Node>> up(count);
    for (Node node = 0; node < count; ++node)
        for (std::uint32_t i = graph.first[node]; i < graph.first[node + 1]; ++i)
            if (out.rank[graph.to[i]] > out.rank[node])
                up[out.rank[node]].push_back(out.rank[graph.to[i]]);
    out.first.assign(count + 1, 0);
    for (Node node = 0; node < count; ++node) {
        auto& mine = up[node];
        std::sort(mine.begin(), mine.end());
        mine.erase(std::unique(mine.begin(), mine.end()), mine.end());
        out.first[node] = static_cast<Link>(out.higher.size());
        out.higher.insert(out.higher.end(), mine.begin(), mine.end());
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
    out.first[count] = static_cast<Link>(out.higher.size());
    out.complete(network);
    return out;
}

bool RoadHierarchy::complete(const RoadNetwork& network) {
    const std::size_t count = size();
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

    const std::size_t all = network.arcCount() + network.turns().size();
    slot.resize(all);
    firstArc.assign(2 * higher.size() + 1, 0);
    for (Arc arc = 0; arc < all; ++arc) {
        const Node a = rank[network.tail(arc)], b = rank[network.head(arc)];
        const Link link = a == b ? none : between(std::min(a, b), std::max(a, b));
        if (a != b && link == none)
            return false;
        slot[arc] = a == b ? none : 2 * link + (a > b);
        if (a != b)
            ++firstArc[slot[arc] + 1];
    }
    std::partial_sum(firstArc.begin(), firstArc.end(), firstArc.begin());
    arcs.resize(firstArc.back());
    auto place = firstArc;
    for (Arc arc = 0; arc < all; ++arc)
        if (slot[arc] != none)
            arcs[place[slot[arc]]++] = arc;
    return true;
}

RoadHierarchy::Link RoadHierarchy::between(Node from, Node to) const {
    const auto begin = higher.begin() + first[from], end = higher.begin() + first[from + 1];
    const auto found = std::lower_bound(begin, end, to);
    return found != end && *found == to ? static_cast<Link>(found - higher.begin()) : none;
}

} // namespace vedette::layers
