// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "console/plan_model.h"
#endif
#include "console/desk.h"

#include <QElapsedTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace vedette::console {

class Latest;
class SteadyTable;

// The plan for all tickets that nobody leads: Space takes a line in or out, Enter accepts those checked one
// after the other, Esc leaves and sends nothing. While it is open, it is made anew as things change, keeping
// what was proposed unless another is clearly better, but not under a pointer or a key; a line that no longer
// holds says so at once.
class PlanPanel : public QWidget {
    Q_OBJECT
public:
    explicit PlanPanel(Desk& desk, QWidget* parent = nullptr);
    ~PlanPanel() override; // waits for the planning to stop
    bool begin();          // false: not now, and said why
    void end();
    PlanModel& model() { return *model_; }
    const dispatch::Plan& plan() const { return plan_; }
    std::vector<const dispatch::Proposal*> openLines() const; // those that may still be sent
    bool planning() const { return planning_; }

signals:
    void leave();
    void changed(); // the lines on the map are others

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void make();
    void take(dispatch::Plan plan, bool last, std::uint64_t round);
    void boardChanged();
    void markLines();
    void showPlan();
    void accept();
    void sendNext();
    const dispatch::Proposal* line(dispatch::TicketId ticket) const;

    Desk& desk_;
    PlanModel* model_;
    SteadyTable* table_ = nullptr;
    QLabel *headline_ = nullptr, *hint_ = nullptr;
    QPushButton *accept_ = nullptr, *all_ = nullptr;
    Latest* maker_;
    dispatch::Plan plan_;
    std::map<dispatch::TicketId, PlanMark> marks_;
    std::vector<dispatch::TicketId> toSend_; // last first
    std::size_t sent_ = 0, refused_ = 0;
    std::atomic<std::uint64_t> round_{0}; // a plan of an older one is given up
    dispatch::Seq plannedOn_ = 0, markedOn_ = 0;
    bool open_ = false, planning_ = false, none_ = true;
    QElapsedTimer sincePlan_;
};

} // namespace vedette::console
