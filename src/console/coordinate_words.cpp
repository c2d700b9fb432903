// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/coordinate_words.h"

#include "console/wording.h"
#include "layers/coordinates.h"

#include <QCoreApplication>

#include <cmath>

namespace vedette::console {

namespace {

struct CoordinateNames {
    Q_DECLARE_TR_FUNCTIONS(CoordinateWords)
};
QString tr(const char* text) {
    return CoordinateNames::tr(text);
}

QString figure(double value, int digits) {
    return QString::number(value, 'f', digits);
}

} // namespace

QString coordinateWords(const dispatch::City& city, CoordinateForm form, layers::Point at) {
    const auto areas = city.areas.at(at);
    if (form == CoordinateForm::grid) {
        if (areas.empty())
            return tr("in no area");
        QStringList codes; // the most responsible civil one, and the police one
        bool civil = false, police = false;
        for (const auto index : areas) {
            const layers::Area& area = city.areas[index];
            bool& had = area.kind >= layers::AreaKind::bureau ? police : civil;
            if (!had)
                codes << Words::oneArea(area.kind) + u' ' + grouped(area.code);
            had = true;
        }
        return codes.join(QStringLiteral(" · "));
    }
    QString text;
    const layers::LonLat degrees = city.crs.toLonLat(at);
    if (form == CoordinateForm::working)
        text = QStringLiteral("%1 E %2 N").arg(figure(at.x, 1), figure(at.y, 1));
    else if (!std::isfinite(degrees.lon) || !std::isfinite(degrees.lat))
        text = QStringLiteral("—");
    else if (form == CoordinateForm::minutes)
        text = q(layers::dmsText(degrees));
    else
        text = QStringLiteral("%1 %2 %3 %4")
                   .arg(figure(std::abs(degrees.lon), 5))
                   .arg(degrees.lon < 0 ? QChar(u'W') : QChar(u'E'))
                   .arg(figure(std::abs(degrees.lat), 5))
                   .arg(degrees.lat < 0 ? QChar(u'S') : QChar(u'N'));
    return areas.empty() ? text : grouped(city.areas[areas.front()].code) + QStringLiteral(" · ") + text;
}

QString coordinatePaste(const dispatch::City& city, CoordinateForm form, layers::Point at) {
    if (form == CoordinateForm::grid) {
        const auto areas = city.areas.at(at);
        return areas.empty() ? QString() : q(city.areas[areas.front()].code);
    }
    if (form == CoordinateForm::working)
        return q(layers::workingText(at));
    const layers::LonLat degrees = city.crs.toLonLat(at);
    if (!std::isfinite(degrees.lon) || !std::isfinite(degrees.lat))
        return {};
    return q(form == CoordinateForm::minutes ? layers::dmsText(degrees) : layers::decimalText(degrees));
}

QString formName(CoordinateForm form) {
    switch (form) {
    case CoordinateForm::minutes:
        return tr("degrees, minutes and seconds");
    case CoordinateForm::working:
        return tr("metres of the workspace");
    case CoordinateForm::grid:
        return tr("area code");
    case CoordinateForm::degrees:
        break;
    }
    return tr("degrees");
}

QString toText(CoordinateForm form) {
    static const char* const names[] = {"degrees", "minutes", "working", "grid"};
    return QLatin1String(names[static_cast<int>(form)]);
}

CoordinateForm coordinateForm(const QString& text) {
    for (const CoordinateForm form : coordinateForms)
        if (toText(form) == text)
            return form;
    return CoordinateForm::degrees;
}

QString metresText(double metres) {
    return metres < 1000     ? figure(metres, 1) + QStringLiteral(" m")
           : metres < 100000 ? figure(metres / 1000, 3) + QStringLiteral(" km")
                             : figure(metres / 1000, 1) + QStringLiteral(" km");
}

QString squareMetresText(double squareMetres) {
    return squareMetres < 1e5   ? figure(squareMetres, 0) + QStringLiteral(" m²")
           : squareMetres < 1e9 ? figure(squareMetres / 1e6, 3) + QStringLiteral(" km²")
                                : figure(squareMetres / 1e6, 0) + QStringLiteral(" km²");
}

} // namespace vedette::console
