// SPDX-License-Identifier: GPL-3.0-or-later
#include "sheet_legend.h"

#include <qgscategorizedsymbolrenderer.h>
#include <qgslayertree.h>
#include <qgslayertreemodel.h>
#include <qgslegendrenderer.h>
#include <qgslegendstyle.h>
#include <qgslegendsymbolitem.h>
#include <qgsmaplayerlegend.h>
#include <qgsrulebasedrenderer.h>
#include <qgsvectorlayer.h>

#include <QRegularExpression>

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

} // namespace vedette::cartographer
