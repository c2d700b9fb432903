// SPDX-License-Identifier: GPL-3.0-or-later
#include "area_borders.h"

#include "area_painter.h"
#include "map/borders_ahead.h"

#include <mutex>

namespace vedette::map {

using layers::AreaKind;

AreaBorders::AreaBorders(const layers::Areas& areas) : areas_(areas) {
    for (auto kind = AreaKind::city; kind <= AreaKind::beat; kind = AreaKind(int(kind) + 1))
        for (const bool exclusive : {false, true})
            layers_.emplace(Layer{kind, exclusive}, layers::Later<Borders>::madeBy([areas, kind, exclusive] {
                                return bordersOf(areas, kind, exclusive);
                            }));
}

std::shared_ptr<const AreaBorders> AreaBorders::of(const layers::Areas& areas) {
    static std::mutex gate;
    static std::map<const void*, std::weak_ptr<const AreaBorders>> known;
    const std::lock_guard lock(gate);
    std::erase_if(known, [](const auto& entry) { return entry.second.expired(); });
    // The same handle's extent lies at the same address as long as someone holds it, and AreaBorders does.
    auto& entry = known[&areas.extent()];
    if (auto held = entry.lock())
        return held;
    auto made = std::make_shared<const AreaBorders>(areas);
    entry = made;
    return made;
}

std::shared_ptr<const void> bordersAhead(const layers::Areas& areas) {
    auto borders = AreaBorders::of(areas);
    for (const auto& layer : {AreaBorders::Layer{AreaKind::grid, false},
                              {AreaKind::grid, true},
                              {AreaKind::beat, false},
                              {AreaKind::county, false}})
        borders->make(layer);
    return borders;
}

} // namespace vedette::map
