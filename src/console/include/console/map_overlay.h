// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/board.h"
#include "console/road_words.h"
#include "console/unit_track.h"
#include "map/scene.h"
#include "map/symbols.h"

#include <memory>
#include <vector>

namespace vedette::console {

// What of the board the map shows.
struct OverlayChoice {
    bool tickets = true, units = true;
    std::optional<dispatch::TicketId> ticket;
    std::optional<dispatch::UnitId> unit;
    std::optional<dispatch::UnitId> proposed; // the candidate in focus
    std::vector<layers::Point> way;           // its way to the ticket
    std::shared_ptr<const std::vector<dispatch::TicketId>> pulsing; // tickets that call for somebody, ascending
    std::optional<layers::Point> marker;      // a place being picked
    std::optional<layers::AreaIndex> area;    // chosen by itself
    // Lines of an open plan: from the unit to the ticket.
    struct Planned {
        dispatch::TicketId ticket;
        layers::Point from, to;
    };
    std::vector<Planned> planned;
    // Areas of patrols: the rings, and what stands in their middle ("1 · 45 %").
    struct Patrolled {
        std::vector<std::vector<layers::Point>> rings;
        layers::Point middle;
        int tier = 4;
        QString words;
        bool proposed = false;
    };
    std::vector<Patrolled> patrols;
    // Roads that are closed or slowed down, and those that are being drawn.
    bool closures = true;
    std::shared_ptr<const std::vector<RestrictedShown>> restricted;
    std::optional<RestrictedShown> drawing;
    std::optional<layers::Point> turn; // a step of the way, chosen in its list
    std::shared_ptr<const map::SymbolBook> symbols; // null: the program's
    map::Theme theme = map::Theme::dark;
    std::shared_ptr<const UnitTrack> track; // of the chosen unit
};

// Tickets and units as marks. Any thread.
map::Overlay makeOverlay(const dispatch::City& city, const Board& board, const OverlayChoice& choice);

} // namespace vedette::console
