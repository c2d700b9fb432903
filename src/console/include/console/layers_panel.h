// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "console/area_tints.h"
#include "console/map_scene.h"
#endif
#include "console/layer_model.h"
#include "console/layer_tools.h"

#include <QWidget>

class QComboBox;
class QListView;
class QVBoxLayout;

namespace vedette::console {

// The layers with their check boxes, the heat ramp with its fixed scale and unit, and what the signs mean.
class LayersPanel : public QWidget {
    Q_OBJECT
public:
    // `kinds`: those that figures may be asked for.
    LayersPanel(LayerModel& model, const std::vector<layers::AreaKind>& kinds, QWidget* parent = nullptr);
    LayerTools& setBook(LayerBook& book); // with it the layers are managed, not only switched
    void setHeat(const HeatChoice& choice);
    void setTinted(const Tinted& tinted);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

signals:
    void leave();
    void tintsWanted(const vedette::console::TintChoice& choice);

private:
    void fit();
    QWidget* makeFigures(const std::vector<layers::AreaKind>& kinds);
    LayerModel& model_;
    QVBoxLayout* column_ = nullptr;
    QListView* list_;
    QWidget *ramp_, *figures_, *classes_;
    QComboBox *measure_ = nullptr, *kind_ = nullptr, *days_ = nullptr;
};

} // namespace vedette::console
