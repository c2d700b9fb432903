// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "column_profile.h"
#include "layers/guess.h"

namespace vedette::layers {

// Columns for the purpose into `out.spec.columns`, each with a guess.
void guessColumns(Purpose purpose, const std::vector<ColumnProfile>& profiles, const GuessContext& context,
                  SourceGuess& out);

// Whether the Z of the `time` column is UTC: by a shift column's words, else by when people sleep.
void guessZulu(const std::vector<ColumnProfile>& profiles, const Snapshot& snapshot, const std::string& zone,
               SourceGuess& out);

} // namespace vedette::layers
