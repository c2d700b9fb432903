// SPDX-License-Identifier: GPL-3.0-or-later
#include "project_on_disk.h"
#include "stored_zip.h"
#include "waiting.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <csignal>

namespace vedette::map {
namespace {

using State = CartographerClient::State;
using namespace std::chrono_literals;

const QString program = QStringLiteral(VEDETTE_BIN_DIR "/vedette-cartographer");
constexpr QRgb ink = 0xFFC81E28, paper = 0xFFFFFFFF;

// In EPSG:4549 (CGCS2000, central meridian 120 E, scale 1) the square's south-west corner is at x = 500000 by
// definition and y = the meridian arc from the equator to 30 N on GRS 80, 3320113.398 m (Karney 2011, eq. 7).
// It is 965 m wide and 1108.6 m high.
constexpr layers::Point corner{500000, 3320113.398};

class Qgis : public testing::Test {
protected:
    QString at(const QString& name) const { return folder.filePath(name); }
    void writeSquare(const QString& label = {}, const QString& name = QStringLiteral("海滨公园")) {
        writeFile(at("square.geojson"), squareAsGeoJson(name));
        writeFile(at("base.qgs"),
                  projectText({{"square_20260101", "区域", "./square.geojson", "200,30,40,255", label}}));
    }
    CartographerClient::Settings settings(const QString& project = "base.qgs") const {
        CartographerClient::Settings made;
        made.program = program.toStdString();
        made.project = at(project).toStdString();
        made.crs = "EPSG:4549";
        made.firstBackOff = 50ms;
        return made;
    }
    QImage draw(const View& view, const QString& project = "base.qgs") {
        CartographerClient client(settings(project));
        Record record(client);
        client.start();
        client.request(view);
        EXPECT_TRUE(soon([&] { return !record.frames.empty() || client.state() == State::failed; }, 60000))
            << client.reason().code;
        EXPECT_EQ(client.reason(), layers::Message{});
        return record.frames.empty() ? QImage() : record.frames[0].image;
    }
    struct Checked {
        int status;
        QJsonObject json;
        QString problem(const char* arg = nullptr) const {
            const auto first = json["problems"].toArray().at(0).toObject();
            return arg ? first["args"].toObject()[QLatin1String(arg)].toString() : first["code"].toString();
        }
    };
    Checked check(const QString& project) const {
        QProcess process;
        process.setWorkingDirectory(folder.path());
        process.start(program, {"--check", project});
        EXPECT_TRUE(process.waitForFinished(60000));
        EXPECT_EQ(process.exitStatus(), QProcess::NormalExit);
        return {process.exitCode(), QJsonDocument::fromJson(process.readAllStandardOutput()).object()};
    }
    QTemporaryDir folder;
};

const View aroundCorner{corner, 10, {400, 400}, 1};

TEST_F(Qgis, TheSquareIsDrawnWhereTheGroundSays) {
    writeSquare();
    const QImage image = draw(aroundCorner);
    ASSERT_EQ(image.size(), QSize(400, 400));
    // 96.5 by 110.9 pixels up and to the right of the middle; two pixels of grace at its edges.
    int wrong = 0;
    for (int y = 0; y < 400; ++y)
        for (int x = 0; x < 400; ++x) {
            const double east = (x + 0.5 - 200) * 10, north = (200 - y - 0.5) * 10;
            const bool inside = east > 20 && east < 945 && north > 20 && north < 1088;
            const bool outside = east < -20 || east > 985 || north < -20 || north > 1129;
            wrong += (inside && image.pixel(x, y) != ink) || (outside && image.pixel(x, y) != paper);
        }
    EXPECT_EQ(wrong, 0);
}

TEST_F(Qgis, TwicePixelsShowTheSameGround) {
    writeSquare();
    View fine = aroundCorner;
    fine.devicePixelRatio = 2;
    const QImage image = draw(fine);
    ASSERT_EQ(image.size(), QSize(800, 800));
    EXPECT_EQ(image.pixel(404, 396), ink);
    EXPECT_EQ(image.pixel(404, 404), paper);
    EXPECT_EQ(image.pixel(396, 396), paper);
    EXPECT_EQ(image.pixel(588, 396), ink);
    EXPECT_EQ(image.pixel(598, 396), paper);
}

// The helper turns as the view does: each place lies where viewToMap says, and lines are as sharp as north up.
TEST_F(Qgis, ATurnedPictureShowsEachPlaceWhereTheViewSays) {
    writeSquare();
    for (const double degrees : {0.0, 30.0, 90.0, 217.0})
        for (const int ratio : {1, 2}) {
            View view = aroundCorner;
            view.rotation = Rotation(degrees);
            view.devicePixelRatio = ratio;
            const QImage image = draw(view);
            ASSERT_EQ(image.size(), QSize(400, 400) * ratio);
            int wrong = 0, inked = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x) {
                    const layers::Point at = view.viewToMap(QPointF(x + 0.5, y + 0.5) / ratio);
                    const double east = at.x - corner.x, north = at.y - corner.y;
                    const bool inside = east > 20 && east < 945 && north > 20 && north < 1088;
                    const bool outside = east < -20 || east > 985 || north < -20 || north > 1129;
                    wrong += (inside && image.pixel(x, y) != ink) || (outside && image.pixel(x, y) != paper);
                    inked += image.pixel(x, y) == ink;
                }
            EXPECT_EQ(wrong, 0) << degrees << " degrees, ratio " << ratio;
            EXPECT_NEAR(inked, 96.5 * 110.9 * ratio * ratio, 300 * ratio) << degrees;
        }
}

TEST_F(Qgis, NamesStandUprightOnATurnedPicture) {
    writeSquare("name", "海滨公园"); // four characters of 24 pixels
    for (const double degrees : {0.0, 30.0, 90.0, 217.0}) {
        View view = aroundCorner;
        view.rotation = Rotation(degrees);
        const QImage image = draw(view);
        QRect dark;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (qRed(image.pixel(x, y)) < 60)
                    dark |= QRect(x, y, 1, 1);
        EXPECT_NEAR(dark.width(), 95, 8) << degrees;
        EXPECT_NEAR(dark.height(), 22, 6) << degrees;
        const layers::Point middle = view.viewToMap(QRectF(dark).center());
        EXPECT_TRUE(middle.x > corner.x && middle.x < corner.x + 965 && middle.y > corner.y &&
                    middle.y < corner.y + 1109)
            << degrees;
        if (const QString to = qEnvironmentVariable("VEDETTE_PICTURES"); !to.isEmpty())
            image.save(to + QStringLiteral("/turned-%1.png").arg(degrees));
    }
}

int strokes(const QImage& image) { // pixels of neither the square nor the ground, inside the square
    int n = 0;
    for (int y = 95; y < 195; ++y)
        for (int x = 205; x < 290; ++x)
            n += image.pixel(x, y) != ink;
    return n;
}

TEST_F(Qgis, ChineseLabelsAreWrittenNotBoxed) {
    writeSquare("name", "海滨公园");
    const QImage park = draw(aroundCorner);
    EXPECT_GT(strokes(park), 200);
    writeSquare("name", "城市广场");
    const QImage square = draw(aroundCorner);
    EXPECT_GT(strokes(square), 200);
    EXPECT_NE(park, square); // boxes would be alike
    writeSquare();
    EXPECT_EQ(strokes(draw(aroundCorner)), 0);
}

TEST_F(Qgis, AProjectArchiveIsOpened) {
    writeSquare();
    QFile plain(at("base.qgs"));
    ASSERT_TRUE(plain.open(QIODevice::ReadOnly));
    const auto zip = cartographer::storedZip({{"base.qgs", plain.readAll().toStdString()}});
    writeFile(at("底图.qgz"), QByteArray::fromStdString(zip));
    const QImage image = draw(aroundCorner, "底图.qgz");
    ASSERT_FALSE(image.isNull());
    EXPECT_EQ(image.pixel(250, 150), ink);
}

TEST_F(Qgis, LookingChangesNoFile) {
    ASSERT_TRUE(writeSquareAsGeoPackage(at("square.gpkg"), "海滨公园"));
    writeFile(at("base.qgs"), projectText({{"square_20260101", "区域", "./square.gpkg|layername=areas",
                                            "200,30,40,255", "name"}}));
    const auto contents = [&] {
        QStringList all;
        for (const auto& info :
             QDir(folder.path()).entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden)) {
            QFile file(info.absoluteFilePath());
            EXPECT_TRUE(file.open(QIODevice::ReadOnly));
            all << info.fileName() + ' ' + info.lastModified().toString(Qt::ISODateWithMs) + ' ' +
                       QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256).toHex();
        }
        return all;
    };
    const auto before = contents();
    CartographerClient client(settings());
    Record record(client);
    client.start();
    client.request(aroundCorner);
    ASSERT_TRUE(soon([&] { return !record.frames.empty(); }, 60000));
    EXPECT_EQ(record.frames[0].image.pixel(205, 195), ink);
    EXPECT_EQ(contents(), before); // while it is open
    ASSERT_EQ(::kill(static_cast<pid_t>(client.processId()), SIGKILL), 0);
    ASSERT_TRUE(soon([&] { return client.state() == State::restarting; }));
    EXPECT_EQ(contents(), before);
}

TEST_F(Qgis, MacrosNeverRun) {
    writeSquare();
    const auto macro = QByteArray("<properties><Macros><pythonCode type=\"QString\">def openProject():\n"
                                  "    open('") +
                       at("ran").toUtf8() + "','w').close()\n</pythonCode></Macros></properties>";
    writeFile(at("base.qgs"),
              projectText({{"square_20260101", "区域", "./square.geojson", "200,30,40,255", ""}}, macro));
    EXPECT_EQ(draw(aroundCorner).pixel(250, 150), ink);
    EXPECT_FALSE(QFile::exists(at("ran")));
}

TEST_F(Qgis, AMissingLayerIsNamedAndTheRestIsDrawn) {
    writeFile(at("square.geojson"), squareAsGeoJson("x"));
    writeFile(at("base.qgs"),
              projectText({{"gone_2026010101", "缺失", "./gone.geojson", "0,0,255,255", ""},
                           {"square_20260101", "区域", "./square.geojson", "200,30,40,255", ""}}));
    CartographerClient client(settings());
    Record record(client);
    client.start();
    client.request(aroundCorner);
    ASSERT_TRUE(soon([&] { return !record.frames.empty(); }, 60000));
    EXPECT_EQ(record.frames[0].image.pixel(250, 150), ink);
    ASSERT_EQ(client.problems().size(), 1u);
    EXPECT_EQ(client.problems()[0].code, "layerUnavailable");
    EXPECT_EQ(argument(client.problems()[0], "layer"), "缺失");
    EXPECT_TRUE(QString::fromStdString(argument(client.problems()[0], "path")).endsWith("gone.geojson"));
}

TEST_F(Qgis, LayersStackAsTheTreeSaysWhateverTheirIds) {
    writeFile(at("red.geojson"), squareAsGeoJson("x"));
    writeFile(at("blue.geojson"), squareAsGeoJson("x"));
    for (const bool redOnTop : {true, false}) {
        std::vector<ProjectLayer> layers{{"a", "红", "./red.geojson", "200,30,40,255", ""},
                                         {"b", "蓝", "./blue.geojson", "0,0,255,255", ""}};
        if (!redOnTop)
            std::swap(layers[0], layers[1]);
        writeFile(at("base.qgs"), projectText(layers));
        EXPECT_EQ(draw(aroundCorner).pixel(250, 150), redOnTop ? ink : 0xFF0000FFu);
    }
}

TEST_F(Qgis, ATreeThatNamesLayersByTheirIdsAloneIsFollowed) {
    writeFile(at("red.geojson"), squareAsGeoJson("x"));
    writeFile(at("blue.geojson"), squareAsGeoJson("x"));
    const auto project = [&](bool redOnTop, bool redShown) {
        std::vector<ProjectLayer> layers{{"a", "红", "./red.geojson", "200,30,40,255", ""},
                                         {"b", "蓝", "./blue.geojson", "0,0,255,255", ""}};
        if (!redOnTop)
            std::swap(layers[0], layers[1]);
        QByteArray text = projectText(layers);
        text.replace(R"( providerKey="ogr" source="./red.geojson")", "");
        text.replace(R"( providerKey="ogr" source="./blue.geojson")", "");
        if (!redShown)
            text.replace(R"(name="红" checked="Qt::Checked")", R"(name="红" checked="Qt::Unchecked")");
        writeFile(at("base.qgs"), text);
    };
    constexpr QRgb blue = 0xFF0000FFu;
    for (const bool redOnTop : {true, false}) {
        project(redOnTop, true);
        EXPECT_EQ(draw(aroundCorner).pixel(250, 150), redOnTop ? ink : blue);
        project(redOnTop, false);
        EXPECT_EQ(draw(aroundCorner).pixel(250, 150), blue);
    }
}

TEST_F(Qgis, ALayerOfUnknownGroundIsSaid) {
    writeFile(at("square.csv"), "name,WKT\nx,\"POLYGON((0 0,1 0,1 1,0 0))\"\n");
    writeFile(at("base.qgs"),
              projectText({{"square_20260101", "区域", "./square.csv", "200,30,40,255", "", "nothing"}}));
    const auto checked = check("base.qgs");
    EXPECT_EQ(checked.status, 1);
    EXPECT_EQ(checked.problem(), "layerWithoutCrs");
    EXPECT_EQ(checked.problem("layer"), QStringLiteral("区域"));
}

TEST_F(Qgis, KilledInMidDrawingItComesBackAndDraws) {
    writeSquare();
    CartographerClient client(settings());
    Record record(client);
    client.start();
    ASSERT_TRUE(soon([&] { return client.state() == State::ready; }, 60000));
    const auto first = client.processId();
    client.request(aroundCorner);
    ASSERT_EQ(client.state(), State::drawing);
    ASSERT_EQ(::kill(static_cast<pid_t>(first), SIGKILL), 0);
    ASSERT_TRUE(soon([&] { return client.state() == State::restarting; }));
    EXPECT_EQ(client.reason(), (layers::Message{"cartographerCrashed", {{"signal", "SIGKILL"}}}));
    ASSERT_TRUE(soon([&] { return !record.frames.empty(); }, 60000));
    EXPECT_EQ(record.frames[0].image.pixel(250, 150), ink);
    EXPECT_NE(client.processId(), first);
    EXPECT_EQ(client.state(), State::ready);
}

TEST_F(Qgis, StoppedItIsFoundHungAndReplaced) {
    writeSquare();
    auto quick = settings();
    quick.heartbeat = 50ms, quick.hung = 500ms;
    CartographerClient client(quick);
    Record record(client);
    client.start();
    ASSERT_TRUE(soon([&] { return client.state() == State::ready; }, 60000));
    const auto first = static_cast<pid_t>(client.processId());
    ASSERT_EQ(::kill(first, SIGSTOP), 0);
    client.request(aroundCorner);
    ASSERT_TRUE(soon([&] { return client.state() == State::restarting; }));
    EXPECT_EQ(client.reason().code, "cartographerHung");
    ASSERT_TRUE(soon([&] { return !record.frames.empty(); }, 60000));
    EXPECT_TRUE(soon([&] { return ::kill(first, 0) != 0; }));
}

TEST_F(Qgis, TheNewestOfAHundredViewsIsTheOneShown) {
    writeSquare();
    CartographerClient client(settings());
    Record record(client);
    client.start();
    ASSERT_TRUE(soon([&] { return client.state() == State::ready; }, 60000));
    View view = aroundCorner;
    for (int i = 0; i < 100; ++i) {
        view = view.pannedBy({1, 0});
        client.request(view);
    }
    ASSERT_TRUE(soon([&] { return client.state() == State::ready; }, 60000));
    ASSERT_EQ(record.frames.size(), 1u);
    EXPECT_EQ(record.frames[0].view, view);
    EXPECT_EQ(record.frames[0].image.pixel(304, 196), ink); // 100 pixels to the right
    EXPECT_EQ(record.frames[0].image.pixel(296, 196), paper);
}

TEST_F(Qgis, UnreadableProjectsFailWithTheirCause) {
    writeSquare();
    const std::vector<std::pair<QString, QByteArray>> bad{
        {"text.qgz", "not a zip"},
        {"text.qgs", "not xml"},
        {"empty.qgs", ""},
        {"other.qgs", "<html/>"},
        {"out.qgz",
         QByteArray::fromStdString(cartographer::storedZip({{"a.qgs", "<qgis/>"}, {"../b", "x"}}))},
        {"bomb.qgz", QByteArray::fromStdString(cartographer::storedZip({{"a.qgs", "x", 1 << 30}}))}};
    const std::vector<std::string> codes{"projectUnreadable", "projectUnreadable", "projectUnreadable",
                                         "projectUnreadable", "projectReachesOut", "projectTooBig"};
    for (std::size_t i = 0; i < bad.size(); ++i) {
        writeFile(at(bad[i].first), bad[i].second);
        CartographerClient client(settings(bad[i].first));
        client.start();
        ASSERT_TRUE(
            soon([&] { return client.state() == State::failed || client.state() == State::ready; }, 60000));
        EXPECT_EQ(client.reason().code, codes[i]) << qPrintable(bad[i].first);
        EXPECT_EQ(argument(client.reason(), "path"), at(bad[i].first).toStdString());
        EXPECT_TRUE(codes[i] != "projectUnreadable" || !argument(client.reason(), "cause").empty());
    }
    auto strange = settings();
    strange.crs = "EPSG:999999";
    CartographerClient client(strange);
    client.start();
    ASSERT_TRUE(soon([&] { return client.state() == State::failed; }, 60000));
    EXPECT_EQ(client.reason(), (layers::Message{"crsUnknownToQgis", {{"crs", "EPSG:999999"}}}));
}

TEST_F(Qgis, CheckPrintsTheLayersAndWhatIsWrong) {
    writeSquare();
    const auto good = check("base.qgs");
    EXPECT_EQ(good.status, 0);
    EXPECT_TRUE(good.json["ok"].toBool());
    const auto layer = good.json["layers"].toArray().at(0).toObject();
    EXPECT_EQ(layer["id"].toString(), "square_20260101");
    EXPECT_EQ(layer["name"].toString(), QStringLiteral("区域"));
    EXPECT_EQ(layer["crs"].toString(), "EPSG:4490");
    QFile::remove(at("square.geojson"));
    const auto bad = check("base.qgs");
    EXPECT_EQ(bad.status, 1);
    EXPECT_EQ(bad.problem(), "layerUnavailable");
    EXPECT_EQ(bad.problem("layer"), QStringLiteral("区域"));
    EXPECT_EQ(check("none.qgs").status, 1);
    EXPECT_EQ(check("none.qgs").problem(), "projectUnreadable");
}

TEST_F(Qgis, ItsExitStatusIsAsDocumented) {
    const auto statusOf = [&](const QStringList& arguments) {
        QProcess process;
        process.start(program, arguments);
        EXPECT_TRUE(process.waitForFinished(60000));
        return process.exitCode();
    };
    EXPECT_EQ(statusOf({}), 2);
    EXPECT_EQ(statusOf({"--socket"}), 2);
    EXPECT_EQ(statusOf({"--silence", "many", "--socket", "x"}), 2);
    EXPECT_EQ(statusOf({"--version"}), 0);
    EXPECT_EQ(statusOf({"--socket", at("nobody")}), 4);
}

} // namespace
} // namespace vedette::map
