// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/placement.h"

#include <algorithm>

namespace vedette::console {

Placement placedOn(const QList<QRect>& screens, const QMargins& frame, QSize wish, const QRect& remembered) {
    if (screens.isEmpty())
        return {QRect(QPoint(), wish), false};
    const auto common = [&](const QRect& screen) {
        const QRect part = screen.intersected(remembered);
        return part.isEmpty() ? 0LL : static_cast<long long>(part.width()) * part.height();
    };
    QRect screen = screens.front();
    for (const QRect& other : screens)
        if (common(other) > common(screen))
            screen = other;
    const QRect room = screen.marginsRemoved(frame);
    const QSize size = remembered.isNull() ? wish : remembered.size();
    if (size.width() >= room.width() && size.height() >= room.height())
        return {room, true};
    // Too tall or too wide alone: a window that was arranged is cut to size, one that wasn't takes it all.
    if (remembered.isNull() && (size.width() > room.width() || size.height() > room.height()))
        return {room, true};
    QRect inside(remembered.isNull() ? QPoint() : remembered.topLeft(), size.boundedTo(room.size()));
    if (remembered.isNull())
        inside.moveCenter(room.center());
    inside.moveLeft(std::clamp(inside.left(), room.left(), room.right() - inside.width() + 1));
    inside.moveTop(std::clamp(inside.top(), room.top(), room.bottom() - inside.height() + 1));
    return {inside, false};
}

} // namespace vedette::console
