// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace vedette::console {

// One worker thread that runs the newest of the jobs handed to it; a job that waits is replaced by a newer
// one. What a job returns is run on the GUI thread (never after this object is gone).
class Latest : public QObject {
public:
    using Delivery = std::function<void()>;
    using Job = std::function<Delivery()>;
    explicit Latest(QObject* parent = nullptr);
    ~Latest() override; // waits for the running job
    void run(Job job);
    bool busy() const; // until what the newest job gave was run, too

private:
    void work();
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    Job next_;
    bool running_ = false, quit_ = false;
    int delivered_ = 0; // that wait for the GUI thread
    std::thread thread_;
};

} // namespace vedette::console
