// SPDX-License-Identifier: GPL-3.0-or-later
// roster, handover, takeover, roll, points: the real vedettectl as a child.
#include "child.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <unistd.h>

namespace vedette::ctl {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;

class PeopleVerbs : public testing::Test {
protected:
    static void SetUpTestSuite() {
        room_ = fs::path(testing::TempDir()) / ("people-" + std::to_string(getpid()));
        fs::remove_all(room_);
        fs::create_directories(room_);
        made_ = ctl({"sample", room_ / "made", "--grids", "60", "--units", "60", "--incidents", "50",
                     "--seed", "7", "--json"});
    }
    static void TearDownTestSuite() { fs::remove_all(room_); }
    void SetUp() override {
        ASSERT_EQ(made_.status, 0) << made_.err;
        city = room_ / testing::UnitTest::GetInstance()->current_test_info()->name();
        fs::copy(room_ / "made", city, fs::copy_options::recursive);
    }
    static json parsed(const Ran& ran) {
        EXPECT_TRUE(json::accept(ran.out)) << ran.out.substr(0, 300) << ran.err;
        return json::accept(ran.out) ? json::parse(ran.out) : json();
    }
    static std::string read(const fs::path& file) {
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    // A desk that somebody of the roster belongs to.
    std::string desk() {
        const json roster = parsed(ctl({"roster", city, "--json"}));
        for (const json& row : roster["on"])
            if (!row["desk"].get<std::string>().empty())
                return row["desk"];
        return {};
    }
    static inline fs::path room_;
    static inline Ran made_;
    fs::path city;
};

TEST_F(PeopleVerbs, TheRosterSaysTillWhenAndWhoComesNextAlsoAhead) {
    const json now = parsed(ctl({"roster", city, "--json"}));
    ASSERT_FALSE(now["on"].empty());
    for (const char* key : {"unit", "name", "role", "desk", "team", "status", "tickets"})
        EXPECT_TRUE(now["on"][0].contains(key)) << key;
    ASSERT_FALSE(now["next"].empty());
    const std::string next = now["next"][0]["comes"];
    // Those who come next are on when they have come.
    const json then = parsed(ctl({"roster", city, "--at", next, "--json"}));
    bool found = false;
    for (const json& row : then["on"])
        found = found || row["unit"] == now["next"][0]["unit"];
    EXPECT_TRUE(found) << now["next"][0].dump();
    const std::string unit = now["on"][0]["unit"];
    EXPECT_EQ(ctl({"unit", city, "out", unit, "--until", "+2h", "flat", "tyre"}).status, 0);
    const json out = parsed(ctl({"roster", city, "--json"}));
    EXPECT_THAT(out.dump(), HasSubstr("flat tyre"));
    EXPECT_EQ(ctl({"roster", city, "--at", "never"}).status, 2);
    EXPECT_EQ(ctl({"roster", city, "--desk", "nowhere"}).status, 1);
}

TEST_F(PeopleVerbs, AShiftIsHandedOverOnPaperAndItsSheetIsProvedLater) {
    const std::string here = desk();
    ASSERT_EQ(ctl({"takeover", city, "--desk", here, "--actor", "li"}).status, 0);
    EXPECT_EQ(ctl({"handover", city, "--desk", here, "--actor", "wang"}).status, 1) << "li has it";
    for (const char* kind : {"pdf", "html", "txt", "json"}) {
        const fs::path out = city / (std::string("sheet.") + kind);
        const Ran ran = ctl({"handover", city, "--desk", here, "--look", "--language", "zh", "--out", out});
        EXPECT_EQ(ran.status, 0) << ran.err;
        EXPECT_GT(read(out).size(), 200U) << kind;
    }
    EXPECT_THAT(read(city / "sheet.txt"), HasSubstr("交接班单"));
    EXPECT_EQ(read(city / "sheet.pdf").substr(0, 5), "%PDF-");
    EXPECT_EQ(ctl({"handover", city, "--desk", here, "--look", "--out", city / "sheet.doc"}).status, 2);
    const json handed =
        parsed(ctl({"handover", city, "--desk", here, "--actor", "li", "--json", "mind", "it"}));
    ASSERT_TRUE(handed.contains("seq")) << handed.dump().substr(0, 300);
    EXPECT_EQ(handed["sheet"]["remarks"], "mind it");
    ASSERT_EQ(ctl({"takeover", city, "--desk", here, "--actor", "wang"}).status, 0);
    ASSERT_EQ(ctl({"unit", city, "off", handed["sheet"]["on"][0]["unit"]}).status, 0);
    const json again =
        parsed(ctl({"handover", city, "--of", std::to_string(handed["seq"].get<int>()), "--json"}));
    EXPECT_EQ(again["same"], true);
    EXPECT_EQ(again["sheet"], handed["sheet"]);
    EXPECT_EQ(ctl({"handover", city, "--of", "1"}).status, 1);
}

TEST_F(PeopleVerbs, ARollIsCalledAnsweredListedAndClosed) {
    ASSERT_EQ(ctl({"roll", city, "call", "city", "--minutes", "5"}).status, 0);
    const auto rolls = [&] { return parsed(ctl({"roll", city, "list", "--json"}))["rolls"]; };
    const json before = rolls();
    ASSERT_EQ(before.size(), 1U);
    const std::string unit = before[0]["missing"][0];
    ASSERT_EQ(ctl({"roll", city, "answer", unit}).status, 0);
    EXPECT_EQ(ctl({"roll", city, "answer", unit}).status, 1) << "once is enough";
    ASSERT_EQ(ctl({"roll", city, "close", "RC1"}).status, 0);
    const json after = rolls();
    EXPECT_EQ(after[0]["closed"], true);
    EXPECT_EQ(after[0]["answers"][0]["unit"], unit);
    EXPECT_EQ(after[0]["missing"].size() + 1, before[0]["missing"].size());
    EXPECT_EQ(ctl({"roll", city, "call", "beat", "99"}).status, 1);
}

TEST_F(PeopleVerbs, TheAccountOfAPeriodSaysWhyOthersWereSent) {
    const json figures = parsed(ctl({"replay", city, "--json"}))["kpi"];
    int sum = 0;
    for (const auto& [reason, count] : figures["overrideReasons"].items())
        sum += count.get<int>();
    EXPECT_EQ(sum, figures["overrides"].get<int>());
    EXPECT_GT(sum, 0) << "the recorded night has some";
}

TEST_F(PeopleVerbs, PointsAreWrittenLineByLineAndAddUp) {
    const Ran first = ctl({"journal", city});
    const auto at = first.out.find("\"occurred_at\":\"");
    const std::string month = first.out.substr(at + 15, 7);
    const fs::path out = city / "points.csv";
    const Ran ran = ctl({"points", city, "--month", month, "--out", out, "--json"});
    ASSERT_EQ(ran.status, 0) << ran.err;
    std::map<std::string, double> sums;
    std::istringstream csv(read(out));
    std::string line;
    std::getline(csv, line);
    EXPECT_EQ(line, "unit,name,role,desk,team,kind,of,time,minutes,points");
    while (std::getline(csv, line))
        sums[line.substr(0, line.find(','))] += std::stod(line.substr(line.rfind(',') + 1));
    EXPECT_FALSE(sums.empty());
    for (const json& unit : parsed(ran)["units"])
        EXPECT_NEAR(sums[unit["unit"]], unit["points"].get<double>(), 1e-9) << unit["unit"];
    EXPECT_EQ(ctl({"points", city, "--month", "soon"}).status, 2);
}

} // namespace
} // namespace vedette::ctl
