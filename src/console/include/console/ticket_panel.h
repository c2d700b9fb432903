// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "console/candidate_model.h"
#include "console/ticket_actions.h"
#include "dispatch/road_cost.h"
#endif
#include "console/desk.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;
class QListWidget;
class QToolButton;
class QTextBrowser;
class QHBoxLayout;
class QStackedWidget;

namespace vedette::console {

class StageStrip;
class DeadlineBox;

// The selected ticket: what and where, its road, its deadline, who should go and why, who covers then, what
// was done. Enter takes the best candidate into focus, Enter there sends it, Ctrl+Enter with whoever joins.
class TicketPanel : public QWidget {
    Q_OBJECT
public:
    explicit TicketPanel(Desk& desk, QWidget* parent = nullptr);
    const CandidateModel& candidates() const { return *model_; }
    void focusBest();
    // The candidate in focus, for the map; nullopt when none is.
    std::optional<dispatch::UnitId> proposed() const;
    // The way of proposed(), turn by turn; a list that says the same stays as it is.
    void setWay(const dispatch::RoadCost::Way& way);

signals:
    void sent(); // somebody was sent: the focus goes back to the queue
    void proposedChanged();
    void leave(); // Esc
    void turnChosen(std::optional<vedette::layers::Point> at); // in the list of turns; none: it was folded
    void showOnMap(vedette::dispatch::TicketId ticket);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void build();
    void showTicket();
    void showCandidates();
    void showClock();
    void showRecord();
    void showDeeds();
    void showCover();
    void buildWay(QWidget* page);
    void foldWay();
    void chooseTurn();
    void sendCurrent(bool joined); // joined: with the first of each joint role
    void send(const CandidateRow& row, const std::string& reason, bool joined);
    void reserve(const dispatch::UnitId& unit); // for a scheduled ticket, in the place of sending
    void askOverride(const CandidateRow& row, bool joined);
    void endReasons(int chosen); // by place in the list; -1: given up
    void startDeed(const DeedRow& deed);
    void finishDeed();
    void endPrompt();
    std::optional<dispatch::UnitId> chosenOnIt() const;

    Desk& desk_;
    CandidateModel* model_;
    QStackedWidget* pages_ = nullptr;
    QLabel *title_ = nullptr, *sub_ = nullptr, *words_ = nullptr, *flags_ = nullptr,
           *marks_ = nullptr, *candidatesTitle_ = nullptr, *cover_ = nullptr, *empty_ = nullptr;
    StageStrip* stages_ = nullptr;
    DeadlineBox* deadline_ = nullptr;
    QListView* list_ = nullptr;
    QLabel* reasonsTitle_ = nullptr;
    QListWidget* reasons_ = nullptr; // why not the first one: in the panel, over nothing
    std::optional<std::pair<CandidateRow, bool>> overriding_;
    QWidget* deedBar_ = nullptr;
    QLineEdit* prompt_ = nullptr;
    QTextBrowser* record_ = nullptr;
    QToolButton* wayTitle_ = nullptr;
    QListWidget* turns_ = nullptr;
    std::vector<layers::RoadStep> steps_;
    std::optional<dispatch::UnitId> wayOf_;
    std::optional<DeedRow> asking_;
    std::optional<dispatch::TicketId> shown_;
    std::uint32_t shownVersion_ = 0;
    bool sending_ = false;
};

} // namespace vedette::console
