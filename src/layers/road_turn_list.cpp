// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/road_routes.h"

#include <cmath>
#include <numbers>

namespace vedette::layers {

namespace {

// The points of a leg, in the direction of travel.
std::vector<Point> pointsOf(const RoadNetwork& network, const RoadRoute::Leg& leg) {
    const auto whole = network.points(network.edges()[leg.arc / 2]);
    std::vector<Point> points(whole.begin(), whole.end());
    if (leg.arc % 2)
        points.assign(whole.rbegin(), whole.rend());
    double total = 0;
    for (std::size_t i = 1; i < points.size(); ++i)
        total += std::hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
    const double from = leg.from * total, to = leg.to * total;
    std::vector<Point> out;
    double before = 0;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const Point a = points[i - 1], b = points[i];
        const double metres = std::hypot(b.x - a.x, b.y - a.y);
        const auto at = [&](double where) {
            const double t = metres > 0 ? (where - before) / metres : 0;
            return Point{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
        };
        const bool last = i + 1 == points.size();
        if (out.empty() && (from < before + metres || last))
            out.push_back(at(from));
        if (!out.empty() && (to <= before + metres || last)) {
            out.push_back(at(to));
            break;
        }
        if (!out.empty())
            out.push_back(b);
        before += metres;
    }
    return out;
}

// Degrees from the direction of `a`'s end to that of `b`'s beginning, positive to the left.
double turnBetween(const std::vector<Point>& a, const std::vector<Point>& b) {
    const auto direction = [](Point from, Point to) { return std::atan2(to.y - from.y, to.x - from.x); };
    const double angle = direction(b[0], b[1]) - direction(a.end()[-2], a.back());
    return std::remainder(angle, 2 * std::numbers::pi) * 180 / std::numbers::pi;
}

const char* turnCode(double degrees, bool roundabout) {
    if (roundabout)
        return "roadRoundabout";
    const bool left = degrees > 0;
    const double size = std::abs(degrees);
    if (size < 20)
        return "roadStraight";
    if (size < 50)
        return left ? "roadSlightLeft" : "roadSlightRight";
    if (size < 160)
        return left ? "roadLeft" : "roadRight";
    return "roadUTurn";
}

} // namespace

void RoadSearch::draw(RoadRoute& route) const {
    const RoadNetwork& network = metric_->map().network;
    for (const auto& leg : route.legs) {
        const auto points = pointsOf(network, leg);
        route.line.insert(route.line.end(), points.begin() + (route.line.empty() ? 0 : 1), points.end());
        route.metres += double(network.edges()[leg.arc / 2].metres) * (leg.to - leg.from);
    }
}

std::vector<RoadStep> turnList(const RoadMap& map, const RoadRoute& route) {
    struct Step {
        std::string code, street;
        double metres;
        bool bridge, tunnel;
        Point at;
    };
    std::vector<Step> steps;
    std::vector<Point> before;
    bool inRoundabout = false;
    for (const auto& leg : route.legs) {
        const RoadNetwork::Edge& edge = map.network.edges()[leg.arc / 2];
        const double metres = double(edge.metres) * (leg.to - leg.from);
        auto points = pointsOf(map.network, leg);
        if (metres < 0.5 || points.size() < 2)
            continue;
        const std::string street(map.network.name(edge));
        const double degrees = before.empty() ? 0 : turnBetween(before, points);
        const bool enters = edge.roundabout && !inRoundabout;
        const bool sameWay = !steps.empty() && !enters && street == steps.back().street &&
                             std::abs(degrees) < (street.empty() ? 45 : 120);
        if (steps.empty())
            steps.push_back({"roadStart", street, 0, false, false, points.front()});
        else if (!sameWay && !(inRoundabout && edge.roundabout))
            steps.push_back({turnCode(degrees, enters), street, 0, false, false, points.front()});
        steps.back().metres += metres;
        steps.back().bridge |= edge.bridge, steps.back().tunnel |= edge.tunnel;
        inRoundabout = edge.roundabout;
        before = std::move(points);
    }
    std::vector<RoadStep> out;
    for (const Step& step : steps) {
        Message message{step.code, {}};
        if (!step.street.empty()) {
            message.code += "Into";
            message.args.emplace_back("street", step.street);
        }
        message.args.emplace_back("metres", std::to_string(std::llround(step.metres)));
        out.push_back({std::move(message), step.at});
        if (step.bridge || step.tunnel)
            out.push_back({{step.bridge ? "roadOverBridge" : "roadThroughTunnel", {}}, step.at});
    }
    if (!out.empty())
        out.push_back({{"roadArrive", {}}, before.back()});
    return out;
}

} // namespace vedette::layers
