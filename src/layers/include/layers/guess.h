// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/reader.h"

namespace vedette::layers {

// What a source is for; decides which columns are looked for.
enum class Purpose { areas, incidents, units, duties, gazetteer, roads, posts };

// One thing assumed, and how sure: 1 the file says so, 0.5 likely, under 0.3 a hint that was not applied.
struct Guess {
    std::string source; // as the workspace spells it; "" for the workspace itself
    std::string item;   // "columns.code", "crs", "encoding", "time_zone", "zulu", "datum", "layer", ...
    std::string value;
    double sure = 0;
    Message why; // why* codes
};

// What is known of the city before a source is looked at.
struct GuessContext {
    std::string areaKind;                                                    // for Purpose::areas
    std::vector<std::pair<std::string, std::vector<std::string>>> areaCodes; // kind -> its codes, so far
    std::string timeZone;             // empty: by where the source lies
    std::vector<std::string> systems; // CRSs that sources of this city are in
    Box ground;                       // of its areas, in workspace.crs; empty: not known yet
};

struct SourceGuess {
    SourceSpec spec;
    std::vector<Guess> guesses;
    std::vector<Finding> findings; // the reader's
    std::string system;            // the CRS that the source itself names
    Snapshot snapshot;             // under the guessed mapping, in workspace.crs
    LonLat centre;                 // NaN when nothing in it has a place
};

// Looks into a source (through the child) and guesses its mapping. Problems: those of readSource.
Result<SourceGuess> guessSource(Purpose purpose, const std::string& source, const Workspace& workspace,
                                const GuessContext& context, const ReadOptions& options = {});

// By place alone: an IANA zone, and a projected CRS in metres (CGCS2000 3-degree zone in China, else UTM).
Guess timeZoneAt(LonLat at);
Guess workingCrsAt(LonLat at);

struct InitRequest {
    std::filesystem::path folder; // made when missing; sources inside it are written relative to it
    std::string name;             // empty: the folder's
    std::vector<std::pair<std::string, std::string>> areas; // kind, file
    std::vector<std::string> incidents, units, duties, gazetteer, roads;
    std::string unitsAt; // a point layer: officers are posted there, in a units.csv of their own
    int officersPerPost = 12;
    std::string crs, timeZone; // given instead of guessed
};
struct InitReport {
    Workspace workspace;
    std::vector<Guess> guesses;
    std::vector<Finding> findings;
    std::vector<std::filesystem::path> written;
};

// Writes workspace.toml (and units.csv, duties.csv where none were given) for real files. File names are
// resolved against the current folder. Problems: workspaceExists {path}, those of readSource and
// saveWorkspace.
Result<InitReport> initWorkspace(const InitRequest& request, const ReadOptions& options = {});

} // namespace vedette::layers
