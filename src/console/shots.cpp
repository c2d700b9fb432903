// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/shots.h"

#include "console/analysis_panel.h"
#include "console/export_dialog.h"
#include "console/layer_book.h"
#include "console/main_window.h"
#include "console/map_page.h"
#include "console/map_tools.h"
#include "console/measure_strip.h"
#include "console/print_dialog.h"
#include "console/replay.h"
#include "console/ticket_panel.h"
#include "console/wording.h"

#include <QDir>
#include <QLineEdit>
#include <QListView>
#include <QTimer>

#include <cstdio>

namespace vedette::console {

Shots::Shots(MainWindow& window, QString folder, std::function<void(std::chrono::seconds)> advance,
             QObject* parent)
    : QObject(parent), window_(window), folder_(std::move(folder)), advance_(std::move(advance)) {
    const QString tongue = language() == layers::Language::chinese ? QStringLiteral("-zh") : QString();
    const auto whole = [this](map::Theme theme) {
        window_.setTheme(theme);
        window_.nextTicket();
        window_.ticketPanel().focusBest();
    };
    steps_.push_back({{}, [this] { openTickets(); }});
    steps_.push_back({QStringLiteral("console-dark") + tongue, [whole] { whole(map::Theme::dark); }});
    steps_.push_back(
        {QStringLiteral("console-light") + tongue, [this] { window_.setTheme(map::Theme::light); }});
    steps_.push_back({QStringLiteral("console-contrast") + tongue,
                      [this] { window_.setTheme(map::Theme::contrast); }});
    steps_.push_back({QStringLiteral("ticket") + tongue,
                      [this] {
                          window_.setTheme(map::Theme::dark);
                          window_.ticketPanel().focusBest();
                      },
                      [this]() -> QWidget* { return &window_.ticketPanel(); }});
    steps_.push_back({QStringLiteral("call") + tongue, [this] {
                          window_.takeCall();
                          const auto& board = window_.desk().board();
                          auto* place = window_.findChild<QLineEdit*>(QStringLiteral("callPlace"));
                          const auto centre = board.queue.empty()
                                                  ? window_.desk().city().areas.extent().centre()
                                                  : board.queue.front().at;
                          if (const auto near = window_.desk().city().gazetteer->nearest(centre, 3000)) {
                              place->setText(q(near->name));
                              emit place->textEdited(place->text());
                          }
                      }});
    steps_.push_back({QStringLiteral("keys") + tongue, [this] { window_.showKeys(); }});
    steps_.push_back(
        {QStringLiteral("export") + tongue,
         [this] {
             window_.findChild<QWidget*>(QStringLiteral("keySheet"))->hide();
             window_.openExport()->setObjectName(QStringLiteral("shotExport"));
         },
         [this]() -> QWidget* { return window_.findChild<ExportDialog*>(QStringLiteral("shotExport")); }});
    steps_.push_back({{}, [this] {
                          if (auto* dialog = window_.findChild<ExportDialog*>(QStringLiteral("shotExport")))
                              dialog->close();
                      }});
    steps_.push_back(
        {QStringLiteral("print") + tongue,
         [this] { window_.openPrint()->setObjectName(QStringLiteral("shotPrint")); },
         [this]() -> QWidget* { return window_.findChild<PrintDialog*>(QStringLiteral("shotPrint")); }});
    steps_.push_back({{}, [this] {
                          if (auto* dialog = window_.findChild<PrintDialog*>(QStringLiteral("shotPrint")))
                              dialog->close();
                      }});
    steps_.push_back({QStringLiteral("board") + tongue, [this] { window_.openBoard(QStringLiteral("24h")); }});
    steps_.push_back({QStringLiteral("board-light") + tongue, [this] {
                          window_.setTheme(map::Theme::light);
                          window_.openBoard(QStringLiteral("24h"));
                      }});
    steps_.push_back({QStringLiteral("patrol") + tongue, [this] {
                          window_.setTheme(map::Theme::dark);
                          window_.openPatrols();
                      }});
    const auto mapTools = [this](map::Theme theme) {
        window_.setTheme(theme);
        map::Canvas& canvas = window_.mapPage().canvas();
        canvas.goHome();
        canvas.setView(canvas.view().zoomedAt(canvas.view().middle(), 2.2));
        canvas.turnTo(map::Rotation(30));
        canvas.setOverviewShown(true);
        MeasureStrip& strip = window_.mapPage().measureStrip();
        strip.end();
        strip.begin(theme == map::Theme::dark);
        const QPointF middle = canvas.view().middle();
        for (const QPointF by :
             {QPointF(-260, -90), QPointF(-40, -140), QPointF(120, 20), QPointF(-120, 130)})
            strip.add(canvas.view().viewToMap(middle + by));
        canvas.flash(canvas.view().viewToMap(middle + QPointF(300, -60)));
    };
    steps_.push_back({QStringLiteral("map-tools") + tongue, [mapTools] { mapTools(map::Theme::dark); }});
    steps_.push_back(
        {QStringLiteral("map-tools-light") + tongue, [mapTools] { mapTools(map::Theme::light); }});
    steps_.push_back({{}, [this] {
                          window_.setTheme(map::Theme::dark);
                          window_.mapPage().measureStrip().end();
                          window_.mapPage().canvas().setOverviewShown(false);
                          window_.mapPage().canvas().goHome();
                      }});
    const auto layers = [this](map::Theme theme) {
        window_.setTheme(theme);
        LayerBook& book = window_.layerBook();
        const QString beat = QStringLiteral("beat");
        const BookLayer* beats = book.ready(beat);
        if (beats && beats->rows && !beats->styled) {
            layers::LayerStyle style = beats->style;
            layers::categorise(style, *beats->rows, "parent");
            style.opacity = 0.6;
            book.setStyle(beat, style);
            const auto& places = window_.desk().city().workspace.gazetteer;
            for (const auto& spec : places)
                book.add(q(spec.source));
            book.add(QStringLiteral("gone.gpkg"));
        }
        window_.openTable(beat);
        book.select(beat, {3, 4});
        auto* list = window_.findChild<QListView*>(QStringLiteral("layerList"));
        auto* model = window_.findChild<LayerModel*>();
        list->setCurrentIndex(model->index(model->find(beat)));
        QMetaObject::invokeMethod(window_.findChild<QWidget*>(QStringLiteral("layerLook")), "click");
    };
    steps_.push_back({QStringLiteral("layers") + tongue, [layers] { layers(map::Theme::dark); }});
    steps_.push_back({QStringLiteral("layers-light") + tongue, [layers] { layers(map::Theme::light); }});
    steps_.push_back({{}, [this] {
                          LayerBook& book = window_.layerBook();
                          for (const LayerRow& row : std::vector(window_.findChild<LayerModel*>()->rows()))
                              book.remove(row.id);
                          book.setStyle(QStringLiteral("beat"), {});
                          book.select(QStringLiteral("beat"), {});
                          QMetaObject::invokeMethod(window_.findChild<QObject*>(QStringLiteral("key F4")), "activated");
                          window_.setTheme(map::Theme::dark);
                      }});
    for (const auto& [name, theme] : {std::pair{"dark", map::Theme::dark}, std::pair{"light", map::Theme::light}}) {
        const QString look = QStringLiteral("-") + QLatin1String(name) + tongue;
        steps_.push_back({QStringLiteral("analysis") + look, [this, theme] {
                              window_.setTheme(theme);
                              window_.openAnalysis();
                              window_.analysis().showFigures();
                          }});
        steps_.push_back({QStringLiteral("back-test") + look, [this] { window_.analysis().showBackTest(); }});
        steps_.push_back({QStringLiteral("tilted") + look, [this] { window_.openTilted(); }});
    }
    steps_.push_back({{}, [this] {
                          window_.setTheme(map::Theme::dark);
                          window_.openAnalysis(); // leaves the tilted picture
                      }});
    steps_.push_back({QStringLiteral("replay") + tongue, [this] {
                          const auto span = window_.desk().session().span();
                          window_.replay().jump(span.from + (span.till - span.from) * 2 / 3);
                      }});
}

// Half a dozen tickets at places of the history, at different steps of their road.
void Shots::openTickets() {
    using namespace dispatch;
    Session& session = window_.desk().session();
    const History& history = *window_.desk().city().history;
    const AssignmentStatus road[] = {AssignmentStatus::accepted, AssignmentStatus::enroute,
                                     AssignmentStatus::onscene, AssignmentStatus::handled};
    const int steps[] = {5, 4, 3, 2, 1, 0, 0};
    for (std::size_t i = 0; i < std::size(steps) && i * 37 < history.size(); ++i) {
        const PastIncident past = history[history.size() - 1 - i * 37];
        IncidentFacts incident;
        incident.at = window_.desk().city().crs.toLonLat(past.where), incident.category = past.category, incident.text = past.text;
        incident.priority = i + 1 == std::size(steps) ? 1 : past.severity, incident.source = "110";
        incident.happenedAt = window_.desk().liveNow();
        if (const auto near = window_.desk().city().gazetteer->nearest(past.where))
            incident.place = near->name;
        const Outcome opened = session.execute(session.resolve(incident));
        if (!opened.ok())
            continue;
        const auto* ticket = std::get_if<TicketOpened>(&opened.events.front().payload);
        advance_(std::chrono::seconds(25));
        if (!ticket || !steps[i])
            continue;
        Request request;
        request.at = incident.at, request.category = incident.category;
        request.now = window_.desk().liveNow(), request.ticket = ticket->ticket;
        const Recommendation who = session.recommend(request);
        if (who.candidates.empty())
            continue;
        AssignUnit sent;
        sent.ticket = ticket->ticket, sent.unit = who.candidates.front().unit;
        sent.unitAt = who.candidates.front().where.lonLat, sent.basis = who.candidates.front().where.basis;
        session.execute(sent);
        for (int step = 1; step < steps[i]; ++step) {
            advance_(std::chrono::seconds(31));
            session.execute(MoveAssignment{sent.ticket, sent.unit, road[step - 1], {}});
        }
    }
    advance_(std::chrono::seconds(35));
    window_.desk().refresh();
}

void Shots::start() {
    QDir().mkpath(folder_);
    next();
}

void Shots::next() {
    if (at_ == steps_.size()) {
        emit finished(failed_ ? 3 : 0);
        return;
    }
    steps_[at_].arrange();
    QTimer::singleShot(700, this, [this] { wait(100); });
}

void Shots::wait(int left) {
    const bool roads = window_.desk().city().routes.ready(); // who goes is shown with the time it takes on them
    if (!(window_.settled() && roads) && left > 0) {
        QTimer::singleShot(200, this, [this, left] { wait(left - 1); });
        return;
    }
    const Step& step = steps_[at_++];
    if (!step.name.isEmpty()) {
        QWidget* what = step.what ? step.what() : &window_;
        const QString file = QDir(folder_).filePath(step.name + QStringLiteral(".png"));
        if (!what || !what->grab().save(file)) {
            std::fprintf(stderr, "vedette: cannot write %s\n", file.toUtf8().constData());
            failed_ = true;
        }
    }
    next();
}

} // namespace vedette::console
