// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "dispatch/export_tables.h"
#include "console/risk_surface.h"
#endif
#include "console/desk.h"

#include <QDialog>

#include <atomic>

class QComboBox;
class QDateTimeEdit;
class QCheckBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTableWidget;

namespace vedette::console {

class Latest;

// Exports a layer: what, which rows, in which form; shows the names the fields will bear before anything is
// written, and every row that came out changed afterwards.
class ExportDialog : public QDialog {
    Q_OBJECT
public:
    ExportDialog(Desk& desk, RiskSurface heat, QWidget* parent = nullptr);
    ~ExportDialog() override;
    void setView(const layers::Box& box) { view_ = box; }
    bool planned() const { return planned_; } // the field names are shown

    void reject() override;

signals:
    void exported(bool written);

private:
    void build();
    void choicesChanged();
    void proposeSpan(); // of what the layer has
    void plan();
    void write();
    void writeHeat(const std::filesystem::path& out);
    void report(const layers::ExportReport& report);
    void setRunning(bool running);
    dispatch::ExportFilter filter() const;
    layers::ExportSettings settings() const;
    std::string layer() const;

    Desk& desk_;
    RiskSurface heat_;
    std::optional<layers::Box> view_;
    Latest *planner_, *writer_;
    QComboBox *layer_ = nullptr, *format_ = nullptr, *crs_ = nullptr, *encoding_ = nullptr;
    QLineEdit *where_ = nullptr, *out_ = nullptr;
    QCheckBox *spanned_ = nullptr, *inView_ = nullptr, *selected_ = nullptr;
    QDateTimeEdit *from_ = nullptr, *to_ = nullptr;
    QTableWidget *names_ = nullptr, *changes_ = nullptr;
    QLabel *summary_ = nullptr, *namesTitle_ = nullptr, *changesHint_ = nullptr;
    QProgressBar* progress_ = nullptr;
    QPushButton *write_ = nullptr, *close_ = nullptr;
    std::atomic<bool> cancel_{false};
    bool running_ = false, planned_ = false;
};

} // namespace vedette::console
