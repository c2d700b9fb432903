// SPDX-License-Identifier: GPL-3.0-or-later
// What moves by itself, and ends: the glide of a map let go in motion, the flash on a place; and the
// overview.
#include "canvas_impl.h"

#include "map/theme.h"
#include "sketch_painter.h"

#include <cmath>

namespace vedette::map {

namespace {

constexpr std::chrono::milliseconds flashLength{1600};

} // namespace

void Canvas::Impl::beginGlide(QPointF speed) {
    if (reducedMotion || speed.isNull())
        return;
    glideSpeed = speed;
    glideFrom = view;
    glideSince.start();
    glide.start();
}

void Canvas::Impl::stopGlide() {
    glide.stop();
}

void Canvas::Impl::glideTick() {
    const double seconds = double(glideSince.elapsed()) / 1000;
    if (Glide::over(glideSpeed, seconds))
        stopGlide();
    // By whole pixels: what is shifted so is scrolled, not drawn.
    show(glideFrom.pannedBy(QPointF(Glide::travelled(glideSpeed, seconds).toPoint())));
    if (!glide.isActive())
        showCursor();
}

void Canvas::setReducedMotion(bool reduced) {
    impl_->reducedMotion = reduced;
    if (reduced)
        impl_->stopGlide();
}

bool Canvas::reducedMotion() const {
    return impl_->reducedMotion;
}

bool Canvas::gliding() const {
    return impl_->glide.isActive();
}

QRect Canvas::Impl::flashRect() const {
    if (!flashAt)
        return {};
    const QPointF at = view.mapToView(*flashAt);
    constexpr double r = flashRadius + 4;
    return QRectF(at.x() - r, at.y() - r, 2 * r, 2 * r).toAlignedRect();
}

void Canvas::flash(layers::Point at) {
    if (!std::isfinite(at.x) || !std::isfinite(at.y))
        return;
    impl_->paintPart(impl_->flashRect());
    impl_->flashAt = at;
    impl_->flashSince.start();
    impl_->flashTick.start();
    impl_->paintPart(impl_->flashRect());
}

void Canvas::Impl::flashStep() {
    paintPart(flashRect());
    if (flashSince.elapsed() < flashLength.count())
        return;
    flashAt.reset();
    flashTick.stop();
}

double Canvas::Impl::metresOnTheGround() {
    if (groundScale && groundMetresOf != view.centre) {
        groundMetresOf = view.centre;
        const double metres = groundScale(view.centre);
        groundMetres = std::isfinite(metres) && metres > 0 ? metres : 1;
    }
    return groundMetres;
}

void Canvas::setGroundScale(std::function<double(layers::Point)> scale) {
    impl_->groundScale = std::move(scale);
    impl_->groundMetresOf.reset();
    update();
}

void Canvas::setSketch(std::optional<Sketch> sketch) {
    if (sketch == impl_->sketch)
        return;
    impl_->sketch = std::move(sketch);
    update();
}

std::optional<layers::Point> Canvas::underPointer() const {
    return impl_->pointerInside ? std::optional(impl_->view.viewToMap(impl_->pointer)) : std::nullopt;
}

void Canvas::setOverviewShown(bool shown) {
    if (shown == impl_->overview->isVisibleTo(this))
        return;
    impl_->overview->setLooked(impl_->view);
    impl_->placeOverview();
    impl_->overview->setVisible(shown);
    emit overviewToggled(shown);
}

bool Canvas::overviewShown() const {
    return impl_->overview->isVisibleTo(this);
}

// Above the read-out at the bottom right; smaller where the map is small.
void Canvas::Impl::placeOverview() {
    const QSize most(canvas->width() * 2 / 5, canvas->height() * 2 / 5);
    QSize size = overview->sizeHint();
    if (size.width() > most.width() || size.height() > most.height())
        size.scale(most, Qt::KeepAspectRatio);
    overview->setGeometry(canvas->width() - 12 - size.width(), canvas->height() - 34 - size.height(),
                          size.width(), size.height());
}

} // namespace vedette::map
