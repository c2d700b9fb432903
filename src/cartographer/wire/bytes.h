// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/message.h"

#include <bit>
#include <concepts>
#include <cstring>
#include <span>

namespace vedette::wire {

static_assert(std::endian::native == std::endian::little, "numbers cross as the host holds them");

class Writer {
public:
    explicit Writer(std::vector<std::uint8_t>& out) : out_(out) {}
    template <class T>
    requires std::integral<T> || std::floating_point<T>
    void number(T value) {
        const auto at = out_.size();
        out_.resize(at + sizeof value);
        std::memcpy(out_.data() + at, &value, sizeof value);
    }
    void text(const std::string& value) {
        number(static_cast<std::uint32_t>(value.size()));
        out_.insert(out_.end(), value.begin(), value.end());
    }

private:
    std::vector<std::uint8_t>& out_;
};

// Reads as long as it can; the first short read makes it bad, and everything after yields zeros.
class Cursor {
public:
    explicit Cursor(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
    template <class T>
    requires std::integral<T> || std::floating_point<T> T number() {
        T value{};
        if (const auto taken = take(sizeof value); !taken.empty())
            std::memcpy(&value, taken.data(), sizeof value);
        return value;
    }
    std::string text() {
        const auto taken = take(number<std::uint32_t>());
        return {taken.begin(), taken.end()};
    }
    // A count of things that take at least `smallest` bytes each: bad when they can't all be there.
    std::uint32_t count(std::size_t smallest) {
        const auto n = number<std::uint32_t>();
        if (n > bytes_.size() / smallest)
            good_ = false;
        return good_ ? n : 0;
    }
    std::span<const std::uint8_t> take(std::size_t n) {
        if (!good_ || n > bytes_.size()) {
            good_ = false;
            return {};
        }
        const auto taken = bytes_.first(n);
        bytes_ = bytes_.subspan(n);
        return taken;
    }
    std::size_t left() const { return bytes_.size(); }
    bool good() const { return good_; }
    bool finished() const { return good_ && bytes_.empty(); }

private:
    std::span<const std::uint8_t> bytes_;
    bool good_ = true;
};

} // namespace vedette::wire
