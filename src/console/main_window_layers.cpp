// SPDX-License-Identifier: GPL-3.0-or-later
// The layers that a person manages: what joins list, map, table and the files dropped on the map.
#include "console/layer_book.h"
#include "console/layer_table.h"
#include "console/layer_tools.h"
#include "console/layers_panel.h"
#include "console/main_window.h"
#include "console/map_page.h"
#include "console/style_turner.h"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QStackedWidget>

namespace vedette::console {

namespace {

// Files dropped on the map become layers.
class DroppedFiles : public QObject {
public:
    DroppedFiles(LayerBook& book, QWidget& on) : QObject(&on), book_(book) {
        on.setAcceptDrops(true);
        on.installEventFilter(this);
    }
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() != QEvent::DragEnter && event->type() != QEvent::DragMove &&
            event->type() != QEvent::Drop)
            return false;
        auto* drop = static_cast<QDropEvent*>(event);
        if (!drop->mimeData()->hasUrls())
            return false;
        drop->setDropAction(Qt::CopyAction);
        drop->accept();
        if (event->type() == QEvent::Drop)
            book_.addUrls(drop->mimeData()->urls());
        return true;
    }

private:
    LayerBook& book_;
};

} // namespace

void MainWindow::buildLayers() {
    book_ = new LayerBook(*desk_, *layerModel_, options_.remember, this);
    map_->setBook(book_);
    LayerTools& tools = layers_->setBook(*book_);
    layerTable_ = new LayerTable(*book_, *layerModel_, bottom_);
    bottom_->addWidget(layerTable_);
    new DroppedFiles(*book_, *map_);
    connect(book_, &LayerBook::tell, this, [this](const QString& words, bool refused) {
        desk_->tell(words, refused ? Desk::Tone::refused : Desk::Tone::plain);
    });
    const auto zoom = [this](const layers::Box& box) {
        if (box.empty())
            return desk_->tell(tr("Nothing of it has a place on the map"));
        layers::Box wide = box; // a single point has no extent to fill a window with
        const double least = 200;
        if (box.width() < least)
            wide.minX = box.centre().x - least / 2, wide.maxX = box.centre().x + least / 2;
        if (box.height() < least)
            wide.minY = box.centre().y - least / 2, wide.maxY = box.centre().y + least / 2;
        map_->canvas().fit(wide);
    };
    connect(&tools, &LayerTools::zoomWanted, this, zoom);
    connect(layerTable_, &LayerTable::zoomWanted, this, zoom);
    connect(&tools, &LayerTools::tableWanted, this, [this](const QString& id) { openTable(id); });
    connect(layerTable_, &LayerTable::leave, this, &MainWindow::closePlan);
    const layers::Workspace& workspace = desk_->city().workspace;
    map::CartographerReach reach;
    reach.workspace = workspace.folder;
    reach.allowFolders.assign(workspace.allowFolders.begin(), workspace.allowFolders.end());
    auto* turner = new StyleTurner(*book_, reach, book_);
    connect(&tools.properties(), &LayerProperties::qmlWanted, turner,
            [turner, &tools](bool save, const QString& file) {
                const QString id = tools.properties().id();
                save ? turner->save(id, file) : turner->load(id, file);
            });
}

void MainWindow::openTable(const QString& id) {
    openBottom(layerTable_, 0.35);
    layerTable_->open(id);
}

} // namespace vedette::console
