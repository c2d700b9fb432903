// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/sheet_areas.h"

#include "sheet_wkb.h"

#include <algorithm>

namespace vedette::map {

std::vector<std::uint8_t> wkbOf(const layers::Areas& areas, layers::AreaIndex index) {
    const layers::Area& area = areas[index];
    return wkbOf(areas.layers()[area.source].snapshot, area.feature);
}

SheetAreas sheetAreas(const layers::Areas& areas, const AreaLayer& layer, const std::string& title,
                      const layers::Box& within, bool filled) {
    SheetAreas out;
    out.title = title;
    const auto faint = [&](QColor colour) {
        colour.setAlphaF(float(colour.alphaF() * std::clamp(layer.opacity, 0.0, 1.0)));
        return colour.name(QColor::HexArgb).toStdString();
    };
    out.fill = filled ? faint(layer.style.fill) : "#00ffffff";
    out.outline = faint(layer.style.outline);
    out.width = layer.style.outlineWidth * 25.4 / 96;
    out.nearest = layer.range.nearest / metresPerPixelAt(1), out.farthest = layer.range.farthest / metresPerPixelAt(1);
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
