// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/desk.h"

#include <QWidget>

namespace vedette::console {

// The shift in four figures.
class ShiftPanel : public QWidget {
    Q_OBJECT
public:
    explicit ShiftPanel(Desk& desk, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Desk& desk_;
};

} // namespace vedette::console
