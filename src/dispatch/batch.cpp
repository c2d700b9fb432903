// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch.h"

namespace vedette::dispatch {

std::vector<Message> Batch::add(const Command& command, const Said& said) {
    Decision decision = decide(after_, command, said, zone_);
    if (!decision.violations.empty())
        return std::move(decision.violations);
    for (const auto& [stream, version] : decision.read)
        append.read.try_emplace(stream, before_.version(stream));
    for (Event& event : decision.events) {
        event.envelope.version = after_.version(event.envelope.stream) + 1;
        event.envelope.seq = after_.seq() + 1;
        after_ = apply(std::move(after_), event);
        append.events.push_back(std::move(event));
    }
    return {};
}

} // namespace vedette::dispatch
