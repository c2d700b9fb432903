// SPDX-License-Identifier: GPL-3.0-or-later
#include "identify_words.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QTextDocumentFragment>

namespace vedette::cartographer {

namespace {

constexpr int longestText = 1 << 18; // characters looked at: what is shown needs a fraction of them

// In one line, without what is not seen: a value has no say in which way the words around it run.
QString plain(const QString& text) {
    QString seen;
    for (const QChar c : text.leftRef(4 * static_cast<int>(wire::longestAttribute))) {
        const bool turns = (c >= QChar(0x202A) && c <= QChar(0x202E)) || (c >= QChar(0x2066) && c <= QChar(0x2069));
        if (c.isSpace())
            seen += QLatin1Char(' ');
        else if (c.category() != QChar::Other_Control && !turns)
            seen += c;
    }
    return seen.trimmed();
}

QString words(const QVariant& value) {
    if (value.canConvert<QString>() && value.type() != QVariant::StringList)
        return value.toString();
    return QString::fromUtf8(QJsonDocument::fromVariant(value).toJson(QJsonDocument::Compact)); // a list or a map
}

bool saysNothingFound(const QString& text) {
    for (const char* words : {"no features were found", "search returned no results", "no results"})
        if (text.contains(QLatin1String(words), Qt::CaseInsensitive))
            return true;
    return false;
}

void add(const QString& name, const QString& value, wire::Found& into) {
    into.attributes.emplace_back(shortened(plain(name)), shortened(plain(value)));
}

} // namespace

std::string shortened(const QString& text) {
    const int most = static_cast<int>(wire::longestAttribute);
    return (text.size() > most ? text.left(most) + QChar(0x2026) : text).toStdString();
}

void addFeatures(const std::string& layer, const QgsFeatureStoreList& stores, wire::Identified& into) {
    for (const QgsFeatureStore& store : stores)
        for (const QgsFeature& feature : store.features()) {
            if (into.found.size() == wire::mostFound) {
                into.more = true;
                return;
            }
            wire::Found found{layer, {}, {}};
            const QgsFields fields = feature.fields().isEmpty() ? store.fields() : feature.fields();
            for (int i = 0; i < fields.size() && found.attributes.size() < wire::mostAttributes; ++i)
                if (const QVariant value = feature.attribute(i); !value.isNull())
                    add(fields.at(i).name(), words(value), found);
            into.found.push_back(std::move(found));
        }
}

void addText(const std::string& layer, const QString& text, wire::Identified& into) {
    static const QRegularExpression named(QStringLiteral(R"(^([^=:]{1,100}?)\s*(?:=|:\s)\s*(.*)$)"));
    static const QRegularExpression meaningful(QStringLiteral(R"([\p{L}\p{N}])"));
    const QString said = text.left(longestText);
    if (into.found.size() == wire::mostFound || (!said.contains(QLatin1Char('=')) && saysNothingFound(said)))
        return;
    wire::Found found{layer, {}, {}};
    for (const auto& piece : said.splitRef(QRegularExpression(QStringLiteral("[\\r\\n]+")), Qt::SkipEmptyParts)) {
        const QString line = plain(piece.toString());
        if (!line.contains(meaningful))
            continue;
        if (found.attributes.size() == wire::mostAttributes) {
            into.more = true;
            break;
        }
        const auto parts = named.match(line);
        if (parts.hasMatch())
            add(parts.captured(1), parts.captured(2), found);
        else
            add({}, line, found);
    }
    if (!found.attributes.empty())
        into.found.push_back(std::move(found));
}

void addHtml(const std::string& layer, const QString& html, wire::Identified& into) {
    QString text = QTextDocumentFragment::fromHtml(html.left(longestText)).toPlainText();
    addText(layer, text.remove(QChar::ObjectReplacementCharacter), into); // where pictures were
}

} // namespace vedette::cartographer
