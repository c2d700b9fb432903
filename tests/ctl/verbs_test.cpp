// SPDX-License-Identifier: GPL-3.0-or-later
// The real vedettectl as a child: exit status, words that name object and cause, the contract's keys.
#include "child.h"
#include "far_mount.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

namespace vedette::ctl {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

void write(const fs::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
}

void sql(const fs::path& file, const char* text) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db, text, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close(db);
}

void expectKeys(const json& object, std::initializer_list<const char*> keys) {
    for (const char* key : keys)
        EXPECT_TRUE(object.contains(key)) << key << " is not in " << object.dump().substr(0, 300);
}

std::size_t lines(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

// A small city made once; `fresh` hands out copies, so that no case sees another's journal.
class Verbs : public testing::Test {
protected:
    static void SetUpTestSuite() {
        room_ = fs::path(testing::TempDir()) / ("verbs-" + std::to_string(getpid()));
        fs::remove_all(room_);
        fs::create_directories(room_);
        made_ = ctl({"sample", room_ / "made", "--grids", "60", "--units", "40", "--incidents", "300",
                     "--seed", "7", "--json"});
    }
    static void TearDownTestSuite() { fs::remove_all(room_); }
    void SetUp() override { ASSERT_EQ(made_.status, 0) << made_.err; }

    fs::path fresh() {
        const fs::path city = room_ / testing::UnitTest::GetInstance()->current_test_info()->name();
        fs::remove_all(city);
        fs::copy(room_ / "made", city, fs::copy_options::recursive);
        return city;
    }
    // A workspace of nothing but `sources`.
    fs::path bare(const std::string& sources) {
        const fs::path city = room_ / testing::UnitTest::GetInstance()->current_test_info()->name();
        fs::remove_all(city);
        fs::create_directories(city);
        write(city / "workspace.toml", "format = 1\n[workspace]\nname = \"bare\"\ncrs = \"EPSG:32618\"\n"
                                       "time_zone = \"UTC\"\n" +
                                           sources);
        return city;
    }
    // A place inside the city and a category of its catalogue.
    static std::string at() {
        static const std::string place = [] {
            const Ran first = ctl({"journal", room_ / "made"});
            const auto opened = first.out.find("\"kind\":\"ticketOpened\"");
            const auto begin = opened == std::string::npos ? opened : first.out.rfind('\n', opened);
            const auto end = first.out.find('\n', opened);
            const json event = json::parse(first.out.substr(begin + 1, end - begin - 1), nullptr, false);
            const json& incident = event["payload"]["incident"];
            return incident["lon"].dump() + "," + incident["lat"].dump();
        }();
        return place;
    }
    static Ran open(const fs::path& city, std::vector<std::string> more = {}) {
        std::vector<std::string> words{"ticket", city, "open", "--at", at(), "--category", "03.2", "--json"};
        words.insert(words.end(), more.begin(), more.end());
        return ctl(words);
    }

    static inline fs::path room_;
    static inline Ran made_;
};

TEST_F(Verbs, WrongUsageIsTwo) {
    const fs::path city = fresh();
    for (const auto& words :
         std::vector<std::vector<std::string>>{{},
                                               {"frobnicate"},
                                               {"locate", city},
                                               {"locate", city, "--at", "north"},
                                               {"locate", city, "--at", "31.2,121.5"},
                                               {"ticket", city, "frobnicate", "T1"},
                                               {"ticket", city, "open"},
                                               {"ticket", city, "assign", "T1"},
                                               {"unit", city, "declare", "U1"},
                                               {"state", city, "--at", "yesterday-ish"},
                                               {"heat", city, "--bandwidth", "0", "--out", "x.tif"}}) {
        const Ran ran = ctl(words);
        EXPECT_EQ(ran.status, 2) << (words.empty() ? "" : words[0]) << ": " << ran.err;
        EXPECT_FALSE(ran.err.empty());
    }
}

TEST_F(Verbs, StormPlansForAllAndSendsWhatIsAccepted) {
    // Of the small city's two or three officers all may be on a planned break, as the clock has it.
    const fs::path city = room_ / "many";
    ASSERT_EQ(ctl({"sample", city, "--grids", "60", "--units", "200", "--incidents", "300", "--seed", "7"}).status, 0);
    for (int i = 0; i < 3; ++i)
        ASSERT_EQ(open(city).status, 0);
    const Ran plan = ctl({"storm", city, "--json"});
    ASSERT_EQ(plan.status, 0) << plan.err;
    expectKeys(plan.json(), {"tickets", "served", "objective", "lower_bound", "gap", "proven", "ms",
                             "assignments", "unserved"});
    EXPECT_EQ(plan.json()["proven"], true);
    const std::size_t served = plan.json()["served"];
    ASSERT_GE(served, 1u);
    expectKeys(plan.json()["assignments"][0],
               {"ticket", "priority", "unit", "role", "metres", "seconds", "method", "basis", "owner", "why"});
    const Ran sent = ctl({"storm", city, "--limit", "2", "--accept", "--json"});
    ASSERT_EQ(sent.status, 0) << sent.err;
    EXPECT_EQ(sent.json()["accepted"].size(), sent.json()["served"]);
    const Ran after = ctl({"storm", city, "--json"});
    EXPECT_EQ(std::size_t(after.json()["tickets"]),
              std::size_t(plan.json()["tickets"]) - std::size_t(sent.json()["served"]));
    EXPECT_EQ(ctl({"storm", city, "--limit", "0"}).status, 2);
}

TEST_F(Verbs, EveryVerbGivesTheKeysOfItsContract) {
    const fs::path city = fresh();
    EXPECT_TRUE(made_.json().is_object());
    const Ran check = ctl({"check", city, "--json"});
    EXPECT_EQ(check.status, 0) << check.err;
    expectKeys(check.json(), {"errors", "warnings", "counts"});
    const Ran located = ctl({"locate", city, "--at", at(), "--json"});
    ASSERT_EQ(located.status, 0) << located.err;
    ASSERT_FALSE(located.json()["areas"].empty());
    expectKeys(located.json()["areas"][0], {"kind", "code", "name"});
    const Ran who = ctl({"recommend", city, "--at", at(), "--category", "03.2", "--json"});
    expectKeys(who.json(), {"candidates", "unsuitable"});
    ASSERT_FALSE(who.json()["candidates"].empty()) << who.out;
    expectKeys(who.json()["candidates"][0],
               {"unit", "role", "metres", "seconds", "method", "basis", "owner", "load", "fix_age_s", "why"});
    ASSERT_FALSE(who.json()["candidates"][0]["why"].empty());
    expectKeys(who.json()["candidates"][0]["why"][0], {"code", "args", "text"});
    const Ran opened = open(city);
    ASSERT_EQ(opened.status, 0) << opened.err;
    expectKeys(opened.json()["events"][0], {"seq", "kind", "actor"});
    const std::string unit = who.json()["candidates"][0]["unit"];
    const Ran declared = ctl({"unit", city, "declare", unit, "--at", at(), "--json"});
    EXPECT_EQ(declared.status, 0) << declared.err;
    EXPECT_EQ(declared.json()["events"][0]["kind"], "positionDeclared");
    const Ran refused = ctl({"ticket", city, "assign", "T999999", unit, "--json"});
    EXPECT_EQ(refused.status, 1);
    EXPECT_THAT(refused.json()["violations"].dump(), HasSubstr("T999999"));
    const Ran state = ctl({"state", city, "--json"});
    expectKeys(state.json(), {"seq", "hash", "tickets", "units"});
    EXPECT_EQ(lines(ctl({"journal", city}).out), state.json()["seq"].get<std::size_t>());
    const Ran replay = ctl({"replay", city, "--json"});
    expectKeys(replay.json(), {"events", "seconds", "hash", "kpi"});
    EXPECT_EQ(replay.json()["hash"], state.json()["hash"]);
    const Ran heat = ctl({"heat", city, "--bandwidth", "400", "--out", city / "heat.tif", "--json"});
    expectKeys(heat.json(), {"points", "days", "seconds", "max", "units"});
    EXPECT_EQ(heat.json()["units"], "events/km2/day");
    EXPECT_TRUE(fs::exists(city / "heat.tif"));
    const Ran exported = ctl({"export", city, "grids", city / "grids.gpkg", "--json"});
    expectKeys(exported.json(), {"features", "renamed", "changed"});
    const Ran drawn = ctl({"render", city, "--out", city / "map.png", "--json"});
    EXPECT_EQ(drawn.status, 0) << drawn.err;
    expectKeys(drawn.json(), {"seconds"});
    const Ran played = ctl({"simulate", city, "--for", "2"});
    EXPECT_EQ(played.status, 0) << played.err;
    ASSERT_GT(lines(played.out), 0u) << played.err;
    expectKeys(json::parse(played.out.substr(0, played.out.find('\n')), nullptr, false), {"type"});
}

TEST_F(Verbs, TheClosedLoopRunsFromTheCommandLine) {
    const fs::path city = fresh();
    const auto say = [&](std::vector<std::string> words, const char* actor = "li") {
        words.insert(words.end(), {"--actor", actor, "--json"});
        words.insert(words.begin() + 1, city.string());
        return ctl(words);
    };
    const auto code = [](const Ran& ran) {
        const json said = ran.json();
        return said.is_object() && said.contains("violations") ? said["violations"][0].value("code", "")
                                                               : std::string();
    };
    const auto opened = say({"ticket", "open", "--at", at(), "--category", "11.1",
                             "--begins", "2099-01-01T08:00"});
    ASSERT_EQ(opened.status, 0) << opened.err;
    const json facts = opened.json()["events"][0]["payload"];
    const std::string id = facts["ticket"];
    EXPECT_EQ(facts["begins"], "2099-01-01T00:00:00.000Z");
    EXPECT_EQ(code(say({"ticket", "when", id, "2001-01-01T08:00"})), "timePassed");
    EXPECT_EQ(say({"ticket", "when", id, "half past nine"}).status, 2);
    EXPECT_EQ(say({"ticket", "when", id, "2099-01-01T09:00"}).status, 0);
    const std::string unit = ctl({"state", city, "--json"}).json()["units"].begin().key();
    EXPECT_EQ(say({"ticket", "reserve", id, unit}).status, 0);
    EXPECT_EQ(code(say({"ticket", "reserve", id, unit})), "alreadyReserved");
    EXPECT_EQ(say({"ticket", "unreserve", id}).status, 0);
    EXPECT_EQ(say({"ticket", "haz", id, "soon"}).status, 2);
    EXPECT_EQ(say({"ticket", "haz", id, "3", "exit", "blocked"}).status, 0);
    EXPECT_EQ(say({"ticket", "rect", id, "cleared"}).status, 0);
    EXPECT_EQ(code(say({"ticket", "insp", id, "ok"})), "inspectorRectified");
    EXPECT_EQ(say({"ticket", "insp", id, "fail", "2", "still", "there"}, "wang").status, 0);
    EXPECT_EQ(say({"ticket", "fb", id, "nonsense"}).status, 2);
    EXPECT_EQ(say({"ticket", "fb", id, "result=sent home"}).status, 0);
    const json ticket = ctl({"state", city, "--json"}).json()["tickets"][id];
    EXPECT_EQ(ticket["feedback"], json({"result"}));
    EXPECT_EQ(ticket["feedbackMissing"], json({"photo_taken"}));
    EXPECT_EQ(ticket["hazard"]["step"], "found");
    EXPECT_EQ(ticket["hazard"]["rounds"], 1);
    EXPECT_THAT((std::vector<std::string>{"city", "suburb", "rural"}), testing::Contains(ticket["areaClass"]));

    EXPECT_EQ(say({"sweep", "open", "--category", "11.1"}).status, 2);
    EXPECT_EQ(say({"sweep", "open", "--category", "11.1", "--area", "nowhere"}).status, 1);
    const std::string county = "329901";
    const auto swept = say({"sweep", "open", "--category", "11.1", "--area", county, "--name", "fire check"});
    ASSERT_EQ(swept.status, 0) << swept.err;
    json list = ctl({"sweep", city, "list", "--json"}).json()["sweeps"];
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(list[0]["name"], "fire check");
    EXPECT_EQ(list[0]["done"], 0);
    EXPECT_EQ(list[0]["all"].get<std::size_t>() + 1, swept.json()["events"].size());
    EXPECT_EQ(say({"ticket", "join", id, "S1"}).status, 0);
    EXPECT_EQ(say({"ticket", "leave", id}).status, 0);
    EXPECT_EQ(say({"sweep", "close", "S1"}).status, 2);
    EXPECT_EQ(say({"sweep", "close", "S1", "--reason", "storm"}).status, 0);
    list = ctl({"sweep", city, "list", "--json"}).json()["sweeps"];
    EXPECT_EQ(list[0]["closed"], true);
    EXPECT_EQ(list[0]["all"], 0) << "nobody had begun any of them";
    EXPECT_EQ(ctl({"journal", city, "--verify", "--json"}).status, 0);
}

TEST_F(Verbs, InitSaysWhatItGuessedAndWhatItCouldNot) {
    const fs::path files = bare("");
    fs::remove(files / "workspace.toml");
    write(
        files / "a.geojson",
        R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"Kennung":"B1"},)"
        R"("geometry":{"type":"Polygon","coordinates":[[[11.5,48.1],[11.6,48.1],[11.6,48.2],[11.5,48.1]]]}}]})");
    write(files / "i.csv", "was;wieviel\nRaub;1\nRaub;1\n");
    const Ran made = ctl({"init", files / "city", "--areas", "beat=" + (files / "a.geojson").string(),
                          "--incidents", files / "i.csv", "--json"});
    ASSERT_EQ(made.status, 0) << made.err;
    expectKeys(made.json(), {"mapping", "findings", "written"});
    EXPECT_THAT(made.json()["mapping"].dump(), HasSubstr("Kennung"));
    const std::string findings = made.json()["findings"].dump();
    EXPECT_THAT(findings, HasSubstr("columnNotGuessed"));
    EXPECT_THAT(findings, HasSubstr("placeNotGuessed"));
    EXPECT_THAT(findings, HasSubstr("i.csv"));
    EXPECT_EQ(ctl({"init", files / "city", "--incidents", files / "i.csv"}).status, 1); // never over another
    const Ran missing = ctl({"init", files / "other", "--incidents", files / "gone.csv"});
    EXPECT_EQ(missing.status, 3);
    EXPECT_THAT(missing.err, HasSubstr("gone.csv"));
}

TEST_F(Verbs, MissingWorkspaceOrFileIsNamed) {
    const Ran nowhere = ctl({"check", room_ / "nowhere"});
    EXPECT_EQ(nowhere.status, 3);
    EXPECT_THAT(nowhere.err, HasSubstr("nowhere"));
    const fs::path city = fresh();
    fs::remove(city / "units.csv");
    const Ran check = ctl({"check", city});
    EXPECT_EQ(check.status, 1);
    EXPECT_THAT(check.err, HasSubstr("units.csv"));
    EXPECT_EQ(ctl({"export", city, "grids", "/no/such/folder/x.gpkg"}).status, 3);
}

TEST_F(Verbs, UnknownKeyComesWithTheNearestKnownOne) {
    const Ran ran = ctl({"check", bare("[[areas]]\nkind = \"beat\"\nsorce = \"a.geojson\"\n")});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("workspace.toml"));
    EXPECT_THAT(ran.err, HasSubstr("sorce"));
    EXPECT_THAT(ran.err, HasSubstr("source"));
}

TEST_F(Verbs, SourcesThatCannotServeAreNamedWithTheCause) {
    const std::string beat =
        "[[areas]]\nkind = \"beat\"\nsource = \"a.geojson\"\ncolumns = { code = \"code\" }\n";
    const std::string point =
        R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"1"},)"
        R"("geometry":{"type":"Point","coordinates":[-77,38]}}]})";
    fs::path city = bare(beat + "crs = \"EPSG:999999\"\n");
    write(city / "a.geojson", point);
    Ran ran = ctl({"check", city});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("EPSG:999999"));
    EXPECT_THAT(ran.err, HasSubstr("a.geojson"));

    city = bare(beat);
    write(city / "a.geojson", R"({"type":"FeatureCollection","features":[]})");
    ran = ctl({"check", city});
    EXPECT_THAT(ran.err, HasSubstr("a.geojson has no rows"));
    EXPECT_EQ(ran.status, 1);

    write(city / "a.geojson", point);
    ran = ctl({"check", city});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("not a polygon"));

    city = bare("[incidents]\nsource = \"i.geojson\"\ncolumns = { id = \"id\", time = \"time\" }\n");
    write(city / "i.geojson",
          R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"1",)"
          R"("time":"2020-01-01T00:00:00Z"},"geometry":{"type":"Polygon","coordinates":)"
          R"([[[-77,38],[-76.9,38],[-76.9,38.1],[-77,38]]]}}]})");
    ran = ctl({"check", city});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("where points are due"));

    city = bare("[incidents]\nsource = \"i.csv\"\ncolumns = { id = \"id\", time = \"time\" }\n");
    write(city / "i.csv", "id,time\n1,2020-01-01T00:00:00Z\n");
    ran = ctl({"check", city});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("i.csv"));
    EXPECT_THAT(ran.err, HasSubstr("columns.x"));
}

TEST_F(Verbs, TimesOfDayThatCannotBeReadAreNamed) {
    const fs::path city = bare("[incidents]\nsource = \"i.csv\"\n"
                               "columns = { id = \"id\", time = \"day\", clock = \"hour\" }\n");
    write(city / "i.csv", "id,day,hour,lon,lat\n1,2020-01-01,1430,-77,38\n2,2020-01-01,about noon,-77,38\n"
                          "3,2020-01-01,,-77,38\n");
    const Ran ran = ctl({"check", city, "--json"});
    EXPECT_THAT(ran.out, HasSubstr("Row 2 of i.csv"));
    EXPECT_THAT(ran.out, HasSubstr("about noon"));
    EXPECT_THAT(ran.out, HasSubstr("1 rows of i.csv have no time of day"));
    EXPECT_EQ(ran.json()["counts"]["incidents"], 3) << ran.out; // no row is lost for it
    const Ran exported = ctl({"export", city, "incidents", city / "out.csv", "--json"});
    ASSERT_EQ(exported.status, 0) << exported.err;
    std::ifstream in(city / "out.csv");
    EXPECT_THAT(std::string(std::istreambuf_iterator<char>(in), {}), HasSubstr("14:30"));
}

TEST_F(Verbs, ARetryWithTheSameCommandIdAddsNothing) {
    const fs::path city = fresh();
    const Ran first = open(city, {"--command-id", "retry-1"});
    ASSERT_EQ(first.status, 0) << first.err;
    const std::size_t before = lines(ctl({"journal", city}).out);
    const Ran again = open(city, {"--command-id", "retry-1"});
    EXPECT_EQ(again.status, 0) << again.err;
    EXPECT_EQ(again.json()["events"], first.json()["events"]);
    EXPECT_EQ(lines(ctl({"journal", city}).out), before);
}

TEST_F(Verbs, BackupAndRestoreKeepEveryEvent) {
    const fs::path city = fresh();
    ASSERT_EQ(open(city).status, 0);
    const std::string before = ctl({"journal", city}).out;
    ASSERT_EQ(ctl({"journal", city, "backup", city / "kept.sqlite"}).status, 0);
    for (const char* name : {"journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm", "journal.cache"})
        fs::remove_all(city / name);
    const Ran restored = ctl({"journal", city, "restore", city / "kept.sqlite"});
    ASSERT_EQ(restored.status, 0) << restored.err;
    EXPECT_EQ(ctl({"journal", city}).out, before);
    EXPECT_EQ(ctl({"journal", city, "--verify"}).status, 0);
    ASSERT_EQ(open(city).status, 0);
    ASSERT_EQ(ctl({"journal", city, "restore", city / "kept.sqlite"}).status, 0);
    EXPECT_EQ(ctl({"journal", city}).out, before);
    std::size_t journals = 0; // the one that stood there is kept beside it
    for (const auto& file : fs::directory_iterator(city))
        journals += file.path().filename().string().starts_with("journal.sqlite.");
    EXPECT_EQ(journals, 1u);
}

TEST_F(Verbs, StrictRefusesALossyExport) {
    const fs::path city = fresh();
    const std::vector<std::string> words{"export", city, "units", city / "units-out.csv", "--json"};
    const Ran lossy = ctl(words);
    ASSERT_EQ(lossy.status, 0) << lossy.err;
    ASSERT_FALSE(lossy.json()["changed"].empty()) << "a CSV cannot tell null from empty";
    auto strict = words;
    strict.push_back("--strict");
    EXPECT_EQ(ctl(strict).status, 1);
}

TEST_F(Verbs, ANewerJournalIsReadButNotWritten) {
    const fs::path city = fresh();
    const std::string before = ctl({"journal", city}).out;
    sql(city / "journal.sqlite", "PRAGMA user_version = 999");
    EXPECT_EQ(ctl({"journal", city}).out, before);
    const Ran refused = open(city);
    EXPECT_EQ(refused.status, 1);
    EXPECT_THAT(refused.err + refused.out, HasSubstr("newer"));
    EXPECT_EQ(ctl({"journal", city}).out, before);
}

TEST_F(Verbs, AJournalHeldTooLongIsNamed) {
    const fs::path city = fresh();
    const std::string before = ctl({"journal", city}).out;
    sqlite3* holder = nullptr;
    ASSERT_EQ(sqlite3_open((city / "journal.sqlite").c_str(), &holder), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(holder, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
    const Ran waited = open(city);
    EXPECT_EQ(waited.status, 3) << waited.err;
    EXPECT_THAT(waited.err, HasSubstr("journal.sqlite"));
    EXPECT_THAT(waited.err, HasSubstr("held"));
    sqlite3_exec(holder, "ROLLBACK", nullptr, nullptr, nullptr);
    sqlite3_close(holder);
    EXPECT_EQ(ctl({"journal", city}).out, before);
    EXPECT_EQ(open(city).status, 0);
}

TEST_F(Verbs, TrainingNeverTouchesTheLiveJournal) {
    const fs::path city = fresh();
    const std::string before = ctl({"journal", city}).out;
    const Ran opened =
        ctl({"ticket", city, "open", "--training", "--at", "121.2,32.0", "--category", "03.2", "--json"});
    ASSERT_EQ(opened.status, 0) << opened.err;
    EXPECT_THAT(opened.out, HasSubstr("\"mode\":\"training\""));
    EXPECT_EQ(ctl({"journal", city}).out, before);
    const std::string training = ctl({"journal", city, "--training"}).out;
    EXPECT_THAT(training, HasSubstr("ticketOpened"));
    EXPECT_THAT(training, Not(HasSubstr("\"mode\":\"live\"")));
}

TEST_F(Verbs, AFullDiskIsNamedAndLosesNothing) {
    const fs::path city = fresh(), disk = room_ / "disk";
    fs::create_directories(disk);
    if (mount("none", disk.c_str(), "tmpfs", 0, "size=12m") != 0)
        GTEST_SKIP() << "no right to mount a small disk here";
    struct Unmount {
        fs::path at;
        ~Unmount() { umount2(at.c_str(), MNT_DETACH); }
    } unmount{disk};
    fs::copy(city, disk / "city", fs::copy_options::recursive);
    const std::string before = ctl({"journal", city}).out; // reading there would leave a log with room in it
    {
        const int filler = ::open((disk / "filler").c_str(), O_WRONLY | O_CREAT, 0600);
        ASSERT_GE(filler, 0);
        const std::string block(64 << 10, 'x');
        for (const std::size_t size : {block.size(), std::size_t{512}, std::size_t{1}})
            while (::write(filler, block.data(), size) > 0) {
            }
        close(filler);
    }
    const Ran full = open(disk / "city");
    EXPECT_EQ(full.status, 3) << full.err;
    EXPECT_THAT(full.err, HasSubstr("full"));
    const Ran exported = ctl({"export", disk / "city", "grids", disk / "grids.gpkg"});
    EXPECT_NE(exported.status, 0);
    fs::remove(disk / "filler");
    EXPECT_EQ(ctl({"journal", disk / "city"}).out, before);
    EXPECT_EQ(open(disk / "city").status, 0);
}

TEST_F(Verbs, AJournalOnANetworkFileSystemIsRefusedByName) {
    const fs::path city = fresh();
    const FarMount far(room_ / "far", "sshfs");
    if (!far.mounted())
        GTEST_SKIP() << "no right to mount here";
    std::ifstream in(city / "workspace.toml");
    std::string toml(std::istreambuf_iterator<char>(in), {});
    const auto place = toml.find("sqlite:journal.sqlite");
    ASSERT_NE(place, std::string::npos);
    write(city / "workspace.toml",
          toml.replace(place, 21, "sqlite:" + (room_ / "far/journal.sqlite").string()));
    for (const Ran& ran : {open(city), ctl({"journal", city}), ctl({"state", city, "--json"})}) {
        EXPECT_EQ(ran.status, 3) << ran.err;
        EXPECT_THAT(ran.err, HasSubstr("sshfs"));
        EXPECT_THAT(ran.err, HasSubstr("far/journal.sqlite"));
    }
    const FarMount near(room_ / "near", "gocryptfs"); // FUSE too, but of this machine
    ASSERT_TRUE(near.mounted());
    write(city / "workspace.toml", toml.replace(toml.find("/far/"), 5, "/near/"));
    EXPECT_THAT(open(city).err, Not(HasSubstr("network")));
}

TEST_F(Verbs, SomebodyElsesFolderIsReadAndItsWritingRefused) {
    if (::getuid() != 0)
        GTEST_SKIP() << "only root can become somebody else";
    const fs::path city = fresh();
    const std::string before = ctl({"journal", city}).out;
    for (const auto& entry : fs::recursive_directory_iterator(city)) // root's, and nobody else may write
        fs::permissions(entry.path(), entry.is_directory() ? fs::perms(0755) : fs::perms(0644));
    fs::permissions(city, fs::perms(0755));
    fs::permissions(room_, fs::perms(0755));
    const std::string nobody = "nobody";
    const Ran refused = ctlAs(nobody, {"ticket", city, "open", "--at", at(), "--category", "03.2", "--json"});
    EXPECT_EQ(refused.status, 3) << refused.err << refused.out;
    EXPECT_THAT(refused.err, HasSubstr("journal.sqlite"));
    const Ran exported = ctlAs(nobody, {"export", city, "grids", city / "x.gpkg"});
    EXPECT_EQ(exported.status, 3) << exported.err;
    EXPECT_THAT(exported.err, HasSubstr(city.string()));
    const Ran made =
        ctlAs(nobody, {"init", city / "new", "--areas", "grid=" + (city / "areas.gpkg").string()});
    EXPECT_EQ(made.status, 3) << made.err;
    const Ran read = ctlAs(nobody, {"journal", city});
    EXPECT_EQ(read.status, 0) << read.err;
    EXPECT_EQ(read.out, before);
    const Ran checked = ctlAs(nobody, {"check", city});
    EXPECT_EQ(checked.status, 0) << checked.err;
    EXPECT_EQ(ctl({"journal", city}).out, before);
}

TEST_F(Verbs, AReadOnlyFolderIsReadAndItsWritingRefused) {
    const fs::path city = fresh();
    const std::string before = ctl({"journal", city}).out;
    if (mount(city.c_str(), city.c_str(), nullptr, MS_BIND, nullptr) != 0 ||
        mount(nullptr, city.c_str(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY, nullptr) != 0) {
        umount2(city.c_str(), MNT_DETACH);
        GTEST_SKIP() << "no right to make a read-only folder here";
    }
    const Ran read = ctl({"journal", city});
    const Ran refused = open(city);
    const Ran exported = ctl({"export", city, "grids", city / "x.gpkg"});
    umount2(city.c_str(), MNT_DETACH);
    EXPECT_EQ(read.status, 0) << read.err;
    EXPECT_EQ(read.out, before);
    EXPECT_EQ(refused.status, 3) << refused.err << refused.out;
    EXPECT_FALSE(refused.err.empty());
    EXPECT_EQ(exported.status, 3) << exported.err;
    EXPECT_THAT(exported.err, HasSubstr(city.string()));
}

} // namespace
} // namespace vedette::ctl
