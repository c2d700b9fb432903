// SPDX-License-Identifier: GPL-3.0-or-later
#include "names.h"
#include "people.h"

#include <map>

namespace vedette::ctl {

layers::LonLat Town::lonLat(Point p) const {
    const layers::LonLat exact = crs.toLonLat(p);
    return {std::round(exact.lon * 1e6) / 1e6, std::round(exact.lat * 1e6) / 1e6};
}

bool Town::dry(Point p) const {
    return locator.level3(p) >= 0 && !inside(ground.water.back(), p);
}

namespace {

std::string_view categoryOf(ExclusiveKind kind) {
    constexpr std::string_view names[]{"park",     "school", "mall",    "hospital",
                                       "industry", "market", "college", "transport"};
    return names[static_cast<std::size_t>(kind)];
}

// Where along which street an edge of a block lies.
struct Frontage {
    int street;
    double metres; // from the street's beginning to the edge
};

} // namespace

void settlePlaces(Town& town, Chance& chance) {
    const Plan& plan = town.plan;
    Names names(chance);
    std::map<std::pair<int, int>, Frontage> frontage;
    for (std::size_t s = 0; s < plan.streets.size(); ++s) {
        double along = 0;
        const auto& path = plan.streets[s].path;
        for (std::size_t i = 1; i < path.size(); ++i) {
            frontage[std::minmax(path[i - 1], path[i])] = {static_cast<int>(s), along};
            along += distance(plan.mesh.at(path[i - 1]), plan.mesh.at(path[i]));
        }
    }
    const auto communityName = [&](int level3) -> const std::string& {
        const Face& first = plan.level1[static_cast<std::size_t>(plan.level1Of(level3))];
        return plan.communities[static_cast<std::size_t>(first.parent)].name;
    };
    const auto areaWords = [&](const SamplePlace& place) {
        const int grid = town.locator.level3(place.at);
        return grid < 0 ? std::string() : communityName(grid);
    };
    std::vector<std::vector<int>> blocksOf(plan.level3.size());
    for (std::size_t b = 0; b < plan.blocks.size(); ++b)
        blocksOf[static_cast<std::size_t>(plan.blocks[b].parent)].push_back(static_cast<int>(b));
    std::map<std::string, bool> used;
    for (std::size_t g = 0; g < plan.level3.size(); ++g) {
        int made = 0;
        for (int tries = 0; tries < 60 && made < 10; ++tries) {
            const Mesh::Ring& ring = plan.blocks[static_cast<std::size_t>(chance.of(blocksOf[g]))].ring;
            const auto e = static_cast<std::size_t>(chance.below(static_cast<int>(ring.size())));
            const Mesh::Vertex a = ring[e], b = ring[(e + 1) % ring.size()];
            const auto street = frontage.find(std::minmax(a, b));
            if (street == frontage.end())
                continue; // river, shore or border
            const Point p = plan.mesh.at(a), q = plan.mesh.at(b);
            const double length = distance(p, q), t = chance.between(0.1, 0.9);
            const double back = chance.between(14, 30); // into the block, to the left of a-b
            const Point at{p.x + (q.x - p.x) * t - (q.y - p.y) / length * back,
                           p.y + (q.y - p.y) * t + (q.x - p.x) / length * back};
            if (town.locator.level3(at) != static_cast<int>(g) || !town.dry(at))
                continue;
            const double along = street->second.metres + length * (a < b ? t : 1 - t);
            const int number = 2 * (1 + static_cast<int>(along / 9)) - (a < b ? 1 : 0);
            const std::string& road =
                town.ground.streetNames[static_cast<std::size_t>(street->second.street)];
            const std::string address = road + std::to_string(number) + "号";
            if (!used.emplace(address, true).second)
                continue;
            SamplePlace place{address, communityName(static_cast<int>(g)), "address", at};
            if (made % 5 >= 3) {
                place.name = names.shop(&place.category);
                place.address = communityName(static_cast<int>(g)) + address;
            }
            town.places.push_back(std::move(place));
            ++made;
        }
    }
    for (const ExclusiveGrid& grid : plan.exclusives)
        town.places.push_back({grid.name, communityName(grid.grid), std::string(categoryOf(grid.kind)),
                               innerPoint(plan.mesh.points(grid.ring))});
    for (const Face& community : plan.communities) {
        SamplePlace place{community.name + "居民委员会", "", "office",
                          innerPoint(plan.mesh.points(community.ring))};
        place.address = areaWords(place);
        town.places.push_back(std::move(place));
    }
    for (const District& station : plan.stations) {
        // In the busiest of its beats, at a dry spot.
        Point best{};
        double most = -1;
        for (const int beat : station.members)
            for (const int grid : plan.beats[static_cast<std::size_t>(beat)].members) {
                const Point p =
                    innerPoint(plan.mesh.points(plan.level1[static_cast<std::size_t>(grid)].ring));
                if (const double density = plan.density(p); density > most)
                    most = density, best = p;
            }
        SamplePlace place{station.name, "", "police", best};
        place.address = areaWords(place);
        town.stationPosts.push_back(best);
        town.places.push_back(std::move(place));
    }
}

} // namespace vedette::ctl
