// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/layer_book.h"

#include "console/latest.h"
#include "console/wording.h"
#include "map/feature_look.h"
#include "map/layer_style_json.h"

#include <QFileInfo>

#include <algorithm>

namespace vedette::console {

using layers::AreaKind;

namespace {

bool isArea(const QString& id) {
    return id == QStringLiteral("exclusive") || layers::areaKind(s(id));
}

} // namespace

LayerBook::LayerBook(Desk& desk, LayerModel& model, bool remember, QObject* parent)
    : QObject(parent), desk_(desk), model_(model), remember_(remember), reader_(new Latest(this)) {
    saving_.setSingleShot(true);
    saving_.setInterval(400);
    connect(&saving_, &QTimer::timeout, this, &LayerBook::keep);
    if (remember_) {
        const auto kept = layers::loadLayers(desk_.city().workspace.folder);
        if (!kept) { // what a person wrote is not written over
            std::error_code error;
            const auto file = layers::layerFile(desk_.city().workspace.folder);
            auto aside = file;
            aside += ".unreadable";
            std::filesystem::copy_file(file, aside, std::filesystem::copy_options::overwrite_existing, error);
            QTimer::singleShot(0, this, [this, aside, cause = kept.problem().message] {
                emit tell(say({"layerFileKept", {{"path", aside.string()}, {"cause", s(say(cause))}}}), true);
            });
        } else {
            for (const layers::KeptLayer& one : kept.value()) {
                const QString id = q(one.id);
                BookLayer& layer = layers_[id];
                layer.kept = one;
                order_ << id;
                if (auto style = map::styleFromJson(QByteArray::fromStdString(one.style));
                    !one.style.empty() && style)
                    layer.style = std::move(style).value(), layer.styled = true;
                if (one.added())
                    toRead_.push_back(id), layer.reading = true;
                const int number = id.mid(5).toInt();
                nextNumber_ = std::max(nextNumber_, number + 1);
            }
        }
    }
    model_.setArranging([this](std::vector<LayerRow>& rows) { arrange(rows); });
    for (auto& [id, layer] : layers_)
        if (isArea(id))
            restyle(layer);
    connect(&model_, &LayerModel::moved, this, [this] {
        takeOver();
        saving_.start();
        emit sceneChanged();
    });
    connect(&model_, &LayerModel::foldsChanged, this, [this] {
        takeOver();
        saving_.start();
    });
    connect(&model_, &LayerModel::visibilityChanged, this, [this](const QString& id) {
        const auto at = layers_.find(id);
        if (at == layers_.end() || !(at->second.kept.added() || at->second.kept.head))
            return;
        at->second.kept.visible = model_.checked(id);
        saving_.start();
    });
    connect(&model_, &LayerModel::dropped, this, &LayerBook::addUrls);
    readNext();
}

LayerBook::~LayerBook() {
    cancel_ = true;
    delete reader_;
    if (saving_.isActive())
        keep();
}

bool LayerBook::busy() const {
    return working_ || !toRead_.empty() || !toList_.empty();
}

QString LayerBook::folder() const {
    return q(desk_.city().workspace.folder.string());
}

const BookLayer* LayerBook::layer(const QString& id) const {
    const auto at = layers_.find(id);
    return at == layers_.end() ? nullptr : &at->second;
}

void LayerBook::takeOver() {
    order_.clear();
    for (const LayerRow& row : model_.rows()) {
        order_ << row.id;
        if (row.group.isEmpty() && !layers_.contains(row.id))
            continue;
        layers::KeptLayer& kept = layers_[row.id].kept;
        kept.id = s(row.id), kept.group = s(row.group), kept.folded = row.folded;
    }
}

// One of the city's own is there from the first look at it; it is kept once something of it was changed.
BookLayer& LayerBook::own(const QString& id) {
    BookLayer& layer = layers_[id];
    if (layer.kept.id.empty())
        layer.kept.id = s(id);
    if (isArea(id) && !layer.rows) {
        const bool exclusive = id == QStringLiteral("exclusive");
        auto rows = layers::rowsOf(desk_.city().areas, exclusive ? AreaKind::grid : *layers::areaKind(s(id)),
                                   exclusive);
        layer.rows = std::move(rows.rows), layer.indices = std::move(rows.indices);
    }
    return layer;
}

const BookLayer* LayerBook::ready(const QString& id) {
    return model_.find(id) < 0 ? nullptr : &own(id);
}

LayerRow LayerBook::rowOf(const BookLayer& layer) const {
    LayerRow row;
    row.id = q(layer.kept.id), row.name = q(layer.kept.name), row.visible = layer.kept.visible;
    row.movable = true;
    row.head = layer.kept.head, row.folded = layer.kept.folded;
    if (row.head) {
        row.hint = tr("Space shows or hides all its layers, Left and Right fold it, Del dissolves it");
        return row;
    }
    const auto& classes = layer.style.classes;
    row.fill = classes.empty() ? QColor() : QColor::fromRgba(classes.front().fill);
    row.outline = classes.empty() ? QColor() : QColor::fromRgba(classes.front().outline);
    return row;
}

void LayerBook::arrange(std::vector<LayerRow>& rows) {
    for (const QString& id : order_)
        if (const auto at = layers_.find(id);
            at != layers_.end() && (at->second.kept.added() || at->second.kept.head) &&
            std::none_of(rows.begin(), rows.end(), [&](const LayerRow& row) { return row.id == id; }))
            rows.push_back(rowOf(at->second));
    for (LayerRow& row : rows)
        if (const auto at = layers_.find(row.id); at != layers_.end()) {
            if (!at->second.kept.name.empty())
                row.name = q(at->second.kept.name);
            if (row.movable)
                row.group = q(at->second.kept.group);
        }
    // What is live stays above, the basemap below; what the arrangement doesn't know stays where it was.
    const auto rank = [&](const LayerRow& row) {
        const qsizetype at = order_.indexOf(row.id);
        return at;
    };
    std::vector<LayerRow> moving;
    std::vector<LayerRow> above, below;
    for (LayerRow& row : rows)
        (row.movable                           ? moving
         : row.id == QStringLiteral("basemap") ? below
                                               : above)
            .push_back(std::move(row));
    std::vector<LayerRow> known;
    for (const LayerRow& row : moving)
        if (rank(row) >= 0)
            known.push_back(row);
    std::stable_sort(known.begin(), known.end(),
                     [&](const LayerRow& a, const LayerRow& b) { return rank(a) < rank(b); });
    auto next = known.begin();
    for (LayerRow& row : moving)
        if (rank(row) >= 0)
            row = *next++;
    rows = std::move(above);
    rows.insert(rows.end(), moving.begin(), moving.end());
    rows.insert(rows.end(), below.begin(), below.end());
    QTimer::singleShot(0, this, [this] { // the rows are new; tool tips and counts come after them
        for (auto& [id, layer] : layers_)
            if (layer.kept.added())
                show(layer);
    });
}

QString LayerBook::add(const QString& source) {
    const QString id = add(source, true);
    readNext();
    return id;
}

QString LayerBook::add(const QString& source, bool read) {
    BookLayer layer;
    const QString id = QStringLiteral("layer%1").arg(nextNumber_++);
    layer.kept.id = s(id);
    layer.kept.spec.source = s(source);
    const qsizetype bar = source.indexOf(QStringLiteral("|layername="));
    layer.kept.name = s(bar >= 0 ? source.mid(bar + 11) : QFileInfo(source).completeBaseName());
    if (layer.kept.name.empty())
        layer.kept.name = s(source);
    layer.reading = read;
    static constexpr layers::Argb hues[] = {0x56b4e9, 0xe69f00, 0x009e73, 0xcc79a7, 0xd55e00, 0xf0e442};
    const layers::Argb hue = hues[static_cast<std::size_t>(nextNumber_) % std::size(hues)];
    layer.style.classes.front().fill = 0x60000000u | hue;
    layer.style.classes.front().outline = 0xff000000u | hue;
    model_.insertBelowLive(rowOf(layer));
    layers_.emplace(id, std::move(layer));
    takeOver();
    if (read)
        toRead_.push_back(id);
    show(layers_[id]);
    return id;
}

// In the list all the same: there it says why, is tried again at the next start, and goes by one key.
void LayerBook::addUnreadable(const QString& source, const QString& why) {
    const QString id = add(source, false);
    layers_[id].problem = why;
    show(layers_[id]);
    emit tell(why, true);
    saving_.start();
    emit layerChanged(id);
    emit sceneChanged();
}

void LayerBook::restyle(BookLayer& layer) {
    const QString id = q(layer.kept.id);
    if (isArea(id))
        own(id);
    layer.notes.clear();
    layer.look.reset(), layer.tints.reset();
    if (layer.snapshot && layer.rows) {
        map::MadeLook made = map::featureLook(*layer.snapshot, *layer.rows, layer.style, layer.kept.filter);
        layer.look = std::move(made.look), layer.counts = std::move(made.sorted.counts);
        for (const layers::Message& problem : made.sorted.problems)
            layer.notes << say(problem);
        if (made.nowhere)
            layer.problem = layer.notes.last();
        layer.notes += sayFindings(layer.snapshot->findings());
    } else if (layer.rows) {
        const layers::Classified sorted = map::sortedBy(layer.style, *layer.rows, layer.kept.filter);
        layer.counts = sorted.counts;
        for (const layers::Message& problem : sorted.problems)
            layer.notes << say(problem);
        if (layer.styled && layer.style.kind != layers::StyleKind::single) {
            auto tints = std::make_shared<map::AreaTints>();
            for (std::size_t row = 0; row < layer.indices.size(); ++row)
                if (const std::uint16_t of = sorted.classOf[row]; of != layers::noClass) {
                    QColor colour = QColor::fromRgba(layer.style.classes[of].fill);
                    colour.setAlphaF(float(colour.alphaF() * layer.style.opacity));
                    tints->areas.emplace_back(layer.indices[row], colour);
                }
            layer.tints = std::move(tints);
        }
    }
    show(layer);
}

void LayerBook::show(BookLayer& layer) {
    const QString id = q(layer.kept.id);
    if (!layer.kept.added())
        return;
    const LayerRow row = rowOf(layer);
    model_.setColours(id, row.fill, row.outline);
    if (layer.snapshot)
        model_.setCount(id, layer.snapshot->size());
    QStringList lines;
    lines << q(layer.kept.spec.source);
    if (!layer.kept.read.empty())
        lines << tr("read as %1").arg(q(layer.kept.read));
    if (!layer.problem.isEmpty())
        lines << QStringLiteral("⚠ ") + layer.problem;
    lines += layer.hints;
    lines += layer.notes;
    model_.setHint(id, lines.join(u'\n'));
    model_.setNote(id, layer.reading              ? tr("being read")
                       : !layer.problem.isEmpty() ? QStringLiteral("⚠")
                                                  : QString());
}

void LayerBook::remove(const QString& id) {
    const auto at = layers_.find(id);
    if (at == layers_.end() || !(at->second.kept.added() || at->second.kept.head))
        return;
    if (id == readingNow_)
        cancel_ = true; // nobody waits for it any more
    if (at->second.kept.added()) {
        BookLayer& gone = at->second; // what it holds is read anew
        gone.snapshot.reset(), gone.rows.reset(), gone.look.reset(), gone.selected.reset();
        removed_.push_back({std::move(gone), model_.find(id)});
        emit tell(tr("%1 was taken away; Ctrl+Z in the list brings it back").arg(removedName()), false);
    }
    layers_.erase(at);
    order_.removeAll(id);
    std::erase(toRead_, id);
    model_.remove(id);
    takeOver();
    saving_.start();
    emit removed(id);
    emit sceneChanged();
}

QString LayerBook::removedName() const {
    return removed_.empty() ? QString() : q(removed_.back().layer.kept.name);
}

QString LayerBook::bringBack() {
    if (removed_.empty())
        return {};
    Removed back = std::move(removed_.back());
    removed_.pop_back();
    const QString id = q(back.layer.kept.id), group = q(back.layer.kept.group);
    back.layer.reading = true;
    model_.insertBelowLive(rowOf(back.layer));
    BookLayer& layer = layers_[id] = std::move(back.layer);
    toRead_.push_back(id);
    const int first = model_.find(id); // it stands before the place it had, so that lies one farther
    const bool grouped = model_.find(group) >= 0;
    if (back.row != first || grouped)
        model_.moveTo(id, back.row + 1, grouped ? group : QString());
    show(layer);
    takeOver();
    saving_.start();
    readNext();
    emit layerChanged(id);
    emit sceneChanged();
    return id;
}

void LayerBook::rename(const QString& id, const QString& name) {
    if (name.trimmed().isEmpty() || model_.find(id) < 0)
        return;
    own(id).kept.name = s(name.trimmed());
    model_.rename(id, name.trimmed());
    saving_.start();
    emit layerChanged(id);
}

QString LayerBook::group(const QString& of) {
    BookLayer layer;
    QStringList names;
    for (const LayerRow& row : model_.rows())
        names << row.name;
    QString name;
    for (int number = 1; name.isEmpty() || names.contains(name); ++number)
        name = tr("Group %1").arg(number);
    const QString id = QStringLiteral("group%1").arg(nextNumber_++);
    layer.kept.id = s(id), layer.kept.name = s(name), layer.kept.head = true;
    const LayerRow head = rowOf(layer);
    layers_.emplace(id, std::move(layer));
    if (model_.makeGroup(of, head))
        return id;
    layers_.erase(id);
    return {};
}

void LayerBook::ungroup(const QString& id) {
    const int at = model_.find(id);
    const QString group = at < 0 ? QString() : model_.rows()[static_cast<std::size_t>(at)].group;
    if (!group.isEmpty())
        model_.moveTo(id, model_.end(model_.find(group)));
}

bool LayerBook::setFilter(const QString& id, const QString& text, layers::Message* why) {
    BookLayer& layer = own(id);
    if (layer.rows)
        if (const auto read = layers::Filter::parse(s(text), layer.rows->columns); !read) {
            if (why)
                *why = read.problem().message;
            return false;
        }
    layer.kept.filter = s(text.trimmed());
    restyle(layer);
    saving_.start();
    emit layerChanged(id);
    emit sceneChanged();
    return true;
}

void LayerBook::setStyle(const QString& id, const layers::LayerStyle& style) {
    BookLayer& layer = own(id);
    if (layer.style == style)
        return;
    const auto& was = layer.style;
    // Opacity and scales change no class: a slider that is drawn along must not sort a million rows each
    // time.
    const bool sorts = !layer.look || was.kind != style.kind || was.column != style.column ||
                       was.classes != style.classes || was.label != style.label;
    layer.style = style, layer.styled = true;
    if (sorts)
        restyle(layer);
    saving_.start();
    emit layerChanged(id);
    emit sceneChanged();
}

void LayerBook::setSpec(const QString& id, const layers::SourceSpec& spec) {
    const auto at = layers_.find(id);
    if (at == layers_.end() || !at->second.kept.added())
        return;
    at->second.kept.spec = spec;
    toRead_.push_back(id);
    readNext();
}

void LayerBook::keep() {
    saving_.stop();
    if (!remember_)
        return;
    std::vector<layers::KeptLayer> kept;
    QStringList ids;
    for (const LayerRow& row : model_.rows())
        ids << row.id;
    for (const QString& id : ids) {
        const auto at = layers_.find(id);
        layers::KeptLayer one;
        one.id = s(id); // its place in the order is worth a line
        if (at != layers_.end()) {
            one = at->second.kept;
            if (one.added() || at->second.styled)
                one.style = map::styleToJson(at->second.style).toStdString();
        }
        kept.push_back(std::move(one));
    }
    const auto saved = layers::saveLayers(desk_.city().workspace.folder, kept);
    if (!saved && !toldUnsaved_) {
        toldUnsaved_ = true; // once: a read-only workspace is read-only all day
        emit tell(say(saved.problem().message), true);
    }
}

} // namespace vedette::console
