// SPDX-License-Identifier: GPL-3.0-or-later
#include "vector_file.h"

#include <cpl_conv.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

namespace vedette::ctl {

struct VectorFile::Impl {
    std::filesystem::path file;
    GDALDataset* dataset = nullptr;
    OGRLayer* layer = nullptr;
    OGRSpatialReference crs;
    std::string trouble;

    void blame(const char* what) {
        if (trouble.empty())
            trouble = *CPLGetLastErrorMsg() ? CPLGetLastErrorMsg() : what;
    }
    void write(OGRGeometry& shape, const std::vector<Value>& values) {
        if (!layer)
            return;
        OGRFeature feature(layer->GetLayerDefn());
        for (std::size_t i = 0; i < values.size(); ++i)
            if (const auto* text = std::get_if<std::string>(&values[i])) {
                if (!text->empty())
                    feature.SetField(static_cast<int>(i), text->c_str());
            } else {
                feature.SetField(static_cast<int>(i), std::get<int>(values[i]));
            }
        feature.SetGeometry(&shape);
        if (layer->CreateFeature(&feature) != OGRERR_NONE)
            blame("feature");
    }
};

namespace {

void fill(OGRSimpleCurve& curve, const std::vector<Point>& points) {
    curve.setNumPoints(static_cast<int>(points.size()));
    for (std::size_t i = 0; i < points.size(); ++i)
        curve.setPoint(static_cast<int>(i), points[i].x, points[i].y);
}

} // namespace

VectorFile::VectorFile(const std::filesystem::path& file) : impl_(std::make_unique<Impl>()) {
    GDALAllRegister();
    impl_->file = file;
    // GeoPackage notes when its contents changed; the sample is always of the same moment.
    CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", "2026-11-21T00:00:00.000Z");
    CPLErrorReset();
    CPLPushErrorHandler(CPLQuietErrorHandler);
    impl_->crs.importFromEPSG(4549);
    impl_->crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
    char version[] = "VERSION=1.2";
    char* options[] = {version, nullptr};
    if (driver)
        impl_->dataset = driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, options);
    if (!impl_->dataset)
        impl_->blame("GPKG");
}

VectorFile::~VectorFile() {
    if (impl_->dataset)
        GDALClose(impl_->dataset);
    CPLPopErrorHandler();
    CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", nullptr);
}

void VectorFile::layer(const std::string& name, Shape shape, const std::vector<Field>& fields, bool indexed) {
    if (!impl_->dataset)
        return;
    const auto type = shape == Shape::point  ? wkbPoint
                      : shape == Shape::line ? wkbLineString
                                             : wkbMultiPolygon;
    if (impl_->layer)
        impl_->dataset->CommitTransaction();
    std::string index = indexed ? "SPATIAL_INDEX=YES" : "SPATIAL_INDEX=NO";
    char* options[] = {index.data(), nullptr};
    impl_->layer = impl_->dataset->CreateLayer(name.c_str(), &impl_->crs, type, options);
    if (!impl_->layer)
        return impl_->blame(name.c_str());
    for (const Field& field : fields) {
        OGRFieldDefn defn(field.name.c_str(), field.type == Type::text ? OFTString : OFTInteger);
        if (impl_->layer->CreateField(&defn) != OGRERR_NONE)
            impl_->blame(field.name.c_str());
    }
    impl_->dataset->StartTransaction();
}

void VectorFile::point(Point at, const std::vector<Value>& values) {
    OGRPoint shape(at.x, at.y);
    impl_->write(shape, values);
}

void VectorFile::line(const std::vector<Point>& points, const std::vector<Value>& values) {
    OGRLineString shape;
    fill(shape, points);
    impl_->write(shape, values);
}

void VectorFile::polygon(const std::vector<Point>& ring, const std::vector<Value>& values) {
    polygons({ring}, {false}, values);
}

void VectorFile::polygons(const std::vector<std::vector<Point>>& rings, const std::vector<bool>& holes,
                          const std::vector<Value>& values) {
    OGRMultiPolygon shape;
    for (std::size_t i = 0; i < rings.size(); ++i) {
        auto* ring = new OGRLinearRing;
        fill(*ring, rings[i]);
        ring->closeRings();
        if (!holes[i]) {
            auto* polygon = new OGRPolygon;
            polygon->addRingDirectly(ring);
            shape.addGeometryDirectly(polygon);
            continue;
        }
        // A hole belongs to the outer that holds a point of it that is not on the border.
        const Point probe = innerPoint(rings[i]);
        OGRPolygon* owner = shape.getGeometryRef(0);
        for (std::size_t o = 0, p = 0; o < i; ++o)
            if (!holes[o]) {
                if (inside(rings[o], probe))
                    owner = shape.getGeometryRef(static_cast<int>(p));
                ++p;
            }
        owner->addRingDirectly(ring);
    }
    impl_->write(shape, values);
}

layers::Status VectorFile::close() {
    if (impl_->dataset) {
        if (impl_->layer && impl_->dataset->CommitTransaction() != OGRERR_NONE)
            impl_->blame("commit");
        GDALClose(impl_->dataset);
        impl_->dataset = nullptr;
    }
    if (!impl_->trouble.empty())
        return layers::environment("fileUnwritable",
                                   {{"path", impl_->file.string()}, {"cause", impl_->trouble}});
    return layers::Nothing{};
}

} // namespace vedette::ctl
