// SPDX-License-Identifier: GPL-3.0-or-later
#include "render_worker.h"

#include <chrono>

namespace vedette::map {

namespace {
constexpr std::chrono::milliseconds stillness{400};
}

RenderWorker::RenderWorker(std::function<void(Frame)> deliver)
    : deliver_(std::move(deliver)), thread_([this] { run(); }) {}

RenderWorker::~RenderWorker() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        waiting_.reset();
        cancel_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void RenderWorker::request(Request request, bool cancelRunning) {
    {
        const std::lock_guard lock(mutex_);
        waiting_ = std::move(request);
        if (cancelRunning)
            cancel_ = true;
    }
    wake_.notify_one();
}

void RenderWorker::bendBack(Request& request) {
    if (!request.basemap || !request.shift)
        return;
    if (const qint64 from = request.basemap->image.cacheKey(); !bent_ || from != bentFrom_) {
        bent_ = request.shift->bentBack(*request.basemap);
        bentFrom_ = from;
    }
    request.basemap = bent_;
}

void RenderWorker::run() {
    Renderer renderer;
    for (;;) {
        Frame frame;
        {
            std::unique_lock lock(mutex_);
            const auto called = [this] { return stopping_ || waiting_; };
            if (!wake_.wait_for(lock, stillness, called)) {
                renderer.rest();
                wake_.wait(lock, called);
            }
            if (stopping_)
                return;
            frame.of = std::move(*waiting_);
            waiting_.reset();
            cancel_ = false;
        }
        const auto begun = std::chrono::steady_clock::now();
        bendBack(frame.of);
        EarlyStrips early;
        early.every = frame.of.every;
        early.show = [&](std::vector<FrameStrip> strips) {
            Frame part;
            part.of = frame.of;
            part.early = std::move(strips);
            deliver_(std::move(part));
        };
        frame.image = frame.of.rough
                          ? renderer.renderRough(*frame.of.scene, frame.of.view, frame.of.basemap, &cancel_)
                          : renderer.render(*frame.of.scene, frame.of.view, frame.of.basemap, &cancel_, early);
        if (!frame.of.rough)
            frame.names = renderer.names();
        frame.milliseconds =
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
        if (!frame.image.isNull())
            deliver_(std::move(frame));
    }
}

} // namespace vedette::map
