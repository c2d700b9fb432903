// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/layer_properties.h"

class QListView;
class QListWidget;
class QToolButton;

namespace vedette::console {

// What is done with the layers: buttons above the list, keys in it, the choice among the layers of one source, and
// the properties below it.
class LayerTools : public QWidget {
    Q_OBJECT
public:
    LayerTools(LayerBook& book, LayerModel& model, QListView& list, QWidget* parent = nullptr);
    LayerProperties& properties() { return *properties_; }
    QWidget* below() { return below_; } // choice and properties; to be placed under the list
    QString current() const;            // "" : none
    void addFiles();
    void addFolder();
    void openProperties();
    void closeProperties();

signals:
    void tableWanted(const QString& id);
    void zoomWanted(const vedette::layers::Box& box);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void menu(const QPoint& global);
    void removeCurrent();
    void bringBack();
    void groupCurrent();
    bool fold(bool folded); // the current group, or from a layer to its head
    void choose(const QString& path, const QStringList& names, const QStringList& details);
    void takeChosen();
    void enable();

    LayerBook& book_;
    LayerModel& model_;
    QListView& list_;
    QWidget* below_;
    LayerProperties* properties_;
    QWidget* choice_;
    QListWidget* choices_;
    QString choiceOf_;
    QToolButton *up_, *down_, *look_, *table_, *remove_;
};

} // namespace vedette::console
