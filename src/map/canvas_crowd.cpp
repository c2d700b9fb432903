// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas_impl.h"

#include <algorithm>
#include <cmath>

namespace vedette::map {

std::optional<Canvas::Crowd> Canvas::crowdAt(QPointF at) const {
    const OverlayLayout& layout = impl_->laidOut();
    const OverlayLayout::Placed* placed = layout.crowdAt(at);
    if (!placed)
        return {};
    Crowd crowd;
    crowd.at = placed->at;
    for (std::uint32_t i = 0; i < placed->count; ++i)
        crowd.marks.push_back(layout.members[placed->first + i]);
    const auto& marks = impl_->overlay->marks;
    std::sort(crowd.marks.begin(), crowd.marks.end(), [&](auto a, auto b) {
        return marks[a].rank != marks[b].rank ? marks[a].rank > marks[b].rank : a < b;
    });
    for (const auto i : crowd.marks)
        crowd.box.add(marks[i].at);
    return crowd;
}

std::vector<std::uint32_t> Canvas::marksNear(QPointF at, double radius) const {
    const auto& marks = impl_->overlay->marks;
    std::vector<std::pair<double, std::uint32_t>> found;
    for (std::uint32_t i = 0; i < marks.size(); ++i) {
        const QPointF off = impl_->view.mapToView(marks[i].at) - at;
        if (const double away = std::hypot(off.x(), off.y()); away <= radius && !marks[i].id.isEmpty())
            found.emplace_back(away, i);
    }
    std::sort(found.begin(), found.end());
    std::vector<std::uint32_t> result;
    for (const auto& [away, mark] : found)
        result.push_back(mark);
    return result;
}

const Overlay& Canvas::overlay() const {
    return *impl_->overlay;
}

void Canvas::zoomInto(const layers::Box& box) {
    if (box.empty())
        return;
    impl_->hold();
    impl_->look(impl_->view.fitted(box, 0.25), ViewHistory::Step::jump);
}

} // namespace vedette::map
