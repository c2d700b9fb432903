// SPDX-License-Identifier: GPL-3.0-or-later
#include "names.h"
#include "road_net.h"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

namespace vedette::ctl {

namespace {

int speedOf(RoadClass roadClass) {
    constexpr int speeds[]{100, 60, 50, 40, 30};
    return speeds[static_cast<std::size_t>(roadClass)];
}

// A line of the plan with a strip beside it that streets don't enter, and the road that runs along the strip.
struct Shore {
    std::vector<Point> line;
    std::vector<double> width;      // from the line to the road
    std::vector<Point> left, right; // the roads' vertices, one for each of the line's

    Shore(std::vector<Point> points, const std::function<double(double)>& widthAt, int smooth)
        : line(std::move(points)) {
        const auto n = static_cast<int>(line.size());
        for (int k = 0; k < n; ++k) {
            const Point a = line[static_cast<std::size_t>(std::max(0, k - smooth))];
            const Point b = line[static_cast<std::size_t>(std::min(n - 1, k + smooth))];
            const double length = distance(a, b), w = widthAt(static_cast<double>(k) / (n - 1));
            const Point p = line[static_cast<std::size_t>(k)];
            const double nx = -(b.y - a.y) / length * w, ny = (b.x - a.x) / length * w;
            width.push_back(w);
            left.push_back({p.x + nx, p.y + ny});
            right.push_back({p.x - nx, p.y - ny});
        }
        for (std::vector<Point>* side : {&left, &right}) { // takes out what the small coves do to the road
            std::vector<Point> even = *side;
            for (int k = 0; k < n; ++k) {
                const int reach = std::min({smooth, k, n - 1 - k});
                Point sum;
                for (int o = -reach; o <= reach; ++o)
                    sum.x += (*side)[static_cast<std::size_t>(k + o)].x,
                        sum.y += (*side)[static_cast<std::size_t>(k + o)].y;
                even[static_cast<std::size_t>(k)] = {sum.x / (2 * reach + 1), sum.y / (2 * reach + 1)};
            }
            for (Point& p : even)
                p = {std::round(p.x * 100) / 100, std::round(p.y * 100) / 100};
            *side = std::move(even);
        }
    }
    std::size_t nearest(Point p) const {
        std::size_t best = 0;
        for (std::size_t k = 1; k < line.size(); ++k)
            if (distance(line[k], p) < distance(line[best], p))
                best = k;
        return best;
    }
    bool leftOf(std::size_t k, Point p) const { return distance(left[k], p) < distance(right[k], p); }
};

class Builder {
public:
    Builder(const Plan& plan, Chance& chance)
        : plan_(plan), chance_(chance), names_(chance), wide_(std::sqrt(plan.scale)),
          river_(
              plan.mesh.points(plan.river),
              [this](double t) { return (64 + 16 * t + 110 * std::pow(t, 6)) * wide_; }, 2),
          coast_(
              plan.mesh.points(plan.coast), [this](double) { return 110 * wide_; }, 4) {
        for (std::size_t k = 0; k < plan.river.size(); ++k)
            onRiver_[plan.river[k]] = k;
        crossings_.resize(plan.river.size());
    }

    Ground build() {
        for (const Street& street : plan_.streets) {
            layStreet(street);
            ground_.streetNames.push_back(nameOf(static_cast<int>(&street - plan_.streets.data())));
        }
        layShoreRoads();
        layBridges();
        layMotorway();
        chooseOneways();
        layWater();
        return std::move(ground_);
    }

private:
    struct Moved {
        Point at;
        bool onShore = false;
    };

    // Where a street's vertex comes to lie: out of the strips of river and coast.
    Moved moved(Mesh::Vertex v, Point towards, RoadClass roadClass) {
        const Point p = plan_.mesh.at(v);
        const auto found = onRiver_.find(v);
        const std::size_t k = found != onRiver_.end() ? found->second : river_.nearest(p);
        if (distance(p, river_.line[k]) < river_.width[k] * 1.15) {
            const bool left = river_.leftOf(k, found != onRiver_.end() ? towards : p);
            if (found != onRiver_.end()) {
                auto& side = left ? crossings_[k].left : crossings_[k].right;
                if (!side || *side > roadClass)
                    side = roadClass;
            }
            if (bankStands(k, left))
                return {(left ? river_.left : river_.right)[k], true};
        }
        const std::size_t c = coast_.nearest(p);
        if (distance(p, coast_.line[c]) < coast_.width[c] * 1.1)
            return {coast_.left[c], true};
        return {p, false};
    }

    bool bankStands(std::size_t k, bool left) const { // not where the sea is
        const Point p = (left ? river_.left : river_.right)[k];
        const std::size_t c = coast_.nearest(p);
        return distance(p, coast_.line[c]) > coast_.width[c] * 1.05;
    }

    const std::string& nameOf(int street) {
        const Street& root = plan_.streets[static_cast<std::size_t>(street)];
        const int id = root.named == street ? street : root.named;
        auto& name = streetNames_[id];
        if (name.empty())
            name = names_.road(plan_.streets[static_cast<std::size_t>(id)].roadClass);
        return name;
    }

    void add(std::vector<Point> points, RoadClass roadClass, std::string name, bool bridge = false) {
        points.erase(std::unique(points.begin(), points.end()), points.end());
        if (points.size() >= 2)
            ground_.roads.push_back(
                {std::move(points), roadClass, std::move(name), speedOf(roadClass), 0, bridge});
    }

    void layStreet(const Street& street) {
        const std::string name = nameOf(static_cast<int>(&street - plan_.streets.data()));
        std::vector<Point> line;
        bool lastOnShore = false;
        const std::size_t n = street.path.size();
        for (std::size_t i = 0; i < n; ++i) {
            const Point towards = plan_.mesh.at(street.path[i == 0 ? 1 : i + 1 == n ? n - 2 : i]);
            const Moved to = moved(street.path[i], towards, street.roadClass);
            if (!line.empty() && lastOnShore && to.onShore && !(line.back() == to.at)) {
                add(std::move(line), street.roadClass, name); // the shore's own road joins the two
                line.clear();
            }
            line.push_back(to.at);
            lastOnShore = to.onShore;
        }
        add(std::move(line), street.roadClass, name);
    }

    void layShoreRoads() {
        const auto stretch = [&](const std::vector<Point>& side,
                                 const std::function<bool(std::size_t)>& stands, RoadClass roadClass,
                                 const std::string& name) {
            std::vector<Point> line;
            for (std::size_t k = 0; k <= side.size(); ++k) {
                if (k < side.size() && stands(k)) {
                    line.push_back(side[k]);
                    continue;
                }
                add(std::move(line), roadClass, name);
                line.clear();
            }
        };
        const auto clearOfRiver = [&](std::size_t k) {
            const std::size_t r = river_.nearest(coast_.left[k]);
            return distance(coast_.left[k], river_.line[r]) > river_.width[r];
        };
        stretch(coast_.left, clearOfRiver, RoadClass::primary, "海滨大道");
        for (const bool left : {true, false}) {
            const auto stands = [&](std::size_t k) { return bankStands(k, left); };
            const std::vector<Point>& side = left ? river_.left : river_.right;
            stretch(side, stands, RoadClass::secondary, left ? "滨江东路" : "滨江西路");
            std::size_t last = side.size() - 1;
            while (last > 0 && !stands(last))
                --last;
            std::size_t best = 0;
            double least = 1e18;
            for (std::size_t k = 0; k < coast_.left.size(); ++k)
                if (const double d = distance(coast_.left[k], side[last]);
                    clearOfRiver(k) && river_.leftOf(last, coast_.left[k]) == left && d < least)
                    least = d, best = k;
            add({side[last], coast_.left[best]}, RoadClass::secondary, left ? "滨江东路" : "滨江西路");
        }
    }

    void layBridges() {
        std::size_t lastBridge = 0;
        const double apart = 700 * plan_.scale;
        for (std::size_t k = 1; k + 1 < river_.line.size(); ++k) {
            const auto& [left, right] = crossings_[k];
            if ((!left && !right) || !bankStands(k, true) || !bankStands(k, false))
                continue;
            const RoadClass best =
                std::min(left.value_or(RoadClass::residential), right.value_or(RoadClass::residential));
            const bool through = left && right && std::max(*left, *right) <= RoadClass::tertiary;
            const bool far =
                ground_.bridges == 0 || distance(river_.line[k], river_.line[lastBridge]) > apart;
            if (!(through && distance(river_.line[k], river_.line[lastBridge]) > apart / 3) &&
                !(far && best <= RoadClass::secondary))
                continue;
            static const std::vector<std::string> ordinal{"一", "二", "三", "四", "五",
                                                          "六", "七", "八", "九", "十"};
            const auto number = static_cast<std::size_t>(ground_.bridges);
            add({river_.left[k], river_.line[k], river_.right[k]}, std::min(best, RoadClass::secondary),
                number < ordinal.size() ? "滨江" + ordinal[number] + "桥"
                                        : names_.road(RoadClass::residential) + "桥",
                true);
            ++ground_.bridges;
            lastBridge = k;
        }
    }

    void layMotorway() {
        const double w = plan_.extent.width(), h = plan_.extent.height();
        std::vector<Point> through;
        for (const auto& [x, y] : {std::pair(-0.12, 0.66),
                                   {0.03, 0.68},
                                   {0.18, 0.76},
                                   {0.36, 0.80},
                                   {0.55, 0.77},
                                   {0.70, 0.72},
                                   {0.82, 0.78},
                                   {0.90, 0.92},
                                   {0.95, 1.12}})
            through.push_back({plan_.extent.minX + x * w, plan_.extent.minY + y * h});
        std::vector<Point> line = naturalLine(through, 220 * wide_, 0.01, chance_);
        for (Point& p : line)
            p = {std::round(p.x * 100) / 100, std::round(p.y * 100) / 100};
        double since = 1e9;
        for (std::size_t i = 1; i < line.size(); ++i) { // interchanges, with primary and secondary roads
            const Point a = line[i - 1], b = line[i];
            since += distance(a, b);
            if (since < 900 * plan_.scale)
                continue;
            if (const auto met = join(a, b)) {
                line.insert(line.begin() + static_cast<std::ptrdiff_t>(i), *met);
                ++i, since = 0;
            }
        }
        add(std::move(line), RoadClass::motorway, "滨海绕城高速");
    }

    // Where the stretch a-b crosses a larger road: the crossing becomes a vertex of that road.
    std::optional<Point> join(Point a, Point b) {
        for (RoadLine& road : ground_.roads) {
            if (road.roadClass > RoadClass::secondary || road.bridge)
                continue;
            for (std::size_t j = 1; j < road.points.size(); ++j) {
                const Point c = road.points[j - 1], d = road.points[j];
                const double det = (b.x - a.x) * (d.y - c.y) - (b.y - a.y) * (d.x - c.x);
                if (det == 0)
                    continue;
                const double t = ((c.x - a.x) * (d.y - c.y) - (c.y - a.y) * (d.x - c.x)) / det;
                const double u = ((c.x - a.x) * (b.y - a.y) - (c.y - a.y) * (b.x - a.x)) / det;
                if (t < 0.02 || t > 0.98 || u < 0.02 || u > 0.98)
                    continue;
                const Point met{std::round((a.x + t * (b.x - a.x)) * 100) / 100,
                                std::round((a.y + t * (b.y - a.y)) * 100) / 100};
                road.points.insert(road.points.begin() + static_cast<std::ptrdiff_t>(j), met);
                return met;
            }
        }
        return std::nullopt;
    }

    // Some streets of the centre run one way; none may trap a car.
    void chooseOneways() {
        for (RoadLine& road : ground_.roads)
            if (road.roadClass >= RoadClass::tertiary && road.points.size() > 2 &&
                plan_.density(road.points[road.points.size() / 2]) > 0.4 && chance_.one(0.3))
                road.oneway = chance_.one(0.8) ? 1 : -1;
        const RoadNet net(ground_.roads);
        const std::vector<bool> main = net.mainPart();
        std::map<std::pair<double, double>, bool> byPlace;
        for (std::size_t n = 0; n < net.size(); ++n)
            byPlace[{net.point(static_cast<int>(n)).x, net.point(static_cast<int>(n)).y}] = main[n];
        for (RoadLine& road : ground_.roads)
            for (const Point p : road.points)
                if (const auto found = byPlace.find({p.x, p.y}); found != byPlace.end() && !found->second)
                    road.oneway = 0;
    }

    void layWater() {
        const double reach = plan_.extent.width() * 0.6;
        std::vector<Point> sea = coast_.line; // west to north-east along the coast, then round by the south
        sea.push_back({plan_.extent.maxX + reach, sea.back().y + reach * 0.2});
        sea.push_back({plan_.extent.maxX + reach, plan_.extent.minY - reach});
        sea.push_back({plan_.extent.minX - reach, plan_.extent.minY - reach});
        sea.push_back({plan_.extent.minX - reach, sea.front().y + reach * 0.05});
        ground_.water.push_back(std::move(sea));
        std::vector<Point> river, back;
        const Point first = river_.line[0],
                    second = river_.line[std::min<std::size_t>(6, river_.line.size() - 1)];
        const double length = distance(first, second);
        const auto side = [&](const std::vector<Point>& road, std::vector<Point>& out) {
            // The river comes from beyond the border; its water ends short of the roads on its banks.
            const Point p = road[0];
            out.push_back({p.x + (first.x - second.x) / length * reach * 0.4 + (first.x - p.x) * 0.35,
                           p.y + (first.y - second.y) / length * reach * 0.4 + (first.y - p.y) * 0.35});
            for (std::size_t k = 0; k < road.size(); ++k)
                out.push_back({river_.line[k].x + (road[k].x - river_.line[k].x) * 0.68,
                               river_.line[k].y + (road[k].y - river_.line[k].y) * 0.68});
        };
        side(river_.left, river);
        side(river_.right, back);
        const Point mouth = river_.line.back(), above = river_.line[river_.line.size() - 6];
        river.push_back({mouth.x + (mouth.x - above.x), mouth.y + (mouth.y - above.y)}); // well into the sea
        river.insert(river.end(), back.rbegin(), back.rend());
        ground_.water.push_back(std::move(river));
    }

    const Plan& plan_;
    Chance& chance_;
    Names names_;
    double wide_;
    Shore river_, coast_;
    std::unordered_map<Mesh::Vertex, std::size_t> onRiver_;
    struct Crossing {
        std::optional<RoadClass> left, right;
    };
    std::vector<Crossing> crossings_;
    std::unordered_map<int, std::string> streetNames_;
    Ground ground_;
};

} // namespace

Ground layGround(const Plan& plan, Chance& chance) {
    return Builder(plan, chance).build();
}

} // namespace vedette::ctl
