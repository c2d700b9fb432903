// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identify_far.h"

#include "wire/message.h"

#include <QObject>
#include <QTimer>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace vedette::cartographer {

// Says what the open project shows at a place, topmost layer first. What is at hand is looked at here and now;
// layers of a server are asked on threads of their own, so that this one goes on hearing and drawing, and what
// they have not said in time is left off. The newest question cancels the one being answered, which then gets no
// answer. Everything here is called on the main thread; the answer may come before ask() returns.
class Identifying : public QObject {
public:
    using Answer = std::function<void(std::uint64_t generation, wire::Body)>;
    Identifying(bool network, Answer answer);

    void ask(std::uint64_t generation, const wire::Identify& at, const std::string& crs);
    void cancel(); // without waiting

private:
    void arrived(std::size_t slot, wire::Identified found);
    void finish();
    bool network_;
    Answer answer_;
    std::uint64_t generation_ = 0;
    std::vector<wire::Identified> layers_; // what each has said, topmost first
    std::size_t missing_ = 0;              // layers that are being asked
    FarQuestion::Over over_;               // of the question being answered; null: none is
    QTimer patience_;
};

} // namespace vedette::cartographer
