// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vedette::bench {

struct OverlayFrames {
    int frames = 0, marks = 0;
    // Milliseconds of CPU of the GUI thread for one frame: layout and painting, from afar and near. Frame to
    // frame the marks have moved; moving them is not counted.
    double farP50 = 0, farP99 = 0, nearP50 = 0, nearP99 = 0;
    double labelsKept = 0; // of the labels of one frame whose mark is still in sight, how many the next one had
    bool exact = false;    // every frame's counts add up to the marks that lie in its squares
};

// 5,000 units that move every frame, 10,000 incidents and 73,000 workers, 1920 x 1080. Needs a QGuiApplication.
OverlayFrames overlayFrames();
void print(const OverlayFrames& frames);

} // namespace vedette::bench
