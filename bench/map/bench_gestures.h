// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

namespace vedette::bench {

struct Gestures {
    int frames = 0;
    // Milliseconds of all threads, from the event to the settled canvas.
    double panP50 = 0, panP99 = 0, zoomP50 = 0, zoomMost = 0;
    double zoomGuiP50 = 0, zoomGuiMost = 0; // of these, on the GUI thread: paints and the layout of the marks
    double gapMax = 0;  // longest time between two turns of the event loop, milliseconds
    int idlePaints = 0; // paint events and frames in half a second in which nothing changed
    // Resident; of it what is not mapped files, which the kernel may take back; the peak.
    double memoryMegabytes = 0, ownMegabytes = 0, peakMegabytes = 0;
};

// Drags and turns the wheel over a canvas of 1920 x 1080 with every layer of the city on, the heat of its
// whole history, 5,000 units and 10,000 tickets. Needs a QApplication. Nothing: the city can't be read.
std::optional<Gestures> gestures(const std::filesystem::path& city);

} // namespace vedette::bench
