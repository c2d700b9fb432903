// SPDX-License-Identifier: GPL-3.0-or-later
// Writes pictures of the map to a folder, to be looked at, and says how long each frame took.
#include "lattice_city.h"

#include "map/furniture.h"
#include "map/renderer.h"

#include <QGuiApplication>
#include <QPainter>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <random>

namespace {

using namespace vedette;
using namespace vedette::map;

double milliseconds(const std::function<void()>& work) {
    const auto begun = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
}

std::shared_ptr<layers::HeatSurface> bumps(const layers::Box& extent) {
    auto surface = std::make_shared<layers::HeatSurface>();
    surface->extent = extent;
    surface->width = 300, surface->height = 200;
    for (int y = 0; y < 200; ++y)
        for (int x = 0; x < 300; ++x) {
            double v = 0;
            for (const auto& [cx, cy, r, top] : {std::tuple(140, 90, 34, 8.0),
                                                 {60, 140, 24, 4.0},
                                                 {230, 60, 20, 3.0},
                                                 {190, 130, 18, 5.5}}) {
                const double d = std::hypot(x - cx, y - cy) / r;
                v += d < 1 ? top * std::pow(1 - d * d, 2) : 0;
            }
            surface->values.push_back(float(v));
            surface->max = std::max(surface->max, float(v));
        }
    return surface;
}

Overlay shift(const layers::Box& extent, int units, int incidents) {
    std::mt19937 random(7);
    const auto part = [&] { return random() / double(random.max()); };
    Overlay overlay;
    const auto somewhere = [&] {
        return layers::Point{extent.minX + extent.width() * part(), extent.minY + extent.height() * part()};
    };
    const std::array names{"Wang 王", "Chen 陈", "Li 李", "Zhao 赵", "Sun 孙"};
    for (int i = 0; i < units; ++i) {
        const auto look = UnitLook(i % 11 < 6 ? 0 : i % 5);
        Mark mark{.at = somewhere(), .colour = unitColour(look), .shape = unitShape(look), .letter = "", .label = "", .id = QString("U%1").arg(i)};
        mark.label = names[std::size_t(i) % 5] + (look == UnitLook::lost ? QString(" · 14 min") : QString());
        overlay.marks.push_back(mark);
    }
    for (int i = 0; i < incidents; ++i) {
        const int priority = i % 9 == 0 ? 1 : i % 3 == 0 ? 2 : 3;
        Mark mark{.at = somewhere(),
                  .colour = priorityColour(priority),
                  .shape = MarkShape::triangle,
                  .rank = 14 - priority,
                  .letter = QString::number(priority),
                  .label = "",
                  .id = QString("T%1").arg(1000 + i)};
        mark.pulsing = i % 40 == 0;
        overlay.marks.push_back(mark);
    }
    if (!overlay.marks.empty()) {
        Mark& one = overlay.marks.back();
        one.at = extent.centre();
        one.selected = true;
        one.label = "T1042 Fight, injured 打架受伤";
        one.rank = 99;
    }
    const auto c = extent.centre();
    const double w = extent.width();
    overlay.trails.push_back(
        {{{c.x + w * .1, c.y + w * .01}, {c.x + w * .06, c.y - w * .01}, {c.x + w * .03, c.y}, c},
         palette(Theme::dark).selection,
         3.4,
         false});
    return overlay;
}

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication app(argc, argv);
    const QString folder = argc > 1 ? argv[1] : ".";
    for (const auto& [name, columns, rows, zoom, units, incidents, ratio] :
         {std::tuple("near", 24, 16, 1.4, 40, 20, 1.0),
          {"nearer", 24, 16, 5.0, 60, 20, 2.0},
          {"city", 117, 117, 1.0, 5000, 10000, 1.0}}) {
        const auto city = test::latticeCity(columns, rows);
        for (const Theme theme : {Theme::dark, Theme::light}) {
            auto scene = test::latticeScene(city, theme);
            scene->heat.surface = bumps(city.areas.extent());
            scene->heat.visible = true;
            View view;
            view.size = {1920, 1080};
            view.devicePixelRatio = ratio;
            if (ratio > 1)
                view.size = {960, 600};
            view = view.fitted(city.areas.extent(), 0.02);
            view.metresPerPixel /= zoom;
            Overlay overlay = shift(city.areas.extent(), units, incidents);
            overlay.selectedArea = city.areas.at(view.centre).front();
            Renderer renderer;
            QImage frame;
            const double first = milliseconds([&] { frame = renderer.render(*scene, view); });
            const double again = milliseconds([&] { frame = renderer.render(*scene, view); });
            scene->heat.visible = false;
            const double noHeat = milliseconds([&] { (void)renderer.render(*scene, view); });
            double over = 0, overAgain = 0;
            {
                QPainter painter(&frame);
                over = milliseconds([&] { Renderer::paintOverlay(painter, overlay, *scene, view, 0); });
                QImage spare(frame.size(), frame.format());
                spare.setDevicePixelRatio(ratio);
                QPainter other(&spare);
                overAgain = milliseconds([&] { Renderer::paintOverlay(other, overlay, *scene, view, 0); });
                paintScaleBar(painter, QRectF(QPointF(), QSizeF(view.size)), view, theme);
                paintReadout(painter, QRectF(QPointF(), QSizeF(view.size)),
                             "320602 003 017 · 120.86412 E 32.01157 N", view, theme);
                paintNote(painter, QRectF(QPointF(), QSizeF(view.size)),
                          "view held by you - Home to follow again", view, theme);
            }
            const QString file =
                QString("%1/map-%2-%3.png").arg(folder, name, theme == Theme::dark ? "dark" : "light");
            frame.save(file);
            std::printf("%s: %zu areas, %zu vertices; first %.0f ms, again %.0f ms, without heat %.0f ms; "
                        "overlay of %zu marks first %.1f ms, again %.1f ms\n",
                        qPrintable(file), city.areas.size(), city.vertices, first, again, noHeat,
                        overlay.marks.size(), over, overAgain);
        }
    }
    return 0;
}
