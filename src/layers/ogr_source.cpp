// SPDX-License-Identifier: GPL-3.0-or-later
#include "ogr_source.h"

#include "near_words.h"
#include "source_path.h"

#include <cpl_conv.h>
#include <cpl_vsi.h>
#include <unicode/unistr.h>
#include <unistd.h>

namespace vedette::layers {

namespace {

// Vector formats that live in files. What isn't here is refused by name.
constexpr const char* allowed[] = {"ESRI Shapefile",
                                   "MapInfo File",
                                   "GPKG",
                                   "GeoJSON",
                                   "GeoJSONSeq",
                                   "ESRIJSON",
                                   "TopoJSON",
                                   "CSV",
                                   "GML",
                                   "LIBKML",
                                   "KML",
                                   "GPX",
                                   "SQLite",
                                   "OSM",
                                   "OpenFileGDB",
                                   "FlatGeobuf",
                                   "DXF",
                                   "DGN",
                                   "XLSX",
                                   "XLS",
                                   "ODS",
                                   "S57",
                                   "AVCBin",
                                   "AVCE00",
                                   "MVT",
                                   "OGR_GMT",
                                   "GeoRSS",
                                   "Geoconcept",
                                   "JML",
                                   "WAsP",
                                   "SVG",
                                   "MapML",
                                   "SXF",
                                   "EDIGEO",
                                   "VDV",
                                   "OGR_SDTS",
                                   "UK .NTF",
                                   "VFK",
                                   "LVBAG",
                                   "CAD",
                                   "Selafin",
                                   "Interlis 1",
                                   "TIGER",
                                   "Idrisi",
                                   "OGR_VRT",
                                   nullptr};

void CPL_STDCALL heard(CPLErr level, CPLErrorNum number, const char* text) {
    auto* errors = static_cast<OgrErrors*>(CPLGetErrorHandlerUserData());
    if (number == CPLE_OutOfMemory)
        ::_exit(exitMemory);
    if (level == CE_Warning)
        errors->lastWarning = text;
    if (level == CE_Failure || level == CE_Fatal)
        errors->last = text;
}

// UTF-16 tables, as spreadsheets save "Unicode text", become UTF-8 in memory: the CSV driver knows only
// bytes.
std::optional<std::string> utf16AsUtf8(const std::string& name) {
    VSIStatBufL status;
    VSILFILE* file = VSIStatL(name.c_str(), &status) == 0 && status.st_size < (256 << 20)
                         ? VSIFOpenL(name.c_str(), "rb")
                         : nullptr;
    if (!file)
        return {};
    std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
    const std::size_t head = VSIFReadL(bytes.data(), 1, std::min<std::size_t>(2, bytes.size()), file);
    const bool little = head == 2 && bytes.starts_with("\xff\xfe"),
               big = head == 2 && bytes.starts_with("\xfe\xff");
    if (little || big)
        bytes.resize(2 + VSIFReadL(bytes.data() + 2, 1, bytes.size() - 2, file));
    VSIFCloseL(file);
    if (!little && !big)
        return {};
    std::u16string units;
    for (std::size_t i = 2; i + 1 < bytes.size(); i += 2) {
        const auto first = static_cast<unsigned char>(bytes[i]),
                   second = static_cast<unsigned char>(bytes[i + 1]);
        units += static_cast<char16_t>(little ? first | second << 8 : first << 8 | second);
    }
    std::string text;
    icu::UnicodeString(units.data(), static_cast<std::int32_t>(units.size())).toUTF8String(text);
    const std::string out = "/vsimem/" + std::string(CPLGetBasename(name.c_str())) + ".csv";
    VSILFILE* memory = VSIFOpenL(out.c_str(), "wb");
    const bool whole = memory && VSIFWriteL(text.data(), 1, text.size(), memory) == text.size();
    if (memory)
        VSIFCloseL(memory);
    return whole ? std::optional(out) : std::nullopt;
}

// An archive that no driver takes as it is may hold exactly one thing that one does.
std::string insideArchive(const std::string& name) {
    if (!name.starts_with("/vsizip/"))
        return name;
    CPLStringList entries(VSIReadDirRecursive(name.c_str()));
    std::string found;
    for (int i = 0; i < entries.size(); ++i) {
        const std::string extension = asciiLower(CPLGetExtension(entries[i]));
        for (const char* wanted :
             {"shp", "gpkg", "geojson", "json", "kml", "csv", "gml", "gpx", "tab", "fgb", "xlsx"})
            if (extension == wanted) {
                if (!found.empty())
                    return name;
                found = name + "/" + entries[i];
            }
    }
    return found.empty() ? name : found;
}

GDALDataset* open(const std::string& name, const CPLStringList& options) {
    return static_cast<GDALDataset*>(GDALOpenEx(name.c_str(),
                                                GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                                                allowed, options.List(), nullptr));
}

CPLStringList optionsFor(const std::string& driver) {
    CPLStringList options;
    if (driver == "CSV") {
        options.SetNameValue("EMPTY_STRING_AS_NULL", "YES");
    } else if (driver == "ESRI Shapefile") {
        options.SetNameValue("ENCODING", "");
    } else if (driver == "MVT") {
        options.SetNameValue("CLIP", "NO"); // clipping drops what a tile holds beyond its edge
    } else if (driver == "GML") {
        options.SetNameValue("WRITE_GFS", "NO");
        options.SetNameValue("DOWNLOAD_SCHEMA", "NO");
    }
    return options;
}

// A sheet of nothing but text, whose head the driver takes for a row and calls its columns Field1, Field2,
// ...
bool headIsARow(GDALDataset& dataset) {
    for (int i = 0; i < dataset.GetLayerCount(); ++i) {
        OGRLayer& layer = *dataset.GetLayer(i);
        const OGRFeatureDefn& columns = *layer.GetLayerDefn();
        layer.ResetReading();
        const OGRFeatureUniquePtr first(layer.GetNextFeature());
        layer.ResetReading();
        std::vector<std::string> texts;
        for (int f = 0; first && f < columns.GetFieldCount(); ++f) {
            const std::string text = first->GetFieldAsString(f);
            if (columns.GetFieldDefn(f)->GetNameRef() != "Field" + std::to_string(f + 1) || text.empty() ||
                text.find_first_of("0123456789") == 0 ||
                std::find(texts.begin(), texts.end(), text) != texts.end())
                return false;
            texts.push_back(text);
        }
        if (texts.size() > 1 && layer.GetFeatureCount() > 1)
            return true;
    }
    return false;
}

std::string declaredBy(OGRLayer* layer) {
    if (const char* cpg = layer->GetMetadataItem("CPG_VALUE", "SHAPEFILE"); cpg && *cpg)
        return cpg;
    // 0 says nothing and 0x57 is what every writer puts there who has not thought about it.
    const char* mark = layer->GetMetadataItem("LDID_VALUE", "SHAPEFILE");
    const char* encoding = layer->GetMetadataItem("ENCODING_FROM_LDID", "SHAPEFILE");
    if (mark && encoding && *encoding && std::string(mark) != "0" && std::string(mark) != "87")
        return encoding;
    return {};
}

// A layer that declares no kind is what its first features are.
Shape shapeOfFirst(OGRLayer& layer) {
    Shape out = Shape::none;
    layer.ResetReading();
    for (int seen = 0; seen < 100; ++seen) {
        const OGRFeatureUniquePtr feature(layer.GetNextFeature());
        if (!feature)
            break;
        if (const OGRGeometry* geometry = feature->GetGeometryRef())
            out = std::max(out, shapeOf(geometry->getGeometryType()));
    }
    layer.ResetReading();
    return out;
}

std::string firstLine(std::string text) {
    return text.substr(0, std::min<std::size_t>(text.find('\n'), 300));
}

} // namespace

OgrErrors::OgrErrors() {
    CPLPushErrorHandlerEx(heard, this);
}

OgrErrors::~OgrErrors() {
    CPLPopErrorHandler();
}

void registerDrivers() {
    CPLSetConfigOption("GML_SKIP_RESOLVE_ELEMS", "ALL");
    CPLSetConfigOption("GDAL_HTTP_MAX_RETRY", "0");
    CPLSetConfigOption("OGR_SQLITE_LOAD_EXTENSIONS", nullptr);
    CPLSetConfigOption("OGR_GEOJSON_MAX_OBJ_SIZE", "0");
    GDALAllRegister();
}

Result<OpenedSource> openSource(const ReadRequest& request, OgrErrors& errors) {
    const std::string& source = request.spec.source;
    std::string name = request.ogrName;
    const std::string extension = asciiLower(CPLGetExtension(name.c_str()));
    if (extension == "csv" || extension == "tsv" || extension == "txt")
        if (const auto utf8 = utf16AsUtf8(name))
            name = *utf8;
    GDALDriverH identified = GDALIdentifyDriverEx(name.c_str(), GDAL_OF_VECTOR, allowed, nullptr);
    std::string driver = identified ? GDALGetDriverShortName(identified) : "";
    OpenedSource out;
    out.dataset.reset(open(name, optionsFor(driver)));
    if (!out.dataset) {
        const std::string inner = insideArchive(name);
        if (inner != name) {
            identified = GDALIdentifyDriverEx(inner.c_str(), GDAL_OF_VECTOR, allowed, nullptr);
            driver = identified ? GDALGetDriverShortName(identified) : "";
            out.dataset.reset(open(inner, optionsFor(driver)));
        }
    }
    if (!out.dataset) {
        if (!identified)
            identified = GDALIdentifyDriverEx(name.c_str(), GDAL_OF_VECTOR, nullptr, nullptr);
        driver = identified ? GDALGetDriverShortName(identified) : "";
        const bool known = std::any_of(std::begin(allowed), std::end(allowed) - 1,
                                       [&](const char* one) { return driver == one; });
        if (identified && !known)
            return refused("driverRefused", {{"path", source}, {"driver", driver}});
        const std::string cause = errors.last.empty() ? "no format we know" : firstLine(errors.last);
        return refused("sourceUnreadable", {{"path", source}, {"cause", cause}});
    }
    out.driver = out.dataset->GetDriverName();
    if (out.driver == "ESRI Shapefile") {
        if (driver != out.driver) { // not foreseen, so opened with its own recoding
            out.dataset.reset();
            out.dataset.reset(open(name, optionsFor("ESRI Shapefile")));
        }
        if (out.dataset && out.dataset->GetLayerCount() > 0)
            out.declaredEncoding = declaredBy(out.dataset->GetLayer(0));
    }
    if ((out.driver == "XLSX" || out.driver == "ODS" || out.driver == "XLS") && headIsARow(*out.dataset)) {
        CPLSetConfigOption(("OGR_" + out.driver + "_HEADERS").c_str(), "FORCE");
        out.dataset.reset();
        out.dataset.reset(open(name, optionsFor(out.driver)));
    }
    if (!out.dataset)
        return refused("sourceUnreadable", {{"path", source}, {"cause", firstLine(errors.last)}});
    out.undeclaredText =
        out.driver == "ESRI Shapefile" || out.driver == "CSV" || out.driver == "MapInfo File";
    return out;
}

Result<OGRLayer*> chooseLayer(OpenedSource& source, const ReadRequest& request,
                              std::optional<Message>& choice) {
    GDALDataset& dataset = *source.dataset;
    std::vector<std::string> names;
    for (int i = 0; i < dataset.GetLayerCount(); ++i)
        names.emplace_back(dataset.GetLayer(i)->GetName());
    OGRLayer* layer = nullptr;
    if (!request.layer.empty()) {
        layer = dataset.GetLayerByName(request.layer.c_str());
        if (!layer)
            return refused("layerMissing", {{"path", source.dataset->GetDescription()},
                                            {"layer", request.layer},
                                            {"known", joined(names, ", ")}});
    } else if (dataset.GetLayerCount() > 0) {
        layer = dataset.GetLayer(0);
        if (dataset.GetLayerCount() > 1) {
            if (source.driver != "OSM")
                for (int i = 0; i < dataset.GetLayerCount(); ++i)
                    if (dataset.GetLayer(i)->GetFeatureCount() > 0) {
                        layer = dataset.GetLayer(i);
                        break;
                    }
            choice = Message{
                "layerChosen",
                {{"path", request.spec.source}, {"layer", layer->GetName()}, {"known", joined(names, ", ")}}};
        }
    }
    if (!layer)
        return refused("sourceEmpty", {{"path", request.spec.source}});
    // The OSM driver gives a single layer's features in order only when asked by SQL.
    if (source.driver == "OSM")
        if (OGRLayer* only = dataset.ExecuteSQL(
                ("SELECT * FROM \"" + std::string(layer->GetName()) + "\"").c_str(), nullptr, nullptr))
            layer = only;
    return layer;
}

Shape shapeOf(OGRwkbGeometryType type) {
    switch (wkbFlatten(OGR_GT_GetLinear(type))) {
    case wkbPoint:
    case wkbMultiPoint:
        return Shape::point;
    case wkbLineString:
    case wkbMultiLineString:
    case wkbLinearRing:
        return Shape::line;
    case wkbPolygon:
    case wkbMultiPolygon:
    case wkbTriangle:
    case wkbTIN:
    case wkbPolyhedralSurface:
        return Shape::polygon;
    default:
        return Shape::none;
    }
}

FieldType typeOf(const OGRFieldDefn& field) {
    switch (field.GetType()) {
    case OFTInteger:
        return field.GetSubType() == OFSTBoolean ? FieldType::boolean : FieldType::integer;
    case OFTInteger64:
        return FieldType::integer;
    case OFTReal:
        return FieldType::real;
    case OFTDate:
        return FieldType::date;
    case OFTTime:
        return FieldType::time;
    case OFTDateTime:
        return FieldType::dateTime;
    case OFTBinary:
        return FieldType::binary;
    default:
        return FieldType::text;
    }
}

std::vector<LayerFacts> factsOf(OpenedSource& source) {
    GDALDataset& dataset = *source.dataset;
    const bool interleaved = dataset.TestCapability(ODsCRandomLayerRead);
    std::map<OGRLayer*, std::int64_t> counts;
    if (interleaved) {
        OGRLayer* of = nullptr;
        while (OGRFeature* feature = dataset.GetNextFeature(&of, nullptr, nullptr, nullptr)) {
            ++counts[of];
            OGRFeature::DestroyFeature(feature);
        }
    }
    std::vector<LayerFacts> out;
    for (int i = 0; i < dataset.GetLayerCount(); ++i) {
        OGRLayer* layer = dataset.GetLayer(i);
        LayerFacts& facts = out.emplace_back();
        facts.name = layer->GetName();
        facts.driver = source.driver;
        facts.features = interleaved ? counts[layer] : layer->GetFeatureCount();
        facts.hasGeometry = layer->GetGeomType() != wkbNone;
        facts.shape = shapeOf(layer->GetGeomType());
        if (facts.hasGeometry && facts.shape == Shape::none && !interleaved)
            facts.shape = shapeOfFirst(*layer);
        facts.encoding = source.declaredEncoding;
        OGRFeatureDefn* definition = layer->GetLayerDefn();
        for (int f = 0; f < definition->GetFieldCount(); ++f)
            facts.fields.push_back(
                {definition->GetFieldDefn(f)->GetNameRef(), typeOf(*definition->GetFieldDefn(f))});
        if (const OGRSpatialReference* crs = layer->GetSpatialRef()) {
            const char* authority = crs->GetAuthorityName(nullptr);
            const char* code = crs->GetAuthorityCode(nullptr);
            facts.crs = authority && code ? std::string(authority) + ":" + code
                        : crs->GetName()  ? crs->GetName()
                                          : "";
        }
    }
    return out;
}

} // namespace vedette::layers
