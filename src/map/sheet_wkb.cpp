// SPDX-License-Identifier: GPL-3.0-or-later
#include "sheet_wkb.h"

#include <cstring>
#include <span>

namespace vedette::map {

namespace {

class Wkb {
public:
    std::vector<std::uint8_t> bytes;
    void begin(std::uint32_t type) {
        bytes.push_back(1); // little-endian
        number(type);
    }
    template <class T>
    std::size_t number(T value) {
        const auto at = bytes.size();
        bytes.resize(at + sizeof value);
        std::memcpy(bytes.data() + at, &value, sizeof value);
        return at;
    }
    void set(std::size_t at, std::uint32_t value) { std::memcpy(bytes.data() + at, &value, sizeof value); }
    void put(layers::Point at) {
        number(at.x);
        number(at.y);
    }
    void line(std::span<const layers::Point> points, bool close) {
        const bool open =
            close && !points.empty() && (points.front().x != points.back().x || points.front().y != points.back().y);
        number(static_cast<std::uint32_t>(points.size() + open));
        for (const layers::Point& p : points)
            put(p);
        if (open)
            put(points.front());
    }
};

constexpr std::uint32_t point = 1, lineString = 2, polygon = 3; // three more: several of them

void polygons(const layers::Snapshot& snapshot, std::size_t feature, Wkb& out) {
    const auto countAt = out.number(std::uint32_t{0});
    std::uint32_t count = 0, rings = 0;
    std::size_t ringsAt = 0;
    for (std::size_t i = 0; i < snapshot.partCount(feature); ++i) {
        const layers::Part part = snapshot.part(feature, i);
        if (!part.hole || count == 0) {
            out.begin(polygon);
            ringsAt = out.number(std::uint32_t{0});
            rings = 0;
            ++count;
        }
        out.set(ringsAt, ++rings);
        out.line(part.points, true);
    }
    out.set(countAt, count);
}

} // namespace

std::vector<std::uint8_t> wkbOf(const layers::Snapshot& snapshot, std::size_t feature) {
    Wkb out;
    const layers::Shape shape = snapshot.shape(feature);
    if (shape == layers::Shape::none)
        return {};
    if (shape == layers::Shape::polygon) {
        out.begin(polygon + 3);
        polygons(snapshot, feature, out);
        return std::move(out.bytes);
    }
    const bool line = shape == layers::Shape::line;
    out.begin((line ? lineString : point) + 3);
    const auto countAt = out.number(std::uint32_t{0});
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < snapshot.partCount(feature); ++i) {
        const auto points = snapshot.part(feature, i).points;
        if (line) {
            out.begin(lineString);
            out.line(points, false);
            ++count;
            continue;
        }
        for (const layers::Point& at : points) {
            out.begin(point);
            out.put(at);
            ++count;
        }
    }
    out.set(countAt, count);
    return std::move(out.bytes);
}

} // namespace vedette::map
