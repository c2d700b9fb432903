// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/commands.h"
#include "dispatch/positions.h"

namespace vedette::dispatch {

// One line of a feed, understood. The wire form stands in docs/workspace.md.
struct FeedIncident {
    IncidentFacts incident;
};
struct FeedMessage {
    std::string id; // unique within the feed; empty: a position without one
    Instant time{};
    std::variant<Fix, FeedIncident, Command> what;
};

// Reads one line. Pure; any thread. Bytes that aren't UTF-8 are read as U+FFFD. Problems, all refused:
// feedLineBroken {cause}, feedTypeUnknown {type}, feedFieldMissing {field,type}, feedTimeUnreadable {time},
// feedPlaceUnreadable {lon,lat}, feedStatusUnknown {status,type}, feedTicketUnreadable {ticket}. A position
// without a time counts as fixed when received.
layers::Result<FeedMessage> readFeedLine(std::string_view line, Instant receivedAt);

// One NDJSON line of what is sent to the field for an event, without the line's end; empty for events that
// nobody in the field need know. `state` holds the ticket, at the event or later.
std::string orderLine(const Event& event, const State& state);

} // namespace vedette::dispatch
