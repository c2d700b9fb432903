// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "dispatch/kpi_groups.h"
#endif

#include <QtCharts/QChartView>

class QBarCategoryAxis;
class QBarSet;
class QValueAxis;
class QAbstractBarSeries;

namespace vedette::console {

// A chart of the leader's board: no animation, no shadow, no frame, the theme's colours; what a bar means
// stands beside it in words. The arrows go from bar to bar, Enter or a click asks for the tickets behind it.
class LeaderChart : public QChartView {
    Q_OBJECT
public:
    explicit LeaderChart(const QString& title, QWidget* parent = nullptr);
    int current() const { return current_; }
    void setCurrent(int bar);

signals:
    void picked(int bar);

protected:
    virtual int bars() const = 0;
    virtual int barAt(QPointF at) const = 0; // -1: none
    virtual QRectF barBox(int bar) const = 0;
    virtual QString barText(int bar) const = 0;
    virtual int stepped(int bar, int key) const = 0; // where an arrow leads
    virtual void restyle() = 0;
    virtual void layPlot() = 0;
    void drawTitle(QPainter& painter) const;
    void plot(const QRectF& area);

    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    QString title_;
    int current_ = 0;
};

// Sign-for, turn-out and feedback, each as one bar of five buckets; bar = 5 * interval + bucket.
class IntervalChart : public LeaderChart {
    Q_OBJECT
public:
    explicit IntervalChart(QWidget* parent = nullptr);
    void setFigures(const dispatch::Kpi& kpi);
    static QString name(std::size_t interval);
    static QString bucketText(std::size_t interval, std::size_t bucket); // "30-60 s", ">180 s"

protected:
    int bars() const override { return 15; }
    int barAt(QPointF at) const override;
    QRectF barBox(int bar) const override;
    QString barText(int bar) const override;
    int stepped(int bar, int key) const override;
    void restyle() override;
    void layPlot() override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;

private:
    double rowMiddle(std::size_t interval) const;
    std::size_t total(std::size_t interval) const;
    QAbstractBarSeries* series_;
    QBarSet* sets_[5];
    std::vector<std::size_t> counts_[3];
    std::optional<std::chrono::seconds> medians_[3];
};

// Opened and closed at each hour of the day; bar = 2 * hour + (0 opened, 1 closed).
class HourChart : public LeaderChart {
    Q_OBJECT
public:
    explicit HourChart(QWidget* parent = nullptr);
    void setFigures(const dispatch::KpiBoard& board);

protected:
    int bars() const override { return 48; }
    int barAt(QPointF at) const override;
    QRectF barBox(int bar) const override;
    QString barText(int bar) const override;
    int stepped(int bar, int key) const override;
    void restyle() override;
    void layPlot() override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;

private:
    QAbstractBarSeries* series_;
    QBarSet *opened_, *closed_;
    QValueAxis* upright_;
    std::array<std::size_t, 24> counts_[2]{};
};

} // namespace vedette::console
