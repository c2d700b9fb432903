// SPDX-License-Identifier: GPL-3.0-or-later
// bench_map [--city DIR] [--runs N] [--only gestures|tilted|zooms]
// The grid layer at the scale of a prefecture (13,669 areas, 506k vertices, 1920 x 1080) beside QGIS, drawn
// by its own library from a GeoPackage of the same areas in the same run; then gestures over a whole city,
// which no peer answers. Before any ratio the pictures are held against each other: the mean difference and
// the share of pixels that differ much stay below what QGIS's drawing of each shared border twice makes
// unavoidable.
#include "../large_city.h"
#include "bench_gestures.h"
#include "bench_overlay.h"
#include "bench_tilted.h"
#include "bench_zooms.h"
#include "lattice.h"
#include "map/renderer.h"

#include <QApplication>
#include <QProcess>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <map>

using namespace vedette;
namespace fs = std::filesystem;

namespace {

constexpr double mostMean = 6, mostFar = 0.03; // levels of 255; share of pixels off by more than `far`
constexpr int far = 64;

double milliseconds(std::chrono::steady_clock::time_point since) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - since).count();
}

map::Scene sceneOf(const layers::Areas& areas) {
    map::Scene scene;
    scene.areas = areas;
    scene.areaLayers = {
        {"grids", layers::AreaKind::grid, false, {QColor("#222a31"), QColor("#7b8ea0"), 1, 0}}};
    return scene;
}

double medianOf(std::vector<double> times) {
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

// Each redraw comes with another colour, so nothing of the last one can be shown again.
double redraws(map::Renderer& renderer, map::Scene scene, const map::View& view, int runs, QImage& last) {
    std::vector<double> times;
    for (int i = 0; i < runs; ++i) {
        scene.areaLayers[0].style.fill = QColor(0x22, 0x2a, 0x31 + (runs - 1 - i) % 2);
        ++scene.revision;
        const auto begun = std::chrono::steady_clock::now();
        last = renderer.render(scene, view);
        times.push_back(milliseconds(begun));
    }
    return medianOf(std::move(times));
}

// Each of areas that nobody has drawn yet, with a renderer that has drawn nothing: borders are made too.
double firstRedraws(const std::vector<std::vector<layers::Point>>& rings, const map::View& view, int runs) {
    std::vector<double> times;
    for (int i = 0; i < runs; ++i) {
        const map::Scene scene = sceneOf(bench::latticeAreasOf(rings));
        map::Renderer renderer;
        const auto begun = std::chrono::steady_clock::now();
        renderer.render(scene, view);
        times.push_back(milliseconds(begun));
    }
    return medianOf(std::move(times));
}

bool alike(const QImage& ours, const QImage& theirs, const char* name) {
    if (ours.size() != theirs.size())
        return false;
    double sum = 0, much = 0;
    for (int y = 0; y < ours.height(); ++y)
        for (int x = 0; x < ours.width(); ++x) {
            const int off = std::abs(qGreen(ours.pixel(x, y)) - qGreen(theirs.pixel(x, y)));
            sum += off, much += off > far;
        }
    const double pixels = double(ours.width()) * ours.height();
    std::printf("%s: pictures differ by %.2f levels of 255 in the mean, %.3f %% of pixels by more than %d\n",
                name, sum / pixels, 100 * much / pixels, far);
    return sum / pixels <= mostMean && much / pixels <= mostFar;
}

void printGestures(const fs::path& city) {
    const auto moved = fs::exists(city / "workspace.toml") ? bench::gestures(city) : std::nullopt;
    if (!moved) {
        std::printf("gestures: skipped, there is no city at %s\n", city.c_str());
        return;
    }
    std::printf("gestures: %d frames, cpu of a pan p50 %.1f p99 %.1f ms, of a zoom p50 %.1f most %.1f ms (on the GUI "
                "thread %.1f, %.1f; for each of its paints %.1f, %.1f), of a wheel turned on and on p50 %.1f p99 %.1f ms a frame painted and p50 %.1f most "
                "%.1f ms when it rests, event loop gap %.1f ms, %d paints when idle; memory %.0f MB (without mapped files %.0f), peak %.0f MB\n",
                moved->frames, moved->panP50, moved->panP99, moved->zoomP50, moved->zoomMost, moved->zoomGuiP50,
                moved->zoomGuiMost, moved->zoomPaintP50, moved->zoomPaintMost, moved->turnP50, moved->turnP99, moved->restP50, moved->restMost, moved->gapMax, moved->idlePaints, moved->memoryMegabytes,
                moved->ownMegabytes, moved->peakMegabytes);
}

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const fs::path bin = fs::read_symlink("/proc/self/exe").parent_path();
    fs::path city = largeCityFolder(bin);
    int runs = 9;
    std::string only;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (!std::strcmp(argv[i], "--city"))
            city = argv[i + 1];
        else if (!std::strcmp(argv[i], "--runs"))
            runs = std::max(1, std::atoi(argv[i + 1]));
        else if (!std::strcmp(argv[i], "--only"))
            only = argv[i + 1];
    }
    if (city == largeCityFolder(bin) && !makeLargeCity(bin))
        return std::fprintf(stderr, "bench_map: the city could not be made\n"), 3;
    const fs::path work = bin.parent_path() / "bench-map";
    fs::create_directories(work);
    if (only == "tilted")
        return bench::printTilted(city, work / "tilted.png") ? 0 : 1;
    if (only == "zooms")
        return bench::printZooms(city, runs, work) ? 0 : 1;
    printGestures(city); // first: its memory is nobody else's
    if (only == "gestures")
        return 0;
    const auto rings = bench::latticeRings();
    const std::string package = (work / "lattice.gpkg").string();
    fs::remove(package);
    const auto areas = bench::latticeAreasOf(rings);
    if (!bench::writeLattice(rings, package) || areas.size() != rings.size())
        return std::fprintf(stderr, "bench_map: the lattice couldn't be written\n"), 3;

    map::View whole;
    whole.size = {1920, 1080};
    whole = whole.fitted(areas.extent(), 0.02);
    map::View near = whole;
    near.metresPerPixel /= 10;
    QStringList arguments{QString::fromStdString(package), "1920", "1080", QString::number(runs)};
    for (const auto& [name, view] : {std::pair("full", whole), std::pair("near", near)}) {
        const layers::Box box = view.extent();
        arguments << name;
        for (const double edge : {box.minX, box.minY, box.maxX, box.maxY})
            arguments << QString::number(edge, 'g', 17);
    }
    QProcess peer;
    peer.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    peer.start(QString::fromStdString((bin / "bench_map_qgis").string()), arguments);
    if (!peer.waitForFinished(300'000) || peer.exitCode() != 0)
        return std::fprintf(stderr, "bench_map: QGIS didn't draw\n"), 3;
    struct Peer {
        double first = 0, median = 0;
    };
    std::map<std::string, Peer> theirs;
    for (const QByteArray& line : peer.readAllStandardOutput().split('\n')) {
        char name[32];
        Peer times;
        if (std::sscanf(line.constData(), "%31s %lf %lf", name, &times.first, &times.median) == 3)
            theirs[name] = times;
    }

    const map::Scene scene = sceneOf(areas);
    map::Renderer renderer;
    QImage full, close;
    const double first = firstRedraws(rings, whole, runs), atAll = redraws(renderer, scene, whole, runs, full),
                 atTenth = redraws(renderer, scene, near, runs, close);
    full.save(QString::fromStdString((work / "ours-full.png").string()));
    close.save(QString::fromStdString((work / "ours-near.png").string()));
    const bool same = alike(full, QImage(QString::fromStdString(package + ".full.png")), "full") &
                      alike(close, QImage(QString::fromStdString(package + ".near.png")), "near");
    const auto& [qgisFull, qgisNear] = std::pair(theirs["full"], theirs["near"]);
    std::printf("full: ours %.1f ms (the first ones, borders made too, %.1f); QGIS %.1f ms (its first ones %.1f)\n",
                atAll, first, qgisFull.median, qgisFull.first);
    std::printf("near: ours %.2f ms; QGIS %.2f ms\n", atTenth, qgisNear.median);

    const bench::OverlayFrames overlay = bench::overlayFrames();
    bench::print(overlay);
    std::printf("ratio map full ours/peer=%.4f\n", atAll / qgisFull.median);
    std::printf("ratio map first ours/peer=%.4f\n", first / qgisFull.first);
    std::printf("ratio map near ours/peer=%.4f\n", atTenth / qgisNear.median);
    std::printf("ratio map style ours/peer=%.4f\n", atAll / qgisFull.median);
    return same && overlay.exact ? 0 : 1;
}
