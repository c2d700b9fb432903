// SPDX-License-Identifier: GPL-3.0-or-later
// How the book comes by what is in its sources: the reader child, one source after the other.
#include "console/latest.h"
#include "console/layer_book.h"
#include "console/wording.h"
#include "layers/guess.h"

#include <QUrl>

#include <utility>

namespace vedette::console {

namespace {

// The source as it stands, with what has to be known to read it: only the columns of coordinates are mapped.
struct Read {
    std::optional<layers::Snapshot> snapshot;
    layers::SourceSpec spec;
    QString as, problem;
    QStringList hints;
};

Read readLayer(const layers::Workspace& workspace, layers::SourceSpec spec, bool guessing,
               const std::atomic<bool>* cancel, const std::function<void(double)>& progress) {
    Read out;
    layers::ReadOptions options;
    options.cancel = cancel;
    options.progress = progress;
    QString crs = q(spec.crs);
    if (guessing) {
        const auto guess =
            layers::guessSource(layers::Purpose::gazetteer, spec.source, workspace, {}, options);
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
                    addUnreadable(source, say(found.problem().message));
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
    const bool guessing =
        layer.kept.seen.empty() && spec.crs.empty() && spec.encoding.empty() && spec.columns.empty();
    readingNow_ = id;
    reader_->run([this, id, spec, guessing, city = desk_.session().city()]() -> Latest::Delivery {
        const auto progress = [this, id, last = -1](double fraction) mutable {
            const int percent = static_cast<int>(fraction * 100);
            if (std::exchange(last, percent) == percent || percent >= 100)
                return;
            QMetaObject::invokeMethod(
                this,
                [this, id, percent] {
                    if (const BookLayer* of = this->layer(id); of && of->reading)
                        model_.setNote(id, QStringLiteral("%1 %").arg(percent));
                },
                Qt::QueuedConnection);
        };
        auto read = std::make_shared<Read>(readLayer(city->workspace, spec, guessing, &cancel_, progress));
        return [this, id, read, guessing] {
            working_ = false;
            readingNow_.clear();
            cancel_ = false;
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

} // namespace vedette::console
