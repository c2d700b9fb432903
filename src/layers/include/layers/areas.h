// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/area_class.h"
#include "layers/snapshot.h"

#include <array>
#include <optional>

namespace vedette::layers {

enum class AreaKind : std::uint8_t { city, county, township, community, grid, bureau, station, beat };
std::string_view toString(AreaKind kind);
std::optional<AreaKind> areaKind(std::string_view text);

// One polygon with a code. `level` is 1-3 for grids, 0 elsewhere; an exclusive grid (park, mall, school) has
// `exclusive` and outranks the levels.
struct Area {
    AreaKind kind = AreaKind::grid;
    std::string code, name, parent, beat;
    int level = 0;
    bool exclusive = false;
    Box box;
    std::uint32_t source = 0, feature = 0; // where its geometry lives: snapshot(source), feature
    std::optional<AreaClass> areaClass{}; // its own, else that of the nearest area above that has one
};

// Higher is more responsible. Grids: exclusive > level 3 > 2 > 1; then community, township, county, city.
// Police: beat > station > bureau; a civil grid comes before a beat at the same point.
int responsibility(const Area& area);

using AreaIndex = std::uint32_t;

// All areas of a city and point -> areas. Immutable once built; any number of threads may ask.
class Areas {
public:
    struct Layer {
        AreaKind kind;
        Snapshot snapshot;
    };
    // Never fails: broken rows are left out or repaired and reported in `findings` (areaWithoutCode,
    // duplicateCode, areaEmpty, gridWithoutBeat, parentUnknown, areaClassUnknown, ...).
    static Areas build(std::vector<Layer> layers, std::vector<Finding>* findings = nullptr);

    std::size_t size() const;
    const Area& operator[](AreaIndex index) const;
    std::span<const Layer> layers() const;
    std::optional<AreaIndex> byCode(std::string_view code) const;
    std::optional<AreaIndex> byCode(AreaKind kind, std::string_view code) const;
    // Every area that covers the point (GEOS `covers`: the boundary belongs), most responsible first, then by
    // code. `out` is cleared. No allocation once `out` has grown.
    void at(Point point, std::vector<AreaIndex>& out) const;
    std::vector<AreaIndex> at(Point point) const;
    // The nearest area by boundary distance when no area covers the point; nullopt only when there are none.
    std::optional<AreaIndex> nearest(Point point) const;
    bool covers(AreaIndex area, Point point) const;
    const Box& extent() const;

private:
    struct Impl;
    std::shared_ptr<const Impl> impl_;
};

// Areas of one kind and level that lie on each other (areasOverlap) or enclose a hole between them (areasGap),
// larger than `minSquareMetres`, with both codes named. Exclusive grids may leave gaps. Slow: for checking.
std::vector<Finding> checkTopology(const Areas& areas, double minSquareMetres = 1);

} // namespace vedette::layers
