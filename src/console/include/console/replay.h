// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/desk.h"

#include <QObject>
#include <QTimer>

namespace vedette::console {

class Latest;

// Plays the journal: moves the desk's moment, by itself at a speed, or event by event. It stops at the
// last event; going back to live is the person's to say.
class Replay : public QObject {
    Q_OBJECT
public:
    explicit Replay(Desk& desk, QObject* parent = nullptr);
    ~Replay() override;
    static const std::vector<double>& speeds(); // 0.25 .. 60
    double speed() const { return speed_; }
    bool playing() const { return timer_.isActive(); }
    void setSpeed(double speed);
    void faster(int steps);
    void play(bool playing);
    void jump(dispatch::Instant at); // inside the journal's span
    // A time as `parse` reads it, or a ticket: to the moment it was opened, and selects it. False: neither,
    // said why.
    bool jumpTo(const QString& text);
    void step(int events); // to the next or the previous event
    // "02:14", "02:14:07" on the day that is shown, or "2026-11-22 02:14:07"; nullopt: no time.
    static std::optional<dispatch::Instant> parse(const QString& text, dispatch::Instant shown,
                                                  const layers::TimeZone& zone);

signals:
    void changed();

private:
    void tick();
    Desk& desk_;
    Latest* stepper_;
    QTimer timer_;
    double speed_ = 1;
    dispatch::Instant at_{}, tickedAt_{};
};

} // namespace vedette::console
