// SPDX-License-Identifier: GPL-3.0-or-later
#include "archive.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <span>
#include <string_view>

namespace vedette::cartographer {

namespace {

// Layout: PKWARE APPNOTE.TXT 4.3.12 (central directory header) and 4.3.16 (end of central directory record).
constexpr std::uint32_t endSignature = 0x06054b50, entrySignature = 0x02014b50;
constexpr std::size_t endSize = 22, entrySize = 46, longestComment = 0xFFFF;
constexpr std::uint32_t seeZip64 = 0xFFFFFFFF;

using Bytes = std::vector<unsigned char>;

std::uint16_t u16(std::span<const unsigned char> bytes, std::size_t at) {
    return static_cast<std::uint16_t>(bytes[at] | bytes[at + 1] << 8);
}
std::uint32_t u32(std::span<const unsigned char> bytes, std::size_t at) {
    return u16(bytes, at) | static_cast<std::uint32_t>(u16(bytes, at + 2)) << 16;
}

std::optional<Bytes> readAt(std::ifstream& file, std::uint64_t at, std::size_t size) {
    Bytes bytes(size);
    file.clear();
    file.seekg(static_cast<std::streamoff>(at));
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
    return static_cast<std::size_t>(file.gcount()) == size ? std::optional(std::move(bytes)) : std::nullopt;
}

bool reachesOut(std::string_view name) {
    if (name.starts_with('/') || name.find('\\') != name.npos || name.find('\0') != name.npos)
        return true;
    const auto path = std::filesystem::path(name);
    return std::find(path.begin(), path.end(), "..") != path.end();
}

std::optional<wire::Said> inspectZip(const std::string& path, std::ifstream& file, std::uint64_t size,
                                     const ArchiveLimits& limits) {
    const auto unreadable = [&](const char* cause) {
        return wire::Said{"projectUnreadable", {{"path", path}, {"cause", cause}}};
    };
    const auto tooBig = [&](std::uint64_t bytes) {
        return wire::Said{"projectTooBig",
                          {{"path", path},
                           {"bytes", std::to_string(bytes)},
                           {"limit", std::to_string(limits.unpackedBytes)}}};
    };
    const auto tailSize = static_cast<std::size_t>(std::min<std::uint64_t>(size, endSize + longestComment));
    const auto tail = readAt(file, size - tailSize, tailSize);
    if (!tail || tailSize < endSize)
        return unreadable("not a zip archive");
    std::size_t end = tailSize - endSize;
    while (u32(*tail, end) != endSignature)
        if (end-- == 0)
            return unreadable("not a zip archive");
    const std::uint32_t count = u16(*tail, end + 10), length = u32(*tail, end + 12);
    const std::uint64_t offset = u32(*tail, end + 16);
    if (length == seeZip64 || offset == seeZip64)
        return tooBig(std::uint64_t{1} << 32);
    if (count > limits.entries || length > size || offset > size - length)
        return unreadable("broken zip directory");
    const auto directory = readAt(file, offset, length);
    if (!directory)
        return unreadable("broken zip directory");

    std::uint64_t unpacked = 0;
    bool hasProject = false;
    auto left = std::span<const unsigned char>(*directory);
    for (std::uint32_t i = 0; i < count; ++i) {
        if (left.size() < entrySize || u32(left, 0) != entrySignature)
            return unreadable("broken zip directory");
        const std::size_t nameLength = u16(left, 28);
        const std::size_t whole = entrySize + nameLength + u16(left, 30) + u16(left, 32);
        if (left.size() < whole)
            return unreadable("broken zip directory");
        unpacked += u32(left, 24); // zip64 writes the largest number here: too big anyway
        if (unpacked > limits.unpackedBytes)
            return tooBig(unpacked);
        const std::string name(reinterpret_cast<const char*>(left.data()) + entrySize, nameLength);
        if (reachesOut(name))
            return wire::Said{"projectReachesOut", {{"path", path}, {"entry", name}}};
        hasProject = hasProject || name.ends_with(".qgs");
        left = left.subspan(whole);
    }
    return hasProject ? std::nullopt : std::optional(unreadable("no .qgs in the archive"));
}

} // namespace

std::optional<wire::Said> inspectProject(const std::filesystem::path& project, const ArchiveLimits& limits) {
    const auto path = project.string();
    const auto unreadable = [&](std::string cause) {
        return wire::Said{"projectUnreadable", {{"path", path}, {"cause", std::move(cause)}}};
    };
    std::error_code error;
    if (!std::filesystem::is_regular_file(project, error))
        return unreadable(error ? error.message() : std::strerror(ENOENT));
    const auto size = std::filesystem::file_size(project, error);
    std::ifstream file(project, std::ios::binary);
    if (error || !file)
        return unreadable(error ? error.message() : std::strerror(errno));
    auto extension = project.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (extension == ".qgz")
        return inspectZip(path, file, size, limits);
    if (size > limits.unpackedBytes)
        return wire::Said{"projectTooBig",
                          {{"path", path},
                           {"bytes", std::to_string(size)},
                           {"limit", std::to_string(limits.unpackedBytes)}}};
    return std::nullopt;
}

} // namespace vedette::cartographer
