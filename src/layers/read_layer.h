// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ogr_source.h"

namespace vedette::layers {

// The whole road of one source, in the reader child: open, map, place, repair, write request.output.
Status readLayer(const ReadRequest& request, const std::function<void(double)>& progress);

// Facts of every layer, with the encoding the bytes look like. Child only.
Result<std::vector<LayerFacts>> readFacts(const ReadRequest& request);

// A VRT names other data: nothing it names may lie outside the allowed folders or on the network.
Status checkReferences(const ReadRequest& request);

} // namespace vedette::layers
