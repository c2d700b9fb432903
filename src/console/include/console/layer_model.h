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
    QString id; // "tickets" "units" "heat" "roads" "basemap" or an area kind, "exclusive"; "layer1" of an added one
    QString name;
    std::optional<std::size_t> count;
    bool visible = false;
    bool present = true; // the city has such a layer; absent ones are greyed and say what would fill them
    QColor fill, outline;
    QString hint;
    QString note;         // what it waits for, in place of the count
    bool movable = false; // among its like; what is live stays above, the basemap below all
    friend bool operator==(const LayerRow&, const LayerRow&) = default;
};

// The layers, top first, each with a check box. Rows may be dragged among those that can move; files dropped on
// it are wanted as layers.
class LayerModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { countRole = Qt::UserRole + 1, fillRole, outlineRole, presentRole, idRole, noteRole };
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
    // To where it stands after the move; held within the rows that move. False: it stays.
    bool moveTo(const QString& id, int row);
    void insertBelowLive(LayerRow row); // above all that moves
    void remove(const QString& id);
    void rename(const QString& id, const QString& name);
    void setColours(const QString& id, const QColor& fill, const QColor& outline);
    int find(const QString& id) const; // -1: absent
    void setCount(const QString& id, std::size_t count);
    void setHint(const QString& id, const QString& hint);
    void setNote(const QString& id, const QString& note);
    bool visible(const QString& id) const;
    void setVisible(const QString& id, bool visible);
    QStringList visibleIds() const;

signals:
    void visibilityChanged(const QString& id, bool visible);
    void moved(); // the order is another
    void dropped(const QList<QUrl>& urls);

private:
    template <class T>
    void set(const QString& id, T LayerRow::*field, T value);
    std::vector<LayerRow> rows_;
    std::function<void(std::vector<LayerRow>&)> arrange_;
};

} // namespace vedette::console
