// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/risk_surface.h"

#include "console/wording.h"

#include <QDir>
#include <QSettings>

#include <algorithm>
#include <cmath>

namespace vedette::console {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(RiskSurface)
};

QString fileOf(const std::filesystem::path& workspace) {
    return QString::fromStdString((workspace / ".vedette" / "window.ini").string());
}

QString key(const char* name) {
    return QStringLiteral("heat/") + QLatin1String(name);
}

} // namespace

int daysOf(const HeatChoice& choice) {
    if (!choice.from || !choice.till)
        return choice.days;
    return static_cast<int>(std::lround(std::chrono::duration<double, std::ratio<86400>>(*choice.till - *choice.from).count()));
}

dispatch::PastChoice pastOf(const dispatch::City& city, const HeatChoice& choice) {
    dispatch::PastChoice past;
    past.category = choice.category, past.hours = choice.hours;
    const dispatch::History& history = *city.history;
    if (history.empty())
        return past;
    const auto end = history.at(history.size() - 1) + std::chrono::milliseconds(1);
    past.till = choice.till.value_or(end);
    past.from = choice.from.value_or(past.till - std::chrono::hours(24) * choice.days);
    past.from = std::max(past.from, history.at(0)); // days that nobody wrote down aren't quiet days
    return past;
}

RiskSurface riskSurface(const dispatch::City& city, const HeatChoice& choice, const std::atomic<bool>* cancel,
                        const layers::Box* area) {
    return riskSurface(city, choice, pastOf(city, choice), cancel, area);
}

RiskSurface riskSurface(const dispatch::City& city, const HeatChoice& choice, const dispatch::PastChoice& past,
                        const std::atomic<bool>* cancel, const layers::Box* area) {
    RiskSurface out;
    if (city.areas.size() == 0 || past.till <= past.from)
        return out;
    const auto points = heatPoints(city, past, choice.bySeverity, cancel);
    out.points = points.size();
    layers::Box extent;
    for (const layers::HeatPoint& point : points)
        extent.add(point.at);
    layers::HeatSettings& settings = out.settings;
    settings.bandwidthMetres = choice.bandwidthMetres;
    settings.kernel = choice.kernel;
    settings.halfLifeDays = choice.halfLifeDays;
    settings.days = std::chrono::duration<double, std::ratio<86400>>(past.till - past.from).count();
    const layers::Box& cityBox = city.areas.extent(); // a mistyped coordinate must not stretch the surface
    const double beyond = choice.bandwidthMetres;
    settings.extent.minX = std::max(extent.minX, cityBox.minX) - beyond;
    settings.extent.minY = std::max(extent.minY, cityBox.minY) - beyond;
    settings.extent.maxX = std::min(extent.maxX, cityBox.maxX) + beyond;
    settings.extent.maxY = std::min(extent.maxY, cityBox.maxY) + beyond;
    if (area)
        settings.extent = *area;
    if (points.empty() || settings.extent.empty())
        return out;
    const double pixel =
        std::max({beyond / 16, settings.extent.width() / 1600, settings.extent.height() / 1600});
    settings.width = std::max(1, static_cast<int>(settings.extent.width() / pixel));
    settings.height = std::max(1, static_cast<int>(settings.extent.height() / pixel));
    if (auto surface = layers::heat(points, settings, 2, cancel))
        out.surface = std::make_shared<layers::HeatSurface>(std::move(surface).value());
    return out;
}

HeatChoice keptHeat(const std::filesystem::path& workspace) {
    const QSettings file(fileOf(workspace), QSettings::IniFormat);
    HeatChoice choice;
    const auto positive = [&](const char* name, double otherwise, double most) {
        const double value = file.value(key(name), otherwise).toDouble();
        return value > 0 && value <= most ? value : otherwise;
    };
    choice.bandwidthMetres = positive("bandwidth", choice.bandwidthMetres, 1e5);
    choice.days = static_cast<int>(positive("days", choice.days, 36'500));
    choice.halfLifeDays = positive("halfLife", 0, 36'500);
    if (const double scale = positive("scale", 0, 1e9); scale > 0)
        choice.scaleMax = scale, choice.scaleFixed = true;
    choice.kernel = file.value(key("kernel")).toString() == QStringLiteral("gaussian") ? layers::Kernel::gaussian
                                                                                      : layers::Kernel::quartic;
    choice.bySeverity = file.value(key("bySeverity"), false).toBool();
    choice.category = s(file.value(key("category")).toString());
    if (const std::string hours = s(file.value(key("hours")).toString());
        hours.size() == choice.hours.size() && hours.find_first_not_of("01") == std::string::npos &&
        hours.find('1') != std::string::npos)
        choice.hours = dispatch::WeekHours(hours);
    const auto moment = [&](const char* name) -> std::optional<layers::Instant> {
        if (!file.contains(key(name)))
            return std::nullopt;
        return layers::Instant(std::chrono::milliseconds(file.value(key(name)).toLongLong()));
    };
    choice.from = moment("from"), choice.till = moment("till");
    if (choice.from && choice.till && *choice.till <= *choice.from)
        choice.from.reset(), choice.till.reset();
    return choice;
}

void keepHeat(const HeatChoice& choice, const std::filesystem::path& workspace) {
    QDir().mkpath(QString::fromStdString((workspace / ".vedette").string()));
    QSettings file(fileOf(workspace), QSettings::IniFormat);
    file.remove(QStringLiteral("heat"));
    file.setValue(key("bandwidth"), choice.bandwidthMetres);
    file.setValue(key("days"), choice.days);
    file.setValue(key("halfLife"), choice.halfLifeDays);
    if (choice.scaleFixed)
        file.setValue(key("scale"), choice.scaleMax);
    file.setValue(key("kernel"), choice.kernel == layers::Kernel::gaussian ? QStringLiteral("gaussian")
                                                                           : QStringLiteral("quartic"));
    file.setValue(key("bySeverity"), choice.bySeverity);
    file.setValue(key("category"), q(choice.category));
    file.setValue(key("hours"), q(choice.hours.to_string()));
    if (choice.from)
        file.setValue(key("from"), qlonglong(choice.from->time_since_epoch().count()));
    if (choice.till)
        file.setValue(key("till"), qlonglong(choice.till->time_since_epoch().count()));
}

QString filterWords(const HeatChoice& choice) {
    QStringList words;
    if (!choice.category.empty())
        words << q(choice.category) + u'*';
    if (choice.bySeverity)
        words << Text::tr("by severity");
    if (choice.halfLifeDays > 0)
        words << Text::tr("half-life %1 d").arg(choice.halfLifeDays);
    if (!choice.hours.all())
        words << Text::tr("%1 of 168 h").arg(choice.hours.count());
    if (choice.kernel == layers::Kernel::gaussian)
        words << Text::tr("Gaussian");
    return words.join(QStringLiteral(" · "));
}

} // namespace vedette::console
