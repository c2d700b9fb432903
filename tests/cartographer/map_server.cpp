// SPDX-License-Identifier: GPL-3.0-or-later
#include "map_server.h"

#include <QBuffer>
#include <QImage>
#include <QTimer>

namespace vedette::map {

namespace {

void reply(QTcpSocket* socket, const QByteArray& type, const QByteArray& body, const char* status = "200 OK") {
    socket->write(QByteArray("HTTP/1.1 ") + status + "\r\nContent-Type: " + type +
                  "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
    socket->disconnectFromHost();
}

QByteArray picture(const QSize& size) {
    QImage image(size, QImage::Format_ARGB32);
    image.fill(QColor(200, 220, 240));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, "PNG");
    return bytes;
}

} // namespace

MapServer::MapServer(const QStringList& formats) : formats_(formats) {
    if (!server_.listen(QHostAddress::LocalHost))
        qFatal("no port on the loopback");
    QObject::connect(&server_, &QTcpServer::newConnection, &server_, [this] {
        while (auto* socket = server_.nextPendingConnection()) {
            QObject::connect(socket, &QTcpSocket::readyRead, &server_, [this, socket] { hear(socket); });
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
}

QString MapServer::source() const {
    return QStringLiteral("contextualWMSLegend=0&crs=EPSG:3857&dpiMode=7&format=image/png&layers=wells&styles=&url="
                          "http://127.0.0.1:%1/")
        .arg(server_.serverPort());
}

void MapServer::hear(QTcpSocket* socket) {
    const QByteArray head = socket->property("head").toByteArray() + socket->readAll();
    socket->setProperty("head", head);
    if (!head.contains("\r\n\r\n"))
        return;
    socket->setProperty("head", QByteArray());
    QUrlQuery query;
    const auto parts = QUrlQuery(QUrl(QString::fromUtf8(head.split(' ').value(1)))).queryItems(QUrl::FullyDecoded);
    for (const auto& [name, value] : parts)
        query.addQueryItem(name.toUpper(), value);
    const QString request = query.queryItemValue("REQUEST");
    if (request == QLatin1String("GetCapabilities"))
        reply(socket, "text/xml", capabilities());
    else if (request == QLatin1String("GetMap"))
        reply(socket, "image/png",
              picture({query.queryItemValue("WIDTH").toInt(), query.queryItemValue("HEIGHT").toInt()}));
    else if (request == QLatin1String("GetFeatureInfo"))
        inform(socket, query);
    else
        reply(socket, "text/plain", "?", "404 Not Found");
}

void MapServer::inform(QTcpSocket* socket, const QUrlQuery& query) {
    asked.push_back(query);
    if (way == Way::neverAnswers)
        return;
    if (way == Way::answers)
        return reply(socket, type, body);
    if (way == Way::fails)
        return reply(socket, "text/plain", "broken", "500 Internal Server Error");
    socket->write("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nConnection: close\r\n\r\n");
    QObject::connect(socket, &QTcpSocket::disconnected, &server_, [this] { ++cutOff; });
    const auto more = [this, socket](const QByteArray& bytes) {
        sent += bytes.size();
        socket->write(bytes);
    };
    if (way == Way::trickles) { // a word now and then, so that no silence is ever long
        auto* clock = new QTimer(socket);
        QObject::connect(clock, &QTimer::timeout, socket, [more] { more("a = b\n"); });
        clock->start(200);
    } else {
        const QByteArray much(1 << 18, 'x');
        QObject::connect(socket, &QTcpSocket::bytesWritten, socket, [more, socket, much] {
            if (socket->bytesToWrite() == 0)
                more(much);
        });
        more(much);
    }
}

QByteArray MapServer::capabilities() const {
    QByteArray formats;
    for (const QString& format : formats_)
        formats += "<Format>" + format.toUtf8() + "</Format>";
    const QByteArray here = "<DCPType><HTTP><Get><OnlineResource xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
                            "xlink:type=\"simple\" xlink:href=\"http://127.0.0.1:" +
                            QByteArray::number(server_.serverPort()) + "/\"/></Get></HTTP></DCPType>";
    return "<?xml version=\"1.0\"?><WMS_Capabilities version=\"1.3.0\" xmlns=\"http://www.opengis.net/wms\">"
           "<Service><Name>WMS</Name><Title>wells</Title></Service><Capability><Request>"
           "<GetCapabilities><Format>text/xml</Format>" + here + "</GetCapabilities>"
           "<GetMap><Format>image/png</Format>" + here + "</GetMap>"
           "<GetFeatureInfo>" + formats + here + "</GetFeatureInfo></Request>"
           "<Exception><Format>XML</Format></Exception>"
           "<Layer><Title>all</Title><CRS>EPSG:3857</CRS><Layer queryable=\"1\"><Name>wells</Name><Title>wells</Title>"
           "<CRS>EPSG:3857</CRS><EX_GeographicBoundingBox><westBoundLongitude>119</westBoundLongitude>"
           "<eastBoundLongitude>121</eastBoundLongitude><southBoundLatitude>29</southBoundLatitude>"
           "<northBoundLatitude>31</northBoundLatitude></EX_GeographicBoundingBox>"
           "<BoundingBox CRS=\"EPSG:3857\" minx=\"13247019\" miny=\"3375646\" maxx=\"13469658\" maxy=\"3632749\"/>"
           "</Layer></Layer></Capability></WMS_Capabilities>";
}

} // namespace vedette::map
