// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/map_page.h"

#include "console/latest.h"
#include "console/measure_strip.h"
#include "console/layer_book.h"
#include "console/memory.h"
#include "console/road_strip.h"
#include "console/shapes.h"
#include "console/theme.h"
#include "console/wording.h"
#include "dispatch/road_closures.h"

#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace vedette::console {

MapPage::MapPage(Desk& desk, LayerModel& layers, QWidget* parent)
    : QWidget(parent), desk_(desk), layers_(layers), canvas_(new map::Canvas(this)),
      heatMaker_(new Latest(this)), tintMaker_(new Latest(this)), wayMaker_(new Latest(this)), ground_(new Latest(this)),
      roadMaker_(new Latest(this)), overlayMaker_(new Latest(this)), trackMaker_(new Latest(this)),
      symbolMaker_(new Latest(this)), where_(new QLabel(this)), banner_(new QLabel(this)),
      roadStrip_(new RoadStrip(desk, *canvas_, this)), measureStrip_(new MeasureStrip(desk, *canvas_, this)),
      roadButton_(new QPushButton(tr("Close a road"), this)) {
    setObjectName(QStringLiteral("mapPage"));
    setMinimumSize(320, 240);
    canvas_->setObjectName(QStringLiteral("map"));
    canvas_->setAccessibleName(tr("Map"));
    banner_->setObjectName(QStringLiteral("replayBanner"));
    banner_->hide();
    where_->setObjectName(QStringLiteral("mapWhere"));
    for (QLabel* label : {where_, banner_})
        label->setAttribute(Qt::WA_TransparentForMouseEvents);

    connect(canvas_, &map::Canvas::pointed, this, &MapPage::pointed);
    connect(canvas_, &map::Canvas::hovered, this, &MapPage::hovered);
    connect(canvas_, &map::Canvas::hoverLeft, this, [this] {
        where_->clear();
        place();
    });
    connect(canvas_, &map::Canvas::contextWanted, this, &MapPage::contextWanted);
    connect(&layers_, &LayerModel::visibilityChanged, this, [this](const QString& id, bool on) {
        if (id == QStringLiteral("statistics"))
            makeTints();
        // One figure at a time colours the ground.
        const QString other = id == QStringLiteral("heat") ? QStringLiteral("statistics") : QStringLiteral("heat");
        if (on && (id == QStringLiteral("statistics") || id == QStringLiteral("heat")) && layers_.visible(other))
            layers_.setVisible(other, false);
    });
    connect(&layers_, &LayerModel::shownChanged, this, [this](const QStringList& ids) {
        choice_.tickets = layers_.visible(QStringLiteral("tickets"));
        choice_.units = layers_.visible(QStringLiteral("units"));
        choice_.closures = layers_.visible(QStringLiteral("closures"));
        for (const QString& id : ids)
            if (id != QStringLiteral("tickets") && id != QStringLiteral("units") && id != QStringLiteral("closures")) {
                makeScene();
                break;
            }
        overlay();
    });
    connect(&desk_, &Desk::boardChanged, this, [this] {
        layers_.setCount(QStringLiteral("tickets"), desk_.board().queue.size());
        layers_.setCount(QStringLiteral("units"), desk_.board().units.size());
        if (!desk_.live())
            banner_->setText(
                tr("REPLAY %1 — Esc for live").arg(q(layers::isoLocal(desk_.now(), desk_.city().zone))));
        place();
        watchRoads();
        readTrack();
        overlay();
    });
    connect(roadStrip_, &RoadStrip::drawn, this, [this] {
        choice_.drawing = roadStrip_->shown();
        overlay();
    });
    roadButton_->setObjectName(QStringLiteral("roadButton"));
    roadButton_->setToolTip(tr("Close a road or slow it down, drawn on the map (Ctrl+R)"));
    roadButton_->setFocusPolicy(Qt::TabFocus);
    connect(roadButton_, &QPushButton::clicked, this, &MapPage::closureWanted);
    connect(roadStrip_, &RoadStrip::begun, this, [this](bool begun) {
        if (begun)
            measureStrip_->end();
        place();
    });
    connect(measureStrip_, &MeasureStrip::begun, this, [this](bool begun) {
        if (!begun && picking_) // a call that is being taken names its place by clicks
            canvas_->setTool(map::Canvas::Tool::pickPoint);
        place();
    });
    connect(&desk_, &Desk::ticketChanged, this, [this] {
        choice_.turn.reset();
        choice_.area.reset();
        overlay();
    });
    connect(&desk_, &Desk::unitChanged, this, [this] {
        readTrack();
        overlay();
    });
    connect(&desk_, &Desk::recommendationChanged, this, &MapPage::findWay);
    connect(&desk_, &Desk::liveChanged, this, [this](bool live) {
        banner_->setVisible(!live);
        place();
    });

    overlaySoon_.setSingleShot(true);
    connect(&overlaySoon_, &QTimer::timeout, this, &MapPage::makeOverlaySoon);
    connect(canvas_, &map::Canvas::frameShown, this, &MapPage::readTheRest, Qt::QueuedConnection);
    readSymbols();
    makeScene();
    overlay();
    noteWaiting();
}

// A layer that sits there empty says what it waits for.
void MapPage::noteWaiting() {
    const bool roads = !desk_.city().workspace.roads.empty();
    layers_.setNote(QStringLiteral("roads"), roads && roadsPending_ ? tr("being read") : QString());
    layers_.setNote(QStringLiteral("heat"), !heatPending_   ? QString()
                                            : roadsPending_ ? tr("waits")
                                                            : tr("being made"));
    const auto tell = [&](const char* id, const LayerTrouble& trouble, bool waits) {
        if (trouble.lines.isEmpty())
            return;
        layers_.setHint(QLatin1String(id), trouble.lines.join(u'\n'));
        if (!waits && !trouble.problem.isEmpty())
            layers_.setNote(QLatin1String(id), QStringLiteral("⚠"));
    };
    tell("roads", roadTrouble_, roadsPending_);
    tell("heat", historyTrouble_, heatPending_);
}

// What a dispatcher can do without for a second: once the areas stand on the screen.
void MapPage::readTheRest() {
    if (!std::exchange(restWanted_, false))
        return;
    ground_->run([this, city = desk_.session().city()]() -> Latest::Delivery {
        std::vector<layers::Snapshot> lines;
        std::vector<layers::Finding> findings;
        for (const auto& spec : city->workspace.roads)
            if (auto snapshot = layers::readSource(city->workspace, spec)) {
                lines.push_back(std::move(snapshot).value());
                findings.insert(findings.end(), lines.back().findings().begin(), lines.back().findings().end());
            } else {
                findings.push_back({layers::Finding::Severity::error, snapshot.problem().message, spec.source, -1, {}});
            }
        std::erase_if(findings,
                      [](const auto& found) { return found.severity == layers::Finding::Severity::note; });
        return [this, lines, findings, city] {
            roads_ = lines;
            roadTrouble_ = {};
            roadTrouble_.add(findings);
            roadsPending_ = false;
            noteWaiting();
            if (!roads_.empty() || !roadTrouble_.problem.isEmpty())
                makeScene();
            findWay();
            setHeat(heatChoice_);
        };
    });
}

MapPage::~MapPage() {
    if (heatCancel_)
        *heatCancel_ = true;
    delete heatMaker_;
    delete tintMaker_;
    delete wayMaker_;
    delete roadMaker_;
    cancelTrack_ = true;
    delete overlayMaker_;
    delete trackMaker_;
    delete symbolMaker_;
    delete ground_;
}

bool MapPage::ready() const {
    return !heatPending_ && !roadsPending_ && !wayMaker_->busy() && !roadMaker_->busy() && !overlaySoon_.isActive() &&
           !overlayMaker_->busy() && canvas_->settled();
}

void MapPage::setHeat(const HeatChoice& choice) {
    heatChoice_ = choice;
    HeatChoice shown = heatShown_;
    shown.scaleMax = choice.scaleMax, shown.scaleFixed = choice.scaleFixed;
    if (heatMade_ && shown == choice && choice.scaleFixed) {
        if (heatPending_)
            cancelHeat();
        heatChoice_ = heatShown_ = choice;
        emit heatScaled(heatChoice_);
        makeScene();
        return;
    }
    if (roadsPending_) // it is begun once they are read
        return;
    if (heatCancel_)
        *heatCancel_ = true;
    heatCancel_ = std::make_shared<std::atomic<bool>>(false);
    heatPending_ = true;
    noteWaiting();
    emit heatBegun();
    heatMaker_->run([this, choice, cancel = heatCancel_, city = desk_.session().city()]() -> Latest::Delivery {
        auto risk = riskSurface(*city, choice, cancel.get());
        return [this, choice, risk, cancel, city] {
            if (!*cancel)
                takeHeat(choice, risk);
            // Last of all, so that no key waits for it and memory has no peak. Who looked for a place meanwhile has the
            // places already, but not the routes.
            if (!std::exchange(lastBegun_, true) && !(city->gazetteer.ready() && city->routes.ready()))
                readTheLast(city);
        };
    });
}

void MapPage::takeHeat(const HeatChoice& choice, const RiskSurface& risk) {
    risk_ = risk;
    historyTrouble_ = {};
    std::vector<layers::Finding> findings = desk_.city().history->findings();
    std::erase_if(findings, [](const auto& found) { return found.severity == layers::Finding::Severity::note; });
    historyTrouble_.add(findings);
    heatShown_ = choice;
    heatMade_ = true;
    heatPending_ = false;
    noteWaiting();
    if (risk.surface && !choice.scaleFixed)
        heatShown_.scaleMax = layers::steadyScale(risk.surface->max), heatShown_.scaleFixed = true;
    heatChoice_ = heatShown_;
    emit heatScaled(heatChoice_);
    makeScene();
}

void MapPage::cancelHeat() {
    if (!heatPending_ || !heatMade_)
        return;
    *heatCancel_ = true;
    heatPending_ = false;
    heatChoice_ = heatShown_;
    noteWaiting();
    emit heatScaled(heatChoice_);
}

void MapPage::readTheLast(const std::shared_ptr<const dispatch::City>& city) {
    ground_->run([this, city, &session = desk_.session()]() -> Latest::Delivery {
        (void)*city->gazetteer;
        (void)*city->routes;
        // Who asks first mends what is closed already: not the one at the keys.
        const layers::Point any = city->areas.extent().empty()
                                      ? layers::Point{}
                                      : layers::Point{city->areas.extent().minX, city->areas.extent().minY};
        (void)session.way(any, any, dispatch::Role::officer);
        giveMemoryBack();
        return [this] {
            watchRoads();
            desk_.recommend(); // so far by straight lines; the way follows
        };
    });
}

void MapPage::makeScene() {
    auto scene = console::makeScene(desk_.city(), layers_, currentTheme(), roads_, risk_.surface, heatShown_,
                                    tinted_ ? tinted_->tints : nullptr);
    if (book_)
        book_->addTo(*scene);
    for (const auto& [id, trouble] : areaTroubles(desk_.city()))
        addPlaceholder(*scene, Words::areaKind(*layers::areaKind(s(id))), trouble);
    const auto unread = [&](const char* id, const LayerTrouble& trouble) {
        if (const int at = layers_.find(QLatin1String(id)); at >= 0 && layers_.visible(QLatin1String(id)))
            addPlaceholder(*scene, layers_.rows()[std::size_t(at)].name, trouble);
    };
    unread("roads", roadTrouble_);
    unread("heat", historyTrouble_);
    canvas_->setScene(scene);
}

void MapPage::setBook(LayerBook* book) {
    book_ = book;
    connect(book, &LayerBook::sceneChanged, this, [this] {
        makeScene();
        overlay();
    });
    connect(canvas_, &map::Canvas::viewChanged, this, [this] { // layers may end at a scale
        if (canvas_->view().metresPerPixel != overlayScale_)
            overlay();
    });
    makeScene();
}

void MapPage::setTints(const TintChoice& choice) {
    if (choice == tintChoice_ && tinted_)
        return;
    tintChoice_ = choice;
    tinted_.reset();
    makeTints();
}

void MapPage::makeTints() {
    if (tinted_ || !layers_.visible(QStringLiteral("statistics")))
        return;
    layers_.setNote(QStringLiteral("statistics"), tr("being counted"));
    tintMaker_->run([this, choice = tintChoice_, city = desk_.session().city()]() -> Latest::Delivery {
        auto counted = std::make_shared<dispatch::AreaStatistics>(statisticsOf(*city, choice));
        return [this, choice, counted] {
            tinted_ = tinted(choice, std::move(*counted), currentTheme());
            layers_.setNote(QStringLiteral("statistics"), QString());
            emit areasTinted(*tinted_);
            makeScene();
        };
    });
}

void MapPage::rebuild() {
    noteWaiting(); // the rows are new
    if (tinted_) {
        tinted_ = tinted(tinted_->choice, std::move(tinted_->statistics), currentTheme());
        emit areasTinted(*tinted_);
    }
    noteRoads();
    makeScene();
    overlay();
}

void MapPage::show(dispatch::TicketId id, bool polite) {
    if (const dispatch::Ticket* ticket = desk_.state().ticket(id))
        show(desk_.city().crs.toWorking(ticket->incident.at), polite);
}

void MapPage::show(layers::Point at, bool polite) {
    if (!std::isfinite(at.x) || !std::isfinite(at.y))
        return;
    // What is in sight already is no reason to move the view.
    const map::View& view = canvas_->view();
    if (!polite || !view.sees(at, std::min(view.size.width(), view.size.height()) / 20.0))
        canvas_->centreOn(at, polite);
}

void MapPage::follow(std::optional<dispatch::UnitId> unit) {
    followed_ = std::move(unit);
    if (followed_)
        canvas_->followAgain();
    overlay();
}

void MapPage::pickPoint(bool picking) {
    picking_ = picking;
    if (picking)
        measureStrip_->end();
    canvas_->setTool(picking ? map::Canvas::Tool::pickPoint : map::Canvas::Tool::pan);
}

void MapPage::pointed(layers::Point at, const QStringList& ids) {
    if (roadStrip_->active()) {
        roadStrip_->add(at);
        return;
    }
    if (measureStrip_->active()) {
        measureStrip_->add(at);
        return;
    }
    if (picking_) {
        emit picked(at);
        return;
    }
    if (const auto crowd = canvas_->crowdAt(canvas_->view().mapToView(at)))
        return openCrowd(*crowd);
    for (const QString& id : ids) {
        if (const auto ticket = dispatch::ticketId(s(id));
            ticket && id.startsWith(u'T') && desk_.state().ticket(*ticket)) {
            desk_.selectTicket(*ticket);
            return;
        }
        if (const dispatch::UnitId unit{s(id)}; desk_.state().unit(unit)) {
            desk_.selectUnit(unit);
            return;
        }
    }
    if (const auto closed = restrictedAt(at); !closed.empty()) {
        desk_.tell(RoadWords::line(closed.front()->road, closed.front()->name, desk_.city().zone, desk_.now()));
        return;
    }
    if (book_ && book_->pick(at, 6 * canvas_->view().metresPerPixel))
        return;
    // Nothing stands there: what the place itself is, most responsible first.
    emit areasPointed(desk_.city().areas.at(at));
    QStringList areas;
    for (const auto index : desk_.city().areas.at(at)) {
        areas << areaText(desk_.city(), desk_.city().areas[index].code);
        if (tinted_ && layers_.visible(QStringLiteral("statistics")))
            if (const QString figures = figuresOf(*tinted_, index); !figures.isEmpty())
                areas.prepend(areas.takeLast() + QStringLiteral(": ") + figures);
    }
    if (!areas.isEmpty())
        desk_.tell(areas.mid(0, 4).join(QStringLiteral("   ")));
}

void MapPage::setCoordinateForm(CoordinateForm form) {
    form_ = form;
    if (const auto at = canvas_->underPointer())
        hovered(*at, {});
}

void MapPage::hovered(layers::Point at, const QStringList& ids) {
    QString text = coordinateWords(desk_.city(), form_, at);
    if (!ids.isEmpty())
        text = ids.mid(0, 3).join(u' ') + QStringLiteral(" · ") + text;
    where_->setText(text);
    place();
    QStringList closed;
    for (const RestrictedShown* one : restrictedAt(at))
        closed << RoadWords::line(one->road, one->name, desk_.city().zone, desk_.now());
    if (!closed.isEmpty())
        QToolTip::showText(QCursor::pos(), closed.join(u'\n'), canvas_);
    else if (tipShown_)
        QToolTip::hideText();
    tipShown_ = !closed.isEmpty();
}

void MapPage::place() {
    for (QLabel* label : {where_, banner_})
        label->adjustSize();
    banner_->move((width() - banner_->width()) / 2, 12);
    where_->move(width() - where_->width() - 12, height() - where_->height() - 8);
    where_->raise();
    banner_->raise();
    roadButton_->setVisible(desk_.live() && !roadStrip_->active() && !measureStrip_->active() &&
                            !desk_.city().workspace.roads.empty());
    roadButton_->adjustSize();
    roadButton_->move(width() - roadButton_->width() - 12, 12);
    roadButton_->raise();
    for (QWidget* strip : {static_cast<QWidget*>(roadStrip_), static_cast<QWidget*>(measureStrip_)})
        if (strip->isVisibleTo(this)) {
            strip->setGeometry(0, 0, width(), strip->sizeHint().height());
            strip->raise();
        }
}

void MapPage::resizeEvent(QResizeEvent*) {
    canvas_->setGeometry(rect());
    place();
}

} // namespace vedette::console
