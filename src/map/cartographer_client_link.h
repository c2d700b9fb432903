// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/codec.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QObject>

#include <functional>
#include <utility>

namespace vedette::map {

// One helper's conversation: a local server that takes one connection, and the messages on it.
// The callbacks run on this thread; after `faulted` or `closed` nothing more is called.
class CartographerLink : public QObject {
public:
    std::function<void(wire::Message)> heard;
    std::function<void(wire::Fault)> faulted;
    std::function<void()> closed;

    bool listen(); // false: no local socket could be made, see error()
    QString name() const { return server_.fullServerName(); }
    QString error() const { return server_.errorString(); }
    void say(const wire::Message& message); // nothing happens before the helper has connected
    // Whether a byte came since this was last asked: a large frame on its way is life too.
    bool alive() { return std::exchange(alive_, false) || (socket_ && socket_->bytesAvailable() > 0); }
    void shut();

private:
    void accept();
    void read();
    QLocalServer server_;
    QLocalSocket* socket_ = nullptr; // owned by server_
    wire::Decoder decoder_;
    bool alive_ = false;
};

} // namespace vedette::map
