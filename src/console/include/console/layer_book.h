// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "layers/layer_file.h"
#include "layers/layer_style.h"
#include "layers/reader.h"
#include "map/scene.h"
#endif
#include "console/desk.h"
#include "console/layer_model.h"

#include <deque>
#include <map>

namespace vedette::console {

class Latest;

// One layer with what a person made of it. The city's own have rows only where they are areas.
struct BookLayer {
    layers::KeptLayer kept;
    layers::LayerStyle style;
    bool styled = false; // of the city's own: the style was touched
    std::optional<layers::Snapshot> snapshot;
    std::optional<layers::Rows> rows;
    std::vector<layers::AreaIndex> indices; // of areas: which, a row
    std::vector<std::size_t> counts;        // a class
    std::shared_ptr<const map::FeatureLook> look;
    std::shared_ptr<const map::AreaTints> tints;
    std::shared_ptr<const std::vector<std::uint32_t>> selected;
    bool reading = false;
    QString problem;  // why it can't be shown
    QStringList hints; // what might be meant otherwise, e.g. another datum
    QStringList notes; // what the reader found, filters that can't be read
};

// The layers of a window: what was added, how all are arranged, what is selected in them, and `layers.toml`, where
// it is remembered. Sources are read by the reader child, one after the other, off the GUI thread.
class LayerBook : public QObject {
    Q_OBJECT
public:
    // `remember`: takes over what the workspace's file says, and writes there.
    LayerBook(Desk& desk, LayerModel& model, bool remember, QObject* parent = nullptr);
    ~LayerBook() override;

    // Files and folders; where one holds several layers, `choiceWanted` asks which.
    void addFiles(const QStringList& paths);
    void addUrls(const QList<QUrl>& urls);
    QString add(const QString& source); // "a.gpkg|layername=x"; its id
    void remove(const QString& id); // ends its reading, too; of a group only the head
    QString removedName() const;    // of the layer that would come back; empty: none would
    QString bringBack();            // the one taken away last, as it was and where it stood; its id
    QString group(const QString& id); // a new group with that layer in it; its head's id, "" : none was made
    void rename(const QString& id, const QString& name);
    void step(const QString& id, bool up) { model_.step(id, up); }
    void ungroup(const QString& id); // out of its group, right below that
    bool setFilter(const QString& id, const QString& filter, layers::Message* why = nullptr);
    void setStyle(const QString& id, const layers::LayerStyle& style);
    void setSpec(const QString& id, const layers::SourceSpec& spec); // reads it anew
    const BookLayer* layer(const QString& id) const; // null: nothing was done with it yet
    const BookLayer* ready(const QString& id);       // with its rows; null: there is no such layer
    bool busy() const;
    QString folder() const; // of the workspace

    void select(const QString& id, std::vector<std::uint32_t> rows); // of that layer alone
    // A click: selects what lies there in the topmost added layer that has something. False: nothing does.
    // Areas are picked in while their table is open (`watch`).
    bool pick(layers::Point at, double metres);
    void watch(const QString& id) { watched_ = id; } // whose table is open; empty: none
    layers::Box extentOf(const QString& id, bool selectedOnly) const;

    // What it has to do with a frame: layers, order, opacity and scales; dims or hides marks of the live layers.
    void addTo(map::Scene& scene) const;
    void addTo(map::Overlay& overlay, double metresPerPixel) const;

signals:
    void sceneChanged();
    void layerChanged(const QString& id); // anything of it; also: it is there now
    void removed(const QString& id);
    void selectionChanged(const QString& id, bool fromMap);
    void choiceWanted(const QString& path, const QStringList& names, const QStringList& details);
    void tell(const QString& words, bool refused);

private:
    QString add(const QString& source, bool read);
    void addUnreadable(const QString& source, const QString& why);
    void arrange(std::vector<LayerRow>& rows);
    void readNext();
    void restyle(BookLayer& layer);
    void show(BookLayer& layer); // in the model: colours, count, tool tip
    void keep();
    void takeOver(); // order, groups and folds, as the model has them
    BookLayer& own(const QString& id);
    LayerRow rowOf(const BookLayer& layer) const;
    bool take(const LayerRow& row, BookLayer& layer, std::size_t feature);
    void addSelected(map::Scene& scene, const BookLayer& layer) const; // areas

    Desk& desk_;
    LayerModel& model_;
    bool remember_;
    std::map<QString, BookLayer> layers_; // by id
    struct Removed {
        BookLayer layer;
        int row;
    };
    std::vector<Removed> removed_;        // in this window, the last one last; groups are not among them
    QStringList order_;                   // as it was arranged, top first
    std::deque<QString> toRead_;
    QString readingNow_; // empty: nothing is
    std::deque<QString> toList_;
    Latest* reader_;
    std::atomic<bool> cancel_{false};
    QString watched_;
    bool working_ = false, changed_ = false, toldUnsaved_ = false;
    int nextNumber_ = 1;
    QTimer saving_;
};

} // namespace vedette::console
