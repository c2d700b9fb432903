// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/areas.h"

#include "gdal_call.h"

#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <ogr_geometry.h>

#include <cmath>
#include <map>

namespace vedette::layers {

namespace {

namespace bg = boost::geometry;
using TreePoint = bg::model::d2::point_xy<double>;
using TreeBox = bg::model::box<TreePoint>;
using Tree = bg::index::rtree<std::pair<TreeBox, AreaIndex>, bg::index::rstar<16>>;

TreeBox treeBox(const Box& box) {
    return {{box.minX, box.minY}, {box.maxX, box.maxY}};
}

std::unique_ptr<OGRGeometry> geometryOf(const Areas& areas, AreaIndex index) {
    const Snapshot& snapshot = areas.layers()[areas[index].source].snapshot;
    auto all = std::make_unique<OGRMultiPolygon>();
    OGRPolygon one;
    for (std::size_t i = 0; i < snapshot.partCount(areas[index].feature); ++i) {
        const Part part = snapshot.part(areas[index].feature, i);
        if (!part.hole && !one.IsEmpty()) {
            all->addGeometry(&one);
            one.empty();
        }
        OGRLinearRing ring;
        for (const Point point : part.points)
            ring.addPoint(point.x, point.y);
        one.addRing(&ring);
    }
    if (!one.IsEmpty())
        all->addGeometry(&one);
    return all;
}

double areaOf(const OGRGeometry& geometry) {
    switch (wkbFlatten(geometry.getGeometryType())) {
    case wkbPolygon:
        return geometry.toPolygon()->get_Area();
    case wkbMultiPolygon:
    case wkbGeometryCollection:
        return geometry.toGeometryCollection()->get_Area();
    default:
        return 0;
    }
}

// Areas that ought to tile their part of the city: one kind, one level.
class Level {
public:
    Level(const Areas& areas, std::vector<AreaIndex> members, double minimum, std::vector<Finding>& findings)
        : areas_(areas), members_(std::move(members)), minimum_(minimum), findings_(findings) {
        std::vector<std::pair<TreeBox, AreaIndex>> entries;
        for (const AreaIndex i : members_)
            entries.emplace_back(treeBox(areas_[i].box), i);
        tree_ = Tree(entries);
        for (const AreaIndex i : members_)
            geometries_.emplace(i, geometryOf(areas_, i));
    }

    void findOverlaps() {
        for (const AreaIndex left : members_) {
            std::vector<std::pair<TreeBox, AreaIndex>> near;
            tree_.query(bg::index::intersects(treeBox(areas_[left].box)), std::back_inserter(near));
            std::sort(near.begin(), near.end(),
                      [](const auto& l, const auto& r) { return l.second < r.second; });
            for (const auto& [box, right] : near) {
                if (right <= left || areas_[left].code == areas_[right].code)
                    continue;
                const std::unique_ptr<OGRGeometry> common(
                    geometries_[left]->Intersection(geometries_[right].get()));
                if (common && areaOf(*common) > minimum_)
                    report("areasOverlap", left, right, areaOf(*common));
            }
        }
    }

    // Holes in the union that are no hole of any single area.
    void findGaps() {
        OGRMultiPolygon all;
        for (const AreaIndex i : members_)
            for (const auto* part : *geometries_[i]->toMultiPolygon())
                all.addGeometry(part);
        const std::unique_ptr<OGRGeometry> whole(all.UnionCascaded());
        if (!whole)
            return;
        if (wkbFlatten(whole->getGeometryType()) == wkbPolygon)
            findGaps(*whole->toPolygon());
        else if (wkbFlatten(whole->getGeometryType()) == wkbMultiPolygon)
            for (const auto* part : *whole->toMultiPolygon())
                findGaps(*part);
    }

private:
    void findGaps(const OGRPolygon& polygon) {
        for (int i = 0; i < polygon.getNumInteriorRings(); ++i) {
            const OGRLinearRing& ring = *polygon.getInteriorRing(i);
            const double size = ring.get_Area();
            if (size <= minimum_)
                continue;
            OGREnvelope box;
            ring.getEnvelope(&box);
            std::vector<std::pair<TreeBox, AreaIndex>> near;
            tree_.query(bg::index::intersects(TreeBox({box.MinX, box.MinY}, {box.MaxX, box.MaxY})),
                        std::back_inserter(near));
            std::vector<AreaIndex> beside;
            for (const auto& entry : near)
                if (geometries_[entry.second]->Distance(&ring) < 1e-6)
                    beside.push_back(entry.second);
            std::sort(beside.begin(), beside.end());
            // A hole inside one area alone is that area's own: drawn so on purpose.
            if (beside.size() >= 2)
                report("areasGap", beside[0], beside[1], size);
        }
    }

    void report(const char* code, AreaIndex left, AreaIndex right, double squareMetres) {
        const Snapshot& snapshot = areas_.layers()[areas_[left].source].snapshot;
        findings_.push_back({Finding::Severity::warning,
                             {code,
                              {{"kind", std::string(toString(areas_[left].kind))},
                               {"code", areas_[left].code},
                               {"other", areas_[right].code},
                               {"squareMetres", std::to_string(std::llround(squareMetres))}}},
                             snapshot.source(),
                             snapshot.row(areas_[left].feature),
                             areas_[left].code});
    }

    const Areas& areas_;
    std::vector<AreaIndex> members_;
    double minimum_;
    std::vector<Finding>& findings_;
    Tree tree_;
    std::map<AreaIndex, std::unique_ptr<OGRGeometry>> geometries_;
};

} // namespace

std::vector<Finding> checkTopology(const Areas& areas, double minSquareMetres) {
    const GdalCalls quiet;
    std::vector<Finding> findings;
    std::map<std::pair<AreaKind, int>, std::vector<AreaIndex>> levels;
    constexpr int exclusiveLevel = 9;
    for (AreaIndex i = 0; i < areas.size(); ++i)
        levels[{areas[i].kind, areas[i].exclusive ? exclusiveLevel : areas[i].level}].push_back(i);
    for (auto& [key, members] : levels) {
        Level level(areas, std::move(members), minSquareMetres, findings);
        level.findOverlaps();
        if (key.second != exclusiveLevel) // parks and malls need not touch
            level.findGaps();
    }
    return findings;
}

} // namespace vedette::layers
