// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ogr_source.h"

namespace vedette::layers {

// One cell as canonical UTF-8 text: integers and reals without a locale, dates as ISO 8601 (Z or an offset
// only where the source gives one), booleans 1 and 0, lists with blanks between, binary as hex. nullopt:
// null.
std::optional<std::string> cellText(const OGRFeature& feature, int field, const TextDecoder* decoder);

// Text bytes to UTF-8: through `decoder` where the source's encoding is known, else as they are when they are
// UTF-8, else by what they look like.
std::string decoded(std::string_view bytes, const TextDecoder* decoder);

// 05/08/2016 and 05-08-2016, day first, to 2016-08-05; anything else as it is.
std::string dayFirstToIso(const std::string& text);

} // namespace vedette::layers
