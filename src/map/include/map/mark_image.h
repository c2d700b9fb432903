// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/scene.h"
#include "map/symbols.h"

#include <QImage>

#include <array>

namespace vedette::map {

// Logical pixels that a mark takes around its point: more with a symbol inside.
double markRadius(const Mark& mark);

// A mark as the map, tables and legends show it, drawn once per look and kept (per thread); centred on the point.
// `symbols` may be null: the shape alone, with the letter inside. With a symbol the letter is a small badge.
QImage markImage(const Mark& mark, const SymbolSet* symbols, Theme theme, double devicePixelRatio);

// Of what colours a crowd is, the gravest first, in eighths that add up to 8; unused ones are 0.
struct Shares {
    std::array<QRgb, 4> colours{};
    std::array<std::uint8_t, 4> eighths{};
    friend bool operator==(const Shares&, const Shares&) = default;
};
// A crowd's symbol: round and filled with the gravest colour for incidents, a box for units, as each is alone; the
// shares as a ring or a bar; the gravest's letter as a badge.
QImage clusterImage(std::uint32_t count, bool incidents, QColor gravest, const QString& letter, Theme theme,
                    double devicePixelRatio);
QImage sharesImage(const Shares& shares, std::uint32_t count, bool incidents, Theme theme, double devicePixelRatio);
double clusterRadius(std::uint32_t count);

// The rings around what nobody has taken, at a phase 0..1 of their beat.
constexpr double pulseRadius = 26; // logical pixels
constexpr int pulseSteps = 32;
QImage pulseImage(QColor colour, double phase, double devicePixelRatio);

} // namespace vedette::map
