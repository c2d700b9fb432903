// SPDX-License-Identifier: GPL-3.0-or-later
#include "road_net.h"

#include <algorithm>
#include <map>
#include <queue>
#include <unordered_map>

namespace vedette::ctl {

RoadNet::RoadNet(const std::vector<RoadLine>& roads) {
    std::unordered_map<std::uint64_t, Node> known; // by decimetre
    const auto node = [&](Point p) {
        const auto key = static_cast<std::uint64_t>(std::llround(p.x * 10)) << 32 |
                         static_cast<std::uint32_t>(std::llround(p.y * 10));
        const auto [at, fresh] = known.emplace(key, static_cast<Node>(points_.size()));
        if (fresh)
            points_.push_back(p), box_.add(p);
        return at->second;
    };
    struct Step {
        Node from, to;
        float seconds;
    };
    std::vector<Step> steps;
    for (const RoadLine& road : roads)
        for (std::size_t i = 1; i < road.points.size(); ++i) {
            const Node a = node(road.points[i - 1]), b = node(road.points[i]);
            const float seconds =
                static_cast<float>(distance(road.points[i - 1], road.points[i]) * 3.6 / road.speed);
            if (road.oneway >= 0)
                steps.push_back({a, b, seconds});
            if (road.oneway <= 0)
                steps.push_back({b, a, seconds});
        }
    std::stable_sort(steps.begin(), steps.end(),
                     [](const Step& a, const Step& b) { return a.from < b.from; });
    first_.assign(points_.size() + 1, 0);
    for (const Step& step : steps) {
        ++first_[static_cast<std::size_t>(step.from) + 1];
        to_.push_back(step.to);
        seconds_.push_back(step.seconds);
    }
    for (std::size_t i = 1; i < first_.size(); ++i)
        first_[i] += first_[i - 1];
    across_ = static_cast<int>(box_.width() / cell_) + 1, down_ = static_cast<int>(box_.height() / cell_) + 1;
    cells_.resize(static_cast<std::size_t>(across_) * static_cast<std::size_t>(down_));
    const std::vector<bool> main = mainPart();
    for (std::size_t n = 0; n < points_.size(); ++n)
        if (main[n]) {
            const int x = static_cast<int>((points_[n].x - box_.minX) / cell_);
            const int y = static_cast<int>((points_[n].y - box_.minY) / cell_);
            cells_[static_cast<std::size_t>(y * across_ + x)].push_back(static_cast<Node>(n));
        }
}

RoadNet::Node RoadNet::nearest(Point at) const {
    const int x = std::clamp(static_cast<int>((at.x - box_.minX) / cell_), 0, across_ - 1);
    const int y = std::clamp(static_cast<int>((at.y - box_.minY) / cell_), 0, down_ - 1);
    Node best = -1;
    double least = 1e18;
    for (int ring = 0; ring < std::max(across_, down_); ++ring) {
        if (best >= 0 && least < (ring - 1) * cell_)
            break;
        for (int cy = std::max(0, y - ring); cy <= std::min(down_ - 1, y + ring); ++cy)
            for (int cx = std::max(0, x - ring); cx <= std::min(across_ - 1, x + ring); ++cx)
                if (std::max(std::abs(cx - x), std::abs(cy - y)) == ring)
                    for (const Node n : cells_[static_cast<std::size_t>(cy * across_ + cx)])
                        if (const double d = distance(point(n), at); d < least)
                            least = d, best = n;
    }
    return best;
}

std::span<const RoadNet::Node> RoadNet::near(Node node) const {
    const auto n = static_cast<std::size_t>(node);
    return std::span(to_).subspan(static_cast<std::size_t>(first_[n]),
                                  static_cast<std::size_t>(first_[n + 1] - first_[n]));
}

double RoadNet::secondsTo(Node from, Node next) const {
    const auto n = static_cast<std::size_t>(from);
    for (int e = first_[n]; e < first_[n + 1]; ++e)
        if (to_[static_cast<std::size_t>(e)] == next)
            return seconds_[static_cast<std::size_t>(e)];
    return 0;
}

std::vector<RoadNet::Node> RoadNet::path(Node from, Node to, int reach) const {
    constexpr double fastest = 100 / 3.6; // m/s, keeps the estimate a lower bound
    struct Open {
        double estimate;
        Node node;
        bool operator<(const Open& o) const {
            return estimate != o.estimate ? estimate > o.estimate : node > o.node;
        }
    };
    std::unordered_map<Node, std::pair<double, Node>> best;
    std::priority_queue<Open> open;
    best[from] = {0, from};
    open.push({distance(point(from), point(to)) / fastest, from});
    while (!open.empty() && reach-- > 0) {
        const auto [estimate, node] = open.top();
        open.pop();
        if (node == to) {
            std::vector<Node> out{to};
            for (Node n = to; n != from; n = best[n].second)
                out.push_back(best[n].second);
            std::reverse(out.begin(), out.end());
            return out;
        }
        const double sofar = best[node].first;
        if (estimate > sofar + distance(point(node), point(to)) / fastest + 1e-6)
            continue;
        const auto n = static_cast<std::size_t>(node);
        for (int e = first_[n]; e < first_[n + 1]; ++e) {
            const Node next = to_[static_cast<std::size_t>(e)];
            const double seconds = sofar + seconds_[static_cast<std::size_t>(e)];
            const auto [at, fresh] = best.emplace(next, std::pair(seconds, node));
            if (!fresh && at->second.first <= seconds)
                continue;
            at->second = {seconds, node};
            open.push({seconds + distance(point(next), point(to)) / fastest, next});
        }
    }
    return {};
}

std::vector<bool> RoadNet::mainPart() const {
    std::vector<std::vector<Node>> back(points_.size());
    for (std::size_t n = 0; n < points_.size(); ++n)
        for (const Node to : near(static_cast<Node>(n)))
            back[static_cast<std::size_t>(to)].push_back(static_cast<Node>(n));
    const auto reached = [&](Node start, bool forwards) {
        std::vector<bool> seen(points_.size(), false);
        std::vector<Node> todo{start};
        seen[static_cast<std::size_t>(start)] = true;
        while (!todo.empty()) {
            const Node n = todo.back();
            todo.pop_back();
            const auto visit = [&](Node next) {
                if (!seen[static_cast<std::size_t>(next)])
                    seen[static_cast<std::size_t>(next)] = true, todo.push_back(next);
            };
            if (forwards)
                std::ranges::for_each(near(n), visit);
            else
                std::ranges::for_each(back[static_cast<std::size_t>(n)], visit);
        }
        return seen;
    };
    // A start in a small island is found out by its size.
    for (std::size_t start = 0; start < points_.size(); start += 1 + points_.size() / 37) {
        std::vector<bool> there = reached(static_cast<Node>(start), true);
        const std::vector<bool> andBack = reached(static_cast<Node>(start), false);
        std::size_t count = 0;
        for (std::size_t n = 0; n < there.size(); ++n)
            count += (there[n] = there[n] && andBack[n]);
        if (count * 2 > there.size())
            return there;
    }
    return std::vector<bool>(points_.size(), true);
}

} // namespace vedette::ctl
