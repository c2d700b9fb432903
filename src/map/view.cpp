// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/view.h"

#include <algorithm>
#include <cassert>

namespace vedette::map {

layers::Box View::extent() const {
    layers::Box box;
    box.add(viewToMap({0, 0}));
    box.add(viewToMap({double(size.width()), double(size.height())}));
    return box;
}

View View::zoomedAt(QPointF at, double factor) const {
    assert(factor > 0);
    View next = *this;
    next.metresPerPixel = metresPerPixel / factor;
    const double dx = at.x() - size.width() / 2.0, dy = at.y() - size.height() / 2.0;
    next.centre.x += dx * (metresPerPixel - next.metresPerPixel);
    next.centre.y -= dy * (metresPerPixel - next.metresPerPixel);
    return next;
}

View View::pannedBy(QPointF delta) const {
    View next = *this;
    next.centre.x -= delta.x() * metresPerPixel;
    next.centre.y += delta.y() * metresPerPixel;
    return next;
}

View View::fitted(const layers::Box& box, double margin) const {
    if (box.empty() || size.isEmpty())
        return *this;
    View next = *this;
    next.centre = box.centre();
    const double inner = std::max(0.05, 1 - 2 * margin);
    const double needed =
        std::max(box.width() / (size.width() * inner), box.height() / (size.height() * inner));
    // A box that is one point keeps the scale: there is nothing to fit but the place.
    if (needed > 0)
        next.metresPerPixel = needed;
    return next;
}

} // namespace vedette::map
