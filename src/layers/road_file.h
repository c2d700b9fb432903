// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace vedette::layers {

// What a file held when it was opened. It is mapped from a copy without a name in the same folder: whoever replaces,
// shortens or spoils the file afterwards doesn't touch what was checked, and its memory can be given back at any time.
// Where no such copy can be made it is read into memory. Any thread.
class KeptFile {
public:
    static std::shared_ptr<const KeptFile> open(const std::filesystem::path& file); // null: missing or unreadable
    ~KeptFile();
    KeptFile(const KeptFile&) = delete;
    KeptFile& operator=(const KeptFile&) = delete;

    std::string_view bytes() const { return bytes_; }
    void forget() const; // the pages read so far leave this process; the next look maps them anew

private:
    KeptFile() = default;
    bool map(int file, const std::filesystem::path& folder, std::size_t size);

    std::string_view bytes_;
    void* mapped_ = nullptr; // null: read
    std::string read_;
};

} // namespace vedette::layers
