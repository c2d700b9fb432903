// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMargins>
#include <QRect>

namespace vedette::console {

// Where a window may stand: what a screen has to give (without panels), less the window manager's frame.
struct Placement {
    QRect inside; // without the frame
    bool maximised = false;
    friend bool operator==(const Placement&, const Placement&) = default;
};

// A window of the wished size in the middle of the first screen; maximised when that is not smaller than the
// screen. `remembered` (null: none) wins: it is moved, and made smaller, until it lies on the screen it
// overlaps most, which is the first when it lies on none.
Placement placedOn(const QList<QRect>& screens, const QMargins& frame, QSize wish, const QRect& remembered);

} // namespace vedette::console
