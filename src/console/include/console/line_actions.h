// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/command_line.h"
#include "dispatch/commands.h"

#include <QString>

namespace vedette::console {

class Desk;

Lexicon lexiconOf(const Desk& desk);

// A line that writes: the command, what to say when it is stored, and the ticket it concerns.
struct SaidLine {
    dispatch::Command command;
    QString words;
    std::optional<dispatch::TicketId> ticket;
    std::vector<dispatch::AssignUnit> joining; // sent once the command is stored
};
// monostate: the window itself carries it out (go, find, at, live, mute, undo, help). A message: why not.
// Where a line names no ticket, the selected one is meant, or the one the unit is on; where it names no unit,
// the lead is.
std::variant<std::monostate, SaidLine, layers::Message> commandOf(const Desk& desk, const Line& line);

// The desk that `text` begins with, by code or name, taken off it; else the window's own; of the whole city
// the highest. nullopt: there is no desk at all.
std::optional<std::string> deskMeant(const Desk& desk, std::string& text);

// What Enter would do, in a few words.
QString explainLine(const Desk& desk, const Line& line);

} // namespace vedette::console
