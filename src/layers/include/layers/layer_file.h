// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/geometry.h"
#include "layers/workspace.h"

namespace vedette::layers {

// One layer as a person arranged it. Those the city itself has are known by their id and have no source. A group's
// head has id, name, visible and folded.
struct KeptLayer {
    std::string id;   // "grid", "units", ...; of added ones "layer1", ...; of heads "group1", ...
    std::string name; // empty: its own
    SourceSpec spec;  // of added ones
    bool visible = true;
    std::string read;   // what it was read as, for people: "EPSG:4490 · GB18030"
    std::string filter; // filter.h
    std::string style;  // JSON, see docs/layers.md; empty: as it comes. Opacity and scales stand in it
    Box seen;           // where it lay when it was last read, working metres
    std::string group;  // the head's id; empty: in none
    bool head = false, folded = false;
    friend bool operator==(const KeptLayer& a, const KeptLayer& b);
    bool added() const { return !spec.source.empty(); }
};

// `layers.toml` in the workspace: the layers, top first, and nothing that workspace.toml says. No file: none.
// Groups stand right above their layers (layer_groups.h). What of a group can't be read costs the group, never a layer.
// Problems: tomlBroken, keyUnknown, keyType, keyMissing, keyValue, formatNewer {path}, fileUnreadable.
Result<std::vector<KeptLayer>> loadLayers(const std::filesystem::path& folder);
// Through a temporary file and rename. Problems: those of a file that can't be written.
Status saveLayers(const std::filesystem::path& folder, const std::vector<KeptLayer>& layers);
std::filesystem::path layerFile(const std::filesystem::path& folder);

// Where a source lies in the workspace's folder it is spelled relative to it.
std::string spelledIn(const std::filesystem::path& folder, const std::string& source);

} // namespace vedette::layers
