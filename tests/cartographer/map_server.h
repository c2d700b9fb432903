// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrlQuery>

namespace vedette::map {

// A WMS 1.3.0 of one queryable layer, "wells", on the loopback, within the test's own event loop. It is asked by a
// helper, so nothing waits for itself.
class MapServer {
public:
    enum class Way { answers, neverAnswers, trickles, neverEnds, fails };
    // `formats` are the INFO_FORMATs it claims to speak.
    explicit MapServer(const QStringList& formats);

    QString source() const; // for a project's layer
    Way way = Way::answers; // to GetFeatureInfo
    QByteArray type = "text/plain", body; // what it answers
    QList<QUrlQuery> asked; // GetFeatureInfo, in order
    qint64 sent = 0;        // bytes of an answer that never ends
    int cutOff = 0;         // such answers that the other side has hung up on

private:
    void hear(QTcpSocket* socket);
    void inform(QTcpSocket* socket, const QUrlQuery& query);
    QByteArray capabilities() const;
    QTcpServer server_;
    QStringList formats_;
};

} // namespace vedette::map
