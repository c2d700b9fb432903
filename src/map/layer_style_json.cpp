// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/layer_style_json.h"

#include <QColor>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace vedette::map {

using layers::LayerStyle;
using layers::StyleClass;

namespace {

constexpr qsizetype mostClasses = 5000;

QString q(const std::string& text) {
    return QString::fromStdString(text);
}
std::string s(const QString& text) {
    return text.toStdString();
}

QString word(std::string_view text) {
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

// Files speak of millimetres and points as QGIS does, the map of pixels at 96 dpi. Rounded, so that what is
// written and read again is the same.
constexpr double pixelsPerMillimetre = 96 / 25.4, pixelsPerPoint = 96 / 72.0;
double toFile(double pixels, double perUnit) {
    return std::round(pixels / perUnit * 1e6) / 1e6;
}
double toPixels(double units, double perUnit) {
    return std::round(units * perUnit * 1e3) / 1e3;
}
// How QGIS calls the rule of what no other took.
constexpr auto otherwise = "ELSE";

QString hex(layers::Argb argb) {
    return QColor::fromRgba(argb).name(QColor::HexArgb);
}

// Reads one object and remembers the first thing wrong.
class Reading {
public:
    QString wrong;
    QString text(const QJsonObject& in, const char* key) {
        const QJsonValue value = in.value(QLatin1String(key));
        if (value.isDouble()) {
            const double number = value.toDouble();
            return number == std::floor(number) && std::abs(number) < 9e15
                       ? QString::number(static_cast<qlonglong>(number))
                       : QString::number(number, 'g', QLocale::FloatingPointShortest);
        }
        if (!value.isString() && !value.isUndefined() && !value.isNull())
            fail(key);
        return value.toString();
    }
    void number(const QJsonObject& in, const char* key, double& out, double least, double most) {
        const QJsonValue value = in.value(QLatin1String(key));
        if (value.isUndefined() || value.isNull())
            return;
        const double read = value.toDouble(NAN);
        if (!(read >= least && read <= most))
            return fail(key);
        out = read;
    }
    // In the file's unit; `most` in pixels.
    void length(const QJsonObject& in, const char* key, double& out, double least, double most, double perUnit) {
        double read = toFile(out, perUnit);
        const QString before = wrong;
        number(in, key, read, toFile(least, perUnit), toFile(most, perUnit));
        if (wrong == before && in.contains(QLatin1String(key)))
            out = toPixels(read, perUnit);
    }
    void colour(const QJsonObject& in, const char* key, layers::Argb& out) {
        const QJsonValue value = in.value(QLatin1String(key));
        if (value.isUndefined() || value.isNull())
            return;
        const QColor read(value.toString());
        if (!value.isString() || !read.isValid())
            return fail(key);
        out = read.rgba();
    }
    template <class Enum>
    void choice(const QJsonObject& in, const char* key, Enum& out, int count) {
        const QString said = text(in, key);
        if (said.isEmpty())
            return;
        for (int i = 0; i < count; ++i)
            if (said == word(layers::toString(static_cast<Enum>(i)))) {
                out = static_cast<Enum>(i);
                return;
            }
        fail(key);
    }

private:
    void fail(const char* key) {
        if (wrong.isEmpty())
            wrong = QString::fromLatin1(key);
    }
};

StyleClass classFrom(const QJsonObject& in, Reading& read) {
    StyleClass one;
    one.value = s(read.text(in, "value"));
    one.filter = s(read.text(in, "filter"));
    one.label = s(read.text(in, "label"));
    constexpr double far = 1e300;
    read.number(in, "from", one.from, -far, far);
    read.number(in, "to", one.to, -far, far);
    read.colour(in, "fill", one.fill);
    read.colour(in, "outline", one.outline);
    if (one.filter == otherwise)
        one.filter.clear();
    read.length(in, "width", one.width, 0, 100, pixelsPerMillimetre);
    read.length(in, "size", one.size, 0, 200, pixelsPerMillimetre);
    read.choice(in, "marker", one.marker, 6);
    return one;
}

// As a number where it is written as one would be: "3" and "2.5", not "007".
QJsonValue numberIn(const QString& text) {
    bool whole = false, real = false;
    const qlonglong number = text.toLongLong(&whole);
    const double value = QLocale::c().toDouble(text, &real);
    if (whole && std::abs(number) < qlonglong(9e15) && QString::number(number) == text)
        return QJsonValue(number);
    if (real && std::isfinite(value) && QString::number(value, 'g', QLocale::FloatingPointShortest) == text)
        return QJsonValue(value);
    return QJsonValue(text);
}

} // namespace

QByteArray styleToJson(const LayerStyle& style, bool numbers) {
    QJsonArray classes;
    for (const StyleClass& one : style.classes) {
        QJsonObject out;
        if (style.kind == layers::StyleKind::categorised)
            out[QStringLiteral("value")] = numbers ? numberIn(q(one.value)) : QJsonValue(q(one.value));
        if (style.kind == layers::StyleKind::graduated)
            out[QStringLiteral("from")] = one.from, out[QStringLiteral("to")] = one.to;
        if (style.kind == layers::StyleKind::rule)
            out[QStringLiteral("filter")] = one.filter.empty() ? QLatin1String(otherwise) : q(one.filter);
        out[QStringLiteral("label")] = q(one.label);
        out[QStringLiteral("fill")] = hex(one.fill), out[QStringLiteral("outline")] = hex(one.outline);
        out[QStringLiteral("width")] = toFile(one.width, pixelsPerMillimetre);
        out[QStringLiteral("size")] = toFile(one.size, pixelsPerMillimetre);
        out[QStringLiteral("marker")] = word(layers::toString(one.marker));
        classes.append(out);
    }
    QJsonObject out{{QStringLiteral("kind"), word(layers::toString(style.kind))},
                    {QStringLiteral("column"), q(style.column)},
                    {QStringLiteral("opacity"), style.opacity},
                    {QStringLiteral("classes"), classes}};
    QJsonObject scale;
    if (style.nearest > 0)
        scale[QStringLiteral("nearest")] = style.nearest;
    if (style.farthest > 0)
        scale[QStringLiteral("farthest")] = style.farthest;
    if (!scale.isEmpty())
        out[QStringLiteral("scale")] = scale;
    if (!style.label.column.empty()) {
        QJsonObject label{{QStringLiteral("column"), q(style.label.column)},
                          {QStringLiteral("size"), toFile(style.label.size, pixelsPerPoint)}};
        if (style.label.colour)
            label[QStringLiteral("colour")] = hex(style.label.colour);
        out[QStringLiteral("label")] = label;
    }
    return QJsonDocument(out).toJson(QJsonDocument::Compact);
}

layers::Result<LayerStyle> styleFromJson(const QByteArray& json) {
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (!document.isObject())
        return layers::refused("styleUnreadable",
                               {{"cause", s(error.error ? error.errorString() : QStringLiteral("JSON"))}});
    const QJsonObject in = document.object();
    Reading read;
    LayerStyle out;
    read.choice(in, "kind", out.kind, 4);
    out.column = s(read.text(in, "column"));
    read.number(in, "opacity", out.opacity, 0, 1);
    const QJsonObject scale = in.value(QStringLiteral("scale")).toObject();
    read.number(scale, "nearest", out.nearest, 0, 1e12);
    read.number(scale, "farthest", out.farthest, 0, 1e12);
    const QJsonObject label = in.value(QStringLiteral("label")).toObject();
    out.label.column = s(read.text(label, "column"));
    read.length(label, "size", out.label.size, 1, 200, pixelsPerPoint);
    read.colour(label, "colour", out.label.colour);
    if (const QJsonValue classes = in.value(QStringLiteral("classes")); classes.isArray()) {
        out.classes.clear();
        const QJsonArray list = classes.toArray();
        for (qsizetype i = 0; i < std::min(list.size(), mostClasses); ++i)
            out.classes.push_back(classFrom(list.at(i).toObject(), read));
    }
    if (!read.wrong.isEmpty())
        return layers::refused("styleUnreadable", {{"cause", s(read.wrong)}});
    return out;
}

} // namespace vedette::map
