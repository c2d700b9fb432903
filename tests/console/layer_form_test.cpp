// SPDX-License-Identifier: GPL-3.0-or-later
// The look of a layer: its form and its files.
#include "console/layer_properties.h"
#include "layers_window.h"
#include "map/layer_style_json.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTableWidget>
#include <QWheelEvent>

namespace vedette::console {
namespace {

TEST_F(Layers, PropertiesChangeTheLookAtOnce) {
    const QString id = addParks();
    choose(id);
    QTest::keyClick(list, Qt::Key_Return);
    auto* panel = window->findChild<LayerProperties*>();
    ASSERT_TRUE(panel->isVisible());
    EXPECT_EQ(QApplication::focusWidget()->objectName(), QStringLiteral("layerName"));
    panel->findChild<QSlider*>(QStringLiteral("layerOpacity"))->setValue(30);
    EXPECT_DOUBLE_EQ(scene().features[0].opacity, 0.3);
    auto* kind = panel->findChild<QComboBox*>(QStringLiteral("layerKind"));
    kind->setCurrentIndex(1);
    emit kind->activated(1);
    EXPECT_EQ(book().layer(id)->style.kind, layers::StyleKind::categorised);
    auto* column = panel->findChild<QComboBox*>(QStringLiteral("layerColumn"));
    column->setCurrentIndex(column->findText(QStringLiteral("level")));
    emit column->activated(column->currentIndex());
    EXPECT_EQ(book().layer(id)->style.column, "level");
    EXPECT_EQ(panel->findChild<QTableWidget*>(QStringLiteral("layerClasses"))->rowCount(), 3)
        << "3, 1 and all others";
    auto* farthest = panel->findChild<QComboBox*>(QStringLiteral("layerFarthest"));
    farthest->setCurrentText(QStringLiteral("1:25000"));
    EXPECT_NEAR(scene().features[0].range.farthest, 25000 * 0.0254 / 96, 1e-9);
    auto* filter = panel->findChild<QLineEdit*>(QStringLiteral("layerFilter"));
    filter->setText(QStringLiteral("level >"));
    emit filter->editingFinished();
    EXPECT_EQ(book().layer(id)->kept.filter, "") << "what can't be read is not taken over";
    kind->setCurrentIndex(3);
    emit kind->activated(3);
    auto* classes = panel->findChild<QTableWidget*>(QStringLiteral("layerClasses"));
    classes->item(0, 1)->setText(QStringLiteral("level = 3"));
    EXPECT_EQ(book().layer(id)->style.classes[0].filter, "level = 3");
    EXPECT_EQ(book().layer(id)->counts[0], 1u);
}

TEST_F(Layers, ByNumberTakesAColumnOfNumbersAndKeepsTheLookWhereThereIsNone) {
    const QString numbered =
        add(write("numbered.csv", "name,rank,lon,lat\nx,4,121.8,32\ny,5,121.81,32\nz,9,121.82,32\n"));
    const QString named =
        add(write("named.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature",
        "properties":{"name":"x"},"geometry":{"type":"Point","coordinates":[121.8,32]}}]})"));
    auto* panel = window->findChild<LayerProperties*>();
    auto* kind = panel->findChild<QComboBox*>(QStringLiteral("layerKind"));
    auto* column = panel->findChild<QComboBox*>(QStringLiteral("layerColumn"));
    const auto* wrong = panel->findChild<QLabel*>(QStringLiteral("ticketFlags"));
    const auto take = [](QComboBox* box, int index) {
        box->setCurrentIndex(index);
        emit box->activated(index);
    };
    choose(numbered);
    QTest::keyClick(list, Qt::Key_Return);
    take(kind, 2);
    EXPECT_EQ(book().layer(numbered)->style.column, "rank");
    EXPECT_EQ(book().layer(numbered)->style.classes.size(), 3u);
    take(column, column->findText(QStringLiteral("name")));
    EXPECT_EQ(book().layer(numbered)->style.column, "rank");
    EXPECT_EQ(column->currentText(), QStringLiteral("rank"));
    EXPECT_TRUE(wrong->isVisible());
    EXPECT_TRUE(wrong->text().contains(QStringLiteral("name"))) << wrong->text().toStdString();

    auto* count = panel->findChild<QSpinBox*>(QStringLiteral("layerClassCount"));
    auto* method = panel->findChild<QComboBox*>(QStringLiteral("layerMethod"));
    auto* ramp = panel->findChild<QComboBox*>(QStringLiteral("layerRamp"));
    take(method, 2), take(ramp, 3);
    count->setValue(3);
    const auto made = book().layer(numbered)->style;
    ASSERT_EQ(made.classes.size(), 3u);
    count->setValue(5);
    book().setStyle(numbered, made);
    take(method, 0), take(ramp, 0);
    book().setStyle(numbered, made);
    panel->open(numbered);
    EXPECT_EQ(count->value(), 3) << "what the classes came of, the next change goes on from";
    EXPECT_EQ(method->currentIndex(), 2);
    EXPECT_EQ(ramp->currentIndex(), 3);

    choose(named);
    QTest::keyClick(list, Qt::Key_Return);
    EXPECT_FALSE(wrong->isVisible());
    take(kind, 2);
    EXPECT_EQ(book().layer(named)->style.kind, layers::StyleKind::single);
    EXPECT_EQ(kind->currentIndex(), 0);
    EXPECT_TRUE(wrong->isVisible());
}

TEST_F(Layers, TheWheelScrollsTheFormAndChangesOnlyTheFieldInUse) {
    const QString id = addParks();
    choose(id);
    QTest::keyClick(list, Qt::Key_Return);
    auto* panel = window->findChild<LayerProperties*>();
    auto* kind = panel->findChild<QComboBox*>(QStringLiteral("layerKind"));
    auto* opacity = panel->findChild<QSlider*>(QStringLiteral("layerOpacity"));
    auto* area = window->findChild<QWidget*>(QStringLiteral("layersPanel"))->findChild<QScrollArea*>();
    QScrollBar* bar = area->verticalScrollBar();
    QTest::qWait(0);
    const auto turn = [](QWidget* over) {
        const QPointF at = over->rect().center();
        QWheelEvent down(at, over->mapToGlobal(at), {}, QPoint(0, -120), Qt::NoButton, Qt::NoModifier,
                         Qt::NoScrollPhase, false);
        QSpontaneKeyEvent::setSpontaneous(&down); // else it goes to no parent
        qApp->notify(over, &down);
    };
    window->resize(1600, 600);
    QTest::qWait(0);
    ASSERT_GT(bar->maximum(), 0);
    const int before = opacity->value();
    for (QWidget* over : {static_cast<QWidget*>(kind), static_cast<QWidget*>(opacity)}) {
        bar->setValue(0);
        turn(over);
        EXPECT_GT(bar->value(), 0) << over->objectName().toStdString();
        EXPECT_FALSE(over->hasFocus());
    }
    EXPECT_EQ(kind->currentIndex(), 0);
    EXPECT_EQ(opacity->value(), before);
    opacity->setFocus();
    turn(opacity);
    EXPECT_LT(opacity->value(), before);
}

TEST_F(Layers, ThePanelFitsTheNarrowestDock) {
    const QString id = add(write("points.csv", "name,lon,lat\nx,121.8,32\ny,121.81,32\n"));
    choose(id);
    QTest::keyClick(list, Qt::Key_Return);
    auto* panel = window->findChild<QWidget*>(QStringLiteral("layersPanel"));
    auto* area = panel->findChild<QScrollArea*>();
    QTest::qWait(0);
    const int room = panel->minimumWidth() - 24 - 10; // within the margins, beside the scroll bar
    for (const QWidget* part : {window->findChild<QWidget*>(QStringLiteral("layerTools")),
                                window->findChild<QWidget*>(QStringLiteral("layerProperties"))})
        EXPECT_LE(part->minimumSizeHint().width(), room) << part->objectName().toStdString();
    EXPECT_LE(area->widget()->width(), area->viewport()->width()) << "nothing is cut off at the right";
}

TEST_F(Layers, AStyleGoesToQgisAndBack) {
    if (!QFile::exists(QStringLiteral(VEDETTE_BIN_DIR "/vedette-cartographer")))
        GTEST_SKIP() << "the QGIS helper isn't built";
    const QString id = addParks();
    layers::LayerStyle style = book().layer(id)->style;
    layers::graduate(style, *book().layer(id)->rows, "level", layers::BreakMethod::jenks, 2,
                     {0xffff0000, 0xff0000ff});
    book().setStyle(id, style);
    choose(id);
    QTest::keyClick(list, Qt::Key_Return);
    auto* panel = window->findChild<LayerProperties*>();
    const QString file = folder.filePath(QStringLiteral("look.qml"));
    panel->saveStyle(file);
    ASSERT_TRUE(QTest::qWaitFor([&] { return QFile::exists(file); }, 60000));
    book().setStyle(id, {});
    panel->loadStyle(file);
    ASSERT_TRUE(QTest::qWaitFor([&] { return book().layer(id)->style.classes.size() == 2; }, 60000));
    const layers::LayerStyle& back = book().layer(id)->style;
    EXPECT_EQ(back.kind, layers::StyleKind::graduated);
    EXPECT_EQ(back.column, "level");
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(back.classes[i].fill, style.classes[i].fill);
        EXPECT_EQ(back.classes[i].outline, style.classes[i].outline);
        EXPECT_NEAR(back.classes[i].width, style.classes[i].width, 0.01);
        EXPECT_DOUBLE_EQ(back.classes[i].to, style.classes[i].to);
    }
    // Categories of a number's column are numbers to QGIS, and the same to us again.
    layers::categorise(style, *book().layer(id)->rows, "level");
    book().setStyle(id, style);
    QFile::remove(file);
    panel->saveStyle(file);
    ASSERT_TRUE(QTest::qWaitFor([&] { return QFile::exists(file); }, 60000));
    QFile written(file);
    ASSERT_TRUE(written.open(QIODevice::ReadOnly));
    const QByteArray qml = written.readAll();
    EXPECT_EQ(qml.count("type=\"long\""), 2) << qml.constData();
    book().setStyle(id, {});
    panel->loadStyle(file);
    ASSERT_TRUE(QTest::qWaitFor([&] { return book().layer(id)->style.classes.size() == 3; }, 60000));
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_EQ(book().layer(id)->style.classes[i].value, style.classes[i].value);
    EXPECT_EQ(book().layer(id)->counts, (std::vector<std::size_t>{1, 1, 0}));
    // What is no style is refused by its name, and the look stays.
    QSignalSpy said(&book(), &LayerBook::tell);
    for (const char* name : {"noise.qml", "noise.json"}) {
        said.clear();
        panel->loadStyle(write(name, "noise"));
        ASSERT_TRUE(QTest::qWaitFor([&] { return !said.isEmpty(); }, 60000)) << name;
        EXPECT_TRUE(said[0][0].toString().startsWith(QLatin1String(name) + QStringLiteral(": ")))
            << said[0][0].toString().toStdString();
        EXPECT_TRUE(said[0][1].toBool());
    }
    EXPECT_EQ(book().layer(id)->style.classes.size(), 3u);
}

TEST(LayerStyleJson, whatIsWrittenIsRead) {
    layers::LayerStyle style;
    style.kind = layers::StyleKind::rule;
    style.opacity = 0.125, style.nearest = 500, style.farthest = 50000;
    style.label = {"name", 9.5, 0xff112233};
    style.classes = {layers::StyleClass{}, layers::StyleClass{}};
    style.classes[0].filter = "\"a b\" > 3 and c = '公园'", style.classes[0].label = "x";
    style.classes[0].fill = 0x01020304, style.classes[0].marker = layers::Marker::star;
    const auto read = map::styleFromJson(map::styleToJson(style));
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read.value(), style);
    EXPECT_EQ(map::styleFromJson("{}").value(), layers::LayerStyle{});
}

TEST(LayerStyleJson, whatIsNoStyleIsRefusedWithItsKey) {
    const auto wrong = [](const char* json) {
        const auto read = map::styleFromJson(json);
        return read ? std::string("read") : read.problem().message.args[0].second;
    };
    EXPECT_NE(wrong("<qgis/>"), "read");
    EXPECT_NE(wrong("[]"), "read");
    EXPECT_EQ(wrong(R"({"kind":"purple"})"), "kind");
    EXPECT_EQ(wrong(R"({"opacity":7})"), "opacity");
    EXPECT_EQ(wrong(R"({"classes":[{"fill":"reddish"}]})"), "fill");
    EXPECT_EQ(wrong(R"({"classes":[{"marker":"skull"}]})"), "marker");
    EXPECT_EQ(wrong(R"({"classes":[{"width":1e9}]})"), "width");
    EXPECT_EQ(wrong(R"({"something":"else","classes":[{"value":3}]})"), "read");
}

} // namespace
} // namespace vedette::console
