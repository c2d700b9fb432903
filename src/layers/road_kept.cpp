// SPDX-License-Identifier: GPL-3.0-or-later
#include "road_kept.h"

#include "bytes.h"
#include "content_hash.h"
#include "road_file.h"
#include "road_parts.h"
#include "write_file.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace vedette::layers {

namespace {

// Goes up with the form of the file and with whatever changes what a network becomes: rules of classes and
// speeds, joining, splitting, the order of the ranks.
constexpr std::uint64_t version = 3;
constexpr char magic[8] = {'V', 'D', 'T', 'R', 'O', 'A', 'D', 'S'};
constexpr std::size_t digest = 64; // hex
constexpr std::size_t head = sizeof magic + sizeof version; // then the key and the checksum, then arrays

// RoadNetwork::Edge as it lies in memory, every byte of it said.
struct KeptEdge {
    std::uint32_t firstPoint, pointCount, name, part, source, row;
    float metres, metresPerSecond;
    std::int8_t direction;
    std::uint8_t walkable, bridge, tunnel, roundabout, nothing[3];
};
using Edge = RoadNetwork::Edge;
static_assert(sizeof(KeptEdge) == sizeof(Edge) && offsetof(KeptEdge, firstPoint) == offsetof(Edge, firstPoint) &&
              offsetof(KeptEdge, pointCount) == offsetof(Edge, pointCount) &&
              offsetof(KeptEdge, name) == offsetof(Edge, name) && offsetof(KeptEdge, part) == offsetof(Edge, part) &&
              offsetof(KeptEdge, source) == offsetof(Edge, source) && offsetof(KeptEdge, row) == offsetof(Edge, row) &&
              offsetof(KeptEdge, metres) == offsetof(Edge, metres) &&
              offsetof(KeptEdge, metresPerSecond) == offsetof(Edge, metresPerSecond) &&
              offsetof(KeptEdge, direction) == offsetof(Edge, direction) &&
              offsetof(KeptEdge, walkable) == offsetof(Edge, walkable) &&
              offsetof(KeptEdge, bridge) == offsetof(Edge, bridge) &&
              offsetof(KeptEdge, tunnel) == offsetof(Edge, tunnel) &&
              offsetof(KeptEdge, roundabout) == offsetof(Edge, roundabout) && sizeof(bool) == 1);
struct KeptTurn {
    std::uint32_t from, to, drivable, like;
};

// Arrays one behind the other, each with its count before it and on a multiple of so many bytes, where all that is kept
// may lie in memory.
constexpr std::size_t alignment = 8;
constexpr std::size_t aligned(std::size_t bytes) {
    return (bytes + alignment - 1) / alignment * alignment;
}
static_assert(aligned(head + 2 * digest) == head + 2 * digest);

template <class T>
void append(std::string& file, std::span<const T> values) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= alignment);
    const std::uint64_t count = values.size();
    file.append(reinterpret_cast<const char*>(&count), sizeof count);
    file.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
    file.resize(aligned(file.size()));
}

class In {
public:
    explicit In(std::string_view bytes) : left_(bytes) {
        good = reinterpret_cast<std::uintptr_t>(bytes.data()) % alignment == 0;
    }
    // Looks into the bytes; nothing is copied.
    template <class T>
    std::span<const T> many() {
        std::uint64_t count = 0;
        if (good = good && left_.size() >= sizeof count; !good)
            return {};
        std::memcpy(&count, left_.data(), sizeof count);
        left_.remove_prefix(sizeof count);
        if (good = count <= left_.size() / sizeof(T) && aligned(count * sizeof(T)) <= left_.size(); !good)
            return {};
        const std::span<const T> out(reinterpret_cast<const T*>(left_.data()), count);
        left_.remove_prefix(aligned(count * sizeof(T)));
        return out;
    }
    bool good = true;
    bool over() const { return left_.empty(); }

private:
    std::string_view left_;
};

bool truthful(const KeptEdge& edge) { // a bool is 0 or 1
    return edge.walkable <= 1 && edge.bridge <= 1 && edge.tunnel <= 1 && edge.roundabout <= 1;
}

} // namespace

std::string keyOf(const std::vector<Snapshot>& lines, const std::vector<RoadTurn>& turns) {
    // Not the sources' own hashes: mapping, coordinates and encoding change what is in a snapshot, too.
    std::string all = std::to_string(version);
    std::string rows;
    const auto put = [](std::string& to, const auto& value) {
        to.append(reinterpret_cast<const char*>(&value), sizeof value);
    };
    const auto text = [&](std::string_view value) { put(rows, value.size()), rows += value; };
    for (const Snapshot& source : lines) {
        text(source.source());
        for (const auto field : source.fields())
            text(field);
        for (std::size_t feature = 0; feature < source.size(); ++feature) {
            put(rows, source.shape(feature)), put(rows, source.row(feature));
            for (std::size_t field = 0; field < source.fields().size(); ++field)
                text(source.text(feature, static_cast<int>(field)));
            for (std::size_t i = 0; i < source.partCount(feature); ++i) {
                const auto points = source.part(feature, i).points;
                put(rows, points.size());
                rows.append(reinterpret_cast<const char*>(points.data()), points.size_bytes());
            }
            if (rows.size() > 1u << 20) {
                all += sha256Of(rows);
                rows.clear();
            }
        }
    }
    for (const RoadTurn& turn : turns) {
        text(turn.from), text(turn.to), put(rows, turn.via), put(rows, turn.only);
        put(rows, turn.through.size());
        for (const std::string& line : turn.through)
            text(line);
    }
    return sha256Of(all + sha256Of(rows));
}

std::string encodeRoads(const RoadMap& map, const std::string& key) {
    const RoadNetwork::Impl& roads = map.network.impl();
    const RoadHierarchy& h = map.hierarchy;
    ByteWriter words;
    words.number(static_cast<std::uint32_t>(roads.names.size()));
    for (const std::string& name : roads.names)
        words.text(name);
    words.number(roads.parts);
    words.number(static_cast<std::uint32_t>(map.findings.size()));
    for (const Finding& finding : map.findings)
        words.finding(finding);
    std::vector<KeptEdge> edges;
    edges.reserve(roads.edges.size());
    for (const Edge& e : roads.edges)
        edges.push_back({e.firstPoint, e.pointCount, e.name, e.part, e.source, e.row, e.metres, e.metresPerSecond,
                         e.direction, e.walkable, e.bridge, e.tunnel, e.roundabout, {}});
    std::vector<KeptTurn> turns;
    for (const auto& turn : roads.turns)
        turns.push_back({turn.from, turn.to, turn.drivable, turn.like});
    std::string file(magic, sizeof magic);
    file.append(reinterpret_cast<const char*>(&version), sizeof version);
    file += key;
    file.append(digest, ' ');
    append(file, std::span<const char>(words.bytes()));
    append(file, std::span<const KeptEdge>(edges));
    for (const auto& places : {roads.points, roads.nodes})
        append(file, places);
    append(file, std::span<const KeptTurn>(turns));
    append(file, roads.grid.segments);
    for (const auto& array : {roads.tails, roads.heads, roads.grid.first, h.rank, h.first, h.higher, h.lower,
                              h.firstLow, h.lowLink, h.lowNode, h.slot, h.firstArc, h.arcs})
        append(file, array);
    return file.replace(head + digest, digest, sha256Of(std::string_view(file).substr(head + 2 * digest)));
}

std::optional<RoadMap> decodeRoads(std::string_view bytes, std::shared_ptr<const void> memory, const std::string& key) {
    if (bytes.size() < head + 2 * digest || std::memcmp(bytes.data(), magic, sizeof magic) != 0 ||
        std::memcmp(bytes.data() + sizeof magic, &version, sizeof version) != 0 ||
        bytes.substr(head, digest) != key)
        return std::nullopt;
    const std::string_view body = bytes.substr(head + 2 * digest);
    if (bytes.substr(head + digest, digest) != sha256Of(body))
        return std::nullopt;
    In in(body);
    auto roads = std::make_shared<RoadNetwork::Impl>();
    RoadMap out;
    const auto text = in.many<char>();
    ByteReader words(text.data(), text.size());
    for (auto left = words.number(); left > 0 && words.ok(); --left)
        roads->names.push_back(words.text());
    roads->parts = words.number();
    for (auto left = words.number(); left > 0 && words.ok(); --left)
        out.findings.push_back(words.finding());
    const auto edges = in.many<KeptEdge>();
    roads->points = in.many<Point>(), roads->nodes = in.many<Point>();
    for (const KeptTurn& turn : in.many<KeptTurn>())
        roads->turns.push_back({turn.from, turn.to, turn.drivable != 0, turn.like});
    const auto segments = in.many<RoadGrid::Segment>();
    std::span<const std::uint32_t> cells;
    RoadHierarchy& h = out.hierarchy;
    for (auto* array : {&roads->tails, &roads->heads, &cells, &h.rank, &h.first, &h.higher, &h.lower, &h.firstLow,
                        &h.lowLink, &h.lowNode, &h.slot, &h.firstArc, &h.arcs})
        *array = in.many<std::uint32_t>();
    if (!in.good || !in.over() || !words.ok() || !std::ranges::all_of(edges, truthful))
        return std::nullopt;
    roads->edges = {reinterpret_cast<const Edge*>(edges.data()), edges.size()};
    if (!sound(*roads))
        return std::nullopt;
    roads->grid = RoadGrid(roads->edges, roads->points);
    roads->grid.first = cells, roads->grid.segments = segments;
    roads->memory = memory, h.memory = std::move(memory);
    if (!sound(roads->grid, roads->edges))
        return std::nullopt;
    out.network = RoadNetwork(std::move(roads));
    if (!sound(h, out.network))
        return std::nullopt;
    return out;
}

std::shared_ptr<const RoadMap> RoadMap::kept(const std::vector<Snapshot>& lines,
                                             const std::vector<RoadTurn>& turns,
                                             const std::filesystem::path& cache) {
    const std::string key = keyOf(lines, turns);
    const std::filesystem::path path = cache / (key.substr(0, 40) + ".roads");
    const auto look = [&]() -> std::shared_ptr<const RoadMap> {
        const auto file = KeptFile::open(path);
        auto map = file ? decodeRoads(file->bytes(), file, key) : std::nullopt;
        if (!map)
            return nullptr;
        map->file = file;
        return std::make_shared<const RoadMap>(std::move(*map));
    };
    if (auto map = look())
        return map;
    auto map = make(lines, turns);
    if (!map->network.empty())
        (void)writeFile(path, {encodeRoads(*map, key)}); // a full disk costs the next start its seconds
    return map;
}

void RoadMap::forget() const {
    if (file)
        file->forget();
}

} // namespace vedette::layers
