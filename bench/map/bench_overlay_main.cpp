// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench_overlay.h"

#include <QGuiApplication>

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication app(argc, argv);
    const auto frames = vedette::bench::overlayFrames();
    vedette::bench::print(frames);
    return frames.exact ? 0 : 1;
}
