// SPDX-License-Identifier: GPL-3.0-or-later
// Fingers: one is the left button, two carry, zoom and turn the map between them. Touch pads that report
// gestures themselves come as QNativeGestureEvent.
#include "canvas_impl.h"

#include <QHelpEvent>
#include <QNativeGestureEvent>
#include <QToolTip>
#include <QTouchEvent>

#include <cmath>
#include <numbers>

namespace vedette::map {

namespace {

// Two fingers that only zoom turn a little, too: the map turns once they have turned this far, in degrees,
// and from there on.
constexpr double turnsFrom = 12;
constexpr double northWithin = 4; // degrees: let go as near as this, north is up

double angleOf(QPointF v) {
    return std::atan2(v.y(), v.x()) * 180 / std::numbers::pi;
}

} // namespace

void Canvas::Impl::beginPinch(QPointF first, QPointF second) {
    giveUpDrag(false);
    stopGlide();
    history.leave(view, ViewHistory::Step::jump, ViewHistory::Clock::now());
    hold();
    pinch = Pinch{first, second, view};
}

// The place between the fingers stays between them.
void Canvas::Impl::pinchTo(QPointF first, QPointF second) {
    const QPointF before = (pinch->first + pinch->second) / 2, now = (first + second) / 2;
    const QPointF spanBefore = pinch->second - pinch->first, span = second - first;
    const double longBefore = std::hypot(spanBefore.x(), spanBefore.y()),
                 length = std::hypot(span.x(), span.y());
    View next = pinch->from.pannedBy(now - before);
    if (longBefore > 1 && length > 1) {
        next = nearer(next, now, length / longBefore);
        const double turned = std::remainder(angleOf(span) - angleOf(spanBefore), 360.0);
        if (!pinch->ignored && std::abs(turned) >= turnsFrom)
            pinch->ignored = turned; // from here on: the map doesn't jump by what it took to begin
        if (pinch->ignored)
            next = next.turnedAt(now, next.rotation.turnedBy(turned - *pinch->ignored));
    }
    show(next);
}

bool Canvas::Impl::touched(QTouchEvent* event) {
    const auto& points = event->points();
    const auto down = [](const QEventPoint& p) { return p.state() != QEventPoint::Released; };
    const auto left = std::count_if(points.begin(), points.end(), down);
    const quint64 at = event->timestamp();
    if (event->type() == QEvent::TouchCancel) {
        giveUpDrag(true);
        pinch.reset();
        touchSpent = false;
    } else if (points.size() >= 2 && left >= 2) {
        if (!pinch)
            beginPinch(points[0].position(), points[1].position());
        else
            pinchTo(points[0].position(), points[1].position());
        touchSpent = true;
    } else if (pinch) {
        pinch.reset();
        if (!view.rotation.none() && std::abs(view.rotation.degrees()) < northWithin)
            show(view.turnedAt(view.middle(), Rotation()));
    } else if (!touchSpent && points.size() == 1) {
        const QEventPoint& finger = points.front();
        if (finger.state() == QEventPoint::Pressed)
            press(finger.position(), true, event->modifiers(), at);
        else if (finger.state() == QEventPoint::Released)
            letGo(finger.position(), true, at);
        else
            moveTo(finger.position(), at);
    }
    if (event->type() == QEvent::TouchEnd) {
        touchSpent = false;
        pointerInside = false; // a finger that is gone points nowhere
    }
    event->accept();
    return true;
}

bool Canvas::Impl::nativeGesture(QNativeGestureEvent* event) {
    switch (event->gestureType()) {
    case Qt::ZoomNativeGesture:
        if (!(event->value() > -0.9))
            return false;
        hold();
        look(nearer(view, event->position(), 1 + event->value()), ViewHistory::Step::wheel);
        return true;
    case Qt::RotateNativeGesture:
        hold();
        look(view.turnedAt(event->position(), view.rotation.turnedBy(event->value())),
             ViewHistory::Step::wheel);
        return true;
    case Qt::EndNativeGesture:
        if (!view.rotation.none() && std::abs(view.rotation.degrees()) < northWithin)
            show(view.turnedAt(view.middle(), Rotation()));
        return true;
    case Qt::SmartZoomNativeGesture:
        hold();
        look(nearer(view, event->position(), 2), ViewHistory::Step::jump);
        return true;
    default:
        return false;
    }
}

bool Canvas::event(QEvent* event) {
    switch (event->type()) {
    case QEvent::TouchBegin:
    case QEvent::TouchUpdate:
    case QEvent::TouchEnd:
    case QEvent::TouchCancel:
        return impl_->touched(static_cast<QTouchEvent*>(event));
    case QEvent::NativeGesture:
        if (impl_->nativeGesture(static_cast<QNativeGestureEvent*>(event)))
            return true;
        break;
    case QEvent::ToolTip:
        if (const auto* help = static_cast<QHelpEvent*>(event); impl_->northArrow().contains(help->pos())) {
            QToolTip::showText(
                help->globalPos(),
                tr("Turned by %1°; a click or N: north up").arg(std::lround(impl_->view.rotation.degrees())),
                this);
            return true;
        }
        break;
    default:
        break;
    }
    return QWidget::event(event);
}

} // namespace vedette::map
