// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/canvas.h"
#include "map/cartographer_client.h"

#include "glide.h"
#include "kept_frames.h"
#include "names_give_way.h"
#include "overlay_layout.h"
#include "overview.h"
#include "render_worker.h"
#include "view_history.h"

#include <QElapsedTimer>
#include <QNativeGestureEvent>
#include <QPointer>
#include <QTimer>
#include <QTouchEvent>

namespace vedette::map {

// All of it lives on the GUI thread; only RenderWorker has one of its own.
struct Canvas::Impl {
    explicit Impl(Canvas* canvas);

    Canvas* canvas;
    View view;
    bool placed = false; // somebody has said where to look
    std::optional<layers::Box>
        whole;      // what the view was fitted to; it keeps to it while the widget changes size
    View wholeView; // the view that came of it
    std::shared_ptr<const Scene> scene = std::make_shared<Scene>();
    std::shared_ptr<const Overlay> overlay = std::make_shared<Overlay>();
    ViewHistory history;
    std::optional<layers::Box> home;
    bool held = false;
    Tool tool = Tool::pan;
    std::function<QString(layers::Point)> readout;
    std::function<double(layers::Point)> groundScale;
    double groundMetres = 1; // of a working metre at groundMetresOf
    std::optional<layers::Point> groundMetresOf;
    std::optional<Sketch> sketch;

    // Frames
    std::uint64_t newest = 0; // generation of the last request
    RenderWorker::Frame shown;
    std::chrono::milliseconds every = EarlyStrips{}.every;
    std::vector<FrameStrip> early; // of the newest frame, until it is there
    RenderWorker::Request last; // what was asked for last, without the image of the basemap
    std::optional<Renderer::Basemap> basemap;
    std::shared_ptr<const BasemapShift> shift;
    QPointer<CartographerClient> client;
    std::optional<View> asked; // of a client that could hear it
    QTimer settle;             // the basemap is asked for when the view has stood still a moment
    QTimer wheelRest;          // runs while the wheel goes on: the last frame is shown scaled, see requestFrame
    bool owed = false;         // a frame was left for when it rests
    KeptFrames kept;           // of scales that the wheel left
    QTimer late;               // runs while a pan waits to be painted with its frame
    bool wasLate = false;      // the last one that was waited for

    // Overlay
    mutable OverlayLayout layout;
    mutable bool layoutStale = true;
    mutable std::vector<GivenWay> given; // names of the shown frame that marks stand on
    mutable bool givenStale = true;
    QTimer pulse;
    QElapsedTimer since;

    // Gestures
    enum class Drag { none, pressed, pan, box, turn };
    Drag drag = Drag::none;
    QPointF pressedAt, pointer;
    View pressedView;
    bool pointerInside = false;
    QRectF noteBox;
    struct Pinch { // two fingers, from where they were set down
        QPointF first, second;
        View from;
        std::optional<double> ignored{}; // degrees they had turned when the map began to
    };
    std::optional<Pinch> pinch;
    bool caught = false;     // the press stopped a glide
    bool touchSpent = false; // fingers that are left over from a pinch mean nothing

    // Motion
    bool reducedMotion = false;
    Glide hand;
    QTimer glide;
    QElapsedTimer glideSince;
    QPointF glideSpeed; // logical pixels a second, when it was let go
    View glideFrom;
    std::optional<layers::Point> flashAt;
    QTimer flashTick;
    QElapsedTimer flashSince;

    OverviewMap* overview = nullptr; // a child of the canvas
    bool overviewFresh = false;      // what it asks for next begins a gesture

    void look(const View& next, ViewHistory::Step step); // a new view, the old one into the history
    void show(View next);                                // a new view, no history
    // Nearer by `factor`, as far as there is; the map point under `at` stays there, at the end of the scale
    // too.
    View nearer(const View& from, QPointF at, double factor) const;
    View fittedTo(const layers::Box& box);               // remembers it
    void hold();
    void requestFrame();
    void paintSoon();
    void paintMap(QPainter& painter, const QRegion& region);
    void paintPart(const QRect& part);
    bool isPassable() const;
    void frameDone(RenderWorker::Frame frame);
    void earlyDone(RenderWorker::Frame frame);
    void basemapReady(const QImage& image, const View& of);
    void cartographerChanged();
    void askForBasemap();
    bool basemapComing() const;
    const OverlayLayout& laidOut() const;
    const std::vector<GivenWay>& namesGiven(const QTransform& placing) const;
    void pulseTick();
    void watchPulses();
    layers::Box homeBox() const;
    QStringList ids(const std::vector<std::uint32_t>& marks) const;
    void showCursor();
    void pointerMoved(QPointF at);
    void endBox();
    void press(QPointF at, bool left, Qt::KeyboardModifiers modifiers, quint64 milliseconds);
    void moveTo(QPointF at, quint64 milliseconds);
    void letGo(QPointF at, bool left, quint64 milliseconds);
    void giveUpDrag(bool back); // back: to the view before
    void turnWith(QPointF at);
    void beginPinch(QPointF first, QPointF second);
    void pinchTo(QPointF first, QPointF second);
    bool touched(QTouchEvent* event);
    bool nativeGesture(QNativeGestureEvent* event);
    void beginGlide(QPointF speed);
    void stopGlide();
    void glideTick();
    void flashStep();
    QRect flashRect() const;
    void placeOverview();
    double metresOnTheGround();
    QRectF northArrow() const; // empty while north is up

    RenderWorker worker; // last: its thread ends before what it delivers to
};

} // namespace vedette::map
