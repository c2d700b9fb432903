// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QColor>
#include <QCoreApplication>
#include <QUrl>

#include <functional>
#include <optional>
#include <vector>

namespace vedette::console {

// One line of the layer tree.
struct LayerRow {
    QString id; // "tickets" "units" "heat" "roads" "basemap" or an area kind, "exclusive"; "layer1" of an added one;
                // "group1" of a group's head
    QString name;
    std::optional<std::size_t> count;
    bool visible = false;
    bool present = true; // the city has such a layer; absent ones are greyed and say what would fill them
    QColor fill, outline;
    QString hint;
    QString note;         // what it waits for, in place of the count
    bool movable = false; // among its like; what is live stays above, the basemap below all
    QString group;        // the head's id; empty: in none
    bool head = false, folded = false;
    friend bool operator==(const LayerRow&, const LayerRow&) = default;
};

// The layers, top first, each with a check box. Rows may be dragged among those that can move; files dropped on
// it are wanted as layers. A group is its head and, right behind it, its members; a layer is shown when both its own
// check and its group's are set. Members of a folded group are rows all the same; the view hides them.
class LayerModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        countRole = Qt::UserRole + 1,
        fillRole,
        outlineRole,
        presentRole,
        idRole,
        noteRole,
        shownRole,  // by its group, too
        groupRole,  // the head's id
        headRole,
        foldedRole, // of heads; may be set
    };
    explicit LayerModel(QObject* parent = nullptr);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction | Qt::CopyAction; }
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;
    bool canDropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                         const QModelIndex& parent) const override;
    // Always false: what was moved is moved already, and the view must not take it away.
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                      const QModelIndex& parent) override;

    // Asked whenever rows are set: puts them in the order that was arranged, with what was added.
    void setArranging(std::function<void(std::vector<LayerRow>&)> arrange);
    void setRows(std::vector<LayerRow> rows);
    const std::vector<LayerRow>& rows() const { return rows_; }
    // A layer, or a group as a whole, to before the row `gap`, as a member of `group`, or of none. Held within the
    // rows that move, and within the group or out of any. False: it stays.
    bool moveTo(const QString& id, int gap, const QString& group = {});
    // One place up or down. At the edge of an unfolded group a layer goes in or out; a folded one is passed as a whole.
    bool step(const QString& id, bool up);
    void insertBelowLive(LayerRow row); // above all that moves
    // A group in the place of `id`, with that in it. From within another group: right below that one.
    bool makeGroup(const QString& id, LayerRow head);
    void remove(const QString& id);   // of a group only the head; its layers stay
    int end(int head) const;          // behind the last member
    bool foldedAway(int row) const;
    void rename(const QString& id, const QString& name);
    void setColours(const QString& id, const QColor& fill, const QColor& outline);
    int find(const QString& id) const; // -1: absent
    void setCount(const QString& id, std::size_t count);
    void setHint(const QString& id, const QString& hint);
    void setNote(const QString& id, const QString& note);
    bool visible(const QString& id) const; // by its own check and its group's
    void setVisible(const QString& id, bool visible); // its own check
    void reveal(const QString& id);                   // and its group's
    QStringList visibleIds() const;
    QStringList checkedIds() const; // by their own checks
    bool checked(const QString& id) const;

signals:
    // For each whose check or visibility is another, members of a switched group among them; `visible`: on the map.
    void visibilityChanged(const QString& id, bool visible);
    void shownChanged(const QStringList& ids); // once, after all of those
    void moved(); // the order is another, or who is in which group
    void foldsChanged();
    void dropped(const QList<QUrl>& urls);

private:
    template <class T>
    void set(const QString& id, T LayerRow::*field, T value);
    bool shown(const LayerRow& row) const;
    // Says whose visibility is another than it was, and of `always` in any case.
    void tell(const QStringList& were, const QString& always = {});
    std::vector<LayerRow> rows_;
    std::function<void(std::vector<LayerRow>&)> arrange_;
};

} // namespace vedette::console
