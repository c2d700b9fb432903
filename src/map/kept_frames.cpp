// SPDX-License-Identifier: GPL-3.0-or-later
#include "kept_frames.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vedette::map {

namespace {

constexpr double similar = 2.1; // times as coarse and still nearly as good

QRgb middle(QRgb a, QRgb b) {
    return (a & b) + (((a ^ b) >> 1) & 0x7f7f7f7fu);
}

// Four pixels make one: lines grow fainter, but don't break as they would if three of four were left out.
QImage halved(const QImage& image) {
    QImage half(std::max(1, image.width() / 2), std::max(1, image.height() / 2), QImage::Format_RGB32);
    for (int y = 0; y < half.height(); ++y) {
        const auto* upper = reinterpret_cast<const QRgb*>(image.constScanLine(2 * y));
        const auto* lower = reinterpret_cast<const QRgb*>(image.constScanLine(std::min(2 * y + 1, image.height() - 1)));
        auto* out = reinterpret_cast<QRgb*>(half.scanLine(y));
        for (int x = 0; x < image.width() / 2; ++x)
            out[x] = middle(middle(upper[2 * x], upper[2 * x + 1]), middle(lower[2 * x], lower[2 * x + 1]));
    }
    return half;
}

} // namespace

double overlap(const View& frame, const View& view) {
    const layers::Box a = frame.extent(), b = view.extent(); // of turned ones: roughly
    const double w = std::min(a.maxX, b.maxX) - std::max(a.minX, b.minX);
    const double h = std::min(a.maxY, b.maxY) - std::max(a.minY, b.minY);
    return w > 0 && h > 0 ? w * h / (b.width() * b.height()) : 0;
}

void KeptFrames::keep(const RenderWorker::Frame& frame) {
    if (frame.image.isNull() || frame.image.width() < 2 || frame.image.format() != QImage::Format_RGB32)
        return;
    std::erase_if(frames_, [&](const auto& one) { return one.of.scene != frame.of.scene; });
    const View& view = frame.of.view;
    // The wider of two alike stays: it is what somebody who turns back is shown.
    const auto shows = [](const View& wide, const View& narrow) {
        return wide.rotation == narrow.rotation && wide.metresPerPixel <= narrow.metresPerPixel * similar &&
               overlap(wide, narrow) > 0.99;
    };
    if (std::any_of(frames_.begin(), frames_.end(), [&](const auto& one) { return shows(one.of.view, view); }))
        return;
    std::erase_if(frames_, [&](const auto& one) { return shows(view, one.of.view); });
    RenderWorker::Frame small = frame;
    small.of.basemap.reset();
    small.names.reset(); // they lie elsewhere at another size
    do
        small.image = halved(small.image);
    while (small.image.sizeInBytes() > mostBytes);
    frames_.push_back(std::move(small));
    if (frames_.size() > most)
        frames_.erase(frames_.begin());
}

const RenderWorker::Frame* KeptFrames::best(const View& view, const std::shared_ptr<const Scene>& scene) const {
    const RenderWorker::Frame* found = nullptr;
    double shown = 0;
    for (const auto& one : frames_) {
        if (one.of.scene != scene || one.of.view.rotation != view.rotation)
            continue;
        const double here = overlap(one.of.view, view);
        if (here > shown + 0.01 || (found && here > shown - 0.01 && one.of.view.metresPerPixel < found->of.view.metresPerPixel))
            found = &one, shown = here;
    }
    return found;
}

} // namespace vedette::map
