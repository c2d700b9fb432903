// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "console/leader_count.h"
#include "console/leader_table.h"
#endif
#include "console/desk.h"

#include <QElapsedTimer>
#include <QWidget>

class QBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace vedette::console {

class HourChart;
class IntervalChart;
class Latest;
class LeaderTile;
class SteadyTable;

// The leader's board: the operating figures of a period, of what the desk of this window has before it. Counted
// on a worker and taken over whole; while it is open it follows events. Whatever is picked asks for the tickets
// behind it.
class LeaderPage : public QWidget {
    Q_OBJECT
public:
    explicit LeaderPage(Desk& desk, QWidget* parent = nullptr);
    ~LeaderPage() override; // waits for the count that is running
    bool begin(const QString& period = {}); // false: no period, said why; empty: the one before
    void end();
    const std::optional<LeaderFigures>& shown() const { return shown_; }
    const LeaderCount& counter() const { return *count_; }
    bool settled() const;

signals:
    void leave();
    // Rows of the tickets behind a figure, what it is in words, and how many there are in truth.
    void ticketsWanted(const std::vector<vedette::console::QueueRow>& rows, const QString& what, qulonglong all);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Grouped {
        SteadyTable* table = nullptr;
        LeaderTableModel* model = nullptr;
        dispatch::GroupBy by = dispatch::GroupBy::level;
        std::vector<std::pair<dispatch::GroupBy, QPushButton*>> choices;
    };
    void build();
    QWidget* buildTiles();
    QWidget* buildPeriods();
    QWidget* buildTable(Grouped& into, std::initializer_list<dispatch::GroupBy> choices);
    void setPeriod(const QString& text);
    void choose(Grouped& table, dispatch::GroupBy by);
    void count();
    void take(const LeaderFigures& figures);
    void showTiles();
    void showTable(Grouped& table);
    void showSlowest();
    void want(const dispatch::KpiPick& pick, const QString& what);
    void wantCell(const Grouped& table, int row, int column);
    LeaderQuestion question(const dispatch::KpiPeriod& period, dispatch::Instant now) const;
    QString whatText(dispatch::KpiPick::What what) const;

    Desk& desk_;
    QString said_; // the period, as it was said
    std::unique_ptr<LeaderCount> count_;
    Latest* maker_;
    std::optional<LeaderFigures> shown_;
    QLabel *headline_ = nullptr, *slowest_ = nullptr, *note_ = nullptr;
    QLineEdit* typed_ = nullptr;
    std::vector<std::pair<QString, QPushButton*>> periods_;
    std::vector<std::pair<dispatch::KpiPick, LeaderTile*>> tiles_; // the large ones first
    IntervalChart* intervals_ = nullptr;
    HourChart* hours_ = nullptr;
    Grouped levels_, stations_, categories_;
    QTimer again_;
    bool open_ = false;
};

} // namespace vedette::console
