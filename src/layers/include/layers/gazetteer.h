// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/areas.h"
#include "layers/crs.h"
#include "layers/roads.h"

namespace vedette::layers {

struct Place {
    enum class Kind : std::uint8_t { place, address, crossing, area, coordinate };
    Kind kind = Kind::place;
    std::string name, detail; // detail: address, area code or category
    Point at;
};

// Finds places, addresses, road crossings, area codes and coordinates from a few letters; Chinese also by
// pinyin and initials ("rmgy" finds 人民公园). Immutable; any thread.
class Gazetteer {
public:
    // `places` need columns name (and optionally address, category); crossings come from named roads that
    // share a node.
    static Gazetteer build(const std::vector<Snapshot>& places, const Roads& roads, const Areas& areas,
                           const WorkingCrs& crs);
    // Ranked: exact, prefix, word start, pinyin, initials, inside, one typing error; nearer to `near` first
    // among equals.
    std::vector<Place> search(std::string_view text, std::size_t limit, std::optional<Point> near = {}) const;
    // The nearest place or crossing within `metres`, to word where an incident is.
    std::optional<Place> nearest(Point at, double metres = 400) const;
    std::size_t size() const;

private:
    struct Impl;
    std::shared_ptr<const Impl> impl_;
};

} // namespace vedette::layers
