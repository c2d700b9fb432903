// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/session.h"
#include "layers/number_text.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace vedette::dispatch {

// A city without ground in a folder of its own: three officers, one feed. Nothing is read from files but the
// feed.
class FeedGround : public ::testing::Test {
protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "feed-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder = name;
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    std::unique_ptr<Session> open(const std::string& url, const std::string& orders = "") {
        auto city =
            std::make_shared<City>(layers::WorkingCrs::named("EPSG:4549").value(), layers::TimeZone::utc());
        city->workspace.folder = folder;
        city->workspace.feeds = {{url, orders}};
        std::vector<UnitFacts> units;
        for (const char* id : {"U1", "U2", "U3"}) {
            UnitFacts unit;
            unit.id.text = id;
            unit.post = {120.5, 32.0};
            units.push_back(unit);
        }
        city->roll = std::make_shared<const Roll>(std::move(units));
        auto session = Session::open(city, SessionOptions{});
        EXPECT_TRUE(session.ok()) << (session.ok() ? "" : session.problem().message.code);
        return std::move(session).value();
    }
    void append(const std::string& text, const char* name = "feed.ndjson") const {
        std::ofstream(folder / name, std::ios::app | std::ios::binary) << text;
    }
    std::string content(const char* name) const {
        std::ifstream in(folder / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    static std::string incident(const std::string& id, const std::string& text = "loud") {
        return R"({"type":"incident","id":")" + id + R"(","time":"2026-03-14T02:30:00Z","lon":120.504,)" +
               R"("lat":32.004,"category":"03.2","text":")" + text + "\"}\n";
    }
    static std::string position(const std::string& unit, double lon) {
        return R"({"type":"position","unit":")" + unit + R"(","time":"2026-03-14T02:30:00Z","lon":)" +
               layers::fixedText(lon, 6) + R"(,"lat":32})" + "\n";
    }
    // Waits until it holds; a minute is for a slow machine, not for us.
    template <class Holds>
    static bool until(const Holds& holds) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        while (!holds()) {
            if (std::chrono::steady_clock::now() > end)
                return false;
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        return true;
    }
    static std::size_t tickets(const Session& session) { return session.state().ticketCount(); }
    static std::uint64_t rejected(const Session& session) { return session.health().feeds.at(0).rejected; }
    static std::string trouble(const Session& session) {
        const Health health = session.health();
        return health.feeds.empty() || !health.feeds[0].problem ? "" : health.feeds[0].problem->message.code;
    }
    std::filesystem::path folder;
};

} // namespace vedette::dispatch
