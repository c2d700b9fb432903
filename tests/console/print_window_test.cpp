// SPDX-License-Identifier: GPL-3.0-or-later
// Printing and asking the basemap in the real window, with the real helper, over the sample city. With
// VEDETTE_PICTURES=FOLDER what was printed and shown is left there to be looked at.
#include "console/basemap_words.h"
#include "console/layer_book.h"
#include "console/main_window.h"
#include "console/map_page.h"
#include "console/print_dialog.h"
#include "console/theme.h"
#include "console/wording.h"
#include "layers/crs.h"
#include "map/canvas.h"
#include "project_on_disk.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QProcess>
#include <QProgressBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace vedette::console {
namespace {

using namespace dispatch;
using State = map::CartographerClient::State;

class Printing : public ::testing::Test {
protected:
    void SetUp() override {
        city = folder.filePath(QStringLiteral("city"));
        std::filesystem::copy(VEDETTE_SOURCE_DIR "/data/samples/binhai", city.toStdString(),
                              std::filesystem::copy_options::recursive);
    }
    void open(layers::Language spoken = layers::Language::english, int tickets = 9) {
        setLanguage(spoken);
        installTranslation(*qApp);
        LoadOptions load;
        load.read.reader = VEDETTE_BIN_DIR "/vedettectl";
        load.gazetteer = load.roads = false;
        auto loaded = loadCity(city.toStdString(), load);
        ASSERT_TRUE(loaded.ok());
        SessionOptions options;
        options.feeds = false;
        options.clock = std::make_shared<layers::SystemClock>();
        auto opened = Session::open(loaded.value(), options);
        ASSERT_TRUE(opened.ok());
        session = std::move(opened).value();
        for (int i = 0; i < tickets; ++i) {
            const PastIncident past = (*session->city()->history)[static_cast<std::size_t>(i) * 53];
            IncidentFacts incident;
            incident.at = session->city()->crs.toLonLat(past.where);
            incident.category = past.category, incident.text = past.text, incident.source = "110";
            incident.priority = i % 4 + 1, incident.happenedAt = options.clock->now();
            const Outcome outcome = session->execute(session->resolve(incident), "print" + std::to_string(i));
            ASSERT_TRUE(outcome.ok());
            ids << q(toString(std::get<TicketOpened>(outcome.events.front().payload).ticket));
        }
        MainWindow::Options wanted;
        wanted.clock = options.clock;
        window = std::make_unique<MainWindow>(session, wanted);
        window->resize(1600, 900);
        window->show();
        window->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(window.get()));
        ASSERT_TRUE(soon([&] {
            return window->mapPage().ready() && window->desk().board().queue.size() >= std::size_t(tickets);
        }));
    }
    void TearDown() override {
        window.reset();
        setLanguage(layers::Language::english);
        installTranslation(*qApp);
    }
    static ::testing::AssertionResult soon(const std::function<bool()>& condition, int ms = 200'000) {
        return QTest::qWaitFor(condition, ms) ? ::testing::AssertionSuccess()
                                              : ::testing::AssertionFailure() << "not in time";
    }
    void press(int key, Qt::KeyboardModifiers with = Qt::NoModifier) {
        QTest::keyClick(focused(), static_cast<Qt::Key>(key), with);
    }
    // Who has the keyboard: within the form while it is open.
    QWidget* focused() {
        QWidget* top = form && form->isVisible() ? static_cast<QWidget*>(form) : window.get();
        return top->focusWidget() ? top->focusWidget() : top;
    }
    // Tab until the field has the focus.
    void tabTo(const char* field) {
        for (int i = 0; i < 30; ++i) {
            if (focused()->objectName() == QLatin1String(field))
                return;
            press(Qt::Key_Tab);
        }
        FAIL() << field << " is not reached by Tab";
    }
    // Opens the form by its key, and the form has the keyboard.
    void openForm() {
        press(Qt::Key_P, Qt::ControlModifier);
        form = window->findChild<PrintDialog*>(QStringLiteral("printDialog"));
        ASSERT_TRUE(form);
        ASSERT_TRUE(QTest::qWaitForWindowActive(form));
        progress = form->findChild<QProgressBar*>();
        ASSERT_TRUE(progress);
    }
    void choose(const char* field, const QString& data) {
        tabTo(field);
        auto* box = qobject_cast<QComboBox*>(focused());
        ASSERT_TRUE(box);
        press(Qt::Key_Home);
        while (box->currentData().toString() != data && box->currentIndex() + 1 < box->count())
            press(Qt::Key_Down);
        ASSERT_EQ(box->currentData().toString(), data);
    }
    void type(const char* field, const QString& text) {
        tabTo(field);
        press(Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(focused(), text);
    }
    // Enter, and what was written; every change of the words below the form is kept in `words`.
    QStringList printed() {
        QSignalSpy over(form, &PrintDialog::printed);
        words.clear();
        press(Qt::Key_Return);
        EXPECT_TRUE(progress->isVisible());
        EXPECT_TRUE(soon([&] {
            if (words.isEmpty() || words.last() != said())
                words << said();
            return over.count() == 1;
        }));
        EXPECT_TRUE(over.count() == 1 && over[0][0].toBool()) << said().toStdString();
        EXPECT_FALSE(progress->isVisible());
        return out().entryList(QDir::Files, QDir::Name);
    }
    static QString textOf(const QString& pdf) {
        QProcess process;
        process.start(QStringLiteral("pdftotext"), {QStringLiteral("-layout"), pdf, QStringLiteral("-")});
        return process.waitForFinished(60'000) ? QString::fromUtf8(process.readAllStandardOutput()) : QString();
    }
    static QByteArray bytesOf(const QString& path) {
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
        return file.readAll();
    }
    void keep(const QString& name, const QString& from) {
        if (const QString to = qEnvironmentVariable("VEDETTE_PICTURES"); !to.isEmpty())
            QFile::copy(from, to + u'/' + name);
    }
    QString said() { return form->findChild<QLabel*>(QStringLiteral("printSummary"))->text(); }
    QDir out() {
        QDir(folder.path()).mkdir(QStringLiteral("out"));
        return QDir(folder.filePath(QStringLiteral("out")));
    }
    void keep(const QString& name, QWidget& shown) {
        if (const QString to = qEnvironmentVariable("VEDETTE_PICTURES"); !to.isEmpty())
            shown.grab().save(to + u'/' + name);
    }
    QWidget* card() { return window->findChild<QWidget*>(QStringLiteral("basemapWords")); }
    // By the map's context menu.
    bool ask(layers::Point at) {
        emit window->mapPage().contextWanted(at, QPoint(20, 20));
        for (QMenu* menu : window->findChildren<QMenu*>())
            for (QAction* action : menu->actions())
                if (menu->isVisible() && action->text() == QStringLiteral("What is here on the basemap"))
                    return menu->close(), action->trigger(), true;
        return false;
    }
    QString answer() { return card() ? card()->findChild<QLabel*>()->text() : QString(); }
    static QByteArray squareAbout(layers::LonLat at, double degrees) {
        QByteArray ring;
        for (const auto& [x, y] : {std::pair(-1, -1), {1, -1}, {1, 1}, {-1, 1}, {-1, -1}})
            ring += (ring.isEmpty() ? "[" : ",[") + QByteArray::number(at.lon + x * degrees, 'f', 8) + ',' +
                    QByteArray::number(at.lat + y * degrees, 'f', 8) + ']';
        return R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"square"},)"
               R"("geometry":{"type":"Polygon","coordinates":[[)" +
               ring + "]]}}]}";
    }
    map::CartographerClient& helper() { return *window->findChild<map::CartographerClient*>(); }

    QTemporaryDir folder;
    QString city;
    QStringList ids, words;
    std::shared_ptr<Session> session;
    std::unique_ptr<MainWindow> window;
    QPointer<PrintDialog> form; // gone once it is closed
    QProgressBar* progress = nullptr;
};

TEST_F(Printing, TheFormIsFilledByKeysAndTheSheetIsWritten) {
    open(layers::Language::english, 6); // rows of one sheet
    openForm();
    choose("printWhat", QStringLiteral("whole"));
    type("printTitle", QStringLiteral("Duty map"));
    type("printOut", out().filePath(QStringLiteral("duty.pdf")));
    keep(QStringLiteral("form.png"), *form);
    EXPECT_EQ(printed(), QStringList(QStringLiteral("duty.pdf")));
    EXPECT_TRUE(words.contains(QStringLiteral("Sheet 1 of 1"))) << words.join(u'|').toStdString();
    EXPECT_TRUE(said().contains(out().filePath(QStringLiteral("duty.pdf"))));
    const QString pdf = out().filePath(QStringLiteral("duty.pdf"));
    EXPECT_TRUE(bytesOf(pdf).startsWith("%PDF-"));
    keep(QStringLiteral("duty.pdf"), pdf);
    const QString text = textOf(pdf);
    for (const char* word : {"Duty map", "Legend", "Beats", "Priority"})
        EXPECT_TRUE(text.contains(QLatin1String(word))) << word;
    // The same as pictures, without leaving the form.
    choose("printFormat", QStringLiteral("png"));
    EXPECT_EQ(printed().size(), 2);
    const QString png = QDir(out()).filePath(out().entryList({QStringLiteral("*.png")}).value(0));
    const QImage image(png);
    EXPECT_GT(image.width(), image.height());
    keep(QStringLiteral("duty.png"), png);
    choose("printFormat", QStringLiteral("svg"));
    EXPECT_EQ(printed().size(), 3);
    const QString svg = QDir(out()).filePath(out().entryList({QStringLiteral("*.svg")}).value(0));
    const QByteArray drawn = bytesOf(svg);
    EXPECT_TRUE(drawn.contains("<svg") && drawn.trimmed().endsWith("</svg>"));
    EXPECT_TRUE(drawn.contains(ids.front().toUtf8())) << "words stay words";
    keep(QStringLiteral("duty.svg"), svg);
    press(Qt::Key_Escape);
    EXPECT_FALSE(form && form->isVisible());
    EXPECT_NE(helper().state(), State::failed) << "the map's own helper goes on";
}

TEST_F(Printing, AChineseWindowPrintsAChineseAtlas) {
    open(layers::Language::chinese);
    openForm();
    choose("printWhat", QStringLiteral("township"));
    type("printOut", out().filePath(QStringLiteral("atlas.pdf")));
    keep(QStringLiteral("form-zh.png"), *form);
    EXPECT_EQ(printed(), QStringList(QStringLiteral("atlas.pdf")));
    const QString pdf = out().filePath(QStringLiteral("atlas.pdf"));
    EXPECT_EQ(bytesOf(pdf).count("/Type /Page\n"), 5);
    keep(QStringLiteral("atlas-zh.pdf"), pdf);
    const QString text = textOf(pdf);
    for (const char16_t* word : {u"图例", u"警格", u"优先级 1"})
        EXPECT_TRUE(text.contains(QString::fromUtf16(word))) << QString::fromUtf16(word).toStdString();
    for (const char* word : {"Legend", "Beats", "Priority", "township"})
        EXPECT_FALSE(text.contains(QLatin1String(word))) << word;
}

// From the file to the paper: an OGR layer is added in the window, styled, and printed by the form.
TEST_F(Printing, AnAddedLayerIsPrintedAsItIsStyled) {
    open(layers::Language::english, 2);
    const layers::LonLat middle = session->city()->crs.toLonLat(session->city()->areas.extent().centre());
    const QString file = city + QStringLiteral("/plain.geojson");
    map::writeFile(file, squareAbout(middle, 0.02));
    LayerBook& book = window->layerBook();
    const QString id = book.add(file);
    ASSERT_TRUE(soon([&] { return !book.busy() && book.layer(id) && book.layer(id)->look; }));
    book.rename(id, QStringLiteral("Flood plain"));
    layers::LayerStyle style = book.layer(id)->style;
    style.classes.front().fill = 0xffff00ff, style.classes.front().outline = 0xffff00ff;
    book.setStyle(id, style);
    const auto magenta = [&](const QString& png) {
        const QImage image(png);
        int found = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) {
                const QColor c = image.pixelColor(x, y);
                found += c.red() > 200 && c.blue() > 200 && c.green() < 90;
            }
        return found;
    };
    openForm();
    choose("printWhat", QStringLiteral("whole"));
    type("printOut", out().filePath(QStringLiteral("added.pdf")));
    choose("printFormat", QStringLiteral("pdf"));
    ASSERT_EQ(printed(), QStringList(QStringLiteral("added.pdf"))) << said().toStdString();
    keep(QStringLiteral("added.pdf"), out().filePath(QStringLiteral("added.pdf")));
    const QString text = textOf(out().filePath(QStringLiteral("added.pdf")));
    EXPECT_TRUE(text.contains(QStringLiteral("Flood plain"))) << "in the legend: " << text.toStdString();
    choose("printFormat", QStringLiteral("png"));
    ASSERT_EQ(printed().size(), 2);
    const QString png = out().filePath(out().entryList({QStringLiteral("*.png")}).value(0));
    EXPECT_GT(magenta(png), 2000);
}

TEST_F(Printing, AreasArePrintedInTheirClasses) {
    open(layers::Language::english, 2);
    LayerBook& book = window->layerBook();
    const QString beats = QStringLiteral("beat");
    ASSERT_TRUE(book.ready(beats));
    layers::LayerStyle style = book.layer(beats)->style;
    layers::categorise(style, *book.layer(beats)->rows, "name");
    style.opacity = 0.6;
    book.setStyle(beats, style);
    openForm();
    choose("printWhat", QStringLiteral("whole"));
    type("printOut", out().filePath(QStringLiteral("classes.pdf")));
    choose("printFormat", QStringLiteral("pdf"));
    ASSERT_EQ(printed(), QStringList(QStringLiteral("classes.pdf"))) << said().toStdString();
    keep(QStringLiteral("classes.pdf"), out().filePath(QStringLiteral("classes.pdf")));
    const QString text = textOf(out().filePath(QStringLiteral("classes.pdf")));
    EXPECT_TRUE(text.contains(QStringLiteral("Beats · "))) << text.toStdString();
}

TEST_F(Printing, EscapeEndsItAndLeavesNoHalfFile) {
    open();
    openForm();
    choose("printWhat", QStringLiteral("beat"));
    type("printOut", out().filePath(QStringLiteral("beats.pdf")));
    QSignalSpy over(form, &PrintDialog::printed);
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([&] { return progress->maximum() == 30 && progress->value() >= 1; }));
    EXPECT_FALSE(form->findChild<QWidget*>(QStringLiteral("printStart"))->isEnabled()) << "one at a time";
    press(Qt::Key_Escape);
    EXPECT_EQ(over.count(), 1) << "at once";
    EXPECT_EQ(said(), QStringLiteral("Cancelled"));
    EXPECT_TRUE(form->isVisible());
    EXPECT_TRUE(out().entryList(QDir::Files).isEmpty());
    press(Qt::Key_Escape);
    EXPECT_FALSE(form && form->isVisible());
}

TEST_F(Printing, WhatCannotBeWrittenIsSaidWithItsCause) {
    open();
    openForm();
    const QString nowhere = folder.filePath(QStringLiteral("none/x.pdf"));
    type("printOut", nowhere);
    QSignalSpy over(form, &PrintDialog::printed);
    press(Qt::Key_Return);
    ASSERT_TRUE(soon([&] { return over.count() == 1; }));
    EXPECT_FALSE(over[0][0].toBool());
    EXPECT_TRUE(said().contains(nowhere)) << said().toStdString();
    EXPECT_TRUE(said().contains(QStringLiteral("No such file"))) << said().toStdString();
    EXPECT_TRUE(form->findChild<QWidget*>(QStringLiteral("printStart"))->isEnabled());
    keep(QStringLiteral("failure.png"), *form);
}

TEST_F(Printing, WhatIsHereOnTheBasemapIsSaidInWords) {
    open();
    ASSERT_TRUE(soon([&] { return helper().state() == State::ready; }));
    ASSERT_TRUE(ask({619500, 3541000})); // the sea
    ASSERT_TRUE(soon([&] { return card() && card()->isVisible() && answer().contains(QStringLiteral("<b>")); }));
    EXPECT_TRUE(answer().contains(QStringLiteral("<b>water</b>"))) << answer().toStdString();
    keep(QStringLiteral("card.png"), *window);
    press(Qt::Key_Escape);
    EXPECT_FALSE(card()->isVisible());
    EXPECT_EQ(focused(), &window->mapPage().canvas());
    ASSERT_TRUE(ask({500000, 3000000})); // far beyond all of it
    ASSERT_TRUE(soon([&] { return answer().contains(QStringLiteral("nothing here")); }));
}

// Where tiles were bent before publication a place stands half a kilometre from where it is: a square of 150 metres
// about where the basemap shows the place is found by asking at the place.
TEST_F(Printing, ABentBasemapIsAskedWhereItShowsThePlace) {
    const layers::Point place{600000, 3541000};
    const auto crs = layers::WorkingCrs::named("EPSG:4549").value();
    const layers::LonLat bent = layers::fromWgs84(crs.toLonLat(place), layers::Datum::gcj02);
    map::writeFile(city + QStringLiteral("/bent.geojson"), squareAbout(bent, 0.0008));
    map::writeFile(city + QStringLiteral("/bent.qgs"),
                   map::projectText({{QStringLiteral("bent_20260101"), QStringLiteral("bent"),
                                      QStringLiteral("./bent.geojson"), QStringLiteral("200,30,40,255"), {}}}));
    QByteArray workspace = bytesOf(city + QStringLiteral("/workspace.toml"));
    workspace.replace("project = \"base.qgz\"", "project = \"bent.qgs\"\ndatum = \"gcj02\"");
    map::writeFile(city + QStringLiteral("/workspace.toml"), workspace);
    open(layers::Language::english, 1);
    ASSERT_TRUE(soon([&] { return helper().state() == State::ready; }));
    ASSERT_TRUE(ask(place));
    ASSERT_TRUE(soon([&] { return answer().contains(QStringLiteral("<b>bent</b>")) || answer().contains(QStringLiteral("nothing here")); }));
    EXPECT_TRUE(answer().contains(QStringLiteral("<b>bent</b>"))) << answer().toStdString();
}

TEST_F(Printing, ABasemapThatCannotBeShownSaysWhyInItsRow) {
    const auto row = [&] {
        const auto* model = window->findChild<LayerModel*>();
        return model->index(model->rowCount() - 1);
    };
    const auto hint = [&] { return row().data(Qt::ToolTipRole).toString(); };
    const auto project = [&](const char* name, const QByteArray& content) {
        map::writeFile(city + u'/' + QLatin1String(name), content);
        QByteArray workspace = bytesOf(QStringLiteral(VEDETTE_SOURCE_DIR "/data/samples/binhai/workspace.toml"));
        workspace.replace("base.qgz", name);
        map::writeFile(city + QStringLiteral("/workspace.toml"), workspace);
    };
    project("none.qgz", "this is no zip");
    open(layers::Language::english, 1);
    ASSERT_TRUE(soon([&] { return helper().state() == State::failed; }));
    ASSERT_EQ(row().data(LayerModel::idRole), QStringLiteral("basemap"));
    EXPECT_TRUE(hint().contains(QStringLiteral("none.qgz"))) << hint().toStdString();
    EXPECT_EQ(row().data(LayerModel::noteRole), QStringLiteral("⚠"));
    window.reset();

    map::writeFile(city + QStringLiteral("/there.geojson"), map::squareAsGeoJson(QStringLiteral("x")));
    const map::ProjectLayer there{QStringLiteral("there_20260101"), QStringLiteral("there"), QStringLiteral("./there.geojson"),
                                  QStringLiteral("200,30,40,255"), {}},
        gone{QStringLiteral("gone_20260101"), QStringLiteral("gone"), QStringLiteral("./gone.geojson"),
             QStringLiteral("200,30,40,255"), {}};
    project("some.qgs", map::projectText({there, gone}));
    open(layers::Language::english, 1);
    ASSERT_TRUE(soon([&] { return helper().state() == State::ready; }));
    EXPECT_TRUE(hint().contains(QStringLiteral("gone.geojson"))) << hint().toStdString();
    EXPECT_EQ(row().data(LayerModel::noteRole), QStringLiteral("⚠"));
    window.reset();

    project("all.qgs", map::projectText({there}));
    open(layers::Language::english, 1);
    ASSERT_TRUE(soon([&] { return helper().state() == State::ready; }));
    EXPECT_TRUE(hint().isEmpty()) << hint().toStdString();
    EXPECT_TRUE(row().data(LayerModel::noteRole).toString().isEmpty());
}

// The helper draws at the angle that is looked at: its own names stand upright.
TEST_F(Printing, ATurnedMapHasATurnedBasemap) {
    open(layers::Language::english, 1);
    ASSERT_TRUE(soon([&] { return helper().state() == State::ready; }));
    std::optional<map::View> drawn;
    QObject::connect(&helper(), &map::CartographerClient::frameReady, &helper(),
                     [&](const QImage&, const map::View& of) { drawn = of; });
    map::Canvas& canvas = window->mapPage().canvas();
    canvas.turnTo(map::Rotation(30));
    ASSERT_TRUE(soon([&] { return drawn && canvas.settled(); }, 60'000));
    EXPECT_EQ(*drawn, canvas.view());
    keep(QStringLiteral("turned.png"), *window);
    // Asked by a click, it answers for the place under the pointer.
    const layers::Point sea{619500, 3541000};
    canvas.centreOn(sea, false);
    ASSERT_TRUE(soon([&] { return canvas.settled(); }));
    ASSERT_TRUE(ask(canvas.view().viewToMap(canvas.view().middle() + QPointF(3, 0))));
    ASSERT_TRUE(soon([&] { return answer().contains(QStringLiteral("<b>water</b>")); }, 60'000)) << answer().toStdString();
}

TEST(Forms, ATickedBoxHasATickInEveryTheme) {
    for (const map::Theme theme : {map::Theme::dark, map::Theme::light, map::Theme::contrast}) {
        applyTheme(*qApp, theme);
        QWidget form;
        QCheckBox ticked(QStringLiteral("open tickets"), &form), empty(QStringLiteral("open tickets"), &form);
        ticked.setChecked(true);
        form.resize(160, 60);
        ticked.move(10, 5), empty.move(10, 30);
        form.show();
        const QImage image = form.grab().toImage();
        const QColor tick = theme == map::Theme::light ? QColor(Qt::white) : QColor("#12171b");
        QRect box; // what the accent fills
        for (int y = 0; y < 30; ++y)
            for (int x = 8; x < 26; ++x)
                if (image.pixelColor(x, y) == tokens(theme).accent)
                    box |= QRect(x, y, 1, 1);
        EXPECT_GE(box.width(), 13);
        EXPECT_GE(box.height(), 13);
        int drawn = 0; // and what of it is the tick's
        for (int y = box.top(); y <= box.bottom(); ++y)
            for (int x = box.left(); x <= box.right(); ++x) {
                const QColor c = image.pixelColor(x, y);
                drawn += std::abs(c.red() - tick.red()) + std::abs(c.green() - tick.green()) +
                             std::abs(c.blue() - tick.blue()) <
                         60;
            }
        EXPECT_GT(drawn, 8) << static_cast<int>(theme);
        if (const QString to = qEnvironmentVariable("VEDETTE_PICTURES"); !to.isEmpty())
            image.scaled(image.size() * 4).save(to + QStringLiteral("/tick-%1.png").arg(static_cast<int>(theme)));
    }
    applyTheme(*qApp, map::Theme::dark);
}

} // namespace
} // namespace vedette::console
