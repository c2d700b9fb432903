// SPDX-License-Identifier: GPL-3.0-or-later
#include "cartographer_client_link.h"

#include <QCoreApplication>
#include <QUuid>

namespace vedette::map {

bool CartographerLink::listen() {
    server_.setSocketOptions(QLocalServer::UserAccessOption);
    server_.setMaxPendingConnections(1);
    connect(&server_, &QLocalServer::newConnection, this, [this] { accept(); });
    return server_.listen(QStringLiteral("vedette-%1-%2")
                              .arg(QCoreApplication::applicationPid())
                              .arg(QUuid::createUuid().toString(QUuid::Id128)));
}

void CartographerLink::accept() {
    if (socket_)
        return;
    socket_ = server_.nextPendingConnection();
    connect(socket_, &QLocalSocket::readyRead, this, [this] { read(); });
    connect(socket_, &QLocalSocket::disconnected, this, [this] {
        read(); // last words
        if (socket_ && closed)
            closed();
    });
    server_.close(); // one helper, one connection
    read();
}

void CartographerLink::say(const wire::Message& message) {
    if (!socket_)
        return;
    const auto bytes = wire::encode(message);
    socket_->write(reinterpret_cast<const char*>(bytes.data()), static_cast<qint64>(bytes.size()));
    socket_->flush();
}

void CartographerLink::read() {
    if (!socket_)
        return;
    const QByteArray bytes = socket_->readAll();
    alive_ = alive_ || !bytes.isEmpty();
    decoder_.feed(
        {reinterpret_cast<const std::uint8_t*>(bytes.constData()), static_cast<std::size_t>(bytes.size())});
    while (socket_) { // a callback may shut us
        auto item = decoder_.next();
        if (!item)
            return;
        if (auto* message = std::get_if<wire::Message>(&*item)) {
            heard(std::move(*message));
        } else {
            const auto fault = std::get<wire::Fault>(*item);
            shut();
            faulted(fault);
            return;
        }
    }
}

void CartographerLink::shut() {
    server_.close();
    if (auto* socket = std::exchange(socket_, nullptr)) {
        socket->disconnect(this);
        socket->flush();
        socket->disconnectFromServer();
    }
}

} // namespace vedette::map
