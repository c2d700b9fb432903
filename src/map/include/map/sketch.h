// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/scene.h"

namespace vedette::map {

// What a tool draws on the glass while it is in the hand: places in working metres, joined by lines, closed
// to an area where it is one, a word at the last place. `crosshair`: the middle of the map is marked, for
// whoever works by keys.
struct Sketch {
    std::vector<layers::Point> points;
    bool area = false;
    bool open = true; // the last place still follows the pointer
    bool crosshair = false;
    QString words;
    friend bool operator==(const Sketch&, const Sketch&) = default;
};

} // namespace vedette::map
