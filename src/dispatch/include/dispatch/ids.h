// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace vedette::dispatch {

// "T1042". Numbers are given by the journal, from 1001 on.
struct TicketId {
    std::uint32_t number = 0;
    friend auto operator<=>(const TicketId&, const TicketId&) = default;
};
std::string toString(TicketId id);
std::optional<TicketId> ticketId(std::string_view text); // "T1042", "t1042", "1042"

// The unit's code as its source spells it ("U0322", "G1187").
struct UnitId {
    std::string text;
    friend auto operator<=>(const UnitId&, const UnitId&) = default;
};

using Seq = std::uint64_t; // place in the journal, from 1; 0: before everything

// Names of streams: "ticket/T1042", "unit/U0322".
std::string streamOf(TicketId id);
std::string streamOf(const UnitId& id);

} // namespace vedette::dispatch

template <>
struct std::hash<vedette::dispatch::TicketId> {
    std::size_t operator()(vedette::dispatch::TicketId id) const noexcept { return id.number * 0x9E3779B9u; }
};
template <>
struct std::hash<vedette::dispatch::UnitId> {
    std::size_t operator()(const vedette::dispatch::UnitId& id) const noexcept {
        return std::hash<std::string>{}(id.text);
    }
};
