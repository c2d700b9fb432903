// SPDX-License-Identifier: GPL-3.0-or-later
#include "ogr_shapes.h"

#include "layers/number_text.h"

#include <cmath>

namespace vedette::layers {

namespace {

std::string shortest(double value) {
    return fixedText(value, 6);
}

double signedArea(const std::vector<Point>& ring) {
    double twice = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
        twice += (ring[i].x - ring[0].x) * (ring[i + 1].y - ring[0].y) -
                 (ring[i + 1].x - ring[0].x) * (ring[i].y - ring[0].y);
    return twice / 2;
}

using Geometry = std::unique_ptr<OGRGeometry>;

// The parts of the highest dimension: polygons, else lines, else points.
int dimensionOf(const OGRGeometry& geometry) {
    if (geometry.IsEmpty())
        return -1;
    if (const auto* collection = dynamic_cast<const OGRGeometryCollection*>(&geometry)) {
        int most = -1;
        for (const OGRGeometry* member : *collection)
            most = std::max(most, dimensionOf(*member));
        return most;
    }
    return geometry.getDimension();
}

template <class Each>
void eachPart(const OGRGeometry& geometry, int dimension, const Each& each) {
    if (const auto* collection = dynamic_cast<const OGRGeometryCollection*>(&geometry)) {
        for (const OGRGeometry* member : *collection)
            eachPart(*member, dimension, each);
    } else if (const auto* surface = dynamic_cast<const OGRPolyhedralSurface*>(&geometry)) {
        for (const OGRPolygon* face : *surface)
            eachPart(*face, dimension, each);
    } else if (!geometry.IsEmpty() && geometry.getDimension() == dimension) {
        each(geometry);
    }
}

// Finite vertices only; false when something had to go.
bool finite(const OGRGeometry& geometry) {
    OGREnvelope box;
    geometry.getEnvelope(&box);
    return std::isfinite(box.MinX) && std::isfinite(box.MaxX) && std::isfinite(box.MinY) &&
           std::isfinite(box.MaxY);
}

} // namespace

Result<ShapeMaker> ShapeMaker::between(const OGRSpatialReference* from, Datum datum,
                                       const WorkingCrs& working, const std::string& path) {
    ShapeMaker out(working);
    out.datum_ = datum;
    OGRSpatialReference target;
    if (target.SetFromUserInput(working.name().c_str()) == OGRERR_NONE) {
        const char* name = nullptr;
        double west = 0, south = 0, east = 0, north = 0;
        if (target.GetAreaOfUse(&west, &south, &east, &north, &name) && west > -181 && west < east) {
            const double margin = 3;
            out.west_ = west - margin, out.east_ = east + margin, out.south_ = south - margin,
            out.north_ = north + margin;
        }
    }
    if (!from || (datum == Datum::wgs84 && from->IsSame(&target))) {
        out.metres_ = true;
        return out;
    }
    out.geographic_ = from->IsGeographic();
    OGRSpatialReference source(*from), lonLat;
    source.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    lonLat.importFromEPSG(4326);
    lonLat.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    if (source.IsSame(&lonLat))
        return out;
    out.toLonLat_.reset(OGRCreateCoordinateTransformation(&source, &lonLat));
    if (!out.toLonLat_)
        return refused("crsUnreadable", {{"path", path}, {"crs", from->GetName() ? from->GetName() : "?"}});
    return out;
}

bool ShapeMaker::place(std::vector<Point>& points) const {
    const auto placeable = [](Point p) { return std::isfinite(p.x) && std::isfinite(p.y); };
    const std::size_t before = points.size();
    std::erase_if(points, [&](Point p) { return !placeable(p); });
    if (!metres_ && !points.empty()) {
        std::vector<LonLat> at(points.size());
        if (toLonLat_) {
            std::vector<double> x(points.size()), y(points.size());
            for (std::size_t i = 0; i < points.size(); ++i)
                x[i] = points[i].x, y[i] = points[i].y;
            std::vector<int> good(points.size());
            toLonLat_->Transform(static_cast<int>(x.size()), x.data(), y.data(), nullptr, nullptr,
                                 good.data());
            for (std::size_t i = 0; i < at.size(); ++i)
                at[i] = good[i] ? LonLat{x[i], y[i]} : LonLat{NAN, NAN};
        } else {
            for (std::size_t i = 0; i < at.size(); ++i)
                at[i] = std::abs(points[i].y) <= 90 && std::abs(points[i].x) <= 540
                            ? LonLat{points[i].x, points[i].y}
                            : LonLat{NAN, NAN};
        }
        if (datum_ == Datum::gcj02 || datum_ == Datum::bd09)
            for (LonLat& one : at)
                one = toWgs84(one, datum_);
        working_.toWorking(at, points);
        std::erase_if(points, [&](Point p) { return !placeable(p); });
    }
    return points.size() == before;
}

// Only where it can't be wrong: as written outside the working CRS's country, turned round inside it.
bool ShapeMaker::swapped(const OGRGeometry& geometry) const {
    if (!geographic_)
        return false;
    OGREnvelope box;
    geometry.getEnvelope(&box);
    const bool asWritten = box.MaxX >= west_ && box.MinX <= east_ && box.MaxY >= south_ && box.MinY <= north_;
    const bool turned = box.MinY >= west_ && box.MaxY <= east_ && box.MinX >= south_ && box.MaxX <= north_;
    return !asWritten && turned;
}

void ShapeMaker::addRing(const OGRLineString& line, bool hole, bool swap, Drawn& out,
                         std::size_t& lost) const {
    SnapshotBuilder::Ring ring;
    ring.hole = hole;
    ring.points.resize(static_cast<std::size_t>(line.getNumPoints()));
    for (int i = 0; i < line.getNumPoints(); ++i) {
        const Point at{line.getX(i), line.getY(i)};
        ring.points[static_cast<std::size_t>(i)] = swap ? Point{at.y, at.x} : at;
    }
    if (!place(ring.points))
        ++lost;
    if (out.shape == Shape::polygon) {
        if (!ring.points.empty() && ring.points.front() != ring.points.back())
            ring.points.push_back(ring.points.front());
        if (ring.points.size() < 4) {
            ++lost;
            return;
        }
        if ((signedArea(ring.points) < 0) != hole)
            std::reverse(ring.points.begin(), ring.points.end());
    } else if (ring.points.size() < 2) {
        ++lost;
        return;
    }
    out.rings.push_back(std::move(ring));
}

Drawn ShapeMaker::make(const OGRGeometry& given, OgrErrors& errors, const Tell& tell) const {
    Drawn out;
    using Severity = Finding::Severity;
    const OGRGeometry* geometry = &given;
    Geometry linear, repaired;
    if (geometry->hasCurveGeometry(FALSE)) {
        linear.reset(geometry->getLinearGeometry());
        if (linear)
            geometry = linear.get();
    }
    const int dimension = dimensionOf(*geometry);
    if (dimension < 0) {
        tell(Severity::warning, {"geometryEmpty", {}});
        return out;
    }
    bool mixed = false;
    if (const auto* collection = dynamic_cast<const OGRGeometryCollection*>(geometry))
        for (const OGRGeometry* member : *collection)
            mixed = mixed || dimensionOf(*member) != dimension;
    if (mixed)
        tell(Severity::warning, {"geometryMixed", {}});

    if (dimension == 2 && finite(*geometry) && !dynamic_cast<const OGRPolyhedralSurface*>(geometry)) {
        errors.lastWarning.clear();
        if (!geometry->IsValid()) {
            const std::string cause = errors.lastWarning.empty() ? "?" : errors.lastWarning;
            const Geometry closed(geometry->clone());
            closed->closeRings();
            repaired.reset(closed->MakeValid());
            const bool good = repaired && dimensionOf(*repaired) == 2;
            tell(Severity::warning, {good ? "polygonRepaired" : "polygonInvalid", {{"cause", cause}}});
            if (good)
                geometry = repaired.get();
        }
    }
    const bool swap = swapped(*geometry);
    if (swap) {
        OGREnvelope box;
        geometry->getEnvelope(&box);
        tell(Severity::warning, {"latLonSwapped", {{"x", shortest(box.MinX)}, {"y", shortest(box.MinY)}}});
    }

    std::size_t lost = 0;
    out.shape = dimension == 2 ? Shape::polygon : dimension == 1 ? Shape::line : Shape::point;
    eachPart(*geometry, dimension, [&](const OGRGeometry& part) {
        if (const auto* polygon = dynamic_cast<const OGRPolygon*>(&part)) {
            const std::size_t before = out.rings.size();
            addRing(*polygon->getExteriorRing(), false, swap, out, lost);
            if (out.rings.size() == before)
                return; // without its outer ring a polygon has no holes either
            for (int i = 0; i < polygon->getNumInteriorRings(); ++i)
                addRing(*polygon->getInteriorRing(i), true, swap, out, lost);
        } else if (const auto* line = dynamic_cast<const OGRLineString*>(&part)) {
            addRing(*line, false, swap, out, lost);
        } else if (const auto* point = dynamic_cast<const OGRPoint*>(&part)) {
            if (geographic_ && point->getX() == 0 && point->getY() == 0) { // nobody dispatches to 0 N 0 E
                tell(Severity::warning, {"coordinatesZero", {}});
                return;
            }
            std::vector<Point> at{swap ? Point{point->getY(), point->getX()}
                                       : Point{point->getX(), point->getY()}};
            if (place(at))
                out.rings.push_back({at, false});
            else
                ++lost;
        }
    });
    if (lost > 0)
        tell(Severity::warning, {"coordinatesDropped", {{"count", std::to_string(lost)}}});
    if (out.rings.empty())
        out.shape = Shape::none;
    return out;
}

} // namespace vedette::layers
