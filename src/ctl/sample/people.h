// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/reference.h"
#include "duty_catalogue.h"
#include "layers/crs.h"
#include "locator.h"
#include "road_net.h"

#include <string>
#include <vector>

namespace vedette::ctl {

struct SamplePlace {
    std::string name, address, category;
    Point at;
};
struct PastRecord {
    layers::Instant at{};
    int duty = 0; // in the catalogue
    Point where;
    int severity = 3;
    std::string text;
};

// Everything that stands on the ground, before it is written.
struct Town {
    Plan plan;
    Ground ground;
    Locator locator;
    layers::WorkingCrs crs;
    std::vector<CatalogueDuty> duties;
    std::vector<SamplePlace> places;
    std::vector<dispatch::UnitFacts> units;
    std::vector<std::string> shiftTexts; // of units, as the file spells them
    std::vector<Point> stationPosts;     // by station

    // To six digits, as the files say it: what is read back is equal.
    layers::LonLat lonLat(Point p) const;
    bool dry(Point p) const; // on land, outside the river
};

void settlePlaces(Town& town, Chance& chance);
void raiseUnits(Town& town, int count, Chance& chance);
// Where and when things happen: hot spots, hours and seasons of each class. One object draws any number.
class Happening {
public:
    Happening(const Town& town, std::uint64_t seed);
    int duty(int hour, int month, Chance& chance) const;
    Point place(int duty, int hour, Chance& chance) const;
    // How busy an hour of day is beside the mean of 1.
    static double busy(int hour, int weekday);
    std::string text(int duty, Point at, Chance& chance) const;
    int severity(int duty, Chance& chance) const;

private:
    struct Spot {
        Point at;
        double radius;
        bool night;
    };
    const Town& town_;
    std::vector<Spot> spots_;
    std::vector<double> spotWeights_;
    std::vector<Draw> byDayPart_; // duties, by month * 4 + part of day
    std::vector<Draw> spotsBy_;   // spots, by day and night
    Draw blocks_;
};
std::vector<PastRecord> pastRecords(const Happening& happening, int count, layers::Instant from,
                                    layers::Instant till, Chance& chance);

} // namespace vedette::ctl
