// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan.h"

#include <algorithm>
#include <queue>

namespace vedette::ctl {

std::string_view toString(RoadClass roadClass) {
    constexpr std::string_view names[]{"motorway", "primary", "secondary", "tertiary", "residential"};
    return names[static_cast<std::size_t>(roadClass)];
}

PlanSizes PlanSizes::of(int grids) {
    const auto share = [&](double part, int least) {
        return std::max(least, static_cast<int>(std::lround(grids * part)));
    };
    PlanSizes s{};
    s.grids = grids;
    s.communities = share(1 / 20.0, 2);
    s.townships = std::max(2, static_cast<int>(std::lround(s.communities / 8.0)) + 3);
    s.townships = std::min(s.townships, s.communities);
    s.counties = std::max(1, static_cast<int>(std::lround(s.communities / 110.0)));
    s.level1 = share(0.10, s.communities);
    s.level2 = share(0.18, s.level1);
    s.exclusives = share(0.20, 1);
    s.level3 = grids - s.level1 - s.level2 - s.exclusives;
    s.beats = std::min(s.level1, share(1194.0 / 13669, 2));
    s.stations =
        std::max(std::min(s.beats, std::max(3, s.counties)), static_cast<int>(std::lround(s.beats / 6.0)));
    return s;
}

namespace {

class Planner {
public:
    Planner(Plan& plan, std::uint64_t seed) : plan_(plan), chance_(seed, "streets") {
        style_.weight = [this](Point p) { return plan_.density(p); };
        style_.grain = [this](Point p) { return plan_.grain(p); };
    }

    // Cuts each face of `parents` so that there are `count` in all, heavier parents into more.
    std::vector<Face> divide(const std::vector<Face>& parents, int count, RoadClass roadClass, double sway,
                             double spacing) {
        double sum = 0;
        for (const Face& face : parents)
            sum += face.weight;
        std::vector<int> parts(parents.size(), 1);
        const int spare = count - static_cast<int>(parents.size());
        std::vector<std::pair<double, std::size_t>> rest;
        int given = 0;
        for (std::size_t i = 0; i < parents.size(); ++i) {
            const double due = spare * parents[i].weight / sum;
            parts[i] += static_cast<int>(due), given += static_cast<int>(due);
            rest.emplace_back(-(due - std::floor(due)), i);
        }
        std::sort(rest.begin(), rest.end());
        for (int i = 0; given < spare; ++i, ++given)
            ++parts[rest[static_cast<std::size_t>(i) % rest.size()].second];
        std::vector<Face> out;
        int missing = 0;
        for (std::size_t i = 0; i < parents.size(); ++i) {
            const int wanted = parts[i] + missing;
            std::vector<Face> faces = cutInto(parents[i], wanted, roadClass, sway, spacing);
            missing = wanted - static_cast<int>(faces.size());
            for (Face& face : faces) {
                face.parent = static_cast<int>(i);
                out.push_back(std::move(face));
            }
        }
        return out;
    }

    std::vector<Face> cutInto(const Face& whole, int parts, RoadClass roadClass, double sway,
                              double spacing) {
        std::vector<Face> faces{whole}, done;
        while (!faces.empty() && static_cast<int>(faces.size() + done.size()) < parts) {
            // The heaviest first; sizes stay within a factor of about two.
            const auto heaviest = std::max_element(
                faces.begin(), faces.end(), [](const Face& a, const Face& b) { return a.weight < b.weight; });
            style_.sway = sway, style_.spacing = spacing;
            const int left = parts - static_cast<int>(faces.size() + done.size());
            style_.balance = left == 1 && faces.size() == 1 ? 0.5 : chance_.between(0.42, 0.58);
            Cut made;
            if (!cut(plan_.mesh, heaviest->ring, style_, chance_, made)) {
                done.push_back(std::move(*heaviest));
                faces.erase(heaviest);
                continue;
            }
            lay(made.path, roadClass);
            heaviest->ring = std::move(made.left);
            heaviest->weight = weigh(plan_.mesh.points(heaviest->ring), style_.weight);
            Face right;
            right.ring = std::move(made.right);
            right.weight = weigh(plan_.mesh.points(right.ring), style_.weight);
            faces.push_back(std::move(right));
        }
        faces.insert(faces.end(), std::make_move_iterator(done.begin()), std::make_move_iterator(done.end()));
        // In reading order, so that serial numbers run as people expect: north to south, west to east.
        std::vector<std::pair<double, std::size_t>> order;
        for (std::size_t i = 0; i < faces.size(); ++i) {
            const Point c = centroid(plan_.mesh.points(faces[i].ring));
            order.emplace_back(c.x * 0.4 - c.y, i);
        }
        std::sort(order.begin(), order.end());
        std::vector<Face> sorted;
        for (const auto& [key, i] : order)
            sorted.push_back(std::move(faces[i]));
        return sorted;
    }

    void lay(const std::vector<Mesh::Vertex>& path, RoadClass roadClass) {
        const int id = static_cast<int>(plan_.streets.size());
        Street street{path, roadClass, id};
        const Point a = plan_.mesh.at(path.front()), a2 = plan_.mesh.at(path[1]);
        const Point b = plan_.mesh.at(path.back()), b2 = plan_.mesh.at(path[path.size() - 2]);
        const auto end = [&](Mesh::Vertex v, Point from, Point to) { // arrives at `to`
            const double length = distance(from, to), dx = (to.x - from.x) / length,
                         dy = (to.y - from.y) / length;
            for (const Mesh::End& other : plan_.mesh.ends(v))
                if (-(other.dx * dx + other.dy * dy) > 0.8 && street.named == id)
                    street.named = plan_.streets[static_cast<std::size_t>(other.road)].named;
            plan_.mesh.ends(v).push_back({id, dx, dy});
        };
        end(path.front(), a2, a);
        end(path.back(), b2, b);
        plan_.streets.push_back(std::move(street));
    }

    void cutRiver(std::vector<Face>& halves) {
        const Mesh::Ring& ring = plan_.outline;
        const auto from = std::find(ring.begin(), ring.end(), plan_.river.front());
        const auto to = std::find(ring.begin(), ring.end(), plan_.river.back());
        const std::size_t n = ring.size(), s = static_cast<std::size_t>(from - ring.begin()),
                          m = static_cast<std::size_t>(to - ring.begin());
        Face east, west;
        for (std::size_t k = m; k != s; k = (k + 1) % n) // mouth -> north-east -> source -> down the river
            east.ring.push_back(ring[k]);
        east.ring.insert(east.ring.end(), plan_.river.begin(), plan_.river.end() - 1);
        for (std::size_t k = s; k != m; k = (k + 1) % n)
            west.ring.push_back(ring[k]);
        west.ring.insert(west.ring.end(), plan_.river.rbegin(), plan_.river.rend() - 1);
        for (Face* half : {&west, &east}) {
            half->weight = weigh(plan_.mesh.points(half->ring), style_.weight);
            halves.push_back(std::move(*half));
        }
    }

private:
    Plan& plan_;
    Chance chance_;
    CutStyle style_;
};

void setParents(std::vector<Face>& faces, int parent) {
    for (Face& face : faces)
        face.parent = parent;
}

} // namespace

Plan planCity(int grids, std::uint64_t seed) {
    Plan plan;
    const PlanSizes sizes = PlanSizes::of(grids);
    plan.scale = std::max(0.5, std::pow(grids / 349.0, 0.4));
    const double w = 16000 * plan.scale, h = 10400 * plan.scale;
    plan.extent = {613000 - w / 2, 3545000 - h / 2, 613000 + w / 2, 3545000 + h / 2};
    Chance chance(seed, "outline");
    planOutline(plan, chance);
    Planner planner(plan, seed);
    const double fine = std::sqrt(plan.scale);

    // The river parts the land first; what is one county with one township on both banks is two townships.
    std::vector<Face> halves;
    planner.cutRiver(halves);
    if (sizes.counties > 1) {
        plan.counties =
            planner.divide(halves, std::max(2, sizes.counties), RoadClass::primary, 0.03, 150 * fine);
        setParents(plan.counties, 0);
        plan.townships = planner.divide(plan.counties, sizes.townships, RoadClass::primary, 0.03, 130 * fine);
    } else {
        Face county;
        county.ring = plan.outline;
        county.weight = halves[0].weight + halves[1].weight;
        plan.counties = {county};
        setParents(plan.counties, 0);
        plan.townships = planner.divide(halves, sizes.townships, RoadClass::primary, 0.03, 130 * fine);
        setParents(plan.townships, 0);
    }
    plan.communities = planner.divide(plan.townships, sizes.communities, RoadClass::secondary, 0.025, 110);
    plan.level1 = planner.divide(plan.communities, sizes.level1, RoadClass::secondary, 0.02, 100);
    plan.level2 = planner.divide(plan.level1, sizes.level2, RoadClass::tertiary, 0.02, 80);
    plan.level3 = planner.divide(plan.level2, sizes.level3, RoadClass::tertiary, 0.015, 60);
    for (std::size_t i = 0; i < plan.level3.size(); ++i) {
        const std::vector<Point> ring = plan.mesh.points(plan.level3[i].ring);
        const double block = 42000 / std::pow(plan.density(centroid(ring)), 0.75);
        const int parts = std::clamp(static_cast<int>(std::lround(signedArea(ring) / block)), 2, 9);
        for (Face& face : planner.cutInto(plan.level3[i], parts, RoadClass::residential, 0.012, 60)) {
            face.parent = static_cast<int>(i);
            plan.blocks.push_back(std::move(face));
        }
    }
    planPolice(plan, sizes);
    Chance special(seed, "exclusives");
    PlanSizes actual = sizes; // a face that could not be cut is made up for
    actual.exclusives =
        grids - static_cast<int>(plan.level1.size() + plan.level2.size() + plan.level3.size());
    planExclusives(plan, actual, special);
    Chance names(seed, "names");
    nameCity(plan, names);
    classTownships(plan);
    return plan;
}

} // namespace vedette::ctl
