// SPDX-License-Identifier: GPL-3.0-or-later
#include "city_by_road.h"

#include "dispatch/recommend.h"
#include "dispatch/road_cost.h"
#include "layers/snapshot_builder.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <stdexcept>

using namespace vedette;
using namespace vedette::dispatch;
using Steady = std::chrono::steady_clock;

namespace {

constexpr double west = 480000, south = 3500000, cell = 440;
constexpr int side = 117; // 13,689 grids on the synthetic roads' 51.6 km
constexpr double limitMilliseconds = 10; // of a key: asked again with every one that is typed
const Instant noon = layers::parseTime("2026-11-23T04:00:00Z", layers::TimeZone::utc()).value();

double quantile(std::vector<double> values, double q) {
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, std::size_t(q * double(values.size())))];
}

layers::Areas grids() {
    layers::SnapshotBuilder builder("grids", {{"code"}, {"name"}, {"parent"}, {"level"}, {"beat"}});
    for (int i = 0; i < side * side; ++i) {
        const double x = west + cell * (i % side), y = south + cell * (i / side);
        builder.add(i, layers::Shape::polygon,
                    {{{{x, y}, {x + cell, y}, {x + cell, y + cell}, {x, y + cell}, {x, y}}, false}},
                    {"G" + std::to_string(i), "", "", "1", "B" + std::to_string(i / 12)});
    }
    std::string folder = "/tmp/roads-grids-XXXXXX";
    if (!::mkdtemp(folder.data()) || !builder.write(folder + "/snapshot").ok())
        throw std::runtime_error("no room in /tmp");
    auto snapshot = layers::Snapshot::open(folder + "/snapshot");
    std::filesystem::remove_all(folder);
    if (!snapshot)
        throw std::runtime_error("the grids can't be read back");
    return layers::Areas::build({{layers::AreaKind::grid, snapshot.value()}});
}

State fold(const std::vector<UnitFacts>& units) {
    State state;
    const auto pin = [&](const std::string& what, const std::string& content) {
        Event event;
        event.envelope.seq = state.seq() + 1;
        event.envelope.occurredAt = event.envelope.recordedAt = noon;
        event.payload = ReferencePinned{what, what + std::to_string(std::hash<std::string>{}(content)), what,
                                        std::make_shared<const std::string>(content)};
        event.envelope.kind = kindOf(event.payload);
        state = apply(state, event);
    };
    Duty plain = defaultDuty("01"), whole = defaultDuty("02");
    plain.lead = Role::officer;
    whole.lead = Role::officer, whole.joint = {Role::gridWorker, Role::mediator}, whole.skills = {"boat"};
    pin("duties", encodeDuties({plain, whole}));
    pin("units", encodeUnits(units));
    return state;
}

} // namespace

void compareCityByRoad(const std::shared_ptr<const layers::RoadMap>& map) {
    const auto crs = layers::WorkingCrs::named("EPSG:4549").value();
    const auto zone = layers::TimeZone::named("Asia/Shanghai").value();
    const layers::Rules rules;
    std::mt19937_64 random(20261123);
    const auto place = [&] {
        std::uniform_real_distribution<double> along(0, side * cell);
        const double x = along(random), y = along(random);
        return crs.toLonLat({west + x, south + y});
    };
    std::vector<UnitFacts> city(73000);
    for (std::size_t i = 0; i < city.size(); ++i) {
        UnitFacts& unit = city[i];
        unit.id.text = "U" + std::to_string(100000 + i);
        unit.role = i % 20 == 0 ? Role::officer : i % 50 == 1 ? Role::mediator : Role::gridWorker;
        const auto grid = std::size_t(random() % (side * side));
        unit.owns = {unit.role == Role::officer ? "B" + std::to_string(grid / 12)
                                                : "G" + std::to_string(grid)};
        unit.post = place();
        if (random() % 10 == 0)
            unit.skills = std::vector<std::string>{"boat"};
        unit.shifts = random() % 3 ? *parseShifts("Mon-Fri 08:00-18:00") : *parseShifts("22:00-06:00");
    }
    const layers::Areas areas = grids();
    const State state = fold(city);
    UnitIndex index(crs, areas, rules, zone);
    index.follow(state);
    index.advance(noon);
    layers::CityRoads usual{layers::RoadMetric(map, layers::RoadProfile::driving).lean(),
                            layers::RoadMetric(map, layers::RoadProfile::walking).lean()};
    layers::CityRoads closed = usual;
    const layers::RoadMetric::Change shut{
        layers::RoadNetwork::EdgeIndex(map->network.edges().size() / 2), 0};
    closed.driving = usual.driving->changed(std::span(&shut, 1));
    closed.walking = usual.walking->changed(std::span(&shut, 1));
    for (const auto& [roads, what] : {std::pair{usual, "usual"}, {closed, "closure"}}) {
        const RoadCost cost(roads, rules);
        std::vector<double> whole;
        std::size_t byRoad = 0, all = 0;
        for (int query = 0; query < 1100; ++query) {
            Request request;
            request.at = place(), request.category = query % 2 ? "01" : "02", request.now = noon;
            const auto from = Steady::now();
            const auto answer = index.recommend(state, request, cost);
            const double took = std::chrono::duration<double, std::milli>(Steady::now() - from).count();
            if (query < 100) // the caches' sake
                continue;
            whole.push_back(took);
            for (const auto& candidate : answer.candidates)
                ++all, byRoad += candidate.method == "road";
        }
        std::printf("whole recommendation by road, 73,000 units, %s: p50 %.2f ms p99 %.2f ms worst %.2f ms of "
                    "%zu, %.1f %% of candidates by road\n",
                    what, quantile(whole, 0.5), quantile(whole, 0.99), quantile(whole, 1), whole.size(),
                    100.0 * double(byRoad) / double(std::max<std::size_t>(all, 1)));
        std::printf("ratio roads recommendation_%s_p99 ours/limit=%.4f\n", what,
                    quantile(whole, 0.99) / limitMilliseconds);
    }
}
