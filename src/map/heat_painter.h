// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "band.h"
#include "map/scene.h"

#include <QImage>

namespace vedette::map {

// Lays the surface over an opaque RGB32 strip: values (not colours) are interpolated between pixel centres,
// then coloured by the fixed ramp with `scaleMax` at its end.
void paintHeat(QImage& strip, const Band& band, const HeatLayer& heat, Theme theme);

} // namespace vedette::map
