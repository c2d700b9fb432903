// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas_impl.h"

#include <QApplication>
#include <QMouseEvent>
#include <QNativeGestureEvent>

#include <cmath>

namespace vedette::map {

namespace {

constexpr double wheelNotch = 120, notchesToDouble = 2; // eighths of a degree
constexpr double keyZoomFactor = 1.5, keyPanPart = 0.2;
constexpr double smallestBox = 6; // logical pixels: less is a slip of the hand

} // namespace

QStringList Canvas::Impl::ids(const std::vector<std::uint32_t>& marks) const {
    QStringList result;
    for (const auto mark : marks)
        result << overlay->marks[mark].id;
    return result;
}

void Canvas::Impl::showCursor() {
    if (drag == Drag::pan)
        canvas->setCursor(Qt::ClosedHandCursor);
    else if (tool == Tool::zoomBox || tool == Tool::pickPoint || drag == Drag::box)
        canvas->setCursor(Qt::CrossCursor);
    else if (pointerInside && !laidOut().at(pointer, *overlay).empty())
        canvas->setCursor(Qt::PointingHandCursor);
    else
        canvas->setCursor(Qt::ArrowCursor);
}

void Canvas::mousePressEvent(QMouseEvent* event) {
    Impl& d = *impl_;
    const bool left = event->button() == Qt::LeftButton, middle = event->button() == Qt::MiddleButton;
    if ((!left && !middle) || d.drag != Impl::Drag::none)
        return QWidget::mousePressEvent(event);
    d.pressedAt = event->position();
    d.pressedView = d.view;
    d.pointerMoved(event->position());
    const bool box = left && (d.tool == Tool::zoomBox || event->modifiers() & Qt::ShiftModifier);
    d.drag = box ? Impl::Drag::box : Impl::Drag::pressed;
    d.showCursor();
}

void Canvas::mouseMoveEvent(QMouseEvent* event) {
    Impl& d = *impl_;
    const QRectF before(d.pressedAt, d.pointer);
    d.pointerMoved(event->position());
    const QPointF delta = event->position() - d.pressedAt;
    switch (d.drag) {
    case Impl::Drag::pressed:
        if (delta.manhattanLength() < QApplication::startDragDistance())
            break;
        d.drag = Impl::Drag::pan;
        d.history.leave(d.pressedView, ViewHistory::Step::jump, ViewHistory::Clock::now());
        d.hold();
        d.showCursor();
        [[fallthrough]];
    case Impl::Drag::pan: {
        // From where it began, so that rounding doesn't add up.
        View next = d.pressedView.pannedBy(delta);
        d.show(next);
        break;
    }
    case Impl::Drag::box: {
        const QRectF touched =
            before.normalized().united(QRectF(d.pressedAt, d.pointer).normalized()).adjusted(-3, -3, 3, 3);
        update(touched.toAlignedRect());
        break;
    }
    case Impl::Drag::none:
        d.showCursor();
        emit hovered(d.view.viewToMap(event->position()), d.ids(d.laidOut().at(event->position(), *d.overlay)));
        break;
    }
}

void Canvas::Impl::endBox() {
    const QRectF box = QRectF(pressedAt, pointer).normalized();
    if (box.width() < smallestBox || box.height() < smallestBox)
        return;
    layers::Box ground;
    ground.add(view.viewToMap(box.topLeft()));
    ground.add(view.viewToMap(box.bottomRight()));
    hold();
    look(view.fitted(ground, 0), ViewHistory::Step::jump);
}

void Canvas::mouseReleaseEvent(QMouseEvent* event) {
    Impl& d = *impl_;
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return QWidget::mouseReleaseEvent(event);
    d.pointerMoved(event->position());
    const auto drag = std::exchange(d.drag, Impl::Drag::none);
    if (drag == Impl::Drag::box)
        d.endBox();
    if (drag == Impl::Drag::pressed && event->button() == Qt::LeftButton)
        emit pointed(d.view.viewToMap(event->position()), d.ids(d.laidOut().at(event->position(), *d.overlay)));
    d.showCursor();
    update();
}

void Canvas::mouseDoubleClickEvent(QMouseEvent* event) {
    Impl& d = *impl_;
    if (event->button() != Qt::LeftButton || d.tool == Tool::pickPoint)
        return;
    d.hold();
    d.look(d.view.zoomedAt(event->position(), 2), ViewHistory::Step::wheel);
}

void Canvas::wheelEvent(QWheelEvent* event) {
    Impl& d = *impl_;
    const double notches = event->angleDelta().y() / wheelNotch;
    event->accept();
    if (notches == 0 || d.drag != Impl::Drag::none)
        return;
    const double fine = event->modifiers() & Qt::ControlModifier ? 0.25 : 1;
    d.hold();
    d.look(d.view.zoomedAt(event->position(), std::exp2(notches * fine / notchesToDouble)),
           ViewHistory::Step::wheel);
}

bool Canvas::event(QEvent* event) {
    if (event->type() == QEvent::NativeGesture) {
        const auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture && gesture->value() > -0.9) {
            impl_->hold();
            impl_->look(impl_->view.zoomedAt(gesture->position(), 1 + gesture->value()),
                        ViewHistory::Step::wheel);
            return true;
        }
    }
    return QWidget::event(event);
}

void Canvas::keyPressEvent(QKeyEvent* event) {
    Impl& d = *impl_;
    const QPointF middle(d.view.size.width() / 2.0, d.view.size.height() / 2.0);
    const auto pan = [&](double x, double y) {
        d.hold();
        d.look(d.view.pannedBy({x * d.view.size.width() * keyPanPart, y * d.view.size.height() * keyPanPart}),
               ViewHistory::Step::keyPan);
    };
    const auto zoom = [&](double factor) {
        d.hold();
        d.look(d.view.zoomedAt(middle, factor), ViewHistory::Step::keyZoom);
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return pan(1, 0);
    case Qt::Key_Right:
        return pan(-1, 0);
    case Qt::Key_Up:
        return pan(0, 1);
    case Qt::Key_Down:
        return pan(0, -1);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(keyZoomFactor);
    case Qt::Key_Minus:
        return zoom(1 / keyZoomFactor);
    case Qt::Key_Home:
        return goHome();
    case Qt::Key_Backspace:
        return event->modifiers() & Qt::ShiftModifier ? nextView() : previousView();
    case Qt::Key_Escape:
        if (d.drag == Impl::Drag::none)
            break;
        if (d.drag == Impl::Drag::pan)
            d.show(d.pressedView);
        d.drag = Impl::Drag::none;
        d.showCursor();
        update();
        return;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void Canvas::contextMenuEvent(QContextMenuEvent* event) {
    const bool keyboard = event->reason() == QContextMenuEvent::Keyboard;
    const QPoint at = keyboard ? rect().center() : event->pos();
    emit contextWanted(impl_->view.viewToMap(at), mapToGlobal(at));
    event->accept();
}

void Canvas::leaveEvent(QEvent*) {
    impl_->pointerInside = false;
    update();
    emit hoverLeft();
}

} // namespace vedette::map
