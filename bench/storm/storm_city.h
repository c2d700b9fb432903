// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/storm.h"

// A storm over a city of 40 x 40 km: tickets in a dozen places, units around their stations and some
// anywhere. The same seed, the same city.
struct StormCity {
    vedette::layers::WorkingCrs crs;
    vedette::layers::TimeZone zone;
    vedette::layers::Rules rules;
    vedette::dispatch::Instant now{};
    vedette::dispatch::State state;
    std::vector<vedette::dispatch::Ticket> tickets; // as the state has them, by id
    std::vector<vedette::dispatch::UnitFacts> units;
};
// Units take one ticket each.
StormCity stormCity(unsigned seed, std::size_t tickets, std::size_t units);
