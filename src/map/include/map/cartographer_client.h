// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/message.h"
#include "map/view.h"

#include <QImage>
#include <QObject>

#include <filesystem>
#include <memory>

namespace vedette::map {

// Runs and talks to vedette-cartographer over a local socket: handshake, heartbeat, newest request wins,
// restart with back-off. Lives on the GUI thread, never blocks it. Absent, killed, hung or talking garbage:
// `stateChanged` says so.
class CartographerClient : public QObject {
    Q_OBJECT
public:
    enum class State { absent, starting, ready, drawing, restarting, failed };
    struct Settings {
        std::filesystem::path program; // empty: beside the running program
        std::filesystem::path project; // .qgz/.qgs
        std::string crs;               // working CRS
        std::chrono::milliseconds heartbeat{2000}, hung{6000}, firstBackOff{500}, longestBackOff{30000};
    };
    explicit CartographerClient(Settings settings, QObject* parent = nullptr);
    ~CartographerClient() override;
    void start();
    void request(const View& view); // the newest wins; the answer comes as frameReady
    State state() const;
    layers::Message reason() const; // why it is absent, restarting or failed
    qint64 processId() const;       // 0: not running

signals:
    void stateChanged();
    void frameReady(const QImage& image, const vedette::map::View& view);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace vedette::map
