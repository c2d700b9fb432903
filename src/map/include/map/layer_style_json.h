// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/layer_style.h"
#include "layers/message.h"

#include <QByteArray>

namespace vedette::map {

// A layer's style as JSON, the neutral form that files and the cartographer share (docs/layers.md). What is
// absent is as LayerStyle has it; what is unknown is passed over; colours are #aarrggbb or #rrggbb.
// `numbers`: values of categories that read as numbers are written as such, for a column that holds numbers.
QByteArray styleToJson(const layers::LayerStyle& style, bool numbers = false);
// Problems: styleUnreadable {cause}: no JSON, a kind or a marker that isn't one, a number out of reach.
layers::Result<layers::LayerStyle> styleFromJson(const QByteArray& json);

} // namespace vedette::map
