// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/layer_model.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSignalSpy>

#include <gtest/gtest.h>

namespace vedette::console {
namespace {

QString name(const char* text) {
    return QString::fromLatin1(text);
}

// units | a b c d | basemap; what stands between may be moved. All are checked.
class LayerGroups : public ::testing::Test {
protected:
    void SetUp() override {
        std::vector<LayerRow> rows;
        for (const char* id : {"units", "a", "b", "c", "d", "basemap"}) {
            LayerRow row;
            row.id = row.name = name(id), row.visible = true, row.movable = row.id.size() == 1;
            rows.push_back(row);
        }
        model.setRows(std::move(rows));
    }
    bool group(const char* of, const char* id = "g") {
        LayerRow head;
        head.id = head.name = name(id), head.visible = true;
        return model.makeGroup(name(of), head);
    }
    // "units a g(b c) d basemap"; of a folded one "g[b c]".
    std::string order() const {
        std::string out;
        const auto& rows = model.rows();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const bool first = i > 0 && !rows[i].group.isEmpty() && rows[i].group == rows[i - 1].id;
            if (!out.empty() && !first)
                out += ' ';
            if (first)
                out += rows[i - 1].folded ? '[' : '(';
            out += rows[i].id.toStdString();
            if (!rows[i].group.isEmpty() && (i + 1 == rows.size() || rows[i + 1].group != rows[i].group))
                out += model.foldedAway(int(i)) ? ']' : ')';
        }
        return out;
    }
    void fold(const char* id, bool folded = true) {
        model.setData(model.index(model.find(name(id))), folded, LayerModel::foldedRole);
    }
    std::string after(const char* id, bool up) {
        model.step(name(id), up);
        return order();
    }
    std::string drop(const char* id, int row, const char* on = nullptr) {
        const std::unique_ptr<QMimeData> data(model.mimeData({model.index(model.find(name(id)))}));
        model.dropMimeData(data.get(), Qt::MoveAction, row, 0, on ? model.index(model.find(name(on))) : QModelIndex());
        return order();
    }
    std::string shown() const { return model.visibleIds().join(u' ').toStdString(); }

    LayerModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

TEST_F(LayerGroups, AreMadeOfWhatMoves) {
    EXPECT_TRUE(group("b"));
    EXPECT_EQ(order(), "units a g(b) c d basemap");
    EXPECT_FALSE(group("units", "h")) << "what is live stays above";
    EXPECT_FALSE(group("basemap", "h"));
    EXPECT_FALSE(group("g", "h")) << "one level";
    EXPECT_FALSE(group("nobody", "h"));
    EXPECT_TRUE(group("b", "h"));
    EXPECT_EQ(order(), "units a g h(b) c d basemap") << "an empty group stays until it is dissolved";
    EXPECT_EQ(model.index(model.find(name("h"))).data(LayerModel::countRole).toInt(), 1);
    EXPECT_EQ(model.index(model.find(name("g"))).data(LayerModel::countRole).toInt(), 0);
}

TEST_F(LayerGroups, AStepGoesInAndOutAtTheEdges) {
    group("b");
    EXPECT_EQ(after("c", true), "units a g(b c) d basemap") << "in from below: the last";
    EXPECT_EQ(after("c", true), "units a g(c b) d basemap");
    EXPECT_EQ(after("c", true), "units a c g(b) d basemap") << "out above";
    EXPECT_EQ(after("c", false), "units a g(c b) d basemap") << "each step has its opposite";
    EXPECT_EQ(after("c", false), "units a g(b c) d basemap");
    EXPECT_EQ(after("c", false), "units a g(b) c d basemap");
    fold("g");
    EXPECT_EQ(after("c", true), "units a c g[b] d basemap") << "a folded one is passed as a whole";
    EXPECT_EQ(after("c", false), "units a g[b] c d basemap");
}

TEST_F(LayerGroups, AGroupMovesAsAWholeWithinWhatMoves) {
    group("b");
    after("c", true);
    EXPECT_EQ(after("g", false), "units a d g(b c) basemap");
    EXPECT_EQ(after("g", false), "units a d g(b c) basemap");
    group("a", "h");
    EXPECT_EQ(after("d", true), "units h(a d) g(b c) basemap");
    EXPECT_EQ(after("g", true), "units g(b c) h(a d) basemap") << "never into another";
    EXPECT_EQ(after("g", true), "units g(b c) h(a d) basemap");
    EXPECT_EQ(after("g", false), "units h(a d) g(b c) basemap");
    EXPECT_EQ(after("c", false), "units h(a d) g(b) c basemap") << "out at the very end, too";
}

TEST_F(LayerGroups, ALayerIsDraggedInAndOut) {
    group("b"); // units0 a1 g2 b3 c4 d5 basemap6
    EXPECT_EQ(drop("d", -1, "g"), "units a g(d b) c basemap") << "on the head: the first";
    EXPECT_EQ(drop("c", 4), "units a g(d c b) basemap") << "between two";
    EXPECT_EQ(drop("d", 6), "units a g(c b d) basemap") << "below the last of its own: the last";
    EXPECT_EQ(drop("d", 6), "units a g(c b) d basemap") << "and once more: out";
    EXPECT_EQ(drop("b", 1), "units b a g(c) d basemap");
    EXPECT_EQ(drop("a", 5), "units b g(c) a d basemap") << "below the last of another's: out of it";
    EXPECT_EQ(drop("g", 6), "units b a d g(c) basemap") << "a head takes its layers along";
    EXPECT_EQ(drop("g", 0), "units g(c) b a d basemap");
    EXPECT_EQ(drop("g", 2), "units g(c) b a d basemap") << "into itself it goes nowhere";
    EXPECT_EQ(drop("units", 3), "units g(c) b a d basemap");
    EXPECT_EQ(drop("b", -1, "c"), "units g(b c) a d basemap") << "on a member: its place";
    fold("g");
    EXPECT_EQ(drop("d", 2), "units g[b c] d a basemap") << "below a folded head: behind the group";
}

TEST_F(LayerGroups, AGroupHidesAllAndEachKeepsItsCheck) {
    group("b");
    after("c", true);
    model.setVisible(name("c"), false);
    QSignalSpy each(&model, &LayerModel::visibilityChanged), once(&model, &LayerModel::shownChanged);
    model.setVisible(name("g"), false);
    EXPECT_EQ(shown(), "units a d basemap");
    EXPECT_FALSE(model.visible(name("b")));
    EXPECT_TRUE(model.checked(name("b")));
    EXPECT_EQ(each.count(), 2) << "the group and b; c was hidden";
    EXPECT_EQ(once.count(), 1) << "the map is made once";
    model.setVisible(name("c"), true);
    EXPECT_EQ(shown(), "units a d basemap");
    EXPECT_EQ(model.checkedIds().join(u' ').toStdString(), "units a b c d basemap");
    model.setVisible(name("g"), true);
    EXPECT_EQ(shown(), "units a b c d basemap");
    model.setVisible(name("g"), false);
    model.reveal(name("b"));
    EXPECT_TRUE(model.visible(name("b")));
}

TEST_F(LayerGroups, WhoComesAndGoesIsShownAsItsNewPlaceSays) {
    group("b");
    model.setVisible(name("g"), false);
    QSignalSpy each(&model, &LayerModel::visibilityChanged);
    after("c", true);
    ASSERT_EQ(each.count(), 1);
    EXPECT_EQ(each[0][0].toString(), name("c"));
    EXPECT_FALSE(each[0][1].toBool());
    EXPECT_EQ(shown(), "units a d basemap");
    model.remove(name("g"));
    EXPECT_EQ(order(), "units a b c d basemap") << "its layers stay";
    EXPECT_EQ(shown(), "units a b c d basemap");
    EXPECT_EQ(each.count(), 3);
}

TEST_F(LayerGroups, RowsThatAreSetAreGathered) {
    std::vector<LayerRow> rows(model.rows());
    LayerRow head;
    head.id = name("g"), head.head = head.movable = true;
    rows[1].group = name("g");
    rows[4].group = name("g");
    rows[2].group = name("nobody");
    rows.insert(rows.begin() + 4, head);
    model.setRows(rows);
    EXPECT_EQ(order(), "units b c g(a d) basemap");
    EXPECT_TRUE(model.rows()[1].group.isEmpty());
}

} // namespace
} // namespace vedette::console
