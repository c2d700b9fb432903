// SPDX-License-Identifier: GPL-3.0-or-later
#include "stored_zip.h"

namespace vedette::cartographer {

namespace {

// CRC-32 of ISO 3309, as PKWARE APPNOTE.TXT 4.4.7 wants it.
std::uint32_t crc32(const std::string& bytes) {
    std::uint32_t crc = 0xFFFFFFFF;
    for (const unsigned char byte : bytes) {
        crc ^= byte;
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0u);
    }
    return ~crc;
}

void put(std::string& out, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
        out += static_cast<char>(value >> 8 * i & 0xFF);
}

// From "version needed" to the lengths: the same in both headers.
void putCommon(std::string& out, const ZipEntry& entry) {
    put(out, 20, 2);
    put(out, 0x800, 2); // names are UTF-8
    put(out, 0, 2);     // stored
    put(out, 0, 4);     // no time
    put(out, crc32(entry.content), 4);
    put(out, entry.content.size(), 4);
    put(out, entry.claimedSize < 0 ? entry.content.size() : static_cast<std::uint64_t>(entry.claimedSize), 4);
    put(out, entry.name.size(), 2);
    put(out, 0, 2);
}

} // namespace

std::string storedZip(const std::vector<ZipEntry>& entries) {
    std::string out, directory;
    for (const ZipEntry& entry : entries) {
        put(directory, 0x02014b50, 4);
        put(directory, 20, 2);
        putCommon(directory, entry);
        put(directory, 0, 10); // comment, disk, attributes
        put(directory, out.size(), 4);
        directory += entry.name;
        put(out, 0x04034b50, 4);
        putCommon(out, entry);
        out += entry.name + entry.content;
    }
    const auto offset = out.size();
    out += directory;
    put(out, 0x06054b50, 4);
    put(out, 0, 4);
    put(out, entries.size(), 2);
    put(out, entries.size(), 2);
    put(out, directory.size(), 4);
    put(out, offset, 4);
    put(out, 0, 2);
    return out;
}

} // namespace vedette::cartographer
