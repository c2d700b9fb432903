// SPDX-License-Identifier: GPL-3.0-or-later
#include "block_relay.h"

#include <thread>

namespace vedette::dispatch {

BlockRelay::Slot* BlockRelay::newestRaw() {
    for (std::size_t number = filled_; number > folded_; --number)
        if (slot(number - 1).stage == Stage::raw)
            return &slot(number - 1);
    return nullptr;
}

void BlockRelay::decode(Slot& slot, std::unique_lock<std::mutex>& held) {
    slot.stage = Stage::decoding;
    held.unlock();
    slot.block.decode();
    held.lock();
    slot.stage = Stage::decoded;
    ready_.notify_one();
}

void BlockRelay::read(const std::function<bool(EventBlock&)>& fill) {
    std::unique_lock held(mutex_);
    while (!over_ && !stopped_) {
        Slot& next = slot(filled_);
        if (next.stage != Stage::empty) {
            if (Slot* raw = newestRaw())
                decode(*raw, held);
            else
                room_.wait(held);
            continue;
        }
        held.unlock();
        next.block.clear();
        const bool more = fill(next.block);
        held.lock();
        next.stage = Stage::raw;
        ++filled_;
        over_ = !more;
        ready_.notify_one();
    }
    // What is left to decode is shared as well.
    while (Slot* raw = stopped_ ? nullptr : newestRaw())
        decode(*raw, held);
}

void BlockRelay::fold(const std::function<void(EventBlock&)>& each) {
    std::unique_lock held(mutex_);
    while (!stopped_) {
        Slot& next = slot(folded_);
        if (folded_ == filled_ && over_)
            return;
        if (folded_ == filled_ || next.stage == Stage::decoding) {
            ready_.wait(held);
        } else if (next.stage == Stage::raw) {
            decode(next, held);
        } else {
            held.unlock();
            each(next.block);
            held.lock();
            next.stage = Stage::empty;
            ++folded_;
            if (filled_ - folded_ <= slots / 2)
                room_.notify_one();
        }
    }
}

void BlockRelay::stop() {
    const std::lock_guard held(mutex_);
    stopped_ = true;
    room_.notify_one();
}

void relayBlocks(const std::function<bool(EventBlock&)>& fill, const std::function<void(EventBlock&)>& each) {
    EventBlock first;
    const bool more = fill(first);
    first.decode();
    each(first);
    if (!more)
        return;
    BlockRelay relay;
    const std::jthread reader([&] { relay.read(fill); });
    // Goes before the reader is waited for, also when `each` throws.
    struct Stop {
        BlockRelay& relay;
        ~Stop() { relay.stop(); }
    } const stop{relay};
    relay.fold(each);
}

} // namespace vedette::dispatch
