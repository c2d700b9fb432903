// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/feature_table_model.h"
#include "console/layer_book.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace vedette::console {

// The attribute table of one layer, in the place of queue and units. What is selected here is selected on the
// map, and the other way round; Enter zooms to it, Esc leaves.
class LayerTable : public QWidget {
    Q_OBJECT
public:
    explicit LayerTable(LayerBook& book, LayerModel& names, QWidget* parent = nullptr);
    void open(const QString& id);
    QString id() const { return id_; }
    FeatureTableModel& model() { return *model_; }

signals:
    void leave();
    void zoomWanted(const vedette::layers::Box& box);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void fill();
    void takeSelection(); // from the book
    void giveSelection(); // to it
    void count();

    LayerBook& book_;
    LayerModel& names_;
    QString id_;
    FeatureTableModel* model_;
    QLabel *headline_, *wrong_;
    QLineEdit* only_;
    QCheckBox* selectedOnly_;
    QPushButton* zoom_;
    QTableView* table_;
    bool taking_ = false;
};

} // namespace vedette::console
