// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/opening.h"

#include "map/borders_ahead.h"

#include <future>

namespace vedette::console {

Opening::Opening(std::filesystem::path workspace, dispatch::SessionOptions options)
    : workspace_(std::move(workspace)), thread_([this, options = std::move(options)] { run(options); }) {}

Opening::~Opening() {
    cancel_ = true;
    thread_.join();
}

void Opening::tell(Listener listener) {
    const std::lock_guard lock(gate_);
    listener_ = std::move(listener);
    if (opened_)
        listener_.done(*std::exchange(opened_, std::nullopt));
}

void Opening::progress(const layers::Message& doing, double fraction) {
    const std::lock_guard lock(gate_);
    if (listener_.progress)
        listener_.progress(doing, fraction);
}

void Opening::run(const dispatch::SessionOptions& options) {
    dispatch::LoadOptions load;
    load.read.cancel = &cancel_;
    load.later = true;
    load.progress = [this](const layers::Message& doing, double fraction) {
        progress(doing, fraction * 0.9);
    };
    auto city = dispatch::loadCity(workspace_, load);
    Opened opened = layers::refused("cancelled");
    std::future<std::shared_ptr<const void>> borders; // beside the journal, which keeps one core busy
    if (!city.ok()) {
        opened = city.problem();
    } else {
        borders = std::async(std::launch::async,
                             [areas = city.value()->areas] { return map::bordersAhead(areas); });
        progress({"foldingJournal"}, 0.95);
        auto session = dispatch::Session::open(city.value(), options);
        if (session.ok())
            opened = std::shared_ptr<dispatch::Session>(std::move(session).value());
        else
            opened = session.problem();
    }
    {
        const std::lock_guard lock(gate_);
        if (listener_.done)
            listener_.done(std::move(opened));
        else
            opened_ = std::move(opened);
    }
    if (borders.valid())
        borders_ = borders.get();
}

} // namespace vedette::console
