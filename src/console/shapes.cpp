// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/shapes.h"

#include "console/theme.h"

#include <QPainter>

#include <algorithm>

namespace vedette::console {

namespace {

std::shared_ptr<const map::SymbolBook>& book() {
    static std::shared_ptr<const map::SymbolBook> held = map::SymbolBook::builtIn();
    return held;
}

std::string_view statusWord(dispatch::UnitStatus status, bool lost) {
    using U = dispatch::UnitStatus;
    // Who is at work keeps the sign of the work; the position's age stands in the table.
    const bool idle = status == U::free || status == U::onBreak;
    return lost && idle ? "lost" : toString(status);
}

} // namespace

const std::shared_ptr<const map::SymbolBook>& symbolBook() {
    return book();
}

void setSymbolBook(std::shared_ptr<const map::SymbolBook> made) {
    book() = std::move(made);
}

map::SymbolFacts factsOf(const UnitRow& row) {
    map::SymbolFacts facts;
    facts.role = toString(row.facts->role);
    facts.status = statusWord(row.status, row.lost());
    return facts;
}

map::SymbolFacts factsOf(const QueueRow& row, const std::string& name) {
    map::SymbolFacts facts;
    facts.table = row.hazard ? map::SymbolFacts::Table::hazard : map::SymbolFacts::Table::incident;
    facts.category = row.category;
    facts.name = name;
    facts.stage = toString(row.stage);
    facts.severity = row.priority;
    return facts;
}

std::optional<layers::Message> withoutSymbol(const map::SymbolBook& book, const std::vector<dispatch::Duty>& duties) {
    map::SymbolFacts facts;
    facts.table = map::SymbolFacts::Table::incident;
    facts.severity = 3;
    const std::uint16_t other = book.symbol(facts).drawing;
    constexpr std::size_t mostNamed = 6;
    std::string names;
    std::size_t count = 0;
    for (const dispatch::Duty& duty : duties) {
        facts.category = duty.category, facts.name = duty.name;
        if (book.symbol(facts).drawing != other)
            continue;
        if (count++ < mostNamed)
            names += (names.empty() ? "" : ", ") + (duty.name.empty() ? duty.category : duty.name);
    }
    if (count == 0)
        return std::nullopt;
    return layers::Message{"symbolsDefault", {{"count", std::to_string(count)}, {"names", names}}};
}

std::uint16_t symbolOf(const QueueRow& row) {
    return book()->symbol(factsOf(row, row.what.toStdString())).drawing;
}

std::uint16_t symbolOf(dispatch::Role role) {
    map::SymbolFacts facts;
    facts.role = toString(role);
    return book()->symbol(facts).drawing;
}

void drawSymbol(QPainter& painter, const QRectF& box, std::uint16_t symbol, QColor ink) {
    const double side = std::min(box.width(), box.height());
    const QImage image = map::symbolImage(*book()->symbols(), symbol, ink, side, painter.device()->devicePixelRatioF());
    if (!image.isNull())
        painter.drawImage(box.topLeft(), image);
}

StatusSign statusSign(dispatch::UnitStatus status, bool lost) {
    map::SymbolFacts facts;
    facts.status = statusWord(status, lost);
    const map::Symbol symbol = book()->symbol(facts);
    using M = map::MarkShape;
    const bool filled = symbol.shape == M::triangle || symbol.shape == M::triangleRight ||
                        symbol.shape == M::diamond || symbol.shape == M::filledSquare;
    return {symbol.shape, symbol.in(currentTheme()), filled};
}

QColor priorityColour(int priority) {
    return tokens().priority[std::clamp(priority, 1, 4) - 1];
}

void drawSign(QPainter& painter, const QRectF& box, const StatusSign& sign) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(sign.colour, 1.4));
    painter.setBrush(sign.filled ? QBrush(sign.colour) : QBrush(Qt::NoBrush));
    const QPointF c = box.center();
    const double r = std::min(box.width(), box.height()) / 2 - 1;
    using M = map::MarkShape;
    switch (sign.shape) {
    case M::triangle:
        painter.drawPolygon(
            QPolygonF{{c.x(), c.y() - r}, {c.x() + r, c.y() + r * 0.8}, {c.x() - r, c.y() + r * 0.8}});
        break;
    case M::triangleRight:
        painter.drawPolygon(
            QPolygonF{{c.x() - r * 0.7, c.y() - r}, {c.x() + r, c.y()}, {c.x() - r * 0.7, c.y() + r}});
        break;
    case M::diamond:
        painter.drawPolygon(
            QPolygonF{{c.x(), c.y() - r}, {c.x() + r, c.y()}, {c.x(), c.y() + r}, {c.x() - r, c.y()}});
        break;
    case M::square:
    case M::filledSquare:
        painter.drawRoundedRect(QRectF(c.x() - r * 0.85, c.y() - r * 0.85, r * 1.7, r * 1.7), 1.5, 1.5);
        break;
    case M::dottedCircle:
        painter.setPen(QPen(sign.colour, 1.3, Qt::DotLine));
        painter.drawEllipse(c, r, r);
        break;
    case M::cross:
        painter.drawLine(QPointF(c.x() - r * 0.7, c.y() - r * 0.7),
                         QPointF(c.x() + r * 0.7, c.y() + r * 0.7));
        painter.drawLine(QPointF(c.x() - r * 0.7, c.y() + r * 0.7),
                         QPointF(c.x() + r * 0.7, c.y() - r * 0.7));
        break;
    default:
        painter.drawEllipse(c, r, r);
    }
    painter.restore();
}

void drawPriority(QPainter& painter, const QRectF& box, int priority) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF badge(box.center() - QPointF(9, 9), QSizeF(18, 18));
    painter.setPen(Qt::NoPen);
    painter.setBrush(priorityColour(priority));
    painter.drawRoundedRect(badge, 3, 3);
    painter.setPen(tokens().onPriority);
    painter.setFont(textFont(11, QFont::Bold));
    painter.drawText(badge, Qt::AlignCenter, QString::number(priority));
    painter.restore();
}

} // namespace vedette::console
