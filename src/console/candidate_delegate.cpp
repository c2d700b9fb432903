// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/candidate_delegate.h"

#include "console/candidate_model.h"
#include "console/theme.h"

#include <QAbstractItemView>
#include <QPainter>

namespace vedette::console {

using Kind = CandidateRow::Kind;

namespace {

Kind kindOf(const QModelIndex& index) {
    return static_cast<Kind>(index.data(CandidateModel::kindRole).toInt());
}

int widthOf(const QStyleOptionViewItem& option) {
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    return view ? view->viewport()->width() : 360;
}

int detailHeight(const QString& text, int width) {
    return QFontMetrics(textFont(12)).boundingRect(QRect(0, 0, width, 200), Qt::TextWordWrap, text).height();
}

} // namespace

QSize CandidateDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const int width = widthOf(option);
    const QString detail = index.data(CandidateModel::detailRole).toString();
    if (kindOf(index) == Kind::notTaken)
        return {width, detailHeight(index.data(CandidateModel::titleRole).toString() + u' ' +
                                        index.data(CandidateModel::codeRole).toString() + u' ' + detail,
                                    width - 4) +
                           5};
    return {width, 20 + 9 * 2 + detailHeight(detail, width - 24) + 7};
}

void CandidateDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
    const Tokens& t = tokens();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QString title = index.data(CandidateModel::titleRole).toString();
    const QString code = index.data(CandidateModel::codeRole).toString();
    const QString detail = index.data(CandidateModel::detailRole).toString();
    const Kind kind = kindOf(index);
    if (kind == Kind::notTaken) {
        painter->setFont(textFont(12));
        painter->setPen(t.muted);
        painter->drawText(option.rect.adjusted(2, 2, -2, 0), Qt::TextWordWrap,
                          title + u' ' + code + QStringLiteral(" ") + detail);
        painter->restore();
        return;
    }
    const auto* view = qobject_cast<const QWidget*>(option.widget);
    const bool current = (option.state & QStyle::State_Selected) && view && view->hasFocus();
    const bool best = index.data(CandidateModel::bestRole).toBool();
    const QRectF card = QRectF(option.rect).adjusted(1, 1, -1, -7);
    painter->setPen(QPen(current ? t.accent : best ? t.accent : t.line, current ? 2 : 1));
    painter->setBrush(current || best ? QBrush(t.selected) : QBrush(Qt::NoBrush));
    painter->drawRoundedRect(card, 5, 5);
    if (kind == Kind::onIt) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(t.enroute);
        painter->drawRoundedRect(QRectF(card.left(), card.top(), 4, card.height()), 2, 2);
    }
    const QRectF head(card.left() + 12, card.top() + 8, card.width() - 24, 20);
    const QString figure = index.data(CandidateModel::figureRole).toString();
    painter->setFont(textFont(16));
    const double figureWidth = figuresWidth(painter->font(), figure);
    painter->setPen(t.strong);
    drawFigures(*painter, head, Qt::AlignRight | Qt::AlignVCenter, figure);
    painter->setFont(textFont(13, QFont::DemiBold));
    const double room = head.width() - figureWidth - 12;
    const QString shown = painter->fontMetrics().elidedText(title, Qt::ElideRight, static_cast<int>(room));
    painter->drawText(head, Qt::AlignLeft | Qt::AlignVCenter, shown);
    const double titleWidth = painter->fontMetrics().horizontalAdvance(shown);
    painter->setFont(codeFont(12));
    painter->setPen(t.code);
    double used = titleWidth + 7;
    if (const double wide = painter->fontMetrics().horizontalAdvance(code);
        !code.isEmpty() && used + wide + 1 < room) {
        painter->drawText(head.adjusted(used, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, code);
        used += wide + 7;
    }
    const QString suffix = index.data(CandidateModel::suffixRole).toString();
    painter->setFont(textFont(13, QFont::DemiBold));
    painter->setPen(t.strong);
    if (used + painter->fontMetrics().horizontalAdvance(suffix) < room)
        painter->drawText(head.adjusted(used, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, suffix);
    painter->setFont(textFont(12));
    painter->setPen(t.soft);
    painter->drawText(QRectF(head.left(), head.bottom() + 2, head.width(), card.bottom() - head.bottom() - 4),
                      Qt::TextWordWrap, detail);
    painter->restore();
}

} // namespace vedette::console
