// SPDX-License-Identifier: GPL-3.0-or-later
#include "export_geometry.h"

#include <cmath>

namespace vedette::layers {

namespace {

void addPoints(OGRSimpleCurve& curve, const std::vector<Point>& points) {
    for (const Point point : points)
        curve.addPoint(point.x, point.y);
}

bool severalParts(const ExportTable::Row& row) {
    if (row.shape != Shape::polygon)
        return row.rings.size() > 1;
    std::size_t outers = 0;
    for (std::size_t i = 0; i < row.rings.size(); ++i)
        outers += i >= row.holes.size() || !row.holes[i];
    return outers > 1;
}

std::unique_ptr<OGRGeometry> polygons(const ExportTable::Row& row) {
    auto all = std::make_unique<OGRMultiPolygon>();
    OGRPolygon one;
    for (std::size_t i = 0; i < row.rings.size(); ++i) {
        const bool hole = i < row.holes.size() && row.holes[i];
        if (!hole && !one.IsEmpty()) {
            all->addGeometry(&one);
            one.empty();
        }
        OGRLinearRing ring;
        addPoints(ring, row.rings[i]);
        ring.closeRings();
        one.addRing(&ring);
    }
    if (!one.IsEmpty())
        all->addGeometry(&one);
    return all;
}

// The vertices ring by ring; a closing vertex that repeats the first is left out.
struct Strand {
    bool closed = false;
    std::vector<OGRRawPoint> points;
};

void collect(const OGRGeometry* geometry, std::vector<Strand>& out) {
    if (!geometry)
        return;
    switch (wkbFlatten(geometry->getGeometryType())) {
    case wkbPoint: {
        const auto* point = geometry->toPoint();
        if (!point->IsEmpty())
            out.push_back({false, {OGRRawPoint(point->getX(), point->getY())}});
        break;
    }
    case wkbLineString: {
        const auto* line = geometry->toLineString();
        Strand strand;
        for (int i = 0; i < line->getNumPoints(); ++i)
            strand.points.emplace_back(line->getX(i), line->getY(i));
        out.push_back(std::move(strand));
        break;
    }
    case wkbPolygon:
        for (const auto* ring : *geometry->toPolygon()) {
            Strand strand{true, {}};
            for (int i = 0; i + 1 < ring->getNumPoints(); ++i)
                strand.points.emplace_back(ring->getX(i), ring->getY(i));
            out.push_back(std::move(strand));
        }
        break;
    default:
        if (OGR_GT_IsSubClassOf(geometry->getGeometryType(), wkbGeometryCollection))
            for (const auto* part : *geometry->toGeometryCollection())
                collect(part, out);
    }
}

bool near(const OGRRawPoint& left, const OGRRawPoint& right, double tolerance) {
    return std::abs(left.x - right.x) <= tolerance && std::abs(left.y - right.y) <= tolerance;
}

bool sameStrand(const Strand& left, const Strand& right, double tolerance) {
    const std::size_t count = left.points.size();
    if (left.closed != right.closed || count != right.points.size())
        return false;
    const auto matches = [&](std::size_t start, bool backward) {
        for (std::size_t i = 0; i < count; ++i)
            if (!near(left.points[i],
                      right.points[backward ? (start + count - i) % count : (start + i) % count], tolerance))
                return false;
        return true;
    };
    if (count == 0 || matches(0, false))
        return true;
    if (!left.closed)
        return false;
    for (std::size_t start = 0; start < count; ++start)
        if (near(left.points[0], right.points[start], tolerance) &&
            (matches(start, false) || matches(start, true)))
            return true;
    return false;
}

} // namespace

Result<std::unique_ptr<ExportCrs>> ExportCrs::between(const ExportSettings& settings) {
    auto out = std::make_unique<ExportCrs>();
    const std::string& target = settings.crs.empty() ? settings.workingCrs : settings.crs;
    const auto unreadable = [](const std::string& crs) {
        return refused("crsUnreadable", {{"path", "export"}, {"crs", crs}});
    };
    if (out->target.SetFromUserInput(target.c_str()) != OGRERR_NONE)
        return unreadable(target);
    out->target.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    if (settings.workingCrs.empty())
        return out;
    OGRSpatialReference working;
    if (working.SetFromUserInput(settings.workingCrs.c_str()) != OGRERR_NONE)
        return unreadable(settings.workingCrs);
    working.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    if (working.IsSame(&out->target))
        return out;
    out->transformation.reset(OGRCreateCoordinateTransformation(&working, &out->target));
    if (!out->transformation)
        return unreadable(target);
    return out;
}

OGRwkbGeometryType layerType(const ExportTable& table) {
    const bool several = std::any_of(table.rows.begin(), table.rows.end(), severalParts);
    switch (table.shape) {
    case Shape::point:
        return several ? wkbMultiPoint : wkbPoint;
    case Shape::line:
        return several ? wkbMultiLineString : wkbLineString;
    case Shape::polygon:
        return several ? wkbMultiPolygon : wkbPolygon;
    case Shape::none:
        break;
    }
    return wkbNone;
}

std::unique_ptr<OGRGeometry> rowGeometry(const ExportTable::Row& row, OGRwkbGeometryType layer,
                                         const ExportCrs& crs) {
    std::unique_ptr<OGRGeometry> out;
    if (layer == wkbNone || row.rings.empty() || row.rings[0].empty())
        return nullptr;
    if (row.shape == Shape::point) {
        auto points = std::make_unique<OGRMultiPoint>();
        for (const auto& ring : row.rings)
            for (const Point at : ring) {
                OGRPoint point(at.x, at.y);
                points->addGeometry(&point);
            }
        out = std::move(points);
    } else if (row.shape == Shape::line) {
        auto lines = std::make_unique<OGRMultiLineString>();
        for (const auto& ring : row.rings) {
            OGRLineString line;
            addPoints(line, ring);
            lines->addGeometry(&line);
        }
        out = std::move(lines);
    } else if (row.shape == Shape::polygon) {
        out = polygons(row);
    }
    if (!out)
        return nullptr;
    if (!OGR_GT_IsSubClassOf(layer, wkbGeometryCollection) && out->toGeometryCollection()->getNumGeometries())
        out.reset(out->toGeometryCollection()->getGeometryRef(0)->clone());
    if (crs.transformation && out->transform(crs.transformation.get()) != OGRERR_NONE)
        return nullptr;
    return out;
}

bool sameGeometry(const OGRGeometry* left, const OGRGeometry* right, double tolerance) {
    std::vector<Strand> ours, theirs;
    collect(left, ours);
    collect(right, theirs);
    if (ours.size() != theirs.size())
        return false;
    std::vector<bool> used(theirs.size(), false);
    for (std::size_t i = 0; i < ours.size(); ++i) {
        bool found = false;
        for (std::size_t step = 0; step < theirs.size() && !found; ++step) {
            const std::size_t other = (i + step) % theirs.size(); // usually the same place
            if (!used[other] && sameStrand(ours[i], theirs[other], tolerance))
                used[other] = found = true;
        }
        if (!found)
            return false;
    }
    return true;
}

} // namespace vedette::layers
