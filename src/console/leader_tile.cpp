// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/leader_tile.h"

#include "console/theme.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QPainter>

namespace vedette::console {

LeaderTile::LeaderTile(const QString& name, Size size, QWidget* parent) : QAbstractButton(parent), size_(size) {
    setText(name);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize LeaderTile::sizeHint() const {
    return size_ == Size::large ? QSize(118, 84) : QSize(96, 30);
}

void LeaderTile::setFigure(const QString& figure, const QString& mark, const QString& change, bool worse,
                           bool alarming) {
    if (figure == figure_ && mark == mark_ && change == change_ && worse == worse_ && alarming == alarming_)
        return; // nothing to paint again
    figure_ = figure, mark_ = mark, change_ = change, worse_ = worse, alarming_ = alarming;
    setAccessibleName(text() + QStringLiteral(" ") + figure_ + QStringLiteral(" ") + change_);
    setToolTip(change_);
    update();
}

void LeaderTile::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        return click();
    QAbstractButton::keyPressEvent(event);
}

void LeaderTile::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(hasFocus() ? t.accent : t.line, hasFocus() ? 2 : 1));
    painter.setBrush(underMouse() || isDown() ? t.selected : t.panel);
    painter.drawRoundedRect(box, 4, 4);
    if (size_ == Size::small) {
        painter.setFont(textFont(13, QFont::DemiBold));
        painter.setPen(alarming_ ? t.late : t.strong);
        const double wide = figuresWidth(painter.font(), figure_);
        drawFigures(painter, box.adjusted(8, 0, -8, 0), Qt::AlignRight | Qt::AlignVCenter, figure_);
        painter.setFont(textFont(12));
        painter.setPen(t.soft);
        const int room = static_cast<int>(box.width() - wide - 22);
        painter.drawText(box.adjusted(8, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(text(), Qt::ElideRight, room));
        return;
    }
    painter.setFont(textFont(12));
    painter.setPen(t.soft);
    const int room = width() - 22;
    painter.drawText(box.adjusted(11, 7, -11, 0), Qt::AlignLeft | Qt::AlignTop,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, room));
    painter.setFont(textFont(26));
    painter.setPen(alarming_ ? t.warnText : t.strong);
    drawFigures(painter, box.adjusted(11, 22, -11, -24), Qt::AlignLeft | Qt::AlignVCenter, figure_);
    painter.setFont(textFont(12));
    painter.setPen(worse_ ? t.late : t.soft);
    const QString below = mark_.isEmpty() ? change_ : mark_ + QStringLiteral(" ") + change_;
    const QString fits = painter.fontMetrics().elidedText(below, Qt::ElideRight, room);
    drawFigures(painter, box.adjusted(11, 0, -11, -7), Qt::AlignLeft | Qt::AlignBottom, fits);
}

} // namespace vedette::console
