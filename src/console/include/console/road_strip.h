// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "console/road_words.h"
#endif
#include "console/desk.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace vedette::map {
class Canvas;
}

namespace vedette::console {

// A strip at the edge of the map, while a closure is being drawn: clicks on the map add places, Enter goes on
// to speed, end and reason, Enter there closes, Backspace takes the last place back, Esc leaves.
class RoadStrip : public QWidget {
    Q_OBJECT
public:
    RoadStrip(Desk& desk, map::Canvas& canvas, QWidget* parent);
    bool active() const { return isVisibleTo(parentWidget()); }
    void begin(std::optional<layers::Point> first = {});
    void end();
    void add(layers::Point at);

    const std::optional<RestrictedShown>& shown() const { return shown_; } // what would be closed

signals:
    void drawn(); // shown() has changed
    void begun(bool active);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    std::optional<dispatch::RestrictRoad> command(layers::Message* why = nullptr) const;
    bool nothingMeant(const dispatch::RoadRestricted& road) const;
    void change();
    void finish();

    Desk& desk_;
    map::Canvas& canvas_;
    QLabel* told_;
    QPushButton *area_, *close_;
    QSpinBox* speed_;
    QLineEdit *until_, *reason_;
    std::vector<layers::Point> points_;
    std::optional<RestrictedShown> shown_;
};

} // namespace vedette::console
