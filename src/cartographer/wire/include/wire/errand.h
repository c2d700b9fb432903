// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace vedette::wire {

// What the helper does besides drawing frames: print sheets, say what lies at a place, turn styles over.
// Each is asked with a generation of its own and answered by that generation.

// A code and its arguments, as layers::Message.
struct Said {
    std::string code;
    std::vector<std::pair<std::string, std::string>> args{};
    friend bool operator==(const Said&, const Said&) = default;
};

// Places are in the CRS of Open, x east, y north. Colours are "#aarrggbb".
struct SheetShape {
    std::string label; // written in it; empty: none
    std::vector<std::uint8_t> wkb;
    friend bool operator==(const SheetShape&, const SheetShape&) = default;
};

// Shapes of one look, drawn over the project's layers; the last layer lies on top. One without shapes stands in the
// legend alone. A page whose scale lies outside nearest..farthest (1 : nearest to 1 : farthest; 0: no end) goes without
// it, in the legend too.
struct SheetLayer {
    std::string title; // in the legend
    std::string fill, outline;
    double width = 0.3; // of the outline, in millimetres
    std::vector<SheetShape> shapes;
    std::string geometry = "polygon"; // polygon line point
    std::string marker = "circle";    // of points, as MarkKind::shape
    double size = 3;                  // of points, in millimetres
    double nearest = 0, farthest = 0;
    friend bool operator==(const SheetLayer&, const SheetLayer&) = default;
};

// A picture below the shapes, north up, e.g. a heat surface.
struct SheetImage {
    double minX = 0, minY = 0, maxX = 0, maxY = 0;
    std::vector<std::uint8_t> png; // empty: none
    friend bool operator==(const SheetImage&, const SheetImage&) = default;
};

struct SheetMark {
    double x = 0, y = 0;
    std::string label;
    std::uint32_t kind = 0; // an index into Print::markKinds
    friend bool operator==(const SheetMark&, const SheetMark&) = default;
};

struct MarkKind {
    std::string title, colour;
    std::string shape; // one of QGIS's simple markers: circle square triangle diamond star cross pentagon ...
    friend bool operator==(const MarkKind&, const MarkKind&) = default;
};

// One sheet: a map of its extent, with its own rows in the table.
struct SheetPage {
    std::string title, subtitle;
    double minX = 0, minY = 0, maxX = 0, maxY = 0;
    double scale = 0;                // 1:scale around the extent's middle; 0: what shows the whole extent
    std::vector<std::uint8_t> focus; // WKB of the area the page is about, outlined; empty: none
    std::vector<std::vector<std::string>> rows;
    friend bool operator==(const SheetPage&, const SheetPage&) = default;
};

// Answered by Progress for every page begun, then Printed or Failed; Cancel of its generation ends it with
// Failed{cancelled}. One PDF of all pages, or a PNG or SVG for each.
struct Print {
    std::string path; // absolute, in a folder the helper may write to; for images " 2" and so on is added
    std::string format = "pdf";       // pdf png svg
    double width = 297, height = 210; // of the paper, millimetres
    double dpi = 300;
    bool basemap = true; // the project's layers below the areas
    std::string source;  // the line at the foot: date, sources, CRS
    // Words of the sheet in the reader's language. `more` has {count}: the rows that had no room.
    // `legendMore` has it too: the legend's lines that had none.
    std::string legend, north, more, font, legendMore;
    std::vector<std::string> header; // of the table; empty: no table
    SheetImage image;
    std::vector<SheetLayer> layers;
    std::vector<MarkKind> markKinds;
    std::vector<SheetMark> marks;
    std::vector<SheetPage> pages;
    friend bool operator==(const Print&, const Print&) = default;
};
inline constexpr double smallestPaper = 80, largestPaper = 2000; // millimetres a side
inline constexpr double largestDpi = 1200;

struct Progress {
    std::uint32_t done = 0, of = 0;
    friend bool operator==(const Progress&, const Progress&) = default;
};

struct Printed {
    std::vector<std::string> files; // what was written, in order
    std::vector<Said> problems;
    friend bool operator==(const Printed&, const Printed&) = default;
};

struct Cancel {
    friend bool operator==(const Cancel&, const Cancel&) = default;
};

// What the open project shows within `tolerance` of the place, answered by Identified or Failed; a newer one
// cancels it, and then it gets no answer. A tolerance is six pixels of the screen: so fine are servers asked.
struct Identify {
    double x = 0, y = 0, tolerance = 0;
    friend bool operator==(const Identify&, const Identify&) = default;
};

struct Found {
    std::string layer, title;
    std::vector<std::pair<std::string, std::string>> attributes; // as the project names them
    friend bool operator==(const Found&, const Found&) = default;
};

struct Identified {
    std::vector<Found> found; // topmost layer first, at most `mostFound`
    bool more = false;        // some were left off, or a server has not answered in time
    friend bool operator==(const Identified&, const Identified&) = default;
};
inline constexpr std::size_t mostFound = 20, mostAttributes = 40, longestAttribute = 400;

// Between Vedette's style (JSON, docs/styles.md) and QGIS's .qml; answered by StyleConverted or Failed. Needs
// no project.
struct ConvertStyle {
    bool toQml = false;
    std::string geometry; // point line polygon
    std::string text;
    friend bool operator==(const ConvertStyle&, const ConvertStyle&) = default;
};

struct StyleConverted {
    std::string text;
    std::vector<Said> lost; // what the other side can't say: styleNotCarried {what}
    friend bool operator==(const StyleConverted&, const StyleConverted&) = default;
};

} // namespace vedette::wire
