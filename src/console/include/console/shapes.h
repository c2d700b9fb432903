// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/board.h"
#include "map/symbols.h"

class QPainter;
class QRectF;

namespace vedette::console {

// The sign of a unit's status: one shape and one hue each, the same on the map, in tables and in the legend.
struct StatusSign {
    map::MarkShape shape;
    QColor colour;
    bool filled;
};
// The rules in use, the program's until a city's are set. GUI thread.
const std::shared_ptr<const map::SymbolBook>& symbolBook();
void setSymbolBook(std::shared_ptr<const map::SymbolBook> book);
// What the rules are asked about a row; the texts live as long as the row.
map::SymbolFacts factsOf(const UnitRow& row);
map::SymbolFacts factsOf(const QueueRow& row, const std::string& name);
// Categories for which no rule has a symbol of its own, so that they bear the one of all others: symbolsDefault
// {count,names}. Nothing: each has one.
std::optional<layers::Message> withoutSymbol(const map::SymbolBook& book, const std::vector<dispatch::Duty>& duties);
std::uint16_t symbolOf(const QueueRow& row); // in the book's set; GUI thread
std::uint16_t symbolOf(dispatch::Role role);
void drawSymbol(QPainter& painter, const QRectF& box, std::uint16_t symbol, QColor ink);

StatusSign statusSign(dispatch::UnitStatus status, bool lost);
QColor priorityColour(int priority);
void drawSign(QPainter& painter, const QRectF& box, const StatusSign& sign);
void drawPriority(QPainter& painter, const QRectF& box, int priority);

} // namespace vedette::console
