// SPDX-License-Identifier: GPL-3.0-or-later
#include "glide.h"

#include <algorithm>
#include <cmath>

namespace vedette::map {

namespace {

constexpr double tau = 0.325;                    // seconds
constexpr double slowest = 180, fastest = 5000;  // pixels a second: less is a hand that sets the map down
constexpr double stopsBelow = 12;                // pixels a second
constexpr quint64 remembered = 100, rested = 60; // milliseconds

} // namespace

void Glide::begin(QPointF at, quint64 milliseconds) {
    samples_.assign(1, {at, milliseconds});
}

void Glide::moved(QPointF at, quint64 milliseconds) {
    std::erase_if(samples_, [&](const Sample& one) { return one.milliseconds + remembered < milliseconds; });
    samples_.push_back({at, milliseconds});
}

QPointF Glide::velocity(quint64 milliseconds) const {
    if (samples_.size() < 2)
        return {};
    const Sample &first = samples_.front(), &last = samples_.back();
    if (last.milliseconds <= first.milliseconds || milliseconds > last.milliseconds + rested)
        return {};
    const QPointF velocity = (last.at - first.at) * (1000.0 / double(last.milliseconds - first.milliseconds));
    const double speed = std::hypot(velocity.x(), velocity.y());
    if (speed < slowest)
        return {};
    return velocity * (std::min(speed, fastest) / speed);
}

QPointF Glide::travelled(QPointF velocity, double seconds) {
    return velocity * (tau * (1 - std::exp(-seconds / tau)));
}

bool Glide::over(QPointF velocity, double seconds) {
    return std::hypot(velocity.x(), velocity.y()) * std::exp(-seconds / tau) < stopsBelow;
}

} // namespace vedette::map
