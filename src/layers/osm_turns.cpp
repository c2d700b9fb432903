// SPDX-License-Identifier: GPL-3.0-or-later
#include "osm_turns.h"

#include <osmium/io/pbf_input.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/io/xml_input.hpp>
#include <osmium/osm.hpp>

#include <osmium/io/bzip2_compression.hpp>
#include <osmium/io/gzip_compression.hpp>

#include <algorithm>
#include <cstring>
#include <unordered_map>

namespace vedette::layers {

namespace {

struct Found {
    std::vector<osmium::object_id_type> from, to, through;
    osmium::object_id_type via = 0; // a node
    bool only = false;
};
using Nodes = std::vector<osmium::object_id_type>;

// Among words parted by semicolons.
bool among(std::string_view words, std::initializer_list<std::string_view> wanted) {
    while (!words.empty()) {
        auto end = words.find(';');
        std::string_view word = words.substr(0, end);
        while (word.starts_with(' '))
            word.remove_prefix(1);
        while (word.ends_with(' '))
            word.remove_suffix(1);
        if (std::find(wanted.begin(), wanted.end(), word) != wanted.end())
            return true;
        words.remove_prefix(end == words.npos ? words.size() : end + 1);
    }
    return false;
}

// The word that binds a car; null: none does, and which counter says so.
const char* wordFor(const osmium::TagList& tags, OsmTurns& out) {
    const char* word = nullptr;
    for (const char* key : {"restriction", "restriction:vehicle", "restriction:motor_vehicle",
                            "restriction:motorcar"})
        if (const char* value = tags.get_value_by_key(key))
            word = value; // the narrower one counts
    if (!word) {
        bool conditional = false, other = false;
        for (const osmium::Tag& tag : tags) {
            const std::string_view key = tag.key();
            conditional |= key.starts_with("restriction") && key.ends_with(":conditional");
            other |= key.starts_with("restriction:") && !key.ends_with(":conditional");
        }
        ++(conditional ? out.conditional : other ? out.others : out.broken);
        return nullptr;
    }
    for (const char* key : {"day_on", "day_off", "hour_on", "hour_off"})
        if (tags.has_key(key)) {
            ++out.conditional;
            return nullptr;
        }
    if (among(tags.get_value_by_key("except", ""), {"motorcar", "motor_vehicle", "vehicle", "emergency"})) {
        ++out.exempt;
        return nullptr;
    }
    return word;
}

void take(const osmium::Relation& relation, std::vector<Found>& found, OsmTurns& out) {
    const std::string_view type = relation.tags().get_value_by_key("type", "");
    if (type != "restriction" && !type.starts_with("restriction:"))
        return;
    const char* word = wordFor(relation.tags(), out);
    if (!word)
        return;
    Found one;
    one.only = std::strncmp(word, "only_", 5) == 0;
    std::size_t viaNodes = 0;
    for (const osmium::RelationMember& member : relation.members()) {
        const std::string_view role = member.role();
        const bool way = member.type() == osmium::item_type::way;
        if (role == "from" && way)
            one.from.push_back(member.ref());
        else if (role == "to" && way)
            one.to.push_back(member.ref());
        else if (role == "via" && way)
            one.through.push_back(member.ref());
        else if (role == "via" && member.type() == osmium::item_type::node)
            one.via = member.ref(), ++viaNodes;
    }
    if (one.from.empty() || one.to.empty() || (one.through.empty() ? viaNodes != 1 : viaNodes > 0) ||
        (!one.only && std::strncmp(word, "no_", 3) != 0)) {
        ++out.broken;
        return;
    }
    found.push_back(std::move(one));
}

// Where the first of the ways between is entered: an end of it that lies on a way from which one comes, such that they
// lead on, one behind the other, to a way one goes into. 0: they don't meet so.
osmium::object_id_type entered(const Found& one, const std::unordered_map<osmium::object_id_type, Nodes>& ways) {
    const auto on = [&](const std::vector<osmium::object_id_type>& any, osmium::object_id_type node) {
        return std::any_of(any.begin(), any.end(), [&](osmium::object_id_type id) {
            const Nodes& nodes = ways.at(id);
            return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
        });
    };
    const Nodes& first = ways.at(one.through.front());
    if (first.empty())
        return 0;
    for (const auto start : {first.front(), first.back()}) {
        auto end = start;
        bool joined = true;
        for (const auto id : one.through) {
            const Nodes& nodes = ways.at(id);
            joined &= !nodes.empty() && (nodes.front() == end || nodes.back() == end);
            if (joined)
                end = nodes.front() == end ? nodes.back() : nodes.front();
        }
        if (joined && on(one.from, start) && on(one.to, end))
            return start;
    }
    return 0;
}

void findEntries(const std::string& file, std::vector<Found>& found) {
    std::unordered_map<osmium::object_id_type, Nodes> ways;
    for (const Found& one : found)
        if (!one.through.empty())
            for (const auto* many : {&one.from, &one.to, &one.through})
                for (const auto id : *many)
                    ways[id];
    if (ways.empty())
        return;
    osmium::io::Reader reader(file, osmium::osm_entity_bits::way);
    while (const osmium::memory::Buffer buffer = reader.read())
        for (const auto& way : buffer.select<osmium::Way>())
            if (const auto at = ways.find(way.id()); at != ways.end())
                for (const osmium::NodeRef& node : way.nodes())
                    at->second.push_back(node.ref());
    reader.close();
    for (Found& one : found)
        if (!one.through.empty())
            one.via = entered(one, ways);
}

} // namespace

OsmTurns readOsmTurns(const std::string& file) {
    OsmTurns out;
    std::vector<Found> found;
    {
        osmium::io::Reader reader(file, osmium::osm_entity_bits::relation);
        while (const osmium::memory::Buffer buffer = reader.read())
            for (const auto& relation : buffer.select<osmium::Relation>())
                take(relation, found, out);
        reader.close();
    }
    if (found.empty())
        return out;
    findEntries(file, found);
    std::unordered_map<osmium::object_id_type, osmium::Location> places;
    for (const Found& one : found)
        places.emplace(one.via, osmium::Location());
    {
        osmium::io::Reader reader(file, osmium::osm_entity_bits::node);
        while (const osmium::memory::Buffer buffer = reader.read())
            for (const auto& node : buffer.select<osmium::Node>())
                if (const auto at = places.find(node.id()); at != places.end())
                    at->second = node.location();
        reader.close();
    }
    for (const Found& one : found) {
        const osmium::Location at = places[one.via]; // no node has the number 0
        if (!at.valid()) {
            ++out.broken;
            continue;
        }
        std::vector<std::string> through;
        for (const auto id : one.through)
            through.push_back(std::to_string(id));
        for (const auto from : one.from)
            for (const auto to : one.to)
                out.turns.push_back({std::to_string(from),
                                     std::to_string(to),
                                     {at.lon_without_check(), at.lat_without_check()},
                                     one.only,
                                     through});
    }
    return out;
}

} // namespace vedette::layers
