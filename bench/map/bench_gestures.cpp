// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench_gestures.h"

#include "../process_memory.h"

#include "dispatch/city.h"
#include "dispatch/past_choice.h"
#include "layers/reader.h"
#include "map/canvas.h"
#include "map/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QTimer>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <random>
#include <time.h>

namespace vedette::bench {

std::shared_ptr<map::Scene> everything(const dispatch::City& city) {
    auto scene = std::make_shared<map::Scene>();
    scene->areas = city.areas;
    scene->areaLayers = map::areaLayers(city.areas, scene->theme);
    for (auto& layer : scene->areaLayers)
        layer.visible = true;
    scene->roads.colour = map::roadColour(scene->theme);
    for (const auto& spec : city.workspace.roads)
        if (auto lines = layers::readSource(city.workspace, spec))
            scene->roads.lines.push_back(std::move(lines).value());
    layers::HeatSettings settings;
    settings.extent = city.areas.extent();
    settings.days = 365;
    settings.width = 1400;
    settings.height = int(1400 * settings.extent.height() / settings.extent.width());
    const dispatch::PastChoice all{{}, layers::Instant::max(), {}};
    const auto points = dispatch::heatPoints(city, all, false); // as the console reads them, page after page
    if (auto surface = layers::heat(points, settings)) {
        scene->heat.scaleMax = double(surface.value().max);
        scene->heat.surface = std::make_shared<layers::HeatSurface>(std::move(surface).value());
        scene->heat.visible = true;
    }
    return scene;
}

namespace {

double cpuMilliseconds(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) * 1e-6;
}

std::shared_ptr<map::Overlay> crowd(const layers::Box& box) {
    auto overlay = std::make_shared<map::Overlay>();
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> x(box.minX, box.maxX), y(box.minY, box.maxY);
    for (int i = 0; i < 15'000; ++i) {
        map::Mark mark;
        mark.at = {x(random), y(random)};
        mark.id = mark.label = (i % 3 ? QStringLiteral("T") : QStringLiteral("U")) + QString::number(i);
        mark.shape = i % 3 ? map::MarkShape::triangle : map::MarkShape::square;
        mark.colour = i % 3 ? map::priorityColour(1 + i % 4) : map::unitColour(map::UnitLook::free);
        mark.rank = i % 3 ? 10 - i % 4 : 1;
        overlay->marks.push_back(std::move(mark));
    }
    return overlay;
}

class Paints : public QObject {
public:
    int seen = 0;
    bool eventFilter(QObject*, QEvent* event) override {
        seen += event->type() == QEvent::Paint;
        return false;
    }
};

void run(std::chrono::milliseconds length) {
    QElapsedTimer since;
    since.start();
    while (since.elapsed() < length.count())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

} // namespace

std::optional<Gestures> gestures(const std::filesystem::path& folder) {
    const auto city = dispatch::loadCity(folder);
    if (!city)
        return {};
    Gestures result;
    map::Canvas canvas;
    canvas.resize(1920, 1080);
    canvas.setScene(everything(*city.value()));
    canvas.setOverlay(crowd(city.value()->areas.extent()));
    canvas.show();
    Paints paints;
    canvas.installEventFilter(&paints);
    int frames = 0;
    QObject::connect(&canvas, &map::Canvas::frameShown, &canvas, [&] { ++frames; });
    const auto settle = [&] {
        QElapsedTimer since;
        since.start();
        while (!canvas.settled() && since.elapsed() < 10'000)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::processEvents();
    };
    QTimer wake; // so that WaitForMoreEvents comes back
    wake.start(4);
    settle();
    run(std::chrono::milliseconds(300));

    const auto mouse = [&](QEvent::Type type, QPointF at, Qt::MouseButtons held) {
        QMouseEvent event(type, at, canvas.mapToGlobal(at),
                          type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton, held, Qt::NoModifier);
        QCoreApplication::sendEvent(&canvas, &event);
    };
    struct Costs {
        std::vector<double> all{}, gui{}; // of all threads; of the GUI's alone
        std::vector<double> painted{};    // of all threads, for each paint that came of it
    } pans, zooms;
    double gap = 0;
    const auto frame = [&](Costs& into, auto&& gesture) {
        const double before = cpuMilliseconds(CLOCK_PROCESS_CPUTIME_ID),
                     guiBefore = cpuMilliseconds(CLOCK_THREAD_CPUTIME_ID);
        const int paintsBefore = paints.seen;
        QElapsedTimer turn;
        turn.start();
        gesture();
        do {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            gap = std::max(gap, double(turn.nsecsElapsed()) * 1e-6);
            turn.start();
        } while (!canvas.settled());
        QCoreApplication::processEvents();
        gap = std::max(gap, double(turn.nsecsElapsed()) * 1e-6);
        into.all.push_back(cpuMilliseconds(CLOCK_PROCESS_CPUTIME_ID) - before);
        into.painted.push_back(into.all.back() / std::max(1, paints.seen - paintsBefore));
        into.gui.push_back(cpuMilliseconds(CLOCK_THREAD_CPUTIME_ID) - guiBefore);
    };
    const QPointF middle(960, 540);
    for (int zoom = 0; zoom < 7; ++zoom) {
        mouse(QEvent::MouseButtonPress, middle, Qt::LeftButton);
        for (int step = 1; step <= 40; ++step)
            frame(pans, [&] {
                mouse(QEvent::MouseMove, middle + QPointF(8 * step, std::round(90 * std::sin(step * 0.3))),
                      Qt::LeftButton);
            });
        mouse(QEvent::MouseButtonRelease, middle + QPointF(320, 0), Qt::NoButton);
        for (int notch = 0; notch < 2; ++notch)
            frame(zooms, [&] {
                QWheelEvent wheel(middle, canvas.mapToGlobal(middle), {}, {0, 120}, Qt::NoButton,
                                  Qt::NoModifier, Qt::NoScrollPhase, false);
                QCoreApplication::sendEvent(&canvas, &wheel);
            });
    }
    // A wheel turned on and on: each notch with the paints that came of it, and what remains to be done when it rests.
    std::vector<double> turned, rested;
    canvas.goHome();
    settle();
    for (int turn = 0; turn < 12; ++turn) {
        double before = 0;
        for (int notch = 0; notch < 6; ++notch) {
            before = cpuMilliseconds(CLOCK_PROCESS_CPUTIME_ID);
            const int painted = paints.seen;
            QWheelEvent wheel(middle, canvas.mapToGlobal(middle), {}, {0, turn % 2 ? -120 : 120}, Qt::NoButton,
                              Qt::NoModifier, Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(&canvas, &wheel);
            run(std::chrono::milliseconds(33));
            const double spent = cpuMilliseconds(CLOCK_PROCESS_CPUTIME_ID) - before;
            turned.push_back(spent / std::max(1, paints.seen - painted));
        }
        before = cpuMilliseconds(CLOCK_PROCESS_CPUTIME_ID);
        settle();
        rested.push_back(cpuMilliseconds(CLOCK_PROCESS_CPUTIME_ID) - before);
    }
    result.frames = int(pans.all.size() + zooms.all.size() + turned.size());
    for (auto* costs : {&pans.all, &zooms.all, &zooms.gui, &zooms.painted, &turned, &rested})
        std::sort(costs->begin(), costs->end());
    result.turnP50 = turned[turned.size() / 2], result.turnP99 = turned[turned.size() * 99 / 100];
    result.restP50 = rested[rested.size() / 2], result.restMost = rested.back();
    result.panP50 = pans.all[pans.all.size() / 2], result.panP99 = pans.all[pans.all.size() * 99 / 100];
    result.zoomP50 = zooms.all[zooms.all.size() / 2], result.zoomMost = zooms.all.back();
    result.zoomGuiP50 = zooms.gui[zooms.gui.size() / 2], result.zoomGuiMost = zooms.gui.back();
    result.zoomPaintP50 = zooms.painted[zooms.painted.size() / 2], result.zoomPaintMost = zooms.painted.back();
    result.gapMax = gap;
    run(std::chrono::milliseconds(300));
    const int before = paints.seen + frames;
    run(std::chrono::milliseconds(500));
    result.idlePaints = paints.seen + frames - before;
    result.memoryMegabytes = megabytes("VmRSS:"), result.ownMegabytes = megabytes("RssAnon:"),
    result.peakMegabytes = megabytes("VmHWM:");
    return result;
}

} // namespace vedette::bench
