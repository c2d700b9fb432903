// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "dispatch/past_choice.h"
#include "layers/statistics.h"
#endif

#include <QWidget>

namespace vedette::console {

// Seven days of 24 hours, each cell as deep as often something happens then: incidents an hour, counted over as many of
// these hours as the period has, since ten days have two Mondays and one Thursday. And the chooser of those that are meant: a click
// takes a cell in or out, one on a day or an hour its row or column, dragging goes over many; the first on a whole
// week leaves that alone. Keys: arrows, Space; Delete: the whole week again.
class WeekClock : public QWidget {
    Q_OBJECT
public:
    explicit WeekClock(QWidget* parent = nullptr);
    // `hours`: how many of each the period has.
    void setCounts(const layers::WeekClock& counts, const std::array<double, 168>& hours);
    double rate(std::size_t cell) const; // incidents an hour; 0 where the period has none of it
    void setChosen(const dispatch::WeekHours& hours);
    const dispatch::WeekHours& chosen() const { return chosen_; }
    const layers::WeekClock& counts() const { return counts_; }
    QRectF cellBox(int day, int hour) const;
    // day,hour,count,hours,rate,chosen; a header line; days 1 to 7, Monday first.
    QString csv() const;
    QSize sizeHint() const override { return {430, 230}; }
    QSize minimumSizeHint() const override { return {260, 150}; }

signals:
    void choosing(); // at each cell of a drag
    void chosenChanged(); // at its end

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    std::vector<int> cellsAt(QPointF at) const; // none, one, a row, a column or all
    void take(const std::vector<int>& cells);
    layers::WeekClock counts_{};
    std::array<double, 168> hours_{};
    dispatch::WeekHours chosen_ = dispatch::allWeek();
    bool setting_ = true, dragging_ = false;
    int at_ = 0; // of the keys
};

} // namespace vedette::console
