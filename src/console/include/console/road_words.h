// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "console/road_line.h"
#include "dispatch/city.h"
#include "dispatch/commands.h"
#endif
#include "map/scene.h"

#include <QCoreApplication>

namespace vedette::console {

// Closed and slowed roads in words and as they lie on the map.
struct RoadWords {
    Q_DECLARE_TR_FUNCTIONS(RoadWords)
public:
    static QString share(double factor); // "closed", "50 % of its speed"
    static QString sign(double factor);  // beside its number on the map: "closed", "50 %"
    // "R1 · Renmin Rd · closed · until 18:00 · burst main · Wang"
    static QString line(const dispatch::RoadRestricted& road, const QString& name,
                        const layers::TimeZone& zone, dispatch::Instant now);
    static QString until(dispatch::Instant until, const layers::TimeZone& zone, dispatch::Instant now);
    static QString over(const QString& what); // its time has come to an end
};

struct RestrictedShown {
    dispatch::RoadRestricted road;
    std::vector<std::vector<layers::Point>> lines; // the sections it holds for, else as it was drawn
    std::vector<std::vector<layers::Point>> rings; // an area's border
    layers::Box box;
    QString name; // of the streets, the longest first; may be empty
};
// What is drawn of each road; blocks for some milliseconds. Any thread.
std::vector<RestrictedShown> shownOf(const dispatch::City& city,
                                     const std::vector<dispatch::RoadRestricted>& roads);

// The moment that "18:00" means: the next one of that time of day; or a date and time.
std::optional<dispatch::Instant> untilTyped(const QString& text, dispatch::Instant now,
                                            const layers::TimeZone& zone);

// A typed line as a command; a message: why not. Messages: roadsNotRead, roadsNone, roadNameUnknown {name},
// timeUnreadable {text}, timePast {text}, roadNotNear.
std::variant<dispatch::Command, layers::Message> roadCommand(const dispatch::City& city, const RoadSaid& said,
                                                             dispatch::Instant now);
RoadNamed roadNamed(const dispatch::City& city);
std::vector<std::string> roadsBeginning(const dispatch::City& city, std::string_view prefix);

} // namespace vedette::console
