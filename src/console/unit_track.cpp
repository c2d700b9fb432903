// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/unit_track.h"

#include "dispatch/tracks.h"

#include <algorithm>
#include <cmath>

namespace vedette::console {

void UnitTrack::add(layers::Point at, dispatch::Instant when) {
    if (!std::isfinite(at.x) || !std::isfinite(at.y))
        return;
    if (spots.empty() || (spots.back().when < when && spots.back().at != at))
        spots.push_back({at, when});
    std::erase_if(spots, [when](const Spot& spot) { return spot.when < when - shown; });
}

UnitTrack unitTrack(const dispatch::City& city, const dispatch::UnitId& unit, dispatch::Instant now,
                    const std::atomic<bool>& cancel) {
    UnitTrack track;
    const auto folder = city.workspace.folder / "tracks";
    std::error_code failed;
    if (!std::filesystem::exists(folder, failed))
        return track;
    const auto log = dispatch::TrackLog::open(folder, true);
    if (!log)
        return track;
    log.value()->read(now - UnitTrack::shown, now, [&](const dispatch::Fix& fix) {
        if (fix.unit != unit || cancel)
            return;
        const layers::Point at = city.crs.toWorking(fix.at);
        if (std::isfinite(at.x) && std::isfinite(at.y))
            track.spots.push_back({at, std::min(fix.fixedAt, fix.receivedAt)});
    });
    std::stable_sort(track.spots.begin(), track.spots.end(),
                     [](const auto& a, const auto& b) { return a.when < b.when; });
    return track;
}

} // namespace vedette::console
