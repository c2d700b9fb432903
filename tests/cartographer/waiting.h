// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/cartographer_client.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include <vector>

namespace vedette::map {

// Runs the event loop until it is so, or the time is over.
template <class Condition>
bool soon(Condition condition, int ms = 20000) {
    QElapsedTimer clock;
    clock.start();
    QEventLoop loop;
    QTimer tick;
    tick.start(5);
    QObject::connect(&tick, &QTimer::timeout, &loop, &QEventLoop::quit);
    while (!condition()) {
        if (clock.elapsed() > ms)
            return false;
        loop.exec();
    }
    return true;
}

// What a client has signalled, in order.
struct Record {
    struct Step {
        CartographerClient::State state;
        layers::Message reason;
    };
    struct Shown {
        QImage image;
        View view;
    };
    std::vector<Step> steps;
    std::vector<Shown> frames;
    CartographerClient& client;

    explicit Record(CartographerClient& watched) : client(watched) {
        QObject::connect(&client, &CartographerClient::stateChanged, &client, [this] {
            steps.push_back({client.state(), client.reason()});
        });
        QObject::connect(&client, &CartographerClient::frameReady, &client,
                         [this](const QImage& image, const View& view) {
                             frames.push_back({image, view});
                         });
    }
    const Step* firstWith(CartographerClient::State state) const {
        for (const Step& step : steps)
            if (step.state == state)
                return &step;
        return nullptr;
    }
    bool reached(CartographerClient::State state) const { return firstWith(state) != nullptr; }
    std::size_t count(CartographerClient::State state) const {
        std::size_t n = 0;
        for (const Step& step : steps)
            n += step.state == state;
        return n;
    }
};

inline std::string argument(const layers::Message& message, std::string_view name) {
    for (const auto& [key, value] : message.args)
        if (key == name)
            return value;
    return {};
}

} // namespace vedette::map
