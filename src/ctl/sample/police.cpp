// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

namespace vedette::ctl {

namespace {

// Joins neighbours, lightest first, until `count` groups are left. What is joined stays in one piece, and in
// one `within`. Returns the group of each item.
std::vector<int> join(std::size_t count, const std::vector<double>& weight, const std::vector<int>& within,
                      const std::vector<std::set<int>>& neighbours) {
    const std::size_t n = weight.size();
    std::vector<int> group(n);
    std::iota(group.begin(), group.end(), 0);
    std::vector<double> sum = weight;
    std::vector<std::set<int>> around = neighbours;
    std::set<std::pair<double, int>> byWeight;
    for (std::size_t i = 0; i < n; ++i)
        byWeight.insert({sum[i], static_cast<int>(i)});
    std::size_t left = n;
    while (left > count && !byWeight.empty()) {
        const int lightest = byWeight.begin()->second;
        byWeight.erase(byWeight.begin());
        const auto l = static_cast<std::size_t>(lightest);
        int into = -1;
        for (const int other : around[l])
            if (within[static_cast<std::size_t>(other)] == within[l] &&
                (into < 0 || sum[static_cast<std::size_t>(other)] < sum[static_cast<std::size_t>(into)]))
                into = other;
        if (into < 0)
            continue; // alone in its county: stays as it is
        const auto t = static_cast<std::size_t>(into);
        byWeight.erase({sum[t], into});
        sum[t] += sum[l];
        byWeight.insert({sum[t], into});
        for (const int other : around[l]) {
            around[static_cast<std::size_t>(other)].erase(lightest);
            if (other != into) {
                around[static_cast<std::size_t>(other)].insert(into);
                around[t].insert(other);
            }
        }
        for (int& g : group)
            if (g == lightest)
                g = into;
        --left;
    }
    return group;
}

std::vector<std::set<int>> neighboursOf(const std::vector<std::vector<const Mesh::Ring*>>& items) {
    std::unordered_map<std::uint64_t, int> owner;
    std::vector<std::set<int>> out(items.size());
    for (std::size_t i = 0; i < items.size(); ++i)
        for (const Mesh::Ring* ring : items[i])
            for (std::size_t k = 0; k < ring->size(); ++k) {
                const auto a = static_cast<std::uint32_t>((*ring)[k]);
                const auto b = static_cast<std::uint32_t>((*ring)[(k + 1) % ring->size()]);
                const std::uint64_t key = static_cast<std::uint64_t>(std::min(a, b)) << 32 | std::max(a, b);
                const auto [found, fresh] = owner.emplace(key, static_cast<int>(i));
                if (!fresh && found->second != static_cast<int>(i)) {
                    out[i].insert(found->second);
                    out[static_cast<std::size_t>(found->second)].insert(static_cast<int>(i));
                }
            }
    return out;
}

std::vector<District> districts(const std::vector<int>& group) {
    std::map<int, std::vector<int>> members; // in the order of the first member
    std::map<int, int> first;
    for (std::size_t i = 0; i < group.size(); ++i) {
        members[group[i]].push_back(static_cast<int>(i));
        first.emplace(group[i], static_cast<int>(i));
    }
    std::vector<std::pair<int, int>> order;
    for (const auto& [g, at] : first)
        order.emplace_back(at, g);
    std::sort(order.begin(), order.end());
    std::vector<District> out;
    for (const auto& [at, g] : order) {
        District district;
        district.members = members[g];
        out.push_back(std::move(district));
    }
    return out;
}

} // namespace

void planPolice(Plan& plan, const PlanSizes& sizes) {
    std::vector<double> weight;
    std::vector<int> county;
    std::vector<std::vector<const Mesh::Ring*>> items;
    for (const Face& face : plan.level1) {
        const Face& township = plan.townships[static_cast<std::size_t>(
            plan.communities[static_cast<std::size_t>(face.parent)].parent)];
        weight.push_back(face.weight);
        county.push_back(township.parent);
        items.push_back({&face.ring});
    }
    plan.beats = districts(join(static_cast<std::size_t>(sizes.beats), weight, county, neighboursOf(items)));
    plan.beatOfLevel1.assign(plan.level1.size(), -1);
    std::vector<double> beatWeight;
    std::vector<int> beatCounty;
    std::vector<std::vector<const Mesh::Ring*>> beatItems;
    for (std::size_t b = 0; b < plan.beats.size(); ++b) {
        beatItems.emplace_back();
        beatWeight.push_back(0);
        for (const int member : plan.beats[b].members) {
            const auto m = static_cast<std::size_t>(member);
            plan.beatOfLevel1[m] = static_cast<int>(b);
            beatItems.back().push_back(&plan.level1[m].ring);
            beatWeight.back() += weight[m];
        }
        beatCounty.push_back(county[static_cast<std::size_t>(plan.beats[b].members.front())]);
        plan.beats[b].outline = unite(plan.mesh, beatItems.back());
    }
    plan.stations = districts(
        join(static_cast<std::size_t>(sizes.stations), beatWeight, beatCounty, neighboursOf(beatItems)));
    for (std::size_t s = 0; s < plan.stations.size(); ++s) {
        std::vector<const Mesh::Ring*> rings;
        for (const int beat : plan.stations[s].members) {
            const auto b = static_cast<std::size_t>(beat);
            plan.beats[b].parent = static_cast<int>(s);
            rings.insert(rings.end(), beatItems[b].begin(), beatItems[b].end());
        }
        plan.stations[s].parent = beatCounty[static_cast<std::size_t>(plan.stations[s].members.front())];
        plan.stations[s].outline = unite(plan.mesh, rings);
    }
}

} // namespace vedette::ctl
