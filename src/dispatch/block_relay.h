// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event_block.h"

#include <array>
#include <condition_variable>
#include <functional>
#include <mutex>

namespace vedette::dispatch {

// Reads blocks on a thread of its own and folds them, in order, on the caller's; returns when both are
// through. fill(block) gets a cleared block and returns false when nothing comes behind what it put there.
// What fits one block stays on the caller's thread.
void relayBlocks(const std::function<bool(EventBlock&)>& fill, const std::function<void(EventBlock&)>& each);

// What they share. Decoding falls to whoever would wait otherwise: the reader when it is as far ahead as it
// may be, the folder when the next block isn't decoded yet.
class BlockRelay {
public:
    void read(const std::function<bool(EventBlock&)>& fill);
    void fold(const std::function<void(EventBlock&)>& each);
    void stop(); // the reader comes to its end soon, whatever is left

private:
    enum class Stage { empty, raw, decoding, decoded };
    struct Slot {
        EventBlock block;
        Stage stage = Stage::empty;
    };
    static constexpr std::size_t slots = 8;
    Slot& slot(std::size_t number) { return ring_[number % slots]; }
    Slot* newestRaw();
    void decode(Slot& slot, std::unique_lock<std::mutex>& held);

    std::mutex mutex_;
    std::condition_variable ready_; // a block is filled or decoded
    std::condition_variable room_;  // half the ring is free: fewer turns taken where both share one core
    std::array<Slot, slots> ring_;
    std::size_t filled_ = 0, folded_ = 0; // blocks so far
    bool over_ = false, stopped_ = false;
};

} // namespace vedette::dispatch
