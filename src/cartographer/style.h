// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/message.h"

#include <qgsvectorlayer.h>

#include <QJsonObject>

#include <memory>
#include <variant>
#include <vector>

namespace vedette::cartographer {

// Failures: styleUnreadable {cause}, styleUnsupported {renderer}.
std::variant<wire::StyleConverted, wire::Said> convertStyle(const wire::ConvertStyle& convert);

// What a layer looks like as our JSON (docs/styles.md); what has no place in it is added to `lost`, each
// thing once. Empty: its renderer is of a kind that has none at all.
QJsonObject styleOf(const QgsVectorLayer& layer, const std::string& geometry, std::vector<wire::Said>& lost);

} // namespace vedette::cartographer
