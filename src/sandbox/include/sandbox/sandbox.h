// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace vedette::sandbox {

// What a child process does to itself before it looks at a foreign file; there is no way back. Call these
// from the first thread before there is a second: threads made later are held as well, earlier ones aren't.

// Address space in bytes, processor time of the whole process in seconds; 0: no limit. An operator new that
// finds no memory ends the process with `exitOnMemory`. The process dies with its parent.
void limitResources(std::int64_t memoryBytes, std::int64_t seconds, int exitOnMemory);

// From here on `seconds` more of processor time, of all threads together, until this is called again; then the
// kernel ends the process with SIGXCPU, whoever else still watches it. For a process with one task after another;
// a stricter limit already in force stays. At any time, from any thread.
void limitNextTask(std::int64_t seconds);

enum class Sockets { none, any };

struct Reach {
    std::vector<std::filesystem::path> readable, writable; // with all below them
    Sockets sockets = Sockets::none;                       // those that are open already stay so
};

// Which of the two the kernel has taken. Where it has no Landlock, files are held by the caller's checks only.
struct Held {
    bool files = false, sockets = false;
};

// From here on no program is started, no file is opened outside the system's folders, `readable` and
// `writable`, nothing is written outside `writable`, and unless allowed no socket is made.
Held confine(const Reach& reach);

} // namespace vedette::sandbox
