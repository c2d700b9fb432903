// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench_overlay.h"

#include "map/renderer.h"
#include "map/symbols.h"
#include "overlay_layout.h"
#include "overlay_painter.h"

#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>
#include <set>
#include <time.h>

namespace vedette::bench {

namespace {

constexpr int units = 5000, incidents = 10'000, workers = 73'000;
constexpr double wide = 64'000, high = 36'000; // metres

double cpuMilliseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) * 1e-6;
}

map::Overlay city() {
    const auto book = map::SymbolBook::builtIn();
    std::mt19937_64 random(11);
    // Half of all stands in the old town.
    std::normal_distribution<double> x(wide / 2, wide / 14), y(high / 2, high / 14);
    std::uniform_real_distribution<double> anyX(0, wide), anyY(0, high);
    const char* const roles[] = {"officer", "auxiliary", "guard", "rescueTeam"};
    const char* const statuses[] = {"free", "free", "free", "lost", "onBreak"};
    const char* const names[] = {"theft", "fire", "noise", "traffic", "dispute", "other"};
    map::Overlay overlay;
    overlay.symbols = book->symbols();
    for (int i = 0; i < units + incidents + workers; ++i) {
        map::Mark mark;
        mark.at = i % 2 ? layers::Point{x(random), y(random)} : layers::Point{anyX(random), anyY(random)};
        map::SymbolFacts facts;
        const bool incident = i >= units && i < units + incidents;
        if (incident) {
            facts.table = map::SymbolFacts::Table::incident;
            facts.name = names[i % 6], facts.severity = i % 50 == 0 ? 1 : i % 7 == 0 ? 2 : 3 + i % 2;
            facts.stage = "dispatched";
            mark.letter = QString::number(facts.severity);
            mark.pulsing = i % 500 == 0;
            mark.cluster = i % 100 != 0;
            mark.rank = 60 - facts.severity * 5;
        } else {
            facts.role = i < units ? roles[i % 4] : "gridWorker";
            facts.status = i < units && i % 10 == 0 ? "enroute" : statuses[i % 5];
            mark.cluster = facts.status != "enroute";
            mark.rank = mark.cluster ? 10 : 30;
        }
        const map::Symbol symbol = book->symbol(facts);
        mark.kind = incident ? map::Mark::Kind::incident : map::Mark::Kind::unit;
        mark.symbol = symbol.drawing, mark.shape = symbol.shape, mark.colour = symbol.in(map::Theme::dark);
        mark.id = (incident ? QStringLiteral("T") : QStringLiteral("U")) + QString::number(i);
        if (!mark.cluster)
            mark.label = mark.id;
        overlay.marks.push_back(std::move(mark));
    }
    return overlay;
}

// Counts and single marks, each mark once, none invented; those in the middle of the window all there.
bool exact(const map::OverlayLayout& layout, const map::Overlay& overlay, const map::View& view) {
    std::vector<bool> seen(overlay.marks.size());
    bool once = true;
    const auto see = [&](std::uint32_t mark) {
        once = once && !seen[mark];
        seen[mark] = true;
    };
    std::uint64_t counted = 0;
    for (const auto& placed : layout.placed) {
        counted += placed.count;
        if (placed.count == 1)
            see(placed.mark);
        else
            for (std::uint32_t i = 0; i < placed.count; ++i)
                see(layout.members[placed.first + i]);
    }
    const QRectF window(QPointF(), QSizeF(view.size));
    for (std::size_t i = 0; i < overlay.marks.size(); ++i)
        if (!seen[i] && window.contains(view.mapToView(overlay.marks[i].at)))
            return false;
    return once && counted == std::uint64_t(std::count(seen.begin(), seen.end(), true));
}

} // namespace

OverlayFrames overlayFrames() {
    OverlayFrames result;
    map::Overlay overlay = city();
    result.marks = int(overlay.marks.size());
    result.exact = true;
    map::Scene scene;
    std::mt19937_64 random(5);
    std::uniform_real_distribution<double> step(-4, 4);
    QImage screen(1920, 1080, QImage::Format_RGB32);
    std::size_t stood = 0, kept = 0;
    for (const bool near : {false, true}) {
        map::View view;
        view.size = {1920, 1080};
        view.centre = {wide / 2, high / 2};
        view.metresPerPixel = near ? 3 : wide / 1920;
        std::vector<double> times;
        map::OverlayLayout layout;
        for (int frame = 0; frame < 320; ++frame) {
            for (int i = 0; i < units; ++i)
                overlay.marks[std::size_t(i)].at.x += step(random), overlay.marks[std::size_t(i)].at.y += step(random);
            ++overlay.revision;
            if (frame % 4 == 3)
                view = view.pannedBy({7, 3});
            screen.fill(Qt::black);
            const double begun = cpuMilliseconds();
            map::OverlayLayout next = map::layOut(overlay, view, &layout);
            {
                QPainter painter(&screen);
                std::chrono::nanoseconds budget = std::chrono::milliseconds(8);
                map::paintOverlay(painter, next, overlay, scene, view, frame * 0.016, &budget);
            }
            if (frame >= 20) // the first draw what is kept from then on
                times.push_back(cpuMilliseconds() - begun);
            std::set<std::uint32_t> labels;
            for (const auto& label : next.labels)
                labels.insert(label.mark);
            const QRectF window(QPointF(), QSizeF(view.size));
            for (const auto& label : layout.labels)
                if (window.contains(view.mapToView(overlay.marks[label.mark].at)))
                    ++stood, kept += labels.contains(label.mark);
            if (frame % 40 == 0)
                result.exact = result.exact && exact(next, overlay, view);
            layout = std::move(next);
        }
        std::sort(times.begin(), times.end());
        (near ? result.nearP50 : result.farP50) = times[times.size() / 2];
        (near ? result.nearP99 : result.farP99) = times[times.size() * 99 / 100];
        result.frames += int(times.size());
        if (const QString folder = qEnvironmentVariable("VEDETTE_BENCH_PICTURES"); !folder.isEmpty())
            screen.save(folder + (near ? QStringLiteral("/overlay-near.png") : QStringLiteral("/overlay-far.png")));
    }
    result.labelsKept = stood ? double(kept) / double(stood) : 1;
    return result;
}

void print(const OverlayFrames& frames) {
    std::printf("overlay: %d frames of %d marks, 5000 of them moving: cpu of a frame from afar p50 %.2f p99 %.2f ms, "
                "near p50 %.2f p99 %.2f ms; %.2f %% of labels kept from frame to frame; counts %s\n",
                frames.frames, frames.marks, frames.farP50, frames.farP99, frames.nearP50, frames.nearP99,
                frames.labelsKept * 100, frames.exact ? "add up" : "DO NOT ADD UP");
}

} // namespace vedette::bench
