// SPDX-License-Identifier: GPL-3.0-or-later
#include "waiting.h"

#include "wire/codec.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QThread>

#include <gtest/gtest.h>

#include <cerrno>
#include <cmath>
#include <csignal>
#include <sys/prctl.h>
#include <sys/wait.h>

namespace vedette::map {
namespace {

using State = CartographerClient::State;
using namespace std::chrono_literals;

// Every fault is shown by a real process on the real socket; only QGIS is missing.
class Faults : public testing::Test {
protected:
    void SetUp() override { qunsetenv("FAKE_ONCE"); }
    CartographerClient::Settings settings(const char* mode, bool once = false) {
        qputenv("FAKE_CARTOGRAPHER", mode);
        if (once)
            qputenv("FAKE_ONCE", folder.filePath("shown").toLocal8Bit());
        CartographerClient::Settings made;
        made.program = VEDETTE_BIN_DIR "/fake_cartographer";
        made.project = folder.filePath("base.qgz").toStdString();
        made.heartbeat = 50ms, made.hung = 400ms;
        made.firstBackOff = 20ms, made.longestBackOff = 100ms;
        made.startLimit = 3s, made.openLimit = 3s, made.drawLimit = 3s;
        return made;
    }
    static View view(double x = 0) { return {{x, 0}, 10, {40, 30}, 1}; }
    QTemporaryDir folder;
};

TEST_F(Faults, AGoodHelperBecomesReadyAndDraws) {
    CartographerClient client(settings("good"));
    Record record(client);
    client.start();
    EXPECT_EQ(client.state(), State::starting);
    EXPECT_GT(client.processId(), 0);
    client.request(view(7));
    ASSERT_TRUE(soon([&] { return !record.frames.empty(); }));
    EXPECT_EQ(record.frames[0].view, view(7));
    EXPECT_EQ(record.frames[0].image.size(), QSize(40, 30));
    EXPECT_EQ(record.frames[0].image.pixel(20, 15), 0xFF00FF00u);
    EXPECT_EQ(client.state(), State::ready);
    EXPECT_EQ(client.reason(), layers::Message{});
    EXPECT_EQ(client.version(), "QGIS none, Qt none");
    ASSERT_EQ(client.layers().size(), 1u);
    EXPECT_EQ(client.layers()[0].name, QStringLiteral("区域"));
}

TEST_F(Faults, AHeartbeatKeepsAnIdleHelper) {
    CartographerClient client(settings("good"));
    Record record(client);
    client.start();
    ASSERT_TRUE(soon([&] { return client.state() == State::ready; }));
    const auto pid = client.processId();
    EXPECT_FALSE(soon([&] { return client.state() != State::ready; }, 1000)); // 20 beats, over twice `hung`
    EXPECT_EQ(client.processId(), pid);
}

TEST_F(Faults, OurOwnStallAccusesNobody) {
    CartographerClient client(settings("good"));
    Record record(client);
    client.start();
    ASSERT_TRUE(soon([&] { return client.state() == State::ready; }));
    QThread::msleep(1500); // the console itself is busy, several times `hung`
    EXPECT_FALSE(soon([&] { return client.state() != State::ready; }, 300));
}

TEST_F(Faults, NoProjectIsAbsent) {
    auto none = settings("good");
    none.project.clear();
    CartographerClient client(none);
    client.start();
    EXPECT_EQ(client.state(), State::absent);
    EXPECT_EQ(client.reason().code, "cartographerNoProject");
    EXPECT_EQ(client.processId(), 0);
}

TEST_F(Faults, NoProgramIsAbsentAndNamesIt) {
    auto none = settings("good");
    none.program = "/nowhere/vedette-cartographer";
    CartographerClient client(none);
    client.start();
    client.request(view());
    EXPECT_EQ(client.state(), State::absent);
    EXPECT_EQ(client.reason().code, "cartographerMissing");
    EXPECT_EQ(argument(client.reason(), "path"), "/nowhere/vedette-cartographer");
}

TEST_F(Faults, AProgramThatCannotRunIsAbsentAndSaysWhy) {
    auto broken = settings("good");
    broken.program = folder.filePath("text").toStdString();
    QFile file(folder.filePath("text"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.close();
    CartographerClient client(broken);
    client.start();
    ASSERT_TRUE(soon([&] { return client.state() == State::absent; }));
    EXPECT_EQ(client.reason().code, "cartographerMissing");
    EXPECT_NE(argument(client.reason(), "cause"), "");
}

TEST_F(Faults, AnotherVersionFailsNamingBothAndIsNotTriedAgain) {
    CartographerClient client(settings("version"));
    Record record(client);
    client.start();
    ASSERT_TRUE(soon([&] { return client.state() == State::failed; }));
    EXPECT_EQ(client.reason(),
              (layers::Message{"cartographerVersion",
                               {{"theirs", "99"}, {"ours", std::to_string(wire::protocolVersion)}}}));
    EXPECT_FALSE(soon([&] { return client.state() != State::failed; }, 300));
    EXPECT_EQ(client.processId(), 0);
}

TEST_F(Faults, ARefusedProjectFailsAndStartTriesAgain) {
    CartographerClient client(settings("refusesProject", true));
    client.start();
    ASSERT_TRUE(soon([&] { return client.state() == State::failed; }));
    EXPECT_EQ(client.reason().code, "projectUnreadable");
    EXPECT_EQ(argument(client.reason(), "path"), folder.filePath("base.qgz").toStdString());
    client.start(); // it has been repaired
    EXPECT_TRUE(soon([&] { return client.state() == State::ready; }));
}

struct Recovery {
    const char* mode;
    const char* code;
    const char* name;
    const char* value;
    bool drawing;
};

class Recovers : public Faults, public testing::WithParamInterface<Recovery> {};

// Shown once, then behaves: restarting with the reason, ready again, and the view asked for is drawn.
TEST_P(Recovers, AndDrawsWhatWasAskedFor) {
    auto quick = settings(GetParam().mode, true);
    quick.startLimit = quick.openLimit = quick.drawLimit = 600ms;
    CartographerClient client(quick);
    Record record(client);
    client.start();
    client.request(view(3));
    ASSERT_TRUE(soon([&] { return !record.frames.empty(); }));
    const auto* broken = record.firstWith(State::restarting);
    ASSERT_TRUE(broken);
    EXPECT_EQ(broken->reason.code, GetParam().code);
    EXPECT_EQ(argument(broken->reason, GetParam().name), GetParam().value);
    EXPECT_EQ(record.reached(State::drawing), true);
    EXPECT_EQ(record.count(State::drawing), GetParam().drawing ? 2u : 1u);
    EXPECT_EQ(record.frames[0].view, view(3));
    EXPECT_EQ(client.state(), State::ready);
    EXPECT_EQ(client.reason(), layers::Message{});
    EXPECT_TRUE(layers::hasWording(GetParam().code, layers::Language::chinese));
}

INSTANTIATE_TEST_SUITE_P(
    Each, Recovers,
    testing::Values(Recovery{"crashAtStart", "cartographerCrashed", "signal", "SIGABRT", false},
                    Recovery{"crashOnRender", "cartographerCrashed", "signal", "SIGSEGV", true},
                    Recovery{"exitAtStart", "cartographerExited", "detail", "no providers", false},
                    Recovery{"exitOnRender", "cartographerExited", "code", "42", true},
                    Recovery{"outOfMemory", "cartographerOutOfMemory", "mib", "4096", true},
                    Recovery{"hangAtStart", "cartographerHung", "seconds", "1", false},
                    Recovery{"hangOnOpen", "cartographerHung", "seconds", "1", false},
                    Recovery{"hangOnRender", "cartographerHung", "seconds", "0", true},
                    Recovery{"hangUpOnRender", "cartographerHung", "seconds", "0", true},
                    Recovery{"neverDraws", "cartographerHung", "seconds", "1", true},
                    Recovery{"shortThenHang", "cartographerHung", "seconds", "1", false},
                    Recovery{"garbage", "cartographerGarbage", "cause", "notOurs", false},
                    Recovery{"noise", "cartographerGarbage", "cause", "notOurs", false},
                    Recovery{"oversize", "cartographerGarbage", "cause", "tooBig", false},
                    Recovery{"outOfTurn", "cartographerGarbage", "cause", "outOfTurn", false},
                    Recovery{"garbageOnRender", "cartographerGarbage", "cause", "notOurs", true},
                    Recovery{"wrongSize", "cartographerGarbage", "cause", "frameSize", true}),
    [](const auto& shown) { return std::string(shown.param.mode); });

TEST_F(Faults, FramesOvertakenByANewerRequestAreDropped) {
    CartographerClient client(settings("overtaking"));
    Record record(client);
    client.start();
    ASSERT_TRUE(soon([&] { return client.state() == State::ready; }));
    client.request(view(1));
    client.request(view(2));
    ASSERT_TRUE(soon([&] { return client.state() == State::ready && !record.frames.empty(); }));
    ASSERT_EQ(record.frames.size(), 1u);
    EXPECT_EQ(record.frames[0].view, view(2));
    EXPECT_EQ(record.frames[0].image.pixel(0, 0), 0xFF00FF00u);
}

TEST_F(Faults, FramesOfOldGenerationsAreNeverShown) {
    CartographerClient client(settings("stale"));
    Record record(client);
    client.start();
    ASSERT_TRUE(soon([&] { return client.state() == State::ready; }));
    for (int i = 1; i <= 5; ++i) {
        client.request(view(i));
        ASSERT_TRUE(soon([&] { return record.frames.size() == static_cast<std::size_t>(i); }));
    }
    for (const auto& frame : record.frames)
        EXPECT_EQ(frame.image.pixel(0, 0), 0xFF00FF00u);
}

TEST_F(Faults, BadLayersAreSaidAndTheRestIsDrawn) {
    CartographerClient client(settings("badLayer"));
    Record record(client);
    client.start();
    client.request(view());
    ASSERT_TRUE(soon([&] { return !record.frames.empty(); }));
    ASSERT_EQ(client.problems().size(), 2u);
    EXPECT_EQ(client.problems()[0].code, "layerUnavailable");
    EXPECT_EQ(client.problems()[1].code, "layerNotDrawn");
    EXPECT_EQ(argument(client.problems()[1], "layer"), "区域");
}

TEST_F(Faults, ARefusedDrawingIsAProblemNotAnEnd) {
    CartographerClient client(settings("refusesDrawing"));
    client.start();
    client.request(view());
    ASSERT_TRUE(soon([&] { return !client.problems().empty(); }));
    EXPECT_EQ(client.problems()[0].code, "drawingTooBig");
    EXPECT_EQ(client.state(), State::ready);
}

TEST_F(Faults, ThePauseDoublesUpToItsLimit) {
    CartographerClient client(settings("crashAtStart"));
    QElapsedTimer clock;
    clock.start();
    qint64 last = -1; // a new helper shows as a new process id
    std::vector<qint64> launches;
    client.start();
    ASSERT_TRUE(soon([&] {
        if (client.processId() != 0 && client.processId() != last) {
            last = client.processId();
            launches.push_back(clock.elapsed());
        }
        return launches.size() >= 7;
    }));
    // 20 + 40 + 80 + 100 + 100 + 100: no sooner than that, and not much slower than a process takes to start.
    EXPECT_GE(launches[6] - launches[0], 400);
    EXPECT_EQ(client.reason().code.empty(), false);
}

TEST_F(Faults, AViewThatCrashesTwiceIsNotTriedAThirdTime) {
    CartographerClient client(settings("crashOnRender"));
    Record record(client);
    client.start();
    client.request(view());
    ASSERT_TRUE(soon([&] { return record.count(State::restarting) == 2; }));
    ASSERT_TRUE(soon([&] { return client.state() == State::ready; }));
    EXPECT_EQ(record.count(State::drawing), 2u);
    EXPECT_FALSE(soon([&] { return client.state() != State::ready; }, 300));
}

TEST_F(Faults, AnImpossibleViewIsNotSent) {
    CartographerClient client(settings("good"));
    client.start();
    ASSERT_TRUE(soon([&] { return client.state() == State::ready; }));
    client.request({{0, 0}, 10, {0, 30}, 1});
    client.request({{0, 0}, 0, {40, 30}, 1});
    client.request({{std::nan(""), 0}, 10, {40, 30}, 1});
    EXPECT_EQ(client.state(), State::ready);
}

TEST_F(Faults, AWallIsDrawnCoarserThanItsPixels) {
    auto patient = settings("good"); // sixty megabytes are made by a single thread that answers nothing else
    patient.hung = 10s, patient.drawLimit = 20s;
    CartographerClient client(patient);
    Record record(client);
    client.start();
    const View wall{{0, 0}, 10, {7680, 4320}, 2};
    client.request(wall);
    ASSERT_TRUE(soon([&] { return !record.frames.empty(); }));
    const QImage& image = record.frames[0].image;
    EXPECT_EQ(record.frames[0].view, wall);
    EXPECT_TRUE(wire::frameFits(static_cast<std::uint32_t>(image.width()),
                                static_cast<std::uint32_t>(image.height())));
    EXPECT_GT(image.width(), 3000);
    EXPECT_NEAR(double(image.width()) / image.height(), 7680.0 / 4320, 0.01);
}

TEST_F(Faults, TheHelperEndsWithItsClient) {
    qint64 pid = 0;
    {
        CartographerClient client(settings("good"));
        client.start();
        ASSERT_TRUE(soon([&] { return client.state() == State::ready; }));
        pid = client.processId();
    }
    EXPECT_EQ(::kill(static_cast<pid_t>(pid), 0), -1);
    EXPECT_EQ(errno, ESRCH);
}

TEST_F(Faults, TheHelperEndsWhenTheConsoleIsKilled) {
    settings("good");
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    QProcess console;
    console.start(VEDETTE_BIN_DIR "/mortal_console",
                  {VEDETTE_BIN_DIR "/fake_cartographer", folder.filePath("base.qgz")});
    ASSERT_TRUE(soon([&] { return console.canReadLine(); }));
    const auto helper = static_cast<pid_t>(console.readLine().trimmed().toLongLong());
    ASSERT_GT(helper, 0);
    ASSERT_EQ(::kill(helper, 0), 0);
    console.kill();
    ASSERT_TRUE(console.waitForFinished());
    int status = 0;
    ASSERT_TRUE(soon([&] { return ::waitpid(helper, &status, WNOHANG) == helper; }));
    ::prctl(PR_SET_CHILD_SUBREAPER, 0);
}

} // namespace
} // namespace vedette::map
