// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/desk.h"

#include <QObject>
#include <QTimer>

#include <vector>

namespace vedette::console {

// Makes itself heard for what nobody has taken: the longer it waits, the more often and the louder. At the
// desk that has it, and at every desk further up once it was escalated there (Scope::hears). The pulse is
// always to be seen, the sound may be muted for a while. The sound is a WAV made here, played by whichever of
// paplay, pw-play or aplay is installed; without one, the bell. No library is linked for it.
class Alarm : public QObject {
    Q_OBJECT
public:
    explicit Alarm(Desk& desk, QObject* parent = nullptr);
    void setMuted(std::chrono::minutes span);
    bool muted() const;
    bool audible = true; // false: seen only

    // How long until the next sound for a ticket that has waited `waited` seconds; nullopt: not yet.
    static std::optional<std::chrono::seconds> interval(std::chrono::seconds waited, int priority);
    // How loud, 0.25 to 1: it grows with the patience that is used up, and with each desk that heard of it.
    static double loudness(std::chrono::seconds waited, int priority, int raised);
    // Two soft tones, 16 bit mono, 0.35 s.
    static QByteArray tone(int priority, double loudness = 0.35);

signals:
    void waiting(int count, bool muted, bool beat);
    void pulsing(const std::vector<vedette::dispatch::TicketId>& tickets); // ascending
    void sounding(int priority, double loudness); // now; whether or not somebody listens

private:
    Q_INVOKABLE void beat();
    void sound(int priority, double loudness);
    Desk& desk_;
    QTimer timer_;
    dispatch::Instant mutedTill_{}, soundedAt_{};
    bool lit_ = false;
    QString players_;
};

} // namespace vedette::console
