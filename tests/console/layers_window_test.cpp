// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/layer_book.h"
#include "console/layer_properties.h"
#include "console/layer_table.h"
#include "console/main_window.h"
#include "console/map_page.h"
#include "fake_session.h"
#include "map/layer_style_json.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMimeData>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSlider>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <gtest/gtest.h>

namespace vedette::console {
namespace {

using test::FakeSession;
using test::HandClock;

// Two squares near the middle of the city, and the same as points without a place.
const char* const parks = R"({"type":"FeatureCollection","features":[
 {"type":"Feature","properties":{"name":"North park","level":3},"geometry":{"type":"Polygon","coordinates":
  [[[121.80,32.00],[121.81,32.00],[121.81,32.01],[121.80,32.01],[121.80,32.00]]]}},
 {"type":"Feature","properties":{"name":"东园","level":1},"geometry":{"type":"Polygon","coordinates":
  [[[121.82,32.00],[121.83,32.00],[121.83,32.01],[121.82,32.01],[121.82,32.00]]]}}]})";

class Layers : public ::testing::Test {
protected:
    void SetUp() override {
        write("parks.geojson", parks);
        open();
    }
    void open() {
        clock = std::make_shared<HandClock>(dispatch::Instant(std::chrono::hours(24 * 20000)));
        session = std::make_shared<FakeSession>(clock);
        session->live(folder.path().toStdString());
        for (const auto& [kind, finding] : troubles)
            session->found(kind, finding);
        if (roadsNamed)
            session->lay({});
        MainWindow::Options options;
        options.clock = clock;
        options.cartographer = false;
        window = std::make_unique<MainWindow>(session, options);
        window->resize(1600, 1000);
        window->show();
        window->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(window.get()));
        rows = window->findChild<LayerModel*>();
        list = window->findChild<QListView*>(QStringLiteral("layerList"));
        settle();
    }
    void reopen() {
        window->close();
        window.reset();
        open();
    }
    void settle() {
        ASSERT_TRUE(QTest::qWaitFor([&] { return !book().busy(); }, 60000));
        QCoreApplication::processEvents();
    }
    LayerBook& book() { return window->layerBook(); }
    QString write(const char* name, const QByteArray& content) {
        QFile file(folder.filePath(QLatin1String(name)));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(content);
        return file.fileName();
    }
    // Adds a file that holds one layer; its id.
    QString add(const QString& path) {
        const int before = rows->rowCount();
        book().addFiles({path});
        settle();
        EXPECT_EQ(rows->rowCount(), before + 1) << path.toStdString();
        for (const LayerRow& row : rows->rows())
            if (row.movable)
                return row.id; // the newest lies on top of what moves
        return {};
    }
    QString addParks() { return add(folder.filePath(QStringLiteral("parks.geojson"))); }
    const LayerRow& row(const QString& id) {
        return rows->rows().at(static_cast<std::size_t>(rows->find(id)));
    }
    void choose(const QString& id) {
        list->setFocus();
        list->setCurrentIndex(rows->index(rows->find(id)));
    }
    map::Scene scene() {
        map::Scene made;
        book().addTo(made);
        return made;
    }

    std::vector<std::pair<std::string, layers::Finding>> troubles; // of the city's own areas
    bool roadsNamed = false; // by the workspace; there is no such file
    QTemporaryDir folder;
    std::shared_ptr<HandClock> clock;
    std::shared_ptr<FakeSession> session;
    std::unique_ptr<MainWindow> window;
    LayerModel* rows = nullptr;
    QListView* list = nullptr;
};

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

TEST_F(Layers, PropertiesChangeTheLookAtOnce) {
    const QString id = addParks();
    choose(id);
    QTest::keyClick(list, Qt::Key_Return);
    auto* panel = window->findChild<LayerProperties*>();
    ASSERT_TRUE(panel->isVisible());
    EXPECT_EQ(QApplication::focusWidget()->objectName(), QStringLiteral("layerName"));
    panel->findChild<QSlider*>(QStringLiteral("layerOpacity"))->setValue(30);
    EXPECT_DOUBLE_EQ(scene().features[0].opacity, 0.3);
    auto* kind = panel->findChild<QComboBox*>(QStringLiteral("layerKind"));
    kind->setCurrentIndex(1);
    emit kind->activated(1);
    EXPECT_EQ(book().layer(id)->style.kind, layers::StyleKind::categorised);
    auto* column = panel->findChild<QComboBox*>(QStringLiteral("layerColumn"));
    column->setCurrentIndex(column->findText(QStringLiteral("level")));
    emit column->activated(column->currentIndex());
    EXPECT_EQ(book().layer(id)->style.column, "level");
    EXPECT_EQ(panel->findChild<QTableWidget*>(QStringLiteral("layerClasses"))->rowCount(), 3)
        << "3, 1 and all others";
    auto* farthest = panel->findChild<QComboBox*>(QStringLiteral("layerFarthest"));
    farthest->setCurrentText(QStringLiteral("1:25000"));
    EXPECT_NEAR(scene().features[0].range.farthest, 25000 * 0.0254 / 96, 1e-9);
    auto* filter = panel->findChild<QLineEdit*>(QStringLiteral("layerFilter"));
    filter->setText(QStringLiteral("level >"));
    emit filter->editingFinished();
    EXPECT_EQ(book().layer(id)->kept.filter, "") << "what can't be read is not taken over";
    kind->setCurrentIndex(3);
    emit kind->activated(3);
    auto* classes = panel->findChild<QTableWidget*>(QStringLiteral("layerClasses"));
    classes->item(0, 1)->setText(QStringLiteral("level = 3"));
    EXPECT_EQ(book().layer(id)->style.classes[0].filter, "level = 3");
    EXPECT_EQ(book().layer(id)->counts[0], 1u);
}

TEST_F(Layers, ThePanelFitsTheNarrowestDock) {
    const QString id = add(write("points.csv", "name,lon,lat\nx,121.8,32\ny,121.81,32\n"));
    choose(id);
    QTest::keyClick(list, Qt::Key_Return);
    auto* panel = window->findChild<QWidget*>(QStringLiteral("layersPanel"));
    auto* area = panel->findChild<QScrollArea*>();
    QTest::qWait(0);
    const int room = panel->minimumWidth() - 24 - 10; // within the margins, beside the scroll bar
    for (const QWidget* part : {window->findChild<QWidget*>(QStringLiteral("layerTools")),
                                window->findChild<QWidget*>(QStringLiteral("layerProperties"))})
        EXPECT_LE(part->minimumSizeHint().width(), room) << part->objectName().toStdString();
    EXPECT_LE(area->widget()->width(), area->viewport()->width()) << "nothing is cut off at the right";
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

TEST_F(Layers, AStyleGoesToQgisAndBack) {
    if (!QFile::exists(QStringLiteral(VEDETTE_BIN_DIR "/vedette-cartographer")))
        GTEST_SKIP() << "the QGIS helper isn't built";
    const QString id = addParks();
    layers::LayerStyle style = book().layer(id)->style;
    layers::graduate(style, *book().layer(id)->rows, "level", layers::BreakMethod::jenks, 2,
                     {0xffff0000, 0xff0000ff});
    book().setStyle(id, style);
    choose(id);
    QTest::keyClick(list, Qt::Key_Return);
    auto* panel = window->findChild<LayerProperties*>();
    const QString file = folder.filePath(QStringLiteral("look.qml"));
    panel->saveStyle(file);
    ASSERT_TRUE(QTest::qWaitFor([&] { return QFile::exists(file); }, 60000));
    book().setStyle(id, {});
    panel->loadStyle(file);
    ASSERT_TRUE(QTest::qWaitFor([&] { return book().layer(id)->style.classes.size() == 2; }, 60000));
    const layers::LayerStyle& back = book().layer(id)->style;
    EXPECT_EQ(back.kind, layers::StyleKind::graduated);
    EXPECT_EQ(back.column, "level");
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(back.classes[i].fill, style.classes[i].fill);
        EXPECT_EQ(back.classes[i].outline, style.classes[i].outline);
        EXPECT_NEAR(back.classes[i].width, style.classes[i].width, 0.01);
        EXPECT_DOUBLE_EQ(back.classes[i].to, style.classes[i].to);
    }
    // Categories of a number's column are numbers to QGIS, and the same to us again.
    layers::categorise(style, *book().layer(id)->rows, "level");
    book().setStyle(id, style);
    QFile::remove(file);
    panel->saveStyle(file);
    ASSERT_TRUE(QTest::qWaitFor([&] { return QFile::exists(file); }, 60000));
    QFile written(file);
    ASSERT_TRUE(written.open(QIODevice::ReadOnly));
    const QByteArray qml = written.readAll();
    EXPECT_EQ(qml.count("type=\"long\""), 2) << qml.constData();
    book().setStyle(id, {});
    panel->loadStyle(file);
    ASSERT_TRUE(QTest::qWaitFor([&] { return book().layer(id)->style.classes.size() == 3; }, 60000));
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_EQ(book().layer(id)->style.classes[i].value, style.classes[i].value);
    EXPECT_EQ(book().layer(id)->counts, (std::vector<std::size_t>{1, 1, 0}));
}

TEST(LayerStyleJson, whatIsWrittenIsRead) {
    layers::LayerStyle style;
    style.kind = layers::StyleKind::rule;
    style.opacity = 0.125, style.nearest = 500, style.farthest = 50000;
    style.label = {"name", 9.5, 0xff112233};
    style.classes = {layers::StyleClass{}, layers::StyleClass{}};
    style.classes[0].filter = "\"a b\" > 3 and c = '公园'", style.classes[0].label = "x";
    style.classes[0].fill = 0x01020304, style.classes[0].marker = layers::Marker::star;
    const auto read = map::styleFromJson(map::styleToJson(style));
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read.value(), style);
    EXPECT_EQ(map::styleFromJson("{}").value(), layers::LayerStyle{});
}

TEST(LayerStyleJson, whatIsNoStyleIsRefusedWithItsKey) {
    const auto wrong = [](const char* json) {
        const auto read = map::styleFromJson(json);
        return read ? std::string("read") : read.problem().message.args[0].second;
    };
    EXPECT_NE(wrong("<qgis/>"), "read");
    EXPECT_NE(wrong("[]"), "read");
    EXPECT_EQ(wrong(R"({"kind":"purple"})"), "kind");
    EXPECT_EQ(wrong(R"({"opacity":7})"), "opacity");
    EXPECT_EQ(wrong(R"({"classes":[{"fill":"reddish"}]})"), "fill");
    EXPECT_EQ(wrong(R"({"classes":[{"marker":"skull"}]})"), "marker");
    EXPECT_EQ(wrong(R"({"classes":[{"width":1e9}]})"), "width");
    EXPECT_EQ(wrong(R"({"something":"else","classes":[{"value":3}]})"), "read");
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
