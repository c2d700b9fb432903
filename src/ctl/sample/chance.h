// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <string_view>
#include <vector>

namespace vedette::ctl {

// Pseudo-random numbers that are the same everywhere: xoshiro256** (Blackman & Vigna 2018), seeded by
// splitmix64. The standard library's distributions differ between implementations, so none is used.
class Chance {
public:
    // `purpose` gives each part of the city its own sequence: more units don't move a road.
    Chance(std::uint64_t seed, std::string_view purpose) {
        std::uint64_t x = seed;
        for (const char c : purpose)
            x = (x ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
        for (std::uint64_t& word : state_) {
            x += 0x9E3779B97F4A7C15ull;
            std::uint64_t z = x;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
            word = z ^ (z >> 31);
        }
    }
    std::uint64_t bits() {
        const std::uint64_t result = rotate(state_[1] * 5, 7) * 9, t = state_[1] << 17;
        state_[2] ^= state_[0], state_[3] ^= state_[1], state_[1] ^= state_[2], state_[0] ^= state_[3];
        state_[2] ^= t, state_[3] = rotate(state_[3], 45);
        return result;
    }
    double unit() { return static_cast<double>(bits() >> 11) * 0x1p-53; } // [0, 1)
    double between(double low, double high) { return low + (high - low) * unit(); }
    int below(int n) { return static_cast<int>(unit() * n); } // [0, n)
    bool one(double probability) { return unit() < probability; }
    double normal() { // Box-Muller
        const double u = 1 - unit();
        return std::sqrt(-2 * std::log(u)) * std::cos(2 * std::numbers::pi * unit());
    }
    double exponential(double mean) { return -mean * std::log(1 - unit()); }
    template <class T>
    const T& of(const std::vector<T>& choices) {
        return choices[static_cast<std::size_t>(below(static_cast<int>(choices.size())))];
    }

private:
    static std::uint64_t rotate(std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
    std::uint64_t state_[4];
};

// An index drawn in proportion to weights.
class Draw {
public:
    explicit Draw(const std::vector<double>& weights) {
        double sum = 0;
        for (const double w : weights)
            sums_.push_back(sum += w);
    }
    std::size_t operator()(Chance& chance) const {
        const double at = chance.unit() * sums_.back();
        std::size_t low = 0, high = sums_.size() - 1;
        while (low < high) {
            const std::size_t middle = (low + high) / 2;
            if (sums_[middle] > at)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

private:
    std::vector<double> sums_;
};

} // namespace vedette::ctl
