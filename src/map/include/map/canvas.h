// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/basemap_shift.h"
#include "map/renderer.h"
#include "map/sketch.h"

#include <QStringList>
#include <QWidget>

#include <chrono>
#include <functional>

namespace vedette::map {

class CartographerClient;

// The map widget. Shows a View; a worker thread draws, the newest request wins, the last frame is shifted,
// scaled and turned meanwhile. Pan (drag, arrows), zoom to the cursor (wheel, +/-), rubber-band zoom
// (shift-drag), turn (ctrl-drag, shift-wheel, Shift with the arrows to the sides, N: north up), two fingers
// for all three, exact previous view (Backspace), next (Shift+Backspace), home (Home: everything, north up).
// A map that is let go in motion glides on, unless motion is reduced. After a gesture by the operator the
// view is held: centreOn() and fit() with `polite` do nothing until followAgain() or Home. Painting costs
// nothing while nothing changes; only pulses of untaken incidents keep a timer, a glide and a flash one that
// ends.
class Canvas : public QWidget {
    Q_OBJECT
public:
    explicit Canvas(QWidget* parent = nullptr);
    ~Canvas() override;

    void setScene(std::shared_ptr<const Scene> scene);
    std::shared_ptr<const Scene> scene() const; // the one set last, never null
    void setOverlay(std::shared_ptr<const Overlay> overlay);
    void setBasemap(CartographerClient* client); // not owned; null: none
    // For a basemap whose tiles were bent before publication; null: it shows things where they are.
    void setBasemapShift(std::shared_ptr<const BasemapShift> shift);
    const View& view() const;
    void setView(const View& view); // goes into the history
    void fit(const layers::Box& box, bool polite = false);
    void centreOn(layers::Point at, bool polite = false);
    // Turns about the middle; a step of the history.
    void turnTo(Rotation rotation);
    void previousView();
    void nextView();
    // Comes to where the place is named to whoever looks for it: a ring closes in on it for a moment.
    void flash(layers::Point at);
    // No gliding, a flash that stands still.
    void setReducedMotion(bool reduced);
    bool reducedMotion() const;
    bool gliding() const;
    // A small map of the whole city in the corner.
    void setOverviewShown(bool shown);
    bool overviewShown() const;
    // What a tool draws over everything else; nothing: no tool draws.
    void setSketch(std::optional<Sketch> sketch);
    // Ground metres of a working metre at a place, for the scale bar; unless set, 1.
    void setGroundScale(std::function<double(layers::Point)> scale);
    std::optional<layers::Point> underPointer() const; // nothing while the pointer is elsewhere
    // Home is the box set here, else the areas' extent; going there also follows again.
    void setHome(const layers::Box& box);
    void goHome();
    bool held() const;
    void followAgain();
    enum class Tool { pan, select, zoomBox, pickPoint };
    void setTool(Tool tool);
    Tool tool() const;
    // Words for a map point at the bottom right, e.g. area code and coordinates. Called on the GUI thread for
    // every move of the pointer: quick, please.
    void setReadout(std::function<QString(layers::Point)> words);
    // Ids of the marks under a point of the widget, topmost first; all of a crowd's.
    QStringList marksAt(QPointF at) const;
    // The topmost crowd under a point of the widget: its members in the overlay, highest rank first, and where they
    // stand on the map.
    struct Crowd {
        QPointF at;
        std::vector<std::uint32_t> marks;
        layers::Box box;
    };
    std::optional<Crowd> crowdAt(QPointF at) const;
    // Marks that have an id around a point of the widget, nearest first.
    std::vector<std::uint32_t> marksNear(QPointF at, double radius) const;
    const Overlay& overlay() const;
    void zoomInto(const layers::Box& box); // as a gesture: the view is held
    // Whether the frame on screen belongs to the current view and scene, and no basemap is on its way.
    bool settled() const;
    // How long a pan waits to be painted together with its frame, which costs half, before it is painted without; and how
    // often a frame that takes longer is shown as far as it is.
    void setFramePatience(std::chrono::milliseconds patience);
    double lastFrameMilliseconds() const; // what the worker took for the frame on screen

signals:
    void viewChanged();
    void overviewToggled(bool shown);
    void heldChanged(bool held);
    void pointed(layers::Point at, QStringList ids); // click: map point and the marks under it, topmost first
    void hovered(layers::Point at, QStringList ids);
    void hoverLeft(); // the pointer is elsewhere now
    void contextWanted(layers::Point at, QPoint global);
    void frameShown();

protected:
    bool event(QEvent*) override;
    void paintEvent(QPaintEvent*) override;
    void resizeEvent(QResizeEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void mouseReleaseEvent(QMouseEvent*) override;
    void mouseDoubleClickEvent(QMouseEvent*) override;
    void wheelEvent(QWheelEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    void contextMenuEvent(QContextMenuEvent*) override;
    void leaveEvent(QEvent*) override;
    void showEvent(QShowEvent*) override;
    void hideEvent(QHideEvent*) override;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace vedette::map
