// SPDX-License-Identifier: GPL-3.0-or-later
// What a project may not do to the machine it is opened on.
#include "project_on_disk.h"
#include "waiting.h"

#include <QCoreApplication>
#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace vedette::map {
namespace {

using State = CartographerClient::State;
using namespace std::chrono_literals;

const View around{{500000, 3320113.398}, 10, {400, 400}, 1};
constexpr QRgb ink = 0xFFC81E28;

class Confined : public testing::Test {
protected:
    QString at(const QString& name) const { return folder.filePath(name); }
    CartographerClient::Settings settings() const {
        CartographerClient::Settings made;
        made.program = VEDETTE_BIN_DIR "/vedette-cartographer";
        made.project = at("base.qgs").toStdString();
        made.crs = "EPSG:4549";
        made.firstBackOff = 50ms, made.longestBackOff = 100ms;
        return made;
    }
    void writeProject(const QString& source, const QString& label = {}) {
        writeFile(at("base.qgs"), projectText({{"square_20260101", "区域", source, "200,30,40,255", label}}));
    }
    QTemporaryDir folder;
};

TEST_F(Confined, ALayerOutsideTheWorkspaceIsNamedAndNotDrawn) {
    QTemporaryDir outside(QDir::homePath() + "/vedette-outside-XXXXXX");
    writeFile(outside.filePath("square.geojson"), squareAsGeoJson("x"));
    writeProject(outside.filePath("square.geojson"));
    for (const bool allowed : {false, true}) {
        auto wanted = settings();
        if (allowed)
            wanted.allowFolders = {outside.path().toStdString()};
        CartographerClient client(wanted);
        Record record(client);
        client.start();
        client.request(around);
        ASSERT_TRUE(soon([&] { return !record.frames.empty(); }, 60000));
        EXPECT_EQ(record.frames[0].image.pixel(250, 150) == ink, allowed);
        ASSERT_EQ(client.problems().size(), allowed ? 0u : 1u);
        if (allowed)
            continue;
        EXPECT_EQ(client.problems()[0].code, "layerOutside");
        EXPECT_EQ(argument(client.problems()[0], "path"), outside.filePath("square.geojson").toStdString());
    }
}

TEST_F(Confined, NoServerIsReachedUnlessTheWorkspaceSaysSo) {
    QTcpServer server;
    ASSERT_TRUE(server.listen(QHostAddress::LocalHost));
    int reached = 0;
    QObject::connect(&server, &QTcpServer::newConnection, [&] {
        ++reached;
        auto* socket = server.nextPendingConnection();
        socket->write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        socket->disconnectFromHost();
    });
    const auto xyz =
        QStringLiteral(
            "type=xyz&amp;url=http://127.0.0.1:%1/%7Bz%7D/%7Bx%7D/%7By%7D.png&amp;zmax=18&amp;zmin=0")
            .arg(server.serverPort());
    writeFile(at("base.qgs"), QStringLiteral(R"(<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" projectname="base"><projectCrs><spatialrefsys><authid>EPSG:3857</authid></spatialrefsys></projectCrs>
<layer-tree-group><layer-tree-layer id="tiles_20260101" name="tiles" checked="Qt::Checked" providerKey="wms" source="%1"/></layer-tree-group>
<projectlayers><maplayer type="raster"><id>tiles_20260101</id><datasource>%1</datasource><layername>tiles</layername>
<provider>wms</provider><srs><spatialrefsys><authid>EPSG:3857</authid></spatialrefsys></srs></maplayer></projectlayers></qgis>)")
                                  .arg(xyz)
                                  .toUtf8());
    for (const bool allowed : {false, true}) {
        auto wanted = settings();
        wanted.network = allowed;
        CartographerClient client(wanted);
        Record record(client);
        client.start();
        client.request(around);
        ASSERT_TRUE(soon([&] { return !record.frames.empty(); }, 90000));
        EXPECT_EQ(reached > 0, allowed);
        const auto problems = client.problems();
        EXPECT_EQ(!problems.empty() && problems[0].code == "layerNeedsNetwork", !allowed);
    }
}

TEST_F(Confined, AProjectThatEmbedsItselfEndsInAPlaceholderAndWords) {
    const char* loop = R"(<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" projectname="base"><projectCrs><spatialrefsys><authid>EPSG:4490</authid></spatialrefsys></projectCrs>
<layer-tree-group><layer-tree-group name="inner" checked="Qt::Checked"><customproperties>
<property key="embedded" value="1"/><property key="embedded_project" value="./base.qgs"/></customproperties></layer-tree-group></layer-tree-group>
<projectlayers><maplayer embedded="1" project="./base.qgs" id="again_20260101"/></projectlayers></qgis>)";
    writeFile(at("base.qgs"), loop);
    CartographerClient client(settings());
    client.start();
    ASSERT_TRUE(
        soon([&] { return client.state() == State::failed || client.state() == State::ready; }, 90000));
    EXPECT_TRUE(client.state() == State::failed || !client.problems().empty());
    if (client.state() == State::failed) {
        EXPECT_EQ(client.reason().code, "projectEndsHelper");
    }
}

TEST_F(Confined, NothingIsLeftInTheTemporaryFolder) {
    writeFile(at("square.geojson"), squareAsGeoJson("x"));
    writeProject("./square.geojson");
    const auto ours = [] {
        return QDir(QDir::tempPath())
            .entryList(
                QStringList(QStringLiteral("vedette-maps-%1-*").arg(QCoreApplication::applicationPid())));
    };
    {
        CartographerClient client(settings());
        client.start();
        ASSERT_TRUE(soon([&] { return client.state() == State::ready; }, 60000));
        EXPECT_EQ(ours().size(), 1);
    }
    EXPECT_EQ(ours(), QStringList());
}

} // namespace
} // namespace vedette::map
