// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/message.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace vedette::dispatch {

// Whole lines from a growing file, a FIFO or stdin; a partial last line waits for its end. One thread.
//
// A file that shrank, was replaced, or no longer has a line's end before the offset is begun again from its
// start: the lines' ids keep what is read twice from counting twice. A FIFO and stdin have no place to come
// back to; their offset only counts bytes. When the last writer of a FIFO goes away, and when stdin ends,
// what it left without a line's end is its last line. A FIFO waits for the next writer.
class LineSource {
public:
    // `url`: "ndjson:PATH" relative to `folder`, or "ndjson:-". `offset`: bytes of a file already dealt with.
    LineSource(const std::string& url, const std::filesystem::path& folder, std::uint64_t offset);
    ~LineSource();
    LineSource(const LineSource&) = delete;

    struct Line {
        std::string text;     // without its end (LF or CRLF) and without a byte order mark
        bool tooLong = false; // over a megabyte: `text` is its beginning
    };
    struct Read {
        std::vector<Line> lines;
        std::uint64_t offset =
            0;                  // the beginning of the first line not handed over; committed with the others
        bool restarted = false; // the file was cut or replaced: reading started again
        bool more = false;      // as much as was asked for was there: ask again
        bool ended = false;     // stdin was closed by the other side: nothing more will come
        // feedUnreadable {path,cause}
        std::optional<layers::Problem> problem;
    };
    // What is there now, at most about `most` bytes; doesn't wait.
    Read read(std::size_t most);
    const std::filesystem::path& path() const { return path_; }

private:
    enum class Kind { none, file, pipe };
    bool open(Read& out);
    void close();
    void restart(Read& out);
    bool follow(Read& out); // what became of the file under this name; false: not there
    bool lineEndsBeforeOffset() const;
    void cut(Read& out);
    void add(Read& out, std::string_view line, bool tooLong);

    std::filesystem::path path_; // empty: stdin
    int fd_ = -1;
    Kind kind_ = Kind::none;
    bool skipping_ = false, opened_ = false, ended_ = false;
    std::uint64_t offset_ = 0; // behind what was read
    std::uint64_t lineAt_ = 0; // where the line begins that is being read
    std::uint64_t inode_ = 0, device_ = 0;
    std::string partial_;
};

// Where a feed url points to; empty for stdin and stdout.
std::filesystem::path feedPath(const std::string& url, const std::filesystem::path& folder);

} // namespace vedette::dispatch
