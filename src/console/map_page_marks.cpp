// SPDX-License-Identifier: GPL-3.0-or-later
// The marks of the map: whose symbols, what a crowd holds, where a unit was.
#include "console/crowd_list.h"
#include "console/latest.h"
#include "console/map_page.h"
#include "console/shapes.h"
#include "console/wording.h"

#include <QMenu>

#include <algorithm>

namespace vedette::console {

void MapPage::readSymbols() {
    symbolMaker_->run([this, folder = desk_.city().workspace.folder]() -> Latest::Delivery {
        auto loaded = std::make_shared<map::SymbolBook::Loaded>(map::SymbolBook::load(folder));
        return [this, loaded] {
            setSymbolBook(loaded->book);
            if (!loaded->wrong.empty()) {
                QStringList lines;
                for (const layers::Message& one : loaded->wrong)
                    lines << say(one);
                desk_.tell(lines.front() + (lines.size() > 1 ? tr("  (%1 more)").arg(lines.size() - 1) : QString()),
                           Desk::Tone::refused);
                layers_.setHint(QStringLiteral("units"), lines.mid(0, 8).join(u'\n'));
            }
            if (const auto plain = withoutSymbol(*loaded->book, desk_.city().duties))
                layers_.setHint(QStringLiteral("tickets"), say(*plain));
            for (QWidget* one : window()->findChildren<QWidget*>()) // tables and legend show them too
                one->update();
            overlay();
        };
    });
}

// Read once for a unit, then lengthened by what the board says; read anew where the shown moment jumps.
void MapPage::readTrack() {
    const auto unit = desk_.unitId();
    if (!unit) {
        trackOf_.reset();
        track_.reset();
        return;
    }
    const dispatch::Instant now = desk_.now();
    constexpr std::chrono::seconds replayed{20}; // of the shown time: then the log is read again
    const bool jumped =
        now < trackRead_ || now > trackRead_ + (desk_.live() ? std::chrono::seconds(UnitTrack::shown) : replayed);
    if (trackOf_ == unit && !jumped) {
        if (!desk_.live())
            return;
        for (const UnitRow& row : desk_.board().units)
            if (row.id() == *unit && track_ && row.where.basis == dispatch::PositionBasis::fix && row.where.fixAge) {
                auto longer = std::make_shared<UnitTrack>(*track_); // the overlay on screen holds the old one
                longer->add(row.where.at, now - *row.where.fixAge);
                track_ = std::move(longer);
            }
        return;
    }
    trackOf_ = unit, trackRead_ = now;
    track_ = std::make_shared<UnitTrack>();
    trackMaker_->run([this, unit = *unit, now, city = desk_.session().city()]() -> Latest::Delivery {
        auto track = std::make_shared<UnitTrack>(unitTrack(*city, unit, now, cancelTrack_));
        return [this, track, unit, now] {
            if (trackOf_ != unit || trackRead_ != now)
                return;
            track_ = track;
            overlay();
        };
    });
}

void MapPage::select(const QString& id) {
    if (const auto ticket = dispatch::ticketId(s(id));
        ticket && id.startsWith(u'T') && desk_.state().ticket(*ticket))
        desk_.selectTicket(*ticket);
    else if (const dispatch::UnitId unit{s(id)}; desk_.state().unit(unit))
        desk_.selectUnit(unit);
}

// Nearer when that parts them, otherwise their list.
void MapPage::openCrowd(const map::Canvas::Crowd& crowd) {
    constexpr double nearest = 0.3; // metres per pixel: nearer shows no more
    const map::View& view = canvas_->view();
    layers::Box box = crowd.box;
    const double least = nearest * view.size.width() / 2;
    if (std::max(box.width(), box.height()) < 30 * nearest || view.metresPerPixel < 1.5 * nearest)
        return list(crowd.marks, crowd.at);
    if (const layers::Point c = box.centre(); box.width() < least) // no nearer than that
        box.minX = c.x - least / 2, box.maxX = c.x + least / 2;
    canvas_->zoomInto(box);
}

void MapPage::list(const std::vector<std::uint32_t>& marks, QPointF at) {
    QMenu* menu = crowdList(canvas_->overlay(), marks, desk_.board(), this, [this](const QString& id) { select(id); });
    menu->popup(canvas_->mapToGlobal(at.toPoint()));
}

void MapPage::listMarks() {
    constexpr double around = 60; // logical pixels
    QPointF at(canvas_->width() / 2.0, canvas_->height() / 2.0);
    for (const map::Mark& mark : canvas_->overlay().marks)
        if (const QPointF there = canvas_->view().mapToView(mark.at);
            mark.selected && QRectF(canvas_->rect()).contains(there))
            at = there;
    const auto marks = canvas_->marksNear(at, around);
    if (marks.empty())
        return desk_.tell(tr("Nothing stands in the middle of the map"));
    list(marks, at);
}

} // namespace vedette::console
