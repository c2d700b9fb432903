// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QColor>
#include <QCoreApplication>

#include <optional>
#include <vector>

namespace vedette::console {

// One line of the layer tree.
struct LayerRow {
    QString id; // "tickets" "units" "heat" "roads" "basemap" or an area kind, "exclusive"
    QString name;
    std::optional<std::size_t> count;
    bool visible = false;
    bool present = true; // the city has such a layer; absent ones are greyed and say what would fill them
    QColor fill, outline;
    QString hint;
    QString note; // what it waits for, in place of the count
    friend bool operator==(const LayerRow&, const LayerRow&) = default;
};

// The layers, top first, each with a check box.
class LayerModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { countRole = Qt::UserRole + 1, fillRole, outlineRole, presentRole, idRole, noteRole };
    explicit LayerModel(QObject* parent = nullptr);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

    void setRows(std::vector<LayerRow> rows);
    void setCount(const QString& id, std::size_t count);
    void setHint(const QString& id, const QString& hint);
    void setNote(const QString& id, const QString& note);
    bool visible(const QString& id) const;
    void setVisible(const QString& id, bool visible);
    QStringList visibleIds() const;

signals:
    void visibilityChanged(const QString& id, bool visible);

private:
    int find(const QString& id) const;
    std::vector<LayerRow> rows_;
};

} // namespace vedette::console
