// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QObject;
class QVBoxLayout;
class QWidget;

namespace vedette::console {

// The column of a panel that scrolls where it has less room than its content wants, so that the panel asks
// for no height of its own: a low screen must not be asked for more than it has.
QVBoxLayout* scrolledColumn(QWidget* panel);

// While `lives`: in what scrolls, the wheel changes a choice, a number or a slider only where it has the
// focus. Who scrolls a form would else change what the pointer comes to lie on.
void keepWheelFromFields(QObject* lives);

} // namespace vedette::console
