// SPDX-License-Identifier: GPL-3.0-or-later
#include "feature_shapes.h"

#include "simplify.h"

#include <mutex>

namespace vedette::map {

std::shared_ptr<const FeatureShapes> FeatureShapes::of(const layers::Snapshot& snapshot,
                                                       const std::atomic<bool>* cancel) {
    static std::mutex gate;
    static std::map<const void*, std::weak_ptr<const FeatureShapes>> known;
    const void* const key = &snapshot.extent(); // stays as long as someone holds the snapshot, as we do
    {
        const std::lock_guard lock(gate);
        std::erase_if(known, [](const auto& entry) { return entry.second.expired(); });
        if (const auto at = known.find(key); at != known.end())
            if (auto held = at->second.lock())
                return held;
    }
    auto made = std::make_shared<FeatureShapes>();
    made->held_ = snapshot;
    for (std::size_t feature = 0; feature < snapshot.size(); ++feature) {
        if (cancel && *cancel)
            return nullptr;
        made->firstPart_.push_back(static_cast<std::uint32_t>(made->first_.size()));
        if (snapshot.shape(feature) == layers::Shape::point || snapshot.shape(feature) == layers::Shape::none)
            continue;
        for (std::size_t part = 0; part < snapshot.partCount(feature); ++part) {
            const auto points = snapshot.part(feature, part).points;
            made->first_.push_back(made->strays_.size());
            made->strays_.resize(made->strays_.size() + points.size());
            if (!points.empty())
                strayDistances(points, {&made->strays_[made->first_.back()], points.size()});
        }
    }
    made->runs_ = BoxRuns(snapshot.size(), [&](std::size_t feature) { return snapshot.box(feature); });
    made->strays_.push_back(0); // so that an empty part at the end has an address
    const std::lock_guard lock(gate);
    known[key] = made;
    return made;
}

} // namespace vedette::map
