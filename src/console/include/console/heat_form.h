// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "console/risk_surface.h"
#endif
#include "console/desk.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDateEdit;
class QDoubleSpinBox;
class QSpinBox;

namespace vedette::console {

// What the risk surface is made of, field by field. Hours of the week are chosen elsewhere and kept as they are.
class HeatForm : public QWidget {
    Q_OBJECT
public:
    explicit HeatForm(Desk& desk, QWidget* parent = nullptr);
    void setChoice(const HeatChoice& choice); // without `changed`
    const HeatChoice& choice() const { return choice_; }

signals:
    void changed();

private:
    void read(bool fit = false);
    void showDates();
    Desk& desk_;
    HeatChoice choice_;
    QComboBox *period_, *category_, *kernel_;
    QDateEdit *from_, *till_; // `till_`: the last day, whole
    QSpinBox *bandwidth_, *halfLife_;
    QCheckBox* bySeverity_;
    QDoubleSpinBox* scale_;
    bool filling_ = false;
};

} // namespace vedette::console
