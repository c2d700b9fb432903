// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/theme.h"

#include "map/symbols.h"
#include "offscreen.h"

#include <QGuiApplication>

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace vedette::map {
namespace {

const auto* const offscreen =
    ::testing::AddGlobalTestEnvironment(new test::Offscreen<QGuiApplication>); // owned by GoogleTest

constexpr Theme themes[] = {Theme::dark, Theme::light, Theme::contrast};

using Three = std::array<double, 3>;

double linear(double v) { // IEC 61966-2-1
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}
Three linear(QColor c) {
    return {linear(c.redF()), linear(c.greenF()), linear(c.blueF())};
}

// WCAG 2.1, relative luminance and contrast ratio.
double luminance(QColor c) {
    const Three rgb = linear(c);
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}
double contrast(QColor a, QColor b) {
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

// Machado, Oliveira and Fernandes 2009, "A Physiologically-based Model for Simulation of Color Vision Deficiency",
// severity 1.0; for linear RGB.
using Matrix = std::array<Three, 3>;
constexpr Matrix normal{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
constexpr Matrix protanopia{
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix deuteranopia{
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
constexpr Matrix tritanopia{
    {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};

Three lab(QColor c, const Matrix& eye) { // CIE 1976 of D65
    const Three rgb = linear(c);
    Three seen{};
    for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t k = 0; k < 3; ++k)
            seen[i] += eye[i][k] * rgb[k];
        seen[i] = std::clamp(seen[i], 0.0, 1.0);
    }
    const Three xyz{(0.4124564 * seen[0] + 0.3575761 * seen[1] + 0.1804375 * seen[2]) / 0.95047,
                    0.2126729 * seen[0] + 0.7151522 * seen[1] + 0.0721750 * seen[2],
                    (0.0193339 * seen[0] + 0.1191920 * seen[1] + 0.9503041 * seen[2]) / 1.08883};
    const auto f = [](double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; };
    return {116 * f(xyz[1]) - 16, 500 * (f(xyz[0]) - f(xyz[1])), 200 * (f(xyz[1]) - f(xyz[2]))};
}
double difference(QColor a, QColor b, const Matrix& eye) {
    const Three x = lab(a, eye), y = lab(b, eye);
    return std::hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

TEST(Oracle, theContrastOfBlackAndWhiteIs21AndWebAimsGreyIs4_54) {
    EXPECT_NEAR(contrast(Qt::black, Qt::white), 21, 1e-9);
    EXPECT_NEAR(contrast(QColor("#767676"), Qt::white), 4.54, 0.005);
    EXPECT_NEAR(difference(Qt::red, QColor(0, 255, 0), normal), 170.6, 0.5);
    EXPECT_LT(difference(QColor("#9f8f00"), QColor("#b38600"), protanopia), 12) << "red and green look alike to it";
}

TEST(Theme, itsNameLeadsBackToIt) {
    for (const Theme theme : themes)
        EXPECT_EQ(themeOf(toString(theme)), theme);
    EXPECT_EQ(themeOf("night"), std::nullopt);
}

TEST(Theme, labelsAndNotesCanBeRead) {
    for (const Theme theme : themes) {
        const Palette& colours = palette(theme);
        const double least = theme == Theme::contrast ? 7 : 4.5;
        for (const QColor under : {colours.ground, colours.halo, areaStyle(layers::AreaKind::grid, false, theme).fill}) {
            EXPECT_GE(contrast(colours.ink, under), 7) << int(theme);
            EXPECT_GE(contrast(colours.quiet, under), least) << int(theme);
        }
        EXPECT_GE(contrast(colours.selection, colours.ground), theme == Theme::contrast ? 7 : 3) << int(theme);
    }
}

// WCAG 2.1, 1.4.11: 3 : 1 for what has to be told from its ground; filled marks carry an edge of the symbol's own.
TEST(Theme, everyHueStandsOutFromTheGround) {
    for (const Theme theme : themes)
        for (int hue = 0; hue <= int(Hue::accent); ++hue) {
            const QColor colour = hueColour(Hue(hue), theme);
            const Palette& colours = palette(theme);
            const double shown = std::max(contrast(colour, colours.ground), contrast(colours.symbolEdge, colours.ground));
            EXPECT_GE(theme == Theme::contrast ? contrast(colour, colours.ground) : shown, theme == Theme::contrast ? 7 : 3)
                << "hue " << hue << " theme " << int(theme);
        }
}

// Two statuses are told apart by hue, to any eye, or by their shape.
TEST(Theme, statusIsToldApartByAnyEye) {
    const auto book = SymbolBook::builtIn();
    constexpr double seen = 12; // CIE 1976; 2.3 is a just noticeable difference
    for (const Theme theme : themes)
        for (const auto& [eye, name] : {std::pair(&normal, "normal"), {&protanopia, "protanopia"},
                                        {&deuteranopia, "deuteranopia"}, {&tritanopia, "tritanopia"}}) {
            const std::string_view statuses[] = {"free", "assigned", "enroute", "onscene", "onBreak", "lost", "off"};
            for (const auto a : statuses)
                for (const auto b : statuses) {
                    if (a == b)
                        continue;
                    SymbolFacts one, other;
                    one.status = a, other.status = b;
                    const Symbol x = book->symbol(one), y = book->symbol(other);
                    EXPECT_TRUE(x.shape != y.shape || difference(x.in(theme), y.in(theme), *eye) >= seen)
                        << a << " and " << b << ", " << name << ", theme " << int(theme);
                }
            // The priorities have one shape (and a figure each): their hues alone must do.
            for (int i = int(Hue::priority1); i <= int(Hue::priority4); ++i)
                for (int k = i + 1; k <= int(Hue::priority4); ++k)
                    EXPECT_GE(difference(hueColour(Hue(i), theme), hueColour(Hue(k), theme), *eye), seen)
                        << i << " and " << k << ", " << name << ", theme " << int(theme);
        }
}

} // namespace
} // namespace vedette::map
