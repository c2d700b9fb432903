// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QVBoxLayout;
class QWidget;

namespace vedette::console {

// The column of a panel that scrolls where it has less room than its content wants, so that the panel asks
// for no height of its own: a low screen must not be asked for more than it has.
QVBoxLayout* scrolledColumn(QWidget* panel);

} // namespace vedette::console
