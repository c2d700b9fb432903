// SPDX-License-Identifier: GPL-3.0-or-later
// Projects whose drawing takes more than the real helper may have.
#include "project_on_disk.h"
#include "waiting.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace vedette::map {
namespace {

using State = CartographerClient::State;
using namespace std::chrono_literals;

const View onTheSquare{{500000, 3320113.398}, 10, {400, 400}, 1};
const View elsewhere{{400000, 3320113.398}, 10, {400, 400}, 1}; // so the square's name is not made

class Excess : public testing::Test {
protected:
    QString at(const QString& name) const { return folder.filePath(name); }
    void writeSquare(const QString& label) {
        writeFile(at("square.geojson"), squareAsGeoJson("海滨公园"));
        writeFile(at("base.qgs"),
                  projectText({{"square_20260101", "区域", "./square.geojson", "200,30,40,255", label}}));
    }
    CartographerClient::Settings settings() const {
        CartographerClient::Settings made;
        made.program = VEDETTE_BIN_DIR "/vedette-cartographer";
        made.project = at("base.qgs").toStdString();
        made.crs = "EPSG:4549";
        made.firstBackOff = 50ms;
        return made;
    }
    void endedByMemory(const QString& label);
    QTemporaryDir folder;
};

// Shown once, then asked for what ends the helper: says why, keeps the frame it has, does not ask a third time.
void endsHelper(CartographerClient& client, Record& record, const View& good, const View& bad,
                const layers::Message& why) {
    client.start();
    client.request(good);
    ASSERT_TRUE(soon([&] { return record.frames.size() == 1; }, 60000)) << client.reason().code;
    client.request(bad);
    ASSERT_TRUE(soon([&] { return record.count(State::restarting) == 2; }, 120000)) << client.reason().code;
    EXPECT_EQ(record.firstWith(State::restarting)->reason, why) << argument(client.reason(), "signal");
    ASSERT_TRUE(soon([&] { return client.state() == State::ready; }, 60000));
    EXPECT_EQ(record.frames.size(), 1u);
    client.request(good);
    ASSERT_TRUE(soon([&] { return record.frames.size() == 2; }, 60000));
    EXPECT_EQ(record.frames[1].image, record.frames[0].image);
}

void Excess::endedByMemory(const QString& label) {
    writeSquare(label);
    auto little = settings();
    little.memoryBytes = std::int64_t{1536} << 20;
    CartographerClient client(little);
    Record record(client);
    endsHelper(client, record, elsewhere, onTheSquare, {"cartographerOutOfMemory", {{"mib", "1536"}}});
}

TEST_F(Excess, ADrawingThatSpinsIsEndedByItsShareOfProcessorTime) {
    writeSquare("array_max(array_foreach(generate_series(1, 30000), array_max(array_foreach(generate_series(1, 30000), "
                "sin(@element + length(\"name\"))))))");
    auto little = settings();
    little.cpuSeconds = 3;
    CartographerClient client(little);
    Record record(client);
    endsHelper(client, record, elsewhere, onTheSquare, {"cartographerCrashed", {{"signal", "SIGXCPU"}}});
}

TEST_F(Excess, ManySmallListsThatTakeTooMuchMemoryEndTheHelperAndNotTheMap) {
    endedByMemory("array_length(array_foreach(generate_series(1, 1000000), "
                  "generate_series(@element, @element + 1000 + length(\"name\"))))");
}

TEST_F(Excess, OneTextThatTakesTooMuchMemoryEndsItToo) { // QGIS would survive it, with the layer left out
    endedByMemory("length(lpad(\"name\", 1500000000, 'y'))");
}

} // namespace
} // namespace vedette::map
