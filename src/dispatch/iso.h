// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/instant.h"

#include <string>
#include <string_view>

namespace vedette::dispatch {

// The one spelling of an instant in the journal: 2026-11-22T23:47:38.000Z. Its bytes are hashed, so it is
// written and read here and doesn't follow what a screen prefers.
std::string isoText(layers::Instant at);
// The epoch for anything that isn't spelled so.
layers::Instant isoInstant(std::string_view text);

} // namespace vedette::dispatch
