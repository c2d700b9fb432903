// SPDX-License-Identifier: GPL-3.0-or-later
// The analyst's panel below the map, and the tilted picture over the window's work.
#include "console/analysis_panel.h"
#include "console/layer_model.h"
#include "console/main_window.h"
#include "console/map_page.h"
#include "console/tilted_page.h"
#include "console/wording.h"

#include <QApplication>
#include <QStackedWidget>

namespace vedette::console {

void MainWindow::buildAnalysis() {
    if (options_.remember)
        map_->setHeat(keptHeat(desk_->city().workspace.folder));
    analysis_ = new AnalysisPanel(*desk_, *map_, bottom_);
    bottom_->addWidget(analysis_);
    tilted_ = new TiltedPage(*desk_, stage_);
    stage_->addWidget(tilted_);
    connect(analysis_, &AnalysisPanel::leave, this, &MainWindow::closePlan);
    connect(analysis_, &AnalysisPanel::tiltedWanted, this, &MainWindow::openTilted);
    connect(tilted_, &TiltedPage::leave, this, &MainWindow::closeTilted);
}

void MainWindow::openAnalysis() {
    if (desk_->city().workspace.incidents.empty())
        return desk_->tell(tr("No history to analyse: name an [incidents] source in workspace.toml"), Desk::Tone::refused);
    closeTilted();
    layerModel_->reveal(QStringLiteral("heat"));
    openBottom(analysis_, 0.46);
    analysis_->begin();
}

void MainWindow::openTilted() {
    closeBoard(false);
    stage_->setCurrentWidget(tilted_);
    tilted_->setLayers(map_->canvas().scene()->features);
    tilted_->begin(map_->heat());
    tilted_->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::closeTilted() {
    if (!tiltedOpen())
        return;
    stage_->setCurrentIndex(0);
    toQueue();
}

bool MainWindow::tiltedOpen() const {
    return tilted_ && stage_->currentWidget() == tilted_;
}

} // namespace vedette::console
