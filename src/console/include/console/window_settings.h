// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/scene.h"

#include <QByteArray>
#include <QSize>
#include <QString>
#include <QStringList>

#include <filesystem>
#include <optional>

namespace vedette::console {

// What a person arranged in the window of one workspace, kept in <workspace>/.vedette/window.ini, never in
// workspace.toml.
struct WindowSettings {
    QByteArray geometry;
    QList<QByteArray> splitters; // in the window's order
    QSize arranged;              // the window's size when its parts were arranged so
    std::optional<QStringList> layers;
    std::optional<map::Theme> theme;
    std::optional<QString> language;
    struct Looked {
        double x, y, metresPerPixel, rotation = 0; // rotation: degrees
    };
    std::optional<Looked> view;
    QString ticket, unit; // what was chosen, by number and code; empty: nothing
    QString coordinates;  // how places are written (coordinate_words.h)
    bool overview = false, reducedMotion = false;
    bool sound = true;
    QString desk; // code of the desk whose scope was shown; empty: the whole city

    static WindowSettings load(const std::filesystem::path& workspace);
    void save(const std::filesystem::path& workspace) const; // silently not, where the folder is read-only
};

// Workspaces opened lately, newest first, in the user's own settings.
QStringList recentWorkspaces();
void rememberWorkspace(const QString& folder);

} // namespace vedette::console
