// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/main_window.h"
#include "console/memory.h"
#include "console/resources.h"
#include "console/session_bus.h"
#include "console/shots.h"
#include "console/start_window.h"
#include "console/theme.h"
#include "console/window_settings.h"
#include "console/wording.h"
#include "map/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QLocale>
#include <QTemporaryDir>

#include <atomic>
#include <cstdio>
#include <filesystem>

using namespace vedette;

namespace {

// For the pictures time stands still, a moment after the last event of the journal.
class StillClock final : public layers::Clock {
public:
    layers::Instant now() const override {
        const layers::Instant at = at_.load();
        return at == layers::Instant{} ? layers::SystemClock().now() : at;
    }
    void stopAt(layers::Instant at) { at_ = at; }

private:
    std::atomic<layers::Instant> at_{layers::Instant{}};
};

struct Wanted {
    std::filesystem::path workspace;
    dispatch::SessionOptions session;
    console::MainWindow::Options window;
    std::shared_ptr<StillClock> still;
    QString shots, language;
};

// Exit status of a wrong call: 2. Before there is an application an option that isn't ours may be Qt's:
// nothing.
std::optional<Wanted> read(const QStringList& arguments, bool mayBeQts) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Vedette, a dispatch console for cities of grids and police beats."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("DIR"),
                                 QStringLiteral("the workspace folder; without one, a list of recent ones"));
    const QCommandLineOption training(QStringLiteral("training"),
                                      QStringLiteral("work on the training journal; live feeds are refused"));
    const QCommandLineOption readOnly(QStringLiteral("read-only"), QStringLiteral("look, don't write"));
    const QCommandLineOption actor(QStringLiteral("actor"), QStringLiteral("who sits here"),
                                   QStringLiteral("NAME"), QStringLiteral("desk"));
    const QCommandLineOption station(QStringLiteral("workstation"), QStringLiteral("which desk this is"),
                                     QStringLiteral("NAME"), QStringLiteral("ws1"));
    const QCommandLineOption desk(QStringLiteral("desk"),
                                  QStringLiteral("show the scope of this desk only, by code or name"),
                                  QStringLiteral("CODE"));
    const QCommandLineOption theme(QStringLiteral("theme"), QStringLiteral("dark, light or contrast"),
                                   QStringLiteral("THEME"));
    const QCommandLineOption lang(QStringLiteral("lang"), QStringLiteral("en or zh_CN"),
                                  QStringLiteral("LANG"));
    const QCommandLineOption shot(QStringLiteral("shot"),
                                  QStringLiteral("make the documentation's pictures and exit"),
                                  QStringLiteral("OUTDIR"));
    parser.addOptions({training, readOnly, actor, station, desk, theme, lang, shot});
    const auto wrong = [](const QString& text) {
        std::fprintf(stderr, "vedette: %s\n", text.toUtf8().constData());
        std::exit(2);
    };
    if (!parser.parse(arguments)) {
        if (mayBeQts)
            return std::nullopt;
        wrong(parser.errorText());
    }
    if (parser.isSet(QStringLiteral("help"))) {
        std::fputs(parser.helpText().toUtf8().constData(), stdout);
        std::exit(0);
    }
    if (parser.isSet(QStringLiteral("version"))) {
        std::puts("vedette " VEDETTE_VERSION);
        std::exit(0);
    }
    if (parser.positionalArguments().size() > 1)
        wrong(QStringLiteral("one workspace folder at a time"));
    Wanted wanted;
    if (!parser.positionalArguments().isEmpty())
        wanted.workspace = console::s(parser.positionalArguments().front());
    wanted.session.mode = parser.isSet(training) ? dispatch::Mode::training : dispatch::Mode::live;
    wanted.session.feeds = !parser.isSet(training) && !parser.isSet(shot);
    wanted.session.readOnly = parser.isSet(readOnly);
    wanted.session.actor = console::s(parser.value(actor));
    wanted.session.workstation = console::s(parser.value(station));
    wanted.still = std::make_shared<StillClock>();
    wanted.session.clock = wanted.still;
    wanted.shots = parser.value(shot);
    if (const QString value = parser.value(theme); !value.isEmpty()) {
        const auto known = map::themeOf(value);
        if (!known)
            wrong(QStringLiteral("--theme is dark, light or contrast, not ") + value);
        wanted.window.theme = *known;
        wanted.window.themeGiven = true;
    }
    wanted.language = parser.value(lang);
    if (!wanted.language.isEmpty() && wanted.language != QStringLiteral("en") &&
        wanted.language != QStringLiteral("zh_CN"))
        wrong(QStringLiteral("--lang is en or zh_CN, not ") + wanted.language);
    wanted.window.actor = parser.value(actor);
    wanted.window.desk = parser.value(desk);
    wanted.window.clock = wanted.session.clock;
    wanted.window.remember = wanted.shots.isEmpty();
    return wanted;
}

} // namespace

int main(int argc, char** argv) {
    console::keepMemoryTogether();
    console::keepFromLaunchingBus();
    QCoreApplication::setApplicationName(QStringLiteral("vedette"));
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    auto early = read(arguments, true);
    std::unique_ptr<console::Opening> opening; // the city takes longer than Qt: both begin at once
    if (early && !early->workspace.empty() && early->shots.isEmpty())
        opening = std::make_unique<console::Opening>(early->workspace, early->session);
    QApplication app(argc, argv);
    Wanted wanted = early ? *early : *read(QApplication::arguments(), false);
    QApplication::setStyle(QStringLiteral("Fusion"));
    QApplication::setQuitOnLastWindowClosed(false);
    console::initResources();
    QTemporaryDir copy; // the pictures need open tickets; they are opened in a copy of the workspace
    if (!wanted.shots.isEmpty() && !wanted.workspace.empty()) {
        std::error_code failed;
        const std::filesystem::path to = std::filesystem::path(console::s(copy.path())) / "city";
        std::filesystem::copy(wanted.workspace, to, std::filesystem::copy_options::recursive, failed);
        if (!failed)
            wanted.workspace = to;
    }

    // Said on the command line, else kept with the workspace, else the desktop's.
    QString language = wanted.language;
    if (language.isEmpty() && !wanted.workspace.empty())
        language = console::WindowSettings::load(wanted.workspace).language.value_or(QString());
    if (language.isEmpty())
        language =
            QLocale::system().language() == QLocale::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
    console::setLanguage(language == QStringLiteral("zh_CN") ? layers::Language::chinese
                                                             : layers::Language::english);
    console::installTranslation(app);
    console::applyTheme(app, wanted.window.theme);

    std::unique_ptr<console::MainWindow> window;
    auto start = std::make_unique<console::StartWindow>(wanted.session);
    QObject::connect(start.get(), &console::StartWindow::failed, &app,
                     [](int status) { QApplication::exit(status); });
    QObject::connect(
        start.get(), &console::StartWindow::opened, &app, [&](std::shared_ptr<dispatch::Session> session) {
            if (!wanted.shots.isEmpty())
                wanted.still->stopAt(session->span().till + std::chrono::seconds(20));
            window = std::make_unique<console::MainWindow>(std::move(session), wanted.window);
            window->show();
            start->hide();
            QApplication::setQuitOnLastWindowClosed(true);
            if (!wanted.shots.isEmpty()) {
                auto* shots = new console::Shots(
                    *window, wanted.shots,
                    [still = wanted.still](std::chrono::seconds span) { still->stopAt(still->now() + span); },
                    window.get());
                QObject::connect(shots, &console::Shots::finished, &app,
                                 [](int status) { QApplication::exit(status); });
                shots->start();
            }
        });
    start->nobodyWatches = !wanted.shots.isEmpty();
    start->show();
    if (wanted.workspace.empty()) {
        QApplication::setQuitOnLastWindowClosed(true);
        start->choose();
    } else if (opening) {
        start->watch(std::move(opening));
    } else {
        start->load(wanted.workspace);
    }
    const int status = QApplication::exec();
    if (window)
        *window->desk().city().closing = true; // nobody waits for what is still being read
    window.reset();
    start.reset();
    return status;
}
