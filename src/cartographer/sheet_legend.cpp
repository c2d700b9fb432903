// SPDX-License-Identifier: GPL-3.0-or-later
#include "sheet_legend.h"

#include <qgscategorizedsymbolrenderer.h>
#include <qgslayertree.h>
#include <qgslayertreemodel.h>
#include <qgslayertreemodellegendnode.h>
#include <qgslayoutitemlegend.h>
#include <qgslegendrenderer.h>
#include <qgslegendstyle.h>
#include <qgslegendsymbolitem.h>
#include <qgsmaplayerlegend.h>
#include <qgsrulebasedrenderer.h>
#include <qgsvectorlayer.h>

#include <QRegularExpression>

#include <algorithm>

namespace vedette::cartographer {

namespace {

QString nameOf(QgsFeatureRenderer& renderer, const QgsLegendSymbolItem& item, int index) {
    if (!item.label().trimmed().isEmpty())
        return item.label();
    if (auto* categories = dynamic_cast<QgsCategorizedSymbolRenderer*>(&renderer)) {
        const QgsCategoryList all = categories->categories();
        return index < all.size() ? all[index].value().toString() : QString();
    }
    auto* rules = dynamic_cast<QgsRuleBasedRenderer*>(&renderer);
    const auto* rule = rules ? rules->rootRule()->findRuleByKey(item.ruleKey()) : nullptr;
    if (!rule)
        return {};
    static const QRegularExpression isOneValue(QStringLiteral("^\\s*\"[^\"]+\"\\s*=\\s*'([^']+)'\\s*$"));
    return isOneValue.match(rule->filterExpression()).captured(1);
}

} // namespace

void addToLegend(QgsLayerTreeModel& legend, QgsVectorLayer& layer) {
    const QgsLegendSymbolList items =
        layer.renderer() ? layer.renderer()->legendSymbolItems() : QgsLegendSymbolList();
    if (items.isEmpty())
        return;
    auto* node = legend.rootGroup()->addLayer(&layer);
    if (layer.name().isEmpty()) // its classes say what they are
        QgsLegendRenderer::setNodeLegendStyle(node, QgsLegendStyle::Hidden);
    if (items.size() == 1) // QGIS names it as the layer
        return;
    QList<int> named;
    for (int i = 0; i < items.size(); ++i) {
        const QString name = nameOf(*layer.renderer(), items[i], i);
        if (name.isEmpty())
            continue;
        named << i;
        if (name != items[i].label())
            QgsMapLayerLegendUtils::setLegendNodeUserLabel(node, i, name);
    }
    if (named.isEmpty()) {
        named << items.size() - 1;
        QgsMapLayerLegendUtils::setLegendNodeUserLabel(node, named.front(), layer.name());
        QgsLegendRenderer::setNodeLegendStyle(node, QgsLegendStyle::Hidden);
    }
    QgsMapLayerLegendUtils::setLegendNodeOrder(node, named);
    legend.refreshLayerLegend(node);
}

namespace {

QSizeF sizeOf(QgsLayoutItemLegend& legend) {
    QgsLegendRenderer renderer(legend.model(), legend.legendSettings());
    return renderer.minimumSize();
}

void shrink(QgsLayoutItemLegend& legend, double by) {
    for (const auto style : {QgsLegendStyle::Title, QgsLegendStyle::Group, QgsLegendStyle::Subgroup,
                             QgsLegendStyle::SymbolLabel}) {
        QFont font = legend.styleFont(style);
        font.setPointSizeF(font.pointSizeF() * by);
        legend.setStyleFont(style, font);
    }
    // The gaps go faster than the letters: lines stay apart as long as they don't touch.
    for (const auto style : {QgsLegendStyle::Subgroup, QgsLegendStyle::Symbol, QgsLegendStyle::SymbolLabel})
        for (const auto side : {QgsLegendStyle::Top, QgsLegendStyle::Bottom})
            legend.rstyle(style).setMargin(side, legend.style(style).margin(side) * by * by * by);
    legend.setSymbolHeight(legend.symbolHeight() * by);
    legend.setSymbolWidth(legend.symbolWidth() * by);
}

// Takes the last line away; how many lines that were.
int dropLast(QgsLayerTreeModel& model) {
    QgsLayerTreeGroup* root = model.rootGroup();
    const auto children = root->children();
    auto* last = QgsLayerTree::isLayer(children.last()) ? QgsLayerTree::toLayer(children.last()) : nullptr;
    const auto lines = last ? model.layerLegendNodes(last).size() : 0;
    if (QList<int> order = last ? QgsMapLayerLegendUtils::legendNodeOrder(last) : QList<int>(); lines > 1 && order.size() > 1) {
        order.removeLast();
        QgsMapLayerLegendUtils::setLegendNodeOrder(last, order);
        model.refreshLayerLegend(last);
        return 1;
    }
    root->removeChildNode(children.last());
    return std::max<int>(1, static_cast<int>(lines));
}

} // namespace

int fitLegend(QgsLayoutItemLegend& legend, double kept) {
    const double room = legend.rect().height();
    constexpr double smallest = 0.66;
    for (double by = 1; by > smallest && sizeOf(legend).height() > room;) {
        const double step = std::max(smallest / by, 0.93);
        shrink(legend, step);
        by *= step;
    }
    int left = 0;
    QgsLayerTreeModel& model = *legend.model();
    while (sizeOf(legend).height() > (left > 0 ? room - kept : room) && !model.rootGroup()->children().isEmpty())
        left += dropLast(model);
    return left;
}

} // namespace vedette::cartographer
