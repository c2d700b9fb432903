// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/main_window.h"

#include "console/alarm.h"
#include "console/analysis_panel.h"
#include "console/basemap_words.h"
#include "console/command_bar.h"
#include "console/export_dialog.h"
#include "console/key_sheet.h"
#include "console/line_actions.h"
#include "console/map_page.h"
#include "console/map_tools.h"
#include "console/measure_strip.h"
#include "console/patrol_panel.h"
#include "console/people_panel.h"
#include "console/plan_panel.h"
#include "console/print_dialog.h"
#include "console/queue_model.h"
#include "console/replay.h"
#include "console/road_strip.h"
#include "console/sheet_panel.h"
#include "console/steady_table.h"
#include "console/theme.h"
#include "console/ticket_marks.h"
#include "console/ticket_panel.h"
#include "console/tilted_page.h"
#include "console/timeline_strip.h"
#include "console/unit_model.h"
#include "console/wording.h"
#include "dispatch/roster.h"
#include "layers/coordinates.h"

#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>

#include <algorithm>

namespace vedette::console {

using namespace dispatch;

void MainWindow::bindKeys() {
    const auto key = [this](const char* keys, auto&& deed) {
        auto* shortcut = new QShortcut(QKeySequence(QLatin1String(keys)), this);
        shortcut->setObjectName(QStringLiteral("key ") + QLatin1String(keys));
        connect(shortcut, &QShortcut::activated, this, deed);
    };
    key("F1", [this] { showKeys(); });
    key("F2", [this] { nextTicket(); });
    key("F3", [this] { takeCall(); });
    key("F4", [this] {
        closeBoard(false);
        closePlan();
    });
    key("F5", [this] {
        closeBoard(false);
        closePlan();
        units_->setFocus(Qt::ShortcutFocusReason);
    });
    key("F6", [this] {
        closeBoard(false);
        map_->canvas().setFocus(Qt::ShortcutFocusReason);
    });
    key("F7", [this] {
        closeBoard(false);
        findChild<QListView*>(QStringLiteral("layerList"))->setFocus(Qt::ShortcutFocusReason);
    });
    key("F8", [this] {
        closeBoard(false);
        right_->setCurrentWidget(ticket_);
        ticket_->setFocus(Qt::ShortcutFocusReason);
    });
    key("F9", [this] {
        if (auto* more = ticket_->findChild<QPushButton*>(QStringLiteral("moreDeeds")))
            more->showMenu();
    });
    key("F10", [this] { openPlan(); });
    key("F11", [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    key("F12", [this] { openRoster(); });
    key("Ctrl+B", [this] { boardOpen() ? closeBoard() : openBoard(); });
    key("Ctrl+H", [this] { openAnalysis(); });
    key("Ctrl+3", [this] { tiltedOpen() ? closeTilted() : openTilted(); });
    key("Ctrl+K", [this] { bar_->focusLine(); });
    key(":", [this] { bar_->focusLine(); });
    key("/", [this] { bar_->focusLine(QStringLiteral("find ")); });
    key("Ctrl+G", [this] { bar_->focusLine(QStringLiteral("go ")); });
    key("Ctrl+Z", [this] { desk_->undo(); });
    key("Backspace", [this] { map_->canvas().previousView(); });
    key("Shift+Backspace", [this] { map_->canvas().nextView(); });
    key("Home", [this] {
        if (tiltedOpen())
            return tilted_->canvas().goHome();
        map_->canvas().followAgain();
        map_->canvas().goHome();
    });
    key("Ctrl+E", [this] { openExport(); });
    key("Ctrl+P", [this] { openPrint(); });
    key("Ctrl+R", [this] { drawClosure(); });
    key("Ctrl+T", [this] { timeline_->focusJump(); });
    key("Ctrl+Space", [this] { replay_->play(!replay_->playing()); });
    key("Ctrl+Left", [this] { replay_->step(-1); });
    key("Ctrl+Right", [this] { replay_->step(1); });
    key("Ctrl+Up", [this] { replay_->faster(1); });
    key("Ctrl+Down", [this] { replay_->faster(-1); });
    key("Ctrl+L", [this] { map_->listMarks(); });
    key("Ctrl+M", [this] { alarm_->setMuted(std::chrono::minutes(alarm_->muted() ? 0 : 5)); });
    key("Ctrl+D",
        [this] { setTheme(static_cast<map::Theme>((static_cast<int>(currentTheme()) + 1) % 3)); });
    key("Esc", [this] { back(); });
}

void MainWindow::drawClosure(std::optional<layers::Point> first) {
    if (desk_->city().workspace.roads.empty())
        return desk_->tell(say({"roadsNone"}), Desk::Tone::refused);
    if (map_->roadStrip().active() && !first)
        return map_->roadStrip().end();
    toQueue(); // a call that was being taken names its place by clicks, too
    map_->roadStrip().begin(first);
}

void MainWindow::listClosures() {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("closedRoads"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addSection(map_->restricted().empty() ? tr("Every road is open") : tr("Enter shows it on the map"));
    for (const RestrictedShown& one : map_->restricted())
        connect(menu->addAction(RoadWords::line(one.road, one.name, desk_->city().zone, desk_->now())),
                &QAction::triggered, this, [this, id = one.road.id] { map_->showRestricted(id); });
    connect(menu->addAction(tr("Close a road (Ctrl+R)")), &QAction::triggered, this,
            [this] { drawClosure(); });
    menu->popup(map_->mapToGlobal(QPoint(12, 12)));
}

void MainWindow::showKeys() {
    keys_->open();
}

void MainWindow::openPlan() {
    if (!plan_->begin())
        return;
    openBottom(plan_);
}

void MainWindow::openBottom(QWidget* panel, double share) {
    closeBoard(false);
    closeTilted();
    QSplitter* split = splitters_[2]; // map above, queue and units below
    if (!sizesBefore_.isEmpty())
        split->setSizes(std::exchange(sizesBefore_, {}));
    if (bottom_->currentWidget() == plan_ && panel != plan_)
        plan_->end();
    if (bottom_->currentWidget() == patrol_ && panel != patrol_)
        patrol_->end();
    if (bottom_->currentWidget() == analysis_ && panel != analysis_)
        map_->setArea({});
    if (panel != people_)
        people_->end();
    if (const int whole = split->sizes().value(0) + split->sizes().value(1);
        share * whole > split->sizes().value(1)) {
        sizesBefore_ = split->sizes();
        split->setSizes({whole - static_cast<int>(share * whole), static_cast<int>(share * whole)});
    }
    bottom_->setCurrentWidget(panel);
    panel->setFocus(Qt::ShortcutFocusReason);
    showPatrols(); // what a panel draws is on the map only while it is open
    showPlanned();
}

void MainWindow::closePlan() {
    if (bottom_->currentIndex() > 0)
        openBottom(bottom_->widget(0));
    toQueue();
}

void MainWindow::openRoster(const std::string& said) {
    std::string rest = said;
    std::optional<Instant> at;
    const auto blank = std::min(rest.find(' '), rest.size());
    if (const auto meant =
            momentMeant(std::string_view(rest).substr(0, blank), desk_->now(), desk_->city().zone)) {
        at = meant;
        rest.erase(0, std::min(blank + 1, rest.size()));
    }
    std::string code;
    if (!rest.empty()) {
        const auto desk = deskMeant(*desk_, rest);
        if (!desk || !rest.empty())
            return desk_->tell(say({"deskUnknown", {{"desk", said}}}), Desk::Tone::refused);
        code = *desk;
    }
    openBottom(people_, 0.45);
    people_->showRoster(at, code);
}

void MainWindow::openRoll() {
    if (desk_->state().rollCalls().empty())
        return desk_->tell(tr("Nobody has called a roll; roll BEAT does"));
    openBottom(people_, 0.45);
    people_->showRoll();
}

void MainWindow::openSheet(const std::string& said) {
    std::string remarks = said;
    const auto desk = deskMeant(*desk_, remarks);
    if (!desk)
        return desk_->tell(say({"deskMissing"}), Desk::Tone::refused);
    openBottom(sheet_, 0.62);
    sheet_->handOver(*desk, q(remarks));
}

void MainWindow::showPlanned() {
    std::vector<OverlayChoice::Planned> lines;
    if (bottom_->currentWidget() == plan_)
        for (const Proposal* line : plan_->openLines())
            lines.push_back({line->ticket, line->unit.where.at, desk_->city().crs.toWorking(line->at)});
    map_->setPlanned(std::move(lines));
}

ExportDialog* MainWindow::openExport() {
    auto* dialog = new ExportDialog(*desk_, map_->risk(), this);
    dialog->setView(map_->canvas().view().extent());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, this, [this] { toQueue(); });
    dialog->show();
    return dialog;
}

PrintDialog* MainWindow::openPrint() {
    auto* dialog = new PrintDialog(*desk_, *book_, map_->canvas().view(), layerModel_->visibleIds(),
                                   map_->canvas().scene(), options_.remember, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, this, [this] { toQueue(); });
    dialog->show();
    return dialog;
}

void MainWindow::askBasemap(layers::Point at) {
    if (!basemapWords_)
        basemapWords_ = new BasemapWords(&map_->canvas());
    constexpr double reachPixels = 6;
    if (const auto shift = basemapShift(desk_->city()))
        at = shift->shown(at); // where a bent basemap has what the map shows here
    basemapWords_->ask(cartographer_, at, reachPixels * map_->canvas().view().metresPerPixel);
}

void MainWindow::carryOut(const Line& line) {
    switch (line.verb) {
    case Verb::undo:
        desk_->undo();
        break;
    case Verb::help:
        showKeys();
        return;
    case Verb::plan:
        openPlan();
        return;
    case Verb::roster:
        return openRoster(line.text);
    case Verb::handover:
        return openSheet(line.text);
    case Verb::roll:
        return openRoll();
    case Verb::patrol:
        openPatrols();
        return;
    case Verb::board:
        openBoard(q(line.text));
        return;
    case Verb::road:
        listClosures();
        break;
    case Verb::live:
        desk_->backToLive();
        break;
    case Verb::mute:
        alarm_->setMuted(std::chrono::minutes(line.text.empty() ? 5 : std::max(0, q(line.text).toInt())));
        break;
    case Verb::desk:
        sitAt(line.text);
        break;
    case Verb::at:
        replay_->jumpTo(q(line.text));
        break;
    case Verb::find:
        closeBoard(false);
        find(q(line.text));
        break;
    case Verb::go:
        closeBoard(false);
        go(line);
        break;
    default:
        break;
    }
    toQueue();
}

void MainWindow::sitAt(const std::string& desk) {
    const dispatch::Desk* found = desk_->session().desks().find(desk);
    if (!found && !desk.empty())
        return desk_->tell(say({"deskUnknown", {{"desk", desk}}}), Desk::Tone::refused);
    desk_->setScope(found ? found->code : std::string());
    desk_->tell(found ? tr("this window is now the desk %1").arg(deskText(desk_->city(), found->code))
                      : tr("this window shows the whole city"));
}

void MainWindow::go(const Line& line) {
    const City& city = desk_->city();
    // Codes are pasted as they are shown, in groups.
    QString bare = q(line.text);
    bare.remove(u' ');
    if (!line.tickets.empty()) {
        desk_->selectTicket(line.tickets.front());
        if (const Ticket* ticket = desk_->state().ticket(line.tickets.front()))
            tools_->goTo(city.crs.toWorking(ticket->incident.at));
    } else if (!line.units.empty()) {
        desk_->selectUnit(line.units.front());
        if (const int row = unitModel_->indexOf(line.units.front()); row >= 0)
            tools_->goTo(unitModel_->row(row).where.at);
        else if (const UnitRecord* unit = desk_->state().unit(line.units.front()); unit && unit->facts->post)
            tools_->goTo(city.crs.toWorking(*unit->facts->post));
    } else if (line.at) {
        tools_->goTo(q(layers::decimalText(*line.at)));
    } else if (auto area = city.areas.byCode(line.text); area || (area = city.areas.byCode(s(bare)))) {
        map_->canvas().fit(city.areas[*area].box);
        map_->canvas().flash(city.areas[*area].box.centre());
    } else if (!layers::looksLikePlace(line.text) || !tools_->goTo(q(line.text))) {
        find(q(line.text));
    }
}

// A sweep by its number or a part of its name: how far it is, and the most urgent of its tickets.
bool MainWindow::findSweep(const QString& text) {
    for (const Sweep& sweep : desk_->state().sweeps()) {
        const bool named = q(sweep.id).compare(text, Qt::CaseInsensitive) == 0;
        if (!named && (sweep.closed || text.size() < 2 || !q(sweep.name).contains(text, Qt::CaseInsensitive)))
            continue;
        desk_->tell(sweepText(desk_->state(), sweep));
        for (const QueueRow& row : desk_->board().queue)
            if (std::ranges::count(sweep.tickets, row.id)) {
                desk_->selectTicket(row.id);
                map_->show(row.id, false);
                break;
            }
        return true;
    }
    return false;
}

// Tickets by their words, units by name, then the gazetteer.
void MainWindow::find(const QString& text) {
    if (findSweep(text))
        return;
    for (const QueueRow& row : desk_->board().queue)
        if (row.what.contains(text, Qt::CaseInsensitive) ||
            q(toString(row.id)).compare(text, Qt::CaseInsensitive) == 0) {
            desk_->selectTicket(row.id);
            map_->show(row.id, false);
            return;
        }
    for (const UnitRow& row : desk_->board().units)
        if (row.name().contains(text, Qt::CaseInsensitive) ||
            q(row.id().text).compare(text, Qt::CaseInsensitive) == 0) {
            desk_->selectUnit(row.id());
            map_->show(row.where.at, false);
            return;
        }
    const layers::Gazetteer* places = desk_->city().gazetteer.ready();
    if (!places) {
        desk_->tell(say({"placesNotRead"}), Desk::Tone::plain);
        return;
    }
    const auto found = places->search(s(text), 1, map_->canvas().view().centre);
    if (found.empty()) {
        desk_->tell(say({"placeUnknown", {{"place", s(text)}}}), Desk::Tone::refused);
        return;
    }
    map_->setMarker(found.front().at);
    tools_->goTo(found.front().at);
    desk_->tell(q(found.front().name) + u' ' + q(found.front().detail));
}

void MainWindow::contextMenu(layers::Point at, QPoint global) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Take a call from here")), &QAction::triggered, this,
            [this, at] { takeCall(at); });
    if (desk_->unitId())
        connect(menu->addAction(tr("Declare %1 here").arg(q(desk_->unitId()->text))), &QAction::triggered,
                this, [this, at] {
                    desk_->submit(DeclarePosition{*desk_->unitId(), desk_->city().crs.toLonLat(at)},
                                  q(desk_->unitId()->text) + QStringLiteral(": ") + say({"doneDeclare"}));
                });
    if (!desk_->city().workspace.roads.empty() && desk_->live()) {
        connect(menu->addAction(tr("Close a road from here")), &QAction::triggered, this,
                [this, at] { drawClosure(at); });
        for (const RestrictedShown* one : map_->restrictedAt(at))
            connect(menu->addAction(tr("Open %1 again").arg(q(one->road.id) + u' ' + one->name)),
                    &QAction::triggered, this, [this, id = one->road.id] {
                        desk_->submit(RestoreRoad{id}, q(id) + QStringLiteral(": ") + say({"doneRoadOpen"}));
                    });
    }
    if (cartographer_)
        connect(menu->addAction(tr("What is here on the basemap")), &QAction::triggered, this,
                [this, at] { askBasemap(at); });
    connect(menu->addAction(tr("Print the map (Ctrl+P)")), &QAction::triggered, this, [this] { openPrint(); });
    connect(menu->addAction(tr("Centre here")), &QAction::triggered, this,
            [this, at] { map_->show(at, false); });
    menu->addSeparator();
    tools_->addTo(*menu, at);
    menu->popup(global);
}

} // namespace vedette::console
