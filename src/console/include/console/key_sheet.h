// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace vedette::console {

// Every key and every verb on one sheet over the window; any key or click puts it away.
class KeySheet : public QWidget {
    Q_OBJECT
public:
    explicit KeySheet(QWidget* parent);
    void open();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

signals:
    void closed();
};

} // namespace vedette::console
