// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace vedette::console {

// One figure of the leader's board, large with its change against the period before, or small on one line. A
// click, Enter or Space asks for the tickets behind it.
class LeaderTile : public QAbstractButton {
    Q_OBJECT
public:
    enum class Size { large, small };
    LeaderTile(const QString& name, Size size, QWidget* parent = nullptr);
    // `mark`: "▲" "▼" "=" or nothing; `worse`: the change calls for a look.
    void setFigure(const QString& figure, const QString& mark = {}, const QString& change = {},
                   bool worse = false, bool alarming = false);
    const QString& figure() const { return figure_; }
    const QString& change() const { return change_; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    Size size_;
    QString figure_, mark_, change_;
    bool worse_ = false, alarming_ = false;
};

} // namespace vedette::console
