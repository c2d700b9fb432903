// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "layers/measure.h"
#endif
#include "console/desk.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;

namespace vedette::map {
class Canvas;
}

namespace vedette::console {

// A strip at the edge of the map while something is measured: clicks add places, the pointer is the next one.
// By keys: the arrows move the map, Space adds its middle. Backspace takes the last place back, A turns
// between the way and the area, Enter ends what is measured and leaves it standing, Ctrl+C copies it, Esc
// leaves.
class MeasureStrip : public QWidget {
    Q_OBJECT
public:
    MeasureStrip(Desk& desk, map::Canvas& canvas, QWidget* parent);
    bool active() const { return isVisibleTo(parentWidget()); }
    void begin(bool area, std::optional<layers::Point> first = {});
    void end();
    void add(layers::Point at);
    bool area() const;
    // Of the places and, while it is open, the one that follows the pointer.
    layers::Measured measured() const;
    QString words() const; // as it stands in the strip, and as it is copied

signals:
    void begun(bool active);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    std::vector<layers::Point> places() const;
    void follow(std::optional<layers::Point> at);
    void change();
    void finish();
    void copy();

    Desk& desk_;
    map::Canvas& canvas_;
    QLabel* told_;
    QPushButton *area_, *copy_, *done_;
    std::vector<layers::Point> points_;
    std::optional<layers::Point> next_; // under the pointer, or the middle of the map
    bool open_ = true, byKeys_ = false;
};

} // namespace vedette::console
