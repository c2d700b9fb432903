// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/basemap_shift.h"
#include "map/renderer.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace vedette::map {

// One thread that draws. At most one request waits: a newer one takes its place. What crosses the threads is
// immutable: the scene, a view, the basemap's image, and the finished frame.
class RenderWorker {
public:
    struct Request {
        std::uint64_t generation = 0;
        std::shared_ptr<const Scene> scene;
        View view;
        std::optional<Renderer::Basemap> basemap;
        std::shared_ptr<const BasemapShift> shift{}; // the basemap is as it came, to be bent back
        std::chrono::milliseconds every = EarlyStrips{}.every;
        bool rough = false; // for a view that is only passed: half the pixels either way, no names
    };
    struct Frame {
        Request of;
        QImage image;
        double milliseconds = 0;
        std::shared_ptr<const UnderNames> names{}; // of the image
        std::vector<FrameStrip> early{};      // what is done so far; there is no image yet then
    };
    // `deliver` is called on the worker's thread, not for cancelled frames.
    explicit RenderWorker(std::function<void(Frame)> deliver);
    ~RenderWorker(); // cancels what is being drawn and waits for the thread
    // `cancelRunning`: what is being drawn now will be of no use.
    void request(Request request, bool cancelRunning);

private:
    void run();
    void bendBack(Request& request);
    std::function<void(Frame)> deliver_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::optional<Request> waiting_;
    bool stopping_ = false;
    std::atomic<bool> cancel_{false};
    // The worker's own: the basemap that was bent back last, and of which picture.
    std::optional<Renderer::Basemap> bent_;
    qint64 bentFrom_ = 0;
    std::thread thread_;
};

} // namespace vedette::map
