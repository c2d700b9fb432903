// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/session.h"

#include <QStringList>

#include <vector>

namespace vedette::console {

// What a desk may do with a ticket besides sending somebody: by voice report for a unit, or to the ticket.
enum class TicketDeed {
    accept,
    enroute,
    onscene,
    handled,
    release,
    verify,
    reclassify,
    note,
    call,
    review,
    close,
    giveBack,
    transfer,
    escalate,
    merge,
    cancel,
    reopen,
    feedback,
    schedule,
    hazard,
    rectified,
    passed,
    failed
};

struct DeedRow {
    TicketDeed deed;
    QString name;   // with a mnemonic
    QString ask;    // what to type first; empty: nothing
    bool needsText; // Enter on nothing does nothing
    bool front;     // the likely next step: a button of its own
};

// In the order they are shown. Pure.
std::vector<DeedRow> deedsFor(const dispatch::Ticket& ticket, dispatch::Instant now = {});

// The command of a deed. `unit`: whom a voice report is about (nullopt: the lead). nullopt when the text does
// not make one (merge without a ticket), and for reclassify, which needs the session (reclassified()).
std::optional<dispatch::Command> commandOf(const dispatch::Session& session, TicketDeed deed,
                                           const dispatch::Ticket& ticket,
                                           std::optional<dispatch::UnitId> unit, const QString& text,
                                           dispatch::Instant now = {});
// What the text of such a deed lacks.
layers::Message deedLacks(TicketDeed deed);

// Areas of one kind and level that overlap where an incident is, each as code and name, the most responsible first;
// empty: none do. A grid of a higher level within a lower one is as it should be.
QStringList sharedBy(const dispatch::City& city, layers::LonLat at);

// The city's short list of reasons for not sending the first one, by number keys 1 to 9; stable keys are
// stored, words shown.
struct OverrideReason {
    std::string key;
    QString words;
};
std::vector<OverrideReason> overrideReasons(const layers::Rules& rules);
// What was typed behind "!": a number of the list, a key of it, or words of one's own. Empty: nothing.
std::string overrideReasonMeant(const layers::Rules& rules, std::string_view typed);
// A stored reason as words; a free one as it is.
QString reasonWords(const std::string& key);

} // namespace vedette::console
