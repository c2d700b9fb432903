// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/view.h"

#include <chrono>
#include <optional>
#include <vector>

namespace vedette::map {

// The views that were looked at, as values. Steps of one kind that follow each other within `oneGesture` are
// one entry: a turn of the wheel, a run of arrow keys, a camera that follows a unit.
class ViewHistory {
public:
    enum class Step { jump, wheel, keyZoom, keyPan, turn, follow };
    using Clock = std::chrono::steady_clock;

    // Called with the view that is being left.
    void leave(const View& current, Step step, Clock::time_point now);
    std::optional<View> previous(const View& current);
    std::optional<View> next(const View& current);

private:
    static constexpr std::size_t longest = 200;
    static constexpr std::chrono::milliseconds oneGesture{700};
    std::vector<View> before_, after_;
    Step last_ = Step::jump;
    Clock::time_point lastAt_{};
};

} // namespace vedette::map
