// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "console/map_scene.h"
#endif
#include "console/layer_model.h"

#include <QWidget>

class QListView;

namespace vedette::console {

// The layers with their check boxes, the heat ramp with its fixed scale and unit, and what the signs mean.
class LayersPanel : public QWidget {
    Q_OBJECT
public:
    explicit LayersPanel(LayerModel& model, QWidget* parent = nullptr);
    void setHeat(const HeatChoice& choice);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

signals:
    void leave();

private:
    QListView* list_;
    QWidget* ramp_;
};

} // namespace vedette::console
