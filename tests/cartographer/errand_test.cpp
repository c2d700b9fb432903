// SPDX-License-Identifier: GPL-3.0-or-later
// What the helper does besides drawing frames: sheets, what lies at a place, styles.
#include "project_on_disk.h"
#include "waiting.h"

#include "map/sheet.h"

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QProcess>
#include <QSvgRenderer>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <cstring>

namespace vedette::map {
namespace {

using State = CartographerClient::State;

// A square polygon as WKB (OGC 06-103r4, 8.2): order, type 3, one ring of five points.
std::vector<std::uint8_t> squareWkb(double x, double y, double side) {
    std::vector<std::uint8_t> out{1, 3, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0};
    for (const auto& [dx, dy] : {std::pair{0., 0.}, {side, 0.}, {side, side}, {0., side}, {0., 0.}})
        for (const double value : {x + dx, y + dy}) {
            const auto at = out.size();
            out.resize(at + 8);
            std::memcpy(out.data() + at, &value, 8);
        }
    return out;
}

struct Outcome {
    QStringList files;
    layers::Message why;
    std::vector<layers::Message> problems;
    int steps = 0, of = 0;
};

class Errand : public testing::Test {
protected:
    QString at(const QString& name) const { return folder.filePath(name); }
    CartographerReach reach() const {
        CartographerReach made;
        made.program = VEDETTE_BIN_DIR "/vedette-cartographer";
        made.workspace = folder.path().toStdString();
        made.crs = "EPSG:4549";
        return made;
    }
    static Sheets sheets(const std::string& format) {
        Sheets made;
        made.format = format;
        made.width = 297, made.height = 210, made.dpi = 100;
        made.source = "2026-03-14 02:30 · EPSG:4549";
        made.legend = "图例", made.north = "北", made.more = "{count} 行见下页";
        made.header = {"工单", "地点"};
        made.layers = {
            {"网格", "#33008000", "#ff008000", 0.3, {{"320602001001001", squareWkb(500000, 3320000, 2000)}}}};
        made.markKinds = {{"一级", "#ffd62828", "star"}};
        made.marks = {{500500, 3320500, "T1042", 0}};
        SheetPage page;
        page.title = "滨海市值班图";
        page.minX = 499000, page.minY = 3319000, page.maxX = 503000, page.maxY = 3323000;
        page.rows = {{"T1042", "海滨公园北门"}};
        made.pages = {page};
        return made;
    }
    Outcome print(const Sheets& wanted, const QString& out, bool cancel = false) {
        SheetPrinter printer;
        Outcome got;
        QObject::connect(&printer, &SheetPrinter::progressed, [&](int, int of) {
            ++got.steps, got.of = of;
            if (cancel && got.steps == 2)
                printer.cancel();
        });
        QObject::connect(&printer, &SheetPrinter::printed,
                         [&](const QStringList& files, const std::vector<layers::Message>& problems) {
                             got.files = files, got.problems = problems;
                         });
        QObject::connect(&printer, &SheetPrinter::failed, [&](const layers::Message& why) { got.why = why; });
        printer.print(reach(), wanted, out.toStdString());
        EXPECT_TRUE(soon([&] { return !got.files.isEmpty() || !got.why.code.empty(); }, 120000));
        if (const QString to = qEnvironmentVariable("VEDETTE_PICTURES"); !to.isEmpty()) // to be looked at
            for (const QString& file : got.files)
                QFile::copy(file, to + QLatin1Char('/') + QFileInfo(file).fileName());
        return got;
    }
    static QString textOf(const QString& pdf) {
        QProcess process;
        process.start("pdftotext", {"-layout", pdf, "-"});
        if (!process.waitForFinished(30000))
            return {};
        return QString::fromUtf8(process.readAllStandardOutput());
    }
    QTemporaryDir folder;
};

TEST_F(Errand, ASheetWithoutAProjectIsPrinted) {
    const auto got = print(sheets("png"), at("图.png"));
    ASSERT_EQ(got.why, layers::Message{});
    ASSERT_EQ(got.files, QStringList(at("图.png")));
    const QImage image(at("图.png"));
    EXPECT_NEAR(image.width(), 297 / 25.4 * 100, 2);
    EXPECT_NEAR(image.height(), 210 / 25.4 * 100, 2);
    int green = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const QColor c = image.pixelColor(x, y);
            green += c.green() > c.red() + 20 && c.green() > c.blue() + 20;
        }
    EXPECT_GT(green, 10000); // the area has its colour
}

TEST_F(Errand, AnAtlasIsOnePdfWithAPageForEachAndItsWordsInIt) {
    auto wanted = sheets("pdf");
    for (int i = 2; i <= 4; ++i) {
        auto page = wanted.pages[0];
        page.title = "第" + std::to_string(i) + "警格";
        page.focus = squareWkb(500000, 3320000, 1000);
        wanted.pages.push_back(page);
    }
    const auto got = print(wanted, at("atlas.pdf"));
    ASSERT_EQ(got.why, layers::Message{});
    EXPECT_EQ(got.of, 4);
    QFile file(at("atlas.pdf"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    EXPECT_TRUE(bytes.startsWith("%PDF-"));
    EXPECT_EQ(bytes.count("/Type /Page\n"), 4);
    // Not the table's: QGIS 3.22 draws those as outlines whatever is asked for.
    const QString text = textOf(at("atlas.pdf"));
    EXPECT_TRUE(text.contains(QStringLiteral("滨海市值班图"))) << qPrintable(text);
    EXPECT_TRUE(text.contains(QStringLiteral("第4警格"))) << qPrintable(text);
}

// Pixels of a colour within a box given in millimetres.
int count(const QImage& image, QColor colour, QRectF millimetres) {
    const double scale = image.width() / 297.0;
    int found = 0;
    for (int y = int(millimetres.top() * scale); y < int(millimetres.bottom() * scale); ++y)
        for (int x = int(millimetres.left() * scale); x < int(millimetres.right() * scale); ++x) {
            const QColor c = image.pixelColor(x, y);
            found += std::abs(c.red() - colour.red()) + std::abs(c.green() - colour.green()) +
                         std::abs(c.blue() - colour.blue()) <
                     12;
        }
    return found;
}

TEST_F(Errand, ALongLegendBesideATableIsSeenWholeOrSaysWhatIsLeftOff) {
    auto wanted = sheets("png");
    for (int i = 0; i < 20; ++i)
        wanted.pages[0].rows.push_back({"T" + std::to_string(i), "地点"});
    wanted.layers.clear();
    wanted.legendMore = "另有 {count} 项";
    std::vector<QColor> colours;
    for (int i = 0; i < 24; ++i) {
        colours.push_back(QColor::fromHsv(i * 15, 255, 200));
        wanted.layers.push_back({"图层 " + std::to_string(i + 1), colours.back().name(QColor::HexArgb).toStdString(),
                                 "#ff000000", 0.1, {}});
    }
    ASSERT_EQ(print(wanted, at("long.png")).why, layers::Message{});
    const QImage image(at("long.png"));
    for (std::size_t i = 0; i < colours.size(); ++i)
        EXPECT_GT(count(image, colours[i], {240, 50, 57, 160}), 20) << "layer " << i + 1;
    // More than any sheet takes: what is left off is counted.
    wanted.format = "pdf";
    for (int i = 24; i < 120; ++i)
        wanted.layers.push_back({"图层 " + std::to_string(i + 1), "#ff808080", "#ff000000", 0.1, {}});
    ASSERT_EQ(print(wanted, at("longer.pdf")).why, layers::Message{});
    const QString text = textOf(at("longer.pdf"));
    const int listed = int(text.count(QStringLiteral("图层")));
    EXPECT_GT(listed, 15);
    EXPECT_LT(listed, 40);
    EXPECT_TRUE(text.contains(QStringLiteral("另有 %1").arg(120 - listed)))
        << qPrintable(text);
}

TEST_F(Errand, ASheetShowsHeatLinesAndPointsWithTheirLook) {
    auto wanted = sheets("png");
    QImage heat(4, 4, QImage::Format_ARGB32);
    heat.fill(QColor(200, 60, 20));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    ASSERT_TRUE(heat.save(&buffer, "PNG"));
    wanted.image = {499000, 3319000, 501000, 3321000, {bytes.begin(), bytes.end()}}; // the lower left quarter
    wanted.layers.clear(), wanted.marks.clear();
    SheetAreas road{"路", "#00000000", "#ff0000ff", 1.5, {}};
    road.geometry = "line";
    std::vector<std::uint8_t> line{1, 2, 0, 0, 0, 2, 0, 0, 0};
    for (const double value : {499500., 3322500., 502500., 3322500.}) {
        const auto end = line.size();
        line.resize(end + 8);
        std::memcpy(line.data() + end, &value, 8);
    }
    road.shapes = {{"", line}};
    SheetAreas well{"井", "#ffff00ff", "#ffff00ff", 0.1, {}};
    well.geometry = "point", well.marker = "square", well.size = 8;
    std::vector<std::uint8_t> point{1, 1, 0, 0, 0};
    for (const double value : {502500., 3320000.}) {
        const auto end = point.size();
        point.resize(end + 8);
        std::memcpy(point.data() + end, &value, 8);
    }
    well.shapes = {{"", point}};
    wanted.layers = {road, well};
    const auto got = print(wanted, at("heat.png"));
    ASSERT_EQ(got.why, layers::Message{});
    EXPECT_TRUE(got.problems.empty());
    const QImage image(at("heat.png"));
    EXPECT_GT(count(image, QColor(200, 60, 20), {0, 0, 240, 210}), 20000);
    EXPECT_GT(count(image, QColor(0, 0, 255), {0, 0, 240, 210}), 1000);
    EXPECT_GT(count(image, QColor(255, 0, 255), {0, 0, 240, 210}), 500);
    EXPECT_GT(count(image, QColor(0, 0, 255), {240, 0, 57, 210}), 20) << "and in the legend";
    wanted.image.png = {1, 2, 3};
    const auto broken = print(wanted, at("broken.png"));
    EXPECT_EQ(broken.why, layers::Message{}) << "the rest is printed";
    ASSERT_EQ(broken.problems.size(), 1u);
    EXPECT_EQ(broken.problems[0].code, "sheetImageUnreadable");
}

TEST_F(Errand, APageHasTheLayersOfItsScaleInTheMapAndInTheLegend) {
    auto wanted = sheets("png");
    wanted.marks.clear(), wanted.header.clear(), wanted.pages[0].rows.clear();
    const auto layer = [](const char* title, const char* colour, double x, double nearest, double farthest) {
        SheetAreas made{title, colour, colour, 0.1, {{"", squareWkb(x, 3320500, 300)}}};
        made.nearest = nearest, made.farthest = farthest;
        return made;
    };
    const QColor large(255, 0, 255), small(0, 0, 255), always(0, 128, 0);
    wanted.layers = {layer("large", "#ffff00ff", 500500, 0, 5000), layer("small", "#ff0000ff", 500900, 5001, 50000),
                     layer("always", "#ff008000", 501300, 0, 0)};
    auto& page = wanted.pages[0];
    page.minX = 500400, page.maxX = 501700, page.minY = 3320400, page.maxY = 3320900;
    page.scale = 5000; // its own end belongs to a range
    wanted.pages.push_back(page);
    wanted.pages[1].scale = 25000;
    const auto got = print(wanted, at("scale.png"));
    ASSERT_EQ(got.files.size(), 2) << got.why.code;
    const QRectF map(0, 25, 240, 170), legend(240, 25, 57, 170);
    for (int i = 0; i < 2; ++i) {
        const QImage image(got.files[i]);
        for (const QRectF& part : {map, legend}) {
            EXPECT_EQ(count(image, large, part) > 20, i == 0) << i;
            EXPECT_EQ(count(image, small, part) > 20, i == 1) << i;
            EXPECT_GT(count(image, always, part), 20) << i;
        }
    }
}

TEST_F(Errand, RowsThatHaveNoRoomGoOnOverleaf) {
    auto wanted = sheets("png");
    for (int i = 0; i < 60; ++i)
        wanted.pages[0].rows.push_back({"T" + std::to_string(i), "地点"});
    const auto got = print(wanted, at("many.png"));
    ASSERT_EQ(got.why, layers::Message{});
    EXPECT_GT(got.files.size(), 1);
    EXPECT_EQ(got.files.value(1), at("many 2.png"));
    EXPECT_TRUE(QFile::exists(at("many 2.png")));
    // The second sheet is rows alone: rules from rim to rim, a row's height apart, ink between each two of them.
    const QImage image(at("many 2.png"));
    const double scale = image.width() / 297.0;
    const auto isRule = [&](int y) {
        int grey = 0;
        for (int x = int(12 * scale); x < int(285 * scale); ++x)
            grey += image.pixelColor(x, y).lightness() < 240;
        return grey > 0.95 * (273 * scale);
    };
    std::vector<int> rules;
    for (int y = int(20 * scale); y < int(200 * scale); ++y)
        if (isRule(y) && (rules.empty() || y > rules.back() + 2))
            rules.push_back(y);
    ASSERT_GE(rules.size(), 20u);
    int filled = 0;
    for (std::size_t i = 0; i + 1 < rules.size(); ++i) {
        EXPECT_NEAR(rules[i + 1] - rules[i], rules[1] - rules[0], 2) << i;
        int ink = 0;
        for (int y = rules[i] + 2; y < rules[i + 1] - 1; ++y)
            for (int x = int(11 * scale); x < int(60 * scale); ++x)
                ink += image.pixelColor(x, y).lightness() < 100;
        filled += ink > 5;
    }
    EXPECT_EQ(filled, int(rules.size()) - 1) << "each row has its words";
    EXPECT_LT(rules.back(), 190 * scale) << "and stays above the foot";
}

TEST_F(Errand, CancelledItLeavesNothingBehind) {
    auto wanted = sheets("pdf");
    wanted.pages.resize(40, wanted.pages[0]);
    writeFile(at("old.pdf"), "before");
    const auto got = print(wanted, at("old.pdf"), true);
    EXPECT_EQ(got.why, (layers::Message{"cancelled", {}}));
    QFile file(at("old.pdf"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.readAll(), "before");
    EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files), QStringList("old.pdf"));
}

TEST_F(Errand, WhereNothingCanBeWrittenItIsSaidWithItsCause) {
    const auto got = print(sheets("pdf"), at("none/x.pdf"));
    EXPECT_EQ(got.why.code, "sheetUnwritable");
    EXPECT_EQ(argument(got.why, "path"), at("none/x.pdf").toStdString());
    EXPECT_EQ(argument(got.why, "cause"), "No such file or directory");
    QDir(folder.path()).mkdir("taken.pdf");
    EXPECT_EQ(argument(print(sheets("pdf"), at("taken.pdf")).why, "cause"), "Is a directory");
}

// Qt's SVG has no clipping: an area that is larger than the map must not lie on title, legend and foot.
TEST_F(Errand, AnSvgShowsNothingBeyondItsMap) {
    auto wanted = sheets("svg");
    wanted.layers[0].fill = "#ff008000";
    wanted.layers[0].shapes[0].wkb = squareWkb(400000, 3220000, 200000);
    ASSERT_EQ(print(wanted, at("wide.svg")).why, layers::Message{});
    QSvgRenderer svg(at("wide.svg"));
    ASSERT_TRUE(svg.isValid());
    QImage image(594, 420, QImage::Format_ARGB32); // two pixels a millimetre
    image.fill(Qt::white);
    QPainter painter(&image);
    svg.render(&painter);
    painter.end();
    const QColor green(0, 128, 0);
    EXPECT_EQ(image.pixelColor(200, 200), green);
    for (const QPoint at : {QPoint(300, 8), QPoint(8, 200), QPoint(585, 300), QPoint(300, 414)})
        EXPECT_EQ(image.pixelColor(at), QColor(Qt::white)) << at.x() << " " << at.y();
    int dark = 0; // the title is above what covers
    for (int y = 18; y < 38; ++y)
        for (int x = 20; x < 150; ++x)
            dark += image.pixelColor(x, y).lightness() < 100;
    EXPECT_GT(dark, 50);
}

class Asked : public Errand {
protected:
    // What the project says at a place of EPSG:4549, within five metres of it.
    void open() {
        CartographerClient::Settings settings;
        static_cast<CartographerReach&>(settings) = reach();
        settings.project = at("base.qgs").toStdString();
        client.emplace(settings);
        EXPECT_FALSE(client->identify({}, 1)); // nobody there yet
        QObject::connect(
            &*client, &CartographerClient::identified,
            [this](layers::Point, const std::vector<CartographerClient::Found>& found, bool) { got = found; });
        client->start();
        ASSERT_TRUE(soon([this] { return client->state() == State::ready; }, 60000));
    }
    std::vector<CartographerClient::Found> ask(layers::Point place) {
        got.reset();
        EXPECT_TRUE(client->identify(place, 5));
        EXPECT_TRUE(soon([this] { return got.has_value(); }));
        return got.value_or(std::vector<CartographerClient::Found>{});
    }
    std::optional<CartographerClient> client;
    std::optional<std::vector<CartographerClient::Found>> got;
};

TEST_F(Asked, WhatLiesAtAPlaceIsNamed) {
    writeFile(at("square.geojson"), squareAsGeoJson("海滨公园"));
    writeFile(at("base.qgs"),
              projectText({{"square_20260101", "区域", "./square.geojson", "200,30,40,255", ""}}));
    ASSERT_NO_FATAL_FAILURE(open());
    const auto found = ask({500100, 3320200});
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].layer, QStringLiteral("区域"));
    EXPECT_EQ(found[0].attributes, (std::vector<std::pair<QString, QString>>{{"name", "海滨公园"}}));
    EXPECT_TRUE(ask({499000, 3320200}).empty()); // a kilometre to the west
}

TEST_F(Asked, ARastersValueIsWrittenAsItWasMeasured) {
    writeFile(at("heights.asc"), "ncols 3\nnrows 1\nxllcorner 120\nyllcorner 30\ncellsize 0.001\n"
                                 "NODATA_value -1\n57.4 1234567 -0.5\n");
    writeFile(at("base.qgs"), projectText({{"heights_20260101", "高程", "./heights.asc", "", "", "EPSG:4490", "gdal"}}));
    ASSERT_NO_FATAL_FAILURE(open());
    QStringList values;
    for (const double x : {500050., 500145., 500240.}) // the cells are 96 metres wide
        for (const auto& one : ask({x, 3320160}))
            values += one.attributes.at(0).second;
    EXPECT_EQ(values, (QStringList{"57.4", "1234567", "-0.5"}));
}

class Styles : public Errand {
protected:
    struct Turned {
        QByteArray text;
        std::vector<layers::Message> lost;
        layers::Message why;
    };
    Turned turn(bool toQml, const QString& geometry, const QByteArray& text) {
        CartographerClient::Settings settings;
        static_cast<CartographerReach&>(settings) = reach();
        CartographerClient client(settings);
        Turned got;
        quint64 number = 0;
        QObject::connect(&client, &CartographerClient::styleConverted,
                         [&](quint64 of, const QByteArray& said, const std::vector<layers::Message>& lost) {
                             EXPECT_EQ(of, number);
                             got.text = said, got.lost = lost;
                         });
        QObject::connect(&client, &CartographerClient::styleRefused,
                         [&](quint64, const layers::Message& why) { got.why = why; });
        number = client.convertStyle(toQml, geometry, text);
        EXPECT_TRUE(soon([&] { return !got.text.isEmpty() || !got.why.code.empty(); }, 60000));
        return got;
    }
};

TEST_F(Styles, OursGoesToQgisAndComesBackTheSame) {
    const std::pair<const char*, const char*> all[] = {
        {"polygon",
         R"({"kind":"categorised","column":"level","opacity":0.8,"scale":{"nearest":1000,"farthest":50000},
"classes":[{"value":"甲","label":"一级","fill":"#80ff0000","outline":"#ff102030","width":0.7},
{"value":"2","label":"","fill":"#ff00ff00","outline":"#00000000","width":0.3},
{"value":3,"label":"three","fill":"#ff0000ff","outline":"#00000000","width":0.3},
{"value":320602003017001,"label":"","fill":"#ff00ffff","outline":"#00000000","width":0.3},
{"value":0.25,"label":"","fill":"#ffff00ff","outline":"#00000000","width":0.3},
{"value":"","label":"rest","fill":"#ffffffff","outline":"#00000000","width":0.3}],
"label":{"column":"name","size":9,"colour":"#ff112233"}})"},
        {"line", R"({"kind":"graduated","column":"flow","opacity":1,"classes":[
{"from":0,"to":1.5,"label":"little","outline":"#ff0000ff","width":0.4},
{"from":1.5,"to":90,"label":"much","outline":"#ffff0000","width":1.2}]})"},
        {"point", R"({"kind":"rule","opacity":1,"classes":[
{"filter":"\"a\" > 3","label":"big","marker":"star","size":4.5,"fill":"#ffffff00","outline":"#ff000000","width":0.2},
{"filter":"ELSE","label":"rest","marker":"circle","size":2,"fill":"#ff888888","outline":"#ff000000","width":0.2}]})"},
        {"point", R"({"kind":"single","opacity":1,"classes":[
{"label":"","marker":"diamond","size":3,"fill":"#ff00ffff","outline":"#ffffffff","width":0.25}]})"}};
    for (const auto& [geometry, text] : all) {
        const auto qml = turn(true, geometry, text);
        ASSERT_EQ(qml.why, layers::Message{}) << text;
        EXPECT_TRUE(qml.text.contains("<qgis"));
        const auto back = turn(false, geometry, qml.text);
        ASSERT_EQ(back.why, layers::Message{});
        EXPECT_TRUE(back.lost.empty()) << argument(back.lost[0], "what");
        QJsonObject ours = QJsonDocument::fromJson(text).object();
        QJsonObject theirs = QJsonDocument::fromJson(back.text).object();
        EXPECT_EQ(theirs, ours) << back.text.constData();
    }
}

// As QGIS writes them since 3.26: the type stands beside the value.
TEST_F(Styles, NumbersInCategoriesStayNumbersAndTextsTexts) {
    const std::pair<const char*, const char*> all[] = {
        {"3", "long"}, {"4", "integer"}, {"2.5", "double"}, {"007", "string"}, {"", "string"}, {"5", "string"}};
    QByteArray categories, symbols;
    for (const auto& [value, type] : all) {
        const QByteArray number = QByteArray::number(categories.count("<category"));
        categories += "<category render=\"true\" symbol=\"" + number + "\" value=\"" + value + "\" type=\"" + type + "\" label=\"\"/>";
        symbols += "<symbol type=\"fill\" name=\"" + number + "\" alpha=\"1\"><layer class=\"SimpleFill\" enabled=\"1\" pass=\"0\">"
                   "<prop k=\"color\" v=\"10,20,30,255\"/></layer></symbol>";
    }
    const auto got = turn(false, "polygon",
                          "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'><qgis version=\"3.28.0\" styleCategories=\"Symbology\">"
                          "<renderer-v2 type=\"categorizedSymbol\" attr=\"level\"><categories>" +
                              categories + "</categories><symbols>" + symbols + "</symbols></renderer-v2></qgis>");
    ASSERT_EQ(got.why, layers::Message{});
    const QJsonArray classes = QJsonDocument::fromJson(got.text).object()["classes"].toArray();
    ASSERT_EQ(classes.size(), 6) << got.text.constData();
    EXPECT_EQ(classes[0]["value"], QJsonValue(3)) << got.text.constData();
    EXPECT_EQ(classes[1]["value"], QJsonValue(4));
    EXPECT_EQ(classes[2]["value"], QJsonValue(2.5));
    EXPECT_EQ(classes[3]["value"], QJsonValue("007")) << "a code is no number";
    EXPECT_EQ(classes[4]["value"], QJsonValue(""));
    EXPECT_EQ(classes[5]["value"], QJsonValue("5")) << "nor is what a column of text holds";
}

TEST_F(Styles, WhatCannotBeCarriedOverIsNamed) {
    const QByteArray hatched = R"(<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="Symbology"><renderer-v2 type="singleSymbol" symbollevels="0"><symbols>
<symbol type="fill" name="0" alpha="0.5"><layer class="SimpleFill" enabled="1" pass="0">
<prop k="color" v="10,20,30,255"/><prop k="outline_style" v="no"/><prop k="style" v="b_diagonal"/></layer></symbol>
</symbols></renderer-v2></qgis>)";
    const auto got = turn(false, "polygon", hatched);
    ASSERT_EQ(got.why, layers::Message{});
    ASSERT_EQ(got.lost.size(), 1u);
    EXPECT_EQ(got.lost[0], (layers::Message{"styleNotCarried", {{"what", "hatching"}}}));
    const auto one = QJsonDocument::fromJson(got.text).object()["classes"].toArray()[0].toObject();
    EXPECT_EQ(one["fill"].toString(), "#800a141e"); // half of 255, by the symbol's alpha
}

TEST_F(Styles, NonsenseIsRefusedWithItsCause) {
    EXPECT_EQ(turn(true, "polygon", "{").why.code, "styleUnreadable");
    EXPECT_EQ(turn(true, "polygon", R"({"kind":"odd"})").why.code, "styleUnreadable");
    EXPECT_EQ(turn(true, "volume", "{}").why.code, "styleUnreadable");
    EXPECT_EQ(turn(false, "polygon", "<svg/>").why.code, "styleUnreadable");
    EXPECT_FALSE(argument(turn(false, "line", "no xml").why, "cause").empty());
}

} // namespace
} // namespace vedette::map
