// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cartographer_client_link.h"
#include "cartographer_client_process.h"
#include "cartographer_scratch.h"

#include "map/cartographer_reach.h"

#include <QTimer>

namespace vedette::map {

// One question to a helper of its own: started, the project opened, asked, ended. The callbacks run on this
// thread; after `answered` or `failed` nothing more is called, and either may delete this object later.
class CartographerErrand : public QObject {
public:
    std::function<void(int done, int of)> progressed;
    std::function<void(wire::Body)> answered;
    std::function<void(layers::Message)> failed;

    CartographerErrand(CartographerReach reach, QObject* parent);
    ~CartographerErrand() override; // kills the helper
    const CartographerScratch& scratch() const { return scratch_; }
    void ask(wire::Body question);

private:
    void hear(wire::Message message);
    void end(layers::Message why);
    void end(wire::Body answer);
    CartographerReach reach_;
    CartographerScratch scratch_;
    CartographerLink link_;
    CartographerProcess* process_ = nullptr;
    QTimer patience_;
    wire::Body question_;
    bool over_ = false;
};

} // namespace vedette::map
