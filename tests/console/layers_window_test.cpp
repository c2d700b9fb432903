// SPDX-License-Identifier: GPL-3.0-or-later
// Layers from files: their list, their table, what is wrong with them.
#include "console/layer_table.h"
#include "layers_window.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QSignalSpy>
#include <QTableView>
#include <QUrl>

namespace vedette::console {
namespace {

TEST_F(Layers, AnAddedFileIsListedDrawnAndRemembered) {
    const QString id = addParks();
    EXPECT_EQ(row(id).name, QStringLiteral("parks"));
    EXPECT_EQ(row(id).count, 2u);
    EXPECT_TRUE(row(id).note.isEmpty()) << row(id).hint.toStdString();
    EXPECT_TRUE(row(id).hint.contains(QStringLiteral("EPSG:4326"))) << "what it was read as is shown";
    ASSERT_EQ(scene().features.size(), 1u);
    ASSERT_TRUE(scene().features[0].look);
    EXPECT_EQ(book().layer(id)->kept.spec.source, "parks.geojson") << "relative to the workspace";

    layers::LayerStyle style = book().layer(id)->style;
    layers::graduate(style, *book().layer(id)->rows, "level", layers::BreakMethod::jenks, 2,
                     {0xff000000, 0xffffffff});
    style.opacity = 0.25, style.nearest = 1000, style.label.column = "name";
    book().setStyle(id, style);
    book().rename(id, QStringLiteral("公园"));
    EXPECT_TRUE(book().setFilter(id, QStringLiteral("level > 2")));
    rows->setVisible(id, false);
    reopen();
    ASSERT_GE(rows->find(id), 0);
    EXPECT_EQ(row(id).name, QStringLiteral("公园"));
    EXPECT_FALSE(row(id).visible);
    EXPECT_EQ(book().layer(id)->style, style);
    EXPECT_EQ(book().layer(id)->kept.filter, "level > 2");
    EXPECT_EQ(scene().features[0].look->classOf, (std::vector<std::uint16_t>{1, layers::noClass}));
    EXPECT_FALSE(QFile::exists(folder.filePath(QStringLiteral("workspace.toml"))))
        << "it has a file of its own";
}

TEST_F(Layers, OrderGoesByKeysAndIsRemembered) {
    const QString first = addParks();
    write("second.geojson", parks);
    const QString second = add(folder.filePath(QStringLiteral("second.geojson")));
    ASSERT_LT(rows->find(second), rows->find(first));
    choose(second);
    QTest::keyClick(list, Qt::Key_Down, Qt::AltModifier);
    EXPECT_LT(rows->find(first), rows->find(second));
    EXPECT_EQ(scene().features.back().name, QStringLiteral("parks")) << "bottom first";
    EXPECT_EQ(list->currentIndex().row(), rows->find(second)) << "the key stays on the layer";
    const int units = rows->find(QStringLiteral("units"));
    for (int i = 0; i < 20; ++i)
        QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
    EXPECT_GT(rows->find(second), units) << "what is live stays above";
    for (int i = 0; i < 40; ++i)
        QTest::keyClick(list, Qt::Key_Down, Qt::AltModifier);
    EXPECT_EQ(rows->find(second), rows->rowCount() - 2) << "the basemap stays below";
    EXPECT_EQ(scene().order.front().kind, map::Piece::Kind::feature);
    reopen();
    EXPECT_EQ(rows->find(second), rows->rowCount() - 2);
    window->setTheme(map::Theme::light);
    EXPECT_EQ(rows->find(second), rows->rowCount() - 2) << "a change of theme sets the rows anew";
    window->setTheme(map::Theme::dark);
}

TEST_F(Layers, TheOrderOfANewWindowIsWhatIsDrawnWithoutOne) {
    std::vector<map::Piece::Kind> kinds;
    for (const auto& piece : scene().order)
        kinds.push_back(piece.kind);
    using Kind = map::Piece::Kind;
    ASSERT_GE(kinds.size(), 3u);
    EXPECT_EQ((std::vector<Kind>(kinds.begin(), kinds.begin() + 3)),
              (std::vector<Kind>{Kind::tints, Kind::roads, Kind::heat}));
}

TEST_F(Layers, ARowMovesOnlyWithinItsBounds) {
    QAbstractItemModelTester tester(rows);
    const QString id = addParks();
    EXPECT_FALSE(rows->moveTo(QStringLiteral("tickets"), 5));
    EXPECT_FALSE(rows->moveTo(QStringLiteral("nobody"), 5));
    std::unique_ptr<QMimeData> dragged(rows->mimeData({rows->index(rows->find(id))}));
    const int was = rows->find(id);
    EXPECT_FALSE(rows->dropMimeData(dragged.get(), Qt::MoveAction, was + 3, 0, {}))
        << "the view removes nothing";
    EXPECT_EQ(rows->find(id), was + 2);
    book().remove(id);
    EXPECT_LT(rows->find(id), 0);
}

TEST_F(Layers, TableAndMapSelectTheSame) {
    const QString id = addParks();
    choose(id);
    QTest::keyClick(list, Qt::Key_T);
    auto* table = window->findChild<QTableView*>(QStringLiteral("layerRows"));
    ASSERT_TRUE(table->isVisible());
    ASSERT_EQ(table->model()->rowCount(), 2);
    table->selectRow(1);
    ASSERT_TRUE(book().layer(id)->selected);
    EXPECT_EQ(*book().layer(id)->selected, (std::vector<std::uint32_t>{1}));
    EXPECT_EQ(*scene().features[0].selected, (std::vector<std::uint32_t>{1}));
    QTest::keyClick(table, Qt::Key_Return);
    const layers::Point east = session->city()->crs.toWorking({121.825, 32.005});
    EXPECT_TRUE(window->mapPage().canvas().view().extent().contains(east));
    EXPECT_LT(window->mapPage().canvas().view().extent().width(), 10000) << "Enter zooms to what is selected";

    emit window->mapPage().canvas().pointed(session->city()->crs.toWorking({121.805, 32.005}), {});
    EXPECT_EQ(*book().layer(id)->selected, (std::vector<std::uint32_t>{0}));
    ASSERT_EQ(table->selectionModel()->selectedRows().size(), 1);
    EXPECT_EQ(table->selectionModel()->selectedRows()[0].data().toString(), QStringLiteral("North park"));
    QTest::keyClick(table, Qt::Key_Escape);
    EXPECT_FALSE(table->isVisible());
}

TEST_F(Layers, ATableIsNarrowedSortedAndSaysWhatItCannotRead) {
    const QString id = addParks();
    window->openTable(id);
    auto* table = window->findChild<QTableView*>(QStringLiteral("layerRows"));
    auto* only = window->findChild<QLineEdit*>(QStringLiteral("layerTableOnly"));
    only->setText(QStringLiteral("name like '%园'"));
    emit only->editingFinished();
    EXPECT_EQ(table->model()->rowCount(), 1);
    only->setText(QStringLiteral("leevel = 3"));
    emit only->editingFinished();
    EXPECT_EQ(table->model()->rowCount(), 2);
    bool said = false;
    for (const QLabel* label :
         window->findChild<QWidget*>(QStringLiteral("layerTablePanel"))->findChildren<QLabel*>())
        said = said || label->text().contains(QStringLiteral("leevel"));
    EXPECT_TRUE(said);
}

TEST_F(Layers, ALayerThatIsGoneLeavesAPlaceholderAndAReason) {
    const QString id = addParks();
    const layers::Box lay = book().layer(id)->kept.seen;
    ASSERT_FALSE(lay.empty());
    window->close();
    QFile::remove(folder.filePath(QStringLiteral("parks.geojson")));
    reopen();
    ASSERT_GE(rows->find(id), 0) << "it stays in the list";
    EXPECT_EQ(row(id).note, QStringLiteral("⚠"));
    EXPECT_TRUE(row(id).hint.contains(QStringLiteral("parks.geojson"))) << row(id).hint.toStdString();
    ASSERT_EQ(scene().features.size(), 1u);
    EXPECT_FALSE(scene().features[0].problem.isEmpty());
    EXPECT_EQ(scene().features[0].seen, lay);
    write("parks.geojson", parks);
    reopen();
    EXPECT_TRUE(row(id).note.isEmpty()) << "and is back when the file is";
}

TEST_F(Layers, BadGroundIsSaidInTheToolTip) {
    // No place at all.
    const QString table = add(write("table.csv", "name,count\na,1\nb,2\n"));
    EXPECT_EQ(row(table).note, QStringLiteral("⚠"));
    EXPECT_FALSE(scene().features.back().problem.isEmpty());
    // Infinite and NaN coordinates.
    const QString broken = add(write(
        "broken.csv", "name,WKT\na,\"POINT (nan nan)\"\nb,\"POINT (inf 32)\"\nc,\"POINT (121.8 32.0)\"\n"));
    EXPECT_GT(row(broken).hint.count(u'\n'), 1) << row(broken).hint.toStdString();
    const layers::Box box = book().layer(broken)->kept.seen;
    EXPECT_LT(box.width(), 1000) << "what has no place stretches nothing";
    EXPECT_TRUE(row(broken).hint.contains(QStringLiteral("row 2: "))) << row(broken).hint.toStdString();
    // Across the antimeridian and the pole: the city's system knows neither, so they are where they are, not
    // across the map.
    const QString far = add(write("far.geojson", R"({"type":"FeatureCollection","features":[
      {"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[179,50],[-179,50],[-179,51],[179,51],[179,50]]]}},
      {"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[0,80],[120,90],[-120,85],[0,80]]]}}]})"));
    ASSERT_TRUE(book().layer(far)->snapshot);
    for (std::size_t i = 0; i < book().layer(far)->snapshot->size(); ++i)
        EXPECT_LT(book().layer(far)->snapshot->box(i).width(), 3e6) << i;
    // What does reach across is left out, and said so.
    const QString across = add(write("across.geojson", R"({"type":"FeatureCollection","features":[
      {"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[42,0],[198,0],[198,5],[42,5],[42,0]]]}}]})"));
    EXPECT_EQ(row(across).note, QStringLiteral("⚠")) << row(across).hint.toStdString();
    EXPECT_EQ(scene().features.back().look->classOf.front(), layers::noClass);
    // On the far side of the Earth, where the city's system is torn: left out, and said which.
    const QString torn = add(write("torn.geojson", R"({"type":"FeatureCollection","features":[
      {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[121.8,32]}},
      {"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[-62,-1],[-58,-1],[-58,1],[-62,1],[-62,-1]]]}}]})"));
    EXPECT_TRUE(row(torn).hint.contains(QStringLiteral("row 2: 1 parts reach over the antimeridian")))
        << row(torn).hint.toStdString();
    EXPECT_LT(book().layer(torn)->kept.seen.height(), 1000);
}

TEST_F(Layers, WhatCannotBeOpenedIsListedWithItsCauseAndOnTheMap) {
    const QString absent = folder.filePath(QStringLiteral("absent.gpkg"));
    const std::pair<QString, const char*> all[] = {
        {write("garbage.shp", "no shapefile"), "garbage.shp"},
        {absent, "absent.gpkg"},
        {write("half.geojson", R"({"type":"FeatureCollection","features":[{"type":"Fea)"), "half.geojson"}};
    for (const auto& [path, name] : all) {
        const QString id = add(path);
        EXPECT_EQ(row(id).note, QStringLiteral("⚠")) << name;
        EXPECT_TRUE(row(id).hint.contains(QLatin1String(name))) << row(id).hint.toStdString();
        EXPECT_GE(row(id).hint.count(u'\n'), 1) << row(id).hint.toStdString();
        EXPECT_FALSE(scene().features.back().problem.isEmpty()) << name;
    }
    const QString id = add(write("nothing.geojson", "{\"type\":\"FeatureCollection\",\"features\":[]}"));
    EXPECT_EQ(row(id).note, QStringLiteral("⚠"));
    EXPECT_EQ(scene().features.size(), 4u);
    const std::size_t listed = std::size_t(rows->rowCount());
    reopen();
    EXPECT_EQ(std::size_t(rows->rowCount()), listed) << "they are tried again at the next start";
    choose(id);
    QTest::keyClick(list, Qt::Key_Delete);
    EXPECT_LT(rows->find(id), 0) << "and go by one key";
}

TEST_F(Layers, TheCitysOwnAreasSayInTheirToolTipWhatIsWrong) {
    window->close();
    window.reset();
    using Severity = layers::Finding::Severity;
    troubles = {{"grid", {Severity::error, {"fileMissing", {{"path", "grids.gpkg"}}}, "grids.gpkg", -1, {}}},
                {"station", {Severity::warning, {"polygonRepaired", {{"cause", "Self-intersection"}}}, "s.shp", 6, "320602"}}};
    open();
    const LayerRow grids = row(QStringLiteral("grid"));
    EXPECT_EQ(grids.note, QStringLiteral("⚠"));
    EXPECT_TRUE(grids.hint.contains(QStringLiteral("grids.gpkg"))) << grids.hint.toStdString();
    ASSERT_GE(rows->find(QStringLiteral("station")), 0) << "it is named, so it is listed";
    EXPECT_TRUE(row(QStringLiteral("station")).hint.contains(QStringLiteral("row 7 (320602): ")))
        << row(QStringLiteral("station")).hint.toStdString();
    const auto shown = window->mapPage().canvas().scene();
    ASSERT_TRUE(shown);
    ASSERT_EQ(shown->features.size(), 1u) << "a placeholder for what isn't there, none for what was mended";
    EXPECT_TRUE(shown->features[0].problem.contains(QStringLiteral("grids.gpkg")));
}

TEST_F(Layers, RoadsWhoseFileIsGoneWearTheSignAndSayWhy) {
    window->close();
    window.reset();
    roadsNamed = true;
    open();
    ASSERT_TRUE(QTest::qWaitFor([&] { return window->mapPage().ready(); }, 60000));
    ASSERT_TRUE(session->city()->routes.ready()) << "it is known what came of the roads: nothing";
    window->mapPage().rebuild();
    const LayerRow roads = row(QStringLiteral("roads"));
    EXPECT_EQ(roads.note, QStringLiteral("⚠"));
    EXPECT_TRUE(roads.hint.contains(QStringLiteral("roads.gpkg"))) << roads.hint.toStdString();
}

TEST_F(Layers, ASourceOfSeveralLayersIsAskedAbout) {
    QSignalSpy asked(&book(), &LayerBook::choiceWanted);
    const QString sub = folder.filePath(QStringLiteral("two"));
    QDir().mkpath(sub);
    write("two/a.csv", "name,lon,lat\nx,121.8,32\n");
    write("two/b.csv", "name,lon,lat\ny,121.9,32\n");
    book().addFiles({sub});
    settle();
    ASSERT_EQ(asked.count(), 1);
    auto* choices = window->findChild<QListWidget*>(QStringLiteral("layerChoices"));
    ASSERT_TRUE(choices->isVisible());
    ASSERT_EQ(choices->count(), 2);
    const int before = rows->rowCount();
    choices->item(0)->setCheckState(Qt::Checked);
    choices->item(1)->setCheckState(Qt::Checked);
    QTest::keyClick(choices, Qt::Key_Return);
    settle();
    EXPECT_EQ(rows->rowCount(), before + 2);
    EXPECT_FALSE(choices->isVisible());
    ASSERT_EQ(scene().features.size(), 2u);
    for (const auto& layer : scene().features)
        EXPECT_TRUE(layer.problem.isEmpty())
            << layer.problem.toStdString() << ": the columns of coordinates are found";
}

TEST_F(Layers, AFileDroppedOnTheMapBecomesALayer) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(folder.filePath(QStringLiteral("parks.geojson")))});
    const int before = rows->rowCount();
    QDragEnterEvent enter(QPoint(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window->mapPage(), &enter);
    EXPECT_TRUE(enter.isAccepted());
    QDropEvent drop(QPointF(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window->mapPage(), &drop);
    EXPECT_TRUE(drop.isAccepted());
    settle();
    EXPECT_EQ(rows->rowCount(), before + 1);
}

TEST_F(Layers, ALayerTakenAwayWhileItIsReadIsGoneAndTheNextIsRead) {
    const QString first = book().add(QStringLiteral("parks.geojson"));
    book().remove(first);
    const QString second = book().add(QStringLiteral("parks.geojson"));
    settle();
    EXPECT_LT(rows->find(first), 0);
    ASSERT_TRUE(book().layer(second)->snapshot) << row(second).hint.toStdString();
    EXPECT_NE(first, second);
}

TEST_F(Layers, ALayerTakenAwayComesBackAsItWas) {
    const QString points = add(write("points.csv", "name,lon,lat\nx,121.8,32\ny,121.81,32\n")),
                  parks = addParks();
    layers::LayerStyle style = book().layer(points)->style;
    style.classes.front().fill = 0xff112233;
    book().setStyle(points, style);
    ASSERT_TRUE(book().setFilter(points, QStringLiteral("name = 'x'")));
    book().rename(points, QStringLiteral("Posts"));
    choose(points);
    QTest::keyClick(list, Qt::Key_G);
    const QString group = row(points).group;
    const int stood = rows->find(points);
    choose(points);
    QTest::keyClick(list, Qt::Key_Delete);
    choose(parks);
    QTest::keyClick(list, Qt::Key_Delete);
    ASSERT_LT(rows->find(points), 0);
    ASSERT_LT(rows->find(parks), 0);
    QTest::keyClick(list, Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(list->currentIndex().data(LayerModel::idRole).toString(), parks) << "the last one first";
    QTest::keyClick(list, Qt::Key_Z, Qt::ControlModifier);
    settle();
    ASSERT_EQ(rows->find(points), stood);
    EXPECT_EQ(row(points).group, group);
    EXPECT_EQ(row(points).name, QStringLiteral("Posts"));
    EXPECT_EQ(book().layer(points)->style.classes.front().fill, 0xff112233u);
    EXPECT_EQ(book().layer(points)->kept.filter, "name = 'x'");
    EXPECT_EQ(scene().features.size(), 2u);
    EXPECT_TRUE(scene().features[0].look && scene().features[1].look);
    EXPECT_TRUE(book().bringBack().isEmpty());
    reopen();
    EXPECT_EQ(rows->find(points), stood);
    EXPECT_EQ(row(points).group, group);
}

TEST_F(Layers, ABrokenLayerFileIsKeptAsideAndSaid) {
    window->close();
    window.reset();
    write("layers.toml", "format = 1\n[[layer]\n");
    open();
    EXPECT_TRUE(QFile::exists(folder.filePath(QStringLiteral("layers.toml.unreadable"))));
    addParks();
    reopen();
    EXPECT_GE(rows->find(QStringLiteral("layer1")), 0);
}

TEST_F(Layers, LiveLayersFadeAndEndAtAScale) {
    map::Overlay overlay;
    for (const char* id : {"T1001", "U0301"}) {
        map::Mark mark;
        mark.id = QLatin1String(id), mark.colour = QColor(255, 0, 0);
        overlay.marks.push_back(mark);
    }
    overlay.marks.push_back(overlay.marks.back());
    overlay.marks.back().selected = true;
    layers::LayerStyle style;
    style.opacity = 0.5, style.farthest = 10000;
    book().setStyle(QStringLiteral("units"), style);
    map::Overlay near = overlay, far = overlay;
    book().addTo(near, 1);
    ASSERT_EQ(near.marks.size(), 3u);
    EXPECT_EQ(near.marks[0].colour.alpha(), 255);
    EXPECT_NEAR(near.marks[1].colour.alphaF(), 0.5, 0.01);
    book().addTo(far, 100);
    ASSERT_EQ(far.marks.size(), 2u) << "the ticket, and the unit that is worked with";
}

TEST(FeatureTable, aHundredThousandRowsAreSortedNumbersFirst) {
    FeatureTableModel model;
    QAbstractItemModelTester tester(&model);
    layers::Rows rows;
    rows.columns = {"n"};
    rows.count = 100'000;
    auto texts = std::make_shared<std::vector<std::string>>();
    for (std::size_t i = 0; i < rows.count; ++i)
        texts->push_back(std::to_string((i * 7919) % rows.count));
    (*texts)[5] = "word";
    rows.value = [texts](std::size_t row, int column) -> std::optional<std::string_view> {
        return column == 0 && row != 9 ? std::optional<std::string_view>((*texts)[row]) : std::nullopt;
    };
    std::vector<std::uint32_t> all(rows.count);
    for (std::uint32_t i = 0; i < rows.count; ++i)
        all[i] = i;
    model.setRows(rows, all);
    const QPersistentModelIndex held = model.index(5, 0);
    model.sort(0, Qt::AscendingOrder);
    EXPECT_EQ(model.index(0, 0).data().toString(), QStringLiteral("0"));
    EXPECT_EQ(model.index(99'998, 0).data().toString(), QStringLiteral("word"));
    EXPECT_EQ(model.index(99'999, 0).data().toString(), QStringLiteral("—")) << "a null comes last";
    EXPECT_EQ(held.data().toString(), QStringLiteral("word"));
    model.sort(0, Qt::DescendingOrder);
    EXPECT_EQ(model.index(99'999, 0).data().toString(), QStringLiteral("—"));
    EXPECT_EQ(model.index(1, 0).data().toString(), QStringLiteral("99999"));
    model.sort(-1, Qt::AscendingOrder);
    EXPECT_EQ(model.rowAt(7), 7u);
}

} // namespace
} // namespace vedette::console
