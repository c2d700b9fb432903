// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/rows.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_map>

namespace vedette::layers {

namespace {

double squaredToSegment(Point p, Point a, Point b) {
    const double dx = b.x - a.x, dy = b.y - a.y, squared = dx * dx + dy * dy;
    const double t = squared > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / squared, 0.0, 1.0) : 0;
    const double x = a.x + t * dx - p.x, y = a.y + t * dy - p.y;
    return x * x + y * y;
}

bool touches(const Snapshot& snapshot, std::size_t feature, Point at, double metres) {
    const Shape shape = snapshot.shape(feature);
    bool inside = false;
    for (std::size_t index = 0; index < snapshot.partCount(feature); ++index) {
        const auto points = snapshot.part(feature, index).points;
        for (std::size_t i = 0; i < points.size(); ++i) {
            const Point b = points[i], a = points[i ? i - 1 : 0];
            if (shape == Shape::polygon && (a.y > at.y) != (b.y > at.y) &&
                at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x)
                inside = !inside;
            if (shape == Shape::line && i && squaredToSegment(at, a, b) <= metres * metres)
                return true;
            if (shape == Shape::point && std::hypot(b.x - at.x, b.y - at.y) <= metres)
                return true;
        }
    }
    return inside;
}

} // namespace

int Rows::column(std::string_view name) const {
    const auto found = std::find(columns.begin(), columns.end(), name);
    return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

std::optional<double> Rows::number(std::size_t row, int column) const {
    const auto text = value(row, column);
    if (!text || text->empty())
        return {};
    double out = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), out);
    if (error != std::errc() || end != text->data() + text->size() || !std::isfinite(out))
        return {};
    return out;
}

Rows rowsOf(const Snapshot& snapshot) {
    Rows out;
    for (const std::string_view field : snapshot.fields())
        out.columns.emplace_back(field);
    out.count = snapshot.size();
    out.value = [snapshot](std::size_t row, int column) -> std::optional<std::string_view> {
        if (snapshot.isNull(row, column))
            return {};
        return snapshot.text(row, column);
    };
    out.box = [snapshot](std::size_t row) { return snapshot.box(row); };
    return out;
}

AreaRows rowsOf(const Areas& areas, AreaKind kind, bool exclusive) {
    AreaRows out;
    for (AreaIndex i = 0; i < areas.size(); ++i)
        if (areas[i].kind == kind && areas[i].exclusive == exclusive)
            out.indices.push_back(i);
    Rows& rows = out.rows;
    rows.columns = {"code", "name", "parent", "level", "beat", "kind"};
    rows.count = out.indices.size();
    const auto indices = std::make_shared<const std::vector<AreaIndex>>(out.indices);
    rows.value = [areas, indices](std::size_t row, int column) -> std::optional<std::string_view> {
        static constexpr std::string_view levels[] = {"0", "1", "2", "3"};
        const Area& area = areas[(*indices)[row]];
        const auto some = [](const std::string& text) {
            return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
        };
        switch (column) {
        case 0:
            return area.code;
        case 1:
            return some(area.name);
        case 2:
            return some(area.parent);
        case 3:
            return area.exclusive ? "exclusive"
                                  : levels[static_cast<std::size_t>(std::clamp(area.level, 0, 3))];
        case 4:
            return some(area.beat);
        case 5:
            return toString(area.kind);
        default:
            return {};
        }
    };
    rows.box = [areas, indices](std::size_t row) { return areas[(*indices)[row]].box; };
    return out;
}

std::vector<std::pair<std::string, std::size_t>> distinctValues(const Rows& rows, int column,
                                                                std::size_t most) {
    std::unordered_map<std::string_view, std::size_t> counts;
    for (std::size_t row = 0; row < rows.count; ++row)
        if (const auto value = rows.value(row, column))
            ++counts[*value];
    std::vector<std::pair<std::string, std::size_t>> out(counts.begin(), counts.end());
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    if (out.size() > most)
        out.resize(most);
    return out;
}

std::vector<double> numbers(const Rows& rows, int column) {
    std::vector<double> out;
    for (std::size_t row = 0; row < rows.count; ++row)
        if (const auto number = rows.number(row, column))
            out.push_back(*number);
    return out;
}

int firstOfNumbers(const Rows& rows) {
    for (int column = 0; column < static_cast<int>(rows.columns.size()); ++column)
        for (std::size_t row = 0; row < rows.count; ++row)
            if (rows.number(row, column))
                return column;
    return -1;
}

std::vector<std::size_t> featuresAt(const Snapshot& snapshot, Point at, double metres, std::size_t most) {
    std::vector<std::size_t> out;
    for (std::size_t feature = snapshot.size(); feature-- > 0 && out.size() < most;) {
        if (snapshot.partCount(feature) == 0)
            continue;
        const Box box = snapshot.box(feature);
        if (at.x >= box.minX - metres && at.x <= box.maxX + metres && at.y >= box.minY - metres &&
            at.y <= box.maxY + metres && touches(snapshot, feature, at, metres))
            out.push_back(feature);
    }
    return out;
}

} // namespace vedette::layers
