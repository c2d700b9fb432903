// SPDX-License-Identifier: GPL-3.0-or-later
#include "zip_file.h"

#include <zlib.h>

#include <cassert>
#include <cstdint>

namespace vedette::ctl {

namespace {

void little(std::string& out, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
        out += static_cast<char>(value >> (8 * i) & 0xFF);
}

std::string deflated(const std::string& content) {
    z_stream stream{};
    [[maybe_unused]] const int begun =
        deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    assert(begun == Z_OK);
    std::string out(deflateBound(&stream, content.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    [[maybe_unused]] const int ended = deflate(&stream, Z_FINISH);
    assert(ended == Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

} // namespace

std::string zipped(const std::vector<std::pair<std::string, std::string>>& files) {
    std::string out, directory;
    for (const auto& [name, content] : files) {
        const std::string packed = deflated(content);
        std::string common; // the fields that local header and directory share
        little(common, 20, 2);
        little(common, 0x0800, 2); // names are UTF-8
        little(common, 8, 2);
        little(common, 0, 2);
        little(common, 0x21, 2); // 1980-01-01, the least there is
        little(common,
               static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(content.data()),
                                                static_cast<uInt>(content.size()))),
               4);
        little(common, static_cast<std::uint32_t>(packed.size()), 4);
        little(common, static_cast<std::uint32_t>(content.size()), 4);
        little(common, static_cast<std::uint32_t>(name.size()), 2);
        little(common, 0, 2);
        const auto offset = static_cast<std::uint32_t>(out.size());
        little(out, 0x04034b50, 4);
        out += common + name + packed;
        little(directory, 0x02014b50, 4);
        little(directory, 20, 2);
        directory += common;
        little(directory, 0, 2); // comment
        little(directory, 0, 2); // disk
        little(directory, 0, 2);
        little(directory, 0, 4);
        little(directory, offset, 4);
        directory += name;
    }
    const auto start = static_cast<std::uint32_t>(out.size());
    out += directory;
    little(out, 0x06054b50, 4);
    little(out, 0, 4);
    little(out, static_cast<std::uint32_t>(files.size()), 2);
    little(out, static_cast<std::uint32_t>(files.size()), 2);
    little(out, static_cast<std::uint32_t>(directory.size()), 4);
    little(out, start, 4);
    little(out, 0, 2);
    return out;
}

} // namespace vedette::ctl
