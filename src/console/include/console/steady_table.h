// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>
#include <QTimer>

#include <functional>

namespace vedette::console {

// A table whose rows stay put while they are used: `hold(true)` while the pointer is over it, its menu is
// open or a key moved in it less than four seconds ago, then `hold(false)`.
class SteadyTable : public QTableView {
    Q_OBJECT
public:
    SteadyTable(std::function<void(bool)> hold, QWidget* parent = nullptr);
    bool held() const { return pointer_ || quiet_.isActive(); }
    void decide();                          // holds or lets go, as things stand
    void setEmptyText(const QString& text); // what would fill it and how
    int selectedRow() const;
    void selectQuietly(int row); // without `picked`; -1: none

signals:
    void picked(int row);       // by click or by the arrows
    void activatedRow(int row); // Enter or double click

protected:
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void mousePressEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    std::function<void(bool)> hold_;
    QTimer quiet_;
    bool pointer_ = false, silent_ = false;
    QString emptyText_;
};

} // namespace vedette::console
