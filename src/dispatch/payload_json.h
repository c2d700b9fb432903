// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/event.h"

#include <array>
#include <span>

namespace vedette::dispatch {

// Private text of an event. The journal's chain covers only a salted commitment to it, under the field's name
// with "Sealed" behind; the text itself lies apart and can be erased without breaking the chain.
struct PrivateText {
    std::string field; // "caller" "text"
    std::string text;
};
std::vector<PrivateText> privateTexts(const Payload& payload); // those that aren't empty
void setPrivateText(Payload& payload, std::string_view field, std::string text);

struct Seal {
    std::string field, commitment;
};
// decodePayload() of event.h, in the place of what `into` was.
void decodePayload(std::string_view kind, int kindVersion, std::string_view json, Payload& into);

// The payload as it is chained: every private text left out and its seal in its place.
std::string encodeSealed(const Payload& payload, std::span<const Seal> seals);
// The seals of a stored payload, by field.
std::vector<Seal> sealsIn(std::string_view json);

} // namespace vedette::dispatch
