// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/errand.h"

#include <qgsfeaturestore.h>

#include <QString>

namespace vedette::cartographer {

// A value as it stands on the wire: at most wire::longestAttribute characters, then an ellipsis.
std::string shortened(const QString& text);

// What a server has said, as found: its words without control characters, at most wire::mostAttributes of them.
void addFeatures(const std::string& layer, const QgsFeatureStoreList& stores, wire::Identified& into);
// A line is an attribute: "name = value" and "name: value" are taken apart, others have no name. Lines of rules
// and brackets are left out, and all of it where it says that nothing was found.
void addText(const std::string& layer, const QString& text, wire::Identified& into);
void addHtml(const std::string& layer, const QString& html, wire::Identified& into); // as the text it shows

} // namespace vedette::cartographer
