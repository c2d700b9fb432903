// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/latest.h"
#include "console/theme.h"
#include "console/tilted_page.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>
#include <numbers>

namespace vedette::console {

TiltedCanvas::TiltedCanvas(QWidget* parent) : QWidget(parent), drawer_(new Latest(this)) {
    setObjectName(QStringLiteral("tiltedCanvas"));
    setAccessibleName(tr("Tilted picture of the risk"));
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(320, 240);
    rest_.setSingleShot(true);
    rest_.setInterval(140);
    connect(&rest_, &QTimer::timeout, this, [this] { draw(false); });
}

TiltedCanvas::~TiltedCanvas() {
    if (cancel_)
        *cancel_ = true;
    delete drawer_;
}

bool TiltedCanvas::settled() const {
    return !scene_ || (fine_ && !drawer_->busy() && !rest_.isActive());
}

void TiltedCanvas::setScene(std::shared_ptr<const map::TiltedScene> scene) {
    scene_ = std::move(scene);
    if (home_)
        goHome();
    else
        draw(false);
}

void TiltedCanvas::goHome() {
    home_ = true;
    if (!scene_)
        return;
    layers::Box box;
    for (const auto& prism : scene_->prisms)
        for (const auto& ring : prism.rings)
            for (const layers::Point point : ring)
                box.add(point);
    view_ = map::TiltedView();
    view_.size = size();
    view_.devicePixelRatio = devicePixelRatioF();
    view_ = view_.fitted(box);
    draw(false);
}

void TiltedCanvas::draw(bool coarse) {
    if (!scene_ || size().isEmpty())
        return;
    fine_ = false;
    if (coarse)
        rest_.start();
    if (cancel_ && (!coarse || fineAsked_))
        *cancel_ = true; // coarse after coarse is let finish: something has to be seen while it moves
    fineAsked_ = !coarse;
    cancel_ = std::make_shared<std::atomic<bool>>(false);
    drawer_->run([this, scene = scene_, view = view_, coarse, chosen = chosen_, cancel = cancel_]() -> Latest::Delivery {
        QImage image = renderTilted(*scene, view, coarse, chosen, cancel.get());
        return [this, image, coarse, view] {
            if (image.isNull())
                return;
            image_ = image;
            fine_ = !coarse && view == view_;
            update();
        };
    });
}

void TiltedCanvas::turnBy(double turn, double tilt) {
    home_ = false;
    view_.turn = std::remainder(view_.turn + turn, 360);
    view_.tilt = std::clamp(view_.tilt + tilt, 0.0, 78.0);
    draw(true);
}

void TiltedCanvas::moveBy(QPointF pixels) {
    home_ = false;
    const double a = view_.turn * std::numbers::pi / 180;
    const double right = -pixels.x() * view_.metresPerPixel;
    const double away = pixels.y() * view_.metresPerPixel / std::max(0.2, std::cos(view_.tilt * std::numbers::pi / 180));
    view_.centre.x += right * std::cos(a) - away * std::sin(a);
    view_.centre.y += right * std::sin(a) + away * std::cos(a);
    draw(true);
}

void TiltedCanvas::zoomAt(QPointF at, double factor) {
    const QPointF fromMiddle = at - QPointF(width() / 2.0, height() / 2.0);
    const double before = view_.metresPerPixel;
    view_.metresPerPixel = std::clamp(before / factor, 0.2, 2000.0);
    // What lay under the pointer stays there.
    moveBy(-fromMiddle * (before / view_.metresPerPixel - 1));
}

// A pointer that rests is told what it rests on.
bool TiltedCanvas::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip || !scene_ || !words_)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto prism = tiltedPrismAt(*scene_, view_, help->pos());
    const QString words = prism ? words_(*scene_, *prism) : QString();
    words.isEmpty() ? QToolTip::hideText() : QToolTip::showText(help->globalPos(), words, this);
    return true;
}

void TiltedCanvas::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), map::groundColour(currentTheme()));
    if (!image_.isNull())
        painter.drawImage(QPointF(0, 0), image_);
    else {
        painter.setPen(tokens().muted);
        painter.drawText(rect(), Qt::AlignCenter, tr("being counted and drawn …"));
    }
    if (hasFocus()) {
        painter.setPen(QPen(tokens().accent, 1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void TiltedCanvas::resizeEvent(QResizeEvent*) {
    view_.size = size();
    home_ ? goHome() : draw(false);
}

void TiltedCanvas::mousePressEvent(QMouseEvent* event) {
    pressed_ = last_ = event->position();
    moved_ = false;
}

void TiltedCanvas::mouseMoveEvent(QMouseEvent* event) {
    const QPointF by = event->position() - last_;
    if (!moved_ && (event->position() - pressed_).manhattanLength() < 4)
        return;
    moved_ = true;
    last_ = event->position();
    if ((event->buttons() & Qt::RightButton) || (event->modifiers() & Qt::ShiftModifier))
        moveBy(by);
    else if (event->buttons() & Qt::LeftButton)
        turnBy(-by.x() * 0.35, -by.y() * 0.25);
}

void TiltedCanvas::mouseReleaseEvent(QMouseEvent* event) {
    if (moved_ || event->button() != Qt::LeftButton || !scene_)
        return;
    chosen_ = tiltedAt(*scene_, view_, event->position());
    draw(false);
    if (chosen_)
        emit areaPicked(*chosen_);
}

void TiltedCanvas::wheelEvent(QWheelEvent* event) {
    zoomAt(event->position(), std::pow(1.0015, event->angleDelta().y()));
    event->accept();
}

void TiltedCanvas::keyPressEvent(QKeyEvent* event) {
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    const QPointF middle(width() / 2.0, height() / 2.0);
    const auto step = [&](double x, double y) {
        shift ? moveBy(QPointF(-x, -y) * 60) : turnBy(x * 5, y * -4);
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return step(-1, 0);
    case Qt::Key_Right:
        return step(1, 0);
    case Qt::Key_Up:
        return step(0, -1);
    case Qt::Key_Down:
        return step(0, 1);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomAt(middle, 1.25);
    case Qt::Key_Minus:
        return zoomAt(middle, 0.8);
    case Qt::Key_PageUp: // higher and lower prisms
        view_.metresUp *= 1.25, home_ = false;
        return draw(true);
    case Qt::Key_PageDown:
        view_.metresUp *= 0.8, home_ = false;
        return draw(true);
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace vedette::console
