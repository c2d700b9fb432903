// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/replay.h"

#include "console/latest.h"
#include "console/wording.h"

#include <algorithm>

namespace vedette::console {

using namespace dispatch;

Replay::Replay(Desk& desk, QObject* parent) : QObject(parent), desk_(desk), stepper_(new Latest(this)) {
    timer_.setInterval(100);
    connect(&timer_, &QTimer::timeout, this, &Replay::tick);
    connect(&desk_, &Desk::liveChanged, this, [this](bool live) {
        if (live)
            timer_.stop();
        emit changed();
    });
}

Replay::~Replay() {
    delete stepper_;
}

const std::vector<double>& Replay::speeds() {
    static const std::vector<double> all{0.25, 0.5, 1, 2, 4, 8, 15, 30, 60};
    return all;
}

void Replay::setSpeed(double speed) {
    speed_ = std::clamp(speed, speeds().front(), speeds().back());
    emit changed();
}

void Replay::faster(int steps) {
    const auto found = std::lower_bound(speeds().begin(), speeds().end(), speed_);
    const auto at = std::clamp<std::ptrdiff_t>(found - speeds().begin() + steps, 0,
                                               static_cast<std::ptrdiff_t>(speeds().size()) - 1);
    setSpeed(speeds()[static_cast<std::size_t>(at)]);
}

void Replay::play(bool playing) {
    if (playing == this->playing())
        return;
    if (playing) {
        if (desk_.live()) {
            const auto span = desk_.session().span();
            jump(std::max(span.from, desk_.liveNow() - std::chrono::minutes(10)));
        }
        at_ = desk_.now();
        tickedAt_ = desk_.liveNow();
        timer_.start();
    } else {
        timer_.stop();
    }
    emit changed();
}

void Replay::jump(Instant at) {
    const auto span = desk_.session().span();
    at_ = std::clamp(at, span.from, std::max(span.from, desk_.liveNow()));
    tickedAt_ = desk_.liveNow();
    desk_.showPast(at_);
    emit changed();
}

bool Replay::jumpTo(const QString& text) {
    std::optional<Instant> at;
    if (const auto id = ticketId(s(text.trimmed().toUpper()));
        id && text.trimmed().startsWith(u'T', Qt::CaseInsensitive)) {
        const State now = desk_.session().state();
        const Ticket* ticket = now.ticket(*id);
        if (!ticket) {
            desk_.tell(say({"ticketUnknown", {{"ticket", toString(*id)}}}), Desk::Tone::refused);
            return false;
        }
        at = ticket->openedAt;
        desk_.selectTicket(*id);
    } else {
        at = parse(text, desk_.now(), desk_.city().zone);
    }
    if (!at) {
        desk_.tell(say({"timeUnreadable", {{"text", s(text)}}}), Desk::Tone::refused);
        return false;
    }
    play(false);
    jump(*at);
    return true;
}

void Replay::tick() {
    const Instant now = desk_.liveNow();
    const auto passed = now - tickedAt_;
    tickedAt_ = now;
    at_ += std::chrono::milliseconds(static_cast<long long>(static_cast<double>(passed.count()) * speed_));
    const Instant end = desk_.session().span().till;
    if (at_ >= end) {
        at_ = end;
        timer_.stop();
    }
    desk_.showPast(at_);
    emit changed();
}

void Replay::step(int events) {
    timer_.stop();
    const Instant from = desk_.now();
    stepper_->run([this, events, from, &session = desk_.session()]() -> Latest::Delivery {
        auto reader = session.openReader();
        if (!reader)
            return
                [this, problem = reader.problem()] { desk_.tell(say(problem.message), Desk::Tone::refused); };
        Store& store = *reader.value();
        const Seq here = store.seqAt(from);
        // Backwards: the event that made this moment is undone by showing the one before it.
        const Seq wanted = events > 0                         ? here + static_cast<Seq>(events)
                           : here > static_cast<Seq>(-events) ? here - static_cast<Seq>(-events)
                                                              : 1;
        auto read = store.read(std::min(wanted, store.lastSeq()), 1);
        if (!read || read.value().empty())
            return {};
        return [this, at = read.value().front().envelope.recordedAt] { jump(at); };
    });
}

std::optional<Instant> Replay::parse(const QString& text, Instant shown, const layers::TimeZone& zone) {
    const QString trimmed = text.trimmed();
    if (trimmed.contains(u'-') || trimmed.contains(u'/') || trimmed.contains(u'T'))
        return layers::parseTime(s(trimmed), zone);
    const auto parts = trimmed.split(u':');
    if (parts.size() < 2 || parts.size() > 3)
        return std::nullopt;
    auto local = zone.local(shown);
    local.millisecond = 999; // the whole of that second has happened
    int* const fields[] = {&local.hour, &local.minute, &local.second};
    local.second = 0;
    for (int i = 0; i < parts.size(); ++i) {
        bool number = false;
        *fields[i] = parts[i].toInt(&number);
        if (!number || *fields[i] < 0 || *fields[i] > (i ? 59 : 23))
            return std::nullopt;
    }
    Instant at = zone.instant(local);
    if (at > shown + std::chrono::hours(12)) // "23:50" shortly after midnight means last night
        at -= std::chrono::hours(24);
    return at;
}

} // namespace vedette::console
