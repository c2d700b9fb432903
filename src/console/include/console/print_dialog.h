// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/desk.h"
#include "map/scene.h"
#include "map/sheet.h"
#include "map/view.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace vedette::console {

class LayerBook;

// Prints the map as it is seen, the whole city, or an atlas: a page for each area of a kind. Not modal; what
// was chosen is remembered in the workspace, the map goes on being used while it prints.
class PrintDialog : public QDialog {
    Q_OBJECT
public:
    // `visibleLayers`: the ids of LayerModel whose areas are printed. `scene`: what the map shows, of which
    // heat and added layers are taken. `book`: how the areas look; outlives the dialog's use.
    PrintDialog(Desk& desk, const LayerBook& book, const map::View& view, const QStringList& visibleLayers,
                std::shared_ptr<const map::Scene> scene, bool remember, QWidget* parent = nullptr);
    void reject() override; // the first time while printing: cancels

signals:
    void printed(bool written);

private:
    void build();
    void restore();
    void keep() const;
    void propose(); // title and file for what is to be printed
    void print();
    void setRunning(bool running);
    map::Sheets sheets() const;
    void addGround(map::Sheets& sheets, const layers::Box& shown) const; // areas, heat and added layers
    void addMarks(map::Sheets& sheets, const layers::Box& shown) const;
    map::CartographerReach reach() const;

    Desk& desk_;
    const LayerBook& book_;
    map::View view_;
    QStringList visible_;
    std::shared_ptr<const map::Scene> scene_;
    bool remember_;
    map::SheetPrinter* printer_;
    QComboBox *what_ = nullptr, *paper_ = nullptr, *format_ = nullptr, *dpi_ = nullptr;
    QLineEdit *title_ = nullptr, *subtitle_ = nullptr, *scale_ = nullptr, *out_ = nullptr;
    QCheckBox *landscape_ = nullptr, *basemap_ = nullptr, *codes_ = nullptr, *tickets_ = nullptr;
    QCheckBox *units_ = nullptr, *heat_ = nullptr, *added_ = nullptr;
    QLabel* summary_ = nullptr;
    QProgressBar* progress_ = nullptr;
    QPushButton *print_ = nullptr, *close_ = nullptr;
};

} // namespace vedette::console
