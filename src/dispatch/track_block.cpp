// SPDX-License-Identifier: GPL-3.0-or-later
#include "track_block.h"

#include <xxhash.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace vedette::dispatch {

namespace {

using std::chrono::milliseconds;

void putVarint(std::string& out, std::uint64_t value) {
    while (value >= 0x80) {
        out += char(value | 0x80);
        value >>= 7;
    }
    out += char(value);
}

std::uint64_t zigzag(std::int64_t value) {
    return std::uint64_t(value) << 1 ^ std::uint64_t(value >> 63);
}
std::int64_t unzigzag(std::uint64_t value) {
    return std::int64_t(value >> 1) ^ -std::int64_t(value & 1);
}

// Reads within [at, end); past the end everything is zero and `whole` false.
struct Bytes {
    const char *at, *end;
    bool whole = true;
    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at == end)
                break;
            const auto byte = static_cast<unsigned char>(*at++);
            value |= std::uint64_t(byte & 0x7F) << shift;
            if (byte < 0x80)
                return value;
        }
        whole = false;
        return 0;
    }
    template <class T>
    void column(std::vector<T>& out, std::size_t count) {
        if (std::size_t(end - at) < count * sizeof(T)) {
            whole = false;
            return;
        }
        out.resize(count);
        std::memcpy(out.data(), at, count * sizeof(T));
        at += count * sizeof(T);
    }
};

std::uint16_t scaled(float value, float unit) {
    return value < 0 || !std::isfinite(value) ? 0xFFFF
                                              : std::uint16_t(std::min(65534.f, std::round(value / unit)));
}

std::uint64_t checksumOf(TrackBlockHead head, const char* body, std::size_t size) {
    head.checksum = 0;
    return XXH3_64bits_withSeed(body, size, XXH3_64bits(&head, sizeof head));
}

} // namespace

std::string encodeTrackBlock(std::span<const Fix> fixes, TrackNames& names) {
    TrackBlockHead head;
    head.magic = trackMagic, head.count = std::uint32_t(fixes.size());
    head.firstReceived = fixes.front().receivedAt.time_since_epoch().count();
    head.lastReceived = fixes.back().receivedAt.time_since_epoch().count();

    std::string codes, columns;
    columns.reserve(fixes.size() * 18);
    for (const Fix& fix : fixes) {
        const auto [entry, fresh] =
            names.numbers.try_emplace(fix.unit.text, std::uint32_t(names.names.size()));
        if (fresh) {
            names.names.push_back(fix.unit.text);
            putVarint(codes, fix.unit.text.size());
            codes += fix.unit.text;
        }
        putVarint(columns, entry->second);
    }
    Instant before = fixes.front().receivedAt;
    for (const Fix& fix : fixes) {
        putVarint(columns, std::uint64_t((fix.receivedAt - before).count()));
        before = fix.receivedAt;
    }
    for (const Fix& fix : fixes)
        putVarint(columns, zigzag((fix.receivedAt - fix.fixedAt).count()));
    const auto column = [&](auto value) {
        for (const Fix& fix : fixes) {
            const auto number = value(fix);
            columns.append(reinterpret_cast<const char*>(&number), sizeof number);
        }
    };
    column([](const Fix& fix) { return std::int32_t(std::lround(fix.at.lon * 1e7)); });
    column([](const Fix& fix) { return std::int32_t(std::lround(fix.at.lat * 1e7)); });
    column([](const Fix& fix) { return scaled(fix.speed, 0.01f); });
    column([](const Fix& fix) { return scaled(fix.course, 0.1f); });

    head.namesSize = std::uint32_t(codes.size()), head.columnsSize = std::uint32_t(columns.size());
    const std::string body = codes + columns;
    head.checksum = checksumOf(head, body.data(), body.size());
    return std::string(reinterpret_cast<const char*>(&head), sizeof head) + body;
}

std::optional<std::size_t> trackBlockSize(std::string_view bytes, TrackBlockHead& head) {
    if (bytes.size() < sizeof head)
        return std::nullopt;
    std::memcpy(&head, bytes.data(), sizeof head);
    const std::uint64_t size = std::uint64_t(head.namesSize) + head.columnsSize;
    if (head.magic != trackMagic || bytes.size() - sizeof head < size ||
        checksumOf(head, bytes.data() + sizeof head, size) != head.checksum)
        return std::nullopt;
    return sizeof head + size;
}

void readTrackNames(std::string_view block, const TrackBlockHead& head, std::vector<std::string>& names) {
    Bytes bytes{block.data() + sizeof head, block.data() + sizeof head + head.namesSize};
    while (bytes.at != bytes.end) {
        const std::uint64_t size = bytes.varint();
        if (!bytes.whole || size > std::uint64_t(bytes.end - bytes.at))
            return;
        names.emplace_back(bytes.at, size);
        bytes.at += size;
    }
}

bool readTrackColumns(std::string_view block, const TrackBlockHead& head, TrackColumns& out) {
    const char* from = block.data() + sizeof head + head.namesSize;
    Bytes bytes{from, from + head.columnsSize};
    const std::size_t count = head.count;
    if (count > head.columnsSize)
        return false;
    out.unit.resize(count), out.received.resize(count), out.fixed.resize(count);
    for (auto& unit : out.unit)
        unit = std::uint32_t(bytes.varint());
    std::int64_t received = head.firstReceived;
    for (auto& time : out.received)
        time = received += std::int64_t(bytes.varint());
    for (std::size_t i = 0; i < count; ++i)
        out.fixed[i] = out.received[i] - unzigzag(bytes.varint());
    bytes.column(out.lon, count);
    bytes.column(out.lat, count);
    bytes.column(out.speed, count);
    bytes.column(out.course, count);
    return bytes.whole;
}

Fix TrackColumns::fix(std::size_t i, const std::vector<std::string>& names) const {
    Fix fix;
    fix.unit.text = names[unit[i]];
    fix.at = {lon[i] / 1e7, lat[i] / 1e7};
    fix.receivedAt = Instant(milliseconds(received[i])), fix.fixedAt = Instant(milliseconds(fixed[i]));
    fix.speed = speed[i] == 0xFFFF ? -1.f : float(speed[i]) * 0.01f;
    fix.course = course[i] == 0xFFFF ? -1.f : float(course[i]) * 0.1f;
    return fix;
}

} // namespace vedette::dispatch
