// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/event.h"

namespace vedette::dispatch {

// What a person typed, told apart: words of the form `field=value` (a value with blanks in quotes:
// `result="moved to the school"`) and the rest, as it was typed but for them.
struct TypedFeedback {
    std::vector<FeedbackField> fields;
    std::string rest;
};
// Only names of `asked` count as fields, so that "a=b" in a sentence stays one; with `any` every name does.
TypedFeedback typedFeedback(std::string_view text, const std::vector<std::string>& asked, bool any = false);

} // namespace vedette::dispatch
