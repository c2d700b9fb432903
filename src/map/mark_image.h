// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/scene.h"

#include <QImage>

namespace vedette::map {

constexpr double markRadius = 11; // logical pixels that a mark takes around its point

// A mark's symbol, drawn once per look and kept (per thread); centred on the point.
QImage markImage(const Mark& mark, Theme theme, double devicePixelRatio);
// A crowd's symbol: round and filled for incidents, square and outlined for units, as each is alone.
QImage clusterImage(std::uint32_t count, bool incidents, QColor colour, Theme theme, double devicePixelRatio);
// The rings around what nobody has taken, at a phase 0..1 of their beat.
constexpr double pulseRadius = 26; // logical pixels
constexpr int pulseSteps = 32;
QImage pulseImage(QColor colour, double phase, double devicePixelRatio);
double clusterRadius(std::uint32_t count);

} // namespace vedette::map
