// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QtGlobal>

#include <vector>

namespace vedette::map {

// A map that is let go in motion goes on for a moment. Collects where the hand was, in logical pixels and the
// milliseconds of its events (0: unknown); says how fast it was, and how far the map still goes.
class Glide {
public:
    void begin(QPointF at, quint64 milliseconds);
    void moved(QPointF at, quint64 milliseconds);
    // Logical pixels a second when the hand lets go; nothing where it had come to rest, or was slow.
    QPointF velocity(quint64 milliseconds) const;

    // Speed falls off as exp(-t / tau): in all the map goes tau seconds of its speed at the start.
    static QPointF travelled(QPointF velocity, double seconds);
    static bool over(QPointF velocity, double seconds);

private:
    struct Sample {
        QPointF at;
        quint64 milliseconds;
    };
    std::vector<Sample> samples_; // of the last moments
};

} // namespace vedette::map
