// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/session.h"

#include <thread>

namespace vedette::console {

// Opens a city on a thread of its own from the moment it is made, before there is a window or even a
// QApplication.
class Opening {
public:
    Opening(std::filesystem::path workspace, dispatch::SessionOptions options);
    ~Opening(); // gives up what isn't done, and waits for it

    using Opened = layers::Result<std::shared_ptr<dispatch::Session>>;
    struct Listener {
        std::function<void(const layers::Message& doing, double fraction)> progress;
        std::function<void(Opened)> done; // once
    };
    // Both are called on the opening's thread, or at once for what has happened already. One listener.
    void tell(Listener listener);
    const std::filesystem::path& workspace() const { return workspace_; }

private:
    void run(const dispatch::SessionOptions& options);
    void progress(const layers::Message& doing, double fraction);

    const std::filesystem::path workspace_;
    std::atomic<bool> cancel_{false};
    std::mutex gate_;
    Listener listener_;
    std::optional<Opened> opened_;
    std::shared_ptr<const void> borders_; // held for the first frame
    std::thread thread_;
};

} // namespace vedette::console
