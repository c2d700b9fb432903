// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/desk.h"
#include "console/replay.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace vedette::console {

class TimeTrack;

// The strip at the bottom: bars of recorded events, drag to any past instant, play, step, jump, follow.
class TimelineStrip : public QWidget {
    Q_OBJECT
public:
    TimelineStrip(Desk& desk, Replay& replay, QWidget* parent = nullptr);
    ~TimelineStrip() override;
    void focusJump(); // Ctrl+T

signals:
    void followWanted(bool follow);
    void leave();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void countBars();
    Desk& desk_;
    Replay& replay_;
    Latest* counter_;
    TimeTrack* track_;
    std::chrono::milliseconds wide_ = std::chrono::hours(24);
    QToolButton *back_, *play_, *next_, *speed_, *follow_;
    QLineEdit* jump_;
    QLabel *from_, *at_;
};

} // namespace vedette::console
