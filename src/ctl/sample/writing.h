// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "people.h"

#include <filesystem>
#include <string_view>

namespace vedette::ctl {

// Each writes its files of the workspace whole. Problem: fileUnwritable {path,cause}.
layers::Status writeText(const std::filesystem::path& file, std::string_view text);
layers::Status writeAreas(const Town& town, const std::filesystem::path& folder);  // areas.gpkg
layers::Status writeRoads(const Town& town, const std::filesystem::path& folder);  // roads.gpkg
layers::Status writeBase(const Town& town, const std::filesystem::path& folder);   // base.gpkg
layers::Status writeTables(const Town& town, const std::filesystem::path& folder); // units, duties, places
layers::Status writeIncidents(const Town& town, const std::vector<PastRecord>& records,
                              const std::filesystem::path& folder);
layers::Status writeWorkspace(const std::filesystem::path& folder); // workspace.toml
// base.qgz and base-light.qgz: QGIS projects over base.gpkg and roads.gpkg.
layers::Status writeBasemaps(const Town& town, const std::filesystem::path& folder);

} // namespace vedette::ctl
