// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/layer_book.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSlider;
class QSpinBox;
class QTableWidget;

namespace vedette::console {

// How one layer looks and is read, below the list; what is changed is so at once. Esc leaves.
class LayerProperties : public QWidget {
    Q_OBJECT
public:
    explicit LayerProperties(LayerBook& book, LayerModel& model, QWidget* parent = nullptr);
    void open(const QString& id);
    QString id() const { return id_; }
    void loadStyle(const QString& file);
    void saveStyle(const QString& file);
    void focusName();

signals:
    void leave();
    // A style in QGIS's form, which only the cartographer reads and writes.
    void qmlWanted(bool save, const QString& file);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void fill();
    void fillClasses();
    void findBreaks();
    void classify(); // by the kind, column and method that are chosen
    void change(const std::function<void(layers::LayerStyle&)>& deed);
    void pickColour(int row, bool outline);
    layers::LayerStyle style() const;
    bool edgeOnly() const;

    LayerBook& book_;
    LayerModel& model_;
    QString id_;
    bool filling_ = false;
    QFormLayout* form_ = nullptr;
    QLineEdit *name_ = nullptr, *filter_ = nullptr, *crs_ = nullptr, *encoding_ = nullptr;
    QSlider* opacity_ = nullptr;
    QComboBox *nearest_ = nullptr, *farthest_ = nullptr, *kind_ = nullptr, *column_ = nullptr, *method_ = nullptr,
              *ramp_ = nullptr, *marker_ = nullptr, *label_ = nullptr, *datum_ = nullptr;
    QSpinBox* count_ = nullptr;
    QDoubleSpinBox *width_ = nullptr, *size_ = nullptr, *labelSize_ = nullptr;
    QTableWidget* classes_ = nullptr;
    QLabel *wrong_ = nullptr, *read_ = nullptr;
    QPushButton *addRule_ = nullptr, *removeRule_ = nullptr, *styleFile_ = nullptr;
};

} // namespace vedette::console
