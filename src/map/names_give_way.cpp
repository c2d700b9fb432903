// SPDX-License-Identifier: GPL-3.0-or-later
#include "names_give_way.h"

#include "crowd.h"

namespace vedette::map {

namespace {

// A text's image has air and a halo about the letters: to touch that is not to cover it.
QRectF letters(const QRectF& rect) {
    return rect.adjusted(2, 3, -2, -3);
}

} // namespace

std::vector<GivenWay> givenWay(const UnderNames& names, const OverlayLayout& layout, const QTransform& placing) {
    std::vector<GivenWay> given;
    if (names.names().empty() || layout.placed.empty())
        return given;
    Crowd taken;
    for (const auto& placed : layout.placed)
        taken.add(placed.box().adjusted(1, 1, -1, -1));
    for (const auto& label : layout.labels)
        taken.add(letters(QRectF(label.topLeft, label.size)));
    for (std::size_t i = 0; i < names.names().size(); ++i)
        if (!taken.isFree(placing.mapRect(letters(names.names()[i].rect))))
            given.push_back({i, std::nullopt});
    if (given.empty())
        return given;
    // What stays where it is has its room before those that move.
    for (std::size_t i = 0, next = 0; i < names.names().size(); ++i)
        if (next < given.size() && given[next].name == i)
            ++next;
        else
            taken.add(placing.mapRect(letters(names.names()[i].rect)));
    for (GivenWay& one : given) {
        const UnderNames::Name& name = names.names()[one.name];
        for (const auto& [room, by] :
             {std::pair(name.room.below, UnderNames::aside), {name.room.above, -UnderNames::aside}})
            if (room && !one.by && taken.take(placing.mapRect(letters(name.rect.translated(0, by)))))
                one.by = by;
    }
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
