// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/road_closures.h"

#include <algorithm>
#include <cmath>

namespace vedette::dispatch {

using layers::Point;
using layers::RoadMetric;
using layers::RoadNetwork;
using layers::RoadProfile;

namespace {

double metresTo(Point p, Point a, Point b) {
    const double dx = b.x - a.x, dy = b.y - a.y, squared = dx * dx + dy * dy;
    const double t = squared > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / squared, 0.0, 1.0) : 0;
    return std::hypot(a.x + t * dx - p.x, a.y + t * dy - p.y);
}

double metresTo(Point p, std::span<const Point> line) {
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 1; i < line.size(); ++i)
        least = std::min(least, metresTo(p, line[i - 1], line[i]));
    return least;
}

std::optional<Point> crossing(Point a, Point b, Point c, Point d) {
    const double rx = b.x - a.x, ry = b.y - a.y, sx = d.x - c.x, sy = d.y - c.y;
    const double cross = rx * sy - ry * sx;
    if (cross == 0)
        return std::nullopt;
    const double t = ((c.x - a.x) * sy - (c.y - a.y) * sx) / cross;
    const double u = ((c.x - a.x) * ry - (c.y - a.y) * rx) / cross;
    if (!(t >= 0 && t <= 1 && u >= 0 && u <= 1))
        return std::nullopt;
    return Point{a.x + t * rx, a.y + t * ry};
}

template <class Visit>
void forEachCrossing(std::span<const Point> a, std::span<const Point> b, const Visit& visit) {
    for (std::size_t i = 1; i < a.size(); ++i)
        for (std::size_t k = 1; k < b.size(); ++k)
            if (const auto at = crossing(a[i - 1], a[i], b[k - 1], b[k]))
                visit(*at);
}

bool inside(Point p, std::span<const Point> ring) {
    bool in = false;
    for (std::size_t i = 0, k = ring.size() - 1; i < ring.size(); k = i++)
        if ((ring[i].y > p.y) != (ring[k].y > p.y) &&
            p.x < (ring[k].x - ring[i].x) * (p.y - ring[i].y) / (ring[k].y - ring[i].y) + ring[i].x)
            in = !in;
    return in;
}

// Of nine places spread along it, most lie beside the line.
bool runsAlong(std::span<const Point> edge, double metres, std::span<const Point> line) {
    int beside = 0, next = 0;
    double before = 0;
    for (std::size_t i = 1; i < edge.size(); ++i) {
        const double length = std::hypot(edge[i].x - edge[i - 1].x, edge[i].y - edge[i - 1].y);
        for (; next < 9 && metres * (next + 0.5) / 9 <= before + length; ++next) {
            const double t = length > 0 ? (metres * (next + 0.5) / 9 - before) / length : 0;
            const Point at{edge[i - 1].x + t * (edge[i].x - edge[i - 1].x),
                           edge[i - 1].y + t * (edge[i].y - edge[i - 1].y)};
            beside += metresTo(at, line) <= alongReach;
        }
        before += length;
    }
    return beside > 5;
}

} // namespace

std::vector<RoadNetwork::EdgeIndex> edgesMeant(const RoadNetwork& network, const layers::WorkingCrs& crs,
                                               const RoadRestricted& road) {
    std::vector<RoadNetwork::EdgeIndex> meant;
    for (const auto& given : road.lines) {
        std::vector<Point> line;
        layers::Box box;
        for (const LonLat at : given) {
            const Point p = crs.toWorking(at);
            if (!std::isfinite(p.x) || !std::isfinite(p.y))
                continue;
            line.push_back(p);
            box.add(Point{p.x - alongReach, p.y - alongReach}),
                box.add(Point{p.x + alongReach, p.y + alongReach});
        }
        if (line.size() < 2)
            continue;
        if (road.area)
            line.push_back(line.front());
        double metres = 0;
        for (std::size_t i = 1; i < line.size(); ++i)
            metres += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
        // A line along a part of a long section means that section; a short one across lies beside too much.
        const bool mayBePart = !road.area && metres > 4 * alongReach;
        const auto near = network.edgesIn(box);
        std::vector<Point> ends; // of those it runs along
        std::vector<RoadNetwork::EdgeIndex> rest;
        for (const auto edge : near) {
            const auto points = network.points(network.edges()[edge]);
            if (road.area ? inside(points.front(), line)
                          : runsAlong(points, double(network.edges()[edge].metres), line) ||
                                (mayBePart && runsAlong(line, metres, points))) {
                meant.push_back(edge);
                ends.push_back(points.front()), ends.push_back(points.back());
            } else {
                rest.push_back(edge);
            }
        }
        for (const auto edge : rest) {
            bool crossed = false;
            forEachCrossing(network.points(network.edges()[edge]), line, [&](Point at) {
                crossed |= road.area || std::none_of(ends.begin(), ends.end(), [&](Point end) {
                               return std::hypot(end.x - at.x, end.y - at.y) <= alongReach;
                           });
            });
            if (crossed)
                meant.push_back(edge);
        }
    }
    std::sort(meant.begin(), meant.end());
    meant.erase(std::unique(meant.begin(), meant.end()), meant.end());
    return meant;
}

std::vector<std::vector<LonLat>> linesNamed(const RoadNetwork& network, const layers::WorkingCrs& crs,
                                            std::string_view name) {
    std::vector<std::vector<LonLat>> lines;
    for (const auto& edge : network.edges())
        if (network.name(edge) == name) {
            auto& line = lines.emplace_back();
            for (const Point p : network.points(edge))
                line.push_back(crs.toLonLat(p));
        }
    return lines;
}

std::vector<std::vector<LonLat>> sectionAt(const RoadNetwork& network, const layers::WorkingCrs& crs,
                                           LonLat at) {
    const auto place = network.snap(crs.toWorking(at), RoadProfile::driving);
    if (!place)
        return {};
    std::vector<LonLat> line;
    for (const Point p : network.points(network.edges()[place->edge]))
        line.push_back(crs.toLonLat(p));
    return {line};
}

std::vector<RoadRestricted> standingRoads(const State& state, Instant now) {
    auto roads = state.restrictedRoads();
    std::erase_if(roads, [&](const auto& road) { return road.until != Instant{} && road.until <= now; });
    return roads;
}

RoadClosures::RoadClosures(layers::CityRoads roads, layers::WorkingCrs crs, layers::Rules rules)
    : usual_(std::move(roads)), crs_(std::move(crs)), rules_(std::move(rules)) {
    stand_.cost = std::make_shared<const RoadCost>(usual_, rules_);
}

RoadClosures::~RoadClosures() {
    {
        const std::lock_guard lock(gate_);
        quit_ = true;
    }
    wake_.notify_all();
    if (worker_.joinable())
        worker_.join();
}

RoadClosures::Work RoadClosures::workFor(const Stand& from, const std::vector<RoadRestricted>& roads) const {
    Work work;
    for (const RoadRestricted& road : roads) {
        const auto meant = edgesMeant(usual_.driving->map().network, crs_, road);
        for (const auto profile : {RoadProfile::driving, RoadProfile::walking}) {
            const RoadUse other = profile == RoadProfile::driving ? RoadUse::walking : RoadUse::driving;
            if (road.use != other)
                for (const auto edge : meant) {
                    const auto [at, fresh] = work.due[std::size_t(profile)].try_emplace(edge, road.factor);
                    at->second = std::min(at->second, road.factor);
                }
        }
    }
    for (const std::size_t profile : {0u, 1u}) {
        const Factors &old = from.factors[profile], &fresh = work.due[profile];
        if (fresh.empty())
            continue; // all of it is usual again, and that is at hand
        for (const auto& [edge, factor] : fresh)
            if (const auto before = old.find(edge); before == old.end() || before->second != factor)
                work.changes[profile].push_back({edge, factor});
        for (const auto& [edge, factor] : old)
            if (!fresh.contains(edge))
                work.changes[profile].push_back({edge, 1});
    }
    return work;
}

RoadClosures::Stand RoadClosures::after(const Stand& from, const std::vector<RoadRestricted>& roads,
                                        Work work) const {
    layers::CityRoads next = from.cost->roads();
    bool lean = true;
    for (const auto profile : {RoadProfile::driving, RoadProfile::walking}) {
        auto& metric = profile == RoadProfile::driving ? next.driving : next.walking;
        if (work.due[std::size_t(profile)].empty())
            metric = usual_.of(profile);
        else if (const auto& changes = work.changes[std::size_t(profile)]; !changes.empty())
            metric = metric->changed(changes), lean = false;
        else
            lean = lean && from.lean;
    }
    return {roads, std::move(work.due), std::make_shared<const RoadCost>(std::move(next), rules_), lean};
}

std::shared_ptr<const RoadCost> RoadClosures::standing(const State& state, Instant now) {
    auto roads = standingRoads(state, now);
    const std::lock_guard lock(gate_);
    if (roads == (mending_ ? wanted_ : stand_.roads)) {
        asked_ = true;
        return stand_.cost;
    }
    if (!mending_) {
        Work work = workFor(stand_, roads);
        if (work.size() <= few || !asked_)
            stand_ = after(stand_, roads, std::move(work));
    }
    asked_ = true;
    wanted_ = std::move(roads);
    mending_ = wanted_ != stand_.roads;
    if (mending_ || !stand_.lean) {
        if (!worker_.joinable())
            worker_ = std::thread([this] { run(); });
        wake_.notify_all();
    }
    return stand_.cost;
}

void RoadClosures::settle() {
    std::unique_lock lock(gate_);
    rest_.wait(lock, [this] { return !mending_ && stand_.lean; });
}

void RoadClosures::run() {
    std::unique_lock lock(gate_);
    for (;;) {
        wake_.wait(lock, [this] { return quit_ || mending_ || !stand_.lean; });
        if (quit_)
            return;
        const Stand from = stand_;
        const auto roads = mending_ ? wanted_ : from.roads;
        lock.unlock();
        Stand next = from;
        if (roads != from.roads) {
            next = after(from, roads, workFor(from, roads));
        } else if (!from.lean) {
            layers::CityRoads leaner{from.cost->roads().driving->lean(), from.cost->roads().walking->lean()};
            next.cost = std::make_shared<const RoadCost>(std::move(leaner), rules_);
            next.lean = true;
        }
        lock.lock();
        if (stand_.cost == from.cost) // else a few sections were mended meanwhile
            stand_ = std::move(next);
        mending_ = mending_ && wanted_ != stand_.roads;
        if (!mending_ && stand_.lean)
            rest_.notify_all();
    }
}

} // namespace vedette::dispatch
