// SPDX-License-Identifier: GPL-3.0-or-later
#include "conversation.h"

#include "project.h"
#include "sandbox/sandbox.h"
#include "sheet.h"
#include "style.h"

#include <qgis.h>

#include <QCoreApplication>

namespace vedette::cartographer {

using wire::ExitCode;

Conversation::Conversation(std::chrono::seconds silence, std::int64_t cpuSeconds, bool network)
    : drawing_([this] { beginTask(); },
               [this](std::uint64_t generation, const QImage& image, std::vector<wire::Said> problems) {
                   sendFrame(generation, image, std::move(problems));
               }),
      identifying_(network, [this](std::uint64_t generation, wire::Body body) { say({generation, std::move(body)}); }),
      silence_(silence), cpuSeconds_(cpuSeconds), network_(network) {
    connect(&socket_, &QLocalSocket::readyRead, this, [this] { read(); });
    connect(&socket_, &QLocalSocket::disconnected, this, [this] {
        read(); // a Quit may be its last word
        leave(ExitCode::consoleGone);
    });
    // Counts its own ticks: while QGIS keeps this thread busy none pass, and nobody is accused.
    connect(&clock_, &QTimer::timeout, this, [this] {
        if (socket_.bytesAvailable() == 0 && ++quiet_ > silence_)
            leave(ExitCode::consoleSilent);
    });
}

bool Conversation::talkOver(int descriptor) {
    if (!socket_.setSocketDescriptor(descriptor))
        return false;
    clock_.start(std::chrono::seconds(1));
    say({0, wire::Hello{VEDETTE_VERSION, qVersion(), Qgis::version().toStdString()}});
    return true;
}

void Conversation::read() {
    quiet_ = std::chrono::seconds(0);
    const QByteArray bytes = socket_.readAll();
    decoder_.feed(
        {reinterpret_cast<const std::uint8_t*>(bytes.constData()), static_cast<std::size_t>(bytes.size())});
    while (!leaving_) {
        const auto item = decoder_.next();
        if (!item)
            return;
        if (const auto* fault = std::get_if<wire::Fault>(&*item))
            return leave(fault->kind == wire::Fault::Kind::wrongVersion ? ExitCode::wrongVersion
                                                                        : ExitCode::garbage);
        const auto& message = std::get<wire::Message>(*item);
        std::visit([&](const auto& body) { on(message.generation, body); }, message.body);
    }
}

void Conversation::on(std::uint64_t, const wire::Hello&) {
    greeted_ = true;
}

void Conversation::on(std::uint64_t, const wire::Open& open) {
    if (!greeted_ || printing_)
        return leave(ExitCode::garbage);
    beginTask();
    drawing_.cancel();
    identifying_.cancel();
    auto result = openProject(open, network_);
    crs_ = open.crs;
    open_ = std::holds_alternative<wire::Opened>(result);
    drawing_.setCrs(open.crs);
    if (open_)
        say({0, std::get<wire::Opened>(std::move(result))});
    else
        say({0, wire::Failed{std::get<wire::Said>(std::move(result))}});
}

void Conversation::on(std::uint64_t generation, const wire::Render& render) {
    if (!open_)
        return say({generation, wire::Failed{{"projectNotOpen", {}}}});
    if (!wire::frameFits(render.width, render.height))
        return say({generation, wire::Failed{{"drawingTooBig",
                                              {{"width", std::to_string(render.width)},
                                               {"height", std::to_string(render.height)}}}}});
    drawing_.draw(generation, render);
}

void Conversation::on(std::uint64_t generation, const wire::Ping&) {
    say({generation, wire::Pong{}});
}

void Conversation::on(std::uint64_t, const wire::Quit&) {
    leave(ExitCode::done);
}

namespace {
template <class Answer>
wire::Body bodyOf(std::variant<Answer, wire::Said> result) {
    if (auto* failed = std::get_if<wire::Said>(&result))
        return wire::Failed{std::move(*failed)};
    return std::get<Answer>(std::move(result));
}
} // namespace

void Conversation::on(std::uint64_t generation, const wire::Print& print) {
    if (!open_ || printing_)
        return say({generation, wire::Failed{{open_ ? "sheetBusy" : "projectNotOpen", {}}}});
    printing_ = true;
    beginTask();
    cancelled_ = false;
    printGeneration_ = generation;
    auto answer = bodyOf(printSheets(
        print, crs_, [this](std::uint64_t done, std::uint64_t of) { return goOnPrinting(done, of); }));
    printing_ = false;
    say({generation, std::move(answer)});
}

// What is drawn beside it, or was cancelled and goes on for a while, draws on the same share.
void Conversation::beginTask() {
    if (cpuSeconds_ > 0)
        sandbox::limitNextTask(cpuSeconds_);
}

// Between two sheets the console is heard: it may cancel, and it wants its Pong.
bool Conversation::goOnPrinting(std::uint64_t done, std::uint64_t of) {
    beginTask();
    say({printGeneration_, wire::Progress{static_cast<std::uint32_t>(done), static_cast<std::uint32_t>(of)}});
    socket_.flush();
    QCoreApplication::processEvents();
    return !cancelled_ && !leaving_;
}

void Conversation::on(std::uint64_t generation, const wire::Cancel&) {
    cancelled_ = cancelled_ || (printing_ && generation == printGeneration_);
}

void Conversation::on(std::uint64_t generation, const wire::Identify& at) {
    if (!open_)
        return say({generation, wire::Failed{{"projectNotOpen", {}}}});
    beginTask();
    identifying_.ask(generation, at, crs_);
}

void Conversation::on(std::uint64_t generation, const wire::ConvertStyle& convert) {
    beginTask();
    say({generation, bodyOf(convertStyle(convert))});
}

void Conversation::say(const wire::Message& message) {
    const auto bytes = wire::encode(message);
    socket_.write(reinterpret_cast<const char*>(bytes.data()), static_cast<qint64>(bytes.size()));
}

void Conversation::sendFrame(std::uint64_t generation, const QImage& image,
                             std::vector<wire::Said> problems) {
    wire::Frame frame;
    frame.width = static_cast<std::uint32_t>(image.width());
    frame.height = static_cast<std::uint32_t>(image.height());
    frame.stride = static_cast<std::uint32_t>(image.bytesPerLine());
    constexpr std::size_t mostProblems = 100;
    if (problems.size() > mostProblems)
        problems.resize(mostProblems);
    frame.problems = std::move(problems);
    const auto head = wire::encodeFrameHead(generation, frame);
    socket_.write(reinterpret_cast<const char*>(head.data()), static_cast<qint64>(head.size()));
    socket_.write(reinterpret_cast<const char*>(image.constBits()), image.sizeInBytes());
}

void Conversation::leave(ExitCode code) {
    if (std::exchange(leaving_, true))
        return;
    socket_.flush();
    QCoreApplication::exit(static_cast<int>(code));
}

} // namespace vedette::cartographer
