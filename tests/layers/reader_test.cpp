// SPDX-License-Identifier: GPL-3.0-or-later
#include "reader_ground.h"

#include "layers/number_text.h"

#include <cmath>
#include <thread>

using namespace vedette::layers;

namespace {

constexpr const char* incidents = "id,time,lon,lat\n001,2026-01-02 03:04:05,120.5,32.1\n002,,121.5,\n";

std::string feature(const std::string& geometry, const std::string& properties = "{}") {
    return R"({"type":"Feature","properties":)" + properties + R"(,"geometry":)" + geometry + "}";
}

std::string collection(const std::vector<std::string>& features) {
    std::string out = R"({"type":"FeatureCollection","features":[)";
    for (const auto& one : features)
        out += (out.back() == '[' ? "" : ",") + one;
    return out + "]}";
}

} // namespace

using Reader = ReaderTest;

TEST_F(Reader, TableWithCoordinatesKeepsItsTextsAsWritten) {
    folder.write("i.csv", incidents);
    workspace.crs = "EPSG:4549";
    const auto read_ = read("i.csv");
    ASSERT_TRUE(read_) << said(read_.problem());
    const Snapshot& s = read_.value();
    ASSERT_EQ(s.size(), 2u);
    EXPECT_EQ(s.text(0, s.field("id")), "001"); // no number was made of it
    EXPECT_EQ(s.shape(0), Shape::point);
    const LonLat back = WorkingCrs::named("EPSG:4549").value().toLonLat(s.part(0, 0).points[0]);
    EXPECT_NEAR(back.lon, 120.5, 1e-9);
    EXPECT_NEAR(back.lat, 32.1, 1e-9);
    EXPECT_EQ(s.shape(1), Shape::none);
    EXPECT_TRUE(s.isNull(1, s.field("time")));
    EXPECT_EQ(s.sha256().size(), 64u);
}

TEST_F(Reader, ManyDialectsOfOnePoint) {
    const std::vector<std::pair<const char*, const char*>> dialects{
        {"a.csv", "name;Länge;lat;lng\nx;1;32,5;120,25\n"},
        {"b.csv", "name,Location\nx,\"(32.5, 120.25)\"\n"},
        {"c.csv", "name,经度,纬度\nx,120.25,32.5\n"},
        {"d.csv", "name,WKT\nx,POINT (120.25 32.5)\n"},
        {"e.csv", "name,longitude,latitude\nx,\"120°15'00\"\"E\",\"32°30'00\"\"N\"\n"},
        {"f.csv", "name,x,y\rx,120.25,32.5\r"},
        {"g.tsv", "name\tlon\tlat\nx\t120.25\t32.5\n"},
        {"h.geojson", R"({"type":"Point","coordinates":[120.25,32.5]})"},
        {"i.csv", "\xEF\xBB\xBFlon,lat,name\r\n120.25,32.5,x\r\n"},
    };
    for (const auto& [name, content] : dialects) {
        folder.write(name, content);
        const auto result = read(name);
        ASSERT_TRUE(result) << name << ": " << said(result.problem());
        ASSERT_EQ(result.value().size(), 1u) << name;
        ASSERT_EQ(result.value().shape(0), Shape::point) << name << " " << found(result.value());
        const LonLat at =
            WorkingCrs::named("EPSG:3857").value().toLonLat(result.value().part(0, 0).points[0]);
        EXPECT_NEAR(at.lon, 120.25, 1e-8) << name;
        EXPECT_NEAR(at.lat, 32.5, 1e-8) << name;
    }
}

TEST_F(Reader, MappingNamesConstantsAndMissingColumns) {
    folder.write("u.csv", "NUMMER,Name,lon,lat\n7,Li,120,32\n");
    SourceSpec spec;
    spec.source = "u.csv";
    spec.columns = {{"id", "nummer"}};
    spec.constants = {{"role", "officer"}};
    const auto mapped = readSource(workspace, spec, options);
    ASSERT_TRUE(mapped) << said(mapped.problem());
    EXPECT_EQ(mapped.value().text(0, mapped.value().field("id")), "7");
    EXPECT_EQ(mapped.value().text(0, mapped.value().field("name")), "Li");
    EXPECT_EQ(mapped.value().text(0, mapped.value().field("role")), "officer");
    spec.columns = {{"id", "number"}};
    const auto missing = readSource(workspace, spec, options);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.problem().message.code, "columnMissing");
    EXPECT_NE(said(missing.problem()).find("NUMMER?"), std::string::npos) << said(missing.problem());
}

TEST_F(Reader, PlainTableLoadsWithoutPlacesUnlessPointsAreDue) {
    folder.write("d.csv", "category,name\n1,noise\n");
    const auto plain = read("d.csv");
    ASSERT_TRUE(plain) << said(plain.problem());
    EXPECT_EQ(plain.value().shape(0), Shape::none);
    EXPECT_EQ(found(plain.value()), "");
    options.pointsDue = true;
    EXPECT_EQ(read("d.csv").problem().message.code, "noCoordinates");
}

TEST_F(Reader, BrokenGeometryIsRepairedOrLeftOutAndAlwaysReportedWithItsRow) {
    workspace.crs = "EPSG:4549";
    folder.write(
        "g.geojson",
        collection(
            {feature("[0]"), feature("null"),
             feature(R"({"type":"Polygon","coordinates":[[[120,32],[121,33],[121,32],[120,33],[120,32]]]})"),
             feature(R"({"type":"Point","coordinates":[32,120.5]})"),
             feature(R"({"type":"Point","coordinates":[0,0]})"),
             feature(
                 R"({"type":"Polygon","coordinates":[[[120,32],[120,33],[121,33],[121,32],[120,32]]]})")}));
    const auto result = read("g.geojson");
    ASSERT_TRUE(result) << said(result.problem());
    const Snapshot& s = result.value();
    ASSERT_EQ(s.size(), 6u);
    const std::string codes = found(s);
    EXPECT_NE(codes.find("geometryNull@1"), std::string::npos) << codes;
    EXPECT_NE(codes.find("polygonRepaired@2"), std::string::npos) << codes;
    EXPECT_NE(codes.find("latLonSwapped@3"), std::string::npos) << codes;
    EXPECT_NE(codes.find("coordinatesZero@4"), std::string::npos) << codes;
    EXPECT_EQ(s.shape(4), Shape::none);
    for (const Finding& finding : s.findings())
        if (finding.message.code == "polygonRepaired") {
            EXPECT_NE(word(finding.message, Language::english).find("120.5 32.5"), std::string::npos);
        }
    EXPECT_EQ(s.partCount(2), 2u);
    for (const std::size_t row : {std::size_t(2), std::size_t(5)}) // outers run counter-clockwise, closed
        for (std::size_t part = 0; part < s.partCount(row); ++part) {
            const auto points = s.part(row, part).points;
            EXPECT_EQ(points.front(), points.back());
            double twice = 0;
            for (std::size_t i = 0; i + 1 < points.size(); ++i)
                twice += (points[i].x - points[0].x) * (points[i + 1].y - points[0].y) -
                         (points[i + 1].x - points[0].x) * (points[i].y - points[0].y);
            EXPECT_GT(twice, 0);
        }
}

// Over 180 degrees as one ring and cut there, at the pole, on the far side of the Earth.
constexpr const char* unsplit =
    R"({"type":"Polygon","coordinates":[[[179,50],[-179,50],[-179,51],[179,51],[179,50]]]})";
constexpr const char* split = R"({"type":"MultiPolygon","coordinates":[
 [[[179,50],[180,50],[180,51],[179,51],[179,50]]],[[[-180,50],[-179,50],[-179,51],[-180,51],[-180,50]]]]})";

double areaOf(const Snapshot& s, std::size_t feature) {
    double twice = 0;
    for (std::size_t part = 0; part < s.partCount(feature); ++part) {
        const auto points = s.part(feature, part).points;
        for (std::size_t i = 0; i + 1 < points.size(); ++i)
            twice += (points[i].x - points[0].x) * (points[i + 1].y - points[0].y) -
                     (points[i + 1].x - points[0].x) * (points[i].y - points[0].y);
    }
    return twice / 2;
}

TEST_F(Reader, TheAntimeridianAndThePolesAreWhereTheyAreOrLeftOut) {
    workspace.crs = "EPSG:4549"; // CGCS2000, Gauss-Krueger, 120 E
    folder.write("far.geojson",
                 collection({feature(unsplit), feature(split),
                             feature(R"({"type":"Polygon","coordinates":[[[-62,-1],[-58,-1],[-58,1],[-62,1],[-62,-1]]]})"),
                             feature(R"({"type":"Point","coordinates":[121,90]})"),
                             feature(R"({"type":"LineString","coordinates":[[121,32],[-60,3],[-60,-3]]})"),
                             feature(R"({"type":"Point","coordinates":[121,95]})")}));
    const auto result = read("far.geojson");
    ASSERT_TRUE(result) << said(result.problem());
    const Snapshot& s = result.value();
    EXPECT_LT(s.box(0).width(), 300e3);
    EXPECT_NEAR(areaOf(s, 0), areaOf(s, 1), 0.02 * areaOf(s, 1)) << "the short way round, as if it were cut";
    EXPECT_EQ(s.shape(2), Shape::none) << s.box(2).height();
    EXPECT_EQ(s.shape(4), Shape::none) << s.box(4).height();
    EXPECT_EQ(s.shape(5), Shape::none);
    EXPECT_NEAR(s.box(3).minY, 10001966, 1) << "a quarter of a meridian from the equator";
    EXPECT_NEAR(s.box(3).minX, 500000, 1);
    const std::string codes = found(s);
    for (const char* code : {"shapeTorn@2", "shapeTorn@4", "coordinatesDropped@5"})
        EXPECT_NE(codes.find(code), std::string::npos) << codes;
    EXPECT_EQ(codes.find("@0"), std::string::npos) << codes;
    EXPECT_EQ(codes.find("@3"), std::string::npos) << codes;
    EXPECT_LT(s.extent().height(), 2e7) << "nothing stretches over the map";
}

TEST_F(Reader, InMercatorTheAntimeridianIsTornAndThePoleIsNowhere) {
    workspace.crs = "EPSG:3857";
    folder.write("far.geojson",
                 collection({feature(unsplit), feature(split), feature(R"({"type":"Point","coordinates":[0,90]})"),
                             feature(R"({"type":"Polygon","coordinates":[[[-170,80],[170,80],[170,90],[-170,90],[-170,80]]]})"),
                             feature(R"({"type":"Polygon","coordinates":[[[-170,-60],[-60,-60],[60,-60],[170,-60],[170,70],[-170,70],[-170,-60]]]})")}));
    const auto result = read("far.geojson");
    ASSERT_TRUE(result) << said(result.problem());
    const Snapshot& s = result.value();
    EXPECT_EQ(s.shape(0), Shape::none) << s.box(0).width();
    EXPECT_EQ(s.partCount(1), 2u);
    EXPECT_EQ(s.shape(2), Shape::none);
    EXPECT_EQ(s.shape(3), Shape::none);
    const std::string codes = found(s);
    for (const char* code : {"shapeTorn@0", "coordinatesDropped@2", "shapeTorn@3"})
        EXPECT_NE(codes.find(code), std::string::npos) << codes;
}

TEST_F(Reader, MetresBeyondTheEarthAreNoPlace) {
    workspace.crs = "EPSG:4549";
    folder.write("m.csv", "id,WKT\n1,POINT (1e300 3500000)\n2,POINT (39500000 3500000)\n"
                          "3,\"POLYGON ((500000 3500000, 1e300 3500000, 500100 3500100, 500000 3500100, 500000 3500000))\"\n");
    SourceSpec spec;
    spec.source = "m.csv", spec.crs = "EPSG:4549";
    const auto result = readSource(workspace, spec, options);
    ASSERT_TRUE(result) << said(result.problem());
    const std::string codes = found(result.value());
    EXPECT_NE(codes.find("coordinatesDropped@0"), std::string::npos) << codes;
    EXPECT_NE(codes.find("coordinatesDropped@2"), std::string::npos) << codes;
    EXPECT_EQ(codes.find("@1"), std::string::npos) << codes;
    EXPECT_LT(result.value().extent().width(), 1e8);
}

TEST_F(Reader, GcjCoordinatesComeBackToWgs) {
    workspace.crs = "EPSG:4549";
    const LonLat there{120.86, 32.01}, bent = fromWgs84(there, Datum::gcj02);
    folder.write("p.csv", "lon,lat\n" + fixedText(bent.lon, 12) + "," + fixedText(bent.lat, 12) + "\n");
    SourceSpec spec;
    spec.source = "p.csv";
    spec.datum = Datum::gcj02;
    const auto result = readSource(workspace, spec, options);
    ASSERT_TRUE(result);
    const Point expected = WorkingCrs::named("EPSG:4549").value().toWorking(there);
    const Point got = result.value().part(0, 0).points[0];
    EXPECT_NEAR(got.x, expected.x, 1e-3);
    EXPECT_NEAR(got.y, expected.y, 1e-3);
}

TEST_F(Reader, UndeclaredAndDeclaredEncodings) {
    const std::string gbk = "name,lon,lat\n\xC4\xCF\xCD\xA8\xCA\xD0,120,32\n"; // 南通市
    folder.write("gbk.csv", gbk);
    const auto guessed = read("gbk.csv");
    ASSERT_TRUE(guessed);
    EXPECT_EQ(guessed.value().text(0, 0), "南通市");
    EXPECT_EQ(found(guessed.value()), "encodingGuessed");
    SourceSpec spec;
    spec.source = "gbk.csv";
    spec.encoding = "CP936";
    const auto declared = readSource(workspace, spec, options);
    EXPECT_EQ(declared.value().text(0, 0), "南通市");
    EXPECT_EQ(found(declared.value()), "");
    spec.encoding = "KLINGON";
    EXPECT_EQ(readSource(workspace, spec, options).problem().message.code, "sourceEncodingUnknown");
    folder.write("latin.csv", "name,lon,lat\nCaf\xE9 de la R\xE9publique,2,48\n");
    EXPECT_EQ(read("latin.csv").value().text(0, 0), "Café de la République");
}

TEST_F(Reader, MissingCrsLayerAndFilterAreNamed) {
    EXPECT_EQ(read("none.gpkg").problem().message.code, "fileMissing");
    EXPECT_EQ(read("none.gpkg").problem().kind, Problem::Kind::environment);
    folder.write("p.csv", "id,lon,lat\n1,120,32\n2,121,33\n");
    EXPECT_EQ(read("p.csv|layername=roads").problem().message.code, "layerMissing");
    EXPECT_EQ(read("p.csv|subset=nonsense === 3").problem().message.code, "subsetBroken");
    EXPECT_EQ(read("p.csv|subset=id = '2'").value().size(), 1u);
    SourceSpec spec;
    spec.source = "p.csv";
    spec.crs = "EPSG:0815";
    EXPECT_EQ(readSource(workspace, spec, options).problem().message.code, "crsUnreadable");
    folder.write("noise.shp", std::string(300, 'x'));
    EXPECT_EQ(read("noise.shp").problem().message.code, "sourceUnreadable");
    options.reader = "/nowhere/vedettectl";
    EXPECT_EQ(read("p.csv").problem().message.code, "readerMissing");
}

TEST_F(Reader, NetworkAndForeignFoldersAreRefused) {
    for (const char* source :
         {"https://example.org/a.geojson", "/vsicurl/http://example.org/a.shp", "PG:dbname=x",
          "WFS:http://example.org", "/vsizip//vsicurl/https://example.org/a.zip"})
        EXPECT_EQ(read(source).problem().message.code, "networkRefused") << source;
    const TemporaryFolder elsewhere;
    elsewhere.write("secret.csv", incidents);
    const auto vrt = [&](const std::string& target) {
        return "<OGRVRTDataSource><OGRVRTLayer name=\"secret\"><SrcDataSource>" + target +
               "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>";
    };
    folder.write("out.vrt", vrt((elsewhere.path() / "secret.csv").string()));
    EXPECT_EQ(read("out.vrt").problem().message.code, "outsideFolder");
    workspace.allowFolders = {elsewhere.path().string()};
    EXPECT_TRUE(read("out.vrt"));
    elsewhere.write("secret.csv", "a,b\n1,2\n3,4\n5,6\n"); // as it is now, not as it was cached
    EXPECT_EQ(read("out.vrt").value().size(), 3u);
    workspace.allowFolders.clear();
    EXPECT_EQ(read("out.vrt").problem().message.code, "outsideFolder");
    folder.write("net.vrt", vrt("/vsicurl/http://127.0.0.1:9/x.csv"));
    EXPECT_EQ(read("net.vrt").problem().message.code, "networkRefused");
    folder.write("secret.csv", incidents);
    folder.write("in.vrt", vrt((folder.path() / "secret.csv").string()));
    EXPECT_TRUE(read("in.vrt"));
    // What the workspace itself names may lie anywhere.
    EXPECT_TRUE(read((elsewhere.path() / "secret.csv").string()));
}

TEST_F(Reader, EntityBombAndTruncatedKmlHurtOnlyTheChild) {
    std::string bomb =
        "<?xml version=\"1.0\"?>\n<!DOCTYPE kml [<!ENTITY a0 \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\">\n";
    for (int i = 1; i < 12; ++i) {
        bomb += "<!ENTITY a" + std::to_string(i) + " \"";
        for (int k = 0; k < 12; ++k)
            bomb += "&a" + std::to_string(i - 1) + ";";
        bomb += "\">\n";
    }
    bomb +=
        "]>\n<kml "
        "xmlns=\"http://www.opengis.net/kml/2.2\"><Document><Placemark><name>&a11;</name><Point><coordinates>"
        "1,2</coordinates></Point></Placemark></Document></kml>";
    folder.write("bomb.kml", bomb);
    folder.write("bomb.gml", bomb);
    folder.write("cut.kml",
                 "<?xml version=\"1.0\"?><kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><Folder>"
                 "<Placemark><name>x</name><Point><coordin");
    options.timeLimit = std::chrono::seconds(4);
    options.memoryLimit = 1ull << 30;
    for (const char* name : {"bomb.kml", "bomb.gml", "cut.kml"}) {
        const auto start = std::chrono::steady_clock::now();
        const auto result = read(name);
        EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(12)) << name;
        ASSERT_FALSE(result) << name << " " << found(result.value());
        EXPECT_TRUE(hasWording(result.problem().message.code, Language::english));
        std::cout << said(result.problem()) << "\n";
    }
}

TEST_F(Reader, AReaderThatHangsCrashesOrBabblesIsAProblemInTime) {
    folder.write("p.csv", incidents);
    const auto stub = [&](const std::string& name, const std::string& script) {
        const auto file = folder.write(name, "#!/bin/sh\n" + script + "\n");
        std::filesystem::permissions(file, std::filesystem::perms::owner_all);
        options.reader = file;
        const auto result = read("p.csv");
        return result ? "ok" : result.problem().message.code;
    };
    options.timeLimit = std::chrono::seconds(1);
    EXPECT_EQ(stub("hangs", "while :; do :; done"), "readerTimeout");
    EXPECT_EQ(stub("closes", "exec 3>&-; while :; do :; done"), "readerTimeout");
    EXPECT_EQ(stub("crashes", "kill -SEGV $$"), "readerCrashed");
    EXPECT_EQ(stub("swells", "exit 101"), "readerMemory");
    EXPECT_EQ(stub("silent", "exit 0"), "readerCrashed");
    EXPECT_EQ(stub("babbles", "head -c 100000 /dev/zero >&3"), "readerCrashed");
}

TEST_F(Reader, MemoryLimitHoldsForTheChildOnly) {
    std::string rows = "id,lon,lat\n";
    for (int i = 0; i < 300'000; ++i)
        rows += std::to_string(i) + "-" + std::string(200, 'x') + ",120.1,32.1\n";
    folder.write("wide.csv", rows);
    options.memoryLimit = 400ull << 20;
    const auto result = read("wide.csv");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.problem().message.code, "readerMemory");
}

// What reads GeoJSON aborts where memory ends.
TEST_F(Reader, AbortsForWantOfMemoryAreSaidToBeThat) {
    std::string ring = "[120,32]";
    for (int i = 0; i < 2'000'000; ++i)
        ring += ",[120.1,32.1]";
    folder.write("long.geojson",
                 collection({feature(R"({"type":"LineString","coordinates":[)" + ring + "]}")}));
    options.memoryLimit = 600ull << 20;
    const auto result = read("long.geojson");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.problem().message.code, "readerMemory") << said(result.problem());
}

TEST_F(Reader, APolygonOfMoreThanAMillionVerticesIsTakenAsItIs) {
    std::string ring = "120 32, 121 33, 121 32, 120 33"; // crosses itself
    for (int i = 0; i < 1'000'000; ++i)
        ring += i % 2 ? ",120 33" : ",120 34";
    folder.write("long.csv", "id,WKT\n1,\"POLYGON((" + ring + ",120 32))\"\n");
    const auto result = read("long.csv");
    ASSERT_TRUE(result) << said(result.problem());
    EXPECT_NE(found(result.value()).find("polygonUnchecked@0"), std::string::npos) << found(result.value());
    ASSERT_EQ(result.value().partCount(0), 1u);
    EXPECT_EQ(result.value().part(0, 0).points.size(), 1'000'005u);
}

TEST_F(Reader, CancelEndsTheChildSoon) {
    std::string rows = "id,lon,lat\n";
    for (int i = 0; i < 400'000; ++i)
        rows += std::to_string(i) + ",120.1,32.1\n";
    folder.write("many.csv", rows);
    std::atomic<bool> cancel{false};
    double seen = 0;
    options.cancel = &cancel;
    options.progress = [&](double fraction) {
        seen = fraction;
        cancel = true;
    };
    EXPECT_EQ(read("many.csv").problem().message.code, "cancelled");
    EXPECT_GT(seen, 0);
}

TEST_F(Reader, SecondReadComesFromTheCacheAndAChangeDoesNot) {
    folder.write("i.csv", incidents);
    ASSERT_TRUE(read("i.csv"));
    const auto real = options.reader;
    options.reader = "/nowhere"; // only the cache can answer now
    EXPECT_TRUE(read("i.csv"));
    folder.write("i.csv", std::string(incidents) + "003,,122,31\n");
    EXPECT_FALSE(read("i.csv"));
    options.reader = real;
    EXPECT_EQ(read("i.csv").value().size(), 3u);
    for (const auto& entry : std::filesystem::directory_iterator(folder.path() / ".vedette" / "cache"))
        if (entry.path().extension() == ".snapshot")
            std::ofstream(entry.path(), std::ios::binary) << "rotten";
    EXPECT_EQ(read("i.csv").value().size(), 3u); // made again
}

TEST_F(Reader, ListsLayersWithTheirFieldsAndCrs) {
    folder.write("p.geojson",
                 collection({feature(R"({"type":"Point","coordinates":[120,32]})", R"({"code":"a"})")}));
    const auto layers = listLayers(workspace, "p.geojson", options);
    ASSERT_TRUE(layers) << said(layers.problem());
    ASSERT_EQ(layers.value().size(), 1u);
    EXPECT_EQ(layers.value()[0].driver, "GeoJSON");
    EXPECT_EQ(layers.value()[0].features, 1);
    EXPECT_EQ(layers.value()[0].crs, "EPSG:4326");
    ASSERT_EQ(layers.value()[0].fields.size(), 1u);
    EXPECT_EQ(layers.value()[0].fields[0].name, "code");
}

TEST_F(Reader, RealCityComesInWhole) {
    const std::filesystem::path dc = std::filesystem::path(VEDETTE_SHARED_DATA) / "dc-2016";
    if (!std::filesystem::exists(dc))
        GTEST_SKIP() << "no " << dc;
    workspace.crs = "EPSG:26985";
    const auto crimes = read((dc / "crime-incidents-last-30-days.geojson").string());
    ASSERT_TRUE(crimes) << said(crimes.problem());
    const Snapshot& s = crimes.value();
    ASSERT_EQ(s.size(), 2898u);
    const int x = s.field("BLOCKXCOORD"), y = s.field("BLOCKYCOORD");
    ASSERT_GE(x, 0);
    std::size_t near = 0; // the records carry their own Maryland metres: an oracle for the projection
    for (std::size_t i = 0; i < s.size(); ++i) {
        const Point at = s.part(i, 0).points[0];
        near += std::hypot(at.x - std::stod(std::string(s.text(i, x))),
                           at.y - std::stod(std::string(s.text(i, y)))) < 2;
    }
    EXPECT_GT(near, 2890u);
    const int time = s.field("REPORTDATETIME");
    EXPECT_TRUE(s.text(0, time).ends_with("Z")) << s.text(0, time);
}
