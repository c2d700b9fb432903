// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/errand.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace vedette::wire {

// What the console and vedette-cartographer say to each other. std only: one side is Qt 6, the other Qt 5.
// The helper connects and says Hello; the console answers with its own Hello, then Open. The helper answers
// with Opened or Failed. From then on Render is answered by Frame or Failed with the same generation, unless
// a newer Render came first: a cancelled one gets no answer. Ping is answered by Pong at any time, while it
// prints between two pages. The other questions stand in errand.h.
inline constexpr std::uint16_t protocolVersion = 4;

struct Hello {
    std::string program, qt, qgis; // versions; qgis is empty from the console
    friend bool operator==(const Hello&, const Hello&) = default;
};

struct Open {
    std::string project;   // absolute path of a .qgz or .qgs; empty: an empty one, for areas alone
    std::string workspace; // absolute path; the helper works from there
    std::string crs;       // what frames are drawn in ("EPSG:4549"); empty: the project's own
    friend bool operator==(const Open&, const Open&) = default;
};

struct Layer {
    std::string id, name, provider, crs;
    bool valid = false;
    friend bool operator==(const Layer&, const Layer&) = default;
};

struct Opened {
    std::vector<Layer> layers;
    std::vector<Said> problems; // layerUnavailable {layer,path,cause}, ...: drawn without them
    friend bool operator==(const Opened&, const Opened&) = default;
};

// Units of the target CRS, x east, y north. Width and height in device pixels, 1..largestSide. A turned picture's
// extent is that of the same picture north up: it says the middle and the scale, its corners show other ground.
struct Render {
    double minX = 0, minY = 0, maxX = 0, maxY = 0;
    std::uint32_t width = 0, height = 0;
    double dpi = 96;             // of a logical pixel
    double devicePixelRatio = 1; // symbols grow by it
    double rotation = 0;         // degrees clockwise: at 90 north points to the right; [-360, 360]
    friend bool operator==(const Render&, const Render&) = default;
};
inline constexpr std::uint32_t largestSide = 16384;

enum class PixelFormat : std::uint8_t { argb32Premultiplied = 1 }; // host byte order: one machine

// Rows top down, `stride` bytes apart; a decoded one holds exactly stride * height bytes.
struct Frame {
    std::uint32_t width = 0, height = 0, stride = 0;
    PixelFormat format = PixelFormat::argb32Premultiplied;
    std::vector<Said> problems; // layers that failed while drawing
    std::vector<std::uint8_t> pixels;
    friend bool operator==(const Frame&, const Frame&) = default;
};

struct Failed {
    Said why;
    friend bool operator==(const Failed&, const Failed&) = default;
};
struct Ping {
    friend bool operator==(const Ping&, const Ping&) = default;
};
struct Pong {
    friend bool operator==(const Pong&, const Pong&) = default;
};
struct Quit {
    friend bool operator==(const Quit&, const Quit&) = default;
};

// The order is the type number on the wire (Hello = 1): append only.
using Body = std::variant<Hello, Open, Opened, Render, Frame, Failed, Ping, Pong, Quit, Print, Progress, Printed,
                          Cancel, Identify, Identified, ConvertStyle, StyleConverted>;

struct Message {
    std::uint64_t generation = 0; // of the question concerned; Pong repeats its Ping's; otherwise 0
    Body body;
    friend bool operator==(const Message&, const Message&) = default;
};

// How vedette-cartographer ends. Fixed numbers: people read them in logs.
enum class ExitCode : int {
    done = 0,          // Quit, or --check found every layer valid
    refused = 1,       // --check: the project or one of its layers can't be used
    usage = 2,         // wrong arguments
    environment = 3,   // QGIS did not start (no providers, no temporary folder)
    noConnection = 4,  // nobody listens at the socket
    consoleGone = 5,   // the socket was closed
    consoleSilent = 6, // no byte for the allowed time
    garbage = 7,       // the console's bytes are not this protocol
    wrongVersion = 8,  // the console speaks another protocol version
    outOfMemory = 9    // it needed more than it was allowed
};

} // namespace vedette::wire
