// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/session_bus.h"

#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace vedette::console {
namespace {

QByteArray addressAfter(const QByteArray& address, const QString& runtimeFolder) {
    qputenv("DBUS_SESSION_BUS_ADDRESS", address);
    qputenv("XDG_RUNTIME_DIR", runtimeFolder.toUtf8());
    keepFromLaunchingBus();
    return qgetenv("DBUS_SESSION_BUS_ADDRESS");
}

TEST(SessionBus, IsNotLaunchedWhereTheSessionHasNone) {
    const QTemporaryDir runtime;
    ASSERT_TRUE(runtime.isValid());
    EXPECT_EQ(addressAfter({}, {}), "disabled:");
    EXPECT_EQ(addressAfter({}, runtime.path()), "disabled:");
}

TEST(SessionBus, TheOneThereIsIsUsed) {
    EXPECT_EQ(addressAfter("unix:path=/run/somewhere", {}), "unix:path=/run/somewhere");
    const QTemporaryDir runtime;
    QFile bus(runtime.filePath(QStringLiteral("bus")));
    ASSERT_TRUE(bus.open(QIODevice::WriteOnly));
    EXPECT_EQ(addressAfter({}, runtime.path()), "");
}

} // namespace
} // namespace vedette::console
