// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/reader.h"

namespace vedette::layers {

// What the parent asks of the reader child, on the child's stdin.
struct ReadRequest {
    enum class Task : std::uint32_t { snapshot, list };
    Task task = Task::snapshot;
    std::string ogrName; // what OGR opens
    std::string file;    // the file or folder behind it
    std::string layer, subset;
    SourceSpec spec; // spec.source is how findings and problems call it
    std::string workingCrs;
    std::string folder;               // the workspace; references may stay in it or beside the file
    std::vector<std::string> folders; // and in these
    std::string output;               // the snapshot to write
    std::string sha256;
    bool allowNetwork = false, pointsDue = false;
    std::int64_t memoryLimit = 0, secondsLimit = 0;
};
std::string encode(const ReadRequest& request);
bool decode(const std::string& bytes, ReadRequest& out);
// The part of it that decides what the snapshot holds: the cache's key together with the content's hash.
std::string mappingOf(const ReadRequest& request);

// What the child says on `reportDescriptor`: frames of u32 kind, u32 length, bytes.
enum class Report : std::uint32_t { progress = 1, problem, done, layers };
inline constexpr int reportDescriptor = 3;
inline constexpr int exitMemory = 101;

std::string encode(const std::vector<LayerFacts>& layers);
bool decode(const std::string& bytes, std::vector<LayerFacts>& out);

} // namespace vedette::layers
