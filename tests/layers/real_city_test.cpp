// SPDX-License-Identifier: GPL-3.0-or-later
// Areas, roads and places of real cities, through the reader.
#include "layers/gazetteer.h"

#include "geos_oracle.h"
#include "reader_ground.h"

#include <gmock/gmock.h>
#include <map>
#include <set>

using namespace vedette::layers;

namespace {

class RealCity : public ReaderTest {
protected:
    std::optional<Snapshot> shared(const std::string& file, std::map<std::string, std::string> columns = {},
                                   Datum datum = Datum::wgs84) {
        const auto path = std::filesystem::path(VEDETTE_SHARED_DATA) / file;
        const auto copy = folder.path() / path.filename();
        std::error_code error;
        std::filesystem::copy_file(path, copy, error);
        if (error)
            return std::nullopt;
        SourceSpec spec;
        spec.source = copy.filename().string();
        spec.columns = std::move(columns);
        spec.datum = datum;
        auto read = readSource(workspace, spec, options);
        if (!read) {
            ADD_FAILURE() << said(read.problem());
            return std::nullopt;
        }
        return read.value();
    }
};

} // namespace

#define NEEDS(snapshot)                                                                                      \
    if (!snapshot)                                                                                           \
    GTEST_SKIP() << "the real data is not here"

TEST_F(RealCity, WashingtonsIncidentsLieWhereGeosSaysAndInOneServiceAreaEach) {
    workspace.crs = "EPSG:26985";
    const auto districts = shared("dc-2016/police-districts-mpd.geojson", {{"code", "DISTRICT"}});
    NEEDS(districts);
    const auto services = shared("dc-2016/police-service-areas-psa.geojson", {{"code", "NAME"}});
    const auto incidents = shared("dc-2016/crime-incidents-last-30-days.geojson");
    NEEDS(services);
    NEEDS(incidents);
    std::vector<Finding> findings;
    const Areas areas =
        Areas::build({{AreaKind::station, *districts}, {AreaKind::beat, *services}}, &findings);
    ASSERT_EQ(areas.size(), 7u + 56u);
    const GeosOracle geos(areas);
    std::size_t asked = 0;
    for (std::size_t i = 0; i < incidents->size(); ++i) {
        if (incidents->shape(i) != Shape::point)
            continue;
        ++asked;
        const Point at = incidents->part(i, 0).points[0];
        auto ours = areas.at(at);
        const auto beats = std::count_if(ours.begin(), ours.end(),
                                         [&](AreaIndex a) { return areas[a].kind == AreaKind::beat; });
        EXPECT_EQ(beats, 1);
        std::sort(ours.begin(), ours.end());
        ASSERT_EQ(ours, geos.covering(at)) << i;
    }
    EXPECT_EQ(asked, 2898u);
}

TEST_F(RealCity, WashingtonsRoadsCrossWhereTheirNamesSay) {
    workspace.crs = "EPSG:26985";
    const auto lines =
        shared("dc-2016/major-roads.geojson",
               {{"name", "ST_NAME"}, {"class", "FUNCTIONALCLASS"}, {"oneway", "DIRECTIONALITY"}});
    NEEDS(lines);
    const Roads roads = Roads::build({*lines});
    EXPECT_GT(roads.nodeCount(), 1000u);
    const Gazetteer gazetteer = Gazetteer::build({}, roads, {}, WorkingCrs::named("EPSG:26985").value());
    const auto found = gazetteer.search("connecticut ave & k st", 3);
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].kind, Place::Kind::crossing);
    EXPECT_THAT(found[0].name, testing::HasSubstr("Connecticut"));
    const auto way = roads.path(found[0].at, roads.point(0));
    if (!way.empty()) {
        EXPECT_EQ(way.back(), roads.point(0));
    }
}

TEST_F(RealCity, ChineseCountiesAreFoundByPinyinAndInitials) {
    workspace.crs = "EPSG:4549";
    const auto counties =
        shared("cn-adcode/five_places_counties.geojson", {{"code", "adcode"}}, Datum::gcj02);
    NEEDS(counties);
    const Areas areas = Areas::build({{AreaKind::county, *counties}});
    EXPECT_EQ(areas.size(), 27u);
    const Gazetteer gazetteer = Gazetteer::build({}, {}, areas, WorkingCrs::named("EPSG:4549").value());
    for (const char* typed : {"rugao", "rgs", "如皋", "如皋市", "320682"}) {
        const auto found = gazetteer.search(typed, 1);
        ASSERT_FALSE(found.empty()) << typed;
        EXPECT_EQ(found[0].name, "如皋市") << typed;
        const auto index = areas.byCode("320682");
        ASSERT_TRUE(index);
        EXPECT_TRUE(areas.covers(*index, found[0].at));
    }
}
