// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/instant.h"
#include "layers/message.h"

#include <filesystem>
#include <string>

namespace vedette::dispatch {

// What a feed said and could not be used, one JSON object a line: time, code, args, reason, line. Over 64 MiB
// the file goes aside as "<name>.1", replacing the one before. One thread.
class RejectFile {
public:
    explicit RejectFile(std::filesystem::path path) : path_(std::move(path)) {}
    void add(const std::string& line, const layers::Message& why, layers::Instant now);
    bool empty() const { return waiting_.empty(); }
    // Appends what was added. Problem: rejectsUnwritable {path,cause}; what could not be written is dropped.
    layers::Status flush();
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
    std::string waiting_;
};

} // namespace vedette::dispatch
