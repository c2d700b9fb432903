// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>

namespace vedette::dispatch {

// A number mod 2^128. The state hash is the sum of its records' hashes: order plays no part and one record's
// change is one subtraction and one addition.
struct Sum128 {
    std::uint64_t low = 0, high = 0;
    Sum128& operator+=(Sum128 other) {
        low += other.low;
        high += other.high + (low < other.low ? 1 : 0);
        return *this;
    }
    friend bool operator==(Sum128, Sum128) = default;
};

// A sum kept beside what it was made from. Readers on several threads may fill it at once: they fill in the
// same. A copy starts empty, since copies are made to be changed.
class KeptSum {
public:
    KeptSum() = default;
    KeptSum(const KeptSum&) {}
    KeptSum& operator=(const KeptSum&) = delete;
    void forget() { known_.store(false, std::memory_order_relaxed); }
    template <class Make>
    Sum128 get(const Make& make) const {
        if (known_.load(std::memory_order_acquire))
            return {low_.load(std::memory_order_relaxed), high_.load(std::memory_order_relaxed)};
        const Sum128 made = make();
        low_.store(made.low, std::memory_order_relaxed);
        high_.store(made.high, std::memory_order_relaxed);
        known_.store(true, std::memory_order_release);
        return made;
    }

private:
    mutable std::atomic<bool> known_{false};
    mutable std::atomic<std::uint64_t> low_{0}, high_{0};
};

} // namespace vedette::dispatch
