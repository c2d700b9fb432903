// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "journal_kit.h"

#include <algorithm>
#include <array>
#include <sched.h>
#include <sys/mman.h>
#include <sys/wait.h>

namespace vedette::dispatch::kit {

struct RaceResult {
    bool ended = false; // both came to the end
    std::array<int, 2> wins{};
    int exactlyOne = 0; // rounds that exactly one won
};

// Two processes append to ticket T1001, each round on the same version of it: at most one can be right. In
// each round both wait, inside append and before the lock, until the other is there too: neither has a start
// of the other, and neither is through before the other has begun.
inline RaceResult raceForTicket(const Folder& folder, int rounds) {
    struct Shared {
        std::atomic<int> arrived{0};
        std::atomic<bool> over{false};
    };
    using Won = std::array<bool, 2>; // of one round
    const std::size_t size = sizeof(Shared) + static_cast<std::size_t>(rounds) * sizeof(Won);
    void* const memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return {};
    auto* const shared = new (memory) Shared;
    auto* const won = reinterpret_cast<Won*>(shared + 1);

    // What a child says about itself is its exit status: 0 when it came to the end.
    const auto run = [&](std::size_t who) {
        int appends = 0;
        StoreOptions options;
        options.entropy = [&](std::span<std::uint8_t> salt) { // asked for once by each append
            std::ranges::fill(salt, std::uint8_t{1});
            ++shared->arrived;
            while (shared->arrived < 2 * appends && !shared->over)
                sched_yield();
        };
        auto store = open(folder, std::make_shared<HandClock>(), options);
        if (!store)
            return 3;
        for (int i = 0; i < rounds && !shared->over; ++i) {
            ++appends;
            const auto done = store->append({{event(EntryAdded{{1001}, EntryKind::note, "note", {}},
                                                    std::to_string(who) + "-" + std::to_string(i))},
                                             {{"ticket/T1001", static_cast<std::uint32_t>(i + 1)}},
                                             {},
                                             false});
            if (!done.ok())
                return 4;
            won[i][who] = !done.value().conflict;
        }
        return 0;
    };
    for (const std::size_t who : {0U, 1U})
        if (fork() == 0)
            _exit(run(who));
    RaceResult result;
    result.ended = true;
    for (int left = 2, status = 0; left > 0 && wait(&status) > 0; --left)
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
            shared->over = true; // or the other would wait for ever
            result.ended = false;
        }
    for (int i = 0; result.ended && i < rounds; ++i) {
        result.wins[0] += won[i][0];
        result.wins[1] += won[i][1];
        result.exactlyOne += won[i][0] != won[i][1];
    }
    munmap(memory, size);
    return result;
}

} // namespace vedette::dispatch::kit
