// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/symbols.h"

#include "map/mark_image.h"
#include "offscreen.h"

#include <QFile>
#include <QGuiApplication>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace vedette::map {
namespace {

const auto* const offscreen =
    ::testing::AddGlobalTestEnvironment(new test::Offscreen<QGuiApplication>); // owned by GoogleTest

struct City {
    QTemporaryDir folder;
    void write(const QString& name, const QByteArray& text) {
        QDir(folder.path()).mkpath(QStringLiteral("symbols"));
        QFile file(folder.filePath(name));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    SymbolBook::Loaded load() const { return SymbolBook::load(folder.path().toStdString()); }
};

SymbolFacts incident(std::string_view category, std::string_view name = "", int severity = 3) {
    SymbolFacts facts;
    facts.table = SymbolFacts::Table::incident;
    facts.category = category, facts.name = name, facts.severity = severity, facts.stage = "reported";
    return facts;
}

SymbolFacts unit(std::string_view role, std::string_view status) {
    SymbolFacts facts;
    facts.role = role, facts.status = status;
    return facts;
}

const std::string& nameOf(const SymbolBook& book, const SymbolFacts& facts) {
    return book.symbols()->name(book.symbol(facts).drawing);
}

std::string argument(const layers::Message& message, std::string_view name) {
    for (const auto& [key, value] : message.args)
        if (key == name)
            return value;
    return {};
}

const char* const square = R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M2 2H22V22H2Z"/></svg>)";

TEST(SymbolBook, anEmptyWorkspaceHasTheProgramsRulesAndNothingWrong) {
    const City city;
    const auto loaded = city.load();
    EXPECT_TRUE(loaded.wrong.empty());
    EXPECT_GT(loaded.book->symbols()->size(), 20u);
}

TEST(SymbolBook, everyRoleHasASymbolOfItsOwnAndEveryStatusAShape) {
    const auto book = SymbolBook::builtIn();
    std::set<std::uint16_t> drawings;
    for (const auto role :
         {"officer", "auxiliary", "gridWorker", "guard", "mediator", "rescueTeam", "departmentDesk"}) {
        const Symbol symbol = book->symbol(unit(role, "free"));
        EXPECT_NE(symbol.drawing, 0) << role;
        EXPECT_TRUE(drawings.insert(symbol.drawing).second) << role;
    }
    std::set<MarkShape> shapes;
    for (const auto status : {"free", "assigned", "enroute", "onscene", "onBreak", "lost", "off"})
        EXPECT_TRUE(shapes.insert(book->symbol(unit("officer", status)).shape).second) << status;
}

TEST(SymbolBook, whatACategoryIsCalledFindsItsSymbolInBothLanguages) {
    const auto book = SymbolBook::builtIn();
    for (const auto& [name, symbol] : {std::pair("THEFT OF BICYCLE", "theft"),
                                       {"居民楼火灾 Fire in a dwelling", "fire"},
                                       {"广场舞噪音", "noise"},
                                       {"飞线充电 Unsafe charging", "hazard"},
                                       {"道路积水", "flood"},
                                       {"", "other"},
                                       {"Something else", "other"}})
        EXPECT_EQ(nameOf(*book, incident("x", name)), symbol) << name;
}

// What the sample's catalogue calls its categories, one a line; `duties.csv` has no commas within names.
TEST(SymbolBook, everyCategoryOfTheSampleHasASymbolOfItsOwn) {
    const auto book = SymbolBook::builtIn();
    QFile file(QStringLiteral(VEDETTE_SOURCE_DIR "/data/samples/binhai/duties.csv"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    file.readLine();
    int rows = 0;
    while (!file.atEnd()) {
        const auto cells = file.readLine().split(',');
        ASSERT_GT(cells.size(), 2);
        const std::string category = cells[0].toStdString(), name = cells[1].toStdString();
        EXPECT_NE(nameOf(*book, incident(category, name)), "other") << category << " " << name;
        // And each language alone, as other cities write them.
        const auto space = name.find(' ');
        ASSERT_NE(space, name.npos);
        const std::string chinese = name.substr(0, space), english = name.substr(space + 1);
        EXPECT_EQ(nameOf(*book, incident(category, english)), nameOf(*book, incident(category, name))) << english;
        EXPECT_NE(nameOf(*book, incident(category, chinese)), "other") << chinese;
        ++rows;
    }
    EXPECT_GT(rows, 150);
    for (const auto& [name, symbol] : {std::pair("Open burning", "fire"), {"Unpaid wages", "dispute"},
                                       {"Street vendors", "trade"}, {"垃圾起火 Rubbish on fire", "fire"},
                                       {"路面塌陷 Road collapsed", "facility"}, {"井盖缺失 Manhole cover missing", "facility"}})
        EXPECT_EQ(nameOf(*book, incident("x", name)), symbol) << name;
}

TEST(SymbolBook, severityColoursAndADoneStageChangesTheShape) {
    const auto book = SymbolBook::builtIn();
    for (int severity = 1; severity <= 4; ++severity)
        EXPECT_EQ(book->symbol(incident("x", "", severity)).in(Theme::dark),
                  hueColour(Hue(int(Hue::priority1) + severity - 1), Theme::dark));
    SymbolFacts done = incident("x");
    done.stage = "handled";
    EXPECT_EQ(book->symbol(incident("x")).shape, MarkShape::triangle);
    EXPECT_EQ(book->symbol(done).shape, MarkShape::circle);
    done.table = SymbolFacts::Table::hazard;
    EXPECT_EQ(book->symbol(done).shape, MarkShape::hexagon);
}

TEST(SymbolBook, aCitysRuleComesAfterTheProgramsAndTouchesOnlyWhatItStates) {
    City city;
    city.write("symbols.toml", R"(
format = 1
[[incident]]
category = "09"
symbol = "medical"
[[unit]]
role = ["guard", "auxiliary"]
status = "free"
colour = "#123456"
)");
    const auto loaded = city.load();
    ASSERT_TRUE(loaded.wrong.empty());
    EXPECT_EQ(nameOf(*loaded.book, incident("09", "Fire")), "medical");
    EXPECT_EQ(nameOf(*loaded.book, incident("09.1", "Fire")), "medical");
    EXPECT_EQ(nameOf(*loaded.book, incident("091", "Fire")), "fire") << "another category";
    const Symbol guard = loaded.book->symbol(unit("guard", "free"));
    EXPECT_EQ(guard.in(Theme::light), QColor("#123456"));
    EXPECT_EQ(guard.shape, MarkShape::square);
    EXPECT_EQ(nameOf(*loaded.book, unit("guard", "free")), "guard");
    EXPECT_EQ(loaded.book->symbol(unit("guard", "enroute")).in(Theme::dark), hueColour(Hue::enRoute, Theme::dark));
}

TEST(SymbolBook, aBadRuleIsNamedWithItsLineAndTheOthersHold) {
    City city;
    city.write("symbols.toml", "format = 1\n"                              // 1
                               "[[unit]]\nrole = \"guard\"\nshape = \"star\"\n" // 2
                               "[[unit]]\ncolour = \"reddish\"\n"          // 5
                               "[[unit]]\nrule = \"x\"\n"                  // 7
                               "[[incident]]\nseverity = 9\n"              // 9
                               "[[incident]]\nrole = \"guard\"\n"          // 11
                               "[[unit]]\nsymbol = \"nowhere\"\nrole = \"mediator\"\n" // 13
                               "[[unit]]\nsymbol = \"fire\"\nrole = \"officer\"\n");
    const auto loaded = city.load();
    std::vector<int> lines;
    for (const auto& one : loaded.wrong) {
        EXPECT_EQ(argument(one, "path"), city.folder.filePath("symbols.toml").toStdString());
        EXPECT_TRUE(layers::hasWording(one.code, layers::Language::chinese)) << one.code;
        lines.push_back(std::stoi(argument(one, "line")));
    }
    std::sort(lines.begin(), lines.end());
    EXPECT_EQ(lines, (std::vector{2, 5, 7, 9, 11, 13}));
    EXPECT_EQ(nameOf(*loaded.book, unit("officer", "free")), "fire");
    EXPECT_EQ(loaded.book->symbol(unit("mediator", "free")).drawing, 0) << "its shape stands in";
    EXPECT_EQ(loaded.book->symbol(unit("mediator", "free")).shape, MarkShape::square);
}

TEST(SymbolBook, aFileThatIsNoTomlLeavesTheProgramsRules) {
    for (const QByteArray& text : {QByteArray("[[unit"), QByteArray(""), QByteArray("\0\1\2", 3), QByteArray("unit = 3\n"),
                                  QByteArray(2'000'000, '#')}) {
        City city;
        city.write("symbols.toml", text);
        const auto loaded = city.load();
        EXPECT_EQ(loaded.wrong.size(), 1u) << text.left(10).constData();
        EXPECT_EQ(nameOf(*loaded.book, unit("guard", "free")), "guard");
    }
}

TEST(SymbolBook, aCitysDrawingTakesThePlaceOfTheProgramsUnlessItIsBad) {
    City good, bad;
    good.write("symbols/guard.svg", square);
    const auto taken = good.load();
    EXPECT_TRUE(taken.wrong.empty());
    const auto number = taken.book->symbol(unit("guard", "free")).drawing;
    EXPECT_EQ(taken.book->symbols()->svg(number), QByteArray(square));
    bad.write("symbols/guard.svg", "<svg><script>x</script></svg>");
    const auto left = bad.load();
    ASSERT_EQ(left.wrong.size(), 1u);
    EXPECT_EQ(left.wrong[0].code, "symbolDrawingWrong");
    EXPECT_EQ(argument(left.wrong[0], "cause"), "<script>");
    EXPECT_NE(left.book->symbol(unit("guard", "free")).drawing, 0);
}

TEST(SymbolBook, aNameLeadsNowhereElse) {
    City city;
    city.write("secret.svg", square);
    city.write("symbols.toml", "[[unit]]\nsymbol = \"../secret\"\n");
    const auto loaded = city.load();
    ASSERT_EQ(loaded.wrong.size(), 1u);
    EXPECT_EQ(loaded.wrong[0].code, "symbolUnknown");
}

TEST(SymbolDrawing, whatReachesOutOrIsTooMuchIsRefused) {
    EXPECT_EQ(symbolDrawingFault(square), "");
    const auto inside = [](const char* part) { return QByteArray("<svg>") + part + "</svg>"; };
    for (const QByteArray& svg :
         {QByteArray(), QByteArray("no xml"), QByteArray("<html/>"), inside("<image href='file:///etc/passwd'/>"),
          inside("<use href='#a'/>"), inside("<path d='M0 0' href='x'/>"), inside("<style>*{}</style>"),
          inside("<path fill='url(#a)' d='M0 0'/>"), inside("<filter/>"), inside("<g>"), QByteArray("<svg"),
          QByteArray("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>"), inside(QByteArray("<g>").repeated(40)),
          inside(QByteArray("<g/>").repeated(600)), QByteArray("<svg>") + QByteArray(70'000, ' ') + "</svg>"})
        EXPECT_NE(symbolDrawingFault(svg), "") << svg.left(60).constData();
}

TEST(SymbolDrawing, theProgramsOwnAreSoundVisibleAndTellEachOtherApart) {
    const auto& set = *SymbolBook::builtIn()->symbols();
    std::vector<QImage> pictures;
    for (std::uint16_t i = 1; i <= set.size(); ++i) {
        EXPECT_EQ(symbolDrawingFault(set.svg(i)), "") << set.name(i);
        const QImage image = symbolImage(set, i, Qt::white, 14, 1);
        ASSERT_EQ(image.size(), QSize(14, 14));
        int covered = 0;
        for (int y = 0; y < 14; ++y)
            for (int x = 0; x < 14; ++x)
                covered += qAlpha(image.pixel(x, y));
        EXPECT_GT(covered, 255 * 14 * 14 / 12) << set.name(i);
        EXPECT_LT(covered, 255 * 14 * 14 * 9 / 10) << set.name(i);
        pictures.push_back(image);
    }
    for (std::size_t a = 0; a < pictures.size(); ++a)
        for (std::size_t b = a + 1; b < pictures.size(); ++b) {
            int different = 0;
            for (int y = 0; y < 14; ++y)
                for (int x = 0; x < 14; ++x)
                    different += std::abs(qAlpha(pictures[a].pixel(x, y)) - qAlpha(pictures[b].pixel(x, y))) > 90;
            EXPECT_GT(different, 24) << set.name(std::uint16_t(a + 1)) << " and " << set.name(std::uint16_t(b + 1));
        }
}

TEST(SymbolDrawing, anUnknownNumberIsNoPicture) {
    const auto& set = *SymbolBook::builtIn()->symbols();
    EXPECT_TRUE(symbolImage(set, 0, Qt::white, 14, 1).isNull());
    EXPECT_TRUE(symbolImage(set, std::uint16_t(set.size() + 1), Qt::white, 14, 1).isNull());
    Mark mark;
    mark.symbol = 60000;
    EXPECT_FALSE(markImage(mark, &set, Theme::dark, 1).isNull()) << "the shape stands in";
}

} // namespace
} // namespace vedette::map
