// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/scene.h"

#include <QColor>
#include <QFont>
#include <QString>

class QApplication;
class QPainter;
class QRectF;

namespace vedette::console {

// The colours of one theme, by what they are for. Status hues are Okabe-Ito; each has a shape too.
struct Tokens {
    QColor ground, panel, table, sunken, raised;   // surfaces, from the window to fields
    QColor line, lineSoft;                         // between panels, between rows
    QColor strong, text, soft, muted, faint, code; // writing, from headline to hint
    QColor accent, selected;                       // the one accent and its wash
    QColor warn, warnWash, warnText, alarm, late;  // a deadline near, over
    QColor free, enroute, onscene, busy, lost;     // unit status
    QColor priority[4];                            // 1 gravest
    QColor onPriority;                             // writing upon them
};

const Tokens& tokens(map::Theme theme);
map::Theme currentTheme();
const Tokens& tokens(); // of the current theme

// Palette, fonts and the one stylesheet. GUI thread.
void applyTheme(QApplication& app, map::Theme theme);

QFont textFont(int pixels, QFont::Weight weight = QFont::Normal);
QFont codeFont(int pixels);

// Writes with every digit as wide as the widest, so that counting figures stand still. Returns the width.
double figuresWidth(const QFont& font, const QString& text);
void drawFigures(QPainter& painter, const QRectF& box, Qt::Alignment alignment, const QString& text);

} // namespace vedette::console
