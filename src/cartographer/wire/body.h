// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/message.h"

#include <optional>
#include <span>

namespace vedette::wire {

// The payloads. decodeBody gives nothing for bytes that are not exactly one sound body of that type.
void encodeBody(const Body& body, std::vector<std::uint8_t>& out);
void encodeFrameFields(const Frame& frame, std::vector<std::uint8_t>& out); // all but the pixels
bool knownType(std::uint16_t type);
std::optional<Body> decodeBody(std::uint16_t type, std::span<const std::uint8_t> payload);

} // namespace vedette::wire
