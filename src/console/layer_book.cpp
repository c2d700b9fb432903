// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/layer_book.h"

#include "console/latest.h"
#include "console/layer_style_json.h"
#include "console/wording.h"
#include "layers/guess.h"

#include <QFileInfo>
#include <QUrl>

#include <algorithm>

namespace vedette::console {

using layers::AreaKind;

namespace {

bool isArea(const QString& id) {
    return id == QStringLiteral("exclusive") || layers::areaKind(s(id));
}

// The source as it stands, with what has to be known to read it: only the columns of coordinates are mapped.
struct Read {
    std::optional<layers::Snapshot> snapshot;
    layers::SourceSpec spec;
    QString as, problem;
    QStringList hints;
};

Read readLayer(const layers::Workspace& workspace, layers::SourceSpec spec, bool guessing,
               const std::atomic<bool>* cancel) {
    Read out;
    layers::ReadOptions options;
    options.cancel = cancel;
    QString crs = q(spec.crs);
    if (guessing) {
        const auto guess = layers::guessSource(layers::Purpose::gazetteer, spec.source, workspace, {}, options);
        if (!guess) {
            out.spec = spec, out.problem = say(guess.problem().message);
            return out;
        }
        const layers::SourceSpec& found = guess.value().spec;
        spec.source = found.source, spec.crs = found.crs, spec.encoding = found.encoding;
        for (const char* column : {"x", "y", "location"})
            if (const auto at = found.columns.find(column); at != found.columns.end())
                spec.columns.insert(*at);
        for (const layers::Guess& one : guess.value().guesses)
            if (one.item == "datum") // never applied unasked
                out.hints << q(one.value) + QStringLiteral("? ") + say(one.why);
        crs = q(spec.crs.empty() ? guess.value().system : spec.crs);
    }
    auto snapshot = layers::readSource(workspace, spec, options);
    if (!snapshot)
        out.problem = say(snapshot.problem().message);
    else
        out.snapshot = std::move(snapshot).value();
    QStringList as;
    for (const QString& part : {crs, q(spec.encoding)})
        if (!part.isEmpty())
            as << part;
    static constexpr const char* datums[] = {"", "cgcs2000", "gcj02", "bd09"};
    if (spec.datum != layers::Datum::wgs84)
        as << QLatin1String(datums[static_cast<int>(spec.datum)]);
    out.as = as.join(QStringLiteral(" · "));
    out.spec = std::move(spec);
    return out;
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
                if (auto style = styleFromJson(QByteArray::fromStdString(one.style)); !one.style.empty() && style)
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
        order_.clear();
        for (const LayerRow& row : model_.rows())
            order_ << row.id;
        saving_.start();
        emit sceneChanged();
    });
    connect(&model_, &LayerModel::visibilityChanged, this, [this](const QString& id, bool visible) {
        const auto at = layers_.find(id);
        if (at == layers_.end() || !at->second.kept.added())
            return;
        at->second.kept.visible = visible;
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

const BookLayer* LayerBook::layer(const QString& id) const {
    const auto at = layers_.find(id);
    return at == layers_.end() ? nullptr : &at->second;
}

// One of the city's own is there from the first look at it; it is kept once something of it was changed.
BookLayer& LayerBook::own(const QString& id) {
    BookLayer& layer = layers_[id];
    if (layer.kept.id.empty())
        layer.kept.id = s(id);
    if (isArea(id) && !layer.rows) {
        const bool exclusive = id == QStringLiteral("exclusive");
        auto rows = layers::rowsOf(desk_.city().areas,
                                   exclusive ? AreaKind::grid : *layers::areaKind(s(id)), exclusive);
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
    const auto& classes = layer.style.classes;
    row.fill = classes.empty() ? QColor() : QColor::fromRgba(classes.front().fill);
    row.outline = classes.empty() ? QColor() : QColor::fromRgba(classes.front().outline);
    return row;
}

void LayerBook::arrange(std::vector<LayerRow>& rows) {
    for (const QString& id : order_)
        if (const auto at = layers_.find(id); at != layers_.end() && at->second.kept.added() &&
                                              std::none_of(rows.begin(), rows.end(), [&](const LayerRow& row) { return row.id == id; }))
            rows.push_back(rowOf(at->second));
    for (LayerRow& row : rows)
        if (const auto at = layers_.find(row.id); at != layers_.end() && !at->second.kept.name.empty())
            row.name = q(at->second.kept.name);
    // What is live stays above, the basemap below; what the arrangement doesn't know stays where it was.
    const auto rank = [&](const LayerRow& row) {
        const qsizetype at = order_.indexOf(row.id);
        return at;
    };
    std::vector<LayerRow> moving;
    std::vector<LayerRow> above, below;
    for (LayerRow& row : rows)
        (row.movable ? moving : row.id == QStringLiteral("basemap") ? below : above).push_back(std::move(row));
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

void LayerBook::addUrls(const QList<QUrl>& urls) {
    QStringList paths;
    for (const QUrl& url : urls)
        if (url.isLocalFile())
            paths << url.toLocalFile();
    addFiles(paths);
}

void LayerBook::addFiles(const QStringList& paths) {
    for (const QString& path : paths)
        toList_.push_back(q(layers::spelledIn(desk_.city().workspace.folder, s(path))));
    readNext();
}

QString LayerBook::add(const QString& source) {
    BookLayer layer;
    const QString id = QStringLiteral("layer%1").arg(nextNumber_++);
    layer.kept.id = s(id);
    layer.kept.spec.source = s(source);
    const qsizetype bar = source.indexOf(QStringLiteral("|layername="));
    layer.kept.name = s(bar >= 0 ? source.mid(bar + 11) : QFileInfo(source).completeBaseName());
    if (layer.kept.name.empty())
        layer.kept.name = s(source);
    layer.reading = true;
    static constexpr layers::Argb hues[] = {0x56b4e9, 0xe69f00, 0x009e73, 0xcc79a7, 0xd55e00, 0xf0e442};
    const layers::Argb hue = hues[static_cast<std::size_t>(nextNumber_) % std::size(hues)];
    layer.style.classes.front().fill = 0x60000000u | hue;
    layer.style.classes.front().outline = 0xff000000u | hue;
    model_.insertBelowLive(rowOf(layer));
    layers_.emplace(id, std::move(layer));
    order_.clear();
    for (const LayerRow& row : model_.rows())
        order_ << row.id;
    toRead_.push_back(id);
    show(layers_[id]);
    readNext();
    return id;
}

// One thing at a time: the child has the machine's cores to itself, and what was asked first comes first.
void LayerBook::readNext() {
    if (working_)
        return;
    if (!toList_.empty()) {
        working_ = true;
        const QString source = toList_.front();
        toList_.pop_front();
        reader_->run([this, source, city = desk_.session().city()]() -> Latest::Delivery {
            layers::ReadOptions options;
            options.cancel = &cancel_;
            auto found = layers::listLayers(city->workspace, s(source), options);
            return [this, source, found = std::move(found)] {
                working_ = false;
                if (!found) {
                    emit tell(say(found.problem().message), true);
                } else if (found.value().size() == 1) {
                    add(source);
                } else {
                    QStringList names, details;
                    for (const layers::LayerFacts& facts : found.value()) {
                        names << q(facts.name);
                        details << (facts.features >= 0 ? QString::number(facts.features) : QString());
                    }
                    emit choiceWanted(source, names, details);
                }
                readNext();
            };
        });
        return;
    }
    if (toRead_.empty())
        return;
    working_ = true;
    const QString id = toRead_.front();
    toRead_.pop_front();
    BookLayer& layer = layers_[id];
    layer.reading = true;
    show(layer);
    const layers::SourceSpec spec = layer.kept.spec;
    // What was read before, or said by a person, is not guessed again.
    const bool guessing = layer.kept.seen.empty() && spec.crs.empty() && spec.encoding.empty() && spec.columns.empty();
    reader_->run([this, id, spec, guessing, city = desk_.session().city()]() -> Latest::Delivery {
        auto read = std::make_shared<Read>(readLayer(city->workspace, spec, guessing, &cancel_));
        return [this, id, read, guessing] {
            working_ = false;
            if (const auto at = layers_.find(id); at != layers_.end()) {
                BookLayer& of = at->second;
                of.reading = false;
                of.problem = read->problem;
                if (guessing || of.kept.read.empty() || !read->as.isEmpty())
                    of.kept.read = s(read->as);
                of.hints = read->hints;
                of.look.reset(), of.rows.reset(), of.selected.reset();
                of.snapshot = read->snapshot;
                if (read->snapshot) {
                    of.kept.spec = read->spec;
                    of.rows = layers::rowsOf(*read->snapshot);
                    of.kept.seen = read->snapshot->extent();
                    if (of.kept.seen.empty())
                        of.problem = say({"layerWithoutPlaces"});
                } else {
                    emit tell(of.problem, true);
                }
                restyle(of);
                saving_.start();
                emit layerChanged(id);
                emit sceneChanged();
            }
            readNext();
        };
    });
}

void LayerBook::restyle(BookLayer& layer) {
    const QString id = q(layer.kept.id);
    if (isArea(id))
        own(id);
    layer.notes.clear();
    layer.look.reset(), layer.tints.reset();
    if (layer.rows) {
        layers::Filter filter;
        if (auto read = layers::Filter::parse(layer.kept.filter, layer.rows->columns))
            filter = std::move(read).value();
        else
            layer.notes << say(read.problem().message);
        const layers::Classified sorted = layers::classified(layer.style, *layer.rows, filter);
        layer.counts = sorted.counts;
        for (const layers::Message& problem : sorted.problems)
            layer.notes << say(problem);
        if (layer.snapshot) {
            auto look = std::make_shared<map::FeatureLook>();
            look->snapshot = *layer.snapshot, look->style = layer.style, look->classOf = sorted.classOf;
            layer.look = std::move(look);
            for (const layers::Finding& found : layer.snapshot->findings())
                if (layer.notes.size() < 8)
                    layer.notes << say(found.message);
        } else if (layer.styled && layer.style.kind != layers::StyleKind::single) {
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
    model_.setNote(id, layer.reading ? tr("being read")
                       : !layer.problem.isEmpty() ? QStringLiteral("⚠")
                                                  : QString());
}

void LayerBook::remove(const QString& id) {
    const auto at = layers_.find(id);
    if (at == layers_.end() || !at->second.kept.added())
        return;
    layers_.erase(at);
    order_.removeAll(id);
    std::erase(toRead_, id);
    model_.remove(id);
    saving_.start();
    emit removed(id);
    emit sceneChanged();
}

void LayerBook::rename(const QString& id, const QString& name) {
    if (name.trimmed().isEmpty() || model_.find(id) < 0)
        return;
    own(id).kept.name = s(name.trimmed());
    model_.rename(id, name.trimmed());
    saving_.start();
    emit layerChanged(id);
}

void LayerBook::move(const QString& id, int by) {
    if (const int at = model_.find(id); at >= 0)
        model_.moveTo(id, at + by);
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
    layer.style = style, layer.styled = true;
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
                one.style = styleToJson(at->second.style).toStdString();
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
