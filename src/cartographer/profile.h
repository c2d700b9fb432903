// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>

namespace vedette::cartographer {

// A QGIS profile that lives as long as the process, in the temporary folder; the user's own is neither read
// nor written, and data files that are only looked at stay as they are. Make it before QgsApplication.
class Profile {
public:
    Profile();
    bool ok() const { return folder_.isValid(); }
    QString path() const { return folder_.path(); }
    // Empties it. The folder itself may lie where this process can't remove anything: the next one sweeps it.
    void remove();

private:
    QTemporaryDir folder_;
};

} // namespace vedette::cartographer
