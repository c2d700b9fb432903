// SPDX-License-Identifier: GPL-3.0-or-later
#include "road_kept.h"

#include "bytes.h"
#include "content_hash.h"
#include "road_parts.h"
#include "write_file.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>

namespace vedette::layers {

namespace {

// Goes up with the form of the file and with whatever changes what a network becomes: rules of classes and
// speeds, joining, splitting, the order of the ranks.
constexpr std::uint32_t version = 2;
constexpr char magic[8] = {'V', 'D', 'T', 'R', 'O', 'A', 'D', 'S'};
constexpr std::size_t digest = 64; // hex

struct KeptEdge { // without padding
    std::uint32_t firstPoint, pointCount, name, part, source, row;
    float metres, metresPerSecond;
    std::int8_t direction;
    std::uint8_t walkable, bridge, tunnel;
    std::uint32_t roundabout;
};
static_assert(sizeof(KeptEdge) == 40);
struct KeptTurn {
    std::uint32_t from, to, drivable, like;
};

class Out {
public:
    template <class T>
    void many(const std::vector<T>& values) {
        static_assert(std::is_trivially_copyable_v<T>);
        const std::uint64_t count = values.size();
        bytes.append(reinterpret_cast<const char*>(&count), sizeof count);
        if (count > 0)
            bytes.append(reinterpret_cast<const char*>(values.data()), count * sizeof(T));
    }
    std::string bytes;
};

class In {
public:
    explicit In(std::string_view bytes) : left_(bytes) {}
    template <class T>
    std::vector<T> many() {
        std::uint64_t count = 0;
        std::vector<T> out;
        if (left_.size() < sizeof count)
            good = false;
        if (!good)
            return out;
        std::memcpy(&count, left_.data(), sizeof count);
        left_.remove_prefix(sizeof count);
        if (count > left_.size() / sizeof(T)) {
            good = false;
            return out;
        }
        out.resize(count);
        if (count > 0)
            std::memcpy(out.data(), left_.data(), count * sizeof(T));
        left_.remove_prefix(count * sizeof(T));
        return out;
    }
    bool good = true;
    bool over() const { return left_.empty(); }

private:
    std::string_view left_;
};

bool sound(const RoadNetwork::Impl& roads) {
    const auto nodes = roads.nodes.size();
    const auto node = [&](std::uint32_t n) { return n < nodes; };
    if (roads.tails.size() != 2 * roads.edges.size() || roads.heads.size() != roads.tails.size() ||
        roads.names.empty())
        return false;
    for (const auto& edge : roads.edges)
        if (edge.pointCount < 2 || edge.firstPoint > roads.points.size() ||
            edge.pointCount > roads.points.size() - edge.firstPoint || edge.name >= roads.names.size() ||
            edge.part >= roads.parts || !(edge.metres >= 0) || !(edge.metresPerSecond >= 0))
            return false;
    for (const auto* many : {&roads.tails, &roads.heads})
        if (!std::all_of(many->begin(), many->end(), node))
            return false;
    return std::all_of(roads.turns.begin(), roads.turns.end(),
                       [&](const auto& turn) {
                           return node(turn.from) && node(turn.to) &&
                                  (turn.like == RoadNetwork::none || turn.like < roads.tails.size());
                       }) &&
           std::is_sorted(roads.turns.begin(), roads.turns.end(),
                          [](const auto& a, const auto& b) { return a.like < b.like; }) &&
           std::all_of(roads.points.begin(), roads.points.end(), onGround) &&
           std::all_of(roads.nodes.begin(), roads.nodes.end(), onGround);
}

// Ranks are an order; links lead upwards, sorted; and whoever is contracted has handed its higher neighbours
// to the lowest of them: searches and triangles rely on all three.
bool sound(const RoadHierarchy& h, std::size_t nodes) {
    if (h.rank.size() != nodes || h.first.size() != nodes + 1 || h.first.front() != 0 ||
        h.first.back() != h.higher.size())
        return false;
    std::vector<bool> taken(nodes, false);
    for (const auto rank : h.rank) {
        if (rank >= nodes || taken[rank])
            return false;
        taken[rank] = true;
    }
    for (std::size_t node = 0; node < nodes; ++node)
        if (h.first[node + 1] < h.first[node])
            return false;
    for (std::size_t node = 0; node < nodes; ++node)
        for (std::size_t i = h.first[node]; i < h.first[node + 1]; ++i)
            if (h.higher[i] >= nodes || h.higher[i] <= node ||
                (i > h.first[node] && h.higher[i] <= h.higher[i - 1]))
                return false;
    for (std::size_t node = 0; node < nodes; ++node)
        if (h.first[node + 1] - h.first[node] > 1) {
            const auto mine = h.higher.begin() + h.first[node], end = h.higher.begin() + h.first[node + 1];
            const auto theirs = h.higher.begin() + h.first[*mine], last = h.higher.begin() + h.first[*mine + 1];
            if (!std::includes(theirs, last, mine + 1, end))
                return false;
        }
    return true;
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
    Out out;
    std::vector<KeptEdge> edges;
    edges.reserve(roads.edges.size());
    for (const auto& e : roads.edges)
        edges.push_back({e.firstPoint, e.pointCount, e.name, e.part, e.source, e.row, e.metres,
                         e.metresPerSecond, e.direction, e.walkable, e.bridge, e.tunnel, e.roundabout});
    std::vector<KeptTurn> turns;
    for (const auto& turn : roads.turns)
        turns.push_back({turn.from, turn.to, turn.drivable, turn.like});
    ByteWriter words;
    words.number(static_cast<std::uint32_t>(roads.names.size()));
    for (const std::string& name : roads.names)
        words.text(name);
    words.number(roads.parts);
    words.number(static_cast<std::uint32_t>(map.findings.size()));
    for (const Finding& finding : map.findings)
        words.finding(finding);
    out.many(std::vector<char>(words.bytes().begin(), words.bytes().end()));
    out.many(edges), out.many(roads.points), out.many(roads.tails), out.many(roads.heads);
    out.many(roads.nodes), out.many(turns);
    out.many(map.hierarchy.rank), out.many(map.hierarchy.first), out.many(map.hierarchy.higher);
    std::string file(magic, sizeof magic);
    file.append(reinterpret_cast<const char*>(&version), sizeof version);
    return file + key + sha256Of(out.bytes) + out.bytes;
}

std::optional<RoadMap> decodeRoads(std::string_view bytes, const std::string& key) {
    constexpr std::size_t head = sizeof magic + sizeof version;
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
    for (const KeptEdge& k : in.many<KeptEdge>())
        roads->edges.push_back({k.firstPoint, k.pointCount, k.name, k.part, k.source, k.row, k.metres,
                                k.metresPerSecond, k.direction, k.walkable != 0, k.bridge != 0, k.tunnel != 0,
                                k.roundabout != 0});
    roads->points = in.many<Point>();
    roads->tails = in.many<std::uint32_t>(), roads->heads = in.many<std::uint32_t>();
    roads->nodes = in.many<Point>();
    for (const KeptTurn& turn : in.many<KeptTurn>())
        roads->turns.push_back({turn.from, turn.to, turn.drivable != 0, turn.like});
    out.hierarchy.rank = in.many<std::uint32_t>(), out.hierarchy.first = in.many<std::uint32_t>();
    out.hierarchy.higher = in.many<std::uint32_t>();
    if (!in.good || !in.over() || !words.ok() || !sound(*roads) || !sound(out.hierarchy, roads->nodes.size()))
        return std::nullopt;
    roads->grid.fill(roads->edges, roads->points);
    out.network = RoadNetwork(std::move(roads));
    if (!out.hierarchy.complete(out.network))
        return std::nullopt;
    return out;
}

std::shared_ptr<const RoadMap> RoadMap::kept(const std::vector<Snapshot>& lines,
                                             const std::vector<RoadTurn>& turns,
                                             const std::filesystem::path& cache) {
    const std::string key = keyOf(lines, turns);
    const std::filesystem::path file = cache / (key.substr(0, 40) + ".roads");
    if (std::ifstream in(file, std::ios::binary); in) {
        std::string bytes;
        in.seekg(0, std::ios::end);
        if (const auto size = in.tellg(); size > 0) {
            bytes.resize(static_cast<std::size_t>(size));
            in.seekg(0);
            in.read(bytes.data(), size);
        }
        if (auto map = decodeRoads(bytes, key))
            return std::make_shared<const RoadMap>(std::move(*map));
    }
    auto map = make(lines, turns);
    if (!map->network.empty())
        (void)writeFile(file, {encodeRoads(*map, key)}); // a full disk costs the next start its seconds
    return map;
}

} // namespace vedette::layers
