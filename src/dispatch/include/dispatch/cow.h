// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

namespace vedette::dispatch {

// A value that its holders share until one writes: then that one gets its own copy. Copying a Cow costs one
// atomic count. Holders may live on different threads; one Cow object belongs to one thread at a time.
// (std::shared_ptr can't do this: its use_count() doesn't order what the last other holder did.)
template <class T>
class Cow {
    struct Held {
        explicit Held(auto&&... args) : value(std::forward<decltype(args)>(args)...) {}
        std::atomic<std::uint32_t> holders{1};
        T value;
    };

public:
    Cow() = default;
    template <class... Args>
    static Cow make(Args&&... args) {
        Cow made;
        made.held_ = new Held(std::forward<Args>(args)...);
        return made;
    }
    Cow(const Cow& other) noexcept : held_(other.held_) {
        if (held_)
            held_->holders.fetch_add(1, std::memory_order_relaxed);
    }
    Cow(Cow&& other) noexcept : held_(std::exchange(other.held_, nullptr)) {}
    Cow& operator=(Cow other) noexcept {
        std::swap(held_, other.held_);
        return *this;
    }
    ~Cow() {
        if (held_ && held_->holders.fetch_sub(1, std::memory_order_acq_rel) == 1)
            delete held_;
    }

    explicit operator bool() const { return held_; }
    const T& operator*() const { return held_->value; }
    const T* operator->() const { return &held_->value; }
    const T* get() const { return held_ ? &held_->value : nullptr; }

    // The value, ours alone; made when there is none. Its address may differ from what get() gave before.
    T& write() {
        if (!held_)
            held_ = new Held;
        else if (held_->holders.load(std::memory_order_acquire) != 1)
            *this = make(std::as_const(held_->value));
        return held_->value;
    }

private:
    Held* held_ = nullptr;
};

} // namespace vedette::dispatch
