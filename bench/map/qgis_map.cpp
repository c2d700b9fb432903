// SPDX-License-Identifier: GPL-3.0-or-later
// bench_map_qgis FILE.gpkg WIDTH HEIGHT RUNS {NAME MINX MINY MAXX MAXY}...
// The peer's part: QGIS draws the layer "grids" with a plain fill and an outline of a pixel, as its canvas
// does (a parallel job, antialiased). For each view a line `NAME first median` in milliseconds; the picture
// goes to FILE.NAME.png. `first` is the median of as many redraws, each of a layer just opened.
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
#include <memory>
#include <vector>

namespace {

double medianOf(std::vector<double> times) {
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

std::unique_ptr<QgsVectorLayer> opened(const QString& file) {
    auto layer = std::make_unique<QgsVectorLayer>(file + QStringLiteral("|layername=grids"), QStringLiteral("grids"),
                                                  QStringLiteral("ogr"));
    auto* fill = new QgsSimpleFillSymbolLayer(QColor("#222a31"), Qt::SolidPattern, QColor("#7b8ea0"));
    fill->setStrokeWidth(1);
    fill->setStrokeWidthUnit(QgsUnitTypes::RenderPixels);
    layer->setRenderer(new QgsSingleSymbolRenderer(new QgsFillSymbol({fill})));
    return layer;
}

// Milliseconds.
double redraw(QgsMapSettings& settings, QgsVectorLayer& layer, QImage& image) {
    settings.setLayers({&layer});
    const auto begun = std::chrono::steady_clock::now();
    QgsMapRendererParallelJob job(settings);
    job.start();
    job.waitForFinished();
    image = job.renderedImage();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 10 || (argc - 5) % 5 != 0)
        return 2;
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QgsApplication application(argc, argv, false);
    QgsApplication::setPrefixPath(QStringLiteral(VEDETTE_QGIS_PREFIX), true);
    QgsApplication::initQgis();
    {
        const QString file = QString::fromLocal8Bit(argv[1]);
        const auto layer = opened(file);
        if (!layer->isValid())
            return 3;
        QgsMapSettings settings;
        settings.setDestinationCrs(layer->crs());
        settings.setOutputSize({std::atoi(argv[2]), std::atoi(argv[3])});
        settings.setOutputDpi(96);
        settings.setBackgroundColor(QColor("#1a2026"));
        settings.setFlag(Qgis::MapSettingsFlag::Antialiasing);
        settings.setFlag(Qgis::MapSettingsFlag::UseRenderingOptimization);
        const int runs = std::max(1, std::atoi(argv[4]));
        for (int i = 5; i < argc; i += 5) {
            const auto number = [&](int at) { return QString(argv[i + at]).toDouble(); };
            settings.setExtent(QgsRectangle(number(1), number(2), number(3), number(4)));
            std::vector<double> firsts, times;
            QImage image;
            for (int run = 0; run < runs; ++run)
                firsts.push_back(redraw(settings, *opened(file), image));
            for (int run = 0; run < runs; ++run)
                times.push_back(redraw(settings, *layer, image));
            image.save(file + "." + argv[i] + ".png");
            std::printf("%s %.3f %.3f\n", argv[i], medianOf(firsts), medianOf(times));
        }
    }
    QgsApplication::exitQgis();
    return 0;
}
