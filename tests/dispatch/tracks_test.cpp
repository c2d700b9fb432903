// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/tracks.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <random>

using namespace vedette;
using namespace vedette::dispatch;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

const Instant start = layers::parseTime("2026-11-23T04:58:00Z", layers::TimeZone::utc()).value();

class Tracks : public ::testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "tracks-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder = name;
    }
    void TearDown() override { fs::remove_all(folder); }
    static Fix fix(int unit, std::chrono::milliseconds after) {
        return {{"U" + std::to_string(unit)},
                {120.5 + unit * 1e-4, 32.1 + double(after.count() % 99991) * 1e-7},
                start + after - 350ms * (unit % 3),
                start + after,
                unit % 4 ? float(unit % 30) : -1.f,
                unit % 5 ? float(unit % 360) : -1.f};
    }
    std::vector<Fix> all(const TrackLog& log, Instant from = start - 1h, Instant till = start + 99h) const {
        std::vector<Fix> out;
        log.read(from, till, [&](const Fix& one) { out.push_back(one); });
        return out;
    }
    std::unique_ptr<TrackLog> open(bool readOnly = false) const {
        auto log = TrackLog::open(folder, readOnly);
        EXPECT_TRUE(log.ok());
        return std::move(log).value();
    }
    fs::path segment(std::size_t index) const {
        std::vector<fs::path> paths;
        for (const auto& entry : fs::directory_iterator(folder))
            if (entry.path().extension() == ".track")
                paths.push_back(entry.path());
        std::sort(paths.begin(), paths.end());
        return paths.at(index);
    }
    fs::path folder;
};

void expectSame(const Fix& a, const Fix& b) {
    EXPECT_EQ(a.unit, b.unit);
    EXPECT_NEAR(a.at.lon, b.at.lon, 0.6e-7);
    EXPECT_NEAR(a.at.lat, b.at.lat, 0.6e-7);
    EXPECT_EQ(a.fixedAt, b.fixedAt);
    EXPECT_EQ(a.receivedAt, b.receivedAt);
    EXPECT_NEAR(a.speed, b.speed, 0.006);
    EXPECT_NEAR(a.course, b.course, 0.06);
}

} // namespace

TEST_F(Tracks, GiveBackWhatWasAppendedAcrossTheHour) {
    std::vector<Fix> fixes;
    for (int i = 0; i < 1000; ++i)
        fixes.push_back(fix(i % 37, 250ms * i)); // 250 s, over 05:00
    auto log = open();
    ASSERT_TRUE(log->append(fixes).ok());
    ASSERT_TRUE(log->flush().ok());
    const auto reader = open(true);
    const auto back = all(*reader);
    ASSERT_EQ(back.size(), fixes.size());
    for (std::size_t i = 0; i < fixes.size(); ++i)
        expectSame(back[i], fixes[i]);
    EXPECT_NE(segment(0), segment(1));
    // (from, till]
    EXPECT_EQ(all(*reader, start + 250ms * 10, start + 250ms * 20).size(), 10u);
    EXPECT_TRUE(all(*reader, start + 250ms * 1000, start + 99h).empty());
}

TEST_F(Tracks, TheLastKnownIsWhatALinearReadSays) {
    std::mt19937 random(5);
    std::vector<Fix> fixes;
    auto log = open();
    std::chrono::milliseconds time{0};
    for (int i = 0; i < 5000; ++i) {
        fixes.push_back(fix(int(random() % 200), time += std::chrono::milliseconds(random() % 2000)));
        ASSERT_TRUE(log->append({&fixes.back(), 1}).ok());
        if (random() % 100 == 0) {
            ASSERT_TRUE(log->flush().ok());
        }
    }
    ASSERT_TRUE(log->flush().ok());
    for (int i = 0; i < 50; ++i) {
        const Instant at = start + std::chrono::milliseconds(random() % unsigned(time.count()));
        const auto back = std::chrono::minutes(1 + random() % 120);
        std::map<UnitId, Fix> expected;
        for (const Fix& one : fixes)
            if (one.receivedAt > at - back && one.receivedAt <= at)
                expected.insert_or_assign(one.unit, one);
        const auto given = log->lastKnown(at, back);
        ASSERT_EQ(given.size(), expected.size());
        for (const auto& [unit, one] : given)
            expectSame(one, expected.at(unit));
    }
}

TEST_F(Tracks, ATornTailIsCutWhereverItIsTorn) {
    std::uintmax_t whole = 0;
    {
        auto log = open();
        for (int block = 0; block < 3; ++block) {
            for (int i = 0; i < 20; ++i) {
                const Fix one = fix(i + 10 * block, 1s * (block * 20 + i));
                ASSERT_TRUE(log->append({&one, 1}).ok());
            }
            ASSERT_TRUE(log->flush().ok());
            if (block == 1)
                whole = fs::file_size(segment(0));
        }
    }
    const fs::path path = segment(0);
    const auto size = fs::file_size(path);
    std::ifstream in(path, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    for (auto cut = whole; cut < size; ++cut) {
        std::ofstream(path, std::ios::binary | std::ios::trunc).write(bytes.data(), std::streamsize(cut));
        ASSERT_EQ(all(*open(true)).size(), 40u) << cut;
        auto log = open();
        const Fix more = fix(99, 70s);
        ASSERT_TRUE(log->append({&more, 1}).ok() && log->flush().ok());
        const auto back = all(*log);
        ASSERT_EQ(back.size(), 41u) << cut;
        expectSame(back.back(), more);
    }
    // A flipped bit ends the segment there; what came before stays readable.
    std::string rotten = bytes;
    rotten[whole + 60] ^= 4;
    std::ofstream(path, std::ios::binary | std::ios::trunc).write(rotten.data(), std::streamsize(size));
    EXPECT_EQ(all(*open(true)).size(), 40u);
}

TEST_F(Tracks, TwoWritersDontMeet) {
    auto first = open(), second = open();
    for (int i = 0; i < 10; ++i) {
        const Fix a = fix(1, 1s * (2 * i)), b = fix(2, 1s * (2 * i + 1));
        ASSERT_TRUE(first->append({&a, 1}).ok() && second->append({&b, 1}).ok());
    }
    ASSERT_TRUE(first->flush().ok() && second->flush().ok());
    const auto back = all(*open(true));
    ASSERT_EQ(back.size(), 20u);
    for (std::size_t i = 0; i < back.size(); ++i)
        EXPECT_EQ(back[i].receivedAt, start + 1s * i);
}

TEST_F(Tracks, OldSegmentsGoWhole) {
    auto log = open();
    for (int hour = 0; hour < 5; ++hour) {
        const Fix one = fix(hour, 1h * hour);
        ASSERT_TRUE(log->append({&one, 1}).ok());
    }
    ASSERT_TRUE(log->flush().ok());
    EXPECT_EQ(log->ageOut(start + 2h), 2u); // those of 04:00 and 05:00; that of 06:00 isn't over yet
    EXPECT_EQ(all(*log).size(), 3u);
    EXPECT_FALSE(open(true)->append(std::vector<Fix>(99999, fix(1, 1s))).ok());
}

TEST_F(Tracks, AMillionFixesKeepTheirCount) {
    auto log = open();
    std::vector<Fix> second(7200);
    std::size_t count = 0;
    const auto from = std::chrono::steady_clock::now();
    for (int tick = 0; count < 1'000'000; ++tick) {
        for (int i = 0; i < 7200; ++i)
            second[std::size_t(i)] = fix(i % 5000, 1s * tick + std::chrono::milliseconds(i / 8));
        ASSERT_TRUE(log->append(second).ok());
        ASSERT_TRUE(log->flush().ok());
        count += second.size();
    }
    const auto written = std::chrono::steady_clock::now();
    std::size_t seen = 0;
    open(true)->read(start - 1h, start + 99h, [&](const Fix&) { ++seen; });
    const auto readBack = std::chrono::steady_clock::now();
    EXPECT_EQ(seen, count);
    EXPECT_EQ(open(true)->lastKnown(start + 1h, 2h).size(), 5000u);
    const auto seconds = [](auto d) { return std::chrono::duration<double>(d).count(); };
    std::printf("%zu fixes: made and written in %.2f s, read in %.2f s\n", count, seconds(written - from),
                seconds(readBack - written));
}
