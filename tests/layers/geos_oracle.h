// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/areas.h"

#include <geos_c.h>
#include <memory>

// GEOS's answer to the same question: an STRtree over the areas, prepared geometry, `covers`.
class GeosOracle {
public:
    explicit GeosOracle(const vedette::layers::Areas& areas) : tree_(GEOSSTRtree_create_r(context_, 10)) {
        for (vedette::layers::AreaIndex i = 0; i < areas.size(); ++i) {
            geometries_.push_back(polygon(areas.layers()[areas[i].source].snapshot, areas[i].feature));
            prepared_.push_back(GEOSPrepare_r(context_, geometries_.back()));
        }
        for (std::size_t i = 0; i < geometries_.size(); ++i)
            GEOSSTRtree_insert_r(context_, tree_, geometries_[i], reinterpret_cast<void*>(i));
        (void)covering({0, 0}); // the tree is built by the first question
    }
    GeosOracle(const GeosOracle&) = delete;
    ~GeosOracle() {
        GEOSSTRtree_destroy_r(context_, tree_);
        for (const auto* prepared : prepared_)
            GEOSPreparedGeom_destroy_r(context_, prepared);
        for (auto* geometry : geometries_)
            GEOSGeom_destroy_r(context_, geometry);
        GEOS_finish_r(context_);
    }
    // Numbers of the areas that cover the point, ascending.
    void covering(vedette::layers::Point at, std::vector<vedette::layers::AreaIndex>& out) const {
        out.clear();
        GEOSGeometry* point = GEOSGeom_createPointFromXY_r(context_, at.x, at.y);
        struct Search {
            const GeosOracle* oracle;
            const GEOSGeometry* point;
            std::vector<vedette::layers::AreaIndex>* out;
        } search{this, point, &out};
        GEOSSTRtree_query_r(
            context_, tree_, point,
            [](void* item, void* data) {
                auto* all = static_cast<Search*>(data);
                const auto number = reinterpret_cast<std::size_t>(item);
                if (GEOSPreparedCovers_r(all->oracle->context_, all->oracle->prepared_[number], all->point) ==
                    1)
                    all->out->push_back(static_cast<vedette::layers::AreaIndex>(number));
            },
            &search);
        GEOSGeom_destroy_r(context_, point);
        std::sort(out.begin(), out.end());
    }
    std::vector<vedette::layers::AreaIndex> covering(vedette::layers::Point at) const {
        std::vector<vedette::layers::AreaIndex> out;
        covering(at, out);
        return out;
    }

private:
    GEOSGeometry* ring(const vedette::layers::Part& part) const {
        const auto count = static_cast<unsigned>(part.points.size());
        GEOSCoordSequence* sequence = GEOSCoordSeq_create_r(context_, count, 2);
        for (unsigned i = 0; i < count; ++i)
            GEOSCoordSeq_setXY_r(context_, sequence, i, part.points[i].x, part.points[i].y);
        return GEOSGeom_createLinearRing_r(context_, sequence);
    }
    GEOSGeometry* polygon(const vedette::layers::Snapshot& snapshot, std::size_t feature) const {
        std::vector<GEOSGeometry*> polygons;
        for (std::size_t i = 0; i < snapshot.partCount(feature);) {
            GEOSGeometry* outer = ring(snapshot.part(feature, i++));
            std::vector<GEOSGeometry*> holes;
            while (i < snapshot.partCount(feature) && snapshot.part(feature, i).hole)
                holes.push_back(ring(snapshot.part(feature, i++)));
            polygons.push_back(
                GEOSGeom_createPolygon_r(context_, outer, holes.data(), static_cast<unsigned>(holes.size())));
        }
        return polygons.size() == 1
                   ? polygons[0]
                   : GEOSGeom_createCollection_r(context_, GEOS_MULTIPOLYGON, polygons.data(),
                                                 static_cast<unsigned>(polygons.size()));
    }
    GEOSContextHandle_t context_ = GEOS_init_r();
    GEOSSTRtree* tree_;
    std::vector<GEOSGeometry*> geometries_;
    std::vector<const GEOSPreparedGeometry*> prepared_;
};
