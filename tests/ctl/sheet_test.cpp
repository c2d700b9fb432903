// SPDX-License-Identifier: GPL-3.0-or-later
// What the command line prints of a city as it was arranged in the window, by the real helper.
#include "child.h"

#include "layers/crs.h"
#include "layers/layer_file.h"

#include <QImage>
#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

namespace vedette::ctl {
namespace {

namespace fs = std::filesystem;

class Sheet : public ::testing::Test {
protected:
    void SetUp() override {
        city = fs::path(folder.path().toStdString()) / "city";
        fs::copy(VEDETTE_SOURCE_DIR "/data/samples/binhai", city, fs::copy_options::recursive);
    }
    // A square of two kilometres about the middle of the city, and how it was arranged.
    void arrange(const std::string& scales, bool gone = false, std::optional<bool> groupShown = {}) {
        const auto crs = layers::WorkingCrs::named("EPSG:4549").value();
        std::string ring;
        for (const auto& [x, y] : {std::pair(-1, -1), {1, -1}, {1, 1}, {-1, 1}, {-1, -1}}) {
            const auto at = crs.toLonLat({613500 + x * 1000.0, 3544500 + y * 1000.0});
            ring += (ring.empty() ? "[" : ",[") + std::to_string(at.lon) + "," + std::to_string(at.lat) + "]";
        }
        if (!gone)
            std::ofstream(city / "flood.geojson")
                << R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Low ground"},)"
                   R"("geometry":{"type":"Polygon","coordinates":[[)" << ring << "]]}}]}";
        layers::KeptLayer added;
        added.id = "layer1", added.name = "Flood plain", added.spec.source = "flood.geojson";
        added.style = R"({"kind":"single","opacity":1,)" + scales +
                      R"("label":{"column":"name"},"classes":[{"fill":"#ffff00ff","outline":"#ffff00ff"}]})";
        layers::KeptLayer beats;
        beats.id = "beat";
        std::vector<layers::KeptLayer> all{added, beats};
        if (groupShown) {
            layers::KeptLayer head;
            head.id = "group1", head.name = "Water", head.head = true, head.visible = *groupShown;
            all[0].group = all[1].group = head.id;
            all.insert(all.begin(), head);
        }
        ASSERT_TRUE(layers::saveLayers(city, all).ok());
    }
    Ran print(const std::string& out, std::vector<std::string> more = {}) {
        std::vector<std::string> words{"sheet", city.string(), "--out", (city / out).string(), "--no-basemap",
                                       "--dpi", "80", "--json"};
        words.insert(words.end(), more.begin(), more.end());
        return ctl(words);
    }
    template <class Is>
    int pixels(const std::string& png, const Is& is) {
        const QImage image(QString::fromStdString((city / png).string()));
        EXPECT_FALSE(image.isNull());
        int found = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                found += is(image.pixelColor(x, y));
        return found;
    }
    int magenta(const std::string& png) {
        return pixels(png, [](QColor c) { return c.red() > 200 && c.blue() > 200 && c.green() < 90; });
    }
    // The upper half of the ramp on paper.
    int hot(const std::string& png) {
        return pixels(png, [](QColor c) { return c.red() > 150 && c.red() - c.green() > 50; });
    }
    // Borders of exclusive grids, and of beats, stations and bureaus.
    int exclusive(const std::string& png) {
        return pixels(png, [](QColor c) { return c.green() - c.red() > 25 && c.green() - c.blue() > 8; });
    }
    int strong(const std::string& png) {
        return pixels(png, [](QColor c) {
            return std::abs(c.red() - 0x5d) < 12 && std::abs(c.green() - 0x70) < 12 && std::abs(c.blue() - 0x80) < 12;
        });
    }
    std::string textOf(const std::string& pdf) {
        QProcess process;
        process.start(QStringLiteral("pdftotext"),
                      {QStringLiteral("-layout"), QString::fromStdString((city / pdf).string()), QStringLiteral("-")});
        EXPECT_TRUE(process.waitForFinished(60'000));
        return process.readAllStandardOutput().toStdString();
    }
    // As a window leaves it that is closed.
    void window(const std::string& lines) {
        fs::create_directories(city / ".vedette");
        std::ofstream(city / ".vedette" / "window.ini") << lines;
    }
    void rewrite(const std::string& from, const std::string& to) {
        std::ifstream file(city / "workspace.toml");
        std::string text(std::istreambuf_iterator<char>(file), {});
        const auto at = text.find(from);
        ASSERT_NE(at, std::string::npos);
        text.replace(at, from.size(), to);
        std::ofstream(city / "workspace.toml") << text;
    }
    QTemporaryDir folder;
    fs::path city;
};

TEST_F(Sheet, TheAddedLayersOfTheWindowStandOnIt) {
    arrange("");
    ASSERT_EQ(print("with.png").status, 0);
    EXPECT_GT(magenta("with.png"), 100);
    ASSERT_EQ(print("without.png", {"--no-added"}).status, 0);
    EXPECT_EQ(magenta("without.png"), 0);
}

TEST_F(Sheet, WhatIsInAGroupThatIsNotShownIsNotPrinted) {
    arrange("", false, true);
    ASSERT_EQ(print("shown.png").status, 0);
    EXPECT_GT(magenta("shown.png"), 100);
    const auto picture = [&](const char* png) { return QImage(QString::fromStdString((city / png).string())); };
    ASSERT_EQ(print("plain.png", {"--no-added"}).status, 0);
    arrange("", false, false);
    const Ran ran = print("hidden.png");
    ASSERT_EQ(ran.status, 0);
    EXPECT_TRUE(!ran.json().contains("problems") || ran.json()["problems"].empty()) << ran.out;
    EXPECT_EQ(magenta("hidden.png"), 0);
    EXPECT_NE(picture("hidden.png"), picture("plain.png")) << "the beats are in it, too";
}

TEST_F(Sheet, ALayerWhoseFileIsGoneIsNamedAndTheRestIsPrinted) {
    arrange("", true);
    const Ran ran = print("gone.png");
    ASSERT_EQ(ran.status, 0);
    ASSERT_EQ(ran.json()["problems"].size(), 1u) << ran.out;
    EXPECT_EQ(ran.json()["problems"][0]["code"], "layerNotPrinted");
    EXPECT_EQ(ran.json()["problems"][0]["args"]["layer"], "Flood plain");
}

TEST_F(Sheet, UnitsOnDutyStandOnItWithTheirStatus) {
    ASSERT_EQ(print("units.pdf").status, 0);
    ASSERT_EQ(print("none.pdf", {"--no-units"}).status, 0);
    EXPECT_NE(textOf("units.pdf").find("free"), std::string::npos) << textOf("units.pdf");
    EXPECT_EQ(textOf("none.pdf").find("free"), std::string::npos);
    ASSERT_EQ(print("chinese.pdf", {"--chinese"}).status, 0);
    EXPECT_NE(textOf("chinese.pdf").find("空闲"), std::string::npos);
    window("[map]\nlayers=beat, grid\n");
    ASSERT_EQ(print("off.pdf").status, 0);
    EXPECT_EQ(textOf("off.pdf").find("free"), std::string::npos) << "the window doesn't show them";
}

TEST_F(Sheet, RiskHeatStandsOnItWhenItIsAskedFor) {
    ASSERT_EQ(print("cold.png", {"--no-units"}).status, 0);
    ASSERT_EQ(print("hot.png", {"--no-units", "--heat"}).status, 0);
    EXPECT_LT(hot("cold.png"), 20);
    EXPECT_GT(hot("hot.png"), 500);
    ASSERT_EQ(print("hot.pdf", {"--heat", "--bandwidth", "1500"}).status, 0);
    EXPECT_NE(textOf("hot.pdf").find("/km²/day"), std::string::npos) << textOf("hot.pdf");
    window("[heat]\nscale=37\n"); // far above what there is: what was hot isn't on that scale
    ASSERT_EQ(print("scaled.pdf", {"--heat", "--chinese"}).status, 0);
    EXPECT_NE(textOf("scaled.pdf").find("≥ 37 "), std::string::npos) << textOf("scaled.pdf");
    ASSERT_EQ(print("scaled.png", {"--no-units", "--heat"}).status, 0);
    EXPECT_LT(hot("scaled.png"), hot("hot.png") - 200) << "only the legend's";
}

TEST_F(Sheet, HeatThatCannotBeMadeIsRefusedWithItsCause) {
    const auto code = [&](const std::vector<std::string>& more) {
        const Ran ran = print("none.png", more);
        EXPECT_FALSE(fs::exists(city / "none.png"));
        return std::pair(ran.status, ran.json()["error"]["code"].get<std::string>());
    };
    EXPECT_EQ(code({"--heat", "--category", "nosuch"}), std::pair(1, std::string("heatNothingMeant")));
    EXPECT_EQ(code({"--heat", "--hours", "nine"}), std::pair(2, std::string("hoursUnreadable")));
    EXPECT_EQ(print("none.png", {"--bandwidth", "300"}).status, 2) << "an option of a heat that isn't asked for";
    const Ran far = print("far.png", {"--heat", "--from", "2026-11-20T14:00:00", "--extent", "100,20,100.1,20.1"});
    EXPECT_EQ(far.status, 0);
    ASSERT_EQ(far.json()["problems"].size(), 1u) << far.out;
    EXPECT_EQ(far.json()["problems"][0]["code"], "sheetHeatElsewhere");
    std::ofstream(city / "empty.csv") << "id,time,category,lon,lat,severity,text,area\n";
    rewrite("incidents.csv", "empty.csv");
    EXPECT_EQ(code({"--heat"}).second, "heatHistoryEmpty");
}

TEST_F(Sheet, TheCitysOwnAreasHaveTheColoursTheyWereGiven) {
    const auto style = [&](const std::string& json, const std::string& filter = {}) {
        std::vector<layers::KeptLayer> all(4);
        all[0].id = "beat", all[0].style = json, all[0].filter = filter;
        all[1].id = "grid", all[2].id = "county", all[3].id = "city";
        ASSERT_TRUE(layers::saveLayers(city, all).ok());
    };
    const std::string classes = R"("column":"code","classes":[{"value":"none","fill":"#ff00ff00"},)"
                                R"({"value":"","label":"Round town","fill":"#ffff00ff"}]})";
    style(R"({"kind":"categorised","opacity":1,)" + classes);
    ASSERT_EQ(print("classes.png", {"--no-units"}).status, 0);
    const int all = magenta("classes.png");
    EXPECT_GT(all, 10000);
    ASSERT_EQ(print("classes.pdf", {"--no-units"}).status, 0);
    EXPECT_NE(textOf("classes.pdf").find("Beats · Round town"), std::string::npos) << textOf("classes.pdf");
    style(R"({"kind":"categorised","opacity":1,)" + classes, "name like '长亭%'");
    ASSERT_EQ(print("some.png", {"--no-units"}).status, 0);
    EXPECT_GT(magenta("some.png"), 500);
    EXPECT_LT(magenta("some.png"), all / 2);
    style(R"({"kind":"categorised","opacity":0.2,)" + classes);
    ASSERT_EQ(print("faint.png", {"--no-units"}).status, 0);
    EXPECT_EQ(magenta("faint.png"), 0);
    style(R"({"kind":"single","opacity":1,"classes":[{"outline":"#ffff00ff","width":1.5}]})");
    ASSERT_EQ(print("lines.png", {"--no-units"}).status, 0);
    EXPECT_GT(magenta("lines.png"), 500);
    EXPECT_LT(magenta("lines.png"), all / 2);
}

TEST_F(Sheet, HeatWithoutAreasIsOfTheWholeHistory) {
    std::ifstream in(city / "workspace.toml");
    std::string line, kept;
    for (bool areas = false; std::getline(in, line);) {
        if (line.starts_with("["))
            areas = line.starts_with("[[areas");
        if (!areas)
            kept += line + "\n";
    }
    const auto points = [&] {
        const Ran ran = ctl(
            {"heat", city.string(), "--bandwidth", "400", "--out", (city / "heat.tif").string(), "--json"});
        EXPECT_EQ(ran.status, 0) << ran.err;
        return ran.json()["points"].get<int>();
    };
    const int within = points();
    EXPECT_GT(within, 1000);
    std::ofstream(city / "workspace.toml") << kept;
    EXPECT_GE(points(), within);
}

TEST_F(Sheet, TheOwnLayersOfTheCityAreThoseThatTheWindowShows) {
    ASSERT_EQ(print("none.png", {"--no-units"}).status, 0);
    EXPECT_LT(exclusive("none.png"), 20) << "no window was closed yet: as they come, and these come hidden";
    EXPECT_GT(strong("none.png"), 400);
    window("[map]\nlayers=exclusive, county, grid\n");
    ASSERT_EQ(print("on.png", {"--no-units"}).status, 0);
    EXPECT_GT(exclusive("on.png"), 100);
    EXPECT_LT(strong("on.png"), strong("none.png") / 10) << "beats, stations and bureaus are off";
    window("[map]\nlayers=grid\n");
    ASSERT_EQ(print("atlas.pdf", {"--no-units", "--atlas", "bureau"}).status, 0);
    EXPECT_NE(textOf("atlas.pdf").find("Bureaus"), std::string::npos) << "what the pages are about is there";
    EXPECT_EQ(textOf("atlas.pdf").find("Beats"), std::string::npos);
}

TEST_F(Sheet, AnOwnLayerIsAsFaintAsTheWindowMakesIt) {
    window("[map]\nlayers=beat\n");
    ASSERT_EQ(print("full.png", {"--no-units"}).status, 0);
    layers::KeptLayer beats;
    beats.id = "beat", beats.style = R"({"kind":"single","opacity":0.3,"classes":[{}]})";
    ASSERT_TRUE(layers::saveLayers(city, {beats}).ok());
    const Ran ran = print("faint.png", {"--no-units"});
    ASSERT_EQ(ran.status, 0);
    EXPECT_TRUE(ran.json()["problems"].empty()) << ran.out;
    EXPECT_GT(strong("full.png"), 200);
    EXPECT_LT(strong("faint.png"), strong("full.png") / 4);
}

} // namespace
} // namespace vedette::ctl
