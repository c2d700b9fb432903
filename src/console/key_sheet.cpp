// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/key_sheet.h"

#include "console/command_line.h"
#include "console/theme.h"
#include "console/wording.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace vedette::console {

KeySheet::KeySheet(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("keySheet"));
    setAccessibleName(tr("All keys"));
    setFocusPolicy(Qt::StrongFocus);
    hide();
}

void KeySheet::open() {
    setGeometry(parentWidget()->rect());
    raise();
    show();
    setFocus(Qt::ShortcutFocusReason);
}

void KeySheet::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Shift || event->key() == Qt::Key_Control || event->key() == Qt::Key_Alt)
        return;
    hide();
    emit closed();
}

void KeySheet::mousePressEvent(QMouseEvent*) {
    hide();
    emit closed();
}

void KeySheet::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = t.sunken;
    veil.setAlpha(170);
    painter.fillRect(rect(), veil);
    const std::pair<QString, QString> keys[] = {
        {QStringLiteral("F2"), tr("next ticket that waits")},
        {QStringLiteral("Enter"), tr("in the ticket: best unit; on a unit: send it")},
        {QStringLiteral("Ctrl+Enter"), tr("on a unit: send it with whoever joins")},
        {QStringLiteral("F3"), tr("take a call")},
        {QStringLiteral("F4"), tr("queue")},
        {QStringLiteral("F5"), tr("units")},
        {QStringLiteral("F6"), tr("map")},
        {QStringLiteral("F7"),
         tr("layers; there Enter: look, T: table, G: group, Alt+↑ ↓: order, Ins, Del, Ctrl+Z: back")},
        {QStringLiteral("F8"), tr("ticket panel")},
        {QStringLiteral("F9"), tr("what can be done with the ticket")},
        {QStringLiteral("F10"), tr("plan for all waiting tickets")},
        {QStringLiteral("Ctrl+B"), tr("leader's board; Esc: back to the map")},
        {QStringLiteral("Ctrl+H"), tr("analysis: risk heat, hours of the week, figures, back-test")},
        {QStringLiteral("Ctrl+3"), tr("tilted picture of the risk")},
        {QStringLiteral("Ctrl+K  :  /"), tr("command bar; / looks for something")},
        {QStringLiteral("Ctrl+Z"), tr("undo where nothing has left the room")},
        {QStringLiteral("Backspace"), tr("exact previous view, with Shift the next")},
        {QStringLiteral("Home"), tr("whole city, follow again")},
        {tr("+  −  arrows"), tr("zoom and move the map")},
        {QStringLiteral("Shift+← Shift+→"), tr("turn the map; N: north up")},
        {QStringLiteral("O"), tr("on the map: ") + tr("overview map")},
        {QStringLiteral("M  Shift+M"), tr("on the map: ") + tr("measure a way; an area")},
        {QStringLiteral("C  Shift+C"),
         tr("on the map: ") + tr("copy the coordinates under the pointer; write them otherwise")},
        {QStringLiteral("Ctrl+G"), tr("go to a coordinate, code, ticket, unit or place")},
        {QStringLiteral("Ctrl+T"), tr("timeline: jump to a time")},
        {QStringLiteral("Ctrl+Space"), tr("play or pause")},
        {QStringLiteral("Ctrl+← Ctrl+→"), tr("previous and next event")},
        {QStringLiteral("Ctrl+↑ Ctrl+↓"), tr("faster and slower")},
        {QStringLiteral("Ctrl+R"), tr("close a road or slow it down, drawn on the map")},
        {QStringLiteral("Ctrl+E"), tr("export")},
        {QStringLiteral("Ctrl+L"), tr("map: list what stands around the selected or in the middle")},
        {QStringLiteral("Ctrl+P"), tr("print the map, or an atlas")},
        {QStringLiteral("Ctrl+M"), tr("mute the alarm for five minutes")},
        {QStringLiteral("Ctrl+D"), tr("dark, light or high contrast")},
        {QStringLiteral("F11"), tr("full screen")},
        {QStringLiteral("F12"), tr("who is on")},
        {QStringLiteral("Esc"), tr("back: to the queue, out of a form, to live")}};
    const int wide = std::min(1400, width() - 80), tall = std::min(1000, height() - 60);
    const QRectF sheet((width() - wide) / 2.0, (height() - tall) / 2.0, wide, tall);
    painter.setPen(t.line);
    painter.setBrush(t.panel);
    painter.drawRoundedRect(sheet, 8, 8);
    painter.setFont(textFont(18, QFont::DemiBold));
    painter.setPen(t.strong);
    painter.drawText(sheet.adjusted(28, 22, 0, 0), tr("Keys"));
    painter.drawText(sheet.adjusted(wide / 2.0 + 12, 22, 0, 0),
                     tr("Command bar: verb, unit and ticket in any order"));
    double y = sheet.top() + 66;
    const double apart = std::min(25.0, (tall - 84.0) / static_cast<double>(std::size(keys)));
    for (const auto& [key, what] : keys) {
        painter.setFont(codeFont(12));
        painter.setPen(t.accent);
        painter.drawText(QRectF(sheet.left() + 28, y, 150, apart), Qt::AlignVCenter, key);
        painter.setFont(textFont(13));
        painter.setPen(t.text);
        painter.drawText(QRectF(sheet.left() + 184, y, wide / 2.0 - 190, apart), Qt::AlignVCenter, what);
        y += apart;
    }
    y = sheet.top() + 66;
    const double step = std::min(21.0, (tall - 84.0) / static_cast<double>(verbs().size()));
    const int small = std::clamp(static_cast<int>(step) - 3, 8, 12); // all of them stand on a low screen too
    for (const VerbRow& verb : verbs()) {
        painter.setFont(codeFont(std::min(11, small)));
        painter.setPen(t.accent);
        painter.drawText(QRectF(sheet.left() + wide / 2.0 + 12, y, 300, step), Qt::AlignVCenter,
                         q(verb.form));
        painter.setFont(textFont(small));
        painter.setPen(t.text);
        painter.drawText(QRectF(sheet.left() + wide / 2.0 + 310, y, wide / 2.0 - 330, step), Qt::AlignVCenter,
                         say({verb.code}));
        y += step;
    }
}

} // namespace vedette::console
