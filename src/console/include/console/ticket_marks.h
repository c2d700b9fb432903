// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/state.h"
#include "layers/instant.h"

#include <QString>
#include <QStringList>

namespace vedette::console {

// What of the closed loop a ticket shows, in words; all pure.

// "14:30" on the same day, else "03-15 14:30", of another year with it.
QString momentText(dispatch::Instant at, dispatch::Instant now, const layers::TimeZone& zone);

// A line each: when it begins and who is reserved, what is still to be answered, who may not review, its
// hazard, its sweep ("S1 fire check 3/12").
QStringList ticketMarks(const dispatch::State& state, const dispatch::Ticket& ticket, dispatch::Instant now,
                        const layers::TimeZone& zone);
// One short word for the queue behind the stage; empty: nothing out of the ordinary.
QString queueMark(const dispatch::Ticket& ticket, dispatch::Instant now, const layers::TimeZone& zone);
// "S1 fire check 3/12"
QString sweepText(const dispatch::State& state, const dispatch::Sweep& sweep);

// Puts times and reasons that the record keeps as facts into words.
void wordRecord(layers::Message& what, const layers::TimeZone& zone);
// ", suburb"; empty where no class is known
QString classText(const dispatch::Duty& duty);

} // namespace vedette::console
