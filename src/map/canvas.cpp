// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas_impl.h"

#include <QGuiApplication>

#include <algorithm>
#include <cmath>
#include <utility>

namespace vedette::map {

namespace {

constexpr double nearest = 0.02, farthest = 50000; // metres per pixel
constexpr std::chrono::milliseconds stillness{90}, wheelPause{80}, frameStep{16}, flashStepLength{33}, usualPatience{10};

// How far two views are from showing the same at the same size and angle; 0: at most shifted.
double unlike(const View& a, const View& b) {
    return std::abs(std::log2(a.metresPerPixel / b.metresPerPixel)) + a.rotation.apart(b.rotation) / 30;
}

// Whether an older frame is still something to go by while the wheel turns: at most four times as coarse, a quarter of it.
bool fits(const View& frame, const View& view) {
    return unlike(frame, view) <= 2.01 && overlap(frame, view) > 0.2;
}

// Whether the view's frame is an older one moved by whole pixels and a few strips, which takes milliseconds.
bool isNearly(const View& frame, const View& view) {
    if (unlike(frame, view) != 0 || frame.size != view.size || frame.devicePixelRatio != view.devicePixelRatio ||
        overlap(frame, view) < 0.85)
        return false;
    const QPointF by = (view.mapToView(frame.centre) - view.middle()) * view.devicePixelRatio;
    constexpr double whole = 1e-4; // of a pixel, as LastGround has it
    return std::abs(by.x() - std::round(by.x())) < whole && std::abs(by.y() - std::round(by.y())) < whole;
}

} // namespace

Canvas::Impl::Impl(Canvas* owner)
    : canvas(owner), worker([this](RenderWorker::Frame frame) {
          // Queued to the widget's thread; dropped by Qt when the widget is gone.
          QMetaObject::invokeMethod(
              canvas, [this, frame = std::move(frame)]() mutable { frameDone(std::move(frame)); },
              Qt::QueuedConnection);
      }) {
    wheelRest.setSingleShot(true);
    wheelRest.setInterval(wheelPause);
    QObject::connect(&wheelRest, &QTimer::timeout, canvas, [this] {
        if (owed)
            requestFrame();
    });
    late.setSingleShot(true);
    late.setInterval(usualPatience);
    late.setTimerType(Qt::PreciseTimer);
    QObject::connect(&late, &QTimer::timeout, canvas, [this] {
        wasLate = true;
        canvas->update();
    });
    settle.setSingleShot(true);
    settle.setInterval(stillness);
    QObject::connect(&settle, &QTimer::timeout, canvas, [this] { askForBasemap(); });
    glide.setInterval(frameStep);
    glide.setTimerType(Qt::PreciseTimer);
    QObject::connect(&glide, &QTimer::timeout, canvas, [this] { glideTick(); });
    flashTick.setInterval(flashStepLength);
    QObject::connect(&flashTick, &QTimer::timeout, canvas, [this] { flashStep(); });
    QObject::connect(&pulse, &QTimer::timeout, canvas, [this] { pulseTick(); });
    since.start();
}

Canvas::Canvas(QWidget* parent) : QWidget(parent), impl_(std::make_unique<Impl>(this)) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_AcceptTouchEvents);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Map"));
    setAccessibleDescription(
        tr("Arrows move, plus and minus zoom, Shift with the arrows turns, N: north up, Home shows "
           "everything, Backspace returns to the previous view"));
    setMinimumSize(120, 90);
    impl_->overview = new OverviewMap(this);
    connect(impl_->overview, &OverviewMap::lookWanted, this, [this](layers::Point centre, bool first) {
        impl_->overviewFresh = impl_->overviewFresh || first;
        if (centre == impl_->view.centre)
            return; // taken hold of, not moved yet
        View next = impl_->view;
        next.centre = centre;
        impl_->hold();
        if (std::exchange(impl_->overviewFresh, false))
            impl_->look(next, ViewHistory::Step::jump);
        else
            impl_->show(next);
    });
}

Canvas::~Canvas() = default;

View Canvas::Impl::nearer(const View& from, QPointF at, double factor) const {
    return from.zoomedAt(at,
                         from.metresPerPixel / std::clamp(from.metresPerPixel / factor, nearest, farthest));
}

View Canvas::Impl::fittedTo(const layers::Box& box) {
    whole = box;
    wholeView = view.fitted(box);
    wholeView.metresPerPixel = std::clamp(wholeView.metresPerPixel, nearest, farthest);
    return wholeView;
}

void Canvas::Impl::show(View next) {
    next.metresPerPixel = std::clamp(next.metresPerPixel, nearest, farthest);
    next.size = canvas->size().expandedTo({1, 1});
    next.devicePixelRatio = canvas->devicePixelRatioF();
    placed = true;
    if (next == view && newest > 0)
        return;
    if (next.metresPerPixel != view.metresPerPixel && shown.of.view == view && shown.of.scene == scene &&
        !shown.of.rough && wheelRest.isActive())
        kept.keep(shown);
    view = next;
    requestFrame();
    if (client)
        settle.start();
    watchPulses();
    overview->setLooked(view);
    paintSoon();
    emit canvas->viewChanged();
}

// Painted at once and again with its frame, a pan costs twice; so it waits for the frame a moment. While the map is
// dragged the moment isn't begun anew by each event, and where frames are late nothing waits.
void Canvas::Impl::paintSoon() {
    if (late.isActive())
        return;
    if (!wasLate && !shown.image.isNull() && shown.of.scene == scene && shown.of.generation != newest &&
        isNearly(shown.of.view, view))
        late.start();
    else
        canvas->update();
}

void Canvas::Impl::paintPart(const QRect& part) {
    if (!late.isActive()) // it would show another view than what lies around it
        canvas->update(part);
}

void Canvas::Impl::look(const View& next, ViewHistory::Step step) {
    stopGlide();
    if (step != ViewHistory::Step::wheel)
        wheelRest.stop();
    if (placed && (next.centre != view.centre || next.metresPerPixel != view.metresPerPixel ||
                   next.rotation != view.rotation))
        history.leave(view, step, ViewHistory::Clock::now());
    show(next);
}

void Canvas::Impl::hold() {
    if (held)
        return;
    held = true;
    canvas->update();
    emit canvas->heldChanged(true);
}

void Canvas::Impl::requestFrame() {
    owed = false;
    if (!canvas->isVisible())
        return;
    // A turn of the wheel goes through scales that nobody looks at: each would cost a whole frame and be gone before it is
    // seen. They are shown from the frame there is, unless that is no picture of them any more.
    const bool passing = wheelRest.isActive();
    owed = passing;
    if (passing && (shown.of.generation != newest || isPassable()))
        return;
    // A frame that is nearly done and fits the scale and angle roughly is worth more than none: while the map
    // is dragged, turned or zoomed by a wheel without notches, or live data arrive faster than a frame is
    // drawn, the picture must go on.
    const bool useless = unlike(last.view, view) > 0.4 || overlap(last.view, view) < 0.3;
    last = {++newest, scene, view, std::nullopt, nullptr, every, passing};
    early.clear();
    RenderWorker::Request request = last;
    request.basemap = basemap;
    request.shift = shift;
    worker.request(std::move(request), useless);
}

// Whether there is something to go by while the wheel turns.
bool Canvas::Impl::isPassable() const {
    if (fits(shown.of.view, view))
        return true;
    const auto* around = kept.best(view, scene);
    return around && fits(around->of.view, view) && overlap(around->of.view, view) > 0.9;
}

// A frame that takes long is shown as it comes; one for a view that was left meanwhile only when it is whole.
void Canvas::Impl::earlyDone(RenderWorker::Frame frame) {
    if (frame.of.generation != newest || frame.of.view != view)
        return;
    const double ratio = view.devicePixelRatio;
    for (FrameStrip& strip : frame.early) {
        paintPart(QRectF(0, strip.top / ratio, view.size.width(), strip.image.height() / ratio).toAlignedRect());
        strip.image.setDevicePixelRatio(ratio);
        early.push_back(std::move(strip));
    }
}

void Canvas::Impl::frameDone(RenderWorker::Frame frame) {
    if (!frame.early.empty())
        return earlyDone(std::move(frame));
    if (frame.of.generation <= shown.of.generation)
        return;
    const bool current = frame.of.generation == newest;
    if (!current && !shown.image.isNull() && unlike(frame.of.view, view) > unlike(shown.of.view, view))
        return; // stale: the picture on screen is no worse, and the right one is on its way
    shown = std::move(frame);
    if (current)
        early.clear();
    givenStale = true;
    if (shown.milliseconds < double(late.interval()))
        wasLate = false;
    late.stop();
    canvas->update();
    if (owed)
        requestFrame();
    emit canvas->frameShown();
}

void Canvas::Impl::basemapReady(const QImage& image, const View& of) {
    basemap = Renderer::Basemap{image, of};
    requestFrame();
}

void Canvas::Impl::cartographerChanged() {
    using State = CartographerClient::State;
    const auto state = client ? client->state() : State::absent;
    if ((state == State::absent || state == State::failed) && basemap) {
        basemap.reset(); // our own roads take its place
        requestFrame();
    }
    // Asked before it ran; a view that it failed to draw is not asked for again and again.
    if (state == State::ready && asked != view && !settle.isActive())
        settle.start();
}

void Canvas::Impl::askForBasemap() {
    using State = CartographerClient::State;
    if (!client)
        return;
    asked.reset();
    if (client->state() != State::absent && client->state() != State::failed)
        asked = view;
    client->request(shift ? shift->asked(view) : view);
}

bool Canvas::Impl::basemapComing() const {
    using State = CartographerClient::State;
    return settle.isActive() ||
           (client && (client->state() == State::starting || client->state() == State::drawing));
}

const OverlayLayout& Canvas::Impl::laidOut() const {
    if (layoutStale || !layout.moveTo(view)) {
        layout = layOut(*overlay, view, &layout);
        layoutStale = false;
        givenStale = true;
    }
    return layout;
}

const std::vector<GivenWay>& Canvas::Impl::namesGiven(const QTransform& placing) const {
    const OverlayLayout& marks = laidOut();
    if (std::exchange(givenStale, false))
        given =
            shown.names ? givenWay(*shown.names, marks, overlay->trails, placing) : std::vector<GivenWay>();
    return given;
}

layers::Box Canvas::Impl::homeBox() const {
    return home ? *home : scene->areas.size() > 0 ? scene->areas.extent() : layers::Box{};
}

std::shared_ptr<const Scene> Canvas::scene() const {
    return impl_->scene;
}

void Canvas::setScene(std::shared_ptr<const Scene> scene) {
    assert(scene);
    if (scene == impl_->scene)
        return;
    impl_->scene = std::move(scene);
    impl_->kept = {}; // of another scene, which they would hold in memory
    impl_->overview->setScene(impl_->scene);
    impl_->overview->setWhole(impl_->homeBox());
    impl_->placeOverview();
    if (const auto box = impl_->homeBox(); !impl_->placed && !box.empty() && isVisible()) {
        impl_->show(impl_->fittedTo(box));
    } else {
        impl_->requestFrame();
    }
    update();
}

void Canvas::setOverlay(std::shared_ptr<const Overlay> overlay) {
    assert(overlay);
    if (overlay == impl_->overlay)
        return;
    impl_->overlay = std::move(overlay);
    impl_->layoutStale = true;
    impl_->watchPulses();
    update();
}

void Canvas::setBasemapShift(std::shared_ptr<const BasemapShift> shift) {
    if (shift == impl_->shift)
        return;
    impl_->shift = std::move(shift);
    impl_->basemap.reset();
    impl_->asked.reset();
    if (impl_->client)
        impl_->settle.start();
    impl_->requestFrame();
}

void Canvas::setBasemap(CartographerClient* client) {
    if (client == impl_->client)
        return;
    if (impl_->client)
        impl_->client->disconnect(this);
    impl_->client = client;
    impl_->basemap.reset();
    impl_->asked.reset();
    impl_->settle.stop();
    if (client) {
        connect(client, &CartographerClient::frameReady, this,
                [this](const QImage& image, const View& of) { impl_->basemapReady(image, of); });
        connect(client, &CartographerClient::stateChanged, this, [this] { impl_->cartographerChanged(); });
        connect(client, &QObject::destroyed, this, [this] { impl_->cartographerChanged(); });
        impl_->settle.start();
    }
    impl_->requestFrame();
}

const View& Canvas::view() const {
    return impl_->view;
}

void Canvas::setView(const View& view) {
    impl_->look(view, ViewHistory::Step::jump);
}

void Canvas::fit(const layers::Box& box, bool polite) {
    if (box.empty() || (polite && impl_->held))
        return;
    impl_->look(impl_->fittedTo(box), polite ? ViewHistory::Step::follow : ViewHistory::Step::jump);
}

void Canvas::centreOn(layers::Point at, bool polite) {
    if (polite && impl_->held)
        return;
    View next = impl_->view;
    next.centre = at;
    impl_->look(next, polite ? ViewHistory::Step::follow : ViewHistory::Step::jump);
}

void Canvas::turnTo(Rotation rotation) {
    View next = impl_->view;
    next.rotation = rotation;
    impl_->look(next, rotation.none() ? ViewHistory::Step::jump : ViewHistory::Step::turn);
}

void Canvas::previousView() {
    impl_->stopGlide();
    if (const auto view = impl_->history.previous(impl_->view))
        impl_->show(*view);
}

void Canvas::nextView() {
    impl_->stopGlide();
    if (const auto view = impl_->history.next(impl_->view))
        impl_->show(*view);
}

void Canvas::setHome(const layers::Box& box) {
    impl_->home = box.empty() ? std::nullopt : std::optional(box);
    impl_->overview->setWhole(impl_->homeBox());
    impl_->placeOverview();
    if (impl_->home && !impl_->placed && isVisible())
        impl_->show(impl_->fittedTo(box));
}

void Canvas::goHome() {
    if (const auto box = impl_->homeBox(); !box.empty()) {
        const Rotation turned = std::exchange(impl_->view.rotation, Rotation());
        const View whole = impl_->fittedTo(box);
        impl_->view.rotation = turned; // until it is left, for the history
        impl_->look(whole, ViewHistory::Step::jump);
    }
    followAgain();
}

bool Canvas::held() const {
    return impl_->held;
}

void Canvas::followAgain() {
    if (!impl_->held)
        return;
    impl_->held = false;
    update();
    emit heldChanged(false);
}

void Canvas::setTool(Tool tool) {
    impl_->tool = tool;
    impl_->showCursor();
}

Canvas::Tool Canvas::tool() const {
    return impl_->tool;
}

void Canvas::setReadout(std::function<QString(layers::Point)> words) {
    impl_->readout = std::move(words);
    update();
}

QStringList Canvas::marksAt(QPointF at) const {
    return impl_->ids(impl_->laidOut().at(at, *impl_->overlay));
}

bool Canvas::settled() const {
    return impl_->newest > 0 && impl_->shown.of.generation == impl_->newest && !impl_->owed && !impl_->basemapComing() &&
           !impl_->glide.isActive() && impl_->overview->settled();
}

void Canvas::setFramePatience(std::chrono::milliseconds patience) {
    impl_->late.setInterval(patience);
    impl_->every = patience;
}

double Canvas::lastFrameMilliseconds() const {
    return impl_->shown.milliseconds;
}

} // namespace vedette::map
