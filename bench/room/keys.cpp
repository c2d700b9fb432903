// SPDX-License-Identifier: GPL-3.0-or-later
#include "room.h"

#include "console/main_window.h"
#include "console/queue_model.h"
#include "console/resources.h"
#include "console/theme.h"
#include "console/wording.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QElapsedTimer>
#include <QTest>
#include <QTimer>
#include <unistd.h>

namespace vedette::bench {

namespace fs = std::filesystem;
using namespace console;

int keys(int argc, char** argv, std::size_t open, int rounds) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    std::string name = (fs::temp_directory_path() / "bench-keys-XXXXXX").string();
    check(mkdtemp(name.data()), "no temporary folder");
    const fs::path folder = fs::path(name) / "city";
    auto clock = std::make_shared<HandClock>();
    makeCity(folder, *clock, open, 0);
    QApplication app(argc, argv);
    QApplication::setStyle(QStringLiteral("Fusion"));
    initResources();
    setLanguage(layers::Language::english);
    installTranslation(app);
    applyTheme(app, map::Theme::dark);
    MainWindow::Options options;
    options.clock = clock;
    options.actor = QStringLiteral("desk");
    options.remember = false;
    options.cartographer = false;
    MainWindow window(sit(folder, "anna", clock), options);
    window.resize(1920, 1080);
    window.show();
    const auto* queue = window.findChild<QAbstractItemView*>(QStringLiteral("queue"));
    check(
        QTest::qWaitFor([&] { return window.settled() && queue->model()->rowCount() == int(open); }, 60'000),
        "the queue doesn't fill");

    std::string told; // why not, should it come to that
    QObject::connect(&window.desk(), &Desk::said, &window, [&](const QString& text) { told = s(text); });

    // The longest time in which the event loop turned to nothing else.
    double gap = 0;
    QElapsedTimer beat;
    QTimer heart;
    QObject::connect(&heart, &QTimer::timeout, &heart, [&] {
        gap = std::max(gap, double(beat.nsecsElapsed()) * 1e-6);
        beat.restart();
    });
    heart.start(0);
    beat.start();

    std::vector<double> took, gaps;
    QWidget* on = nullptr;
    for (int i = 0; i < rounds; ++i) {
        clock->move(std::chrono::milliseconds(500));
        on = QApplication::focusWidget() ? QApplication::focusWidget() : &window;
        QTest::keyClick(on, Qt::Key_F2);
        QTest::qWait(150); // a dispatcher reads who should go
        const auto id = window.desk().ticketId();
        check(id.has_value(), "F2 chose no ticket");
        if (window.desk().recommendation().candidates.empty())
            continue; // nobody of that role is on at this hour
        on = QApplication::focusWidget() ? QApplication::focusWidget() : &window;
        QTest::keyClick(on, Qt::Key_Return);
        QTest::qWait(30);
        on = QApplication::focusWidget() ? QApplication::focusWidget() : &window;
        gap = 0;
        QElapsedTimer since;
        since.start();
        QTest::keyClick(on, Qt::Key_Return);
        const auto shown = [&] {
            const auto* model = static_cast<const QueueModel*>(queue->model());
            const int row = model->indexOf(*id);
            return row >= 0 && model->row(row).stage == dispatch::Stage::dispatched;
        };
        while (!shown() && since.elapsed() < 5000)
            QApplication::processEvents(QEventLoop::AllEvents, 2);
        check(shown(), ("nobody was sent: " + told + ", the focus in " + s(on->objectName())).c_str());
        took.push_back(double(since.nsecsElapsed()) * 1e-6);
        gaps.push_back(gap);
        // Free again, as far as the queue goes: the next round finds somebody.
        check(window.desk()
                  .session()
                  .execute(dispatch::MoveAssignment{*id, {}, dispatch::AssignmentStatus::handled, "done"})
                  .ok(),
              "handled is refused");
    }
    check(took.size() >= std::size_t(rounds) / 4, "hardly anybody could be sent");
    const double most = quantile(took, 1), mostAway = quantile(gaps, 1);
    std::printf("key press to the new state in a queue of %zu: p50 %.1f ms, p99 %.1f, most %.1f of %zu\n",
                open, quantile(took, 0.5), quantile(took, 0.99), most, took.size());
    std::printf("  the event loop was away for at most %.1f ms (p50 %.1f)\n", mostAway, quantile(gaps, 0.5));
    std::printf("ratio room key_press_p99 ours/limit=%.4f\n", quantile(took, 0.99) / 100);
    std::error_code ignored;
    fs::remove_all(name, ignored);
    return 0;
}

} // namespace vedette::bench
