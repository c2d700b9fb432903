// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QImage>
#include <QString>

namespace vedette::map {

// A line of text with a halo, drawn once and kept (per thread): laying text out costs far more than copying
// its pixels. `size` is in logical pixels, halo included; `baseline` from the top.
struct TextImage {
    QImage image;
    QSizeF size;
    double baseline = 0;
};
struct TextLook {
    double pixels = 11.5;
    QFont::Weight weight = QFont::Normal;
    QColor ink, halo; // an invalid halo: none
};
constexpr double haloWidth = 1.5; // logical pixels beyond the letters

TextImage textImage(const QString& text, const TextLook& look, double devicePixelRatio);

// Whether textImage would be quick.
bool isKept(const QString& text, const TextLook& look, double devicePixelRatio);
// textImage's size, without drawing it.
QSizeF exactTextSize(const QString& text, const TextLook& look);
// Its size but for kerning, without drawing it: a look-up for each letter.
QSizeF textSize(const QString& text, const TextLook& look);

} // namespace vedette::map
