// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/theme.h"

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
    t.free = "#009e73", t.enroute = "#56b4e9", t.onscene = "#cc79a7", t.busy = "#e69f00", t.lost = "#7b8ea0";
    t.priority[0] = "#d55e00", t.priority[1] = "#e69f00", t.priority[2] = "#f0e442",
    t.priority[3] = "#8fa1b0";
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
    t.free = "#00805c", t.enroute = "#0072b2", t.onscene = "#b0558a", t.busy = "#c98a00", t.lost = "#7a8792";
    t.priority[0] = "#d55e00", t.priority[1] = "#e69f00", t.priority[2] = "#f0e442",
    t.priority[3] = "#b9c5ce";
    t.onPriority = "#12171b";
    return t;
}

QString filled(QString sheet, const Tokens& t) {
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
    return sheet;
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
    static const Tokens night = dark(), day = light();
    return theme == map::Theme::dark ? night : day;
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
        app.setStyleSheet(filled(QString::fromUtf8(file.readAll()), t));
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
