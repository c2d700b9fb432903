// SPDX-License-Identifier: GPL-3.0-or-later
// The audit thread: opening verified the journal from its last sealed block on; here the rest of the chain is
// looked at, from the first event, a slice at a time and behind everybody else.
#include "journal_chain.h"
#include "live_session.h"

#include "dispatch/journal_url.h"

#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

namespace vedette::dispatch {

namespace {

constexpr Seq slice = 2000;
constexpr auto rest = std::chrono::milliseconds(25);

} // namespace

void LiveSession::runAudit() {
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), 19); // Linux: of this thread alone
    const auto pause = [this](std::chrono::milliseconds span) {
        std::unique_lock lock(auditGate_);
        return !auditWake_.wait_for(lock, span, [this] { return stopping_.load(); });
    };
    if (!pause(options_.auditAfter))
        return;
    auto store = openReader();
    if (!store)
        return; // the session's own store will have said why
    const Seq last = store.value()->lastSeq();
    for (Seq from = 1; from <= last; from += slice) {
        const auto verified = store.value()->verify(from, std::min(last, from + slice - 1));
        if (!verified.ok())
            return;
        const Store::Verified& found = verified.value();
        {
            const std::lock_guard lock(healthGate_);
            health_.audit.checked = found.checked;
            health_.audit.done = !found.ok || from + slice > last;
            if (!found.ok)
                health_.audit.broken = brokenChain(journalUrl(city_->workspace, options_.mode), found);
        }
        if (!found.ok)
            return markChanged();
        if (!pause(rest))
            return;
    }
    store.value().reset();
    malloc_trim(0); // a million events went through; what they needed goes back to the system
}

} // namespace vedette::dispatch
