// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/grid_code.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace vedette::layers;

namespace {

std::string reason(std::string_view text, std::string_view schema = "cn-grid-15") {
    const auto code = CodeSchema::named(schema)->parse(text);
    if (code.ok())
        return "";
    EXPECT_TRUE(hasWording(code.problem().message.code, Language::english));
    return code.problem().message.code;
}

} // namespace

TEST(GridCode, RollsUpByPrefix) {
    const auto code = GridCode::parse("320602001002003");
    ASSERT_TRUE(code.ok());
    EXPECT_EQ(code.value().county(), "320602");
    EXPECT_EQ(code.value().township(), "320602001");
    EXPECT_EQ(code.value().community(), "320602001002");
    EXPECT_EQ(code.value().serial(), 3);
    EXPECT_EQ(code.value().grouped(), "320602 001 002 003");
    EXPECT_TRUE(code.value().within("320602001"));
    EXPECT_FALSE(code.value().within("320602002"));
    EXPECT_FALSE(code.value().within(""));
    EXPECT_EQ(GridCode::parse(" 320602-001-002-003 ").value(), code.value());
}

TEST(GridCode, DoesNotExistWhenItIsNotValid) {
    EXPECT_EQ(reason(""), "codeEmpty");
    EXPECT_EQ(reason("  "), "codeEmpty");
    EXPECT_EQ(reason("32060200100200"), "codeLength");
    EXPECT_EQ(reason("3206020010020034"), "codeLength");
    EXPECT_EQ(reason("32060200100200X"), "codeNotDigits");
    EXPECT_EQ(reason("３２0602001002003"), "codeNotDigits");
    EXPECT_EQ(reason("990602001002003"), "codeRegion");
    EXPECT_EQ(reason("320602000002003"), "codeGroupZero");
    EXPECT_EQ(reason("320602001000003"), "codeGroupZero");
    EXPECT_EQ(reason("320602001002000"), "");
}

TEST(CodeSchema, IsReplaceable) {
    EXPECT_EQ(reason("320602010001", "police-12"), "");
    EXPECT_EQ(reason("320602010001002", "police-15"), "");
    EXPECT_EQ(reason("320602010001", "police-15"), "codeLength");
    EXPECT_EQ(reason("32060200100200300001", "cjt349-20"), "");
    EXPECT_EQ(reason("PSA 101", "free"), "");
    EXPECT_EQ(CodeSchema::named("police-12")->upTo("320602010001", "station"), "32060201");
    EXPECT_EQ(CodeSchema::named("free")->upTo("PSA 101", "county"), "");
    EXPECT_EQ(CodeSchema::named("free")->grouped("PSA 101"), "PSA 101");
    EXPECT_EQ(CodeSchema::named("klingon"), nullptr);
    for (const auto name : CodeSchema::names())
        EXPECT_EQ(CodeSchema::named(name)->name(), name);
}

RC_GTEST_PROP(CodeSchema, GroupedReadsBackAsItself, ()) {
    const int county = *rc::gen::inRange(110000, 110999), serial = *rc::gen::inRange(0, 1000);
    const int township = *rc::gen::inRange(1, 1000), community = *rc::gen::inRange(1, 1000);
    char text[32];
    std::snprintf(text, sizeof text, "%06d%03d%03d%03d", county, township, community, serial);
    const auto code = GridCode::parse(text);
    RC_ASSERT(code.ok());
    RC_ASSERT(GridCode::parse(code.value().grouped()).value() == code.value());
    RC_ASSERT(code.value().serial() == serial);
}
