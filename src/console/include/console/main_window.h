// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "console/command_line.h"
#include "console/window_settings.h"
#endif
#include "console/desk.h"
#include "map/cartographer_client.h"

#include <QMainWindow>
#include <QPointer>

class QPushButton;
class QSplitter;
class QStackedWidget;

namespace vedette::console {

class Alarm;
class AnalysisPanel;
class BasemapWords;
class CallForm;
class CommandBar;
class ExportDialog;
class HeaderStrip;
class KeySheet;
class LayerBook;
class LayerModel;
class LayerTable;
class LayersPanel;
class LeaderPage;
class MapPage;
class MapTools;
class PatrolPanel;
class PeoplePanel;
class PlanPanel;
class PrintDialog;
class QueueModel;
class Replay;
class SheetPanel;
class SteadyTable;
class TicketPanel;
class TiltedPage;
class TimelineStrip;
class UnitModel;

// The window: lays the panels out, gives every deed a key, and knows where the focus goes after each.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    struct Options {
        QString actor;
        QString desk; // whose scope to show; empty: the one kept, else the whole city
        std::shared_ptr<const layers::Clock> clock;
        bool remember = true; // take over and keep what was arranged
        bool cartographer = true;
        map::Theme theme = map::Theme::dark;
        bool themeGiven = false; // on the command line: the kept one doesn't count
    };
    MainWindow(std::shared_ptr<dispatch::Session> session, const Options& options, QWidget* parent = nullptr);
    ~MainWindow() override;
    Desk& desk() { return *desk_; }
    MapPage& mapPage() { return *map_; }
    MapTools& mapTools() { return *tools_; }
    Replay& replay() { return *replay_; }
    TicketPanel& ticketPanel() { return *ticket_; }
    void setTheme(map::Theme theme);
    void nextTicket();
    void takeCall(std::optional<layers::Point> at = {});
    ExportDialog* openExport();
    PrintDialog* openPrint();
    void askBasemap(layers::Point at); // what it shows there, in words
    void showKeys();
    void openPlan();
    void openRoster(const std::string& said = {}); // "[TIME] [DESK]"
    void openRoll();                               // the newest roll call
    void openSheet(const std::string& said);       // "[DESK] TEXT": hands over
    void openBoard(const QString& period = {}); // the leader's board
    void openPatrols();
    void openAnalysis(); // what the risk heat is made of, figures, back-test
    void openTilted();   // the tilted picture of the risk
    AnalysisPanel& analysis() { return *analysis_; }
    TiltedPage& tilted() { return *tilted_; }
    PatrolPanel& patrolPanel() { return *patrol_; }
    LeaderPage& leaderPage() { return *leader_; }
    void drawClosure(std::optional<layers::Point> first = {}); // again: leaves it
    void listClosures();
    LayerBook& layerBook() { return *book_; }
    void openTable(const QString& id); // the attributes of a layer
    bool settled() const; // everything asked for is on screen

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void buildTables();
    void buildLayers();
    void buildAnalysis();
    void connectPanels();
    void bindKeys();
    void openCartographer();
    void noteBasemap();
    void back(); // Esc
    void toQueue();
    void closePlan(); // or whatever else has taken the place of queue and units
    void openBottom(QWidget* panel, double share = 0); // share of the height, where it needs more
    // The leader's board lies over map, tables and panels; what lies below stays as it is.
    bool boardOpen() const;
    void closeBoard(bool focus = true);
    bool tiltedOpen() const;
    void closeTilted();
    void showPatrols();
    void showTickets(const std::vector<QueueRow>& rows, const QString& what, qulonglong all);
    void leaveFilter();
    std::vector<QueueRow> queueRows(); // the board's, or those behind a figure
    void showPlanned();
    void carryOut(const Line& line);
    void find(const QString& text);
    bool findSweep(const QString& text);
    void go(const Line& line);
    void sitAt(const std::string& desk);
    void showBoard();
    void showSelection();
    void contextMenu(layers::Point at, QPoint global);
    void restore();
    void placeOnScreen();
    void keep();

    Options options_;
    WindowSettings settings_;
    Desk* desk_;
    Replay* replay_ = nullptr;
    Alarm* alarm_ = nullptr;
    LayerModel* layerModel_ = nullptr;
    QueueModel* queueModel_ = nullptr;
    UnitModel* unitModel_ = nullptr;
    HeaderStrip* header_ = nullptr;
    CommandBar* bar_ = nullptr;
    LayersPanel* layers_ = nullptr;
    LayerBook* book_ = nullptr;
    LayerTable* layerTable_ = nullptr;
    MapPage* map_ = nullptr;
    MapTools* tools_ = nullptr;
    SteadyTable *queue_ = nullptr, *units_ = nullptr;
    TicketPanel* ticket_ = nullptr;
    CallForm* call_ = nullptr;
    PlanPanel* plan_ = nullptr;
    PeoplePanel* people_ = nullptr;
    SheetPanel* sheet_ = nullptr;
    QList<int> sizesBefore_;                              // of map and bottom, before a panel needed more
    QStackedWidget *right_ = nullptr, *bottom_ = nullptr; // bottom: queue and units, or the plan
    TimelineStrip* timeline_ = nullptr;
    KeySheet* keys_ = nullptr;
    QList<QSplitter*> splitters_;
    map::CartographerClient* cartographer_ = nullptr;
    BasemapWords* basemapWords_ = nullptr; // made when first asked for
    bool firstBoard_ = true, shownLive_ = true;
    QStackedWidget* stage_ = nullptr; // the work, or the leader's board
    LeaderPage* leader_ = nullptr;
    PatrolPanel* patrol_ = nullptr;
    AnalysisPanel* analysis_ = nullptr;
    TiltedPage* tilted_ = nullptr;
    QPushButton* filterChip_ = nullptr;
    struct QueueFilter { // the queue shows these and nothing else
        std::vector<QueueRow> rows;
        bool fromBoard = false;
    };
    std::optional<QueueFilter> filter_;
    QPointer<QWidget> beforeBoard_; // had the focus
};

} // namespace vedette::console
