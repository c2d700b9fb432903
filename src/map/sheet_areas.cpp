// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/sheet_areas.h"

#include <algorithm>
#include <cstring>

namespace vedette::map {

namespace {

class Wkb {
public:
    std::vector<std::uint8_t> bytes;
    void begin(std::uint32_t type) {
        bytes.push_back(1); // little-endian
        number(type);
    }
    template <class T>
    std::size_t number(T value) {
        const auto at = bytes.size();
        bytes.resize(at + sizeof value);
        std::memcpy(bytes.data() + at, &value, sizeof value);
        return at;
    }
    void set(std::size_t at, std::uint32_t value) { std::memcpy(bytes.data() + at, &value, sizeof value); }
    void ring(std::span<const layers::Point> points) {
        const bool open =
            !points.empty() && (points.front().x != points.back().x || points.front().y != points.back().y);
        number(static_cast<std::uint32_t>(points.size() + open));
        const auto put = [&](const layers::Point& p) {
            number(p.x);
            number(p.y);
        };
        for (const layers::Point& p : points)
            put(p);
        if (open)
            put(points.front());
    }
};

} // namespace

std::vector<std::uint8_t> wkbOf(const layers::Areas& areas, layers::AreaIndex index) {
    constexpr std::uint32_t polygon = 3, multiPolygon = 6;
    const layers::Area& area = areas[index];
    const layers::Snapshot& snapshot = areas.layers()[area.source].snapshot;
    Wkb out;
    out.begin(multiPolygon);
    const auto countAt = out.number(std::uint32_t{0});
    std::uint32_t polygons = 0, rings = 0;
    std::size_t ringsAt = 0;
    for (std::size_t i = 0; i < snapshot.partCount(area.feature); ++i) {
        const layers::Part part = snapshot.part(area.feature, i);
        if (!part.hole || polygons == 0) {
            out.begin(polygon);
            ringsAt = out.number(std::uint32_t{0});
            rings = 0;
            ++polygons;
        }
        out.set(ringsAt, ++rings);
        out.ring(part.points);
    }
    out.set(countAt, polygons);
    return std::move(out.bytes);
}

SheetAreas sheetAreas(const layers::Areas& areas, const AreaLayer& layer, const std::string& title,
                      const layers::Box& within, bool filled) {
    SheetAreas out;
    out.title = title;
    out.fill = filled ? layer.style.fill.name(QColor::HexArgb).toStdString() : "#00ffffff";
    out.outline = layer.style.outline.name(QColor::HexArgb).toStdString();
    out.width = layer.style.outlineWidth * 25.4 / 96;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const auto& area = areas[layers::AreaIndex(i)];
        if (area.kind == layer.kind && area.exclusive == layer.exclusive && within.intersects(area.box))
            out.shapes.push_back({area.code, wkbOf(areas, layers::AreaIndex(i))});
    }
    return out;
}

std::vector<AtlasPage> atlasPages(const layers::Areas& areas, layers::AreaKind kind,
                                  const std::string& word) {
    std::vector<AtlasPage> pages;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const auto& area = areas[layers::AreaIndex(i)];
        if (area.kind != kind || area.box.empty())
            continue;
        SheetPage page;
        page.title = area.name.empty() ? area.code : area.name;
        page.subtitle = word + " " + area.code;
        const double rim = std::max(20.0, 0.06 * std::max(area.box.width(), area.box.height()));
        page.minX = area.box.minX - rim, page.maxX = area.box.maxX + rim;
        page.minY = area.box.minY - rim, page.maxY = area.box.maxY + rim;
        page.focus = wkbOf(areas, layers::AreaIndex(i));
        pages.push_back({layers::AreaIndex(i), std::move(page)});
    }
    std::sort(pages.begin(), pages.end(), [&](const AtlasPage& a, const AtlasPage& b) {
        return areas[a.area].code < areas[b.area].code;
    });
    return pages;
}

std::optional<Paper> paperNamed(const std::string& name) {
    static constexpr Paper sizes[] = {{841, 1189}, {594, 841}, {420, 594},
                                      {297, 420},  {210, 297}, {148, 210}};
    if (name.size() != 2 || (name[0] != 'A' && name[0] != 'a') || name[1] < '0' || name[1] > '5')
        return std::nullopt;
    return sizes[name[1] - '0'];
}

} // namespace vedette::map
