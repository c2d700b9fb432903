// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/filter.h"
#include "layers/layer_file.h"
#include "layers/layer_style.h"
#include "make_snapshot.h"

#include <fstream>

namespace vedette::layers {
namespace {

Rows table() {
    static const Snapshot held = made::snapshot("t", {"name", "level", "Half Name", "类别"},
                                                {{Shape::none, {}, {"Zoo park", "3", "x", "公园"}},
                                                 {Shape::none, {}, {"O'Hara", "10", std::nullopt, "商场"}},
                                                 {Shape::none, {}, {"bridge", std::nullopt, "y", "公园"}},
                                                 {Shape::none, {}, {"", "1.5", "100%", ""}}});
    return rowsOf(held);
}

// Rows that a filter takes, as "0 2"; else what is wrong with it.
std::string taken(const std::string& text) {
    const Rows rows = table();
    const auto filter = Filter::parse(text, rows.columns);
    if (!filter)
        return filter.problem().message.code + " " + filter.problem().message.args[1].second;
    std::string out;
    for (std::size_t row = 0; row < rows.count; ++row)
        if (filter.value().holds(rows, row))
            out += (out.empty() ? "" : " ") + std::to_string(row);
    return out;
}

TEST(Filter, anEmptyOneTakesEverything) {
    EXPECT_EQ(taken(""), "0 1 2 3");
    EXPECT_EQ(taken("  \t\n"), "0 1 2 3");
}

TEST(Filter, numbersCompareAsNumbersAndTextsAsTexts) {
    EXPECT_EQ(taken("level > 2"), "0 1");
    EXPECT_EQ(taken("level >= 1.5 and level < 10"), "0 3");
    EXPECT_EQ(taken("level = 10.0"), "1");
    EXPECT_EQ(taken("level <> 3"), "1 3");
    EXPECT_EQ(taken("name < 'a'"), "0 1 3");
    EXPECT_EQ(taken("level > -1"), "0 1 3");
}

TEST(Filter, aNullIsNeitherEqualNorUnequal) {
    EXPECT_EQ(taken("level is null"), "2");
    EXPECT_EQ(taken("level IS NOT NULL"), "0 1 3");
    EXPECT_EQ(taken("level = null"), "");
    EXPECT_EQ(taken("not level = 3"), "1 3");
    EXPECT_EQ(taken("level = 3 or name = 'bridge'"), "0 2");
    EXPECT_EQ(taken("level not in (3, 10)"), "3");
    EXPECT_EQ(taken("level not in (3, null)"), "");
    EXPECT_EQ(taken("level in (3, null)"), "0");
}

TEST(Filter, andBindsCloserThanOr) {
    EXPECT_EQ(taken("name = 'bridge' or level = 3 and name = 'nobody'"), "2");
    EXPECT_EQ(taken("(name = 'bridge' or level = 3) and 类别 = '公园'"), "0 2");
    EXPECT_EQ(taken("not (level = 3 or level = 10)"), "3");
}

TEST(Filter, likeKnowsItsTwoSigns) {
    EXPECT_EQ(taken("name like '%park'"), "0");
    EXPECT_EQ(taken("name ilike 'BR_DGE'"), "2");
    EXPECT_EQ(taken("name like 'BR_DGE'"), "");
    EXPECT_EQ(taken("类别 like '_园'"), "0 2") << "one sign stands for one character, not one byte";
    EXPECT_EQ(taken("name not like '%a%'"), "2 3");
    EXPECT_EQ(taken("name like ''"), "3");
    EXPECT_EQ(taken("\"Half Name\" like '%%%%%%%%%%%%%%%%%%%%0%%%%'"), "3");
}

TEST(Filter, quotesAreDoubledInside) {
    EXPECT_EQ(taken("name = 'O''Hara'"), "1");
    EXPECT_EQ(taken("\"Half Name\" = 'x'"), "0");
    EXPECT_EQ(taken("LEVEL = 3"), "0") << "a column's case doesn't matter where it is clear";
}

TEST(Filter, whatCannotBeReadIsSaidWithItsPlace) {
    EXPECT_EQ(taken("level >"), "filterUnreadable ");
    EXPECT_EQ(taken("level > 3 5"), "filterUnreadable 5");
    EXPECT_EQ(taken("level ! 3"), "filterUnreadable ! 3");
    EXPECT_EQ(taken("name = 'open"), "filterUnreadable 'open");
    EXPECT_EQ(taken("(level = 3"), "filterUnreadable ");
    EXPECT_EQ(taken("level in 3"), "filterUnreadable 3");
    EXPECT_EQ(taken("level = 3x"), "filterUnreadable 3x");
    EXPECT_EQ(taken("leevel = 3"), "filterColumn leevel");
    EXPECT_EQ(taken("; drop table"), "filterUnreadable ; drop table");
    EXPECT_EQ(taken(std::string(100000, '(')).substr(0, 16), "filterUnreadable") << "depth is bounded";
    std::string nots;
    for (int i = 0; i < 100000; ++i)
        nots += "not ";
    EXPECT_EQ(taken(nots + "level = 3").substr(0, 16), "filterUnreadable");
}

TEST(LayerStyle, eachKindSortsRowsIntoItsClasses) {
    const Rows rows = table();
    LayerStyle style;
    EXPECT_EQ(classified(style, rows, {}).classOf, (std::vector<std::uint16_t>{0, 0, 0, 0}));
    const auto some = Filter::parse("level > 2", rows.columns);
    EXPECT_EQ(classified(style, rows, some.value()).classOf,
              (std::vector<std::uint16_t>{0, 0, noClass, noClass}));

    categorise(style, rows, "类别");
    ASSERT_EQ(style.classes.size(), 3u) << "公园, 商场, else";
    EXPECT_EQ(style.classes[0].value, "公园");
    EXPECT_NE(style.classes[0].fill, style.classes[1].fill);
    EXPECT_EQ(classified(style, rows, {}).classOf, (std::vector<std::uint16_t>{0, 1, 0, 2}));
    EXPECT_EQ(classified(style, rows, {}).counts, (std::vector<std::size_t>{2, 1, 1}));

    graduate(style, rows, "level", BreakMethod::jenks, 2, {0xff000000, 0xffffffff});
    ASSERT_EQ(style.classes.size(), 2u);
    EXPECT_EQ(style.classes[0].to, 3);
    EXPECT_EQ(style.classes[1].fill, 0xffffffffu);
    EXPECT_EQ(classified(style, rows, {}).classOf, (std::vector<std::uint16_t>{0, 1, noClass, 0}))
        << "the lowest value belongs to the first class, null to none";

    style.kind = StyleKind::rule;
    style.classes.assign(3, StyleClass{});
    style.classes[0].filter = "level >= 10", style.classes[1].filter = "broken ((";
    const Classified by = classified(style, rows, {});
    EXPECT_EQ(by.classOf, (std::vector<std::uint16_t>{2, 0, 2, 2}));
    ASSERT_EQ(by.problems.size(), 1u);
}

TEST(LayerStyle, aColumnThatIsGoneLeavesEverythingToElse) {
    LayerStyle style;
    style.kind = StyleKind::categorised;
    style.column = "gone";
    style.classes[0].value = "a";
    style.classes.emplace_back();
    EXPECT_EQ(classified(style, table(), {}).counts, (std::vector<std::size_t>{0, 4}));
    style.kind = StyleKind::graduated;
    EXPECT_EQ(classified(style, table(), {}).counts, (std::vector<std::size_t>{0, 0}));
    style.classes.clear();
    EXPECT_EQ(classified(style, table(), {}).counts.size(), 0u);
}

TEST(Rows, aPlaceFindsWhatLiesThere) {
    const Snapshot ground = made::snapshot(
        "t", {"name"},
        {{Shape::polygon, {made::square(0, 0, 100), made::square(40, 40, 20, true)}, {"holed"}},
         {Shape::line, {{{{0, 200}, {100, 200}}, false}}, {"line"}},
         {Shape::point, {{{{300, 300}}, false}}, {"point"}},
         {Shape::none, {}, {"nowhere"}}});
    using Found = std::vector<std::size_t>;
    EXPECT_EQ(featuresAt(ground, {10, 10}, 5, 9), (Found{0}));
    EXPECT_EQ(featuresAt(ground, {50, 50}, 5, 9), (Found{})) << "a hole is no part of it";
    EXPECT_EQ(featuresAt(ground, {50, 204}, 5, 9), (Found{1}));
    EXPECT_EQ(featuresAt(ground, {50, 206}, 5, 9), (Found{}));
    EXPECT_EQ(featuresAt(ground, {303, 304}, 5, 9), (Found{2}));
    EXPECT_EQ(featuresAt(ground, {10, 10}, 5, 0), (Found{}));
}

TEST(LayerFile, whatIsWrittenIsRead) {
    const TemporaryFolder folder;
    EXPECT_TRUE(loadLayers(folder.path()).value().empty()) << "no file is no fault";
    KeptLayer grid;
    grid.id = "grid", grid.visible = false;
    KeptLayer added;
    added.id = "layer1", added.name = "消防栓 \"new\"", added.filter = "a = 'b' and \"c\" > 1.5";
    added.spec.source = "water/hydrants.gpkg|layername=a b", added.spec.crs = "EPSG:4490",
    added.spec.encoding = "GB18030";
    added.spec.datum = Datum::gcj02, added.spec.columns = {{"x", "经度"}, {"y", "lat"}};
    added.style = "{\"kind\":\"single\",\n\"opacity\":0.5}";
    added.seen = {0.5, -1.25, 1e6, 2.125};
    ASSERT_TRUE(saveLayers(folder.path(), {added, grid}).ok());
    const auto read = loadLayers(folder.path());
    ASSERT_TRUE(read.ok()) << word(read.problem().message, Language::english);
    EXPECT_EQ(read.value(), (std::vector<KeptLayer>{added, grid}));
}

TEST(LayerFile, aBrokenFileIsNamedWithItsLine) {
    const TemporaryFolder folder;
    const auto code = [&](const char* text) {
        std::ofstream(layerFile(folder.path())) << text;
        const auto read = loadLayers(folder.path());
        return read ? std::string("read") : read.problem().message.code;
    };
    EXPECT_EQ(code("format = 1\n[[layer]]\nid = "), "tomlBroken");
    EXPECT_EQ(code("format = 3\n"), "formatNewer");
    EXPECT_EQ(code("[[layer]]\nname = \"x\"\n"), "keyMissing");
    EXPECT_EQ(code("[[layer]]\nid = \"x\"\nvisibel = true\n"), "keyUnknown");
    EXPECT_EQ(code("[[layer]]\nid = \"x\"\nvisible = 3\n"), "keyType");
    EXPECT_EQ(code("[[layer]]\nid = \"x\"\n"), "read");
}

TEST(LayerFile, groupsAreWrittenAndReadAndAFileWithoutThemStaysOfTheFirstFormat) {
    const TemporaryFolder folder;
    KeptLayer grid, head, first, second, none;
    grid.id = "grid";
    head.id = "group2", head.name = "水 \"west\"", head.head = head.folded = true, head.visible = false;
    first.id = "layer1", first.name = "a", first.spec.source = "a.gpkg", first.group = "group2";
    second.id = "roads", second.group = "group2", second.visible = false;
    none.id = "group3", none.name = "empty", none.head = true;
    const std::vector<KeptLayer> all{grid, head, first, second, none};
    ASSERT_TRUE(saveLayers(folder.path(), all).ok());
    const auto read = loadLayers(folder.path());
    ASSERT_TRUE(read.ok()) << word(read.problem().message, Language::english);
    EXPECT_EQ(read.value(), all);
    const auto text = [&] {
        std::ifstream file(layerFile(folder.path()));
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    EXPECT_NE(text().find("format = 2"), std::string::npos) << "who knows no groups says that the file is newer";
    ASSERT_TRUE(saveLayers(folder.path(), {grid}).ok());
    EXPECT_NE(text().find("format = 1"), std::string::npos);
}

TEST(LayerFile, damageToAGroupCostsNoLayer) {
    const TemporaryFolder folder;
    const std::string three = "[[layer]]\nid = \"group1\"\n[[layer]]\nid = \"grid\"\n[[layer]]\nid = \"layer1\"\n"
                              "source = \"a.gpkg\"\n[[layer]]\nid = \"roads\"\n";
    const auto groups = [&](const std::string& group) {
        std::ofstream(layerFile(folder.path())) << "format = 2\n" << three << group;
        const auto read = loadLayers(folder.path());
        std::string out = read ? "" : read.problem().message.code;
        for (std::size_t i = 0; read && i < read.value().size(); ++i)
            out += read.value()[i].id + ":" + read.value()[i].group + " ";
        return out;
    };
    const std::string apart = "group1: grid: layer1: roads: ";
    EXPECT_EQ(groups("[[group]]\nid = \"group1\"\nlayers = [\"layer1\", \"roads\"]\n"),
              "group1: layer1:group1 roads:group1 grid: ") << "and they stand behind their head";
    EXPECT_EQ(groups("[[group]]\nid = \"group1\"\nvisible = 3\ncolour = 1\nlayers = [\"grid\", \"gone\"]\n"),
              "group1: grid:group1 layer1: roads: ");
    EXPECT_EQ(groups("[[group]]\nid = \"group1\"\nlayers = 5\n"), apart);
    EXPECT_EQ(groups("[[group]]\nid = \"group9\"\nlayers = [\"grid\"]\n"), apart);
    EXPECT_EQ(groups("[[group]]\nid = \"layer1\"\nlayers = [\"grid\"]\n"), apart) << "a layer is no head";
    EXPECT_EQ(groups("[[group]]\nid = \"roads\"\nlayers = [\"grid\"]\n"), apart);
    EXPECT_EQ(groups("[[group]]\nid = \"group1\"\nlayers = [\"group1\"]\n"), apart) << "nor its own member";
    EXPECT_EQ(groups("[[group]]\nname = 1\n"), apart);
    EXPECT_EQ(groups("[group]\nid = \"group1\"\n"), apart);
}

TEST(LayerFile, aSourceInTheFolderIsSpelledFromThere) {
    const TemporaryFolder folder;
    const std::string inside = (folder.path() / "sub" / "a.shp").string();
    EXPECT_EQ(spelledIn(folder.path(), inside), "sub/a.shp");
    EXPECT_EQ(spelledIn(folder.path(), inside + "|layername=x"), "sub/a.shp|layername=x");
    EXPECT_EQ(spelledIn(folder.path(), "/elsewhere/b.gpkg"), "/elsewhere/b.gpkg");
}

} // namespace
} // namespace vedette::layers
