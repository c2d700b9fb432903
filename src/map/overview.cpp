// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview.h"

#include "map/theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <cmath>

namespace vedette::map {

namespace {

constexpr int longest = 220, shortest = 90; // logical pixels of a side

std::shared_ptr<const Scene> coarse(const Scene& scene) {
    auto plain = std::make_shared<Scene>(scene);
    plain->heat.visible = false;
    plain->tints.reset();
    for (AreaLayer& layer : plain->areaLayers) {
        layer.style.labelFromMetresPerPixel = 0;
        if (layer.kind == layers::AreaKind::grid || layer.kind == layers::AreaKind::community)
            layer.style.outline = Qt::transparent;
    }
    return plain;
}

} // namespace

OverviewMap::OverviewMap(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("overviewMap"));
    setAttribute(Qt::WA_OpaquePaintEvent);
    setCursor(Qt::CrossCursor);
    setAccessibleName(tr("Overview map"));
    setToolTip(tr("The whole city; drag the frame to move the map (O hides it)"));
    hide();
}

OverviewMap::~OverviewMap() = default;

QSize OverviewMap::sizeHint() const {
    if (whole_.empty() || !(whole_.width() > 0) || !(whole_.height() > 0))
        return {longest, shortest};
    const double shape = whole_.width() / whole_.height();
    const auto side = [](double v) { return std::clamp(int(std::lround(v)), shortest, longest); };
    return shape >= 1 ? QSize(longest, side(longest / shape)) : QSize(side(longest * shape), longest);
}

void OverviewMap::setScene(std::shared_ptr<const Scene> scene) {
    scene_ = coarse(*scene);
    draw();
}

void OverviewMap::setWhole(const layers::Box& whole) {
    if (whole == whole_)
        return;
    whole_ = whole;
    draw();
}

void OverviewMap::setLooked(const View& looked) {
    looked_ = looked;
    if (isVisible())
        update();
}

bool OverviewMap::settled() const {
    return !isVisible() || !newest_ || shown_.of.generation == newest_;
}

void OverviewMap::draw() {
    if (!isVisible() || !scene_ || whole_.empty())
        return;
    if (!worker_)
        worker_ = std::make_unique<RenderWorker>([this](RenderWorker::Frame frame) {
            QMetaObject::invokeMethod(
                this,
                [this, frame = std::move(frame)]() mutable {
                    shown_ = std::move(frame);
                    update();
                },
                Qt::QueuedConnection);
        });
    view_ = {};
    view_.size = size();
    view_.devicePixelRatio = devicePixelRatioF();
    view_ = view_.fitted(whole_, 0.04);
    worker_->request({++newest_, scene_, view_, std::nullopt, nullptr}, true);
}

QPolygonF OverviewMap::frame() const {
    QPolygonF ring;
    const double right = looked_.size.width(), bottom = looked_.size.height();
    for (const QPointF corner :
         {QPointF(0, 0), QPointF(right, 0), QPointF(right, bottom), QPointF(0, bottom)})
        ring << view_.mapToView(looked_.viewToMap(corner));
    return ring;
}

void OverviewMap::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme theme = scene_ ? scene_->theme : Theme::dark;
    const Palette& colours = vedette::map::palette(theme);
    painter.fillRect(rect(), groundColour(theme));
    if (!shown_.image.isNull() && shown_.of.view.size == size())
        painter.drawImage(QPointF(), shown_.image);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPolygonF ring = frame();
    const QRectF box = ring.boundingRect();
    QColor wash = colours.selection;
    wash.setAlphaF(0.14f);
    const auto twice = [&](auto&& draw) {
        painter.setPen(QPen(colours.halo, 3.4, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.setBrush(Qt::NoBrush);
        draw();
        painter.setPen(QPen(colours.selection, 1.5, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.setBrush(wash);
        draw();
    };
    if (box.width() < 9 && box.height() < 9) { // too small to be a frame: a cross through it
        const QPointF m = box.center();
        twice([&] {
            painter.drawLine(m - QPointF(8, 0), m + QPointF(8, 0));
            painter.drawLine(m - QPointF(0, 8), m + QPointF(0, 8));
        });
    } else {
        twice([&] { painter.drawPolygon(ring); });
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colours.noteEdge, 1));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void OverviewMap::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    // Who takes hold of the frame carries it; who clicks beside it sets it down there.
    const QPolygonF ring = frame();
    const bool held = ring.containsPoint(event->position(), Qt::OddEvenFill);
    grip_ = held ? view_.mapToView(looked_.centre) - event->position() : QPointF();
    emit lookWanted(view_.viewToMap(event->position() + *grip_), true);
}

void OverviewMap::mouseMoveEvent(QMouseEvent* event) {
    if (grip_)
        emit lookWanted(view_.viewToMap(event->position() + *grip_), false);
}

void OverviewMap::mouseReleaseEvent(QMouseEvent*) {
    grip_.reset();
}

void OverviewMap::wheelEvent(QWheelEvent* event) {
    event->accept(); // the map below has another place under the pointer
}

void OverviewMap::resizeEvent(QResizeEvent*) {
    draw();
}

void OverviewMap::showEvent(QShowEvent*) {
    draw();
}

} // namespace vedette::map
