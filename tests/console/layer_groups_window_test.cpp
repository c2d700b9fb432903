// SPDX-License-Identifier: GPL-3.0-or-later
// Groups of layers, by the keys of the list in the whole window.
#include "console/layer_properties.h"
#include "layers_window.h"

#include <QApplication>
#include <QLineEdit>

#include <algorithm>

namespace vedette::console {
namespace {

class GroupKeys : public Layers {
protected:
    void SetUp() override {
        open();
        const char* const content = "name,lon,lat\nx,121.80,32.00\ny,121.81,32.01\n";
        south = add(write("south.csv", content)), north = add(write("north.csv", content));
    }
    QString current() { return list->currentIndex().data(LayerModel::idRole).toString(); }
    void press(Qt::Key key, Qt::KeyboardModifiers with = {}) { QTest::keyClick(list, key, with); }
    // North and south in one group, made by keys; its id.
    QString grouped() {
        choose(north);
        press(Qt::Key_G);
        choose(south);
        press(Qt::Key_Up, Qt::AltModifier);
        const QString group = row(north).group;
        choose(group);
        return group;
    }
    // Of the added layers that the map draws, how many.
    std::size_t drawn() {
        const auto& features = window->mapPage().canvas().scene()->features;
        const auto visible = [](const map::FeatureLayer& one) { return one.visible; };
        return std::size_t(std::count_if(features.begin(), features.end(), visible));
    }

    QString north, south;
};

TEST_F(GroupKeys, MakeFoldAndHideOneAndItIsRemembered) {
    ASSERT_EQ(drawn(), 2u);
    const int height = list->height();
    const QString group = grouped();
    ASSERT_FALSE(group.isEmpty());
    EXPECT_EQ(row(south).group, group);
    EXPECT_EQ(rows->find(north), rows->find(group) + 1);
    EXPECT_EQ(rows->find(south), rows->find(group) + 2);
    EXPECT_EQ(drawn(), 2u);
    EXPECT_EQ(list->height(), height + 25);

    press(Qt::Key_Right);
    EXPECT_FALSE(list->isRowHidden(rows->find(north))) << "it is unfolded already";
    choose(south);
    press(Qt::Key_Left);
    EXPECT_EQ(current(), group) << "from a layer to its group";
    press(Qt::Key_Left);
    EXPECT_TRUE(list->isRowHidden(rows->find(north)));
    EXPECT_TRUE(list->isRowHidden(rows->find(south)));
    EXPECT_EQ(list->height(), height - 25) << "two rows for the group's one";
    EXPECT_EQ(drawn(), 2u) << "folded isn't hidden";
    press(Qt::Key_Down);
    EXPECT_EQ(list->currentIndex().row(), rows->find(south) + 1) << "keys pass what is folded away";
    press(Qt::Key_Up);
    EXPECT_EQ(current(), group);
    press(Qt::Key_Space);
    EXPECT_EQ(drawn(), 0u);
    EXPECT_TRUE(row(north).visible) << "each keeps its own check";

    reopen();
    ASSERT_GE(rows->find(group), 0);
    EXPECT_EQ(row(group).name, LayerBook::tr("Group %1").arg(1));
    EXPECT_TRUE(row(group).head && row(group).folded && !row(group).visible);
    EXPECT_EQ(row(north).group, group);
    EXPECT_EQ(rows->find(south), rows->find(group) + 2);
    EXPECT_TRUE(list->isRowHidden(rows->find(north)));
    EXPECT_EQ(drawn(), 0u);
    window->setTheme(map::Theme::light); // sets the rows anew
    window->setTheme(map::Theme::dark);
    EXPECT_TRUE(list->isRowHidden(rows->find(south)));
    EXPECT_EQ(drawn(), 0u);
    choose(group);
    press(Qt::Key_Space);
    press(Qt::Key_Right);
    EXPECT_EQ(drawn(), 2u);
    EXPECT_FALSE(list->isRowHidden(rows->find(north)));
}

TEST_F(GroupKeys, OrderRenameAndDissolve) {
    const QString group = grouped();
    choose(north);
    press(Qt::Key_Down, Qt::AltModifier);
    EXPECT_LT(rows->find(south), rows->find(north));
    EXPECT_EQ(window->mapPage().canvas().scene()->features.back().name, QStringLiteral("south")) << "bottom first";
    press(Qt::Key_G, Qt::ShiftModifier);
    EXPECT_TRUE(row(north).group.isEmpty());
    press(Qt::Key_Up, Qt::AltModifier);
    EXPECT_EQ(row(north).group, group);
    choose(group);
    const int was = rows->find(group);
    press(Qt::Key_Down, Qt::AltModifier);
    EXPECT_EQ(rows->find(group), was + 1);
    EXPECT_EQ(rows->find(north), was + 3) << "the whole of it";

    press(Qt::Key_Return);
    auto* name = window->findChild<QLineEdit*>(QStringLiteral("layerName"));
    ASSERT_EQ(QApplication::focusWidget(), name);
    EXPECT_FALSE(window->findChild<QWidget*>(QStringLiteral("layerOpacity"))->isVisible()) << "a group has no look";
    name->insert(QStringLiteral("水源")); // over what is selected, as an input method does
    QTest::keyClick(name, Qt::Key_Return);
    EXPECT_EQ(row(group).name, QStringLiteral("水源"));
    QTest::keyClick(name, Qt::Key_Escape);
    reopen();
    EXPECT_EQ(row(group).name, QStringLiteral("水源"));
    EXPECT_EQ(rows->find(group), was + 1);

    choose(group);
    press(Qt::Key_Delete);
    EXPECT_LT(rows->find(group), 0);
    EXPECT_TRUE(row(north).group.isEmpty());
    EXPECT_EQ(drawn(), 2u);
    reopen();
    EXPECT_LT(rows->find(group), 0);
    EXPECT_GE(rows->find(north), 0);
    EXPECT_GE(rows->find(south), 0);
}

TEST_F(GroupKeys, TheCitysOwnLayersFollowTheirGroup) {
    roadsNamed = true;
    reopen();
    const QString roads = QStringLiteral("roads");
    const auto shown = [&] { return window->mapPage().canvas().scene()->roads.visible; };
    rows->setVisible(roads, true); // the window from before had none
    ASSERT_TRUE(shown());
    choose(roads);
    press(Qt::Key_G);
    const QString group = row(roads).group;
    press(Qt::Key_Space);
    EXPECT_FALSE(shown());
    EXPECT_FALSE(rows->visibleIds().contains(roads)) << "so it isn't printed either";
    window->setTheme(map::Theme::light); // sets the rows anew
    window->setTheme(map::Theme::dark);
    EXPECT_TRUE(rows->checked(roads));
    reopen();
    EXPECT_FALSE(shown());
    EXPECT_TRUE(rows->checked(roads));
    EXPECT_EQ(row(roads).group, group);
    choose(group);
    press(Qt::Key_Space);
    EXPECT_TRUE(shown());
}

TEST_F(GroupKeys, AClickFindsNothingInAHiddenGroup) {
    const QString group = grouped();
    const layers::Point at = book().layer(north)->snapshot->box(0).centre();
    EXPECT_TRUE(book().pick(at, 50));
    rows->setVisible(group, false);
    EXPECT_FALSE(book().pick(at, 50));
}

TEST_F(GroupKeys, TheSignFoldsAndTheSwatchChecks) {
    const QString group = grouped();
    const QRect head = list->visualRect(rows->index(rows->find(group)));
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, QPoint(head.left() + 6, head.center().y()));
    EXPECT_TRUE(row(group).folded);
    EXPECT_TRUE(row(group).visible);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, QPoint(head.left() + 22, head.center().y()));
    EXPECT_FALSE(row(group).visible);
    EXPECT_TRUE(row(group).folded);
}

TEST_F(GroupKeys, TheNameChoosesALayerAndTwoClicksOpenItsLook) {
    choose(south);
    const QRect box = list->visualRect(rows->index(rows->find(north)));
    const QPoint name(box.left() + 40, box.center().y()), swatch(box.left() + 6, box.center().y());
    const auto click = [&](QPoint at, Qt::MouseButton with = Qt::LeftButton) {
        QTest::mouseClick(list->viewport(), with, {}, at);
    };
    const auto* look = window->findChild<LayerProperties*>();
    click(name), click(name);
    click(swatch, Qt::RightButton);
    EXPECT_EQ(current(), north);
    EXPECT_TRUE(row(north).visible);
    QTest::mouseDClick(list->viewport(), Qt::LeftButton, {}, swatch);
    EXPECT_FALSE(look->isVisible());
    QTest::mouseDClick(list->viewport(), Qt::LeftButton, {}, name);
    EXPECT_TRUE(look->isVisible());
}

} // namespace
} // namespace vedette::console
