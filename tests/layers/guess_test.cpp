// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/guess.h"

#include "reader_ground.h"

#include <cmath>
#include <cpl_string.h>
#include <functional>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

using namespace vedette::layers;

namespace {

const std::filesystem::path shared = VEDETTE_SHARED_DATA;

std::string table(const InitReport& report) {
    std::string out;
    for (const Guess& guess : report.guesses)
        out += std::filesystem::path(guess.source).filename().string() + "  " + guess.item + " = " +
               guess.value + "  " + std::to_string(static_cast<int>(std::lround(guess.sure * 100))) + "%  " +
               word(guess.why, Language::english) + "\n";
    return out;
}

const Guess* guessed(const std::vector<Guess>& guesses, std::string_view item) {
    for (const Guess& guess : guesses)
        if (guess.item == item)
            return &guess;
    return nullptr;
}

using Words = std::map<std::string, std::string>;

} // namespace

using Init = ReaderTest;

TEST_F(Init, PlacesHaveZonesAndProjections) {
    const struct {
        LonLat at;
        const char *zone, *crs;
    } places[] = {
        {{120.86, 32.01}, "Asia/Shanghai", "EPSG:4549"},
        {{117.2, 34.26}, "Asia/Shanghai", "EPSG:4548"},
        {{87.6, 43.8}, "Asia/Shanghai", "EPSG:4538"},
        {{-77.03, 38.9}, "America/New_York", "EPSG:32618"},
        {{-89.9, 35.1}, "America/Chicago", "EPSG:32616"},
        {{-122.4, 37.77}, "America/Los_Angeles", "EPSG:32610"},
        {{13.4, 52.5}, "Europe/Berlin", "EPSG:32633"},
        {{2.35, 48.85}, "Europe/Paris", "EPSG:32631"},
        {{-51.2, -30.03}, "America/Sao_Paulo", "EPSG:32722"},
        {{139.7, 35.7}, "Asia/Tokyo", "EPSG:32654"},
        {{77.2, 28.6}, "Asia/Kolkata", "EPSG:32643"},
        {{151.2, -33.9}, "Australia/Sydney", "EPSG:32756"},
        {{-0.1, 51.5}, "Europe/London", "EPSG:32630"},
        {{37.6, 55.75}, "Europe/Moscow", "EPSG:32637"},
        {{11.57, 48.14}, "Europe/Berlin", "EPSG:32632"}, // Munich is nearer to Vienna than to Berlin
        {{6.96, 50.94}, "Europe/Berlin", "EPSG:32632"},
        {{11.40, 47.27}, "Europe/Vienna", "EPSG:32632"},
        {{11.35, 46.50}, "Europe/Rome", "EPSG:32632"},
        {{8.54, 47.37}, "Europe/Zurich", "EPSG:32632"},
        {{4.35, 50.85}, "Europe/Brussels", "EPSG:32631"},
        {{14.42, 50.08}, "Europe/Prague", "EPSG:32633"},
        {{19.04, 47.50}, "Europe/Budapest", "EPSG:32634"},
        {{12.57, 55.68}, "Europe/Copenhagen", "EPSG:32633"},
        {{24.03, 49.84}, "Europe/Kyiv", "EPSG:32635"},
        {{20.51, 54.71}, "Europe/Kaliningrad", "EPSG:32634"},
        {{-5.93, 54.60}, "Europe/London", "EPSG:32630"},
        {{-8.61, 41.15}, "Europe/Lisbon", "EPSG:32629"},
    };
    for (const auto& [at, zone, crs] : places) {
        EXPECT_EQ(timeZoneAt(at).value, zone) << at.lon;
        EXPECT_EQ(workingCrsAt(at).value, crs) << at.lon;
        EXPECT_TRUE(TimeZone::named(timeZoneAt(at).value));
    }
    EXPECT_EQ(word(workingCrsAt({NAN, NAN}).why, Language::english), "no data to go by");
    const Guess inland = timeZoneAt({11.57, 48.14}), border = timeZoneAt({7.59, 47.56}); // Munich, Basel
    EXPECT_GT(inland.sure, 0.9);
    EXPECT_LT(border.sure, 0.7);
    EXPECT_EQ(border.why.code, "whyBorder");
    for (double lon = -180; lon <= 180; lon += 22.5)
        for (double lat = -80; lat <= 84; lat += 12) { // every guess can be used
            ASSERT_TRUE(TimeZone::named(timeZoneAt({lon, lat}).value)) << lon << " " << lat;
            ASSERT_TRUE(WorkingCrs::named(workingCrsAt({lon, lat}).value)) << lon << " " << lat;
        }
}

TEST_F(Init, WashingtonComesInAsItIs) {
    if (!std::filesystem::exists(shared / "dc-2016"))
        GTEST_SKIP() << "no " << shared / "dc-2016";
    const auto file = [](const char* name) { return (shared / "dc-2016" / name).string(); };
    InitRequest request;
    request.folder = folder.path() / "dc";
    request.areas = {{"station", file("police-districts-mpd.geojson")},
                     {"beat", file("police-service-areas-psa.geojson")}};
    request.incidents = {file("crime-incidents-last-30-days.geojson"),
                         file("fems-service-requests-in-last-30-days.geojson")};
    request.roads = {file("major-roads.geojson"), file("service-roads.geojson")};
    request.unitsAt = file("police-stations.geojson");
    const auto made = initWorkspace(request, options);
    ASSERT_TRUE(made) << said(made.problem());
    std::cout << table(made.value());
    const Workspace& w = made.value().workspace;
    EXPECT_EQ(w.timeZone, "America/New_York");
    EXPECT_EQ(w.crs, "EPSG:32618");
    ASSERT_EQ(w.areas.size(), 2u);
    EXPECT_EQ(w.areas[0].spec.columns, (Words{{"code", "DISTRICT"}, {"name", "NAME"}}));
    EXPECT_EQ(w.areas[1].spec.columns, (Words{{"code", "PSA"}, {"name", "NAME"}, {"parent", "DISTRICT"}}));
    ASSERT_EQ(w.incidents.size(), 2u);
    const Words& crime = w.incidents[0].columns;
    EXPECT_EQ(crime.at("id"), "CCN");
    EXPECT_EQ(crime.at("time"), "REPORTDATETIME");
    EXPECT_EQ(crime.at("category"), "OFFENSE");
    EXPECT_EQ(crime.at("area"), "PSA");
    EXPECT_EQ(crime.at("text"), "BLOCKSITEADDRESS");
    EXPECT_EQ(w.incidents[0].zulu, ZuluMeans::local);
    EXPECT_GT(guessed(made.value().guesses, "zulu")->sure, 0.7);
    EXPECT_EQ(w.incidents[1].columns.at("id"), "SERVICEREQUESTID");
    EXPECT_EQ(w.incidents[1].columns.at("time"), "ADDDATE");
    EXPECT_EQ(w.incidents[1].columns.at("text"), "STREETADDRESS");
    EXPECT_FALSE(w.incidents[1].columns.contains("area")); // wards are numbered like districts, but are none
    EXPECT_EQ(w.incidents[1].columns.at("category"), "SERVICECODEDESCRIPTION");
    ASSERT_EQ(w.roads.size(), 2u);
    EXPECT_EQ(w.roads[0].columns,
              (Words{{"name", "ST_NAME"}, {"class", "FUNCTIONALCLASS"}, {"oneway", "DIRECTIONALITY"}}));

    // What was written is a workspace, and its sources can be read.
    const auto loaded = loadWorkspace(request.folder);
    ASSERT_TRUE(loaded) << said(loaded.problem());
    const auto units = readSource(loaded.value(), loaded.value().units.at(0), options);
    ASSERT_TRUE(units) << said(units.problem());
    EXPECT_EQ(units.value().size(), 15u * 12u);
    EXPECT_EQ(units.value().shape(0), Shape::point);
    EXPECT_EQ(units.value().text(0, units.value().field("desk")), "6");
    EXPECT_EQ(units.value().text(0, units.value().field("owns")).substr(0, 1), "6");
    const auto duties = readSource(loaded.value(), loaded.value().duties.at(0), options);
    ASSERT_TRUE(duties) << said(duties.problem());
    EXPECT_GE(duties.value().size(), 8u);
    EXPECT_EQ(initWorkspace(request, options).problem().message.code, "workspaceExists");
}

TEST_F(Init, MemphisWithItsBrokenPolygons) {
    if (!std::filesystem::exists(shared / "memphis"))
        GTEST_SKIP() << "no " << shared / "memphis";
    InitRequest request;
    request.folder = folder.path() / "memphis";
    request.areas = {{"station", (shared / "memphis/memphis_precincts.geojson").string()}};
    request.incidents = {(shared / "memphis/memphis_robberies.csv").string()};
    const auto made = initWorkspace(request, options);
    ASSERT_TRUE(made) << said(made.problem());
    std::cout << table(made.value());
    const Workspace& w = made.value().workspace;
    EXPECT_EQ(w.timeZone, "America/Chicago");
    EXPECT_EQ(w.areas[0].spec.columns.at("code"), "precinct");
    const Words expected{
        {"id", "uid"}, {"time", "date"}, {"category", "offense_type"}, {"x", "longitude"}, {"y", "latitude"}};
    EXPECT_EQ(w.incidents[0].columns, expected);
    std::size_t repaired = 0;
    for (const Finding& finding : made.value().findings)
        repaired += finding.message.code == "polygonRepaired";
    EXPECT_EQ(repaired, 2u);
}

TEST_F(Init, ChineseCountiesWithAHintAtBentCoordinates) {
    if (!std::filesystem::exists(shared / "cn-adcode"))
        GTEST_SKIP() << "no " << shared / "cn-adcode";
    InitRequest request;
    request.folder = folder.path() / "cn";
    request.areas = {{"county", (shared / "cn-adcode/jiangsu_counties.geojson").string()}};
    request.gazetteer = {(shared / "cn-adcode/jiangsu_zhejiang_zhucheng_towns.csv").string()};
    const auto made = initWorkspace(request, options);
    ASSERT_TRUE(made) << said(made.problem());
    std::cout << table(made.value());
    const Workspace& w = made.value().workspace;
    EXPECT_EQ(w.timeZone, "Asia/Shanghai");
    EXPECT_EQ(w.crs, "EPSG:4549");
    EXPECT_EQ(w.areas[0].spec.columns, (Words{{"code", "adcode"}, {"name", "name"}}));
    EXPECT_EQ(w.areas[0].spec.datum, Datum::wgs84); // a hint only
    ASSERT_TRUE(guessed(made.value().guesses, "datum"));
    EXPECT_LT(guessed(made.value().guesses, "datum")->sure, 0.3);
    EXPECT_EQ(w.gazetteer[0].columns.at("name"), "name");
    EXPECT_EQ(w.gazetteer[0].columns.at("x"), "longitude");
}

TEST_F(Init, GbkShapefileThatDeclaresNothing) {
    GDALAllRegister();
    const auto file = folder.path() / "网格.shp";
    {
        GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("ESRI Shapefile");
        GDALDataset* dataset = driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
        const char* encoding[] = {"ENCODING=CP936", nullptr};
        OGRLayer* layer = dataset->CreateLayer("网格", nullptr, wkbPolygon, const_cast<char**>(encoding));
        OGRFieldDefn code("网格编码", OFTString), name("网格名称", OFTString), level("层级", OFTInteger);
        layer->CreateField(&code);
        layer->CreateField(&name);
        layer->CreateField(&level);
        for (int i = 0; i < 40; ++i) {
            OGRFeature feature(layer->GetLayerDefn());
            char digits[16];
            std::snprintf(digits, sizeof digits, "320602001001%03d", i);
            feature.SetField(0, digits);
            feature.SetField(1, ("城东街道第" + std::to_string(i) + "网格").c_str());
            feature.SetField(2, 1 + i % 3);
            const double x = 40580000 + 100 * i, y = 3540000;
            OGRPolygon polygon;
            OGRLinearRing ring;
            for (const auto& [dx, dy] : {std::pair{0, 0}, {0, 100}, {100, 100}, {100, 0}, {0, 0}})
                ring.addPoint(x + dx, y + dy);
            polygon.addRing(&ring);
            feature.SetGeometry(&polygon);
            ASSERT_EQ(layer->CreateFeature(&feature), OGRERR_NONE);
        }
        GDALClose(dataset);
    }
    std::filesystem::remove(folder.path() / "网格.cpg");
    {
        std::fstream dbf(folder.path() / "网格.dbf", std::ios::in | std::ios::out | std::ios::binary);
        dbf.seekp(29);
        dbf.put('\x57'); // what writers put there without thinking
    }
    InitRequest request;
    request.folder = folder.path();
    request.areas = {{"grid", file.string()}};
    const auto made = initWorkspace(request, options);
    ASSERT_TRUE(made) << said(made.problem());
    std::cout << table(made.value());
    const Workspace& w = made.value().workspace;
    const SourceSpec& spec = w.areas[0].spec;
    EXPECT_EQ(spec.source, "网格.shp");
    EXPECT_EQ(spec.encoding, "GB18030");
    EXPECT_EQ(spec.crs, "EPSG:4528");
    EXPECT_EQ(spec.columns, (Words{{"code", "网格编码"}, {"name", "网格名称"}, {"level", "层级"}}));
    EXPECT_EQ(w.timeZone, "Asia/Shanghai");
    EXPECT_EQ(w.crs, "EPSG:4549");
    const auto grids = readSource(loadWorkspace(folder.path()).value(), spec, options);
    ASSERT_TRUE(grids) << said(grids.problem());
    EXPECT_EQ(grids.value().text(3, grids.value().field("name")), "城东街道第3网格");
    EXPECT_NEAR(grids.value().part(0, 0).points[0].x, 580000, 1e-3);
}

TEST_F(Init, ADateAndAnHourInTwoColumnsBecomeOneTime) {
    const struct {
        const char *head, *time, *clock;
        std::vector<const char*> rows; // date and hour
        const char* first;
    } tables[] = {
        {"DATE OCC,TIME OCC",
         "DATE OCC",
         "TIME OCC",
         {"01/08/2020 12:00:00 AM,2230", "01/09/2020 12:00:00 AM,5"},
         "2020-01-08T22:30:00"},
        {"date,hour", "date", "hour", {"2016-08-05,14", "2016-08-06,5"}, "2016-08-05T14:00:00"},
        {"report_date,report_time",
         "report_date",
         "report_time",
         {"2016-08-05,2:30 PM", "2016-08-06,12:05 AM"},
         "2016-08-05T14:30:00"},
        {"Tattag;Uhrzeit;Datum",
         "Datum",
         "Uhrzeit",
         {"Fr;14:30;05.08.2016", "Sa;00.05;06.08.2016"},
         "2016-08-05T14:30:00"},
        {"FECHA,HORA", "FECHA", "HORA", {"25/08/2016,14:30", "06/08/2016,0005"}, "2016-08-25T14:30:00"},
        {"日期,时间",
         "日期",
         "时间",
         {"2016年8月5日,14时30分", "2016年8月6日,0时5分"},
         "2016-08-05T14:30:00"},
        {"Date,Heure", "Date", "Heure", {"25/08/2016,14h30", "06/08/2016,0h05"}, "2016-08-25T14:30:00"},
    };
    int number = 0;
    for (const auto& [head, time, clock, rows, first] : tables) {
        const auto file = folder.path() / ("calls-" + std::to_string(++number) + ".csv");
        const char comma = std::string_view(head).find(';') == std::string_view::npos ? ',' : ';';
        {
            std::ofstream out(file);
            out << head << comma << "number" << comma << "lon" << comma << "lat\n";
            for (int i = 0; i < 40; ++i)
                out << rows[static_cast<std::size_t>(i) % rows.size()] << comma << "K" << i << comma << "11.5"
                    << comma << "48.1\n";
        }
        InitRequest request;
        request.folder = folder.path() / std::to_string(number);
        request.incidents = {file.string()};
        const auto made = initWorkspace(request, options);
        ASSERT_TRUE(made) << said(made.problem());
        const SourceSpec& spec = made.value().workspace.incidents.at(0);
        EXPECT_EQ(spec.columns.contains("time") ? spec.columns.at("time") : "", time) << head;
        EXPECT_EQ(spec.columns.contains("clock") ? spec.columns.at("clock") : "", clock) << head;
        const auto workspace = loadWorkspace(request.folder);
        ASSERT_TRUE(workspace) << said(workspace.problem());
        const auto table = readSource(workspace.value(), spec, options);
        ASSERT_TRUE(table) << said(table.problem());
        EXPECT_EQ(table.value().text(0, table.value().field("time")), first) << head;
        EXPECT_EQ(table.value().text(1, table.value().field("time")).substr(11, 2), number == 2 ? "05" : "00")
            << head;
    }
}

TEST_F(Init, AColumnWithTheWholeTimeNeedsNoHour) {
    const auto file = folder.path() / "calls.csv";
    {
        std::ofstream out(file);
        out << "id,time,hour,lon,lat\n";
        for (int i = 0; i < 40; ++i)
            out << "K" << i << ",2016-08-05 " << 10 + i % 10 << ":30:00," << 10 + i % 10 << ",11.5,48.1\n";
    }
    InitRequest request;
    request.folder = folder.path() / "city";
    request.incidents = {file.string()};
    const auto made = initWorkspace(request, options);
    ASSERT_TRUE(made) << said(made.problem());
    EXPECT_FALSE(made.value().workspace.incidents.at(0).columns.contains("clock"));
}

namespace {

std::string encoded(const std::string& text, const char* encoding) {
    char* out = CPLRecode(text.c_str(), CPL_ENC_UTF8, encoding);
    const std::string bytes = out;
    CPLFree(out);
    return bytes;
}

// `rows` lines, the i-th by `row`, under `head`.
void writeTable(const std::filesystem::path& file, const char* encoding, const std::string& head,
                const std::function<std::string(int)>& row) {
    std::ofstream out(file, std::ios::binary);
    out << encoded(head, encoding) << "\n";
    for (int i = 0; i < 60; ++i)
        out << encoded(row(i), encoding) << "\n";
}

} // namespace

TEST_F(Init, APolishTableInItsCodePageWithDecimalCommas) {
    const auto file = folder.path() / "zdarzenia.csv";
    writeTable(file, "CP1250",
               "Nr zgłoszenia;Data zdarzenia;Godzina;Rodzaj zdarzenia;Długość geograficzna;Szerokość "
               "geograficzna;Opis",
               [](int i) {
                   return std::to_string(i) + "/2024;" + std::to_string(1 + i % 28) + ".03.2024;" +
                          std::to_string(i % 24) + ":05;" + (i % 2 ? "Kradzież" : "Zakłócanie ciszy") +
                          ";19,9" + std::to_string(i) + ";50,0" + std::to_string(i) + ";ul. Żółta " +
                          std::to_string(i);
               });
    InitRequest request;
    request.folder = folder.path() / "city";
    request.incidents = {file.string()};
    const auto made = initWorkspace(request, options);
    ASSERT_TRUE(made) << said(made.problem());
    const SourceSpec& spec = made.value().workspace.incidents.at(0);
    EXPECT_EQ(spec.encoding, "windows-1250");
    EXPECT_EQ(spec.columns, (Words{{"id", "Nr zgłoszenia"},
                                   {"time", "Data zdarzenia"},
                                   {"clock", "Godzina"},
                                   {"category", "Rodzaj zdarzenia"},
                                   {"x", "Długość geograficzna"},
                                   {"y", "Szerokość geograficzna"},
                                   {"text", "Opis"}}));
    EXPECT_EQ(made.value().workspace.timeZone, "Europe/Warsaw");
}

TEST_F(Init, ATableOfAJapaneseCity) {
    const auto file = folder.path() / "通報.csv";
    writeTable(file, "CP932", "受理番号,発生日,発生時刻,種別,内容,経度,緯度", [](int i) {
        return "A" + std::to_string(i) + ",2024/3/" + std::to_string(1 + i % 28) + "," +
               std::to_string(i % 24) + "時5分," + (i % 2 ? "窃盗" : "騒音") + ",通報あり" +
               std::to_string(i) + ",141.3" + std::to_string(i) + ",43.0" + std::to_string(i);
    });
    InitRequest request;
    request.folder = folder.path() / "city";
    request.incidents = {file.string()};
    const auto made = initWorkspace(request, options);
    ASSERT_TRUE(made) << said(made.problem());
    const SourceSpec& spec = made.value().workspace.incidents.at(0);
    EXPECT_EQ(spec.encoding, "Shift_JIS");
    EXPECT_EQ(spec.columns, (Words{{"id", "受理番号"},
                                   {"time", "発生日"},
                                   {"clock", "発生時刻"},
                                   {"category", "種別"},
                                   {"text", "内容"},
                                   {"x", "経度"},
                                   {"y", "緯度"}}));
}

TEST_F(Init, ColumnsInFeetAreGivenTheSystemThatPutsThemIntoTheAreas) {
    GDALAllRegister();
    // Columbus, Ohio, in the state plane's feet; the table of calls doesn't say so.
    const auto areas = folder.path() / "precincts.shp", calls = folder.path() / "calls.csv";
    {
        GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("ESRI Shapefile");
        GDALDataset* dataset = driver->Create(areas.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
        OGRSpatialReference feet;
        feet.importFromEPSG(3735);
        OGRLayer* layer = dataset->CreateLayer("precincts", &feet, wkbPolygon, nullptr);
        OGRFieldDefn code("PRECINCT", OFTString);
        layer->CreateField(&code);
        for (int i = 0; i < 4; ++i) {
            OGRFeature feature(layer->GetLayerDefn());
            feature.SetField(0, ("P" + std::to_string(i)).c_str());
            OGRPolygon polygon;
            OGRLinearRing ring;
            for (const auto& [dx, dy] : {std::pair{0, 0}, {0, 5000}, {5000, 5000}, {5000, 0}, {0, 0}})
                ring.addPoint(1'820'000 + 5000 * i + dx, 715'000 + dy);
            polygon.addRing(&ring);
            feature.SetGeometry(&polygon);
            ASSERT_EQ(layer->CreateFeature(&feature), OGRERR_NONE);
        }
        GDALClose(dataset);
    }
    writeTable(calls, CPL_ENC_UTF8, "Incident No,Reported,Nature,X,Y", [](int i) {
        return "24-" + std::to_string(i) + ",2024-03-14 12:" + std::to_string(10 + i % 50) + "," +
               (i % 2 ? "THEFT" : "NOISE") + "," + std::to_string(1'820'100 + 300 * i) + "," +
               std::to_string(715'100 + 70 * i);
    });
    InitRequest request;
    request.folder = folder.path() / "city";
    request.areas = {{"station", areas.string()}};
    request.incidents = {calls.string()};
    const auto made = initWorkspace(request, options);
    ASSERT_TRUE(made) << said(made.problem());
    EXPECT_EQ(made.value().workspace.incidents.at(0).crs, "EPSG:3735") << table(made.value());
    // Where no area tells, a person must; the workspace is written all the same.
    InitRequest alone;
    alone.folder = folder.path() / "alone";
    alone.incidents = {calls.string()};
    const auto written = initWorkspace(alone, options);
    ASSERT_TRUE(written) << said(written.problem());
    const auto& findings = written.value().findings;
    EXPECT_TRUE(std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
        return finding.message.code == "coordinatesBeyondCrs";
    }));
}

TEST_F(Init, ASheetOfNothingButTextHasAHeadAllTheSame) {
    GDALAllRegister();
    const auto file = folder.path() / "units.xlsx";
    {
        GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("XLSX");
        GDALDataset* dataset = driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
        OGRLayer* layer = dataset->CreateLayer("Personal", nullptr, wkbNone, nullptr);
        for (const char* name : {"Dienstnummer", "Name", "Dienststelle"}) {
            OGRFieldDefn column(name, OFTString);
            layer->CreateField(&column);
        }
        for (int i = 0; i < 3; ++i) {
            OGRFeature feature(layer->GetLayerDefn());
            feature.SetField(0, ("P" + std::to_string(i)).c_str());
            feature.SetField(1, "Müller");
            feature.SetField(2, "C1");
            ASSERT_EQ(layer->CreateFeature(&feature), OGRERR_NONE);
        }
        GDALClose(dataset);
    }
    const auto sheet = read("units.xlsx");
    ASSERT_TRUE(sheet) << said(sheet.problem());
    EXPECT_EQ(sheet.value().size(), 3u);
    EXPECT_GE(sheet.value().field("Dienstnummer"), 0);
}

TEST_F(Init, MissingFileIsNamed) {
    InitRequest request;
    request.folder = folder.path() / "new";
    request.areas = {{"beat", (folder.path() / "none.shp").string()}};
    const auto made = initWorkspace(request, options);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.problem().message.code, "fileMissing");
    request.areas = {{"gird", (folder.path() / "none.shp").string()}};
    EXPECT_FALSE(initWorkspace(request, options));
}
