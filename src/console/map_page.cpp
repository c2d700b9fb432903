// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/map_page.h"

#include "console/latest.h"
#include "console/theme.h"
#include "console/wording.h"

#include <QLabel>
#include <QPainter>

#include <cmath>
#include <malloc.h>
#include <utility>

namespace vedette::console {

MapPage::MapPage(Desk& desk, LayerModel& layers, QWidget* parent)
    : QWidget(parent), desk_(desk), layers_(layers), canvas_(new map::Canvas(this)),
      heatMaker_(new Latest(this)), tintMaker_(new Latest(this)), wayMaker_(new Latest(this)), ground_(new Latest(this)),
      where_(new QLabel(this)), banner_(new QLabel(this)) {
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
        choice_.tickets = layers_.visible(QStringLiteral("tickets"));
        choice_.units = layers_.visible(QStringLiteral("units"));
        if (id != QStringLiteral("tickets") && id != QStringLiteral("units"))
            makeScene();
        if (id == QStringLiteral("statistics"))
            makeTints();
        // One figure at a time colours the ground.
        if (on && (id == QStringLiteral("statistics") || id == QStringLiteral("heat")))
            layers_.setVisible(id == QStringLiteral("heat") ? QStringLiteral("statistics") : QStringLiteral("heat"), false);
        overlay();
    });
    connect(&desk_, &Desk::boardChanged, this, [this] {
        layers_.setCount(QStringLiteral("tickets"), desk_.board().queue.size());
        layers_.setCount(QStringLiteral("units"), desk_.board().units.size());
        if (!desk_.live())
            banner_->setText(
                tr("REPLAY %1 — Esc for live").arg(q(layers::isoLocal(desk_.now(), desk_.city().zone))));
        place();
        overlay();
    });
    connect(&desk_, &Desk::ticketChanged, this, &MapPage::overlay);
    connect(&desk_, &Desk::unitChanged, this, &MapPage::overlay);
    connect(&desk_, &Desk::recommendationChanged, this, &MapPage::findWay);
    connect(&desk_, &Desk::liveChanged, this, [this](bool live) {
        banner_->setVisible(!live);
        place();
    });

    connect(canvas_, &map::Canvas::frameShown, this, &MapPage::readTheRest, Qt::QueuedConnection);
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
}

// What a dispatcher can do without for a second: once the areas stand on the screen.
void MapPage::readTheRest() {
    if (!std::exchange(restWanted_, false))
        return;
    ground_->run([this, city = desk_.session().city()]() -> Latest::Delivery {
        std::vector<layers::Snapshot> lines;
        for (const auto& spec : city->workspace.roads)
            if (auto snapshot = layers::readSource(city->workspace, spec))
                lines.push_back(std::move(snapshot).value());
        return [this, lines, city] {
            roads_ = lines;
            roadsPending_ = false;
            noteWaiting();
            if (!roads_.empty())
                makeScene();
            findWay();
            setHeat(heatChoice_);
        };
    });
}

MapPage::~MapPage() {
    cancelHeat_ = true;
    delete heatMaker_;
    delete tintMaker_;
    delete wayMaker_;
    delete ground_;
}

bool MapPage::ready() const {
    return !heatPending_ && !roadsPending_ && !wayMaker_->busy() && canvas_->settled();
}

void MapPage::setHeat(const HeatChoice& choice) {
    heatChoice_ = choice;
    heatPending_ = true;
    noteWaiting();
    heatMaker_->run([this, choice, city = desk_.session().city()]() -> Latest::Delivery {
        auto surface = riskSurface(*city, choice, &cancelHeat_);
        return [this, surface, city] {
            heat_ = surface;
            heatPending_ = false;
            noteWaiting();
            if (surface)
                heatChoice_.scaleMax = steadyScale(surface->max);
            emit heatScaled(heatChoice_);
            makeScene();
            if (!city->gazetteer.ready()) // last of all, so that no key waits for it and memory has no peak
                ground_->run([city]() -> Latest::Delivery {
                    (void)*city->gazetteer;
                    (void)*city->routes;
                    malloc_trim(0); // what reading needed goes back to the system
                    return {};
                });
        };
    });
}

void MapPage::makeScene() {
    canvas_->setScene(console::makeScene(desk_.city(), layers_, currentTheme(), roads_, heat_, heatChoice_,
                                         tinted_ ? tinted_->tints : nullptr));
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
    makeScene();
    overlay();
}

void MapPage::overlay() {
    static std::uint64_t revision = 0;
    choice_.ticket = desk_.ticketId();
    choice_.unit = desk_.unitId();
    auto made = std::make_shared<map::Overlay>(makeOverlay(desk_.city(), desk_.board(), choice_));
    made->revision = ++revision;
    canvas_->setOverlay(made);
    if (followed_)
        for (const UnitRow& row : desk_.board().units)
            if (row.id == *followed_ && row.where.basis != dispatch::PositionBasis::none)
                canvas_->centreOn(row.where.at, true);
}

void MapPage::setProposed(std::optional<dispatch::UnitId> unit) {
    if (choice_.proposed == unit)
        return;
    choice_.proposed = std::move(unit);
    findWay();
}

void MapPage::findWay() {
    const dispatch::Ticket* ticket = desk_.ticket();
    if (const std::pair meant(desk_.ticketId(), choice_.proposed); meant != wayMeant_ || !desk_.live()) {
        wayMeant_ = meant;
        choice_.way.clear();
    }
    overlay();
    if (!ticket || !choice_.proposed || !desk_.live())
        return;
    for (const auto& candidate : desk_.recommendation().candidates) {
        if (candidate.unit != *choice_.proposed)
            continue;
        const layers::Point from = candidate.where.at, to = desk_.city().crs.toWorking(ticket->incident.at);
        wayMaker_->run([this, from, to, role = candidate.role, unit = candidate.unit, id = ticket->id,
                        &session = desk_.session()]() -> Latest::Delivery {
            const auto way = session.way(from, to, role).line;
            return [this, way, unit, id] {
                if (choice_.proposed != unit || desk_.ticketId() != id)
                    return;
                choice_.way = way;
                overlay();
            };
        });
        return;
    }
}

void MapPage::setPulsing(std::set<std::string> tickets) {
    if (tickets == choice_.pulsing)
        return;
    choice_.pulsing = std::move(tickets);
    overlay();
}

void MapPage::setMarker(std::optional<layers::Point> at) {
    choice_.marker = at;
    overlay();
}

void MapPage::setPlanned(std::vector<OverlayChoice::Planned> lines) {
    choice_.planned = std::move(lines);
    overlay();
}

void MapPage::setPatrols(std::vector<OverlayChoice::Patrolled> patrols) {
    choice_.patrols = std::move(patrols);
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
    const layers::Box seen = canvas_->view().extent();
    const double edgeX = seen.width() / 20, edgeY = seen.height() / 20;
    const layers::Box well{seen.minX + edgeX, seen.minY + edgeY, seen.maxX - edgeX, seen.maxY - edgeY};
    if (!polite || !well.contains(at))
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
    canvas_->setTool(picking ? map::Canvas::Tool::pickPoint : map::Canvas::Tool::pan);
}

void MapPage::pointed(layers::Point at, const QStringList& ids) {
    if (picking_) {
        emit picked(at);
        return;
    }
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
    // Nothing stands there: what the place itself is, most responsible first.
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

void MapPage::hovered(layers::Point at, const QStringList& ids) {
    const layers::LonLat degrees = desk_.city().crs.toLonLat(at);
    QString text = QStringLiteral("%1 %2 %3 %4")
                       .arg(std::abs(degrees.lon), 0, 'f', 5)
                       .arg(degrees.lon < 0 ? QChar(u'W') : QChar(u'E'))
                       .arg(std::abs(degrees.lat), 0, 'f', 5)
                       .arg(degrees.lat < 0 ? QChar(u'S') : QChar(u'N'));
    const auto areas = desk_.city().areas.at(at);
    if (!areas.empty())
        text = grouped(desk_.city().areas[areas.front()].code) + QStringLiteral(" · ") + text;
    if (!ids.isEmpty())
        text = ids.mid(0, 3).join(u' ') + QStringLiteral(" · ") + text;
    where_->setText(text);
    place();
}

void MapPage::place() {
    for (QLabel* label : {where_, banner_})
        label->adjustSize();
    banner_->move((width() - banner_->width()) / 2, 12);
    where_->move(width() - where_->width() - 12, height() - where_->height() - 8);
    where_->raise();
    banner_->raise();
}

void MapPage::resizeEvent(QResizeEvent*) {
    canvas_->setGeometry(rect());
    place();
}

} // namespace vedette::console
