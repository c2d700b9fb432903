// SPDX-License-Identifier: GPL-3.0-or-later
#include "cartographer_scratch.h"

#include <QDir>

#include <cerrno>
#include <csignal>
#include <unistd.h>

namespace vedette::map {

namespace {

const QString prefix = QStringLiteral("vedette-maps-");

QString swept() {
    const QDir folder(QDir::tempPath());
    for (const QFileInfo& left : folder.entryInfoList({prefix + QStringLiteral("*")}, QDir::Dirs)) {
        bool number = false;
        const auto pid = left.fileName().mid(prefix.size()).section(QLatin1Char('-'), 0, 0).toInt(&number);
        if (number && pid > 0 && left.ownerId() == ::getuid() && ::kill(pid, 0) != 0 && errno == ESRCH)
            QDir(left.absoluteFilePath()).removeRecursively();
    }
    return folder.filePath(QStringLiteral("%1%2-XXXXXX").arg(prefix).arg(::getpid()));
}

} // namespace

CartographerScratch::CartographerScratch() : folder_(swept()) {}

} // namespace vedette::map
