// SPDX-License-Identifier: GPL-3.0-or-later
// The oracle for the grid layer's picture is QGIS drawing the same polygons in the same style.
#include "map/renderer.h"

#include "lattice_city.h"
#include "offscreen.h"

#include <QFileInfo>
#include <QGuiApplication>
#include <QProcess>

#include <ogrsf_frmts.h>

namespace vedette::map {
namespace {

const auto* const offscreen =
    ::testing::AddGlobalTestEnvironment(new test::Offscreen<QGuiApplication>); // owned by GoogleTest

bool writeGrids(const layers::Areas& areas, const std::string& file) {
    GDALAllRegister();
    GDALDataset* dataset =
        GetGDALDriverManager()->GetDriverByName("GPKG")->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
    if (!dataset)
        return false;
    OGRSpatialReference crs;
    crs.importFromEPSG(4549);
    OGRLayer* layer = dataset->CreateLayer("grids", &crs, wkbPolygon);
    bool good = layer != nullptr;
    for (std::size_t i = 0; good && i < areas.size(); ++i) {
        const auto& area = areas[layers::AreaIndex(i)];
        if (area.kind != layers::AreaKind::grid)
            continue;
        OGRLinearRing ring;
        for (const auto& p : areas.layers()[area.source].snapshot.part(area.feature, 0).points)
            ring.addPoint(p.x, p.y);
        OGRPolygon polygon;
        polygon.addRing(&ring);
        OGRFeature feature(layer->GetLayerDefn());
        feature.SetGeometry(&polygon);
        good = layer->CreateFeature(&feature) == OGRERR_NONE;
    }
    GDALClose(dataset);
    return good;
}

// QGIS strokes a border once for each of its two areas, so where a line covers part c of a pixel QGIS shows
// 1 - (1 - c)^2: a quarter of the way from fill to outline more, at most, which is 25 levels here; and it
// leaves out vertices by another rule. Lines that were shifted by a pixel, missing or too wide would be off
// by more than 64 levels along their whole length, some 5 % of the picture.
TEST(BesideQgis, theGridLayerIsTheSamePicture) {
    const QString peer = QStringLiteral(VEDETTE_BIN_DIR "/bench_map_qgis");
    if (!QFileInfo::exists(peer))
        GTEST_SKIP() << "QGIS (libqgis-dev) isn't there";
    const auto city = test::latticeCity(40, 24, 400, 9);
    const QTemporaryDir folder;
    const std::string file = folder.filePath("grids.gpkg").toStdString();
    ASSERT_TRUE(writeGrids(city.areas, file));

    Scene scene;
    scene.areas = city.areas;
    scene.areaLayers = {
        {"grids", layers::AreaKind::grid, false, {QColor("#222a31"), QColor("#7b8ea0"), 1, 0}}};
    View whole;
    whole.size = {960, 540};
    whole = whole.fitted(city.areas.extent());
    whole.metresPerPixel *= 0.8; // all of the picture lies in the city
    View near = whole;
    near.metresPerPixel /= 8;
    for (const auto& [name, view] : {std::pair("whole", whole), std::pair("near", near)}) {
        QStringList arguments{QString::fromStdString(file), "960", "540", "1", name};
        const layers::Box box = view.extent();
        for (const double edge : {box.minX, box.minY, box.maxX, box.maxY})
            arguments << QString::number(edge, 'g', 17);
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(peer, arguments);
        ASSERT_TRUE(process.waitForFinished(120'000) && process.exitCode() == 0);
        const QImage theirs(QString::fromStdString(file) + "." + name + ".png"),
            ours = Renderer().render(scene, view);
        ASSERT_EQ(ours.size(), theirs.size());
        double sum = 0, far = 0;
        for (int y = 0; y < ours.height(); ++y)
            for (int x = 0; x < ours.width(); ++x) {
                const int off = std::abs(qGreen(ours.pixel(x, y)) - qGreen(theirs.pixel(x, y)));
                sum += off, far += off > 64;
            }
        const double pixels = double(ours.width()) * ours.height();
        EXPECT_LE(sum / pixels, 4) << name;
        EXPECT_LE(far / pixels, 0.001) << name;
        RecordProperty(std::string(name) + "_mean_thousandths", int(1000 * sum / pixels));
    }
}

} // namespace
} // namespace vedette::map
