// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/message.h"
#include "map/view.h"

#include <QImage>
#include <QObject>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace vedette::map {

// Runs and talks to vedette-cartographer over a local socket: handshake, heartbeat, newest request wins,
// restart with back-off. Lives on the GUI thread, never blocks it. Absent, killed, hung or talking garbage:
// `stateChanged` says so, `reason` says why.
class CartographerClient : public QObject {
    Q_OBJECT
public:
    // absent: there is no helper or no project to draw. failed: trying again would not help until something
    // is changed (the project, the installed helper); start() tries again.
    enum class State { absent, starting, ready, drawing, restarting, failed };
    struct Settings {
        std::filesystem::path program; // empty: beside the running program
        std::filesystem::path project; // .qgz/.qgs
        std::string crs;               // working CRS; empty: the project's own
        std::chrono::milliseconds heartbeat{2000}, hung{6000}, firstBackOff{500}, longestBackOff{30000};
        std::filesystem::path workspace; // the helper works from there; empty: the project's folder
        // How long until the helper has connected, opened the project, drawn one frame; and how long it must
        // live after that for the back-off to start over.
        std::chrono::milliseconds startLimit{30000}, openLimit{120000}, drawLimit{120000}, goodAfter{60000};
    };
    struct Layer {
        QString name;
        bool valid = false;
    };

    explicit CartographerClient(Settings settings, QObject* parent = nullptr);
    ~CartographerClient() override;
    void start();
    // The newest wins; the answer comes as frameReady. Kept while the helper is starting or restarting. A
    // view that crashed the helper twice is not sent a third time.
    void request(const View& view);
    State state() const;
    layers::Message reason() const; // why it is absent, restarting or failed; else empty
    // Layers that can't be drawn, and what failed in the last drawing: shown, not fatal.
    std::vector<layers::Message> problems() const;
    std::vector<Layer> layers() const; // of the opened project, top first
    QString version() const;           // "QGIS 3.22.16, Qt 5.15.8" once it has said hello
    qint64 processId() const;          // 0: not running

signals:
    void stateChanged();
    void problemsChanged();
    // The image covers the view exactly. Its size is view.size * view.devicePixelRatio, or smaller where that
    // would not fit in one message: draw it into the view's rectangle.
    void frameReady(const QImage& image, const vedette::map::View& view);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace vedette::map
