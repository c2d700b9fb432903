// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "console/patrol_model.h"
#endif
#include "console/desk.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace vedette::console {

class Latest;
class SteadyTable;

// Patrols of the desk of this window: those that go on with their coverage by the tracks, and a proposal for the
// next hours by risk. Space takes a proposed line in or out, Enter accepts those checked one after the other, Esc
// leaves and sends nothing. Proposed once on opening and by its button; coverage follows every twenty seconds.
class PatrolPanel : public QWidget {
    Q_OBJECT
public:
    explicit PatrolPanel(Desk& desk, QWidget* parent = nullptr);
    ~PatrolPanel() override;
    void begin();
    void end();
    PatrolModel& model() { return *model_; }
    bool busy() const;
    std::vector<PatrolRow> rows() const { return rows_; } // what the map shows

signals:
    void leave();
    void changed();                                     // the areas on the map are others
    void areaPicked(vedette::layers::Point middle);     // a row was chosen

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void make(bool propose);
    void showRows();
    void accept();
    void sendNext();

    Desk& desk_;
    PatrolModel* model_;
    SteadyTable* table_ = nullptr;
    QLabel *headline_ = nullptr, *hint_ = nullptr;
    QPushButton *accept_ = nullptr, *all_ = nullptr, *anew_ = nullptr;
    Latest* maker_;
    std::shared_ptr<const layers::HeatSurface> surface_; // made once, on the worker
    std::atomic<bool> cancel_{false};
    std::vector<PatrolRow> rows_;
    dispatch::PatrolPlan plan_;
    QString note_;
    std::vector<std::string> toSend_; // last first
    std::size_t sent_ = 0, refused_ = 0;
    QTimer again_;
    bool open_ = false, none_ = true;
};

} // namespace vedette::console
