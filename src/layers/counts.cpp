// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/counts.h"

#include <charconv>
#include <cmath>

namespace vedette::layers {

namespace {

std::string number(double value) {
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

// Gauss's shoelace; taken from the first vertex so that large coordinates cost no digits.
double ringSquareMetres(const std::vector<Point>& ring) {
    double twice = 0;
    for (std::size_t i = 1; i + 1 < ring.size(); ++i)
        twice += (ring[i].x - ring[0].x) * (ring[i + 1].y - ring[0].y) -
                 (ring[i + 1].x - ring[0].x) * (ring[i].y - ring[0].y);
    return std::abs(twice) / 2;
}

} // namespace

AreaCounts countPerArea(const Areas& areas, AreaKind kind, std::span<const Point> points) {
    AreaCounts out;
    out.kind = kind;
    std::vector<std::size_t> counts(areas.size(), 0);
    std::vector<AreaIndex> here;
    for (const Point point : points) {
        areas.at(point, here);
        bool inside = false;
        for (const AreaIndex area : here)
            if (areas[area].kind == kind) {
                ++counts[area];
                inside = true;
            }
        out.outside += !inside;
    }
    for (AreaIndex i = 0; i < areas.size(); ++i)
        if (areas[i].kind == kind)
            out.counts.emplace_back(i, counts[i]);
    return out;
}

double squareMetres(const Areas& areas, AreaIndex index) {
    const Area& area = areas[index];
    const Snapshot& snapshot = areas.layers()[area.source].snapshot;
    double sum = 0;
    for (std::size_t i = 0; i < snapshot.partCount(area.feature); ++i) {
        const Part part = snapshot.part(area.feature, i);
        sum += (part.hole ? -1 : 1) * ringSquareMetres({part.points.begin(), part.points.end()});
    }
    return sum;
}

ExportTable countTable(const Areas& areas, const AreaCounts& counts) {
    ExportTable table;
    table.name = std::string(toString(counts.kind)) + "_counts";
    table.shape = Shape::polygon;
    table.columns = {{"code", FieldType::text, "编码"},
                     {"name", FieldType::text, "名称"},
                     {"count", FieldType::integer, "数量"},
                     {"area_km2", FieldType::real, "面积（平方公里）"},
                     {"per_km2", FieldType::real, "每平方公里"}};
    for (const auto& [index, count] : counts.counts) {
        const Area& area = areas[index];
        const Snapshot& snapshot = areas.layers()[area.source].snapshot;
        ExportTable::Row row;
        row.id = static_cast<std::int64_t>(index);
        row.shape = Shape::polygon;
        for (std::size_t i = 0; i < snapshot.partCount(area.feature); ++i) {
            const Part part = snapshot.part(area.feature, i);
            row.rings.emplace_back(part.points.begin(), part.points.end());
            row.holes.push_back(part.hole);
        }
        const double km2 = squareMetres(areas, index) / 1e6;
        row.values = {area.code, area.name, std::to_string(count), number(km2),
                      km2 > 0 ? std::optional(number(static_cast<double>(count) / km2)) : std::nullopt};
        table.rows.push_back(std::move(row));
    }
    return table;
}

} // namespace vedette::layers
