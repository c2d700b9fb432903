// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/reference.h"

#include <QStringList>

namespace vedette::console {

// "03.2 Fight": how a category is offered; a code that is its own name stands once.
QString categoryText(const dispatch::Duty& duty);
QStringList categoryTexts(const std::vector<dispatch::Duty>& duties);
// The code of what was typed: as it is offered, the code itself in any case, else the first whose text holds
// it; nullopt when the catalogue knows nothing like it. Without a catalogue every word is a category.
std::optional<std::string> categoryTyped(const std::vector<dispatch::Duty>& duties, const QString& typed);

} // namespace vedette::console
