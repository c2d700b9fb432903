// SPDX-License-Identifier: GPL-3.0-or-later
// A window on an empty city whose layers a person manages.
#pragma once

#include "console/layer_book.h"
#include "console/main_window.h"
#include "console/map_page.h"
#include "fake_session.h"

#include <QFile>
#include <QListView>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace vedette::console {

using test::FakeSession;
using test::HandClock;

// Two squares near the middle of the city, and the same as points without a place.
inline const char* const parks = R"({"type":"FeatureCollection","features":[
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
    bool roadsNamed = false;                                       // by the workspace; there is no such file
    QTemporaryDir folder;
    std::shared_ptr<HandClock> clock;
    std::shared_ptr<FakeSession> session;
    std::unique_ptr<MainWindow> window;
    LayerModel* rows = nullptr;
    QListView* list = nullptr;
};

} // namespace vedette::console
