// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/instant.h"

namespace vedette::dispatch {

// A moment to come as a person writes it: "14:30" is the next one of these by the city's wall clock, today's
// or tomorrow's; "2026-03-14T14:30" (or a blank for the T) is that one. nullopt: neither.
std::optional<layers::Instant> timeAhead(std::string_view text, const layers::TimeZone& zone,
                                         layers::Instant now);

} // namespace vedette::dispatch
