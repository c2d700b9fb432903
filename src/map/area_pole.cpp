// SPDX-License-Identifier: GPL-3.0-or-later
#include "area_pole.h"

#include <geos_c.h>

#include <cmath>
#include <memory>
#include <vector>

namespace vedette::map {

namespace {

constexpr std::size_t mostVertices = 5000;

struct Geos {
    GEOSContextHandle_t handle = GEOS_init_r(); // without a handler it is silent
    ~Geos() { GEOS_finish_r(handle); }
};

struct Drop {
    GEOSContextHandle_t handle;
    void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(handle, geometry); }
};
using Geometry = std::unique_ptr<GEOSGeometry, Drop>;

Geometry ringOf(GEOSContextHandle_t geos, std::span<const layers::Point> points) {
    const bool closed = points.front() == points.back();
    const auto count = unsigned(points.size() + !closed);
    GEOSCoordSequence* sequence = GEOSCoordSeq_create_r(geos, count, 2);
    for (unsigned i = 0; sequence && i < count; ++i) {
        const layers::Point p = points[i % points.size()];
        GEOSCoordSeq_setXY_r(geos, sequence, i, p.x, p.y);
    }
    return Geometry(sequence ? GEOSGeom_createLinearRing_r(geos, sequence) : nullptr, {geos});
}

} // namespace

std::optional<layers::Point> areaPole(const layers::Snapshot& snapshot, std::size_t feature) {
    // The outer ring with the largest box, and the holes that follow it.
    const std::size_t parts = snapshot.partCount(feature);
    std::size_t outer = parts, vertices = 0;
    double largest = -1, narrow = 0;
    for (std::size_t i = 0; i < parts; ++i) {
        const auto part = snapshot.part(feature, i);
        if (part.hole || part.points.size() < 4)
            continue;
        layers::Box box;
        for (const layers::Point p : part.points)
            box.add(p);
        if (const double size = box.width() * box.height(); size > largest)
            largest = size, narrow = std::min(box.width(), box.height()), outer = i;
    }
    if (outer == parts || !(largest > 0) || !std::isfinite(largest))
        return {};
    vertices = snapshot.part(feature, outer).points.size();
    if (vertices > mostVertices)
        return {};
    thread_local const Geos geos;
    Geometry shell = ringOf(geos.handle, snapshot.part(feature, outer).points);
    std::vector<Geometry> holes;
    for (std::size_t i = outer + 1; i < parts && snapshot.part(feature, i).hole; ++i) {
        const auto points = snapshot.part(feature, i).points;
        vertices += points.size();
        if (points.size() >= 4 && vertices <= mostVertices)
            if (Geometry hole = ringOf(geos.handle, points))
                holes.push_back(std::move(hole));
    }
    if (!shell || vertices > mostVertices)
        return {};
    std::vector<GEOSGeometry*> given;
    for (Geometry& hole : holes)
        given.push_back(hole.release());
    const Geometry polygon(
        GEOSGeom_createPolygon_r(geos.handle, shell.release(), given.data(), unsigned(given.size())), {geos.handle});
    if (!polygon || GEOSisValid_r(geos.handle, polygon.get()) != 1)
        return {};
    // A name needn't stand to the hundredth of its area, and each halving of the tolerance costs as much as all before it.
    const Geometry radius(GEOSMaximumInscribedCircle_r(geos.handle, polygon.get(), narrow / 40), {geos.handle});
    const Geometry centre(radius ? GEOSGeomGetStartPoint_r(geos.handle, radius.get()) : nullptr, {geos.handle});
    layers::Point at;
    if (!centre || !GEOSGeomGetX_r(geos.handle, centre.get(), &at.x) || !GEOSGeomGetY_r(geos.handle, centre.get(), &at.y))
        return {};
    return at;
}

} // namespace vedette::map
