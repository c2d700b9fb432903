// SPDX-License-Identifier: GPL-3.0-or-later
#include "storm_city.h"

#include <random>

using namespace vedette;
using namespace vedette::dispatch;

StormCity stormCity(unsigned seed, std::size_t tickets, std::size_t units) {
    constexpr double west = 480000, south = 3520000, side = 40000;
    StormCity city{layers::WorkingCrs::named("EPSG:4549").value(),
                   layers::TimeZone::named("Asia/Shanghai").value(),
                   {},
                   layers::parseTime("2026-11-23T04:00:00Z", layers::TimeZone::utc()).value(),
                   {},
                   {},
                   {}};
    std::mt19937_64 random(seed);
    const auto anywhere = [&] {
        std::uniform_real_distribution<double> along(0, side);
        const double x = along(random), y = along(random);
        return layers::Point{west + x, south + y};
    };
    const auto around = [&](layers::Point middle, double metres) {
        std::normal_distribution<double> off(0, metres);
        const double x = off(random), y = off(random);
        return layers::Point{middle.x + x, middle.y + y};
    };
    std::vector<layers::Point> flooded(12), stations(30);
    for (auto& place : flooded)
        place = anywhere();
    for (auto& place : stations)
        place = anywhere();

    const auto tell = [&](Payload payload) {
        Event event;
        event.envelope.seq = city.state.seq() + 1;
        event.envelope.kind = kindOf(payload);
        event.envelope.occurredAt = event.envelope.recordedAt = city.now;
        event.payload = std::move(payload);
        city.state = apply(std::move(city.state), event);
    };
    for (std::size_t i = 0; i < units; ++i) {
        UnitFacts unit;
        unit.id.text = "U" + std::to_string(100000 + i);
        unit.post = city.crs.toLonLat(i % 5 < 3 ? around(stations[i % stations.size()], 2000) : anywhere());
        city.units.push_back(unit);
    }
    tell(ReferencePinned{"units", "units", "bench",
                         std::make_shared<const std::string>(encodeUnits(city.units))});
    for (std::size_t i = 0; i < tickets; ++i) {
        TicketOpened opened;
        opened.ticket = {std::uint32_t(1001 + i)};
        opened.duty = defaultDuty("01");
        const auto drawn = random() % 10;
        opened.incident.priority = drawn < 1 ? 1 : drawn < 3 ? 2 : drawn < 7 ? 3 : 4;
        opened.incident.at = city.crs.toLonLat(around(flooded[random() % flooded.size()], 800));
        opened.incident.category = "01";
        opened.incident.happenedAt = city.now;
        opened.deadlines = deadlinesFor(opened.duty, city.now);
        tell(opened);
        city.tickets.push_back(*city.state.ticket(opened.ticket));
    }
    return city;
}
