// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/ids.h"

#include <charconv>

namespace vedette::dispatch {

std::string toString(TicketId id) {
    return "T" + std::to_string(id.number);
}

std::optional<TicketId> ticketId(std::string_view text) {
    if (!text.empty() && (text.front() == 'T' || text.front() == 't'))
        text.remove_prefix(1);
    TicketId id;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id.number);
    if (error != std::errc{} || end != text.data() + text.size() || id.number == 0)
        return std::nullopt;
    return id;
}

std::string streamOf(TicketId id) {
    return "ticket/" + toString(id);
}

std::string streamOf(const UnitId& id) {
    return "unit/" + id.text;
}

} // namespace vedette::dispatch
