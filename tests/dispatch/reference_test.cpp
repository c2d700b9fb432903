// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/reference.h"

#include <gtest/gtest.h>

using namespace vedette;
using namespace vedette::dispatch;

namespace {

layers::TimeZone::Local clockAt(int weekday, int hour, int minute) {
    return {2026, 11, 23 + weekday, hour, minute, 0, 0, weekday}; // 2026-11-23 is a Monday
}

} // namespace

TEST(Shifts, ReadsHoursAndDays) {
    const auto night = parseShifts("22:00-06:00");
    ASSERT_TRUE(night);
    EXPECT_EQ(*night, (std::vector<Shift>{{22 * 60, 6 * 60, 0x7F}}));
    const auto week = parseShifts("Mon-Fri 08:00-18:00,Sat 09:00-12:00");
    ASSERT_TRUE(week);
    EXPECT_EQ(*week, (std::vector<Shift>{{480, 1080, 0x1F}, {540, 720, 0x20}}));
    EXPECT_EQ(*parseShifts("Fri-Mon 20:00–24:00"), (std::vector<Shift>{{1200, 1440, 0x71}}));
    EXPECT_EQ(*parseShifts("周一至周五 8:30-17:00"), (std::vector<Shift>{{510, 1020, 0x1F}}));
    EXPECT_EQ(*parseShifts("sat/sun"), (std::vector<Shift>{{0, 1440, 0x60}}));
    EXPECT_TRUE(parseShifts("")->empty());
    EXPECT_TRUE(parseShifts(" , ")->empty());
}

TEST(Shifts, RefusesWhatItCannotRead) {
    for (const char* text :
         {"8-5", "25:00-06:00", "22:00", "22:00-06:00x", "Mon-", "24:00-06:00", "always", "08:61-10:00"})
        EXPECT_FALSE(parseShifts(text)) << text;
}

TEST(Shifts, TextReadsBackEqual) {
    for (const char* text : {"22:00-06:00", "Mon-Fri 08:00-18:00,Sat 09:00-12:00", "Sun 00:00-24:00"}) {
        const auto shifts = parseShifts(text);
        EXPECT_EQ(parseShifts(toString(*shifts)), shifts) << text;
    }
}

TEST(Shifts, ATurnAcrossMidnightBelongsToTheDayItStartsOn) {
    const auto friday = *parseShifts("Fri 22:00-06:00");
    EXPECT_FALSE(planned(friday, clockAt(4, 21, 59)));
    EXPECT_TRUE(planned(friday, clockAt(4, 22, 0)));
    EXPECT_TRUE(planned(friday, clockAt(5, 5, 59)));
    EXPECT_FALSE(planned(friday, clockAt(5, 6, 0)));
    EXPECT_FALSE(planned(friday, clockAt(4, 5, 0))); // Friday morning belongs to Thursday's night
    EXPECT_TRUE(planned({}, clockAt(0, 3, 0)));
    EXPECT_TRUE(planned(*parseShifts("08:00-08:00"), clockAt(2, 7, 59)));
}

TEST(Roles, AreKnownByEveryName) {
    for (const char* text : {"gridWorker", "grid_worker", "网格员", "GRIDWORKER", " gridWorker "})
        EXPECT_EQ(role(text), Role::gridWorker) << text;
    EXPECT_FALSE(role("pilot"));
    EXPECT_EQ(toString(Role::departmentDesk), "departmentDesk");
}

TEST(ReferenceText, IsCanonicalAndReadsBackEqual) {
    UnitFacts plain;
    plain.id.text = "U2";
    UnitFacts full{{"G1187"},
                   "王 \"大\\力\"\n",
                   Role::gridWorker,
                   "part",
                   "desk 1",
                   {"320601001001001", "B7"},
                   "320601001001001",
                   layers::LonLat{120.1234567, -0.0000001},
                   {"boat", "弓"},
                   3,
                   *parseShifts("Mon-Fri 08:00-18:00,22:00-06:00")};
    const std::string text = encodeUnits({plain, full});
    EXPECT_EQ(text, encodeUnits({full, plain}));
    EXPECT_EQ(decodeUnits(text), (std::vector{full, plain}));
    EXPECT_EQ(encodeUnits(decodeUnits(text)), text);

    Duty duty{"03.2",
              "噪声",
              Role::auxiliary,
              {Role::gridWorker, Role::departmentDesk},
              {"boat"},
              1,
              std::chrono::minutes(1),
              std::chrono::minutes(9),
              std::chrono::minutes(60),
              {"d1", "d2"}};
    EXPECT_EQ(decodeDuties(encodeDuties({duty, defaultDuty("99")})), (std::vector{duty, defaultDuty("99")}));
}

TEST(ReferenceText, LeavesOutWhatItCannotRead) {
    const std::string good = R"({"id":"U1","role":"officer"})";
    EXPECT_EQ(
        decodeUnits("{\"id\":\n" + good + "\nnonsense\n{}\n{\"id\":\"U3\",\"role\":\"pilot\"}\n").size(), 1u);
    // A member from a newer program is passed over.
    EXPECT_EQ(decodeUnits(R"({"id":"U1","extra":{"a":[1,{"b":"}"}],"c":null},"role":"guard","n":1.5e3})")
                  .at(0)
                  .role,
              Role::guard);
    // Truncated anywhere: never more than what is whole, never a crash.
    for (std::size_t cut = 0; cut < good.size(); ++cut)
        EXPECT_TRUE(decodeUnits(good.substr(0, cut)).empty());
}

TEST(Pooled, KeepsEqualValuesOnce) {
    const Pooled<std::string> a = "320600-a-long-enough-desk", b = std::string("320600-a-long-enough-desk"), c = "other";
    EXPECT_EQ(a, b);
    EXPECT_EQ(&*a, &*b);
    EXPECT_FALSE(a == c);
    EXPECT_EQ(*c, "other");
    EXPECT_TRUE(Pooled<std::string>().empty());
    EXPECT_EQ(Pooled<std::string>(), Pooled<std::string>(""));
    const Pooled<std::vector<Shift>> day = std::vector<Shift>{{480, 1080, 0x1F}},
                                     night = std::vector<Shift>{{480, 1081, 0x1F}};
    EXPECT_FALSE(day == night);
    EXPECT_EQ(day->front().tillMinute, 1080);
}

TEST(ReferenceText, SeventyThousandUnitsAreReadInATrice) {
    std::vector<UnitFacts> units(73000);
    for (std::size_t i = 0; i < units.size(); ++i) {
        units[i].id.text = "G" + std::to_string(100000 + i);
        units[i].name = "网格员 " + std::to_string(i);
        units[i].role = Role::gridWorker;
        units[i].owns = {"320601001001" + std::to_string(100 + i % 900)};
        units[i].homeArea = units[i].owns[0];
        units[i].post = layers::LonLat{120.5 + double(i % 1000) / 7919, 32.1 + double(i / 1000) / 7919};
        units[i].shifts = std::vector<Shift>{{480, 1080, 0x1F}};
    }
    const std::string text = encodeUnits(units);
    const auto from = std::chrono::steady_clock::now();
    const auto back = decodeUnits(text);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - from;
    EXPECT_EQ(back, units);
    RecordProperty("decode_ms", std::to_string(took.count()));
    std::printf("decoded 73,000 units in %.1f ms\n", took.count());
}
