// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/store.h"

namespace vedette::dispatch {

// Commands that go into one transaction: each is decided on what those before it will have made of the state,
// and the append rests on what stood before all of them. One thread.
class Batch {
public:
    Batch(State before, const layers::TimeZone& zone) : before_(before), after_(std::move(before)), zone_(zone) {}
    // What it violates; empty: its events are in the append.
    std::vector<Message> add(const Command& command, const Said& said);
    const State& after() const { return after_; }
    Store::Append append{};

private:
    State before_, after_;
    const layers::TimeZone& zone_;
};

} // namespace vedette::dispatch
