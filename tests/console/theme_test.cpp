// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/theme.h"

#include <gtest/gtest.h>

#include <cmath>

namespace vedette::console {
namespace {

// WCAG 2.1, relative luminance and contrast ratio.
double luminance(QColor c) {
    const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}
double contrast(QColor a, QColor b) {
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

TEST(ConsoleTheme, whatIsReadStandsOutAsTheGuidelinesAsk) {
    for (const map::Theme theme : {map::Theme::dark, map::Theme::light, map::Theme::contrast}) {
        const Tokens& t = tokens(theme);
        const double least = theme == map::Theme::contrast ? 7 : 4.5; // AAA, AA
        for (const QColor surface : {t.ground, t.panel, t.table, t.sunken, t.raised, t.selected}) {
            for (const auto& [colour, name] :
                 {std::pair(t.strong, "strong"), {t.text, "text"}, {t.soft, "soft"}, {t.code, "code"}})
                EXPECT_GE(contrast(colour, surface), least)
                    << name << " on " << surface.name().toStdString() << ", theme " << static_cast<int>(theme);
            if (theme == map::Theme::contrast) {
                for (const QColor colour : {t.muted, t.faint, t.late, t.warnText, t.accent, t.warn})
                    EXPECT_GE(contrast(colour, surface), surface == t.selected ? 4.5 : 7)
                        << colour.name().toStdString() << " on " << surface.name().toStdString();
            }
        }
        EXPECT_GE(contrast(t.warnText, t.warnWash), least);
        for (const QColor priority : t.priority)
            EXPECT_GE(contrast(t.onPriority, priority), 4.5);
    }
    const Tokens& t = tokens(map::Theme::contrast);
    EXPECT_GE(contrast(t.line, t.ground), 3) << "lines between panels can be seen (1.4.11)";
}

} // namespace
} // namespace vedette::console
