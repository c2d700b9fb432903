// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/window_settings.h"

#include <QDir>
#include <QSettings>

namespace vedette::console {

namespace {
QString fileOf(const std::filesystem::path& workspace) {
    return QString::fromStdString((workspace / ".vedette" / "window.ini").string());
}
QString key(const char* name) {
    return QString::fromLatin1(name);
}
} // namespace

WindowSettings WindowSettings::load(const std::filesystem::path& workspace) {
    const QSettings file(fileOf(workspace), QSettings::IniFormat);
    WindowSettings held;
    held.geometry = file.value(key("window/geometry")).toByteArray();
    for (const QVariant& splitter : file.value(key("window/splitters")).toList())
        held.splitters << splitter.toByteArray();
    held.arranged = file.value(key("window/arranged")).toSize();
    if (file.contains(key("map/layers")))
        held.layers = file.value(key("map/layers")).toStringList();
    if (const QString theme = file.value(key("window/theme")).toString(); !theme.isEmpty())
        held.theme = theme == QStringLiteral("light") ? map::Theme::light : map::Theme::dark;
    if (const QString language = file.value(key("window/language")).toString(); !language.isEmpty())
        held.language = language;
    if (file.contains(key("map/metresPerPixel")))
        held.view = Looked{file.value(key("map/x")).toDouble(), file.value(key("map/y")).toDouble(),
                           file.value(key("map/metresPerPixel")).toDouble(),
                           file.value(key("map/rotation")).toDouble()};
    if (held.view && !(held.view->metresPerPixel > 0))
        held.view.reset();
    held.ticket = file.value(key("window/ticket")).toString();
    held.unit = file.value(key("window/unit")).toString();
    held.desk = file.value(key("window/desk")).toString();
    held.coordinates = file.value(key("map/coordinates")).toString();
    held.overview = file.value(key("map/overview")).toBool();
    held.reducedMotion = file.value(key("map/reducedMotion")).toBool();
    held.sound = file.value(key("window/sound"), true).toBool();
    return held;
}

void WindowSettings::save(const std::filesystem::path& workspace) const {
    QDir().mkpath(QString::fromStdString((workspace / ".vedette").string()));
    QSettings file(fileOf(workspace), QSettings::IniFormat);
    file.setValue(key("window/geometry"), geometry);
    QVariantList parts;
    for (const QByteArray& splitter : splitters)
        parts << splitter;
    file.setValue(key("window/splitters"), parts);
    file.setValue(key("window/arranged"), arranged);
    if (layers)
        file.setValue(key("map/layers"), *layers);
    if (theme)
        file.setValue(key("window/theme"), *theme == map::Theme::light ? key("light") : key("dark"));
    if (language)
        file.setValue(key("window/language"), *language);
    if (view) {
        file.setValue(key("map/x"), view->x);
        file.setValue(key("map/y"), view->y);
        file.setValue(key("map/metresPerPixel"), view->metresPerPixel);
        file.setValue(key("map/rotation"), view->rotation);
    }
    file.setValue(key("window/ticket"), ticket);
    file.setValue(key("window/unit"), unit);
    file.setValue(key("window/desk"), desk);
    file.setValue(key("map/coordinates"), coordinates);
    file.setValue(key("map/overview"), overview);
    file.setValue(key("map/reducedMotion"), reducedMotion);
    file.setValue(key("window/sound"), sound);
}

QStringList recentWorkspaces() {
    const QSettings own(key("vedette"), key("vedette"));
    return own.value(key("recent")).toStringList();
}

void rememberWorkspace(const QString& folder) {
    QSettings own(key("vedette"), key("vedette"));
    QStringList list = own.value(key("recent")).toStringList();
    list.removeAll(folder);
    list.prepend(folder);
    own.setValue(key("recent"), list.mid(0, 8));
}

} // namespace vedette::console
