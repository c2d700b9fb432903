// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile.h"

#include <QDir>
#include <QSettings>

#include <cerrno>
#include <csignal>
#include <sys/types.h>
#include <unistd.h>

namespace vedette::cartographer {

namespace {

const QString prefix = QStringLiteral("vedette-cartographer-");

// A killed helper can't remove its folder; the next one does.
void sweep() {
    const QDir folder(QDir::tempPath());
    for (const QFileInfo& left : folder.entryInfoList({prefix + QStringLiteral("*")}, QDir::Dirs)) {
        bool number = false;
        const auto pid = left.fileName().mid(prefix.size()).section(QLatin1Char('-'), 0, 0).toInt(&number);
        if (number && pid > 0 && left.ownerId() == ::getuid() && ::kill(pid, 0) != 0 && errno == ESRCH)
            QDir(left.absoluteFilePath()).removeRecursively();
    }
}

QString folderTemplate() {
    return QDir::tempPath() + QLatin1Char('/') + prefix + QString::number(::getpid()) +
           QStringLiteral("-XXXXXX");
}

} // namespace

Profile::Profile() : folder_((sweep(), folderTemplate())) {
    if (!ok())
        return;
    qputenv("XDG_CONFIG_HOME", path().toLocal8Bit());
    qputenv("XDG_DATA_HOME", path().toLocal8Bit());
    qputenv("TMPDIR", path().toLocal8Bit()); // what QGIS unpacks goes with it
    // GDAL writes statistics beside rasters it has looked at, unless told not to.
    qputenv("GDAL_PAM_ENABLED", "NO");
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, path());
}

void Profile::remove() {
    folder_.setAutoRemove(false);
    QDir(path()).removeRecursively();
}

} // namespace vedette::cartographer
