// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/event.h"
#include "dispatch/store.h"

#include <array>
#include <span>

namespace vedette::dispatch {

// The chain: what proves that nothing in the journal was changed.
using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::string_view bytes);
std::string hex(std::span<const std::uint8_t> bytes);

// hash(event) = SHA-256(hash(event before) || canonical envelope and stored payload). Before the first:
// zeros.
Digest chained(const Digest& before, const Envelope& envelope, std::string_view storedPayload);
// Seal of a block = SHA-256(seal of the block before || hash of its last event).
Digest sealed(const Digest& before, const Digest& lastEvent);
constexpr Seq blockLength = 1000;

// What a chain that doesn't hold is called: journalEventMissing, journalEventChanged, journalTextChanged,
// journalSealChanged, each with {path, event, seq}.
layers::Problem brokenChain(const std::string& path, const Store::Verified& found);

// What the chain holds in place of a private text: hex of SHA-256(salt || text).
using Salt = std::array<std::uint8_t, 16>;
std::string commitment(std::span<const std::uint8_t> salt, std::string_view text);

// Shaped as a UUID of version 8; equal command and place, equal id.
std::string eventIdFor(std::string_view commandId, std::size_t place);
// Shaped as a UUID of version 7.
std::string newCommandId(Instant now, std::span<const std::uint8_t, 10> random);

} // namespace vedette::dispatch
