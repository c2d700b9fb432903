// SPDX-License-Identifier: GPL-3.0-or-later
#include "view_history.h"

namespace vedette::map {

void ViewHistory::leave(const View& current, Step step, Clock::time_point now) {
    const bool endless = step == Step::follow; // a camera may follow for minutes: still one entry
    const bool same =
        step != Step::jump && step == last_ && !before_.empty() && (endless || now - lastAt_ <= oneGesture);
    last_ = step;
    lastAt_ = now;
    after_.clear();
    if (same || (!before_.empty() && before_.back() == current))
        return;
    before_.push_back(current);
    if (before_.size() > longest)
        before_.erase(before_.begin());
}

std::optional<View> ViewHistory::previous(const View& current) {
    if (before_.empty())
        return std::nullopt;
    const View view = before_.back();
    before_.pop_back();
    after_.push_back(current);
    last_ = Step::jump;
    return view;
}

std::optional<View> ViewHistory::next(const View& current) {
    if (after_.empty())
        return std::nullopt;
    const View view = after_.back();
    after_.pop_back();
    before_.push_back(current);
    last_ = Step::jump;
    return view;
}

} // namespace vedette::map
