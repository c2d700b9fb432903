// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/theme.h"

#include "map/theme.h"

#include <QApplication>
#include <QFile>
#include <QFontMetricsF>
#include <QPainter>
#include <QPalette>
#include <QRegularExpression>

namespace vedette::console {

namespace {

map::Theme shown = map::Theme::dark;

Tokens dark() {
    Tokens t;
    t.ground = "#12171b", t.panel = "#151b20", t.table = "#141a1e", t.sunken = "#0d1114",
    t.raised = "#1c2329";
    t.line = "#252d34", t.lineSoft = "#1b2228";
    t.strong = "#f2f6f9", t.text = "#d5dde4", t.soft = "#93a1ad", t.muted = "#7b8ea0", t.faint = "#66747f";
    t.code = "#9fb0bf";
    t.accent = "#56b4e9", t.selected = "#16232c";
    t.warn = "#e69f00", t.warnWash = "#2a2113", t.warnText = "#ffd58a", t.alarm = "#d55e00",
    t.late = "#ff9d6b";
    t.onPriority = "#12171b";
    return t;
}

Tokens light() {
    Tokens t;
    t.ground = "#eceff2", t.panel = "#f7f9fa", t.table = "#ffffff", t.sunken = "#ffffff",
    t.raised = "#ffffff";
    t.line = "#ccd4db", t.lineSoft = "#e6eaee";
    t.strong = "#0f171d", t.text = "#1f2a33", t.soft = "#4a5964", t.muted = "#5f707d", t.faint = "#82919c";
    t.code = "#3b4c59";
    t.accent = "#0072b2", t.selected = "#dcebf6";
    t.warn = "#c98a00", t.warnWash = "#fdf1d6", t.warnText = "#7a5200", t.alarm = "#c04f00",
    t.late = "#b23c00";
    t.onPriority = "#12171b";
    return t;
}

// Black and white first: 7 : 1 for everything that is read (WCAG 2.1, 1.4.6), and lines that can be seen.
Tokens contrast() {
    Tokens t;
    t.ground = "#000000", t.panel = "#000000", t.table = "#000000", t.sunken = "#000000",
    t.raised = "#161b20";
    t.line = "#8c98a3", t.lineSoft = "#4d5761";
    t.strong = "#ffffff", t.text = "#ffffff", t.soft = "#e3e9ee", t.muted = "#d0d8df", t.faint = "#b4bec7";
    t.code = "#e3e9ee";
    t.accent = "#7fd4ff", t.selected = "#0b3a57";
    t.warn = "#ffc233", t.warnWash = "#332500", t.warnText = "#ffe0a3", t.alarm = "#ff7a1a",
    t.late = "#ffb38a";
    t.onPriority = "#000000";
    return t;
}

Tokens withHues(Tokens t, map::Theme theme) {
    using map::Hue;
    const auto hue = [theme](Hue which) { return map::hueColour(which, theme); };
    t.free = hue(Hue::free), t.enroute = hue(Hue::enRoute), t.onscene = hue(Hue::onScene);
    t.busy = hue(Hue::busy), t.lost = hue(Hue::lost);
    for (int i = 0; i < 4; ++i)
        t.priority[i] = hue(static_cast<Hue>(static_cast<int>(Hue::priority1) + i));
    return t;
}

QString filled(QString sheet, const Tokens& t, map::Theme theme) {
    const std::pair<const char*, QColor> names[] = {
        {"ground", t.ground},     {"panel", t.panel},       {"table", t.table},
        {"sunken", t.sunken},     {"raised", t.raised},     {"lineSoft", t.lineSoft},
        {"line", t.line},         {"strong", t.strong},     {"text", t.text},
        {"soft", t.soft},         {"muted", t.muted},       {"faint", t.faint},
        {"code", t.code},         {"accent", t.accent},     {"selected", t.selected},
        {"warnWash", t.warnWash}, {"warnText", t.warnText}, {"warn", t.warn},
        {"alarm", t.alarm},       {"late", t.late},         {"free", t.free},
        {"enroute", t.enroute}};
    for (const auto& [name, colour] : names)
        sheet.replace(QRegularExpression(QStringLiteral("@%1\\b").arg(QLatin1String(name))), colour.name());
    // Upon the accent, as what is written on it would be.
    return sheet.replace(QStringLiteral("@tick"), theme == map::Theme::light ? QStringLiteral("tick-white")
                                                                             : QStringLiteral("tick-dark"));
}

QChar widestDigit(const QFontMetricsF& metrics) {
    QChar widest = u'0';
    for (char16_t digit = u'1'; digit <= u'9'; ++digit)
        if (metrics.horizontalAdvance(QChar(digit)) > metrics.horizontalAdvance(widest))
            widest = digit;
    return widest;
}

} // namespace

const Tokens& tokens(map::Theme theme) {
    static const Tokens night = withHues(dark(), map::Theme::dark), day = withHues(light(), map::Theme::light),
                        plain = withHues(contrast(), map::Theme::contrast);
    return theme == map::Theme::dark ? night : theme == map::Theme::light ? day : plain;
}

map::Theme currentTheme() {
    return shown;
}

const Tokens& tokens() {
    return tokens(shown);
}

void applyTheme(QApplication& app, map::Theme theme) {
    shown = theme;
    const Tokens& t = tokens(theme);
    QPalette palette;
    palette.setColor(QPalette::Window, t.ground);
    palette.setColor(QPalette::WindowText, t.text);
    palette.setColor(QPalette::Base, t.table);
    palette.setColor(QPalette::AlternateBase, t.panel);
    palette.setColor(QPalette::Text, t.text);
    palette.setColor(QPalette::PlaceholderText, t.faint);
    palette.setColor(QPalette::Button, t.raised);
    palette.setColor(QPalette::ButtonText, t.text);
    palette.setColor(QPalette::BrightText, t.strong);
    palette.setColor(QPalette::Highlight, t.selected);
    palette.setColor(QPalette::HighlightedText, t.strong);
    palette.setColor(QPalette::ToolTipBase, t.sunken);
    palette.setColor(QPalette::ToolTipText, t.text);
    palette.setColor(QPalette::Link, t.accent);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, t.faint);
    app.setPalette(palette);
    app.setFont(textFont(13));
    QFile file(QStringLiteral(":/console/vedette.qss"));
    if (file.open(QIODevice::ReadOnly))
        app.setStyleSheet(filled(QString::fromUtf8(file.readAll()), t, theme));
}

QFont textFont(int pixels, QFont::Weight weight) {
    QFont font;
    font.setFamilies(
        {QStringLiteral("Inter"), QStringLiteral("Noto Sans CJK SC"), QStringLiteral("sans-serif")});
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

QFont codeFont(int pixels) {
    QFont font;
    font.setFamilies({QStringLiteral("JetBrains Mono"), QStringLiteral("Noto Sans Mono CJK SC"),
                      QStringLiteral("Noto Sans CJK SC"), QStringLiteral("monospace")});
    font.setStyleHint(QFont::Monospace);
    font.setPixelSize(pixels);
    return font;
}

double figuresWidth(const QFont& font, const QString& text) {
    const QFontMetricsF metrics(font);
    const double digit = metrics.horizontalAdvance(widestDigit(metrics));
    double width = 0;
    for (const QChar c : text)
        width += c.isDigit() ? digit : metrics.horizontalAdvance(c);
    return width;
}

void drawFigures(QPainter& painter, const QRectF& box, Qt::Alignment alignment, const QString& text) {
    const QFontMetricsF metrics(painter.font());
    const double digit = metrics.horizontalAdvance(widestDigit(metrics));
    const double width = figuresWidth(painter.font(), text);
    double x = alignment & Qt::AlignRight     ? box.right() - width
               : alignment & Qt::AlignHCenter ? box.center().x() - width / 2
                                              : box.left();
    const double y = alignment & Qt::AlignTop ? box.top() + metrics.ascent()
                     : alignment & Qt::AlignBottom
                         ? box.bottom() - metrics.descent()
                         : box.center().y() + (metrics.ascent() - metrics.descent()) / 2;
    QString run;
    double runAt = x;
    const auto flush = [&] {
        if (!run.isEmpty())
            painter.drawText(QPointF(runAt, y), run);
        run.clear();
    };
    for (const QChar c : text) {
        if (c.isDigit()) {
            flush();
            painter.drawText(QPointF(x + (digit - metrics.horizontalAdvance(c)) / 2, y), QString(c));
            x += digit;
            runAt = x;
        } else {
            if (run.isEmpty())
                runAt = x;
            run += c;
            x += metrics.horizontalAdvance(c);
        }
    }
    flush();
}

} // namespace vedette::console
