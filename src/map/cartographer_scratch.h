// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>

namespace vedette::map {

// The folder a helper may write to; gone with this object. What killed consoles left behind is swept when one
// is made.
class CartographerScratch {
public:
    CartographerScratch();
    bool ok() const { return folder_.isValid(); }
    QString path() const { return folder_.path(); }

private:
    QTemporaryDir folder_;
};

} // namespace vedette::map
