// SPDX-License-Identifier: GPL-3.0-or-later
// The analyst's panel in the real window, over the sample city's history.
#include "console/analysis_panel.h"
#include "console/back_test_view.h"
#include "console/figures_view.h"
#include "console/layer_book.h"
#include "console/main_window.h"
#include "console/map_page.h"
#include "console/tilted_page.h"
#include "console/week_clock.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QHeaderView>
#include <QHelpEvent>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStyleOptionComboBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolTip>

#include <gdal_priv.h>
#include <gtest/gtest.h>

namespace vedette::console {
namespace {

using namespace dispatch;

class Analysis : public ::testing::Test {
protected:
    void SetUp() override {
        city = folder.filePath(QStringLiteral("city"));
        std::filesystem::copy(VEDETTE_SOURCE_DIR "/data/samples/binhai", city.toStdString(),
                              std::filesystem::copy_options::recursive);
        LoadOptions load;
        load.read.reader = VEDETTE_BIN_DIR "/vedettectl";
        load.gazetteer = load.roads = false;
        auto loaded = loadCity(city.toStdString(), load);
        ASSERT_TRUE(loaded.ok());
        SessionOptions options;
        options.feeds = false;
        options.clock = std::make_shared<layers::SystemClock>();
        auto opened = Session::open(loaded.value(), options);
        ASSERT_TRUE(opened.ok());
        session = std::move(opened).value();
        ASSERT_GT(session->city()->history->size(), 50u);
        open();
    }
    void open() {
        MainWindow::Options options;
        options.clock = std::make_shared<layers::SystemClock>();
        options.cartographer = false;
        window = std::make_unique<MainWindow>(session, options);
        window->resize(1920, 1080);
        window->show();
        window->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(window.get()));
        ASSERT_TRUE(soon([&] { return window->mapPage().ready(); }));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_H, Qt::ControlModifier);
        ASSERT_TRUE(window->analysis().isVisible());
        ASSERT_TRUE(settled());
    }
    void TearDown() override { window.reset(); }
    ::testing::AssertionResult soon(const std::function<bool()>& condition) {
        return QTest::qWaitFor(condition, 15'000) ? ::testing::AssertionSuccess()
                                                  : ::testing::AssertionFailure() << "not within 15 s";
    }
    ::testing::AssertionResult settled() {
        return soon([this] { return !window->analysis().busy() && !window->mapPage().heatPending(); });
    }
    template <class T>
    T& find(const char* name) {
        T* found = window->findChild<T*>(QLatin1String(name));
        EXPECT_NE(found, nullptr) << name;
        return *found;
    }
    QTemporaryDir folder;
    QString city;
    std::shared_ptr<Session> session;
    std::unique_ptr<MainWindow> window;
};

// Heat and figures never colour the ground at once; who is hidden by its group keeps its check meanwhile.
TEST_F(Analysis, HeatAndFiguresInGroupsGiveWayToEachOther) {
    const QString heat = QStringLiteral("heat"), figures = QStringLiteral("statistics");
    auto& rows = *window->findChild<LayerModel*>();
    ASSERT_TRUE(rows.visible(heat));
    const QString group = window->layerBook().group(figures);
    rows.setVisible(group, false);
    rows.setVisible(figures, true);
    EXPECT_TRUE(rows.visible(heat)) << "nothing else is shown";
    rows.setVisible(group, true);
    EXPECT_TRUE(rows.visible(figures));
    EXPECT_FALSE(rows.visible(heat));
    rows.setVisible(group, false);
    rows.setVisible(heat, true);
    EXPECT_TRUE(rows.checked(figures));
    const QString other = window->layerBook().group(heat);
    rows.setVisible(other, false);
    EXPECT_FALSE(window->mapPage().canvas().scene()->heat.visible);
    window->openAnalysis(); // closes it, or opens: with the heat shown
    if (!window->analysis().isVisible())
        window->openAnalysis();
    EXPECT_TRUE(window->mapPage().canvas().scene()->heat.visible);
}

// What is shown after every filter is the density of what vedette says is meant, and the file is what is shown.
TEST_F(Analysis, TheFileIsTheSurfaceThatIsShown) {
    find<QSpinBox>("heatBandwidth").setValue(600);
    find<QComboBox>("heatKernel").setCurrentIndex(1);
    find<QCheckBox>("heatSeverity").setChecked(true);
    find<QSpinBox>("heatHalfLife").setValue(20);
    ASSERT_TRUE(settled());
    const RiskSurface& risk = window->mapPage().risk();
    ASSERT_TRUE(risk.surface);
    EXPECT_EQ(risk.settings.bandwidthMetres, 600);
    EXPECT_EQ(risk.settings.kernel, layers::Kernel::gaussian);
    EXPECT_EQ(risk.settings.halfLifeDays, 20);
    const auto points = heatPoints(*session->city(), pastOf(*session->city(), window->mapPage().heat()), true);
    EXPECT_EQ(points.size(), risk.points);
    const auto again = layers::heat(points, risk.settings);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again.value().values, risk.surface->values);

    const QString file = folder.filePath(QStringLiteral("shown.tif"));
    QSignalSpy written(&window->analysis(), &AnalysisPanel::surfaceWritten);
    window->analysis().exportSurface(file);
    ASSERT_TRUE(soon([&] { return written.count() == 1; }));
    ASSERT_TRUE(written[0][0].toBool());
    GDALAllRegister();
    GDALDatasetUniquePtr read(GDALDataset::Open(file.toStdString().c_str()));
    ASSERT_TRUE(read);
    std::vector<float> values(risk.surface->values.size());
    ASSERT_EQ(read->GetRasterXSize(), risk.surface->width);
    ASSERT_EQ(read->GetRasterYSize(), risk.surface->height);
    ASSERT_EQ(read->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, risk.surface->width, risk.surface->height,
                                               values.data(), risk.surface->width, risk.surface->height,
                                               GDT_Float32, 0, 0),
              CE_None);
    EXPECT_EQ(values, risk.surface->values);
    EXPECT_STREQ(read->GetMetadataItem("KERNEL"), "gaussian");
}

TEST_F(Analysis, TheScaleStandsUntilAPersonChangesItAndAllIsRemembered) {
    auto& scale = find<QDoubleSpinBox>("heatScale");
    const double first = scale.value();
    find<QSpinBox>("heatBandwidth").setValue(150); // far higher peaks
    ASSERT_TRUE(settled());
    EXPECT_EQ(scale.value(), first);
    EXPECT_EQ(window->mapPage().heat().scaleMax, first);
    find<QPushButton>("heatFit").click();
    ASSERT_TRUE(settled());
    const double fitted = scale.value();
    EXPECT_GT(fitted, first);
    scale.setValue(2.5);
    find<QComboBox>("heatPeriod").setCurrentIndex(2);
    ASSERT_TRUE(settled());
    window->close();
    window.reset();
    open();
    EXPECT_EQ(find<QDoubleSpinBox>("heatScale").value(), 2.5);
    EXPECT_EQ(find<QSpinBox>("heatBandwidth").value(), 150);
    EXPECT_EQ(window->mapPage().heat().days, 90);
}

TEST_F(Analysis, AClickOnTheClockFiltersTheHeat) {
    WeekClock& clock = window->analysis().clock();
    std::size_t all = 0;
    for (const std::size_t one : clock.counts())
        all += one;
    EXPECT_EQ(all, window->mapPage().risk().points);
    // The row of Monday: a click on its name.
    const QRectF monday = clock.cellBox(0, 0);
    QTest::mouseClick(&clock, Qt::LeftButton, {}, QPoint(8, static_cast<int>(monday.center().y())));
    ASSERT_TRUE(settled());
    EXPECT_EQ(clock.chosen().count(), 24u);
    std::size_t mondays = 0;
    for (std::size_t hour = 0; hour < 24; ++hour)
        mondays += clock.counts()[hour];
    EXPECT_EQ(window->mapPage().risk().points, mondays);
    EXPECT_EQ(window->analysis().figures().model().statistics().incidents, mondays);
    // A cell of it by the mouse goes out; the whole week comes back by its key.
    QTest::mouseClick(&clock, Qt::LeftButton, {}, clock.cellBox(0, 9).center().toPoint());
    ASSERT_TRUE(settled());
    EXPECT_EQ(clock.chosen().count(), 23u);
    QTest::keyClick(&clock, Qt::Key_Delete);
    ASSERT_TRUE(settled());
    EXPECT_EQ(window->mapPage().risk().points, all);
    const QStringList lines = clock.csv().split(u'\n', Qt::SkipEmptyParts);
    ASSERT_EQ(lines.size(), 169);
    EXPECT_EQ(lines[0], QStringLiteral("day,hour,count,hours,rate,chosen"));
    // A rate is the count over as many such hours as the period has.
    double hours = 0;
    for (std::size_t cell = 0; cell < 168; ++cell) {
        const QStringList cells = lines[int(cell) + 1].split(u',');
        hours += cells[3].toDouble();
        EXPECT_NEAR(cells[4].toDouble() * cells[3].toDouble(), cells[2].toDouble(), 1e-5);
        EXPECT_NEAR(clock.rate(cell), double(clock.counts()[cell]) / cells[3].toDouble(), 1e-6);
    }
    EXPECT_NEAR(hours, 24 * window->mapPage().heat().days, 1);
}

TEST_F(Analysis, WhatIsGivenUpLeavesWhatStood) {
    const auto before = window->mapPage().risk().surface;
    HeatChoice other = window->mapPage().heat();
    other.bandwidthMetres = 333;
    window->mapPage().setHeat(other);
    ASSERT_TRUE(window->mapPage().heatPending());
    find<QPushButton>("heatCancel").click();
    EXPECT_FALSE(window->mapPage().heatPending());
    EXPECT_EQ(window->mapPage().heat().bandwidthMetres, 800);
    EXPECT_EQ(find<QSpinBox>("heatBandwidth").value(), 800);
    ASSERT_TRUE(settled());
    EXPECT_EQ(window->mapPage().risk().surface, before);
}

TEST_F(Analysis, FiguresAreSortedShownOnTheMapAndExported) {
    FiguresView& figures = window->analysis().figures();
    QAbstractItemModelTester tester(&figures.model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    auto& table = find<QTableView>("figures");
    ASSERT_GT(table.model()->rowCount(), 2);
    table.sortByColumn(FiguresModel::countColumn, Qt::DescendingOrder);
    std::size_t most = 0;
    for (const auto& row : figures.model().statistics().rows)
        most = std::max(most, row.count);
    EXPECT_EQ(table.model()->index(0, FiguresModel::countColumn).data().toString().toULong(), most);
    QSignalSpy picked(&figures, &FiguresView::areaPicked);
    QTest::mouseClick(table.viewport(), Qt::LeftButton, {},
                      table.visualRect(table.model()->index(1, 1)).center());
    ASSERT_GE(picked.count(), 1);
    const auto area = picked.back()[0].toUInt();
    // From the map back to the row.
    const auto other = figures.model().area(figures.model().rowOf(area) == 0 ? 1 : 0);
    emit window->mapPage().areasPointed({other});
    const QModelIndex at = table.selectionModel()->currentIndex();
    EXPECT_EQ(table.model()->index(at.row(), 0).data().toString(),
              figures.model().index(figures.model().rowOf(other), 0).data().toString());
    const QString file = folder.filePath(QStringLiteral("figures.csv"));
    QSignalSpy written(&figures, &FiguresView::written);
    figures.exportTo(file);
    ASSERT_TRUE(soon([&] { return written.count() == 1; }));
    ASSERT_TRUE(written[0][0].toBool());
    QFile csv(file);
    ASSERT_TRUE(csv.open(QIODevice::ReadOnly));
    const auto lines = csv.readAll().split('\n');
    EXPECT_TRUE(lines[0].contains("gi_q")) << lines[0].toStdString();
    EXPECT_EQ(lines.size() - 2, figures.model().rowCount());
}

TEST_F(Analysis, NoWordIsCutAndTheFormIsWholeOnALowScreen) {
    window->resize(1920, 1080); // the offscreen screen is smaller
    QApplication::processEvents();
    auto& panel = window->analysis();
    int choices = 0;
    for (auto* choice : panel.findChildren<QComboBox*>()) {
        if (!choice->isVisible())
            continue;
        QStyleOptionComboBox looks;
        looks.initFrom(choice);
        const QRect room = choice->style()->subControlRect(QStyle::CC_ComboBox, &looks, QStyle::SC_ComboBoxEditField, choice);
        EXPECT_GE(room.width(), choice->fontMetrics().horizontalAdvance(choice->currentText()))
            << choice->objectName().toStdString();
        ++choices;
    }
    EXPECT_EQ(choices, 5); // period, category, kernel; per which area, against what
    const QHeaderView& heads = *find<QTableView>("figures").horizontalHeader();
    for (int i = 0; i < heads.count(); ++i)
        EXPECT_GE(heads.sectionSize(i),
                  heads.fontMetrics().horizontalAdvance(heads.model()->headerData(i, Qt::Horizontal).toString()) + 12)
            << i;
    window->resize(1366, 768);
    QApplication::processEvents();
    auto& form = find<QWidget>("heatForm");
    EXPECT_GE(form.parentWidget()->width(), form.minimumSizeHint().width());
}

TEST_F(Analysis, TheBackTestSaysWhatTheLibraryCounts) {
    window->analysis().showBackTest();
    find<QComboBox>("heatPeriod").setCurrentIndex(2); // 90 days
    ASSERT_TRUE(settled());
    BackTestView& view = window->analysis().backTest();
    ASSERT_TRUE(soon([&] { return !view.busy() && view.shown().has_value(); })) << view.words().toStdString();
    const SurfaceTest& test = *view.shown();
    EXPECT_EQ(test.train.till, test.test.from);
    std::vector<layers::Point> later;
    eachPast(*session->city(), test.test, [&](const PastIncident& past) { later.push_back(past.where); });
    const layers::Box ground = session->city()->areas.extent();
    const auto surface = riskSurface(*session->city(), window->mapPage().heat(), test.train, nullptr, &ground);
    const auto direct = layers::backTest(*surface.surface, later, 0.05);
    EXPECT_NEAR(paiAt(test.ours, 0.05), direct.pai, 0.01 * direct.pai + 1e-9);
    EXPECT_NEAR(peiAt(test.ours, 0.05), direct.pei, 0.01);
    EXPECT_TRUE(view.words().contains(QStringLiteral("PAI ") + QString::number(paiAt(test.ours, 0.05), 'f', 2)))
        << view.words().toStdString();
}

TEST_F(Analysis, TheTiltedPictureTurnsByKeysAndNamesWhatIsClicked) {
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_3, Qt::ControlModifier);
    TiltedPage& page = window->tilted();
    ASSERT_TRUE(page.isVisible());
    ASSERT_TRUE(soon([&] { return page.settled() && !page.canvas().shown().isNull(); }));
    const QImage before = page.canvas().shown();
    const double turn = page.canvas().view().turn;
    QTest::keyClick(&page.canvas(), Qt::Key_Right);
    EXPECT_NE(page.canvas().view().turn, turn);
    ASSERT_TRUE(soon([&] { return page.settled(); }));
    EXPECT_NE(page.canvas().shown(), before);
    QSignalSpy picked(&page.canvas(), &TiltedCanvas::areaPicked);
    QTest::mouseClick(&page.canvas(), Qt::LeftButton, {}, page.canvas().rect().center());
    EXPECT_EQ(picked.count(), 1);
    // A pointer that rests is told the area and its figures.
    const QPoint middle = page.canvas().rect().center();
    QHelpEvent rests(QEvent::ToolTip, middle, page.canvas().mapToGlobal(middle));
    QApplication::sendEvent(&page.canvas(), &rests);
    EXPECT_TRUE(QToolTip::text().contains(QStringLiteral(" days"))) << QToolTip::text().toStdString();
    QTest::keyClick(&page.canvas(), Qt::Key_Escape);
    EXPECT_FALSE(page.isVisible());
}

TEST_F(Analysis, BuildingsOfAnAddedLayerStandInTheTiltedPicture) {
    const layers::LonLat at = window->desk().city().crs.toLonLat(window->desk().city().areas.extent().centre());
    QFile file(folder.filePath(QStringLiteral("houses.geojson")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(QStringLiteral(R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Sea Tower","height":88},
"geometry":{"type":"Polygon","coordinates":[[[%1,%3],[%2,%3],[%2,%4],[%1,%4],[%1,%3]]]}}]})")
                   .arg(at.lon - 0.002, 0, 'f', 6)
                   .arg(at.lon + 0.002, 0, 'f', 6)
                   .arg(at.lat - 0.002, 0, 'f', 6)
                   .arg(at.lat + 0.002, 0, 'f', 6)
                   .toUtf8());
    file.close();
    window->layerBook().addFiles({file.fileName()});
    ASSERT_TRUE(soon([&] { return !window->layerBook().busy(); }));
    window->openTilted();
    TiltedPage& page = window->tilted();
    auto* kind = page.findChild<QComboBox*>(QStringLiteral("tiltedKind"));
    const int houses = kind->findText(QStringLiteral("Buildings: houses"));
    ASSERT_GE(houses, 0);
    kind->setCurrentIndex(houses);
    ASSERT_TRUE(soon([&] { return page.settled() && !page.canvas().shown().isNull(); }));
    page.canvas().goHome();
    ASSERT_TRUE(soon([&] { return page.settled(); }));
    QString said;
    for (int y = 20; y < page.canvas().height() && said.isEmpty(); y += 20) {
        const QPoint there(page.canvas().width() / 2, y);
        QHelpEvent rests(QEvent::ToolTip, there, page.canvas().mapToGlobal(there));
        QApplication::sendEvent(&page.canvas(), &rests);
        if (QToolTip::text().contains(QStringLiteral("Sea Tower")))
            said = QToolTip::text();
    }
    EXPECT_TRUE(said.contains(QStringLiteral("88 m high"))) << said.toStdString();
    EXPECT_TRUE(said.contains(QStringLiteral(" days"))) << "and the area it stands in: " << said.toStdString();
    if (const QString to = qEnvironmentVariable("VEDETTE_PICTURES"); !to.isEmpty())
        window->grab().save(to + QStringLiteral("/tilted-buildings.png"));
}

} // namespace
} // namespace vedette::console
