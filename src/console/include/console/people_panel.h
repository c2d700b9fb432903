// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "console/people_model.h"
#endif
#include "console/desk.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;

namespace vedette::console {

class Latest;
class SteadyTable;

// Who is on, and a roll call: the same table, in the place of queue and units. What is typed in its line
// leaves those in whose row every word stands (a role, a team, a desk, a name). Down goes into the table,
// Enter shows a unit on the map, Esc leaves.
class PeoplePanel : public QWidget {
    Q_OBJECT
public:
    explicit PeoplePanel(Desk& desk, QWidget* parent = nullptr);
    ~PeoplePanel() override; // waits for the worker
    // `at`: another moment than the one that is shown; `desk`: another than the window's, as a code.
    void showRoster(std::optional<dispatch::Instant> at, const std::string& desk);
    bool showRoll(const std::string& id = {}); // the newest unless said; false: there is none
    void end() { mode_ = Mode::none; }
    PeopleModel& model() { return *model_; }
    QString headline() const;

signals:
    void leave();
    void unitPicked(const vedette::dispatch::UnitId& unit);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Mode { none, roster, roll };
    void build();
    void refresh();
    void make();
    void take(std::vector<PeopleRow> rows, const QString& headline);

    Desk& desk_;
    PeopleModel* model_;
    Latest* maker_;
    SteadyTable* table_ = nullptr;
    QLabel* headline_ = nullptr;
    QLineEdit* filter_ = nullptr;
    Mode mode_ = Mode::none;
    std::optional<dispatch::Instant> at_;
    std::string deskCode_, roll_;
    QElapsedTimer sinceMade_;
    QTimer later_; // until it is made again
};

} // namespace vedette::console
