// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas_impl.h"

#include <QApplication>
#include <QMouseEvent>

#include <cmath>
#include <numbers>
#include <utility>

namespace vedette::map {

namespace {

constexpr double wheelNotch = 120, notchesToDouble = 2; // eighths of a degree
constexpr double keyZoomFactor = 1.5, keyPanPart = 0.2, keyTurn = 15; // degrees
constexpr double smallestBox = 6; // logical pixels: less is a slip of the hand

} // namespace

QStringList Canvas::Impl::ids(const std::vector<std::uint32_t>& marks) const {
    QStringList result;
    for (const auto mark : marks)
        result << overlay->marks[mark].id;
    return result;
}

void Canvas::Impl::showCursor() {
    if (drag == Drag::pan || drag == Drag::turn)
        canvas->setCursor(Qt::ClosedHandCursor);
    else if (drag == Drag::none && pointerInside && northArrow().contains(pointer))
        canvas->setCursor(Qt::PointingHandCursor);
    else if (tool == Tool::zoomBox || tool == Tool::pickPoint || drag == Drag::box)
        canvas->setCursor(Qt::CrossCursor);
    else if (pointerInside && !laidOut().at(pointer, *overlay).empty())
        canvas->setCursor(Qt::PointingHandCursor);
    else
        canvas->setCursor(Qt::ArrowCursor);
}

void Canvas::Impl::press(QPointF at, bool left, Qt::KeyboardModifiers modifiers, quint64 milliseconds) {
    const bool moved = glide.isActive();
    stopGlide();
    pointerMoved(at);
    if (left && northArrow().contains(at)) {
        canvas->turnTo(Rotation());
        return;
    }
    pressedAt = at;
    pressedView = view;
    hand.begin(at, milliseconds);
    const bool box = left && (tool == Tool::zoomBox || modifiers & Qt::ShiftModifier);
    const bool turn = left && !box && modifiers & Qt::ControlModifier;
    drag = box ? Drag::box : turn ? Drag::turn : Drag::pressed;
    caught = moved;
    showCursor();
}

// As if the map lay on a plate that turns about its middle.
void Canvas::Impl::turnWith(QPointF at) {
    constexpr double tooNear = 12, northWithin = 2; // logical pixels, degrees
    const QPointF from = pressedAt - view.middle(), to = at - view.middle();
    if (std::hypot(from.x(), from.y()) < tooNear || std::hypot(to.x(), to.y()) < tooNear)
        return;
    const double turned =
        (std::atan2(to.y(), to.x()) - std::atan2(from.y(), from.x())) * 180 / std::numbers::pi;
    View next = pressedView;
    next.rotation = pressedView.rotation.turnedBy(turned);
    if (std::abs(next.rotation.degrees()) < northWithin)
        next.rotation = {};
    if (view == pressedView)
        history.leave(view, ViewHistory::Step::jump, ViewHistory::Clock::now());
    hold();
    show(next);
}

void Canvas::Impl::moveTo(QPointF at, quint64 milliseconds) {
    const QRectF before(pressedAt, pointer);
    pointerMoved(at);
    if (drag != Drag::none)
        hand.moved(at, milliseconds);
    const QPointF delta = at - pressedAt;
    switch (drag) {
    case Drag::pressed:
        if (delta.manhattanLength() < QApplication::startDragDistance())
            break;
        drag = Drag::pan;
        history.leave(pressedView, ViewHistory::Step::jump, ViewHistory::Clock::now());
        hold();
        showCursor();
        [[fallthrough]];
    case Drag::pan:
        // From where it began, so that rounding doesn't add up.
        show(pressedView.pannedBy(delta));
        break;
    case Drag::box: {
        const QRectF touched =
            before.normalized().united(QRectF(pressedAt, pointer).normalized()).adjusted(-3, -3, 3, 3);
        canvas->update(touched.toAlignedRect());
        break;
    }
    case Drag::turn:
        turnWith(at);
        break;
    case Drag::none:
        showCursor();
        emit canvas->hovered(view.viewToMap(at), ids(laidOut().at(at, *overlay)));
        break;
    }
}

void Canvas::Impl::endBox() {
    const QRectF box = QRectF(pressedAt, pointer).normalized();
    if (box.width() < smallestBox || box.height() < smallestBox)
        return;
    hold();
    look(view.framed(box), ViewHistory::Step::jump);
}

void Canvas::Impl::letGo(QPointF at, bool left, quint64 milliseconds) {
    pointerMoved(at);
    const auto was = std::exchange(drag, Drag::none);
    if (was == Drag::box)
        endBox();
    if (was == Drag::pan)
        beginGlide(hand.velocity(milliseconds));
    // A press that stops the map in its glide means that, and no place.
    const bool click = was == Drag::pressed || (was == Drag::turn && view == pressedView);
    if (click && left && !std::exchange(caught, false))
        emit canvas->pointed(view.viewToMap(at), ids(laidOut().at(at, *overlay)));
    showCursor();
    canvas->update();
}

void Canvas::Impl::giveUpDrag(bool back) {
    if (drag == Drag::none)
        return;
    if (back && (drag == Drag::pan || drag == Drag::turn))
        show(pressedView);
    drag = Drag::none;
    showCursor();
    canvas->update();
}

void Canvas::mousePressEvent(QMouseEvent* event) {
    const bool left = event->button() == Qt::LeftButton, middle = event->button() == Qt::MiddleButton;
    if ((!left && !middle) || impl_->drag != Impl::Drag::none)
        return QWidget::mousePressEvent(event);
    impl_->press(event->position(), left, event->modifiers(), event->timestamp());
}

void Canvas::mouseMoveEvent(QMouseEvent* event) {
    impl_->moveTo(event->position(), event->timestamp());
}

void Canvas::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return QWidget::mouseReleaseEvent(event);
    impl_->letGo(event->position(), event->button() == Qt::LeftButton, event->timestamp());
}

void Canvas::mouseDoubleClickEvent(QMouseEvent* event) {
    Impl& d = *impl_;
    if (event->button() != Qt::LeftButton || d.tool == Tool::pickPoint)
        return;
    d.hold();
    d.look(d.nearer(d.view, event->position(), 2), ViewHistory::Step::wheel);
}

void Canvas::wheelEvent(QWheelEvent* event) {
    Impl& d = *impl_;
    event->accept();
    const bool turns = event->modifiers() & Qt::ShiftModifier;
    // Some systems make a turn to the side of a wheel with Shift.
    const QPoint angle = event->angleDelta();
    const double notches = (turns && angle.y() == 0 ? angle.x() : angle.y()) / wheelNotch;
    if (notches == 0 || d.drag != Impl::Drag::none)
        return;
    const bool fine = event->modifiers() & Qt::ControlModifier;
    d.hold();
    if (turns) {
        const double degrees = d.view.rotation.degrees() + notches * (fine ? 1 : 5);
        d.look(d.view.turnedAt(event->position(), Rotation(std::abs(degrees) < 0.4 ? 0 : degrees)),
               ViewHistory::Step::turn);
        return;
    }
    d.wheelRest.start();
    d.look(d.nearer(d.view, event->position(), std::exp2(notches * (fine ? 0.25 : 1) / notchesToDouble)),
           ViewHistory::Step::wheel);
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
        d.look(d.nearer(d.view, middle, factor), ViewHistory::Step::keyZoom);
    };
    const auto turn = [&](double degrees) {
        d.hold();
        // To the next whole step, so that a few of them lead back to north.
        const double steps = d.view.rotation.degrees() / keyTurn;
        const double next = degrees > 0 ? std::floor(steps + 1 + 1e-9) : std::ceil(steps - 1 - 1e-9);
        turnTo(Rotation(next * keyTurn));
    };
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    switch (event->key()) {
    case Qt::Key_Left:
        return shift ? turn(-keyTurn) : pan(1, 0);
    case Qt::Key_Right:
        return shift ? turn(keyTurn) : pan(-1, 0);
    case Qt::Key_N:
        if (event->modifiers() & ~Qt::KeypadModifier)
            break;
        return turnTo(Rotation());
    case Qt::Key_O:
        if (event->modifiers() & ~Qt::KeypadModifier)
            break;
        return setOverviewShown(!overviewShown());
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
        return shift ? nextView() : previousView();
    case Qt::Key_Escape:
        if (d.glide.isActive())
            return d.stopGlide();
        if (d.drag == Impl::Drag::none)
            break;
        return d.giveUpDrag(true);
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
