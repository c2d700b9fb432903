// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/shots.h"

#include "console/export_dialog.h"
#include "console/main_window.h"
#include "console/map_page.h"
#include "console/replay.h"
#include "console/ticket_panel.h"
#include "console/wording.h"

#include <QDir>
#include <QLineEdit>
#include <QTimer>

#include <cstdio>

namespace vedette::console {

Shots::Shots(MainWindow& window, QString folder, QObject* parent)
    : QObject(parent), window_(window), folder_(std::move(folder)) {
    const QString tongue = language() == layers::Language::chinese ? QStringLiteral("-zh") : QString();
    const auto whole = [this](map::Theme theme) {
        window_.setTheme(theme);
        window_.nextTicket();
        window_.ticketPanel().focusBest();
    };
    steps_.push_back({QStringLiteral("console-dark") + tongue, [whole] { whole(map::Theme::dark); }});
    steps_.push_back(
        {QStringLiteral("console-light") + tongue, [this] { window_.setTheme(map::Theme::light); }});
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
                          if (const auto near = window_.desk().city().gazetteer.nearest(centre, 3000)) {
                              place->setText(q(near->name));
                              emit place->textEdited(place->text());
                          }
                      }});
    steps_.push_back({QStringLiteral("keys") + tongue, [this] { window_.showKeys(); }});
    steps_.push_back(
        {QStringLiteral("export") + tongue,
         [this] { window_.openExport()->setObjectName(QStringLiteral("shotExport")); },
         [this]() -> QWidget* { return window_.findChild<ExportDialog*>(QStringLiteral("shotExport")); }});
    steps_.push_back({{}, [this] {
                          if (auto* dialog = window_.findChild<ExportDialog*>(QStringLiteral("shotExport")))
                              dialog->close();
                      }});
    steps_.push_back({QStringLiteral("replay") + tongue, [this] {
                          const auto span = window_.desk().session().span();
                          window_.replay().jump(span.from + (span.till - span.from) * 2 / 3);
                      }});
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
    if (!window_.settled() && left > 0) {
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
