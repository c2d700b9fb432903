// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/recommend.h"
#include "layers/snapshot_builder.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace vedette::dispatch::testing {

// A city of n x n square grids, 400 m wide, each belonging to the beat of its column; grid codes "G<x>-<y>",
// beats "B<x>", one township "T" over all but the last row, whose grids lie in no township.
struct ChequeredCity {
    static constexpr double cell = 400, west = 500000, south = 3500000;
    int n;
    layers::WorkingCrs crs = layers::WorkingCrs::named("EPSG:4549").value();
    layers::TimeZone zone = layers::TimeZone::named("Asia/Shanghai").value();
    layers::Areas areas;

    explicit ChequeredCity(int size) : n(size) {
        using layers::AreaKind;
        std::vector<layers::Areas::Layer> layers;
        std::vector<Square> grids, beats;
        for (int x = 0; x < n; ++x) {
            for (int y = 0; y < n; ++y)
                grids.push_back({gridCode(x, y), beatCode(x), x, y, 1, 1});
            beats.push_back({beatCode(x), "", x, 0, 1, n});
        }
        layers.push_back({AreaKind::grid, snapshot("grids", grids)});
        layers.push_back({AreaKind::beat, snapshot("beats", beats)});
        layers.push_back({AreaKind::township, snapshot("townships", {{"T", "", 0, 0, n, n - 1}})});
        areas = layers::Areas::build(std::move(layers));
    }
    static std::string gridCode(int x, int y) { return "G" + std::to_string(x) + "-" + std::to_string(y); }
    static std::string beatCode(int x) { return "B" + std::to_string(x); }
    layers::Point middle(int x, int y) const { return {west + (x + 0.5) * cell, south + (y + 0.5) * cell}; }
    LonLat lonLat(double x, double y) const { return crs.toLonLat({west + x, south + y}); }

private:
    struct Square {
        std::string code, beat;
        int x, y, width, height;
    };
    static layers::Snapshot snapshot(const std::string& name, const std::vector<Square>& squares) {
        layers::SnapshotBuilder builder(name, {{"code"}, {"name"}, {"parent"}, {"level"}, {"beat"}});
        std::int64_t row = 0;
        for (const Square& s : squares) {
            const double x0 = west + s.x * cell, x1 = x0 + s.width * cell;
            const double y0 = south + s.y * cell, y1 = y0 + s.height * cell;
            builder.add(row++, layers::Shape::polygon,
                        {{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}, false}},
                        {s.code, s.code, "", "1", s.beat});
        }
        std::string folder = (std::filesystem::temp_directory_path() / "chequered-XXXXXX").string();
        EXPECT_NE(::mkdtemp(folder.data()), nullptr);
        const auto file = std::filesystem::path(folder) / "snapshot";
        EXPECT_TRUE(builder.write(file).ok());
        auto opened = layers::Snapshot::open(file);
        EXPECT_TRUE(opened.ok());
        std::filesystem::remove_all(folder); // the mapping stays
        return opened.value();
    }
};

// Feeds events to the fold by hand, as a store would.
class Fold {
public:
    explicit Fold(Instant at) : at_(at) {}
    State state;
    Event operator()(Payload payload) {
        Event event;
        event.envelope.seq = state.seq() + 1;
        event.envelope.kind = kindOf(payload);
        event.envelope.occurredAt = event.envelope.recordedAt = at_;
        event.payload = std::move(payload);
        state = apply(state, event);
        return event;
    }
    void at(Instant at) { at_ = at; }
    Event pin(const std::string& what, const std::string& content) {
        return (*this)(ReferencePinned{what, std::to_string(std::hash<std::string>{}(content)), what,
                                       std::make_shared<const std::string>(content)});
    }

private:
    Instant at_;
};

} // namespace vedette::dispatch::testing
