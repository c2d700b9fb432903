// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/geometry.h"

#include <string>
#include <vector>

namespace vedette::layers {

// Turn restrictions of an OpenStreetMap file as they bind a car that is sent somewhere (wiki.openstreetmap.org,
// "Relation:restriction"). What isn't taken over is counted by why.
struct OsmTurns {
    struct Turn {
        std::string from, to; // way ids
        LonLat via;
        bool only = false;
        std::vector<std::string> through{}; // way ids; `via` is where the first is entered
    };
    std::vector<Turn> turns;
    std::size_t conditional = 0; // at some hours or days only
    std::size_t exempt = 0;      // except motor cars or emergency vehicles
    std::size_t others = 0;      // of other vehicles only
    std::size_t broken = 0;      // members or words missing, also where an extract cuts through
};

// Passes over the file: relations, the ways some lead over, the nodes they turn at. For the reader child only: foreign bytes.
// Throws std::exception.
OsmTurns readOsmTurns(const std::string& file);

} // namespace vedette::layers
