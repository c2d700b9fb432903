// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/row_delegates.h"

#include "console/layer_model.h"
#include "console/queue_model.h"
#include "console/shapes.h"
#include "console/theme.h"
#include "console/unit_model.h"

#include <QMouseEvent>
#include <QPainter>

namespace vedette::console {

namespace {

void ground(QPainter* painter, const QStyleOptionViewItem& option) {
    const Tokens& t = tokens();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, t.selected);
    painter->setPen(t.lineSoft);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
}

void write(QPainter* painter, const QRect& box, const QString& text) {
    painter->drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(text, Qt::ElideRight, box.width()));
}

void ring(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) {
    const auto* view = qobject_cast<const QWidget*>(option.widget);
    if (view && view->hasFocus() && (option.state & QStyle::State_Selected) && index.column() == 0)
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                          tokens().accent);
}

} // namespace

void QueueDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
    const Tokens& t = tokens();
    painter->save();
    ground(painter, option);
    const QRect box = option.rect.adjusted(10, 0, -4, -1);
    const QString text = index.data().toString();
    const bool gone = index.data(QueueModel::goneRole).toBool();
    painter->setOpacity(gone ? 0.45 : 1);
    painter->setPen(t.text);
    switch (index.column()) {
    case QueueModel::priorityColumn:
        drawPriority(*painter, option.rect.adjusted(6, 0, 0, -1),
                     index.data(QueueModel::priorityRole).toInt());
        if (index.data(QueueModel::untakenRole).toBool())
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), t.alarm);
        break;
    case QueueModel::ticketColumn:
    case QueueModel::areaColumn:
        painter->setFont(codeFont(12));
        painter->setPen(index.column() == QueueModel::ticketColumn ? t.code : t.code);
        write(painter, box, text);
        break;
    case QueueModel::whatColumn:
        drawSymbol(*painter, QRectF(box.left(), box.center().y() - 7, 14, 14),
                   static_cast<std::uint16_t>(index.data(QueueModel::symbolRole).toUInt()), t.soft);
        write(painter, box.adjusted(20, 0, 0, 0), text);
        break;
    case QueueModel::ageColumn:
        painter->setPen(t.muted);
        drawFigures(*painter, box, Qt::AlignLeft | Qt::AlignVCenter, text);
        break;
    case QueueModel::dueColumn:
        painter->setPen(index.data(QueueModel::lateRole).toBool()   ? t.late
                        : index.data(QueueModel::soonRole).toBool() ? t.warnText
                        : text == QStringLiteral("—")               ? t.muted
                                                                    : t.text);
        drawFigures(*painter, box, Qt::AlignLeft | Qt::AlignVCenter, text);
        break;
    default:
        write(painter, box, text);
    }
    ring(painter, option, index);
    painter->restore();
}

void UnitDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    const Tokens& t = tokens();
    painter->save();
    ground(painter, option);
    QRect box = option.rect.adjusted(10, 0, -4, -1);
    painter->setOpacity(index.data(UnitModel::goneRole).toBool() ? 0.45 : 1);
    painter->setPen(t.soft);
    const QString text = index.data().toString();
    switch (index.column()) {
    case UnitModel::unitColumn: {
        const auto status = static_cast<dispatch::UnitStatus>(index.data(UnitModel::statusRole).toInt());
        drawSign(*painter, QRectF(box.left(), box.center().y() - 6, 12, 12),
                 statusSign(status, index.data(UnitModel::lostRole).toBool()));
        box.adjust(18, 0, 0, 0);
        drawSymbol(*painter, QRectF(box.left(), box.center().y() - 7, 14, 14),
                   symbolOf(static_cast<dispatch::Role>(index.data(UnitModel::roleRole).toInt())), t.soft);
        box.adjust(20, 0, 0, 0);
        painter->setPen(t.text);
        const QString code = index.data(UnitModel::codeRole).toString();
        painter->drawText(box, Qt::AlignLeft | Qt::AlignVCenter, code);
        box.adjust(painter->fontMetrics().horizontalAdvance(code + u' '), 0, 0, 0);
        write(painter, box, index.data(UnitModel::nameRole).toString());
        break;
    }
    case UnitModel::positionColumn:
        painter->setPen(index.data(UnitModel::staleRole).toBool() ? t.late : t.soft);
        drawFigures(*painter, box, Qt::AlignLeft | Qt::AlignVCenter,
                    painter->fontMetrics().elidedText(text, Qt::ElideRight, box.width()));
        break;
    case UnitModel::onColumn:
        painter->setFont(codeFont(12));
        painter->setPen(t.code);
        write(painter, box, text);
        break;
    case UnitModel::loadColumn:
        drawFigures(*painter, box, Qt::AlignLeft | Qt::AlignVCenter, text);
        break;
    default:
        write(painter, box, text);
    }
    ring(painter, option, index);
    painter->restore();
}

constexpr int swatchReach = 20; // a click within so many pixels of a row's indent is on its swatch

// A head's swatch stands beside its fold's sign, its layers' a little farther in.
static int indentOf(const QModelIndex& layer) {
    if (layer.data(LayerModel::headRole).toBool())
        return 16;
    return layer.data(LayerModel::groupRole).toString().isEmpty() ? 0 : 26;
}

void LayerDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
    const Tokens& t = tokens();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(t.selected);
        painter->drawRoundedRect(option.rect.adjusted(-2, 0, 2, 0), 3, 3);
    }
    const bool on = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    const bool present = index.data(LayerModel::presentRole).toBool();
    const bool shown = index.data(LayerModel::shownRole).toBool(), head = index.data(LayerModel::headRole).toBool();
    const int indent = indentOf(index);
    if (head) {
        const QPointF middle(option.rect.left() + 5.5, option.rect.center().y() + 0.5);
        painter->setPen(QPen(t.soft, 1.6));
        const bool folded = index.data(LayerModel::foldedRole).toBool();
        const QPolygonF right{{-2, -4}, {2, 0}, {-2, 4}}, down{{-4, -2}, {0, 2}, {4, -2}};
        painter->drawPolyline((folded ? right : down).translated(middle));
    }
    const QColor fill = index.data(LayerModel::fillRole).value<QColor>();
    const QColor outline = index.data(LayerModel::outlineRole).value<QColor>();
    painter->setOpacity(on && !shown ? 0.45 : 1); // checked, but its group isn't
    const QRectF swatch(option.rect.left() + indent + 0.5, option.rect.center().y() - 6, 13, 13);
    painter->setPen(QPen(on && outline.isValid() ? outline : t.faint, on && outline.isValid() ? 2 : 1));
    painter->setBrush(on && fill.isValid() ? fill : QBrush(Qt::NoBrush));
    painter->drawRoundedRect(swatch, 2, 2);
    if (on) { // colour isn't the only sign
        painter->setPen(QPen(fill.isValid() ? t.ground : t.text, 1.6));
        painter->setBrush(Qt::NoBrush);
        painter->drawPolyline(QPolygonF{swatch.topLeft() + QPointF(3, 6.5),
                                        swatch.topLeft() + QPointF(5.5, 9.5),
                                        swatch.topLeft() + QPointF(10, 3.5)});
    }
    painter->setOpacity(1);
    const QVariant count = index.data(LayerModel::countRole);
    QRect box = option.rect.adjusted(22 + indent, 0, 0, 0);
    painter->setPen(t.muted);
    const QString note = index.data(LayerModel::noteRole).toString();
    if (count.isValid() || !note.isEmpty()) {
        const QString number = note.isEmpty() ? QLocale().toString(count.toULongLong()) : note;
        drawFigures(*painter, box, Qt::AlignRight | Qt::AlignVCenter, number);
        box.adjust(0, 0, -static_cast<int>(figuresWidth(painter->font(), number)) - 8, 0);
    }
    painter->setPen(present && shown ? t.text : t.faint);
    write(painter, box, index.data().toString());
    painter->restore();
}

QSize LayerDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {200, 25};
}

bool LayerDelegate::editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                                const QModelIndex& index) {
    if (event->type() == QEvent::KeyPress) {
        if (static_cast<QKeyEvent*>(event)->key() != Qt::Key_Space)
            return false;
    } else if (event->type() == QEvent::MouseButtonRelease || event->type() == QEvent::MouseButtonDblClick) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const double along = mouse->position().x() - option.rect.left();
        const int indent = indentOf(index);
        if (mouse->button() != Qt::LeftButton || along >= indent + swatchReach)
            return false; // the name only chooses the layer
        if (event->type() == QEvent::MouseButtonDblClick)
            return true; // two clicks on the swatch are two clicks
        if (index.data(LayerModel::headRole).toBool() && along < indent)
            return model->setData(index, !index.data(LayerModel::foldedRole).toBool(),
                                  LayerModel::foldedRole);
    } else {
        return false;
    }
    const bool on = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    return model->setData(index, on ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

} // namespace vedette::console
