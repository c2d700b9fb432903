// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/city.h"
#include "map/scene.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace vedette::bench {

struct Gestures {
    int frames = 0;
    // Milliseconds of all threads, from the event to the settled canvas.
    double panP50 = 0, panP99 = 0, zoomP50 = 0, zoomMost = 0;
    double zoomGuiP50 = 0, zoomGuiMost = 0; // of these, on the GUI thread: paints and the layout of the marks
    double zoomPaintP50 = 0, zoomPaintMost = 0; // of all threads, for each paint that came of it
    // A wheel that is turned on and on, a notch every 33 ms: all threads' milliseconds for a frame that was painted; and for
    // what is left when it rests, until the canvas is settled.
    double turnP50 = 0, turnP99 = 0, restP50 = 0, restMost = 0;
    double gapMax = 0;  // longest time between two turns of the event loop, milliseconds
    int idlePaints = 0; // paint events and frames in half a second in which nothing changed
    // Resident; of it what is not mapped files, which the kernel may take back; the peak.
    double memoryMegabytes = 0, ownMegabytes = 0, peakMegabytes = 0;
};

// Drags and turns the wheel over a canvas of 1920 x 1080 with every layer of the city on, the heat of its
// whole history, 5,000 units and 10,000 tickets. Needs a QApplication. Nothing: the city can't be read.
std::optional<Gestures> gestures(const std::filesystem::path& city);

// Every layer on, the heat of the whole history.
std::shared_ptr<map::Scene> everything(const dispatch::City& city);

} // namespace vedette::bench
