// SPDX-License-Identifier: GPL-3.0-or-later
// What lies at a place on a layer of a map server.
#include "map_server.h"
#include "project_on_disk.h"
#include "waiting.h"

#include "wire/errand.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <cmath>
#include <optional>

namespace vedette::map {
namespace {

using State = CartographerClient::State;
using Attributes = std::vector<std::pair<QString, QString>>;

const View around{{500000, 3320113.398}, 10, {200, 200}, 1};
constexpr layers::Point inSquare{500100, 3320200};

class OnServer : public testing::Test {
protected:
    QString at(const QString& name) const { return folder.filePath(name); }
    // The server's layer above a square that lies on the disk.
    void open(const MapServer& server, bool network = true) {
        writeFile(at("square.geojson"), squareAsGeoJson("海滨公园"));
        writeFile(at("base.qgs"), projectText({{"wells_20260101", "井", server.source(), {}, {}, "EPSG:3857", "wms"},
                                               {"square_20260101", "区域", "./square.geojson", "200,30,40,255", ""}}));
        CartographerClient::Settings settings;
        settings.program = VEDETTE_BIN_DIR "/vedette-cartographer";
        settings.project = at("base.qgs").toStdString();
        settings.crs = "EPSG:4549";
        settings.network = network;
        client.emplace(settings);
        record.emplace(*client);
        QObject::connect(&*client, &CartographerClient::identified, &*client,
                         [this](layers::Point, const std::vector<CartographerClient::Found>& found, bool left) {
                             got = found, more = left;
                         });
        client->start();
        ASSERT_TRUE(soon([&] { return client->state() == State::ready; }, 60000)) << client->reason().code;
    }
    // What it found on the server's layer; the square below must be found whatever the server does.
    std::vector<CartographerClient::Found> identify() {
        got.reset();
        EXPECT_TRUE(client->identify(inSquare, 6));
        EXPECT_TRUE(soon([&] { return got.has_value(); }));
        EXPECT_FALSE(record->reached(State::restarting));
        if (!got || got->empty() || (!more && got->back().layer != QStringLiteral("区域"))) {
            ADD_FAILURE() << "the square is missing";
            return {};
        }
        if (got->back().layer == QStringLiteral("区域"))
            got->pop_back();
        for (const auto& one : *got)
            EXPECT_EQ(one.layer, QStringLiteral("井"));
        return *got;
    }
    QTemporaryDir folder;
    std::optional<CartographerClient> client;
    std::optional<Record> record;
    std::optional<std::vector<CartographerClient::Found>> got;
    bool more = false;
};

TEST_F(OnServer, AServerIsAskedForThePlaceInTheMiddleOfASmallPicture) {
    MapServer server({"text/plain"});
    server.body = "Layer 'wells'\n--------------\n  name = 'W-7'\r\n  depth: 12.5\n";
    open(server);
    const auto found = identify();
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].attributes, (Attributes{{"", "Layer 'wells'"}, {"name", "'W-7'"}, {"depth", "12.5"}}));
    ASSERT_EQ(server.asked.size(), 1);
    const auto& asked = server.asked[0];
    EXPECT_EQ(asked.queryItemValue("QUERY_LAYERS"), "wells");
    EXPECT_EQ(asked.queryItemValue("INFO_FORMAT"), "text/plain");
    // 500100 E, 3320200 N of EPSG:4549 in EPSG:3857: gdaltransform.
    const auto box = asked.queryItemValue("BBOX").split(',');
    ASSERT_EQ(box.size(), 4);
    const double side = box[2].toDouble() - box[0].toDouble(), pixels = asked.queryItemValue("WIDTH").toDouble();
    EXPECT_NEAR((box[0].toDouble() + box[2].toDouble()) / 2, 13358454.27, 0.5);
    EXPECT_NEAR((box[1].toDouble() + box[3].toDouble()) / 2, 3503650.26, 0.5);
    EXPECT_NEAR(side, box[3].toDouble() - box[1].toDouble(), 1e-6);
    EXPECT_NEAR(side / pixels, 1 / std::cos(30 * 3.14159265 / 180), 0.02) << "a metre a pixel, as on the screen";
    EXPECT_EQ(asked.queryItemValue("I").toDouble(), (pixels - 1) / 2);
    EXPECT_EQ(asked.queryItemValue("J").toDouble(), (pixels - 1) / 2);
}

TEST_F(OnServer, FeaturesAreTakenBeforeTextAndTextBeforeAPage) {
    MapServer server({"text/html", "text/plain", "application/json"});
    server.type = "application/json";
    server.body = R"({"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point",
"coordinates":[13358453,3503649]},"properties":{"name":"W-7","depth":12.5,"gone":null}},
{"type":"Feature","geometry":null,"properties":{"name":"W-8"}}]})";
    open(server);
    const auto found = identify();
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].attributes, (Attributes{{"depth", "12.5"}, {"name", "W-7"}})); // QGIS sorts them
    EXPECT_EQ(found[1].attributes, (Attributes{{"name", "W-8"}}));
}

TEST_F(OnServer, GmlIsReadAsFeatures) {
    MapServer server({"text/plain", "application/vnd.ogc.gml"});
    server.type = "application/vnd.ogc.gml";
    server.body = R"(<?xml version="1.0"?><msGMLOutput xmlns:gml="http://www.opengis.net/gml"><wells_layer>
<wells_feature><gml:boundedBy><gml:Box srsName="EPSG:3857">
<gml:coordinates>13358453,3503649 13358454,3503650</gml:coordinates>
</gml:Box></gml:boundedBy><name>W-7</name><depth>12.5</depth></wells_feature></wells_layer></msGMLOutput>)";
    open(server);
    const auto found = identify();
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].attributes, (Attributes{{"name", "W-7"}, {"depth", "12.5"}}));
}

TEST_F(OnServer, APageIsReadAsItsText) {
    MapServer server({"text/html"});
    server.type = "text/html";
    server.body = "<html><head><style>p { color: red }</style><script>alert(1)</script></head><body><p>name: "
                  "<b>W&#45;7</b></p><img src='http://127.0.0.1:1/x.png'></body></html>";
    open(server);
    const auto found = identify();
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].attributes, (Attributes{{"name", "W-7"}}));
}

TEST_F(OnServer, WordsAreShortenedCountedAndWithoutControlCharacters) {
    MapServer server({"text/plain"});
    server.body = "a = x\x1b[31m\x07y\xe2\x80\xaez\n" + QByteArray("b = ") + QByteArray(100000, 'w') + "\n";
    for (int i = 0; i < 1000; ++i)
        server.body += "k" + QByteArray::number(i) + " = v\n";
    open(server);
    const auto found = identify();
    ASSERT_EQ(found.size(), 1u);
    ASSERT_EQ(found[0].attributes.size(), wire::mostAttributes);
    EXPECT_EQ(found[0].attributes[0].second, "x[31myz");
    EXPECT_EQ(found[0].attributes[1].second.size(), int(wire::longestAttribute) + 1);
    EXPECT_TRUE(more);
}

TEST_F(OnServer, ManyFeaturesAreCutOff) {
    MapServer server({"application/json"});
    server.type = "application/json";
    QByteArray features;
    for (int i = 0; i < 500; ++i)
        features += QByteArray(i ? "," : "") + R"({"type":"Feature","geometry":null,"properties":{"n":)" +
                    QByteArray::number(i) + "}}";
    server.body = R"({"type":"FeatureCollection","features":[)" + features + "]}";
    open(server);
    EXPECT_EQ(identify().size(), wire::mostFound);
    EXPECT_TRUE(more);
}

TEST_F(OnServer, NonsenseErrorsAndEmptyAnswersAreNothing) {
    MapServer server({"application/json"});
    server.type = "application/json";
    open(server);
    for (const QByteArray& body : {QByteArray("{"), QByteArray(), QByteArray("\0\xff\xfe<<<", 7),
                                   QByteArray(R"({"type":"FeatureCollection","features":[]})")}) {
        server.body = body;
        EXPECT_TRUE(identify().empty()) << body.constData();
    }
    server.way = MapServer::Way::fails;
    EXPECT_TRUE(identify().empty());
    EXPECT_EQ(server.asked.size(), 5);
}

TEST_F(OnServer, ASilentServerHoldsUpNeitherTheMapNorTheAnswer) {
    MapServer server({"text/plain"});
    for (const auto way : {MapServer::Way::neverAnswers, MapServer::Way::trickles}) {
        server.way = way;
        server.body = "a = b\n";
        open(server);
        got.reset();
        const auto process = client->processId();
        ASSERT_TRUE(client->identify(inSquare, 6));
        client->request(around);
        ASSERT_TRUE(soon([&] { return !record->frames.empty() || got; }));
        EXPECT_FALSE(got) << "the frame comes first";
        ASSERT_TRUE(soon([&] { return got.has_value(); }));
        ASSERT_EQ(got->size(), 1u);
        EXPECT_EQ((*got)[0].layer, QStringLiteral("区域"));
        EXPECT_TRUE(more) << "not to be taken for nothing";
        // And again, once it answers.
        server.way = MapServer::Way::answers;
        EXPECT_EQ(identify().size(), 1u);
        EXPECT_EQ(client->processId(), process);
    }
}

TEST_F(OnServer, ANewerPlaceIsNotKeptWaitingByAnOlderOne) {
    MapServer server({"text/plain"});
    server.way = MapServer::Way::neverAnswers;
    open(server);
    for (int i = 1; i <= 12; ++i) { // more than it asks at once
        ASSERT_TRUE(client->identify({inSquare.x + i, inSquare.y}, 6));
        ASSERT_TRUE(soon([&] { return server.asked.size() == i; })) << i;
    }
    server.way = MapServer::Way::answers;
    server.body = "a = b\n";
    EXPECT_EQ(identify().size(), 1u);
}

TEST_F(OnServer, AnAnswerWithoutEndIsCutOff) {
    MapServer server({"text/plain"});
    server.way = MapServer::Way::neverEnds;
    open(server);
    EXPECT_TRUE(identify().empty());
    EXPECT_TRUE(soon([&] { return server.cutOff == 1; }));
    EXPECT_LT(server.sent, 64 << 20);
}

TEST_F(OnServer, WithoutTheNetworkNobodyIsAsked) {
    MapServer server({"text/plain"});
    server.body = "a = b\n";
    open(server, false);
    EXPECT_TRUE(identify().empty());
    EXPECT_TRUE(server.asked.isEmpty());
}

} // namespace
} // namespace vedette::map
