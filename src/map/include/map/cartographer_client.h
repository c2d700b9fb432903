// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/message.h"
#include "map/cartographer_reach.h"
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
    struct Settings : CartographerReach {
        std::chrono::milliseconds heartbeat{2000}, hung{6000}, firstBackOff{500}, longestBackOff{30000};
        // How long until the helper has connected, opened the project, drawn one frame; and how long it must
        // live after that for the back-off to start over.
        std::chrono::milliseconds startLimit{30000}, openLimit{120000}, drawLimit{120000}, goodAfter{60000};
    };
    struct Layer {
        QString name;
        bool valid = false;
    };
    struct Found {
        QString layer, title;
        std::vector<std::pair<QString, QString>> attributes;
    };

    explicit CartographerClient(Settings settings, QObject* parent = nullptr);
    ~CartographerClient() override;
    void start();
    // The newest wins; the answer comes as frameReady. Kept while the helper is starting or restarting. A
    // view that crashed the helper twice is not sent a third time.
    void request(const View& view);
    // What the basemap shows within `tolerance` metres: `identified`, with the newest place only. False: the
    // helper isn't there to be asked.
    bool identify(layers::Point at, double tolerance);
    // Turns a style over, Vedette's JSON (docs/styles.md) to QGIS's .qml or back; geometry: point line
    // polygon. The answer comes as styleConverted or styleRefused, later, with the number given here. Needs
    // no project.
    quint64 convertStyle(bool toQml, const QString& geometry, const QByteArray& text);
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
    void identified(vedette::layers::Point at,
                    const std::vector<vedette::map::CartographerClient::Found>& found, bool more);
    // `lost` names what the other side can't say (styleNotCarried {what}).
    void styleConverted(quint64 number, const QByteArray& text,
                        const std::vector<vedette::layers::Message>& lost);
    void styleRefused(quint64 number, const vedette::layers::Message& why);
    // The image covers the view exactly. Its size is view.size * view.devicePixelRatio, or smaller where that
    // would not fit in one message: draw it into the view's rectangle.
    void frameReady(const QImage& image, const vedette::map::View& view);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace vedette::map
