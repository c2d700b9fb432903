// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "render_worker.h"

#include <vector>

namespace vedette::map {

// How much of the view an older frame would still show, 0 to 1.
double overlap(const View& frame, const View& view);

// Frames of scales that were left, in few pixels: who turns the wheel back sees them around the frame there is, and
// nothing must be drawn for a scale that is only passed. At most `most` frames of `mostBytes` each. GUI thread.
class KeptFrames {
public:
    static constexpr std::size_t most = 3;
    static constexpr qsizetype mostBytes = 2'500'000; // of one; halved until it has no more

    // A frame that another shows nearly as well isn't kept.
    void keep(const RenderWorker::Frame& frame);
    // Of this scene and angle the one that shows most of the view, of several the finest; null: none shows any.
    const RenderWorker::Frame* best(const View& view, const std::shared_ptr<const Scene>& scene) const;

private:
    std::vector<RenderWorker::Frame> frames_; // the oldest first
};

} // namespace vedette::map
