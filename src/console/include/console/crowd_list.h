// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/board.h"
#include "map/mark_image.h"

#include <functional>

class QMenu;
class QWidget;

namespace vedette::console {

constexpr std::size_t mostListed = 30;

// What stands at one place of the map, in the order given, as a list for pointer and keyboard: its sign, id and what
// it is. Choosing one hands its id over. The menu deletes itself when it is closed.
QMenu* crowdList(const map::Overlay& overlay, const std::vector<std::uint32_t>& marks, const Board& board,
                 QWidget* parent, const std::function<void(const QString&)>& chosen);

} // namespace vedette::console
