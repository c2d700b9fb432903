// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "console/area_tints.h"
#include "console/coordinate_words.h"
#include "console/map_overlay.h"
#include "console/map_scene.h"
#include "console/road_words.h"
#endif
#include "console/desk.h"
#include "map/canvas.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace vedette::console {

class Latest;
class MeasureStrip;
class LayerBook;
class RoadStrip;

// The map with what floats on it: whether the view is held, the scale, where the pointer is, the replay
// banner. Turns layers into a scene and the board into an overlay.
class MapPage : public QWidget {
    Q_OBJECT
public:
    MapPage(Desk& desk, LayerModel& layers, QWidget* parent = nullptr);
    ~MapPage() override;
    map::Canvas& canvas() { return *canvas_; }
    void setBook(LayerBook* book); // not owned; asked for what a person made of the layers
    void setProposed(std::optional<dispatch::UnitId> unit);
    void setPulsing(const std::vector<dispatch::TicketId>& tickets); // ascending
    // Made anew on a worker and shown at once, newest wins; a change of the scale alone makes nothing.
    void setHeat(const HeatChoice& choice);
    void cancelHeat(); // gives up what is being made: the surface that stands stays, with its choice
    bool heatPending() const { return heatPending_; }
    const RiskSurface& risk() const { return risk_; } // what is shown
    // Counted on a worker once the layer is shown, and again when the choice changes.
    void setTints(const TintChoice& choice);
    const HeatChoice& heat() const { return heatChoice_; }
    std::shared_ptr<const layers::HeatSurface> heatSurface() const { return risk_.surface; }
    bool ready() const; // scene complete and on screen
    void show(dispatch::TicketId ticket, bool polite);
    void show(layers::Point at, bool polite);
    void follow(std::optional<dispatch::UnitId> unit); // keeps it in the middle; nullopt: stops
    void pickPoint(bool picking);                      // the next click names a place
    void setArea(std::optional<layers::AreaIndex> area); // outlined until a ticket is chosen
    void setMarker(std::optional<layers::Point> at);
    void setPlanned(std::vector<OverlayChoice::Planned> lines);
    void setPatrols(std::vector<OverlayChoice::Patrolled> patrols);
    RoadStrip& roadStrip() { return *roadStrip_; }
    MeasureStrip& measureStrip() { return *measureStrip_; }
    // How the place under the pointer is written.
    CoordinateForm coordinateForm() const { return form_; }
    void setCoordinateForm(CoordinateForm form);
    // Closed and slowed roads under a point, by id.
    std::vector<const RestrictedShown*> restrictedAt(layers::Point at) const;
    const std::vector<RestrictedShown>& restricted() const;
    void showRestricted(const std::string& id);
    // The way to the selected ticket of whoever is proposed for it or on it; empty turns: none, or straight.
    const dispatch::RoadCost::Way& way() const { return way_; }
    void setTurn(std::optional<layers::Point> at); // a step of it, brought into view
    void rebuild(); // after a change of theme
    // What stands in the middle of the map, or around what is selected there, as a list (Ctrl+L).
    void listMarks();

signals:
    void picked(vedette::layers::Point at);
    void contextWanted(vedette::layers::Point at, QPoint global);
    void wayChanged();
    void closureWanted();
    void heatBegun();
    void areasPointed(const std::vector<vedette::layers::AreaIndex>& areas); // where nothing else stood
    void heatScaled(const vedette::console::HeatChoice& choice);
    void areasTinted(const vedette::console::Tinted& tinted);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void readTheRest();
    void noteWaiting();
    void takeHeat(const HeatChoice& choice, const RiskSurface& risk);
    void readTheLast(const std::shared_ptr<const dispatch::City>& city);
    void makeScene();
    void makeTints();
    void overlay();
    void choose();
    void makeOverlaySoon();
    void showOverlay(const std::shared_ptr<map::Overlay>& made);
    void readSymbols();
    void readTrack();
    void select(const QString& id);
    void openCrowd(const map::Canvas::Crowd& crowd);
    void list(const std::vector<std::uint32_t>& marks, QPointF at);
    void findWay();
    void watchRoads();
    void noteRoads();
    void place();
    void pointed(layers::Point at, const QStringList& ids);
    void hovered(layers::Point at, const QStringList& ids);

    Desk& desk_;
    LayerModel& layers_;
    map::Canvas* canvas_;
    Latest *heatMaker_, *tintMaker_, *wayMaker_, *ground_, *roadMaker_;
    Latest *overlayMaker_, *trackMaker_, *symbolMaker_;
    QTimer overlaySoon_; // of a large board
    QLabel *where_, *banner_;
    RoadStrip* roadStrip_;
    MeasureStrip* measureStrip_;
    CoordinateForm form_ = CoordinateForm::degrees;
    QPushButton* roadButton_; // begins it
    dispatch::RoadCost::Way way_;
    std::vector<dispatch::RoadRestricted> standing_; // when last looked at
    bool routesKnown_ = false, tipShown_ = false;
    OverlayChoice choice_;
    std::pair<std::optional<dispatch::TicketId>, std::optional<dispatch::UnitId>> wayMeant_;
    HeatChoice heatChoice_, heatShown_; // asked for, and on the map
    RiskSurface risk_;
    bool heatMade_ = false;
    TintChoice tintChoice_;
    std::optional<Tinted> tinted_; // of the choice, once it was counted
    std::vector<layers::Snapshot> roads_;
    LayerTrouble roadTrouble_, historyTrouble_;
    std::optional<dispatch::UnitId> followed_;
    LayerBook* book_ = nullptr;
    double overlayScale_ = 0; // metres per pixel it was made for
    std::shared_ptr<std::atomic<bool>> heatCancel_; // of the job that was asked for last
    bool lastBegun_ = false;
    std::atomic<bool> cancelTrack_{false};
    std::shared_ptr<UnitTrack> track_;
    std::optional<dispatch::UnitId> trackOf_;
    dispatch::Instant trackRead_{};
    std::uint64_t overlayAsked_ = 0; // an older one that comes later is dropped
    bool picking_ = false, heatPending_ = true, roadsPending_ = true;
    bool restWanted_ = true; // roads, heat and places wait for the first frame
};

} // namespace vedette::console
