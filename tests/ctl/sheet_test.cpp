// SPDX-License-Identifier: GPL-3.0-or-later
// What the command line prints of a city as it was arranged in the window, by the real helper.
#include "child.h"

#include "layers/crs.h"
#include "layers/layer_file.h"

#include <QImage>
#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
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
    int magenta(const std::string& png) {
        const QImage image(QString::fromStdString((city / png).string()));
        EXPECT_FALSE(image.isNull());
        int found = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) {
                const QColor c = image.pixelColor(x, y);
                found += c.red() > 200 && c.blue() > 200 && c.green() < 90;
            }
        return found;
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
    const auto textOf = [&](const std::string& pdf) {
        QProcess process;
        process.start(QStringLiteral("pdftotext"),
                      {QStringLiteral("-layout"), QString::fromStdString((city / pdf).string()), QStringLiteral("-")});
        EXPECT_TRUE(process.waitForFinished(60'000));
        return QString::fromUtf8(process.readAllStandardOutput());
    };
    ASSERT_EQ(print("units.pdf").status, 0);
    ASSERT_EQ(print("none.pdf", {"--no-units"}).status, 0);
    EXPECT_TRUE(textOf("units.pdf").contains(QStringLiteral("free"))) << textOf("units.pdf").toStdString();
    EXPECT_FALSE(textOf("none.pdf").contains(QStringLiteral("free")));
    ASSERT_EQ(print("chinese.pdf", {"--chinese"}).status, 0);
    EXPECT_TRUE(textOf("chinese.pdf").contains(QStringLiteral("空闲")));
}

} // namespace
} // namespace vedette::ctl
