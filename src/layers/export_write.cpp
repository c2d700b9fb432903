// SPDX-License-Identifier: GPL-3.0-or-later
#include "export_files.h"

#include <cpl_string.h>
#include <ogrsf_frmts.h>

namespace vedette::layers {

namespace {

struct DestroyFeature {
    void operator()(OGRFeature* feature) const { OGRFeature::DestroyFeature(feature); }
};
using FeaturePointer = std::unique_ptr<OGRFeature, DestroyFeature>;

// A column name that the table leaves free, for what the format adds of its own.
std::string freeName(const Export& job, std::string name) {
    const auto taken = [&] {
        return std::any_of(job.columns.begin(), job.columns.end(),
                           [&](const ColumnPlan& plan) { return EQUAL(plan.name.c_str(), name.c_str()); });
    };
    while (taken())
        name += "_";
    return name;
}

CPLStringList layerOptions(const Export& job) {
    CPLStringList options;
    const std::string_view driver = job.driver.GetDescription();
    if (driver == "ESRI Shapefile") {
        options.SetNameValue("ENCODING", job.encoding.gdalName());
    } else if (driver == "GPKG") {
        options.SetNameValue("FID", freeName(job, "fid").c_str());
        options.SetNameValue("GEOMETRY_NAME", freeName(job, "geom").c_str());
    } else if (driver == "SQLite") {
        options.SetNameValue("FID", freeName(job, "ogc_fid").c_str());
        options.SetNameValue("GEOMETRY_NAME", freeName(job, "geometry").c_str());
        options.SetNameValue("LAUNDER", "NO");
    } else if (driver == "GeoJSON") {
        options.SetNameValue("COORDINATE_PRECISION", job.crs.geographic() ? "10" : "5");
    } else if (driver == "CSV") {
        options.SetNameValue("CREATE_CSVT", "YES");
        if (job.layer != wkbNone && !job.csvPoints())
            options.SetNameValue("GEOMETRY", "AS_WKT");
    } else if (driver == "FlatGeobuf") {
        options.SetNameValue("SPATIAL_INDEX", "NO"); // with one, the rows come back in another order
    }
    return options;
}

bool setValue(OGRFeature& feature, int field, const ColumnPlan& plan, const std::string& text,
              const Export& job) {
    if (plan.ogrType == OFTString) {
        std::string out = job.encoding.writable(text);
        if (plan.width > 0)
            out = std::string(job.encoding.cut(out, static_cast<std::size_t>(plan.width)));
        feature.SetField(field, out.c_str());
        return true;
    }
    switch (plan.type) {
    case FieldType::integer:
        feature.SetField(field, static_cast<GIntBig>(*readInteger(text)));
        break;
    case FieldType::real:
        feature.SetField(field, *readReal(text));
        break;
    case FieldType::boolean:
        feature.SetField(field, *readBoolean(text) ? 1 : 0);
        break;
    default: {
        const auto moment = *readMoment(text, plan.type);
        feature.SetField(field, moment.year, moment.month, moment.day, moment.hour, moment.minute,
                         static_cast<float>(moment.milliseconds / 1000.0), moment.zone);
    }
    }
    return true;
}

} // namespace

Status writeExport(const Export& job, const std::filesystem::path& file, GdalCalls& calls) {
    const auto failed = [&] { return calls.problem(file); };
    GdalDataset dataset(job.driver.Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    if (!dataset)
        return failed();
    CPLStringList options = layerOptions(job);
    OGRSpatialReference reference(job.crs.target);
    const bool plainTable = job.layer == wkbNone || job.csvPoints();
    const std::string name = file.stem().string();
    OGRLayer* layer = dataset->CreateLayer(name.c_str(), plainTable ? nullptr : &reference,
                                           plainTable ? wkbNone : job.layer, options.List());
    if (!layer)
        return failed();
    for (const ColumnPlan& plan : job.columns) {
        OGRFieldDefn field(plan.name.c_str(), plan.ogrType);
        field.SetSubType(plan.subType);
        field.SetWidth(plan.width);
        if (layer->CreateField(&field) != OGRERR_NONE)
            return failed();
    }
    for (const std::string& coordinate : {job.xName, job.yName}) {
        OGRFieldDefn field(coordinate.c_str(), OFTReal);
        if (!coordinate.empty() && layer->CreateField(&field) != OGRERR_NONE)
            return failed();
    }
    const bool transaction =
        layer->TestCapability(OLCTransactions) && dataset->StartTransaction() == OGRERR_NONE;
    const int x = static_cast<int>(job.columns.size());
    for (std::size_t i = 0; i < job.table.rows.size(); ++i) {
        if (i % 256 == 0 &&
            !job.goOn(0.5 * static_cast<double>(i) / static_cast<double>(job.table.rows.size())))
            return refused("cancelled");
        const auto& row = job.table.rows[i];
        FeaturePointer feature(OGRFeature::CreateFeature(layer->GetLayerDefn()));
        for (std::size_t c = 0; c < job.columns.size(); ++c) {
            const int field = static_cast<int>(c);
            if (c < row.values.size() && row.values[c])
                setValue(*feature, field, job.columns[c], *row.values[c], job);
            else
                feature->SetFieldNull(field);
        }
        auto geometry = rowGeometry(row, job.layer, job.crs);
        if (job.csvPoints()) {
            if (geometry) {
                feature->SetField(x, geometry->toPoint()->getX());
                feature->SetField(x + 1, geometry->toPoint()->getY());
            }
        } else if (geometry) {
            feature->SetGeometryDirectly(geometry.release());
        }
        if (layer->CreateFeature(feature.get()) != OGRERR_NONE)
            return failed();
    }
    if (transaction && dataset->CommitTransaction() != OGRERR_NONE)
        return failed();
    calls.forget(); // words about single values: reading back finds what they did
    dataset->FlushCache(true);
    if (calls.failed())
        return failed();
    dataset.reset();
    if (calls.failed())
        return failed();
    return Nothing{};
}

} // namespace vedette::layers
