// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/snapshot.h"
#include "layers/workspace.h"

#include <atomic>
#include <functional>

namespace vedette::layers {

// How foreign files are opened: always in a child (`vedettectl read-source`), never in this process.
struct ReadOptions {
    std::filesystem::path reader; // the vedettectl to run; empty: beside the running program
    std::filesystem::path cache;  // empty: <workspace>/.vedette/cache
    std::chrono::seconds timeLimit{120};
    std::uint64_t memoryLimit = 4ull << 30;          // bytes of address space for the child
    std::function<void(double fraction)> progress{}; // called on the calling thread
    const std::atomic<bool>* cancel = nullptr;
    bool pointsDue = false; // noCoordinates when nothing in the source has a place
};

// Reads one source into a snapshot, from the cache when content and mapping are unchanged. Blocks; call it
// off the GUI thread. The source's own columns keep their names unless mapped; x and y columns make points;
// so does a column mapped as `location` that holds "(lat, lon)" or WKT. A column mapped as `clock` is put to
// the day in `time`, in the source's zone. Booleans read as 1 and 0, times as ISO 8601 with Z only where the
// source says so. Problems: fileMissing {path}, driverRefused {path,driver}, networkRefused {path},
// outsideFolder {path,reference}, sourceUnreadable {path,cause}, layerMissing {path,layer,known},
// subsetBroken {path,subset,cause}, crsUnreadable {path,crs}, encodingUnknown {path,encoding}, columnMissing
// {path,column,nearest,known}, clockWithoutDate {path}, noCoordinates {path},
// coordinatesBeyondCrs {path,x,y}, readerMissing {path},
// readerCrashed {path,signal}, readerTimeout {path,seconds}, readerMemory {path}, cancelled.
Result<Snapshot> readSource(const Workspace& workspace, const SourceSpec& spec,
                            const ReadOptions& options = {});

// Where what was read is kept, made when missing; empty when there is no such place.
std::filesystem::path cacheFolderOf(const Workspace& workspace, const ReadOptions& options = {});

// What a data source holds, before anything is mapped.
struct LayerFacts {
    struct Field {
        std::string name;
        FieldType type = FieldType::text;
    };
    std::string name, driver;
    std::int64_t features = 0;
    Shape shape =
        Shape::none; // as declared, else of its first features; a table with x and y columns is none
    bool hasGeometry = false;
    std::vector<Field> fields;
    std::string crs;      // "EPSG:4326" where an authority knows it, else its name; empty: none given
    std::string encoding; // as found: declared, or guessed from the bytes
};
// Asks the child as readSource does; `source` may not name a layer. Problems: those of readSource.
Result<std::vector<LayerFacts>> listLayers(const Workspace& workspace, const std::string& source,
                                           const ReadOptions& options = {});

// The child's side: what `vedettectl read-source` runs. Returns the process's exit status.
int readerMain(int argc, char** argv);

} // namespace vedette::layers
