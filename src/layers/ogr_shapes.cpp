// SPDX-License-Identifier: GPL-3.0-or-later
#include "ogr_shapes.h"

#include "layers/number_text.h"

#include <cmath>

namespace vedette::layers {

namespace {

// Metres. Further out there is no Earth; eastings that begin with a zone's number stay below (EPSG:4513 and on).
constexpr double beyondAll = 1e8;

// A polygon of more vertices isn't looked at for crossings: that takes minutes and gigabytes.
constexpr std::size_t mostChecked = 1'000'000;

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

std::size_t vertexCount(const OGRGeometry& polygons) {
    std::size_t count = 0;
    eachPart(polygons, 2, [&](const OGRGeometry& part) {
        if (const auto* polygon = dynamic_cast<const OGRPolygon*>(&part))
            for (const OGRLinearRing* ring : *polygon)
                count += static_cast<std::size_t>(ring->getNumPoints());
    });
    return count;
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

void ShapeMaker::placeAll(std::vector<Point>& points) const {
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
    }
    for (Point& p : points)
        if (!(std::abs(p.x) < beyondAll && std::abs(p.y) < beyondAll)) // NaN too
            p = {NAN, NAN};
}

bool ShapeMaker::place(std::vector<Point>& points) const {
    const std::size_t before = points.size();
    std::erase_if(points, [](Point p) { return !std::isfinite(p.x) || !std::isfinite(p.y); });
    placeAll(points);
    std::erase_if(points, [](Point p) { return !std::isfinite(p.x); });
    return points.size() == before;
}

// By halving: on sound ground the image of an edge shrinks with the edge, over a tear it stays as long as it was.
bool ShapeMaker::tearsBetween(Point a, Point b, double apart) const {
    double now = apart;
    for (int step = 0; step < 12; ++step) {
        if (geographic_ && std::abs(a.x - b.x) > 180) // the short way round
            (a.x < b.x ? a.x : b.x) += 360;
        const Point middle{(a.x + b.x) / 2, (a.y + b.y) / 2};
        std::vector<Point> images{a, middle, b};
        placeAll(images);
        const double first = std::hypot(images[1].x - images[0].x, images[1].y - images[0].y);
        const double second = std::hypot(images[2].x - images[1].x, images[2].y - images[1].y);
        if (!std::isfinite(first + second))
            return true; // no place for what lies between
        now = std::max(first, second);
        (first > second ? b : a) = middle;
        if (now < apart / 8)
            return false;
    }
    return true;
}

// Whether a line's image is torn: a vertex of this Earth that has no place, or an edge that jumps.
bool ShapeMaker::torn(const std::vector<Point>& from, const std::vector<Point>& placed) const {
    if (metres_)
        return false;
    constexpr double longEdge = 1e6; // metres
    for (std::size_t i = 0; i < placed.size(); ++i) {
        if (!std::isfinite(placed[i].x)) {
            if (geographic_ && std::abs(from[i].x) <= 540 && std::abs(from[i].y) <= 90)
                return true;
            continue; // no number, or no degrees: dropped by itself
        }
        if (i + 1 == placed.size())
            break;
        const double apart = std::hypot(placed[i + 1].x - placed[i].x, placed[i + 1].y - placed[i].y);
        if (apart > longEdge && tearsBetween(from[i], from[i + 1], apart))
            return true;
    }
    return false;
}

// Only where it can't be wrong: as written outside the working CRS's country, turned round inside it.
bool ShapeMaker::swapped(const OGRGeometry& geometry) const {
    if (!geographic_)
        return false;
    OGREnvelope box;
    geometry.getEnvelope(&box);
    if (east_ - west_ > 180 && box.MinY >= -90 && box.MaxY <= 90)
        return false; // a CRS of the whole Earth: the pole is a place there, and nothing says it's turned round
    const bool asWritten = box.MaxX >= west_ && box.MinX <= east_ && box.MaxY >= south_ && box.MinY <= north_;
    const bool turned = box.MinY >= west_ && box.MaxY <= east_ && box.MinX >= south_ && box.MaxX <= north_;
    return !asWritten && turned;
}

void ShapeMaker::addRing(const OGRLineString& line, bool hole, bool swap, Drawn& out, Lost& lost) const {
    SnapshotBuilder::Ring ring;
    ring.hole = hole;
    ring.points.resize(static_cast<std::size_t>(line.getNumPoints()));
    for (int i = 0; i < line.getNumPoints(); ++i) {
        const Point at{line.getX(i), line.getY(i)};
        ring.points[static_cast<std::size_t>(i)] = swap ? Point{at.y, at.x} : at;
    }
    const std::vector<Point> from = metres_ ? std::vector<Point>() : ring.points;
    placeAll(ring.points);
    if (torn(from, ring.points)) {
        ++lost.torn;
        return;
    }
    if (std::erase_if(ring.points, [](Point p) { return !std::isfinite(p.x); }) > 0)
        ++lost.dropped;
    if (out.shape == Shape::polygon) {
        if (!ring.points.empty() && ring.points.front() != ring.points.back())
            ring.points.push_back(ring.points.front());
        if (ring.points.size() < 4) {
            ++lost.dropped;
            return;
        }
        if ((signedArea(ring.points) < 0) != hole)
            std::reverse(ring.points.begin(), ring.points.end());
    } else if (ring.points.size() < 2) {
        ++lost.dropped;
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
        const std::size_t vertices = vertexCount(*geometry);
        errors.lastWarning.clear();
        if (vertices > mostChecked) {
            tell(Severity::warning, {"polygonUnchecked", {{"count", std::to_string(vertices)}}});
        } else if (!geometry->IsValid()) {
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

    Lost lost;
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
                ++lost.dropped;
        }
    });
    if (lost.dropped > 0)
        tell(Severity::warning, {"coordinatesDropped", {{"count", std::to_string(lost.dropped)}}});
    if (lost.torn > 0)
        tell(Severity::warning, {"shapeTorn", {{"count", std::to_string(lost.torn)}}});
    if (out.rings.empty())
        out.shape = Shape::none;
    return out;
}

} // namespace vedette::layers
