// SPDX-License-Identifier: GPL-3.0-or-later
// bench_heat_qgis {RADIUS POINTS}...
// The peer's part: QGIS's heatmap renderer (a quartic kernel, radius in pixels, its best quality) over the
// first POINTS of the same million in a memory layer. A line `RADIUS POINTS milliseconds` for each.
#include "heat_points.h"

#include <qgsapplication.h>
#include <qgsfeature.h>
#include <qgsgeometry.h>
#include <qgsheatmaprenderer.h>
#include <qgsmaprendererparalleljob.h>
#include <qgsmapsettings.h>
#include <qgsvectordataprovider.h>
#include <qgsvectorlayer.h>

#include <chrono>
#include <cstdio>

int main(int argc, char** argv) {
    if (argc < 3 || argc % 2 == 0)
        return 2;
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QgsApplication application(argc, argv, false);
    QgsApplication::setPrefixPath(QStringLiteral(VEDETTE_QGIS_PREFIX), true);
    QgsApplication::initQgis();
    {
        const auto places = vedette::bench::heatPlaces();
        QgsMapSettings settings;
        settings.setOutputSize({vedette::bench::heatWidth, vedette::bench::heatHeight});
        settings.setExtent(QgsRectangle(0, 0, vedette::bench::heatWidth, vedette::bench::heatHeight));
        for (int i = 1; i + 1 < argc; i += 2) {
            QgsVectorLayer layer(QStringLiteral("Point?crs=EPSG:4549"), QStringLiteral("points"),
                                 QStringLiteral("memory"));
            QgsFeatureList features;
            for (int place = 0; place < std::atoi(argv[i + 1]); ++place) {
                QgsFeature feature;
                feature.setGeometry(QgsGeometry::fromPointXY(
                    {places[std::size_t(place)].first, places[std::size_t(place)].second}));
                features.append(feature);
            }
            if (!layer.isValid() || !layer.dataProvider()->addFeatures(features))
                return 3;
            features.clear();
            settings.setLayers({&layer});
            settings.setDestinationCrs(layer.crs());
            auto* renderer = new QgsHeatmapRenderer;
            renderer->setRadius(std::atof(argv[i]));
            renderer->setRadiusUnit(QgsUnitTypes::RenderPixels);
            renderer->setRenderQuality(1);
            layer.setRenderer(renderer);
            const auto begun = std::chrono::steady_clock::now();
            QgsMapRendererParallelJob job(settings);
            job.start();
            job.waitForFinished();
            const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begun;
            std::printf("%s %s %.1f\n", argv[i], argv[i + 1], took.count());
            std::fflush(stdout);
        }
    }
    QgsApplication::exitQgis();
    return 0;
}
