// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/theme.h"

#include <algorithm>
#include <array>

namespace vedette::map {

namespace {

struct Stop {
    double at;
    int red, green, blue;
    double alpha;
};

// Lightness runs one way in each: brighter is more on the dark ground, darker is more on the light one.
constexpr std::array<Stop, 5> darkRamp{{{0.00, 0x3a, 0x22, 0x3c, 0.00},
                                        {0.12, 0x5a, 0x26, 0x46, 0.30},
                                        {0.40, 0x8f, 0x30, 0x45, 0.58},
                                        {0.72, 0xc9, 0x44, 0x2f, 0.78},
                                        {1.00, 0xe8, 0x74, 0x3b, 0.92}}};
constexpr std::array<Stop, 5> lightRamp{{{0.00, 0xfd, 0xe3, 0xc0, 0.00},
                                         {0.12, 0xfa, 0xc9, 0x94, 0.45},
                                         {0.40, 0xf0, 0x8c, 0x5a, 0.68},
                                         {0.72, 0xcf, 0x45, 0x4a, 0.82},
                                         {1.00, 0x7d, 0x1d, 0x4f, 0.92}}};

} // namespace

const Palette& palette(Theme theme) {
    static const Palette dark{QColor("#1c2228"),   QColor("#e7edf2"), QColor("#12171b"),
                              QColor("#cc0d1114"), QColor("#303a43"), QColor("#b9c6d1"),
                              QColor("#56b4e9"),   QColor("#12171b"), QColor("#12171b")};
    static const Palette light{QColor("#e9edf0"),   QColor("#1b2329"), QColor("#ffffff"),
                               QColor("#e6ffffff"), QColor("#b6c2cc"), QColor("#3f4d59"),
                               QColor("#0072b2"),   QColor("#ffffff"), QColor("#1b2329")};
    static const Palette contrast{QColor("#000000"), QColor("#ffffff"), QColor("#000000"),
                                  QColor("#000000"), QColor("#ffffff"), QColor("#ffffff"),
                                  QColor("#7fd4ff"), QColor("#000000"), QColor("#000000")};
    return theme == Theme::dark ? dark : theme == Theme::light ? light : contrast;
}

QString toString(Theme theme) {
    return theme == Theme::light      ? QStringLiteral("light")
           : theme == Theme::contrast ? QStringLiteral("contrast")
                                      : QStringLiteral("dark");
}

std::optional<Theme> themeOf(const QString& name) {
    for (const Theme theme : {Theme::dark, Theme::light, Theme::contrast})
        if (toString(theme) == name)
            return theme;
    return {};
}

namespace {

struct HueRow {
    std::string_view name;
    QRgb dark, light, contrast;
};
// In the order of Hue. Okabe and Ito's hues, darker on the light ground, lighter on the black one.
constexpr std::array<HueRow, 11> hues{{{"free", 0x009e73, 0x00805c, 0x2ee6b0},
                                       {"enroute", 0x56b4e9, 0x0072b2, 0x7fd4ff},
                                       {"onscene", 0xcc79a7, 0xb0558a, 0xff9ad5},
                                       {"busy", 0xe69f00, 0xc98a00, 0xffc233},
                                       {"lost", 0x7b8ea0, 0x7a8792, 0xc3ccd4},
                                       {"priority1", 0xd55e00, 0xd55e00, 0xff7a1a},
                                       {"priority2", 0xe69f00, 0xe69f00, 0xffbf2e},
                                       {"priority3", 0xf0e442, 0xf0e442, 0xfff36b},
                                       {"priority4", 0x8fa1b0, 0xb9c5ce, 0xd5dde4},
                                       {"alarm", 0xd55e00, 0xc04f00, 0xff7a1a},
                                       {"accent", 0x56b4e9, 0x0072b2, 0x7fd4ff}}};

} // namespace

QColor hueColour(Hue hue, Theme theme) {
    const HueRow& row = hues[std::size_t(hue)];
    return QColor::fromRgb(0xff000000u | (theme == Theme::dark    ? row.dark
                                          : theme == Theme::light ? row.light
                                                                  : row.contrast));
}

std::optional<Hue> hueOf(std::string_view name) {
    for (std::size_t i = 0; i < hues.size(); ++i)
        if (hues[i].name == name)
            return Hue(i);
    return {};
}

QColor groundColour(Theme theme) {
    return palette(theme).ground;
}

QColor heatColour(double fraction, Theme theme) {
    const auto& ramp = isDark(theme) ? darkRamp : lightRamp;
    const double f = fraction >= 0 ? std::min(fraction, 1.0) : 0.0; // NaN counts as nothing
    std::size_t i = 1;
    while (i + 1 < ramp.size() && f > ramp[i].at)
        ++i;
    const Stop &a = ramp[i - 1], &b = ramp[i];
    const double t = (f - a.at) / (b.at - a.at);
    const auto mix = [t](double from, double to) { return from + (to - from) * t; };
    return QColor::fromRgbF(float(mix(a.red, b.red) / 255), float(mix(a.green, b.green) / 255),
                            float(mix(a.blue, b.blue) / 255), float(mix(a.alpha, b.alpha)));
}

QColor priorityColour(int priority) {
    switch (priority) {
    case 1:
        return QColor("#d55e00");
    case 2:
        return QColor("#e69f00");
    case 3:
        return QColor("#f0e442");
    default:
        return QColor("#b9c6d1");
    }
}

QColor unitColour(UnitLook look) {
    switch (look) {
    case UnitLook::free:
        return QColor("#009e73");
    case UnitLook::enRoute:
        return QColor("#56b4e9");
    case UnitLook::onScene:
        return QColor("#cc79a7");
    case UnitLook::busy:
        return QColor("#e69f00");
    case UnitLook::lost:
        break;
    }
    return QColor("#7b8ea0");
}

MarkShape unitShape(UnitLook look) {
    switch (look) {
    case UnitLook::free:
        return MarkShape::square;
    case UnitLook::enRoute:
        return MarkShape::triangleRight;
    case UnitLook::onScene:
        return MarkShape::diamond;
    case UnitLook::busy:
        return MarkShape::filledSquare;
    case UnitLook::lost:
        break;
    }
    return MarkShape::dottedCircle;
}

AreaStyle areaStyle(layers::AreaKind kind, bool exclusive, Theme theme) {
    using Kind = layers::AreaKind;
    const bool dark = isDark(theme);
    const QColor none(0, 0, 0, 0);
    if (theme == Theme::contrast) { // black land, lines by width and brightness alone
        const QColor black("#000000"), grey("#8c98a3"), bright("#d5dde4"), white("#ffffff");
        switch (kind) {
        case Kind::grid:
            return {black, exclusive ? QColor("#2ee6b0") : grey, exclusive ? 1.4 : 0.8, exclusive ? 4.0 : 3.0};
        case Kind::community:
            return {none, grey, 1.2, 8};
        case Kind::township:
            return {none, bright, 1.6, 40};
        case Kind::county:
            return {black, bright, 2.2, 250};
        case Kind::city:
            return {black, white, 2.4, 0};
        case Kind::beat:
            return {none, bright, 1.8, 25};
        case Kind::station:
            return {none, white, 2.2, 60};
        case Kind::bureau:
            break;
        }
        return {none, white, 2.8, 200};
    }
    const QColor land(dark ? "#222a31" : "#f8fafb");
    const QColor faint(dark ? "#36424c" : "#cdd5dc"), middle(dark ? "#4d5c69" : "#9aa8b4"),
        strong(dark ? "#7b8ea0" : "#5d7080");
    switch (kind) {
    case Kind::grid:
        if (exclusive)
            return {QColor(dark ? "#2a3a3a" : "#e3efe9"), QColor(dark ? "#4f7a70" : "#6fa893"), 1.0, 4};
        return {land, faint, 0.7, 3};
    case Kind::community:
        return {none, faint, 1.1, 8};
    case Kind::township:
        return {none, middle, 1.4, 40};
    case Kind::county:
        return {land, middle, 2.0, 250};
    case Kind::city:
        return {land, strong, 2.2, 0};
    case Kind::beat:
        return {none, strong, 1.4, 14};
    case Kind::station:
        return {none, strong, 1.8, 60};
    case Kind::bureau:
        break;
    }
    return {none, strong, 2.4, 200};
}

QColor roadColour(Theme theme) {
    return QColor(theme == Theme::dark ? "#3d4a55" : theme == Theme::light ? "#d5dce2" : "#5d6a75");
}

std::vector<AreaLayer> areaLayers(const layers::Areas& areas, Theme theme) {
    using Kind = layers::AreaKind;
    std::array<std::array<bool, 2>, 8> has{};
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const auto& area = areas[layers::AreaIndex(i)];
        has[std::size_t(area.kind)][area.exclusive] = true;
    }
    struct Row {
        Kind kind;
        bool exclusive, visible;
    };
    constexpr std::array<Row, 9> order{{{Kind::city, false, true},
                                        {Kind::county, false, true},
                                        {Kind::grid, false, true},
                                        {Kind::grid, true, false},
                                        {Kind::community, false, false},
                                        {Kind::township, false, false},
                                        {Kind::beat, false, true},
                                        {Kind::station, false, true},
                                        {Kind::bureau, false, true}}};
    std::vector<AreaLayer> result;
    for (const auto& row : order) {
        if (!has[std::size_t(row.kind)][row.exclusive])
            continue;
        AreaLayer layer;
        const auto name = layers::toString(row.kind);
        layer.name =
            row.exclusive ? QStringLiteral("exclusive") : QString::fromUtf8(name.data(), name.size());
        layer.kind = row.kind;
        layer.exclusive = row.exclusive;
        layer.visible = row.visible;
        layer.style = areaStyle(row.kind, row.exclusive, theme);
        result.push_back(std::move(layer));
    }
    // A city without civil areas still needs land under its lines.
    const bool filled = std::any_of(result.begin(), result.end(), [](const AreaLayer& layer) {
        return layer.visible && layer.style.fill.alpha() > 0;
    });
    if (!filled && !result.empty())
        result.back().style.fill = areaStyle(Kind::grid, false, theme).fill;
    return result;
}

QFont mapFont(double pixels, QFont::Weight weight) {
    QFont font;
    font.setFamilies({QStringLiteral("Inter"), QStringLiteral("Noto Sans CJK SC")});
    font.setPointSizeF(pixels * 72 / 96);
    font.setWeight(weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

} // namespace vedette::map
