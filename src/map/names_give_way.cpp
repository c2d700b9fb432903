// SPDX-License-Identifier: GPL-3.0-or-later
#include "names_give_way.h"

#include "crowd.h"

#include <algorithm>
#include <cmath>

namespace vedette::map {

namespace {

// A text's image has air and a halo about the letters: to touch that is not to cover it.
QRectF letters(const QRectF& rect) {
    return rect.adjusted(2, 3, -2, -3);
}

// Where lines run in the window, in squares that keep their place on the map while it is moved.
class Lines {
public:
    Lines(std::span<const Trail> trails, const View& view) {
        if (trails.empty())
            return;
        const QPointF fixed = view.mapToView(layers::Point{0, 0});
        phase_ = {std::fmod(fixed.x(), square), std::fmod(fixed.y(), square)};
        columns_ = int(view.size.width() / square) + 2 * margin,
        rows_ = int(view.size.height() / square) + 2 * margin;
        run_.resize(std::size_t(columns_) * std::size_t(rows_));
        for (const Trail& trail : trails) {
            std::optional<QPointF> last;
            for (const layers::Point point : trail.points) {
                const QPointF at = view.mapToView(point);
                if (!std::isfinite(at.x()) || !std::isfinite(at.y()))
                    continue;
                if (last)
                    draw(*last, at);
                last = at;
            }
        }
    }
    bool cross(const QRectF& rect) const {
        if (run_.empty())
            return false;
        const int x0 = std::max(0, column(rect.left())), x1 = std::min(columns_ - 1, column(rect.right()));
        for (int y = std::max(0, row(rect.top())); y <= std::min(rows_ - 1, row(rect.bottom())); ++y)
            for (int x = x0; x <= x1; ++x)
                if (run_[std::size_t(y) * std::size_t(columns_) + std::size_t(x)])
                    return true;
        return false;
    }

private:
    static constexpr double square = 4; // logical pixels
    static constexpr int margin = 32;   // squares around the window: farther than a layout is carried
    // A little to the right and below, so that what stands on a square's edge stays on one side of it.
    static int squareOf(double along) {
        return int(std::floor(std::clamp(along / square + 1e-6, -1e6, 1e6))) + margin;
    }
    int column(double x) const { return squareOf(x - phase_.x()); }
    int row(double y) const { return squareOf(y - phase_.y()); }
    // Every square that the segment touches, row by row.
    void draw(QPointF from, QPointF to) {
        if (from.y() > to.y())
            std::swap(from, to);
        const int first = row(from.y()), last = row(to.y());
        const auto along = [&](int edge) { // where it comes into a row from above
            const double y = (edge - margin) * square + phase_.y();
            return from.x() + (to.x() - from.x()) * (y - from.y()) / (to.y() - from.y());
        };
        for (int y = std::max(first, 0); y <= std::min(last, rows_ - 1); ++y) {
            const auto [left, right] =
                std::minmax({y == first ? from.x() : along(y), y == last ? to.x() : along(y + 1)});
            for (int x = std::max(column(left), 0); x <= std::min(column(right), columns_ - 1); ++x)
                run_[std::size_t(y) * std::size_t(columns_) + std::size_t(x)] = 1;
        }
    }
    QPointF phase_;
    int columns_ = 0, rows_ = 0;
    std::vector<char> run_;
};

} // namespace

std::vector<GivenWay> givenWay(const UnderNames& names, const OverlayLayout& layout,
                               std::span<const Trail> trails, const QTransform& placing) {
    std::vector<GivenWay> given;
    if (names.names().empty() || (layout.placed.empty() && trails.empty()))
        return given;
    const Lines lines(trails, layout.view);
    Crowd taken;
    for (const auto& placed : layout.placed)
        taken.add(placed.box().adjusted(1, 1, -1, -1));
    for (const auto& label : layout.labels)
        taken.add(letters(QRectF(label.topLeft, label.size)));
    const auto lettersOf = [&](const UnderNames::Name& name, double by) {
        return placing.mapRect(letters(name.rect.translated(0, by)));
    };
    std::vector<std::size_t> covered, crossed;
    std::vector<QRectF> standing; // of those that stay, whatever moves
    for (std::size_t i = 0; i < names.names().size(); ++i) {
        const QRectF at = lettersOf(names.names()[i], 0);
        if (!taken.isFree(at))
            covered.push_back(i);
        else if (lines.cross(at))
            crossed.push_back(i);
        else
            standing.push_back(at);
    }
    // What stays where it is has its room before those that move.
    for (const QRectF& at : standing)
        taken.add(at);
    const auto aside = [&](const UnderNames::Name& name, const auto& is) -> std::optional<double> {
        for (const auto& [room, by] :
             {std::pair(name.room.below, UnderNames::aside), {name.room.above, -UnderNames::aside}})
            if (room && is(lettersOf(name, by)))
                return by;
        return std::nullopt;
    };
    for (auto one = crossed.begin(); one != crossed.end(); ++one) {
        const UnderNames::Name& name = names.names()[*one];
        const auto clear = [&](const QRectF& at) {
            return !lines.cross(at) && taken.isFree(at) &&
                   std::none_of(one + 1, crossed.end(), [&](std::size_t other) { // it may have to stay
                       return at.intersects(lettersOf(names.names()[other], 0));
                   });
        };
        const auto by = aside(name, clear);
        taken.add(lettersOf(name, by.value_or(0)));
        if (by)
            given.push_back({*one, by});
    }
    for (const std::size_t one : covered) {
        const UnderNames::Name& name = names.names()[one];
        auto by = aside(name, [&](const QRectF& at) { return !lines.cross(at) && taken.isFree(at); });
        if (!by)
            by = aside(name, [&](const QRectF& at) { return taken.isFree(at); });
        if (by)
            taken.add(lettersOf(name, *by));
        given.push_back({one, by});
    }
    std::sort(given.begin(), given.end(),
              [](const GivenWay& a, const GivenWay& b) { return a.name < b.name; });
    return given;
}

void paintGivenWay(QPainter& painter, const UnderNames& names, const std::vector<GivenWay>& given,
                   const QTransform& placing, double devicePixelRatio) {
    if (given.empty())
        return;
    painter.save();
    painter.setTransform(placing, true);
    const QRectF clip = painter.hasClipping() ? painter.clipBoundingRect().adjusted(-4, -4, 4, 4) : QRectF();
    const auto seen = [&](const QRectF& rect) { return clip.isNull() || clip.intersects(rect); };
    for (const GivenWay& one : given)
        if (const UnderNames::Name& name = names.names()[one.name]; seen(name.rect))
            painter.drawImage(names.cornerUnder(name), names.under(name));
    for (const GivenWay& one : given)
        if (const UnderNames::Name& name = names.names()[one.name]; one.by && seen(name.rect.translated(0, *one.by)))
            painter.drawImage(snapped(name.rect.topLeft() + QPointF(0, *one.by), devicePixelRatio), name.image);
    painter.restore();
}

} // namespace vedette::map
