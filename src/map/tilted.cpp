// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/tilted.h"

#include "crowd.h"
#include "text_image.h"

#include <QLinearGradient>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vedette::map {

namespace {

constexpr double stray = 0.8;  // pixels; points nearer to the one before are left out
constexpr double mostHigh = 2; // of the scale: what lies above is cut there
constexpr int betweenLooks = 128;

double heightOf(const TiltedScene& scene, const TiltedView& view, double value) {
    return view.metresUp * std::min(value / scene.scaleMax, mostHigh);
}

QColor mixed(const QColor& top, const QColor& ground) {
    const float a = top.alphaF();
    return QColor::fromRgbF(top.redF() * a + ground.redF() * (1 - a), top.greenF() * a + ground.greenF() * (1 - a),
                            top.blueF() * a + ground.blueF() * (1 - a));
}

QColor colourAt(const TiltedScene& scene, double share) {
    const QColor ground(scene.theme == Theme::dark ? "#2b353e" : "#e9eef2");
    return mixed(heatColour(share, scene.theme), ground);
}

QColor topColour(const TiltedScene& scene, const TiltedScene::Prism& prism) {
    if (scene.toneMax > 0)
        return colourAt(scene, std::max(prism.tone, 0.0) / scene.toneMax);
    return colourAt(scene, prism.value / scene.scaleMax);
}

// The rings on the screen, at the ground; `up` pixels lie between ground and top.
struct Shown {
    std::vector<QPolygonF> rings;
    QRectF box; // of ground and top
    double up = 0;
};

Shown shownOf(const TiltedScene& scene, const TiltedView& view, const TiltedScene::Prism& prism) {
    Shown out;
    out.up = heightOf(scene, view, prism.value) * std::sin(std::clamp(view.tilt, 0.0, 80.0) * std::numbers::pi / 180) /
             view.metresPerPixel;
    for (const auto& ring : prism.rings) {
        QPolygonF line;
        for (const layers::Point p : ring) {
            const QPointF at = view.toView(p);
            if (line.isEmpty() || std::abs(at.x() - line.last().x()) + std::abs(at.y() - line.last().y()) > stray)
                line << at;
        }
        if (line.size() >= 3)
            out.box |= line.boundingRect(), out.rings.push_back(std::move(line));
    }
    out.box.adjust(0, -out.up, 0, 0);
    return out;
}

std::vector<const TiltedScene::Prism*> farToNear(const TiltedScene& scene, const TiltedView& view) {
    std::vector<std::pair<double, const TiltedScene::Prism*>> sorted;
    sorted.reserve(scene.prisms.size());
    for (const TiltedScene::Prism& prism : scene.prisms)
        sorted.emplace_back(-view.depth(prism.middle), &prism);
    std::ranges::stable_sort(sorted, {}, [](const auto& one) { return one.first; });
    std::vector<const TiltedScene::Prism*> out;
    for (const auto& one : sorted)
        out.push_back(one.second);
    return out;
}

// Outers run counter-clockwise on the map and so do they on the screen seen with y up; there a side looks towards
// whoever looks when its edge runs to the right. Holes run the other way, and their far sides are what is seen.
bool towardsViewer(QPointF a, QPointF b) {
    return b.x() > a.x();
}

void drawPrism(QPainter& painter, const TiltedScene& scene, const TiltedScene::Prism& prism, const Shown& shown,
               bool coarse, bool chosen) {
    const QColor top = topColour(scene, prism);
    const bool dark = scene.theme == Theme::dark;
    if (shown.up >= 0.5)
        for (const QPolygonF& ring : shown.rings)
            for (qsizetype i = 0; i < ring.size(); ++i) {
                const QPointF a = ring[i], b = ring[(i + 1) % ring.size()];
                if (!towardsViewer(a, b))
                    continue;
                // Light from the left: a side that looks there is brighter.
                const double slope = (b.y() - a.y()) / std::max(std::hypot(b.x() - a.x(), b.y() - a.y()), 1e-9);
                const QColor side = top.darker(static_cast<int>(150 - 32 * slope));
                const QPointF quad[] = {a, b, {b.x(), b.y() - shown.up}, {a.x(), a.y() - shown.up}};
                painter.setPen(coarse ? QPen(Qt::NoPen) : QPen(side, 0.6));
                painter.setBrush(side);
                painter.drawConvexPolygon(quad, 4);
            }
    const QColor edge = chosen ? palette(scene.theme).selection : dark ? top.lighter(125) : top.darker(118);
    painter.setBrush(top);
    painter.setPen(chosen ? QPen(edge, 2.2) : coarse ? QPen(Qt::NoPen) : QPen(edge, 0.6));
    if (shown.rings.size() == 1) {
        painter.drawPolygon(shown.rings.front().translated(0, -shown.up));
        return;
    }
    QPainterPath path;
    path.setFillRule(Qt::OddEvenFill);
    for (const QPolygonF& ring : shown.rings) {
        path.addPolygon(ring.translated(0, -shown.up));
        path.closeSubpath();
    }
    painter.drawPath(path);
}

// Whether a prism's top or one of the sides that are seen lies at a pixel.
bool covers(const Shown& shown, QPointF at) {
    if (!shown.box.contains(at))
        return false;
    bool inside = false;
    for (const QPolygonF& ring : shown.rings)
        inside ^= ring.containsPoint(at + QPointF(0, shown.up), Qt::OddEvenFill);
    for (const QPolygonF& ring : shown.rings)
        for (qsizetype i = 0; !inside && shown.up >= 0.5 && i < ring.size(); ++i) {
            const QPointF a = ring[i], b = ring[(i + 1) % ring.size()];
            inside = towardsViewer(a, b) &&
                     QPolygonF{a, b, {b.x(), b.y() - shown.up}, {a.x(), a.y() - shown.up}}.containsPoint(
                         at, Qt::OddEvenFill);
        }
    return inside;
}

// What was drawn, far to near.
struct Drawn {
    const TiltedScene::Prism* prism;
    QRectF box;
};

// Whether something nearer was drawn over the middle of a prism's top. `all` in the order of drawing.
bool hidden(const TiltedScene& scene, const TiltedView& view, const std::vector<Drawn>& all,
            const TiltedScene::Prism& prism, QPointF top) {
    for (auto one = all.rbegin(); one != all.rend() && one->prism != &prism; ++one)
        if (one->box.contains(top) && covers(shownOf(scene, view, *one->prism), top))
            return true;
    return false;
}

// Names and values over the highest that are seen, as long as there is room.
void drawNames(QPainter& painter, const TiltedScene& scene, const TiltedView& view, const std::vector<Drawn>& drawn) {
    constexpr std::size_t most = 24;
    std::vector<const TiltedScene::Prism*> high;
    for (const TiltedScene::Prism& prism : scene.prisms)
        if (prism.value > 0)
            high.push_back(&prism);
    const std::size_t looked = std::min<std::size_t>(high.size(), 8 * most);
    std::partial_sort(high.begin(), high.begin() + std::ptrdiff_t(looked), high.end(),
                      [](const auto* a, const auto* b) { return a->value > b->value; });
    const Palette& colours = palette(scene.theme);
    const QRectF window(0, 0, view.size.width(), view.size.height());
    Crowd crowd;
    crowd.add(QRectF(0, view.size.height() - 112, 330, 112)); // the legend's
    crowd.add(QRectF(view.size.width() - 90, view.size.height() - 100, 90, 100));
    QColor plate = colours.halo; // a name stands on whatever is behind its prism, also on what is as dark as its letters
    plate.setAlphaF(0.65F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(plate);
    std::size_t written = 0;
    for (std::size_t i = 0; i < looked && written < most; ++i) {
        const TiltedScene::Prism& prism = *high[i];
        QString name = prism.name;
        if (name.isEmpty() && prism.area < scene.areas.size() && scene.toneMax <= 0) {
            const layers::Area& area = scene.areas[prism.area];
            name = QString::fromStdString(area.name.empty() ? area.code : area.name);
        }
        const QPointF top = view.toView(prism.middle, heightOf(scene, view, prism.value));
        const QString figure =
            tiltedFigure(prism.value) + (scene.upWords.isEmpty() ? QString() : QStringLiteral(" m"));
        const TextImage text = textImage((name.isEmpty() ? name : name + QStringLiteral("  ")) + figure,
                                         {12, QFont::Medium, colours.ink, colours.halo}, view.devicePixelRatio);
        const QRectF box(QPointF(top.x() - text.size.width() / 2, top.y() - text.size.height() - 3), text.size);
        const QRectF room = box.adjusted(-4, -1, 4, 1);
        if (!window.contains(box) || !crowd.isFree(room) || hidden(scene, view, drawn, prism, top))
            continue;
        crowd.add(room);
        painter.drawRoundedRect(box.adjusted(-1, 0, 1, 0), 3, 3);
        painter.drawImage(snapped(box.topLeft(), view.devicePixelRatio), text.image);
        ++written;
    }
}

void drawLegend(QPainter& painter, const TiltedScene& scene, const TiltedView& view) {
    const Palette& colours = palette(scene.theme);
    painter.setFont(mapFont(14, QFont::DemiBold));
    const double wide = std::clamp<double>(painter.fontMetrics().horizontalAdvance(scene.title) + 4, 280,
                                           std::max(280.0, view.size.width() - 150.0));
    const double left = 24, bottom = view.size.height() - 24.0;
    const double most = scene.toneMax > 0 ? scene.toneMax : scene.scaleMax;
    painter.setPen(Qt::NoPen);
    QColor plate = colours.ground;
    plate.setAlphaF(0.85F);
    painter.setBrush(plate);
    painter.drawRoundedRect(QRectF(left - 12, bottom - 76, wide + 24, 88), 5, 5);
    painter.setFont(mapFont(14, QFont::DemiBold));
    painter.setPen(colours.ink);
    painter.drawText(QRectF(left, bottom - 70, wide, 20), Qt::AlignLeft | Qt::AlignVCenter, scene.title);
    for (int x = 0; x < static_cast<int>(wide); ++x)
        painter.fillRect(QRectF(left + x, bottom - 46, 1.5, 12), colourAt(scene, x / wide));
    painter.setFont(mapFont(12));
    painter.setPen(colours.ink);
    for (int i = 0; i <= 2; ++i) {
        const QString text = (i == 2 ? QStringLiteral("≥ ") : QString()) + tiltedFigure(most * i / 2);
        const auto align = i == 0 ? Qt::AlignLeft : i == 1 ? Qt::AlignHCenter : Qt::AlignRight;
        painter.drawText(QRectF(left + wide * i / 2 - (i == 0 ? 0 : i == 1 ? 40 : 80), bottom - 31, 80, 16), align, text);
    }
    painter.setPen(colours.quiet);
    QString unit = scene.unit;
    if (!scene.upWords.isEmpty()) {
        const double times = view.metresUp / scene.scaleMax;
        unit += QStringLiteral(" · ") + scene.upWords.arg(QString::number(times, 'f', times < 10 ? 1 : 0));
    }
    painter.drawText(QRectF(left, bottom - 14, wide, 18), Qt::AlignLeft | Qt::AlignVCenter, unit);
    // North lies where the ground's north has come to lie.
    const QPointF middle(view.size.width() - 44.0, view.size.height() - 50.0);
    TiltedView small = view;
    small.centre = {}, small.metresPerPixel = 1, small.size = {0, 0};
    const QPointF tip = middle + small.toView({0, 26}), tail = middle + small.toView({0, -20});
    const QPointF one = middle + small.toView({-9, -16}), other = middle + small.toView({9, -16});
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.ink);
    painter.drawPolygon(QPolygonF{tip, one, middle + (tail - middle) * 0.5, other});
    painter.setPen(colours.ink);
    const QPointF letter = middle + small.toView({0, 38});
    painter.drawText(QRectF(letter.x() - 10, letter.y() - 9, 20, 18), Qt::AlignCenter, QStringLiteral("N"));
}

} // namespace

QImage renderTilted(const TiltedScene& scene, const TiltedView& view, bool coarse,
                    std::optional<layers::AreaIndex> chosen, const std::atomic<bool>* cancel) {
    QImage image((QSizeF(view.size) * view.devicePixelRatio).toSize(), QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return image;
    image.setDevicePixelRatio(view.devicePixelRatio);
    const QColor ground = groundColour(scene.theme);
    image.fill(ground);
    QPainter painter(&image);
    const QRectF window(0, 0, view.size.width(), view.size.height());
    painter.setRenderHint(QPainter::Antialiasing, !coarse);
    int looked = 0;
    std::vector<Drawn> drawn;
    for (const TiltedScene::Prism* prism : farToNear(scene, view)) {
        if (++looked % betweenLooks == 0 && cancel && cancel->load(std::memory_order_relaxed))
            return {};
        const Shown shown = shownOf(scene, view, *prism);
        if (shown.rings.empty() || !shown.box.intersects(window))
            continue;
        drawPrism(painter, scene, *prism, shown, coarse, chosen && chosen == prism->area);
        drawn.push_back({prism, shown.box});
    }
    painter.setRenderHint(QPainter::Antialiasing);
    if (!coarse)
        drawNames(painter, scene, view, drawn);
    drawLegend(painter, scene, view);
    return image;
}

QString tiltedFigure(double value) { // thousands of incidents in one grid are no power of ten
    return value >= 1000 ? QString::number(value, 'f', 0) : QString::number(value, 'g', 3);
}

std::optional<layers::AreaIndex> tiltedAt(const TiltedScene& scene, const TiltedView& view, QPointF at) {
    const auto prism = tiltedPrismAt(scene, view, at);
    if (!prism || scene.prisms[*prism].area == TiltedScene::Prism::nowhere)
        return std::nullopt;
    return scene.prisms[*prism].area;
}

std::optional<std::size_t> tiltedPrismAt(const TiltedScene& scene, const TiltedView& view, QPointF at) {
    auto order = farToNear(scene, view);
    for (auto one = order.rbegin(); one != order.rend(); ++one)
        if (covers(shownOf(scene, view, **one), at))
            return std::size_t(*one - scene.prisms.data());
    return std::nullopt;
}

} // namespace vedette::map
