// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas_impl.h"

#include "map/furniture.h"
#include "overlay_painter.h"
#include "sketch_painter.h"

#include <QPaintEvent>
#include <QPainter>

#include <cmath>

namespace vedette::map {

namespace {

constexpr int readoutHeight = 30;
// The window is painted in flat strips, map and marks of each together: so they stay in a core's own cache. Waiting for
// memory was most of what marks cost. A height that is whole on every usual screen.
constexpr int stripHeight = 64;
constexpr std::chrono::milliseconds labelBudget{8};
constexpr std::chrono::milliseconds pulseStep{50}, slowPulseStep{150};
constexpr std::size_t fewPulses = 64; // more than that are painted as one, and less often

QRect readoutRect(const QWidget& widget) {
    return {0, widget.height() - readoutHeight, widget.width(), readoutHeight};
}

// The last frame where it belongs in the present view: shifted and scaled until the right one is there.
// `around`: what is shown beside it; may be null.
void paintFrame(QPainter& painter, const RenderWorker::Frame& frame, const RenderWorker::Frame* around,
                const View& view, Theme theme) {
    const View& from = frame.of.view;
    if (frame.image.isNull()) {
        painter.fillRect(QRectF(QPointF(), QSizeF(view.size)), groundColour(theme));
        return;
    }
    if (from == view) {
        painter.drawImage(QPointF(), frame.image);
        return;
    }
    if (from.rotation != view.rotation) {
        painter.fillRect(QRectF(QPointF(), QSizeF(view.size)), groundColour(frame.of.scene->theme));
        painter.save();
        painter.setTransform(view.placing(from), true);
        painter.drawImage(QPointF(), frame.image);
        painter.restore();
        return;
    }
    const auto placeOf = [&](const View& of) {
        return QRectF(view.mapToView(of.viewToMap({0, 0})),
                      view.mapToView(of.viewToMap({double(of.size.width()), double(of.size.height())})));
    };
    const QRectF target = placeOf(from), window(QPointF(), QSizeF(view.size));
    if (!target.contains(window)) {
        if (from.metresPerPixel == view.metresPerPixel)
            around = nullptr; // a few strips for a moment
        const QRectF wide = around ? placeOf(around->of.view) : QRectF();
        if (!wide.contains(window))
            painter.fillRect(window, groundColour(frame.of.scene->theme));
        if (around)
            painter.drawImage(wide, around->image, QRectF(around->image.rect()));
    }
    if (from.metresPerPixel == view.metresPerPixel) // shifted only: whole pixels are quick and sharp
        painter.drawImage(target.topLeft().toPoint(), frame.image);
    else
        painter.drawImage(target, frame.image, QRectF(frame.image.rect()));
}

// Where paintFrame puts the frame's logical pixels.
QTransform placingOf(const View& from, const View& view) {
    if (from == view)
        return {};
    if (from.rotation != view.rotation || from.metresPerPixel != view.metresPerPixel)
        return view.placing(from);
    const QPoint corner = view.mapToView(from.viewToMap({0, 0})).toPoint();
    return QTransform::fromTranslate(corner.x(), corner.y());
}

} // namespace

void Canvas::Impl::watchPulses() {
    // Only what can be seen may keep the timer going.
    bool any = false;
    if (canvas->isVisible())
        for (const auto i : laidOut().pulsing)
            any = any || QRectF(canvas->rect()).contains(laidOut().placed[i].at);
    if (any != pulse.isActive())
        any ? pulse.start() : pulse.stop();
    if (const auto step = laidOut().pulsing.size() > fewPulses ? slowPulseStep : pulseStep;
        any && step != pulse.intervalAsDuration())
        pulse.setInterval(step);
}

void Canvas::Impl::pulseTick() {
    // Uniting the places of thousands costs more than painting all that lies between them.
    const OverlayLayout& marks = laidOut();
    QRectF all;
    for (const auto i : marks.pulsing) {
        const double r = pulseRadius + 2;
        const QPointF at = marks.placed[i].at;
        const QRectF one(at.x() - r, at.y() - r, 2 * r, 2 * r);
        if (marks.pulsing.size() <= fewPulses)
            paintPart(one.toAlignedRect());
        else
            all |= one;
    }
    if (!all.isEmpty())
        paintPart(all.toAlignedRect());
}

void Canvas::Impl::pointerMoved(QPointF at) {
    pointer = at;
    pointerInside = true;
    if (readout)
        paintPart(readoutRect(*canvas));
}

// Under the buttons at the top right.
QRectF Canvas::Impl::northArrow() const {
    if (view.rotation.none())
        return {};
    constexpr double across = 36;
    return {canvas->width() - 14 - across, 52, across, across};
}

// The map with its marks, strip by strip.
void Canvas::Impl::paintMap(QPainter& painter, const QRegion& region) {
    const RenderWorker::Frame* const around = kept.best(view, scene);
    const QTransform placing = placingOf(shown.of.view, view);
    const double seconds = double(since.elapsed()) / 1000;
    std::chrono::nanoseconds budget = labelBudget;
    bool all = true;
    const QRect bounds = region.boundingRect();
    for (int top = bounds.top() / stripHeight * stripHeight; top <= bounds.bottom(); top += stripHeight) {
        const QRegion strip = region & QRect(0, top, canvas->width(), stripHeight);
        if (strip.isEmpty())
            continue;
        painter.setClipRegion(strip);
        paintFrame(painter, shown, around, view, scene->theme);
        if (shown.names)
            paintGivenWay(painter, *shown.names, namesGiven(placing), placing, view.devicePixelRatio);
        if (last.view == view)
            for (const FrameStrip& one : early)
                painter.drawImage(QPointF(0, one.top / view.devicePixelRatio), one.image);
        all &= paintOverlay(painter, laidOut(), *overlay, *scene, view, seconds, &budget);
    }
    if (!all)
        QTimer::singleShot(0, canvas, qOverload<>(&QWidget::update)); // the rest in the next turns
}

void Canvas::paintEvent(QPaintEvent* event) {
    Impl& d = *impl_;
    if (d.view.devicePixelRatio != devicePixelRatioF() && d.placed)
        d.show(d.view); // moved to another screen
    QPainter painter(this);
    painter.setClipRegion(event->region());
    const Theme theme = d.scene->theme;
    if (d.late.isActive() && event->rect() != rect())
        update(); // somebody else asked for a part: the rest must follow it
    d.paintMap(painter, event->region());

    painter.setClipRegion(event->region());
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF inside = rect();
    if (d.sketch)
        paintSketch(painter, *d.sketch, d.view, theme);
    if (d.flashAt) {
        const double seconds = double(d.flashSince.elapsed()) / 1000;
        paintFlash(painter, d.view.mapToView(*d.flashAt), seconds / 1.6, d.reducedMotion, theme);
    }
    paintScaleBar(painter, inside, d.view, theme, d.metresOnTheGround());
    if (const QRectF arrow = d.northArrow(); !arrow.isEmpty())
        paintNorthArrow(painter, arrow, d.view, theme);
    if (d.readout && d.pointerInside)
        paintReadout(painter, inside, d.readout(d.view.viewToMap(d.pointer)), d.view, theme);
    if (d.held)
        d.noteBox = paintNote(painter, inside, tr("view held by you - Home to follow again"), d.view, theme);
    const Palette& colours = vedette::map::palette(theme);
    if (d.drag == Impl::Drag::box) {
        QColor wash = colours.selection;
        wash.setAlphaF(0.12f);
        painter.setPen(QPen(colours.selection, 1.5));
        painter.setBrush(wash);
        painter.drawRect(QRectF(d.pressedAt, d.pointer).normalized());
    }
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(QPen(colours.selection, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void Canvas::resizeEvent(QResizeEvent*) {
    Impl& d = *impl_;
    const bool stillWhole = d.whole && d.view.centre == d.wholeView.centre &&
                            d.view.metresPerPixel == d.wholeView.metresPerPixel &&
                            d.view.rotation == d.wholeView.rotation;
    d.placeOverview();
    if (stillWhole) {
        d.view.size = size();
        const View next = d.fittedTo(*d.whole);
        d.view.size = {}; // not yet asked for
        d.show(next);
    } else if (d.placed) {
        d.show(d.view);
    } else {
        d.view.size = size();
    }
}

void Canvas::showEvent(QShowEvent*) {
    Impl& d = *impl_;
    d.view.size = size();
    d.view.devicePixelRatio = devicePixelRatioF();
    if (const auto box = d.homeBox(); !d.placed && !box.empty())
        d.show(d.fittedTo(box));
    else
        d.requestFrame();
    d.layoutStale = true;
    d.watchPulses();
}

void Canvas::hideEvent(QHideEvent*) {
    impl_->stopGlide();
    impl_->pulse.stop();
}

} // namespace vedette::map
