// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "console/risk_surface.h"
#endif
#include "console/desk.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QTabWidget;

namespace vedette::console {

class BackTestView;
class FiguresView;
class HeatForm;
class Latest;
class MapPage;
class WeekClock;

// What an analyst asks of the history, below the map that shows it: what the risk surface is made of, the hours of the
// week, figures per area with their change, and whether the surface would have told what came after. Every change is
// shown at once; what is still being made for an older one is given up.
class AnalysisPanel : public QWidget {
    Q_OBJECT
public:
    AnalysisPanel(Desk& desk, MapPage& map, QWidget* parent = nullptr);
    ~AnalysisPanel() override;
    void begin();
    void showFigures();
    void showBackTest();
    bool busy() const;
    // The surface that is on the map, as GeoTIFF; `surfaceWritten` when it is done.
    void exportSurface(const QString& file);
    WeekClock& clock() { return *clock_; }
    FiguresView& figures() { return *figures_; }
    BackTestView& backTest() { return *test_; }

signals:
    void leave();
    void tiltedWanted();
    void surfaceWritten(bool ok);

private:
    void build();
    void ask();
    void follow(const HeatChoice& choice);
    void exportAsked();
    void exportClock();
    void exportFigures();

    Desk& desk_;
    MapPage& map_;
    Latest* writer_;
    HeatForm* form_ = nullptr;
    WeekClock* clock_ = nullptr;
    FiguresView* figures_ = nullptr;
    BackTestView* test_ = nullptr;
    QTabWidget* tabs_ = nullptr;
    QLabel *headline_ = nullptr, *clockNote_ = nullptr;
    QProgressBar* progress_ = nullptr;
    QPushButton *cancel_ = nullptr, *whole_ = nullptr;
    HeatChoice choice_;
    QTimer soon_; // keys held down in a field are one question
    bool begun_ = false;
};

} // namespace vedette::console
