// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/crs.h"
#include "layers/instant.h"
#include "layers/message.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace vedette::layers {

// How 05/08/2016 is meant; `date_order = "day"` in workspace.toml.
enum class DateOrder { monthFirst, dayFirst };

// One OGR data source as workspace.toml names it, with how its columns and coordinates are to be understood.
struct SourceSpec {
    std::string source; // "areas.gpkg|layername=grids", relative to the workspace folder
    std::map<std::string, std::string> columns; // our name -> the source's column; may name x and y columns
    std::string crs;                            // empty: the source's own, else EPSG:4326
    std::string encoding; // empty: .cpg / the driver's own / UTF-8 with GB18030 fallback
    Datum datum = Datum::wgs84;
    std::string timeZone; // empty: the workspace's
    ZuluMeans zulu = ZuluMeans::utc;
    DateOrder dateOrder = DateOrder::monthFirst; // the reader rewrites day-first dates, nobody else need know
    std::map<std::string, std::string> constants; // our name -> a fixed value for every row (e.g. category)
};

struct AreaSource {
    std::string kind; // city county township community grid bureau station beat
    SourceSpec spec;
};

struct FeedSpec {
    std::string url;    // "ndjson:feed.ndjson", "ndjson:-" (stdin), "ndjson:pipe"
    std::string orders; // "ndjson:orders.ndjson" or empty
};

// How old a fix may be and what may be recommended; see dispatch/recommend.h.
struct Rules {
    std::chrono::seconds fixLive{60}, fixAgeing{300}, fixStale{900}; // older than fixStale: lost
    std::chrono::seconds ownerTolerance{180}; // the owner goes first unless another arrives this much sooner
    std::vector<std::string> recommend{"live", "ageing", "declared", "posted", "homeArea"};
    double detour = 1.3;                     // straight metres -> road metres
    std::chrono::seconds escalateEvery{300}; // a missed deadline goes one desk further up each
    std::vector<std::string> outside{"110", "119", "120", "122", "12345"}; // bodies a ticket may be passed to
    // Roles that use ways on foot as well, whatever direction a road has; the others drive.
    std::vector<std::string> walking{"gridWorker", "guard", "mediator"};
    // Between a place and the nearest known road, who drives: what is usual on the lanes, yards and service
    // roads (class "service") that such data lack. Who walks, walks.
    double offRoadKilometresPerHour = 15;
    int rollMinutes = 10; // a roll call is answered within as many, unless said
    // Why somebody but the first one is sent: keys 1 to 9, in this order. Known codes are worded, others
    // shown as they stand.
    std::vector<std::string> overrideReasons{"knowsThePlace", "askedFor",        "saidNear",
                                             "firstDeclined", "neededElsewhere", "supervisor"};
};

// Patrol plans (dispatch/patrol.h): the areas of `kind`, riskiest first, fall into four tiers by their share
// of all areas; what is left is tier 4. A visit and the minutes of one are what a tier wants in `every`: ten
// to sixteen minutes are what a hot spot remembers longest (Koper 1995).
struct PatrolRules {
    std::string kind = "beat"; // "beat" or "grid"; a city without beats: grids
    double share[3] = {0.05, 0.15, 0.30};
    int visits[4] = {6, 4, 2, 1};
    int minutes[4] = {15, 12, 10, 10}; // each visit
    std::chrono::seconds every{8 * 3600};
    std::chrono::seconds gap{120}; // between two fixes further apart nothing is known
};

// workspace.toml, parsed and checked for form. Paths stay as written; `folder` resolves them.
struct Workspace {
    std::filesystem::path folder;
    int format = 1;
    std::string name;
    std::string crs = "EPSG:4549";
    std::string timeZone = "Asia/Shanghai";
    std::string codeSchema = "cn-grid-15"; // or "free"
    bool allowNetwork = false;             // sources may reach for the network and for any file
    std::vector<std::string> allowFolders; // beyond its own folder, a source may refer to files in these
    std::string storeUrl = "sqlite:journal.sqlite";
    std::vector<AreaSource> areas;
    std::vector<SourceSpec> incidents; // [incidents] or [[incidents]]: history
    std::vector<SourceSpec> units;
    std::vector<SourceSpec> duties;
    std::vector<SourceSpec> gazetteer;
    std::vector<SourceSpec> roads;
    std::string basemapProject; // .qgz/.qgs or empty
    bool basemapNetwork = false; // the QGIS helper may reach for the network
    Datum basemapDatum = Datum::wgs84; // how its tiles were bent before publication
    std::string pointsRules;    // the city's rule file for points (points.h), or empty
    std::vector<FeedSpec> feeds;
    Rules rules;
    PatrolRules patrol{};
};

// Problems: workspaceMissing {path}, tomlBroken {path,line,cause}, keyUnknown {path,key,line,nearest},
// keyType {path,key,line,expected}, keyMissing {path,key,line}, keyValue {path,key,line,value,known},
// timeZoneUnknown {name}, formatNewer {path,format}. `folder` may also be the workspace.toml itself. Reads
// only the TOML file, none of the sources.
Result<Workspace> loadWorkspace(const std::filesystem::path& folder);
// Writes workspace.toml through a temporary file and rename.
Status saveWorkspace(const Workspace& workspace);

} // namespace vedette::layers
