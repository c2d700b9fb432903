// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/symbol_legend.h"

#include "console/shapes.h"
#include "console/theme.h"
#include "console/wording.h"

#include <QPainter>

namespace vedette::console {

namespace {

constexpr int rowHeight = 23, pictures = 16;

struct Entry {
    QString words;
    std::uint16_t symbol = 0;
    int priority = 0; // a badge of the priorities instead
};

std::vector<Entry> entries() {
    std::vector<Entry> all;
    const auto& book = *symbolBook();
    for (int role = 0; role <= static_cast<int>(dispatch::Role::departmentDesk); ++role) {
        const auto one = static_cast<dispatch::Role>(role);
        map::SymbolFacts facts;
        facts.role = toString(one);
        all.push_back({Words::role(one), book.symbol(facts).drawing});
    }
    const std::pair<const char*, QString> kinds[] = {
        {"disorder", SymbolLegend::tr("disorder")},     {"theft", SymbolLegend::tr("theft")},
        {"dispute", SymbolLegend::tr("dispute")},       {"noise", SymbolLegend::tr("noise")},
        {"traffic", SymbolLegend::tr("traffic")},       {"fire", SymbolLegend::tr("fire")},
        {"medical", SymbolLegend::tr("medical")},       {"gas", SymbolLegend::tr("gas")},
        {"flood", SymbolLegend::tr("flood")},           {"missing", SymbolLegend::tr("missing person")},
        {"help", SymbolLegend::tr("call for help")},    {"hazard", SymbolLegend::tr("hazard")},
        {"sanitation", SymbolLegend::tr("sanitation")}, {"other", SymbolLegend::tr("other")}};
    for (const auto& [name, words] : kinds)
        if (const auto symbol = book.symbols()->find(name))
            all.push_back({words, symbol});
    return all;
}

} // namespace

SymbolLegend::SymbolLegend(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("symbolLegend"));
    QStringList words;
    for (const Entry& entry : entries())
        words << entry.words;
    setAccessibleName(tr("Symbols"));
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    setFixedHeight((static_cast<int>(words.size()) + 1) / 2 * rowHeight + 4);
}

void SymbolLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto all = entries();
    const int rows = (static_cast<int>(all.size()) + 1) / 2, half = width() / 2;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const int x = static_cast<int>(i) / rows * half, y = static_cast<int>(i) % rows * rowHeight + 2;
        drawSymbol(painter, QRectF(x, y + 2, pictures, pictures), all[i].symbol, tokens().text);
        painter.setPen(tokens().text);
        const QRect box(x + pictures + 7, y, half - pictures - 9, pictures + 4);
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(all[i].words, Qt::ElideRight, box.width()));
    }
}

} // namespace vedette::console
