// SPDX-License-Identifier: GPL-3.0-or-later
// A helper without QGIS that does what FAKE_CARTOGRAPHER says, often wrongly. FAKE_ONCE names a file: where
// it exists already, the fault has been shown and it behaves.
#include "wire/codec.h"

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace vedette::wire;

namespace {

int channel = -1;
std::string mode;

void send(const std::vector<std::uint8_t>& bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const auto sent = ::write(channel, bytes.data() + at, bytes.size() - at);
        if (sent <= 0)
            std::_Exit(static_cast<int>(ExitCode::consoleGone));
        at += static_cast<std::size_t>(sent);
    }
}

[[noreturn]] void hang() {
    for (;;)
        ::pause();
}

Frame plain(std::uint32_t width, std::uint32_t height, std::uint32_t colour) {
    Frame frame{width, height, width * 4, PixelFormat::argb32Premultiplied, {}, {}};
    frame.pixels.resize(std::size_t{width} * height * 4);
    for (std::size_t at = 0; at < frame.pixels.size(); at += 4)
        std::memcpy(frame.pixels.data() + at, &colour, 4);
    return frame;
}

constexpr std::uint32_t red = 0xFFFF0000, green = 0xFF00FF00;

void on(std::uint64_t generation, const Render& render) {
    if (mode == "crashOnRender")
        std::raise(SIGSEGV);
    if (mode == "exitOnRender")
        std::_Exit(42);
    if (mode == "outOfMemory")
        std::_Exit(static_cast<int>(ExitCode::outOfMemory));
    if (mode == "hangOnRender")
        hang();
    if (mode == "hangUpOnRender") {
        ::close(channel);
        hang();
    }
    if (mode == "garbageOnRender")
        send({'V', 'D', 'T', 'X'});
    if (mode == "neverDraws")
        return;
    if (mode == "wrongSize")
        return send(encode({generation, plain(render.width + 1, render.height, red)}));
    if (mode == "stale")
        for (std::uint64_t old = 0; old < generation; ++old)
            send(encode({old, plain(render.width, render.height, red)}));
    if (mode == "overtaking") // answers all, however old
        return send(encode({generation, plain(render.width, render.height, generation == 1 ? red : green)}));
    if (mode == "refusesDrawing")
        return send(encode({generation, Failed{{"drawingTooBig", {{"width", "1"}, {"height", "1"}}}}}));
    auto frame = plain(render.width, render.height, green);
    if (mode == "badLayer")
        frame.problems.push_back({"layerNotDrawn", {{"layer", "区域"}, {"cause", "broken"}}});
    send(encode({generation, frame}));
}

void on(std::uint64_t, const Open& open) {
    if (mode == "hangOnOpen")
        hang();
    if (mode == "refusesProject")
        return send(
            encode({0, Failed{{"projectUnreadable", {{"path", open.project}, {"cause", "broken"}}}}}));
    Opened opened{{{"areas", "区域", "ogr", "EPSG:4490", true}}, {}};
    if (mode == "badLayer") {
        opened.layers.push_back({"gone", "缺失", "ogr", "", false});
        opened.problems.push_back({"layerUnavailable", {{"layer", "缺失"}, {"path", "x"}, {"cause", "y"}}});
    }
    send(encode({0, opened}));
}
void on(std::uint64_t generation, const Ping&) {
    send(encode({generation, Pong{}}));
}
void on(std::uint64_t, const Quit&) {
    std::_Exit(0);
}
template <class Other>
void on(std::uint64_t, const Other&) {}

void greet() {
    const auto hello = encode({0, Hello{"fake", "none", "none"}});
    if (mode == "garbage")
        return send({'H', 'T', 'T', 'P', '/', '1', '.', '1', ' ', '4', '0', '0', '\n'});
    if (mode == "noise") {
        std::vector<std::uint8_t> noise(1 << 16);
        for (std::size_t i = 0; i < noise.size(); ++i)
            noise[i] = static_cast<std::uint8_t>(i * 2654435761u >> 13);
        return send(noise);
    }
    if (mode == "oversize") {
        auto head = encode({0, Pong{}});
        const std::uint32_t length = 0x7FFFFFFF;
        std::memcpy(head.data() + 8, &length, sizeof length);
        return send(head);
    }
    if (mode == "version")
        return send(encode({0, Hello{"9.0", "none", "none"}}, 99));
    if (mode == "outOfTurn")
        return send(encode({0, Opened{}}));
    if (mode == "shortThenHang") {
        send({hello.begin(), hello.begin() + 10});
        hang();
    }
    send(hello);
}

} // namespace

int main(int argc, char** argv) {
    if (const char* asked = std::getenv("FAKE_CARTOGRAPHER"))
        mode = asked;
    if (const char* once = std::getenv("FAKE_ONCE")) {
        if (::access(once, F_OK) == 0)
            mode.clear();
        else
            std::ofstream(once) << mode;
    }
    if (argc < 3 || std::string(argv[1]) != "--socket")
        return static_cast<int>(ExitCode::usage);
    if (mode == "crashAtStart")
        std::raise(SIGABRT);
    if (mode == "exitAtStart") {
        ::write(2, "no providers\n", 13) == 13 ? void() : std::abort();
        return static_cast<int>(ExitCode::environment);
    }
    if (mode == "hangAtStart")
        hang();
    channel = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, argv[2], sizeof address.sun_path - 1);
    if (::connect(channel, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        return static_cast<int>(ExitCode::noConnection);
    greet();
    Decoder decoder;
    std::uint8_t bytes[4096];
    for (;;) {
        const auto got = ::read(channel, bytes, sizeof bytes);
        if (got <= 0)
            return static_cast<int>(ExitCode::consoleGone);
        decoder.feed({bytes, static_cast<std::size_t>(got)});
        while (const auto item = decoder.next()) {
            if (std::holds_alternative<Fault>(*item))
                return static_cast<int>(ExitCode::garbage);
            const auto& message = std::get<Message>(*item);
            std::visit([&](const auto& body) { on(message.generation, body); }, message.body);
        }
    }
}
