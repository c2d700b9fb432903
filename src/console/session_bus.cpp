// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/session_bus.h"

#include <QFileInfo>
#include <QString>

namespace vedette::console {

void keepFromLaunchingBus() {
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        return;
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (!runtime.isEmpty() && QFileInfo::exists(runtime + QStringLiteral("/bus")))
        return; // found there without launching anything
    qputenv("DBUS_SESSION_BUS_ADDRESS", "disabled:");
}

} // namespace vedette::console
