// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/latest.h"

#include "console/memory.h"

#include <QMetaObject>

#include <chrono>
#include <utility>

namespace vedette::console {

namespace {

constexpr auto longWork = std::chrono::milliseconds(500);

} // namespace

Latest::Latest(QObject* parent) : QObject(parent), thread_([this] { work(); }) {}

Latest::~Latest() {
    {
        const std::lock_guard lock(mutex_);
        quit_ = true;
        next_ = nullptr;
    }
    wake_.notify_all();
    thread_.join();
}

void Latest::run(Job job) {
    {
        const std::lock_guard lock(mutex_);
        next_ = std::move(job);
    }
    wake_.notify_all();
}

bool Latest::busy() const {
    const std::lock_guard lock(mutex_);
    return running_ || next_ || delivered_ > 0;
}

void Latest::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return quit_ || next_; });
        if (quit_)
            return;
        const Job job = std::exchange(next_, nullptr);
        running_ = true;
        lock.unlock();
        const auto begun = std::chrono::steady_clock::now();
        Delivery delivery = job();
        if (std::chrono::steady_clock::now() - begun > longWork)
            giveMemoryBack();
        lock.lock();
        running_ = false;
        if (!delivery)
            continue;
        ++delivered_;
        QMetaObject::invokeMethod(
            this,
            [this, delivery = std::move(delivery)] {
                {
                    const std::lock_guard taken(mutex_);
                    --delivered_;
                }
                delivery(); // last: it may end this
            },
            Qt::QueuedConnection);
    }
}

} // namespace vedette::console
