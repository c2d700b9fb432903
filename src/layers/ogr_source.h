// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "read_request.h"
#include "text_decoding.h"

#include <gdal_priv.h>
#include <memory>
#include <ogrsf_frmts.h>
#include <optional>

namespace vedette::layers {

// For the reader child only: everything here may crash, hang or eat memory.

// Collects what GDAL says while it lives; the last thing said is the cause of a failure.
class OgrErrors {
public:
    OgrErrors();
    ~OgrErrors();
    OgrErrors(const OgrErrors&) = delete;
    std::string last; // of failures
    std::string lastWarning;
};

struct DatasetClose {
    void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};

struct OpenedSource {
    std::unique_ptr<GDALDataset, DatasetClose> dataset;
    std::string driver;
    // Set where the driver hands out the file's bytes as they are and nothing declares what they are.
    bool undeclaredText = false;
    std::string declaredEncoding; // by .cpg or the dbf's own mark
};

// Registers the drivers we allow and no others.
void registerDrivers();
Result<OpenedSource> openSource(const ReadRequest& request, OgrErrors& errors);
// The layer the request names, or the only one with features, or the first (then `choice` says which of
// which).
Result<OGRLayer*> chooseLayer(OpenedSource& source, const ReadRequest& request,
                              std::optional<Message>& choice);
std::vector<LayerFacts> factsOf(OpenedSource& source);

Shape shapeOf(OGRwkbGeometryType type);
FieldType typeOf(const OGRFieldDefn& field);

} // namespace vedette::layers
