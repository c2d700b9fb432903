// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "drawing.h"
#include "identify.h"

#include "wire/codec.h"

#include <QLocalSocket>
#include <QTimer>

#include <chrono>

namespace vedette::cartographer {

// Answers one console until it says Quit, goes away, falls silent or talks nonsense; then leaves the event
// loop with the exit code that says which.
class Conversation : public QObject {
public:
    // `cpuSeconds` of processor time for each question; 0: as many as it takes.
    Conversation(std::chrono::seconds silence, std::int64_t cpuSeconds, bool network);
    bool talkOver(int descriptor); // a connected local socket, now ours; says Hello

private:
    void read();
    void on(std::uint64_t generation, const wire::Hello& hello);
    void on(std::uint64_t generation, const wire::Open& open);
    void on(std::uint64_t generation, const wire::Render& render);
    void on(std::uint64_t generation, const wire::Ping& ping);
    void on(std::uint64_t generation, const wire::Quit& quit);
    void on(std::uint64_t generation, const wire::Print& print);
    void on(std::uint64_t generation, const wire::Cancel& cancel);
    void on(std::uint64_t generation, const wire::Identify& identify);
    void on(std::uint64_t generation, const wire::ConvertStyle& convert);
    template <class Other>
    void on(std::uint64_t, const Other&) {
        leave(wire::ExitCode::garbage);
    }
    void say(const wire::Message& message);
    void sendFrame(std::uint64_t generation, const QImage& image, std::vector<wire::Said> problems);
    void beginTask();
    bool goOnPrinting(std::uint64_t done, std::uint64_t of);
    void leave(wire::ExitCode code);

    QLocalSocket socket_;
    wire::Decoder decoder_;
    Drawing drawing_;
    Identifying identifying_;
    QTimer clock_;
    std::chrono::seconds silence_, quiet_{0};
    std::int64_t cpuSeconds_ = 0;
    std::string crs_;
    bool greeted_ = false, open_ = false, leaving_ = false, network_ = false;
    bool printing_ = false, cancelled_ = false; // the sheets of printGeneration_
    std::uint64_t printGeneration_ = 0;
};

} // namespace vedette::cartographer
