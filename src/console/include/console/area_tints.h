// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/area_statistics.h"
#include "map/scene.h"

namespace vedette::console {

// What is shown of the areas of one kind, over the last so many days of the history.
enum class Measure { rate, shrunk, spots, change };
struct TintChoice {
    Measure measure = Measure::shrunk;
    layers::AreaKind kind = layers::AreaKind::beat;
    int days = 30;
    friend bool operator==(const TintChoice&, const TintChoice&) = default;
};

struct Tinted {
    TintChoice choice;
    dispatch::AreaStatistics statistics;
    std::shared_ptr<const map::AreaTints> tints;
    struct Class {
        QColor colour;
        QString words;
    };
    std::vector<Class> legend; // highest first
    QString unit;              // what the classes are of
};

// The kinds that the city has, the most useful first; empty: none.
std::vector<layers::AreaKind> kindsOf(const dispatch::City& city);
// Goes through the history; blocks, any thread. No longer than the history; the period before is as long, right before it,
// and left out where the history doesn't reach back so far.
dispatch::AreaStatistics statisticsOf(const dispatch::City& city, const TintChoice& choice);
// Classes at round figures that halve: never from what a view happens to show. An area below the lowest, or whose
// figure may be chance, gets no colour.
Tinted tinted(const TintChoice& choice, dispatch::AreaStatistics statistics, map::Theme theme);
// What is known of one area, in words; empty: it isn't of the kind.
QString figuresOf(const Tinted& tinted, layers::AreaIndex area);

} // namespace vedette::console
