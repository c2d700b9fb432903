// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/main_window.h"

#include "console/alarm.h"
#include "console/analysis_panel.h"
#include "console/call_form.h"
#include "console/command_bar.h"
#include "console/export_dialog.h"
#include "console/header_strip.h"
#include "console/key_sheet.h"
#include "console/layer_book.h"
#include "console/layers_panel.h"
#include "console/leader_page.h"
#include "console/map_page.h"
#include "console/map_tools.h"
#include "console/measure_strip.h"
#include "console/patrol_panel.h"
#include "console/people_panel.h"
#include "console/placement.h"
#include "console/plan_panel.h"
#include "console/queue_model.h"
#include "console/replay.h"
#include "console/road_strip.h"
#include "console/scrolled.h"
#include "console/sheet_panel.h"
#include "console/shift_panel.h"
#include "console/steady_table.h"
#include "console/theme.h"
#include "console/ticket_panel.h"
#include "console/tilted_page.h"
#include "console/timeline_strip.h"
#include "console/unit_model.h"
#include "console/wording.h"

#include <QApplication>
#include <QCloseEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyle>

#include <algorithm>
#include <utility>

namespace vedette::console {

using namespace dispatch;

MainWindow::MainWindow(std::shared_ptr<Session> session, const Options& options, QWidget* parent)
    : QMainWindow(parent), options_(options),
      settings_(options.remember ? WindowSettings::load(session->city()->workspace.folder)
                                 : WindowSettings{}) {
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(QStringLiteral("Vedette - ") + q(session->city()->workspace.name));
    const QString wanted = options_.desk.isEmpty() ? settings_.desk : options_.desk;
    const dispatch::Desk* sits = wanted.isEmpty() ? nullptr : session->desks().find(s(wanted));
    desk_ = new Desk(std::move(session), options.clock, nullptr, sits ? sits->code : std::string());
    if (settings_.theme && !options_.themeGiven)
        options_.theme = *settings_.theme;
    applyTheme(*qApp, options_.theme);
    keepWheelFromFields(this);
    resize(1920, 1080);
    build();
    connectPanels();
    bindKeys();
    if (options_.cartographer)
        openCartographer();
    else
        header_->setCartographer(nullptr, !desk_->city().workspace.basemapProject.empty());
    showBoard();
    restore();
    queue_->setFocus();
    if (!sits && !wanted.isEmpty())
        desk_->tell(say({"deskUnknown", {{"desk", s(wanted)}}}), Desk::Tone::refused);
}

MainWindow::~MainWindow() {
    // Panels hold workers that use the desk; they go first.
    delete centralWidget();
    delete book_;
    delete replay_;
    delete alarm_;
    delete desk_;
}

void MainWindow::connectPanels() {
    connect(desk_, &Desk::boardChanged, this, &MainWindow::showBoard);
    connect(desk_, &Desk::ticketChanged, this, &MainWindow::showSelection);
    connect(desk_, &Desk::unitChanged, this, [this] {
        if (desk_->unitId())
            units_->selectQuietly(unitModel_->indexOf(*desk_->unitId()));
    });
    connect(queue_, &SteadyTable::picked, this,
            [this](int row) { desk_->selectTicket(queueModel_->row(row).id); });
    connect(queue_, &SteadyTable::activatedRow, this, [this](int row) {
        desk_->selectTicket(queueModel_->row(row).id);
        right_->setCurrentWidget(ticket_);
        map_->show(queueModel_->row(row).id, false);
        ticket_->setFocus(Qt::ShortcutFocusReason);
    });
    connect(units_, &SteadyTable::picked, this,
            [this](int row) { desk_->selectUnit(unitModel_->row(row).id()); });
    connect(units_, &SteadyTable::activatedRow, this, [this](int row) {
        desk_->selectUnit(unitModel_->row(row).id());
        map_->show(unitModel_->row(row).where.at, false);
    });
    // The answer comes a moment later: whoever has gone on to something else meanwhile stays there.
    connect(ticket_, &TicketPanel::sent, this, [this] {
        if (const QWidget* focus = QApplication::focusWidget(); !focus || ticket_->isAncestorOf(focus) || focus == ticket_)
            toQueue();
    });
    connect(ticket_, &TicketPanel::leave, this, &MainWindow::toQueue);
    connect(ticket_, &TicketPanel::proposedChanged, this, [this] { map_->setProposed(ticket_->proposed()); });
    connect(map_, &MapPage::wayChanged, ticket_, [this] { ticket_->setWay(map_->way()); });
    connect(map_, &MapPage::closureWanted, this, [this] { drawClosure(); });
    connect(ticket_, &TicketPanel::turnChosen, map_, &MapPage::setTurn);
    connect(plan_, &PlanPanel::changed, this, &MainWindow::showPlanned);
    connect(plan_, &PlanPanel::leave, this, &MainWindow::closePlan);
    connect(people_, &PeoplePanel::leave, this, &MainWindow::closePlan);
    connect(people_, &PeoplePanel::unitPicked, this, [this](const UnitId& unit) {
        desk_->selectUnit(unit);
        map_->show(desk_->session().whereabouts(unit, desk_->liveNow()).at, false);
    });
    connect(sheet_, &SheetPanel::leave, this, &MainWindow::closePlan);
    connect(desk_, &Desk::stored, this, [this](const Outcome& outcome) {
        for (const Event& event : outcome.events)
            if (std::holds_alternative<RollCalled>(event.payload)) {
                // Whoever types the next line already goes on typing.
                const bool typing = bar_->edit().hasFocus() && !bar_->edit().text().isEmpty();
                openRoll();
                if (typing)
                    bar_->edit().setFocus(Qt::OtherFocusReason);
            }
    });
    connect(call_, &CallForm::leave, this, [this] {
        map_->pickPoint(false);
        map_->setMarker({});
        toQueue();
    });
    const auto called = [this](TicketId ticket) {
        map_->pickPoint(false);
        map_->setMarker({});
        right_->setCurrentWidget(ticket_);
        desk_->selectTicket(ticket);
        map_->show(ticket, true);
        ticket_->setFocus(Qt::ShortcutFocusReason);
    };
    connect(call_, &CallForm::opened, this, called);
    connect(call_, &CallForm::attached, this, called);
    connect(call_, &CallForm::markerMoved, this, [this](std::optional<layers::Point> at) {
        map_->setMarker(at);
        if (at)
            map_->show(*at, true);
    });
    connect(layerModel_, &LayerModel::visibilityChanged, this, [this](const QString& id, bool visible) {
        if (id == QStringLiteral("basemap"))
            map_->canvas().setBasemap(visible ? cartographer_ : nullptr);
    });
    connect(map_, &MapPage::heatScaled, layers_, &LayersPanel::setHeat);
    connect(map_, &MapPage::areasTinted, layers_, &LayersPanel::setTinted);
    connect(layers_, &LayersPanel::tintsWanted, map_, &MapPage::setTints);
    connect(map_, &MapPage::picked, call_, &CallForm::placeAt);
    connect(map_, &MapPage::contextWanted, this, &MainWindow::contextMenu);
    connect(bar_, &CommandBar::leave, this, &MainWindow::toQueue);
    connect(bar_, &CommandBar::wanted, this, &MainWindow::carryOut);
    connect(layers_, &LayersPanel::leave, this, &MainWindow::toQueue);
    connect(timeline_, &TimelineStrip::leave, this, &MainWindow::toQueue);
    connect(timeline_, &TimelineStrip::followWanted, this,
            [this](bool follow) { map_->follow(follow ? desk_->unitId() : std::nullopt); });
    connect(patrol_, &PatrolPanel::leave, this, &MainWindow::closePlan);
    connect(patrol_, &PatrolPanel::changed, this, &MainWindow::showPatrols);
    connect(patrol_, &PatrolPanel::areaPicked, this, [this](layers::Point at) { map_->show(at, false); });
    connect(leader_, &LeaderPage::leave, this, [this] { closeBoard(); });
    connect(leader_, &LeaderPage::ticketsWanted, this, &MainWindow::showTickets);
    connect(filterChip_, &QPushButton::clicked, this, &MainWindow::leaveFilter);
    connect(keys_, &KeySheet::closed, this, &MainWindow::toQueue);
    connect(alarm_, &Alarm::waiting, header_, &HeaderStrip::setAlarm);
    connect(alarm_, &Alarm::pulsing, map_, &MapPage::setPulsing);
    connect(header_, &HeaderStrip::muteWanted, this, [this] { alarm_->setMuted(std::chrono::minutes(5)); });
    alarm_->audible = settings_.sound;
}

// A project that has a light sister beside it ("base.qgz", "base-light.qgz") wears the window's theme.
void MainWindow::openCartographer() {
    const layers::Workspace& workspace = desk_->city().workspace;
    header_->setCartographer(nullptr, !workspace.basemapProject.empty());
    map_->canvas().setBasemap(nullptr);
    delete std::exchange(cartographer_, nullptr);
    if (workspace.basemapProject.empty())
        return;
    map::CartographerClient::Settings settings;
    settings.project = workspace.folder / workspace.basemapProject;
    settings.crs = workspace.crs;
    settings.workspace = workspace.folder;
    settings.allowFolders.assign(workspace.allowFolders.begin(), workspace.allowFolders.end());
    settings.network = workspace.basemapNetwork;
    const auto sister = settings.project.parent_path() /
                        (settings.project.stem().string() + "-light" + settings.project.extension().string());
    std::error_code ignored;
    if (options_.theme == map::Theme::light && std::filesystem::exists(sister, ignored))
        settings.project = sister;
    map_->canvas().setBasemapShift(basemapShift(desk_->city()));
    cartographer_ = new map::CartographerClient(settings, this);
    if (layerModel_->visible(QStringLiteral("basemap")))
        map_->canvas().setBasemap(cartographer_);
    for (const auto signal : {&map::CartographerClient::stateChanged, &map::CartographerClient::problemsChanged})
        connect(cartographer_, signal, this, &MainWindow::noteBasemap);
    cartographer_->start();
    header_->setCartographer(cartographer_, true);
    noteBasemap();
}

// What it can't show is said where the layer is switched.
void MainWindow::noteBasemap() {
    std::vector<layers::Finding> findings;
    const auto add = [&](const layers::Message& what) {
        findings.push_back({layers::Finding::Severity::error, what, {}, -1, {}});
    };
    if (const layers::Message why = cartographer_->reason(); !why.code.empty())
        add(why);
    for (const layers::Message& problem : cartographer_->problems())
        add(problem);
    const QStringList lines = sayFindings(std::move(findings), 8);
    const auto id = QStringLiteral("basemap");
    layerModel_->setNote(id, lines.isEmpty() ? QString() : QStringLiteral("⚠"));
    layerModel_->setHint(id, lines.join(u'\n'));
}

void MainWindow::showBoard() {
    const Board& board = desk_->board();
    // Rows of another time are nobody's to point at: between now and the past all change at once.
    const bool turned = std::exchange(shownLive_, desk_->live()) != desk_->live();
    if (turned) {
        queueModel_->setFrozen(false);
        unitModel_->setFrozen(false);
    }
    queueModel_->setNow(desk_->now());
    queueModel_->setRows(queueRows());
    unitModel_->setUnits({desk_->sharedBoard(), &board.units});
    if (turned) {
        queue_->decide();
        units_->decide();
    }
    showSelection();
    if (firstBoard_) {
        firstBoard_ = false;
        map_->canvas().fit(desk_->city().areas.extent());
    }
}

void MainWindow::showSelection() {
    queue_->selectQuietly(desk_->ticketId() ? queueModel_->indexOf(*desk_->ticketId()) : -1);
    if (desk_->ticketId() && right_->currentWidget() == ticket_)
        map_->setProposed(ticket_->proposed());
}

void MainWindow::nextTicket() {
    closeBoard(false);
    const auto next = nextWaiting(desk_->board().queue, desk_->ticketId());
    right_->setCurrentWidget(ticket_);
    if (!next) {
        desk_->tell(tr("Every ticket has somebody"), Desk::Tone::good);
        toQueue();
        return;
    }
    desk_->selectTicket(*next);
    map_->show(*next, true);
    ticket_->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::takeCall(std::optional<layers::Point> at) {
    layers::Message why;
    if (!desk_->writable(&why)) {
        desk_->tell(say(why), Desk::Tone::refused);
        return;
    }
    closeBoard(false);
    right_->setCurrentWidget(call_);
    map_->pickPoint(true);
    call_->begin(at);
}

void MainWindow::toQueue() {
    if (tiltedOpen())
        return tilted_->setFocus(Qt::OtherFocusReason);
    if (boardOpen())
        return leader_->setFocus(Qt::OtherFocusReason);
    if (right_->currentWidget() == call_) {
        right_->setCurrentWidget(ticket_);
        map_->pickPoint(false);
    }
    QWidget* panel = bottom_->currentIndex() > 0 ? bottom_->currentWidget() : nullptr;
    (panel ? panel->focusProxy() : queue_)->setFocus(Qt::OtherFocusReason);
}

void MainWindow::back() {
    if (keys_->isVisible()) {
        keys_->hide();
        toQueue();
    } else if (tiltedOpen() && !bar_->isAncestorOf(QApplication::focusWidget())) {
        closeTilted();
    } else if (boardOpen()) {
        auto* line = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        if (line)
            line->clear(); // what was begun there is given up, the board stays
        if (line)
            toQueue();
        else
            closeBoard();
    } else if (filter_ && queue_->hasFocus()) {
        leaveFilter();
    } else if (map_->roadStrip().active()) {
        map_->roadStrip().end();
    } else if (map_->measureStrip().active()) {
        map_->measureStrip().end();
    } else if (right_->currentWidget() == call_) {
        map_->setMarker({});
        toQueue();
    } else if (bottom_->currentIndex() > 0 &&
               bottom_->currentWidget()->isAncestorOf(QApplication::focusWidget())) {
        closePlan();
    } else if (!desk_->live() && queue_->hasFocus()) {
        desk_->backToLive();
    } else if (!queue_->hasFocus()) {
        // What was begun in the command bar or the timeline and is left with Esc is given up.
        if (auto* line = qobject_cast<QLineEdit*>(QApplication::focusWidget()))
            line->clear();
        toQueue();
        if (!desk_->live())
            desk_->backToLive();
    } else {
        desk_->selectUnit({});
        desk_->selectTicket({});
    }
}

void MainWindow::setTheme(map::Theme theme) {
    options_.theme = theme;
    applyTheme(*qApp, theme);
    const QStringList visible = layerModel_->checkedIds();
    auto rows = layersOf(desk_->city());
    for (LayerRow& row : rows)
        row.visible = visible.contains(row.id);
    layerModel_->setRows(std::move(rows));
    if (options_.cartographer)
        openCartographer();
    map_->rebuild();
    tilted_->restyle();
    showBoard();
}

void MainWindow::restore() {
    if (!options_.remember)
        return;
    placeOnScreen();
    // Parts that were arranged on a screen of quite another size would cost a table its last columns here.
    const QSize then = settings_.arranged;
    const auto far = [](int a, int b) { return 4 * std::max(a, b) > 5 * std::min(a, b); };
    if (then.isValid() && (far(then.width(), width()) || far(then.height(), height())))
        settings_.splitters.clear();
    if (settings_.splitters.isEmpty() && height() < 900) {
        // A low screen: the ticket and the queue before the figures of the shift and the units.
        const int strips = header_->height() + bar_->height() + timeline_->height();
        const int body = height() - strips, wide = width() - 400;
        splitters_[1]->setSizes({wide - 290, 290});
        splitters_[2]->setSizes({body - 190, 190});
        splitters_[3]->setSizes({body - 156, 156});
    }
    for (int i = 0; i < std::min(splitters_.size(), settings_.splitters.size()); ++i)
        splitters_[i]->restoreState(settings_.splitters[i]);
    if (settings_.layers)
        for (int i = 0; i < layerModel_->rowCount(); ++i) {
            const QString id = layerModel_->index(i).data(LayerModel::idRole).toString();
            if (const BookLayer* layer = book_->layer(id); layer && (layer->kept.added() || layer->kept.head))
                continue; // layers.toml says
            // A closed road is hidden only by who said so: what was kept may be from before there was the layer.
            layerModel_->setVisible(id, id == QStringLiteral("closures")
                                            ? !settings_.layers->contains(QStringLiteral("!closures"))
                                            : settings_.layers->contains(id));
        }
    if (const auto ticket = ticketId(s(settings_.ticket)))
        desk_->selectTicket(*ticket);
    if (const UnitId unit{s(settings_.unit)}; desk_->state().unit(unit))
        desk_->selectUnit(unit);
    map_->setCoordinateForm(coordinateForm(settings_.coordinates));
    map_->canvas().setOverviewShown(settings_.overview);
    map_->canvas().setReducedMotion(settings_.reducedMotion);
    if (settings_.view) {
        map::View view = map_->canvas().view();
        view.centre = {settings_.view->x, settings_.view->y};
        view.metresPerPixel = settings_.view->metresPerPixel;
        view.rotation = map::Rotation(settings_.view->rotation);
        map_->canvas().setView(view);
    }
}

// What was remembered may be of a screen that is gone, and 1920 x 1080 more than this one has to give.
void MainWindow::placeOnScreen() {
    const bool known = !settings_.geometry.isEmpty() && restoreGeometry(settings_.geometry);
    if (isFullScreen() || (known && isMaximized()))
        return;
    QList<QRect> screens{QGuiApplication::primaryScreen()->availableGeometry()};
    for (const QScreen* one : QGuiApplication::screens())
        screens << one->availableGeometry();
    // The frame is known only once it stands; until then, what window managers commonly take.
    const QMargins frame(4, style()->pixelMetric(QStyle::PM_TitleBarHeight) + 8, 4, 4);
    const Placement placement = placedOn(screens, frame, QSize(1920, 1080), known ? geometry() : QRect());
    setGeometry(placement.inside);
    if (placement.maximised)
        setWindowState(windowState() | Qt::WindowMaximized);
}

void MainWindow::keep() {
    if (!options_.remember)
        return;
    if (!sizesBefore_.isEmpty())
        splitters_[2]->setSizes(std::exchange(sizesBefore_, {}));
    settings_.geometry = saveGeometry();
    settings_.splitters.clear();
    for (const QSplitter* splitter : splitters_)
        settings_.splitters << splitter->saveState();
    settings_.arranged = size();
    settings_.layers = layerModel_->checkedIds();
    if (!layerModel_->visible(QStringLiteral("closures")))
        *settings_.layers << QStringLiteral("!closures");
    settings_.theme = options_.theme;
    settings_.sound = alarm_->audible;
    settings_.desk = q(desk_->scope().desk());
    settings_.ticket = desk_->ticketId() ? q(toString(*desk_->ticketId())) : QString();
    settings_.unit = desk_->unitId() ? q(desk_->unitId()->text) : QString();
    const map::View& view = map_->canvas().view();
    settings_.view =
        WindowSettings::Looked{view.centre.x, view.centre.y, view.metresPerPixel, view.rotation.degrees()};
    settings_.coordinates = toText(map_->coordinateForm());
    settings_.overview = map_->canvas().overviewShown();
    settings_.reducedMotion = map_->canvas().reducedMotion();
    keepHeat(map_->heat(), desk_->city().workspace.folder);
    settings_.save(desk_->city().workspace.folder);
}

bool MainWindow::settled() const {
    using S = map::CartographerClient::State;
    const S state = cartographer_ ? cartographer_->state() : S::absent;
    return map_->ready() && !book_->busy() && leader_->settled() && !patrol_->busy() && !analysis_->busy() &&
           tilted_->settled() && state != S::starting && state != S::drawing;
}

void MainWindow::closeEvent(QCloseEvent* event) {
    keep();
    QMainWindow::closeEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    if (keys_ && keys_->isVisible())
        keys_->setGeometry(centralWidget()->rect());
    // On a low screen the ticket needs the room; the leader's board has these figures too.
    if (auto* shift = findChild<ShiftPanel*>())
        shift->setVisible(event->size().height() >= 840);
}

} // namespace vedette::console
