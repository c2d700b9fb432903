// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/event.h"
#include "sqlite.h"

#include <span>

namespace vedette::dispatch {

// Some hundred events in a row, on their way from the table to the fold. One thread fills it, then one
// decodes it, then one folds it; then it is filled again, so that a long fold asks for little memory on its
// way.
class EventBlock {
public:
    static constexpr std::size_t room = 256;
    // What add() takes a row of; [from, till]. Not the mode: a journal has one, and each column is a
    // twentieth of the whole reading.
    static constexpr const char* query =
        "SELECT seq, stream, version, kind, kind_version, occurred_at, recorded_at,"
        " actor, payload FROM events WHERE seq BETWEEN ? AND ? ORDER BY seq";

    void clear();
    bool full() const { return used_ == room; }
    std::size_t size() const { return used_; }
    void add(const Statement& row, Mode mode);
    // Of the event added last, which has its envelope and not yet its payload.
    const Envelope& last() const { return events_[used_ - 1].envelope; }
    std::string_view lastPayload() const { return textAt(stored_[used_ - 1]); }
    void addSecret(std::string_view field, std::string_view text);
    void addContent(std::shared_ptr<const std::string> content); // of a reference that it pins

    void decode(); // makes the payloads; once
    std::span<const Event> events() const { return {events_.data(), used_}; }

private:
    struct Place {
        std::size_t at = 0, size = 0;
    };
    struct Secret {
        std::size_t event = 0;
        Place field, text;
    };
    Place keep(std::string_view text);
    std::string_view textAt(Place place) const {
        return std::string_view(texts_).substr(place.at, place.size);
    }

    std::vector<Event> events_; // the first `used_` count
    std::vector<Place> stored_; // the payload of each
    std::vector<Secret> secrets_;
    std::vector<std::pair<std::size_t, std::shared_ptr<const std::string>>> contents_;
    std::string texts_;
    std::size_t used_ = 0;
};

} // namespace vedette::dispatch
