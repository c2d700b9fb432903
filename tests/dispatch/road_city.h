// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/session.h"
#include "dispatch/store.h"
#include "layers/number_text.h"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

namespace vedette::dispatch::kit {

namespace fs = std::filesystem;

// A little city in a folder of its own: four grids in two beats, three officers, a grid worker.
class Road : public ::testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "road-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder = name;
        write("workspace.toml", R"(format = 1
[workspace]
name = "Road"
crs = "EPSG:4549"
time_zone = "Asia/Shanghai"
[store]
url = "sqlite:journal.sqlite"
[[areas]]
kind = "grid"
source = "grids.geojson"
[[areas]]
kind = "beat"
source = "beats.geojson"
[units]
source = "units.csv"
[duties]
source = "duties.csv"
[[feeds]]
url = "ndjson:feed.ndjson"
orders = "ndjson:orders.ndjson"
)");
        std::string grids, beats;
        for (int x = 0; x < 2; ++x) {
            for (int y = 0; y < 2; ++y)
                grids += square("G" + std::to_string(x) + std::to_string(y), "B" + std::to_string(x),
                                x * 0.01, y * 0.01, 0.01, 0.01);
            beats += square("B" + std::to_string(x), "", x * 0.01, 0, 0.01, 0.02);
        }
        collection("grids.geojson", grids);
        collection("beats.geojson", beats);
        write("units.csv", "id,name,role,owns,lon,lat,capacity,shifts\n"
                           "U1,Li,officer,B0,120.505,32.005,1,\n"
                           "U2,Wang,officer,B1,120.515,32.005,1,\n"
                           "U3,Zhao,officer,,120.501,32.001,2,\n"
                           "W1,Chen,gridWorker,G00,120.505,32.004,1,\n");
        write("duties.csv", "category,name,lead,joint,priority,accept_min,arrive_min,finish_min\n"
                            "03.2,noise,officer,gridWorker,2,3,15,120\n");
    }
    void TearDown() override { fs::remove_all(folder); }

    void write(const fs::path& name, const std::string& text) { std::ofstream(folder / name) << text; }
    void feed(const std::string& line) { std::ofstream(folder / "feed.ndjson", std::ios::app) << line; }
    std::string read(const fs::path& name) const {
        std::ifstream in(folder / name);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    static std::string square(const std::string& code, const std::string& beat, double lon, double lat,
                              double width, double height) {
        const double x0 = 120.5 + lon, y0 = 32.0 + lat, x1 = x0 + width, y1 = y0 + height;
        std::string ring; // not by printf: the locale may write commas
        for (const auto& [x, y] : {std::pair{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}})
            ring +=
                (ring.empty() ? "[" : ",[") + layers::fixedText(x, 6) + "," + layers::fixedText(y, 6) + "]";
        return R"({"type":"Feature","properties":{"code":")" + code + R"(","name":")" + code +
               R"(","level":"1","beat":")" + beat + R"("},"geometry":{"type":"Polygon","coordinates":[[)" +
               ring + "]]}}";
    }
    void collection(const fs::path& name, const std::string& features) {
        std::string text = features;
        for (std::size_t at = 0; (at = text.find("}{", at)) != text.npos;)
            text.replace(at, 2, "},{");
        write(name, R"({"type":"FeatureCollection","features":[)" + text + "]}");
    }
    std::shared_ptr<const City> city() {
        LoadOptions options;
        options.read.reader = "/proc/self/exe"; // main() of the test plays the reader
        auto loaded = loadCity(folder, options);
        EXPECT_TRUE(loaded.ok()) << (loaded.ok() ? "" : loaded.problem().message.code);
        for (const auto& finding : loaded.value()->findings)
            EXPECT_NE(finding.severity, layers::Finding::Severity::error)
                << layers::word(finding.message, layers::Language::english);
        return loaded.value();
    }
    std::unique_ptr<Session> open(const std::string& actor, bool feeds = true,
                                  std::chrono::milliseconds auditAfter = std::chrono::seconds(5),
                                  std::shared_ptr<const layers::Clock> clock = nullptr) {
        SessionOptions options;
        options.auditAfter = auditAfter;
        options.actor = actor, options.workstation = "ws-" + actor, options.feeds = feeds;
        options.clock = std::move(clock);
        auto session = Session::open(city(), options);
        EXPECT_TRUE(session.ok()) << (session.ok() ? "" : session.problem().message.code);
        return std::move(session).value();
    }
    // Waits until it holds; a minute is for a slow machine, not for us.
    template <class Holds>
    static bool until(const Holds& holds) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (!holds()) {
            if (std::chrono::steady_clock::now() > end)
                return false;
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        return true;
    }
    static std::string now() { return layers::isoUtc(layers::SystemClock().now()); }
    static std::string incident(const std::string& id) {
        return R"({"type":"incident","id":")" + id + R"(","time":")" + now() +
               R"(","lon":120.504,"lat":32.004,"category":"03.2","source":"110","text":"loud"})" + "\n";
    }
    static std::string said(const char* type, const std::string& id, const std::string& status) {
        return std::string(R"({"type":")") + type + R"(","id":")" + id +
               R"(","ticket":"T1001","unit":"U1","time":")" + now() + R"(","text":"done","status":")" +
               status + "\"}\n";
    }
    fs::path folder;
};

} // namespace vedette::dispatch::kit
