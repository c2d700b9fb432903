// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/classes.h"
#include "layers/filter.h"

#include <cstdint>

namespace vedette::layers {

using Argb = std::uint32_t; // 0xAARRGGBB, not premultiplied
enum class StyleKind { single, categorised, graduated, rule };
enum class Marker { circle, square, triangle, diamond, star, cross };
std::string_view toString(StyleKind kind); // as the style's JSON spells them
std::string_view toString(Marker marker);

// How a layer looks. Which of the classes a row falls into: categorised: the one with its value; graduated: the
// first with from < number <= to (the lowest takes `from` as well); rule: the first whose filter holds; single:
// the only one. A class of an empty value or filter takes all others ("else"). Sizes are logical pixels.
struct StyleClass {
    std::string value;
    double from = 0, to = 0;
    std::string filter, label;
    Argb fill = 0x803d7ea6, outline = 0xff3d7ea6;
    double width = 1;
    Marker marker = Marker::circle;
    double size = 8;
    friend bool operator==(const StyleClass&, const StyleClass&) = default;
};
struct LabelStyle {
    std::string column; // empty: no labels
    double size = 11;
    Argb colour = 0; // 0: the map's own ink
    friend bool operator==(const LabelStyle&, const LabelStyle&) = default;
};
struct LayerStyle {
    StyleKind kind = StyleKind::single;
    std::string column;
    double opacity = 1;
    double nearest = 0, farthest = 0; // scale denominators between which it is drawn; 0: no end
    std::vector<StyleClass> classes{StyleClass{}};
    LabelStyle label;
    friend bool operator==(const LayerStyle&, const LayerStyle&) = default;
};

// Class of every row; `noClass` where it isn't drawn: the layer's filter doesn't hold or no class takes it.
constexpr std::uint16_t noClass = 0xffff;
struct Classified {
    std::vector<std::uint16_t> classOf;
    std::vector<std::size_t> counts; // a class
    std::vector<Message> problems;   // filters that can't be read; their classes take nothing
};
Classified classified(const LayerStyle& style, const Rows& rows, const Filter& filter);

// The classes for a column as it is filled: a value each, most frequent first, at most 40 and "else"; or as many
// of `method` as the numbers give, coloured along `ramp` (two colours or more, evenly spaced). They take the look
// of the style's first class but for the fill.
void categorise(LayerStyle& style, const Rows& rows, const std::string& column);
void graduate(LayerStyle& style, const Rows& rows, const std::string& column, BreakMethod method, int classes,
              const std::vector<Argb>& ramp);

} // namespace vedette::layers
