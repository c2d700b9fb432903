// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/command_line.h"

#include "layers/message.h"

#include <gtest/gtest.h>

namespace vedette::console {
namespace {

using dispatch::TicketId;
using dispatch::UnitId;

Lexicon lexicon() {
    Lexicon known;
    known.unit = [](std::string_view word) -> std::optional<UnitId> {
        if (word == "U0322" || word == "u0322")
            return UnitId{"U0322"};
        return word == "G1187" ? std::optional(UnitId{"G1187"}) : std::nullopt;
    };
    known.ticket = [](TicketId id) { return id.number == 1042 || id.number == 1040; };
    known.units = [](std::string_view prefix) {
        return std::string("U0322").starts_with(prefix) ? std::vector<std::string>{"U0322"}
                                                        : std::vector<std::string>{};
    };
    known.tickets = [](std::string_view prefix) {
        return std::string("T1042").starts_with(prefix) ? std::vector<std::string>{"T1042", "T1040"}
                                                        : std::vector<std::string>{};
    };
    known.categories = [](std::string_view) { return std::vector<std::string>{"03.2"}; };
    known.road = [](std::string_view words) -> std::optional<std::string> {
        for (const char* name : {"Renmin Rd", "Renmin Rd North", "人民路"})
            if (words == name || words == "renmin rd")
                return std::string(name);
        return std::nullopt;
    };
    known.roads = [](std::string_view) { return std::vector<std::string>{"@\"Renmin Rd\""}; };
    return known;
}

Line read(std::string_view text) {
    auto parsed = parseLine(text, lexicon());
    const auto* line = std::get_if<Line>(&parsed);
    EXPECT_NE(line, nullptr) << text << ": " << std::get<layers::Message>(parsed).code;
    return line ? *line : Line{};
}

std::string refusal(std::string_view text) {
    auto parsed = parseLine(text, lexicon());
    const auto* why = std::get_if<layers::Message>(&parsed);
    return why ? why->code : "";
}

TEST(CommandLine, VerbUnitAndTicketStandInAnyOrder) {
    for (const char* text : {"a T1042 U0322", "a U0322 T1042", "T1042 a U0322", "U0322 T1042 a",
                             "A t1042 u0322", "assign 1042 u0322", "  a   1042\tU0322 "}) {
        const Line line = read(text);
        EXPECT_EQ(line.verb, Verb::assign) << text;
        ASSERT_EQ(line.tickets.size(), 1u) << text;
        EXPECT_EQ(line.tickets[0].number, 1042u);
        ASSERT_EQ(line.units.size(), 1u) << text;
        EXPECT_EQ(line.units[0].text, "U0322");
    }
}

TEST(CommandLine, EveryVerbInTheTableIsReadByEachOfItsSpellings) {
    for (const VerbRow& row : verbs()) {
        std::string_view rest = row.spellings;
        while (!rest.empty()) {
            const auto end = rest.find(' ');
            const std::string text =
                std::string(rest.substr(0, end)) + " T1042 T1040 U0322 1.5,2.5 03.2 @1.5,2.5 some words";
            auto parsed = parseLine(
                row.verb == Verb::newTicket ? std::string(rest.substr(0, end)) + " 03.2 @1.5,2.5 words"
                : row.verb == Verb::sweep   ? std::string(rest.substr(0, end)) + " 03.2 @320601 words"
                : row.verb == Verb::join    ? std::string(rest.substr(0, end)) + " T1042 S1"
                : row.verb == Verb::road    ? std::string(rest.substr(0, end)) + " list"
                : row.verb == Verb::declare ? std::string(rest.substr(0, end)) + " U0322 1.5,2.5"
                                            : text,
                lexicon());
            if (const auto* line = std::get_if<Line>(&parsed)) {
                EXPECT_EQ(line->verb, row.verb) << text;
            } else { // verbs that take no words say which word they don't know, never that the verb is
                     // unknown
                EXPECT_EQ(std::get<layers::Message>(parsed).code, "unitOrTicketUnknown") << text;
            }
            rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
        }
    }
}

TEST(CommandLine, EveryVerbThatChangesSomethingIsConfirmedInBothLanguages) {
    for (const VerbRow& row : verbs()) {
        if (row.verb == Verb::find || row.verb == Verb::go || row.verb >= Verb::at ||
            row.verb == Verb::category)
            continue;
        std::string code(row.code);
        code.replace(0, 4, "done");
        for (const auto language : {layers::Language::english, layers::Language::chinese})
            EXPECT_EQ(layers::word({code}, language).find(code), std::string::npos) << row.code;
    }
}

TEST(CommandLine, FreeTextIsKeptAsTyped) {
    EXPECT_EQ(read("clr U0322 two  warned, 已劝离").text, "two  warned, 已劝离");
    EXPECT_EQ(read("note T1042 a U0322 said so").text, "a U0322 said so");
    EXPECT_EQ(read("can T1042 called by mistake ").text, "called by mistake");
}

TEST(CommandLine, NewTicketTakesCategoryPlaceAndWords) {
    Line line = read("n 03.2 @人民公园 two injured");
    EXPECT_EQ(line.category, "03.2");
    EXPECT_EQ(line.place, "人民公园");
    EXPECT_EQ(line.text, "two injured");
    line = read("n 03.2 @121.5,32.25");
    ASSERT_TRUE(line.at);
    EXPECT_EQ(line.at->lon, 121.5);
    EXPECT_EQ(line.at->lat, 32.25);
    line = read("n 03.2 @\"Renmin Rd x Taoyuan Rd\" bottle");
    EXPECT_EQ(line.place, "Renmin Rd x Taoyuan Rd");
    EXPECT_EQ(line.text, "bottle");
    // So does a category of a city that names its categories in words.
    const Line worded = read("n \"FEMS - Community Events\" @121.5,31.2 the parade");
    EXPECT_EQ(worded.category, "FEMS - Community Events");
    EXPECT_EQ(worded.text, "the parade");
    EXPECT_EQ(read("note T1042 \"quite\" loud").text, "\"quite\" loud");
    EXPECT_EQ(read("note \"T1042\" is what they call it").text, "\"T1042\" is what they call it");
    EXPECT_EQ(read("note T1042 he said \"no").text, "he said \"no");
}

TEST(CommandLine, ATimeBehindAnEqualsSignSchedulesTheNewTicketAndNothingElseDoes) {
    Line line = read("n 03.2 @park =14:30 banner to be seen to");
    EXPECT_EQ(line.begins, "14:30");
    EXPECT_EQ(line.text, "banner to be seen to");
    EXPECT_EQ(read("n 03.2 =2026-03-14T09:00 @park").begins, "2026-03-14T09:00");
    line = read("n 03.2 @park =odd words");
    EXPECT_EQ(line.begins, "");
    EXPECT_EQ(line.text, "=odd words");
    EXPECT_EQ(read("n 03.2 @park at =14:30").text, "at =14:30") << "once the text has begun it is text";
    EXPECT_EQ(read("n 03.2 @park =14:30 =15:30").text, "=15:30");
}

TEST(CommandLine, TheClosedLoopsVerbsAreRead) {
    EXPECT_EQ(read("fb T1042 result=\"sent home\" photo_taken=yes").text, "result=\"sent home\" photo_taken=yes");
    EXPECT_EQ(read("feedback T1042 U0322 a=b").units.size(), 1u);
    EXPECT_EQ(read("reserve T1042 u0322").units.at(0).text, "U0322");
    EXPECT_EQ(read("unreserve T1042").verb, Verb::unreserve);
    EXPECT_EQ(read("when T1042 14:30").text, "14:30");
    const Line hazard = read("haz T1042 1040 exit blocked");
    EXPECT_EQ(hazard.tickets.size(), 1u) << "a number behind the ticket is days, whatever tickets there are";
    EXPECT_EQ(hazard.text, "1040 exit blocked");
    EXPECT_EQ(read("insp T1042 fail 3 still there").text, "fail 3 still there");
    EXPECT_EQ(read("rect T1042").verb, Verb::rectified);
    EXPECT_EQ(read("join T1042 s12").sweep, "S12");
    EXPECT_EQ(read("join S12").sweep, "S12");
    EXPECT_EQ(read("leave T1042").verb, Verb::leave);
    Line sweep = read("sweep 11.1 @320601001 spring fire check");
    EXPECT_EQ(sweep.category, "11.1");
    EXPECT_EQ(sweep.place, "320601001");
    EXPECT_EQ(sweep.text, "spring fire check");
    EXPECT_EQ(read("sweep 11.1 @\"Old Town\"").place, "Old Town");
    sweep = read("sweep close S1 all seen");
    EXPECT_EQ(sweep.category, "close");
    EXPECT_EQ(sweep.sweep, "S1");
    EXPECT_EQ(sweep.text, "all seen");
}

TEST(CommandLine, WhatTheClosedLoopsVerbsLackIsNamed) {
    EXPECT_EQ(refusal("fb T1042"), "lineNeedsText");
    EXPECT_EQ(refusal("reserve T1042"), "lineNeedsUnit");
    EXPECT_EQ(refusal("when T1042"), "lineNeedsText");
    EXPECT_EQ(refusal("haz T1042"), "lineNeedsText");
    EXPECT_EQ(refusal("join T1042"), "lineNeedsSweep");
    EXPECT_EQ(refusal("sweep"), "lineNeedsCategory");
    EXPECT_EQ(refusal("sweep 11.1"), "lineNeedsArea");
    EXPECT_EQ(refusal("sweep close"), "lineNeedsSweep");
    EXPECT_EQ(refusal("sweep close S1"), "lineNeedsText");
    for (const char* code : {"lineNeedsArea", "lineNeedsSweep", "lineNeedsFields", "lineNeedsDays", "lineNeedsVerdict"})
        EXPECT_TRUE(layers::hasWording(code, layers::Language::chinese)) << code;
}

RoadSaid road(std::string_view text) {
    const Line line = read(text);
    EXPECT_EQ(line.verb, Verb::road) << text;
    return line.road.value_or(RoadSaid{});
}

TEST(CommandLine, ARoadIsNamedByTheLongestNameThatIsOneWithOrWithoutQuotes) {
    using Deed = RoadSaid::Deed;
    for (const char* text :
         {"road close Renmin Rd until 18:00 burst main", "road close renmin rd burst main until 18:00",
          "road close @\"Renmin Rd\" burst until 18:00 main", "ROAD CLOSE @renmin rd until 18:00 burst main"}) {
        const RoadSaid said = road(text);
        EXPECT_EQ(said.deed, Deed::close) << text;
        EXPECT_EQ(said.name, "Renmin Rd") << text;
        EXPECT_EQ(said.until, "18:00") << text;
        EXPECT_EQ(said.reason, "burst main") << text;
    }
    EXPECT_EQ(road("road close Renmin Rd North").name, "Renmin Rd North");
    EXPECT_EQ(road("road close 人民路 积水").name, "人民路");
    EXPECT_EQ(road("road close 人民路 积水").reason, "积水");
    EXPECT_EQ(road("road close Nowhere until tomorrow").reason, "until tomorrow"); // no time
    EXPECT_EQ(road("road close Renmin Rd until 2026-11-28 18:00 x").until, "2026-11-28 18:00");
}

TEST(CommandLine, ARoadIsClosedAtPlacesSlowedByAShareAndOpenedByItsNumber) {
    const RoadSaid said = road("road slow 121.5,32.0 121.6,32.1 50% roadworks");
    ASSERT_EQ(said.points.size(), 2u);
    EXPECT_EQ(said.points[1].lat, 32.1);
    EXPECT_EQ(said.factor, 0.5);
    EXPECT_EQ(said.reason, "roadworks");
    EXPECT_EQ(road("road slow Renmin Rd 0.25").factor, 0.25);
    EXPECT_EQ(road("road open r12").id, "R12");
    EXPECT_EQ(road("road").deed, RoadSaid::Deed::list);
    EXPECT_EQ(road("road list").deed, RoadSaid::Deed::list);
    EXPECT_EQ(refusal("road shut x"), "roadDeedUnknown");
    EXPECT_EQ(refusal("road close"), "roadLineNeedsPlace");
    EXPECT_EQ(refusal("road slow Renmin Rd"), "roadLineNeedsFactor");
    EXPECT_EQ(refusal("road slow Renmin Rd 2"), "roadLineNeedsFactor");
    EXPECT_EQ(refusal("road open"), "roadLineNeedsId");
    EXPECT_EQ(refusal("road close @\"Renmin"), "quoteOpen");
    EXPECT_EQ(completions("road sl", lexicon()), std::vector<std::string>{"slow"});
    EXPECT_EQ(completions("road close Ren", lexicon()), std::vector<std::string>{"@\"Renmin Rd\""});
}

TEST(CommandLine, WhatIsMissingIsNamed) {
    EXPECT_EQ(refusal(""), "lineEmpty");
    EXPECT_EQ(refusal("   "), "lineEmpty");
    EXPECT_EQ(refusal("asign T1042"), "verbUnknown");
    EXPECT_EQ(refusal("merge T1042"), "lineNeedsTwoTickets");
    EXPECT_EQ(refusal("n"), "lineNeedsCategory");
    EXPECT_EQ(refusal("n 03.2"), "lineNeedsPlace");
    EXPECT_EQ(refusal("off"), "lineNeedsUnit");
    EXPECT_EQ(refusal("note T1042"), "lineNeedsText");
    EXPECT_EQ(refusal("declare U0322"), "lineNeedsPlace");
    EXPECT_EQ(refusal("n 03.2 @\"Renmin"), "quoteOpen");
    EXPECT_EQ(refusal("a T1042 U9999"), "unitOrTicketUnknown");
}

TEST(CommandLine, TheNearestVerbIsProposed) {
    auto parsed = parseLine("asign T1042", lexicon());
    const auto& why = std::get<layers::Message>(parsed);
    EXPECT_EQ(why.args.at(1).second, "assign");
}

TEST(CommandLine, ATicketOrAUnitAloneShowsIt) {
    EXPECT_EQ(read("T1042").verb, Verb::go);
    EXPECT_EQ(read("u0322").verb, Verb::go);
    EXPECT_EQ(read("39.9,116.3").verb, Verb::go);
    EXPECT_EQ(read("39.9,116.3").text, "39.9,116.3");
    EXPECT_EQ(read("329901501001003").verb, Verb::go);
    EXPECT_EQ(read("go 32 00 44 N 120 51 34 E").text, "32 00 44 N 120 51 34 E");
    EXPECT_EQ(read("go 120.86, 32.01").text, "120.86, 32.01");
}

TEST(CommandLine, FindTakesWordsThatLookLikeTickets) {
    EXPECT_EQ(read("find T1042").text, "T1042");
    EXPECT_EQ(read("/ 3").verb, Verb::find);
}

TEST(CommandLine, ANumberAfterCatIsACategoryEvenWhereThereIsSuchATicket) {
    const Line line = read("cat T1042 1040");
    EXPECT_EQ(line.verb, Verb::category);
    ASSERT_EQ(line.tickets.size(), 1u);
    EXPECT_EQ(line.tickets[0].number, 1042u);
    EXPECT_EQ(line.text, "1040");
    EXPECT_EQ(read("cat Fight, injured").text, "Fight, injured");
    EXPECT_EQ(refusal("cat T1042"), "lineNeedsNewCategory");
    EXPECT_EQ(completions("cat T1042 0", lexicon()).front(), "03.2");
}

TEST(CommandLine, CoordinatesAreLongitudeFirstAndInRange) {
    EXPECT_TRUE(lonLatOf("121.8,32.0"));
    EXPECT_TRUE(lonLatOf("-77.03,38.9"));
    EXPECT_FALSE(lonLatOf("32.0,121.8"));
    EXPECT_FALSE(lonLatOf("121.8"));
    EXPECT_FALSE(lonLatOf("121.8,"));
    EXPECT_FALSE(lonLatOf("121.8,32.0x"));
    EXPECT_FALSE(lonLatOf("nan,nan"));
}

TEST(CommandLine, TabOffersVerbsThenTicketsThenUnits) {
    EXPECT_EQ(completions("ass", lexicon()).front(), "assign");
    EXPECT_EQ(completions("a T1", lexicon()).front(), "T1042");
    EXPECT_EQ(completions("a T1042 U", lexicon()).front(), "U0322");
    EXPECT_EQ(completions("n 03", lexicon()).front(), "03.2");
    EXPECT_TRUE(completions("a T1042 Q", lexicon()).empty());
}

} // namespace
} // namespace vedette::console
