// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/roster.h"

namespace vedette::dispatch {

// One ticket of a hand-over sheet.
struct SheetTicket {
    TicketId ticket;
    int priority = 3;
    std::string category, name, place, desk;
    Stage stage = Stage::reported;
    std::vector<std::pair<UnitId, AssignmentStatus>> units; // who is on it, the lead first
    Instant openedAt{};
    std::string clock; // the deadline that runs next; empty: none
    Instant due{};
    bool overdue = false;
    std::vector<std::string> raisedTo; // desks it was escalated to
    std::string note;                  // the last thing said about it; private
    Instant noteAt{};
    Instant endedAt{}; // of those that are over
    friend bool operator==(const SheetTicket&, const SheetTicket&) = default;
};
// A ticket that came from, or went to, another desk during the shift.
struct SheetMove {
    TicketId ticket;
    std::string from, to, reason;
    Instant at{};
    friend bool operator==(const SheetMove&, const SheetMove&) = default;
};

// What the next operator of a desk must know, of the shift [since, at).
struct HandoverSheet {
    std::string desk, name; // the name of its area, if it has one
    Instant since{}, at{};
    Seq seq = 0; // of the state it shows
    std::string holder;
    std::vector<SheetTicket> open;  // by urgency: overdue ones first, then priority, deadline, number
    std::vector<SheetTicket> ended; // during the shift, the newest first
    std::vector<SheetMove> received, sent;
    RosterSheet roster;
    std::vector<RoadRestricted> roads;
    std::string remarks; // private
    int overdue() const;
    int escalated() const;
};

// Pure: the same state, city and times give the same sheet, also years later from the journal folded to
// `seq`. Tickets that were opened more than a month before the shift and ended in it are left out. `since`
// zero: since the desk was taken over, else the eight hours before `at`. An empty desk is the whole city.
HandoverSheet handoverSheet(const State& state, const City& city, const std::string& desk, Instant since,
                            Instant at, std::string remarks = {});

// JSON of the facts; with `privateText` also notes and remarks. Without it, redaction changes no byte.
std::string sheetJson(const HandoverSheet& sheet, bool privateText);
std::string sheetSha256(const HandoverSheet& sheet); // of sheetJson without private text
// What the journal keeps of it.
ShiftHandedOver handedOver(const HandoverSheet& sheet, std::string to = {});

// The sheet as a person reads it: plain text, and HTML that QTextDocument lays out for paper.
std::string sheetText(const HandoverSheet& sheet, const City& city, layers::Language language);
std::string sheetHtml(const HandoverSheet& sheet, const City& city, layers::Language language);

} // namespace vedette::dispatch
