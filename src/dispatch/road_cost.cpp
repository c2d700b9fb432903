// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/road_cost.h"

#include "role_speed.h"

#include <algorithm>
#include <cmath>

namespace vedette::dispatch {

using layers::Point;
using layers::RoadNetwork;
using layers::RoadProfile;
using layers::RoadSearch;

namespace {

constexpr double carKilometresPerHour = 30; // whose role drives as the network says

// A thread's last question by each profile: most questions of a recommendation share their target.
struct Desk {
    RoadSearch search;
    std::uint64_t metric = 0;
    Point to;
    std::optional<RoadNetwork::Place> target;
};

Desk& aimed(const std::shared_ptr<const layers::RoadMetric>& metric, Point to) {
    thread_local std::array<Desk, 2> desks;
    Desk& desk = desks[std::size_t(metric->profile())];
    if (desk.metric != metric->number() || !(desk.to == to)) {
        desk.metric = metric->number(), desk.to = to;
        desk.target = metric->map().network.snap(to, metric->profile());
        if (desk.target)
            desk.search.aim(metric, *desk.target);
    }
    return desk;
}

} // namespace

struct RoadCost::Answer {
    double seconds = 0;
    bool road = false;
    Desk* desk = nullptr;
    RoadNetwork::Place source;
};

RoadCost::RoadCost(layers::CityRoads roads, const layers::Rules& rules)
    : roads_(std::move(roads)), straight_(straightCost(rules)) {
    for (std::size_t i = 0; i < factor_.size(); ++i) {
        const bool walks =
            std::find(rules.walking.begin(), rules.walking.end(), toString(Role(i))) != rules.walking.end();
        profile_[i] = walks ? RoadProfile::walking : RoadProfile::driving;
        factor_[i] =
            (walks ? layers::walkingMetresPerSecond * 3.6 : carKilometresPerHour) / kilometresPerHour[i];
        offRoad_[i] = walks ? layers::walkingMetresPerSecond
                            : rules.offRoadKilometresPerHour / 3.6 / factor_[i];
    }
}

RoadCost::Answer RoadCost::ask(Point from, Point to, Role role) const {
    const auto& metric = roads_.of(profile_[std::size_t(role)]);
    Answer answer{straight_->seconds(from, to, role), false, nullptr, {}};
    Desk& desk = aimed(metric, to);
    if (!desk.target)
        return answer;
    const auto source = metric->map().network.snap(from, metric->profile());
    if (!source)
        return answer;
    const layers::RoadTime time = desk.search.from(*source);
    if (time >= layers::roadEndless)
        return answer;
    const double off = source->metresOff + desk.target->metresOff;
    const double seconds =
        double(time) / 1000 * factor_[std::size_t(role)] + off / offRoad_[std::size_t(role)];
    // Straight over, when the roads lie farther off than the two from each other.
    const double over = std::hypot(from.x - to.x, from.y - to.y) / offRoad_[std::size_t(role)];
    if (over < seconds && off > 0)
        return {std::max(over, answer.seconds), false, nullptr, {}};
    return {seconds, true, &desk, *source};
}

double RoadCost::seconds(Point from, Point to, Role role) const {
    return ask(from, to, role).seconds;
}

Cost RoadCost::cost(Point from, Point to, Role role) const {
    const Answer answer = ask(from, to, role);
    if (!answer.road)
        return {straight_->cost(from, to, role).metres, answer.seconds, "straight"};
    const auto route = answer.desk->search.route(answer.source);
    return {route.metres + answer.source.metresOff + answer.desk->target->metresOff, answer.seconds, "road"};
}

// Nothing goes faster than the fastest road it uses, the stretch beside it or the straight fallback. Lengths are
// single floats.
double RoadCost::minSeconds(Point to, double straightMetres, Role role) const {
    constexpr double hair = 1 - 1e-6;
    const auto i = std::size_t(role);
    double least = straight_->minSeconds(to, straightMetres, role);
    const Desk& desk = aimed(roads_.of(profile_[i]), to);
    if (desk.target)
        for (const RoadSearch::Pace& pace : desk.search.paces())
            least = std::min(least, std::max(double(pace.least) / 1000 * factor_[i],
                                             straightMetres / std::max(pace.metresPerSecond / factor_[i], offRoad_[i])));
    return least * hair;
}

RoadCost::Way RoadCost::way(Point from, Point to, Role role) const {
    Way out{cost(from, to, role), {from}, {}};
    if (const Answer answer = ask(from, to, role); answer.road) {
        const auto route = answer.desk->search.route(answer.source);
        out.line.insert(out.line.end(), route.line.begin(), route.line.end());
        out.turns = turnList(answer.desk->search.metric()->map(), route);
    }
    out.line.push_back(to);
    return out;
}

} // namespace vedette::dispatch
