// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/message.h"
#include "map/cartographer_reach.h"

#include <QProcess>

#include <filesystem>
#include <functional>

namespace vedette::map {

// One run of the helper. It dies with the console, whatever kills the console.
// `ended` is called once, with the reason: cartographerMissing, cartographerCrashed, cartographerExited,
// cartographerOutOfMemory {mib}.
class CartographerProcess : public QObject {
public:
    std::function<void(layers::Message)> ended;

    ~CartographerProcess() override; // kills it and waits until it is gone: milliseconds
    // Held to the reach (complete()d); `scratch` is the folder it may write to.
    void start(const CartographerReach& reach, const QString& socket, const QString& scratch);
    // Ends it without waiting and without a call to `ended`; this object deletes itself when it is over.
    void abandon(bool atOnce = true);
    qint64 id() const { return process_.processId(); }

private:
    void report(layers::Message why);
    void readLastWords();
    QProcess process_;
    QByteArray lastWords_; // the end of its standard error
    bool abandoned_ = false;
};

} // namespace vedette::map
