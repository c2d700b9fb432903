// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace vedette::console {

// The symbols of roles and of incidents with their words, as map and tables show them, in two columns. Drawn from the
// symbols in use (shapes.h); update() when those change.
class SymbolLegend : public QWidget {
    Q_OBJECT
public:
    explicit SymbolLegend(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace vedette::console
