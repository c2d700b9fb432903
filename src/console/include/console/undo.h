// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/commands.h"

#include <variant>

namespace vedette::console {

// What takes a command back, as things stand now; or why nothing does (undoLeftRoom {what}, undoNote,
// undoMove {ticket}, undoTaken {unit,ticket}, undoPosition {unit}, undoWorked {ticket}). `opened`: the ticket
// an OpenTicket made. `before`: the state when the command was given.
std::variant<dispatch::Command, layers::Message> inverse(const dispatch::Command& done,
                                                         std::optional<dispatch::TicketId> opened,
                                                         const dispatch::State& before,
                                                         const dispatch::State& now);

} // namespace vedette::console
