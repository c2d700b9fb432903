// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace vedette::layers {

// A value that is made when it is first asked for: what a start need not wait for. Copies share it; any
// thread may ask, and waits while another one makes it. What makes it must not throw and must not ask for
// itself.
template <class T>
class Later {
public:
    Later() : Later(T{}) {}
    explicit Later(T made) : held_(std::make_shared<Held>()) {
        held_->value = std::move(made);
        std::call_once(held_->once, [] {});
        held_->made = true;
    }
    static Later madeBy(std::function<T()> make) {
        Later later;
        later.held_ = std::make_shared<Held>();
        later.held_->make = std::move(make);
        return later;
    }

    const T& operator*() const {
        std::call_once(held_->once, [this] {
            held_->value = held_->make();
            held_->make = {};
            held_->made.store(true, std::memory_order_release);
        });
        return held_->value;
    }
    const T* operator->() const { return &**this; }
    // Null while it isn't there yet: for a thread that may not wait.
    const T* ready() const { return held_->made.load(std::memory_order_acquire) ? &held_->value : nullptr; }

private:
    struct Held {
        std::once_flag once;
        std::atomic<bool> made{false};
        std::function<T()> make;
        T value;
    };
    std::shared_ptr<Held> held_;
};

} // namespace vedette::layers
