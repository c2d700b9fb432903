// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/road_line.h"
#include "dispatch/ids.h"
#include "layers/geometry.h"
#include "layers/message.h"

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace vedette::console {

// The command bar's grammar (docs/command-bar.md): a verb, tickets and units in any order, then free text.
// No Qt, no state: what a word is, the lexicon says.
enum class Verb {
    assign,
    verify,
    accept,
    enroute,
    onscene,
    handled,
    decline,
    release,
    review,
    close,
    giveBack,
    transfer,
    escalate,
    merge,
    keepApart,
    category,
    cancel,
    reopen,
    note,
    call,
    feedback,
    reserve,
    unreserve,
    when,
    hazard,
    rectified,
    inspected,
    join,
    leave,
    newTicket,
    sweep,
    find,
    go,
    on,
    off,
    breakStart,
    resume,
    out,
    in,
    declare,
    at,
    live,
    mute,
    desk,
    undo,
    plan,
    roster,
    handover,
    takeover,
    roll,
    here,
    board,
    patrol,
    road,
    help
};

struct VerbRow {
    Verb verb;
    const char* spellings; // blank separated, shortest first
    const char* form;      // "a TICKET UNIT"
    const char* code;      // wording of what it does
};
const std::vector<VerbRow>& verbs();
const VerbRow& verbRow(Verb verb);

struct Lexicon {
    // The unit's true spelling for a word in any case; nullopt: no unit.
    std::function<std::optional<dispatch::UnitId>(std::string_view)> unit;
    std::function<bool(dispatch::TicketId)> ticket;
    // For completion; at most a few each.
    std::function<std::vector<std::string>(std::string_view prefix)> units, tickets, categories, desks;
    RoadNamed road;
    std::function<std::vector<std::string>(std::string_view prefix)> roads;
};

struct Line {
    Verb verb = Verb::help;
    std::vector<dispatch::TicketId> tickets;
    std::vector<dispatch::UnitId> units;
    std::optional<layers::LonLat> at;
    std::string category, place, text;
    std::string begins; // of a new ticket, as typed behind '='
    std::string sweep;  // "S1"; `sweep close S1` has the category "close"
    bool why = false; // `assign` with "!": text is the reason for not sending the first one
    std::optional<RoadSaid> road;
};

// Codes: lineEmpty, verbUnknown {word,nearest}, lineNeedsTwoTickets, lineNeedsCategory, lineNeedsPlace,
// lineNeedsUnit {verb}, lineNeedsSweep {verb}, lineNeedsText {verb}, quoteOpen, unitOrTicketUnknown {word}.
std::variant<Line, layers::Message> parseLine(std::string_view text, const Lexicon& lexicon);

// Where the last word of `text` begins, its opening quote included.
std::size_t wordStart(std::string_view text);
// Whole words that may stand where the last word of `text` is being typed; verbs first.
std::vector<std::string> completions(std::string_view text, const Lexicon& lexicon);

// "lon,lat" in degrees.
std::optional<layers::LonLat> lonLatOf(std::string_view text);

} // namespace vedette::console
