// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "overlay_layout.h"
#include "under_names.h"

#include <QPainter>

#include <optional>
#include <span>
#include <vector>

namespace vedette::map {

// Names are drawn into a frame, marks live over it. A name that a mark or its label stands on moves aside,
// below or above, where its area has room, or is left out: text over text can't be read, nor a name through a
// mark. One that only a line crosses moves where it is clear of all, or stays: it is still read. The frame
// stays as it is; what lies under the name is painted over it, so a mark that moves on costs no frame.
struct GivenWay {
    std::size_t name;          // of UnderNames::names
    std::optional<double> by;  // logical pixels downwards; nothing: left out
    friend bool operator==(const GivenWay&, const GivenWay&) = default;
};

// `placing` takes logical pixels of the picture to those of the layout's view. While both move together the
// answer is the same. In the order of the names.
std::vector<GivenWay> givenWay(const UnderNames& names, const OverlayLayout& layout,
                               std::span<const Trail> trails, const QTransform& placing);
// Over the picture, below the marks.
void paintGivenWay(QPainter& painter, const UnderNames& names, const std::vector<GivenWay>& given,
                   const QTransform& placing, double devicePixelRatio);

} // namespace vedette::map
