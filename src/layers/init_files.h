// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/guess.h"

namespace vedette::layers {

// Officers posted at each point of `posts`: ids P01-01, desk the station area around the post, the station's
// beats dealt out among them. CSV in the units' own columns. Problem: noCoordinates, crs ones.
Result<std::string> unitsTable(const Snapshot& posts, const Workspace& workspace,
                               const std::vector<SourceGuess>& areas, int officersPerPost);

// One duty for each category met in the incidents: an officer leads, in minutes that a city will want to
// change.
std::string dutiesTable(const std::vector<SourceGuess>& incidents);

// Writes the table beside workspace.toml and names it as a source.
Status addTable(const std::filesystem::path& file, const std::string& content, std::vector<SourceSpec>& into,
                InitReport& report);

} // namespace vedette::layers
