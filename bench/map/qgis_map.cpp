// SPDX-License-Identifier: GPL-3.0-or-later
// bench_map_qgis FILE.gpkg WIDTH HEIGHT RUNS {NAME MINX MINY MAXX MAXY}...
// The peer's part: QGIS draws the layer "grids" with a plain fill and an outline of a pixel, as its canvas
// does (a parallel job, antialiased). For each view a line `NAME first median` in milliseconds; the picture
// goes to FILE.NAME.png. What the first view's first redraw took holds QGIS's own first reading of the file.
#include <qgsapplication.h>
#include <qgsfillsymbol.h>
#include <qgsfillsymbollayer.h>
#include <qgsmaprendererparalleljob.h>
#include <qgsmapsettings.h>
#include <qgssinglesymbolrenderer.h>
#include <qgsvectorlayer.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

int main(int argc, char** argv) {
    if (argc < 10 || (argc - 5) % 5 != 0)
        return 2;
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QgsApplication application(argc, argv, false);
    QgsApplication::setPrefixPath(QStringLiteral(VEDETTE_QGIS_PREFIX), true);
    QgsApplication::initQgis();
    {
        const QString file = QString::fromLocal8Bit(argv[1]);
        QgsVectorLayer layer(file + QStringLiteral("|layername=grids"), QStringLiteral("grids"),
                             QStringLiteral("ogr"));
        if (!layer.isValid())
            return 3;
        auto* fill = new QgsSimpleFillSymbolLayer(QColor("#222a31"), Qt::SolidPattern, QColor("#7b8ea0"));
        fill->setStrokeWidth(1);
        fill->setStrokeWidthUnit(QgsUnitTypes::RenderPixels);
        layer.setRenderer(new QgsSingleSymbolRenderer(new QgsFillSymbol({fill})));
        QgsMapSettings settings;
        settings.setLayers({&layer});
        settings.setDestinationCrs(layer.crs());
        settings.setOutputSize({std::atoi(argv[2]), std::atoi(argv[3])});
        settings.setOutputDpi(96);
        settings.setBackgroundColor(QColor("#1a2026"));
        settings.setFlag(Qgis::MapSettingsFlag::Antialiasing);
        settings.setFlag(Qgis::MapSettingsFlag::UseRenderingOptimization);
        const int runs = std::max(1, std::atoi(argv[4]));
        for (int i = 5; i < argc; i += 5) {
            const auto number = [&](int at) { return QString(argv[i + at]).toDouble(); };
            settings.setExtent(QgsRectangle(number(1), number(2), number(3), number(4)));
            std::vector<double> times;
            QImage image;
            for (int run = 0; run < runs; ++run) {
                const auto begun = std::chrono::steady_clock::now();
                QgsMapRendererParallelJob job(settings);
                job.start();
                job.waitForFinished();
                image = job.renderedImage();
                times.push_back(
                    std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun)
                        .count());
            }
            const double first = times.front();
            std::sort(times.begin(), times.end());
            image.save(file + "." + argv[i] + ".png");
            std::printf("%s %.3f %.3f\n", argv[i], first, times[times.size() / 2]);
        }
    }
    QgsApplication::exitQgis();
    return 0;
}
