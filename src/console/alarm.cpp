// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/alarm.h"

#include "console/wording.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vedette::console {

using namespace dispatch;

Alarm::Alarm(Desk& desk, QObject* parent) : QObject(parent), desk_(desk) {
    for (const char* name : {"pw-play", "paplay", "aplay"})
        if (players_.isEmpty())
            players_ = QStandardPaths::findExecutable(QLatin1String(name));
    timer_.setInterval(500);
    connect(&timer_, &QTimer::timeout, this, &Alarm::beat);
    timer_.start();
}

void Alarm::setMuted(std::chrono::minutes span) {
    mutedTill_ = desk_.liveNow() + span;
    desk_.tell(span.count() ? tr("the alarm is silent till %1")
                                  .arg(q(layers::clockLocal(mutedTill_, desk_.city().zone)).left(5))
                            : tr("the alarm sounds again"));
}

bool Alarm::muted() const {
    return desk_.liveNow() < mutedTill_;
}

std::optional<std::chrono::seconds> Alarm::interval(std::chrono::seconds waited, int priority) {
    using std::chrono::seconds;
    const seconds patience{priority <= 1 ? 10 : priority == 2 ? 20 : 45};
    if (waited < patience)
        return std::nullopt;
    if (waited < 3 * patience)
        return seconds(20);
    return waited < 6 * patience ? seconds(10) : seconds(5);
}

double Alarm::loudness(std::chrono::seconds waited, int priority, int raised) {
    const std::chrono::seconds patience{priority <= 1 ? 10 : priority == 2 ? 20 : 45};
    const int steps =
        (waited >= 3 * patience) + (waited >= 6 * patience) + (waited >= 12 * patience) + raised;
    return std::min(1.0, 0.25 + 0.25 * std::max(0, steps));
}

QByteArray Alarm::tone(int priority, double loudness) {
    constexpr int rate = 22050, samples = rate * 35 / 100;
    const double first = priority <= 1 ? 988 : priority == 2 ? 784 : 659;
    QByteArray wav;
    const auto number = [&](std::uint32_t value, int bytes) {
        for (int i = 0; i < bytes; ++i)
            wav.append(static_cast<char>(value >> (8 * i) & 0xFF));
    };
    wav.append("RIFF"), number(36 + samples * 2, 4), wav.append("WAVEfmt "), number(16, 4), number(1, 2),
        number(1, 2);
    number(rate, 4), number(rate * 2, 4), number(2, 2), number(16, 2), wav.append("data"),
        number(samples * 2, 4);
    for (int i = 0; i < samples; ++i) {
        const double at = static_cast<double>(i) / samples;
        const double pitch = at < 0.45 ? first : first * 0.75;
        const double fade = std::sin(std::numbers::pi * std::fmod(at, 0.5) * 2);
        const double value = std::sin(2 * std::numbers::pi * pitch * i / rate) * fade * loudness;
        number(static_cast<std::uint16_t>(static_cast<std::int16_t>(value * 32767)), 2);
    }
    return wav;
}

void Alarm::sound(int priority, double loudness) {
    emit sounding(priority, loudness);
    if (!audible)
        return;
    if (players_.isEmpty()) {
        QApplication::beep();
        return;
    }
    const QString file = QDir::temp().filePath(
        QStringLiteral("vedette-alarm-%1-%2.wav").arg(priority).arg(static_cast<int>(loudness * 100)));
    if (!QFile::exists(file)) {
        QFile out(file);
        if (out.open(QIODevice::WriteOnly))
            out.write(tone(priority, loudness));
    }
    QProcess::startDetached(players_, {file});
}

void Alarm::beat() {
    std::vector<TicketId> calling;
    int gravest = 4;
    std::chrono::seconds shortest{3600};
    const auto now = desk_.liveNow();
    int untaken = 0;
    bool heard = false;
    double loudest = 0;
    // All that waits is seen to wait; what is this desk's to take is heard.
    const auto count = [&](TicketId id, Instant openedAt, int priority, int raised, bool hears) {
        ++untaken;
        const auto waited = std::chrono::duration_cast<std::chrono::seconds>(now - openedAt);
        if (const auto every = interval(waited, priority)) {
            calling.push_back(id);
            if (!hears)
                return;
            heard = true;
            gravest = std::min(gravest, priority);
            shortest = std::min(shortest, *every);
            loudest = std::max(loudest, loudness(waited, priority, raised));
        }
    };
    if (desk_.live()) {
        for (const QueueRow& row : desk_.board().queue)
            if (row.untaken)
                count(row.id, row.openedAt, row.priority, row.raised, row.heard);
    } else { // whoever looks into the past is still on duty
        const State state = desk_.session().state();
        state.forEachOpenTicket([&](const Ticket& ticket) {
            if (needsSending(ticket, now) && desk_.scope().has(ticket, state))
                count(ticket.id, std::max(ticket.openedAt, ticket.begins), ticket.incident.priority,
                      static_cast<int>(ticket.boards.size()), desk_.scope().hears(ticket));
        });
    }
    lit_ = !lit_;
    emit waiting(untaken, muted(), lit_ && !calling.empty());
    if (!desk_.live())
        calling.clear();
    std::sort(calling.begin(), calling.end());
    emit pulsing(calling);
    if (!heard || muted() || now - soundedAt_ < shortest)
        return;
    soundedAt_ = now;
    sound(gravest, loudest);
}

} // namespace vedette::console
