// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/style_turner.h"

#include "console/wording.h"
#include "map/layer_style_json.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace vedette::console {

namespace {

constexpr qint64 longest = 16 << 20; // of a style; QGIS's own are some kilobytes

map::CartographerClient::Settings settingsOf(map::CartographerReach reach) {
    map::CartographerClient::Settings settings;
    static_cast<map::CartographerReach&>(settings) = std::move(reach);
    return settings;
}

} // namespace

StyleTurner::StyleTurner(LayerBook& book, map::CartographerReach reach, QObject* parent)
    : QObject(parent), book_(book), client_(settingsOf(std::move(reach))) {
    using Client = map::CartographerClient;
    connect(&client_, &Client::styleConverted, this,
            [this](quint64 number, const QByteArray& text, const std::vector<layers::Message>& lost) {
                if (const auto at = asked_.find(number); at != asked_.end()) {
                    const Asked asked = at->second;
                    asked_.erase(at);
                    done(asked, text, lost);
                }
            });
    connect(&client_, &Client::styleRefused, this, [this](quint64 number, const layers::Message& why) {
        const auto at = asked_.find(number);
        if (at == asked_.end())
            return;
        const QString file = QFileInfo(at->second.file).fileName();
        asked_.erase(at);
        emit book_.tell(file + QStringLiteral(": ") + say(why), true);
    });
}

// What most of a layer is; QGIS has a symbol of one kind.
QString StyleTurner::geometryOf(const QString& id) const {
    const BookLayer* layer = book_.layer(id);
    std::size_t points = 0, lines = 0, polygons = 0;
    if (layer && layer->snapshot)
        for (std::size_t i = 0; i < layer->snapshot->size(); ++i)
            switch (layer->snapshot->shape(i)) {
            case layers::Shape::point:
                ++points;
                break;
            case layers::Shape::line:
                ++lines;
                break;
            default:
                ++polygons;
            }
    return points > lines && points > polygons ? QStringLiteral("point")
           : lines > polygons                  ? QStringLiteral("line")
                                               : QStringLiteral("polygon");
}

void StyleTurner::save(const QString& id, const QString& file) {
    const BookLayer* layer = book_.layer(id);
    if (!layer)
        return;
    bool numbers = false; // QGIS compares a number's column with numbers
    if (layer->snapshot)
        if (const int field = layer->snapshot->field(layer->style.column); field >= 0) {
            const auto type = layer->snapshot->fieldType(static_cast<std::size_t>(field));
            numbers = type == layers::FieldType::integer || type == layers::FieldType::real;
        }
    asked_[client_.convertStyle(true, geometryOf(id), map::styleToJson(layer->style, numbers))] = {id, file, true};
}

void StyleTurner::load(const QString& id, const QString& file) {
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly) || in.size() > longest)
        return emit book_.tell(say({"fileUnreadable", {{"path", s(file)}}}), true);
    asked_[client_.convertStyle(false, geometryOf(id), in.readAll())] = {id, file, false};
}

void StyleTurner::done(const Asked& asked, const QByteArray& text, const std::vector<layers::Message>& lost) {
    if (!book_.layer(asked.layer))
        return; // taken away meanwhile
    if (asked.save) {
        QSaveFile out(asked.file);
        if (!out.open(QIODevice::WriteOnly) || out.write(text) < 0 || !out.commit())
            return emit book_.tell(
                say({"writeFailed", {{"path", s(asked.file)}, {"cause", s(out.errorString())}}}), true);
    } else {
        const auto read = map::styleFromJson(text);
        if (!read)
            return emit book_.tell(say(read.problem().message), true);
        book_.setStyle(asked.layer, read.value());
    }
    QStringList words{(asked.save ? tr("style written to %1") : tr("style read from %1")).arg(asked.file)};
    for (const layers::Message& one : lost)
        if (words.size() < 5)
            words << say(one);
    emit book_.tell(words.join(QStringLiteral(" · ")), false);
}

} // namespace vedette::console
