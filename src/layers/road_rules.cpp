// SPDX-License-Identifier: GPL-3.0-or-later
#include "road_rules.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace vedette::layers {

namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return out;
}

// One value of GDAL's hstore-like other_tags: "oneway"=>"yes","lanes"=>"2"
std::string_view tag(std::string_view tags, std::string_view key) {
    const std::string mark = "\"" + std::string(key) + "\"=>\"";
    const auto at = tags.find(mark);
    if (at == tags.npos)
        return {};
    tags.remove_prefix(at + mark.size());
    return tags.substr(0, tags.find('"'));
}

// Also "walk", "DE:urban", "RU:rural", "CN:motorway", "DE:zone:30" (wiki.openstreetmap.org, "Key:maxspeed");
// 0: it says nothing ("none", "signals", "variable").
double kilometresPerHour(std::string_view text) {
    double number = 0;
    if (const auto colon = text.rfind(':'); colon != text.npos && colon >= 2) {
        const std::string kind = lower(text.substr(colon + 1));
        for (const auto& [word, speed] : {std::pair{"urban", 50.0},
                                          {"rural", 90.0},
                                          {"trunk", 100.0},
                                          {"motorway", 120.0},
                                          {"living_street", 10.0},
                                          {"bicycle_road", 30.0}})
            if (kind == word)
                return speed;
        text.remove_prefix(colon + 1);
        if (text.starts_with("zone"))
            text.remove_prefix(4);
    }
    if (lower(text) == "walk")
        return 7;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || !(number > 0) || number > 400)
        return 0;
    const std::string unit = lower(text.substr(static_cast<std::size_t>(end - text.data())));
    return unit.find("mph") != unit.npos ? number * 1.609344 : number;
}

int firstOf(const Snapshot& snapshot, std::initializer_list<std::string_view> names) {
    for (const auto name : names)
        if (const int field = snapshot.field(name); field >= 0)
            return field;
    return -1;
}

constexpr std::array onFoot{"footway",    "cycleway",  "path",     "steps",
                            "pedestrian", "bridleway", "platform", "corridor"};
constexpr std::array notForAnyone{"construction", "proposed", "raceway", "elevator", "razed", "abandoned"};

constexpr double gatedSpeed = 10; // km/h, on what is private

template <class Words>
bool among(const Words& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool isYes(std::string_view text) {
    return !text.empty() && text != "no" && text != "0" && text != "false" && text != "F" && text != "N" &&
           text != "n";
}

bool isRound(std::string_view junction) {
    return junction == "roundabout" || junction == "circular";
}

bool saysBridge(std::string_view name) {
    const std::string word = lower(name);
    for (const std::string_view part : {"bridge", "viaduct", "overpass", "flyover", "大桥", "高架", "立交"})
        if (word.find(part) != word.npos)
            return true;
    return false;
}

} // namespace

int onewayDirection(std::string_view text) {
    const std::string word = lower(text);
    if (word == "-1" || word == "reverse" || word == "r" || word == "tf" || word == "b" ||
        word.find("against") != word.npos)
        return -1;
    if (word == "1" || word == "yes" || word == "y" || word == "true" || word == "t" || word == "ft" ||
        word == "f/t" || word.starts_with("one way") || word.starts_with("one-way") || word == "oneway" ||
        word.find("单行") != word.npos)
        return 1;
    return 0;
}

double usualSpeed(std::string_view roadClass) {
    const std::string word = lower(roadClass);
    struct Rule {
        std::string_view part;
        double speed;
    };
    static constexpr std::array<Rule, 21> rules{{
        {"motorway", 100}, {"freeway", 90}, {"interstate", 90},    {"expressway", 80}, {"trunk", 70},
        {"高速", 100},     {"快速", 70},    {"primary", 50},       {"arterial", 50},   {"主干", 50},
        {"secondary", 45}, {"次干", 40},    {"tertiary", 40},      {"collector", 40},  {"residential", 30},
        {"local", 30},     {"支路", 30},    {"living_street", 10}, {"service", 15},    {"alley", 10},
        {"track", 15},
    }};
    for (const Rule& rule : rules)
        if (word.find(rule.part) != word.npos)
            return rule.speed;
    return 35;
}

RoadColumns::RoadColumns(const Snapshot& snapshot)
    : name_(snapshot.field("name")), class_(firstOf(snapshot, {"class", "highway"})),
      speed_(firstOf(snapshot, {"speed", "maxspeed"})), oneway_(snapshot.field("oneway")),
      tags_(snapshot.field("other_tags")), bridge_(snapshot.field("bridge")),
      tunnel_(snapshot.field("tunnel")), level_(firstOf(snapshot, {"layer", "level", "z_level"})),
      id_(firstOf(snapshot, {"osm_id", "id", "code"})),
      openStreetMap_(tags_ >= 0 || snapshot.field("highway") >= 0) {}

std::string_view RoadColumns::value(const Snapshot& snapshot, std::size_t feature, int field,
                                    std::string_view key) const {
    const auto own = snapshot.text(feature, field);
    return own.empty() && openStreetMap_ ? tag(snapshot.text(feature, tags_), key) : own;
}

std::optional<RoadRow> RoadColumns::read(const Snapshot& snapshot, std::size_t feature) const {
    auto row = readAny(snapshot, feature);
    return row && row->drivable ? row : std::nullopt;
}

// OpenStreetMap's access: the narrowest word counts (Key:access). `no` closes a road, unless emergency vehicles
// may; a private one is gone through at a gate's pace, as somebody sent there has to be let in. False: gated.
bool RoadColumns::enter(const Snapshot& snapshot, std::size_t feature, RoadRow& row) const {
    if (!openStreetMap_)
        return true;
    const auto tags = snapshot.text(feature, tags_);
    const auto narrowest = [&](std::initializer_list<std::string_view> keys) {
        std::string_view word;
        for (const auto key : keys)
            if (const auto value = tag(tags, key); !value.empty())
                word = value;
        return word;
    };
    const auto closed = [](std::string_view word) { return word == "no" || word == "use_sidepath"; };
    const std::string_view car = narrowest({"access", "vehicle", "motor_vehicle", "motorcar", "emergency"});
    const std::string_view foot = narrowest({"access", "foot"});
    row.drivable = row.drivable && !closed(car);
    if (closed(foot))
        row.walkable = false;
    return car != "private" && car != "delivery" && car != "agricultural" && car != "forestry";
}

std::optional<RoadRow> RoadColumns::readAny(const Snapshot& snapshot, std::size_t feature) const {
    const std::string_view roadClass = snapshot.text(feature, class_);
    if ((openStreetMap_ && roadClass.empty()) || among(notForAnyone, roadClass))
        return std::nullopt; // a river or a railway
    RoadRow row;
    row.drivable = !among(onFoot, roadClass);
    row.limitedAccess = usualSpeed(roadClass) >= 80;
    row.walkable = !row.limitedAccess;
    row.name = snapshot.text(feature, name_);
    const bool mayEnter = enter(snapshot, feature, row);
    if (!row.drivable && !row.walkable)
        return std::nullopt;
    double speed = kilometresPerHour(value(snapshot, feature, speed_, "maxspeed"));
    if (speed == 0)
        speed = usualSpeed(roadClass);
    if (!mayEnter)
        speed = std::min(speed, gatedSpeed);
    row.metresPerSecond = static_cast<float>(speed / 3.6);

    const std::string_view oneway = value(snapshot, feature, oneway_, "oneway");
    row.direction = onewayDirection(oneway);
    row.roundabout = openStreetMap_ && isRound(tag(snapshot.text(feature, tags_), "junction"));
    if (openStreetMap_ && oneway.empty() && (row.roundabout || roadClass == "motorway"))
        row.direction = 1;

    row.bridge = isYes(value(snapshot, feature, bridge_, "bridge"));
    row.tunnel = isYes(value(snapshot, feature, tunnel_, "tunnel"));
    const std::string_view level = value(snapshot, feature, level_, "layer");
    if (std::from_chars(level.data(), level.data() + level.size(), row.level).ec != std::errc())
        row.level = 0;
    if (row.level == 0)
        row.level = row.bridge || (!openStreetMap_ && saysBridge(row.name)) ? 1 : row.tunnel ? -1 : 0;
    return row;
}

} // namespace vedette::layers
