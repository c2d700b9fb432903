// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/message.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace vedette::dispatch {

// Whole lines from a growing file, a FIFO or stdin; a partial last line waits for its end. One thread.
class LineSource {
public:
    // `url`: "ndjson:PATH" relative to `folder`, or "ndjson:-". `offset`: bytes of a file already dealt with.
    LineSource(const std::string& url, const std::filesystem::path& folder, std::uint64_t offset);
    ~LineSource();
    LineSource(const LineSource&) = delete;

    struct Line {
        std::string text;
        bool tooLong = false; // over a megabyte: `text` is its beginning
    };
    struct Read {
        std::vector<Line> lines;
        std::uint64_t offset = 0; // behind the last of them; what is to be committed with them
        bool restarted = false;   // the file was cut or replaced: reading started again
        std::optional<layers::Problem> problem;
    };
    // What is there now, at most about `most` bytes; doesn't wait.
    Read read(std::size_t most);
    const std::filesystem::path& path() const { return path_; }

private:
    bool open(Read& out);
    void close();
    void cut(Read& out);

    std::filesystem::path path_; // empty: stdin
    int fd_ = -1;
    bool seekable_ = false, skipping_ = false, opened_ = false;
    std::uint64_t offset_ = 0, inode_ = 0, device_ = 0;
    std::string partial_;
};

// Where a feed url points to; empty for stdin and stdout.
std::filesystem::path feedPath(const std::string& url, const std::filesystem::path& folder);

} // namespace vedette::dispatch
