// SPDX-License-Identifier: GPL-3.0-or-later
// bench_start [--city DIR] [--runs N] [--settle SECONDS]
// Time from the start of the process until the console's window shows the areas and lists the open tickets,
// in a city of 13,669 grids, 73,000 units, 1,000,000 past incidents and 1,000,000 events: warm (snapshots of
// an earlier start are there) beside cold (they are not). The child opens the city as main.cpp does,
// offscreen and without the cartographer. The files stay in the system's page cache in both. Last the program itself,
// with everything it has, as it stands SECONDS after its start (60; 0: not at all).
#include "settled.h"

#include "../large_city.h"
#include "../process_memory.h"

#include "console/main_window.h"
#include "console/map_page.h"
#include "console/memory.h"
#include "console/resources.h"
#include "console/start_window.h"
#include "console/theme.h"
#include "console/wording.h"
#include "map/canvas.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QTimer>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <sys/wait.h>
#include <unistd.h>

using namespace vedette;
namespace fs = std::filesystem;

namespace {

// CLOCK_MONOTONIC is one clock for parent and child.
std::int64_t nanoseconds() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

double cpuMilliseconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) * 1e-6;
}

struct Figures {
    double loaded = 0, shown = 0, usable = 0, cpu = 0, peak = 0, complete = 0, completePeak = 0;
    long areas = 0, rows = 0;
};

// The child: prints one line of figures.
int open(int argc, char** argv, const fs::path& folder, std::int64_t started) {
    const auto since = [&] { return double(nanoseconds() - started) * 1e-6; };
    console::keepMemoryTogether();
    dispatch::SessionOptions session;
    session.clock = std::make_shared<layers::SystemClock>();
    auto opening = std::make_unique<console::Opening>(folder, session);
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("vedette-bench"));
    QApplication::setStyle(QStringLiteral("Fusion"));
    QApplication::setQuitOnLastWindowClosed(false);
    console::initResources();
    console::setLanguage(layers::Language::english);
    console::installTranslation(app);
    console::applyTheme(app, map::Theme::dark);
    console::MainWindow::Options options;
    options.clock = session.clock;
    options.actor = QStringLiteral("desk");
    options.remember = false;
    options.cartographer = false;

    Figures f;
    bool usable = false;
    std::unique_ptr<console::MainWindow> window;
    console::StartWindow start(session);
    start.nobodyWatches = true;
    QObject::connect(&start, &console::StartWindow::failed, &app,
                     [](int status) { QApplication::exit(status); });
    QObject::connect(&start, &console::StartWindow::opened, &app,
                     [&](std::shared_ptr<dispatch::Session> opened) {
                         f.loaded = since();
                         f.areas = long(opened->city()->areas.size());
                         window = std::make_unique<console::MainWindow>(std::move(opened), options);
                         window->resize(1920, 1080);
                         window->show();
                         start.hide();
                         f.shown = since();
                     });
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &app, [&] {
        if (!window)
            return;
        const auto* queue = window->findChild<QAbstractItemView*>(QStringLiteral("queue"));
        const long rows = queue && queue->model() ? queue->model()->rowCount() : 0;
        if (!usable && rows > 0 && f.areas > 0 && window->mapPage().canvas().settled()) {
            usable = true;
            f.usable = since(), f.cpu = cpuMilliseconds(), f.rows = rows, f.peak = megabytes("VmHWM:");
        }
        if (usable && window->settled()) {
            f.complete = since(), f.completePeak = megabytes("VmHWM:");
            std::printf("%.1f %.1f %.1f %.1f %.1f %.1f %.1f %ld %ld\n", f.loaded, f.shown, f.usable, f.cpu,
                        f.peak, f.complete, f.completePeak, f.areas, f.rows);
            std::fflush(stdout);
            QApplication::exit(0);
        }
    });
    look.start(1);
    QTimer::singleShot(std::chrono::minutes(5), &app, [] {
        std::fprintf(stderr, "bench_start: the window isn't usable after 5 minutes\n");
        QApplication::exit(1);
    });
    start.show();
    start.watch(std::move(opening));
    const int status = QApplication::exec();
    window.reset();
    return status;
}

std::optional<Figures> run(const fs::path& self, const fs::path& folder) {
    int ends[2];
    if (pipe(ends) != 0)
        return {};
    const std::string started = std::to_string(nanoseconds());
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]), close(ends[1]);
        setenv("QT_QPA_PLATFORM", "offscreen", 1);
        execl(self.c_str(), self.c_str(), "--child", folder.c_str(), started.c_str(), nullptr);
        _exit(127);
    }
    close(ends[1]);
    std::string line;
    char buffer[512];
    for (ssize_t got; (got = read(ends[0], buffer, sizeof buffer)) > 0;)
        line.append(buffer, std::size_t(got));
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (status != 0) // the figures were taken before
        std::fprintf(stderr, "bench_start: the window didn't close cleanly (wait status %d)\n", status);
    Figures f;
    if (std::sscanf(line.c_str(), "%lf %lf %lf %lf %lf %lf %lf %ld %ld", &f.loaded, &f.shown, &f.usable,
                    &f.cpu, &f.peak, &f.complete, &f.completePeak, &f.areas, &f.rows) != 9)
        return {};
    return f;
}

void print(const char* what, const Figures& f) {
    std::printf("%s: usable %.0f ms (city and journal open %.0f, window shown %.0f; cpu %.0f), peak %.0f MB; "
                "heat and all the rest %.0f ms, peak %.0f MB; %ld areas, %ld queue rows\n",
                what, f.usable, f.loaded, f.shown, f.cpu, f.peak, f.complete, f.completePeak, f.areas,
                f.rows);
    std::fflush(stdout);
}

int failed(const char* what) {
    std::fprintf(stderr, "bench_start: %s\n", what);
    return 1;
}

// Cold once, then warm `runs` times. What failed; null: nothing.
const char* compare(const fs::path& self, const fs::path& folder, int runs) {
    fs::remove_all(folder / ".vedette");
    for (const char* tail : {"", "-wal", "-shm"})
        fs::remove(folder / (std::string("journal.cache") + tail));
    const auto cold = run(self, folder);
    if (!cold)
        return "the cold start failed";
    print("cold", *cold);
    std::vector<Figures> warm;
    for (int i = 0; i < runs; ++i) {
        const auto one = run(self, folder);
        if (!one)
            return "a warm start failed";
        print("warm", *one);
        warm.push_back(*one);
    }
    std::sort(warm.begin(), warm.end(),
              [](const Figures& a, const Figures& b) { return a.usable < b.usable; });
    const Figures& middle = warm[warm.size() / 2];
    std::printf("median of %d warm starts: usable %.0f ms (goal 500), peak %.0f MB (goal 300)\n", runs,
                middle.usable, middle.peak);
    std::printf("ratio start warm ours/peer=%.4f\n", middle.usable / cold->usable);
    return nullptr;
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 4 && std::string_view(argv[1]) == "--child") {
        int one = 1; // Qt needs no more than the program's name
        return open(one, argv, argv[2], std::atoll(argv[3]));
    }
    const fs::path self = fs::read_symlink("/proc/self/exe"), bin = self.parent_path();
    fs::path folder = largeCityFolder(bin);
    int runs = 7, settle = 60;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (std::string_view(argv[i]) == "--city")
            folder = argv[i + 1];
        else if (std::string_view(argv[i]) == "--runs")
            runs = std::max(0, std::atoi(argv[i + 1]));
        else if (std::string_view(argv[i]) == "--settle")
            settle = std::max(0, std::atoi(argv[i + 1]));
    }
    if (folder == largeCityFolder(bin) && !makeLargeCity(bin))
        return failed("the city could not be made");
    if (const char* what = runs > 0 ? compare(self, folder, runs) : nullptr)
        return failed(what);
    if (settle == 0)
        return 0;
    const auto settled = settledConsole(bin / "vedette", folder, settle);
    if (!settled)
        return failed("the console ended before it had settled");
    std::printf("settled console, %d s after its start: RSS %.0f MB (goal 300), PSS %.0f, anonymous %.0f, peak %.0f; "
                "the cartographer beside it %.0f MB PSS\n",
                settle, settled->resident, settled->share, settled->own, settled->peak, settled->helper);
    return 0;
}
