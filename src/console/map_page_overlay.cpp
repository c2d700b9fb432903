// SPDX-License-Identifier: GPL-3.0-or-later
// What lies over the frame: the board's marks, what is chosen of them and its way; and the roads that are closed.
#include "console/latest.h"
#include "console/layer_book.h"
#include "console/map_page.h"
#include "console/shapes.h"
#include "console/theme.h"
#include "console/wording.h"
#include "dispatch/road_closures.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vedette::console {

namespace {
constexpr std::size_t madeAtOnce = 4000; // rows
} // namespace

// One press of a key changes ticket, candidates, way and board: the overlay is made once for all of them.
void MapPage::overlay() {
    const Board& board = desk_.board();
    // So few are made sooner than a thread wakes up.
    if (board.queue.size() + board.units.size() <= madeAtOnce && !overlayMaker_->busy()) {
        choose();
        ++overlayAsked_;
        showOverlay(std::make_shared<map::Overlay>(makeOverlay(desk_.city(), board, choice_)));
    } else if (!overlaySoon_.isActive()) {
        overlaySoon_.start();
    }
    if (followed_)
        for (const UnitRow& row : board.units)
            if (row.id() == *followed_ && row.where.basis != dispatch::PositionBasis::none)
                canvas_->centreOn(row.where.at, true);
}

void MapPage::choose() {
    choice_.ticket = desk_.ticketId();
    choice_.unit = desk_.unitId();
    overlayScale_ = canvas_->view().metresPerPixel;
    choice_.theme = currentTheme();
    choice_.symbols = symbolBook();
    choice_.track = trackOf_ && trackOf_ == choice_.unit ? track_ : nullptr;
}

void MapPage::makeOverlaySoon() {
    choose();
    overlayMaker_->run([this, asked = ++overlayAsked_, choice = choice_, board = desk_.sharedBoard(),
                        city = desk_.session().city()]() -> Latest::Delivery {
        auto made = std::make_shared<map::Overlay>(makeOverlay(*city, *board, choice));
        return [this, made, asked] {
            if (asked == overlayAsked_)
                showOverlay(made);
        };
    });
}

void MapPage::showOverlay(const std::shared_ptr<map::Overlay>& made) {
    static std::uint64_t revision = 0;
    made->revision = ++revision;
    if (book_)
        book_->addTo(*made, overlayScale_);
    canvas_->setOverlay(made);
}

void MapPage::setProposed(std::optional<dispatch::UnitId> unit) {
    if (choice_.proposed == unit)
        return;
    choice_.proposed = std::move(unit);
    findWay();
}

void MapPage::findWay() {
    const dispatch::Ticket* ticket = desk_.ticket();
    const auto forget = [this] {
        choice_.way.clear();
        choice_.turn.reset();
        way_ = {};
        emit wayChanged();
    };
    if (const std::pair meant(desk_.ticketId(), choice_.proposed); meant != wayMeant_ || !desk_.live()) {
        wayMeant_ = meant;
        forget();
    }
    overlay();
    if (!ticket || !choice_.proposed || !desk_.live())
        return;
    std::optional<layers::Point> from;
    auto role = dispatch::Role::officer;
    for (const auto& candidate : desk_.recommendation().candidates)
        if (candidate.unit == *choice_.proposed)
            from = candidate.where.at, role = candidate.role;
    if (!from) // who is on it already is no candidate any more
        for (const UnitRow& row : desk_.board().units)
            if (const auto* unit = desk_.state().unit(row.id());
                unit && row.id() == *choice_.proposed && row.where.basis != dispatch::PositionBasis::none)
                from = row.where.at, role = unit->facts->role;
    if (!from)
        return;
    const layers::Point to = desk_.city().crs.toWorking(ticket->incident.at);
    wayMaker_->run([this, from = *from, to, role, unit = *choice_.proposed, id = ticket->id,
                    &session = desk_.session()]() -> Latest::Delivery {
        return [this, way = session.way(from, to, role), unit, id] {
            if (choice_.proposed != unit || desk_.ticketId() != id || !desk_.live())
                return;
            choice_.way = way.line;
            way_ = way;
            emit wayChanged();
            overlay();
        };
    });
}

void MapPage::setArea(std::optional<layers::AreaIndex> area) {
    choice_.area = area;
    overlay();
}

void MapPage::setTurn(std::optional<layers::Point> at) {
    choice_.turn = at;
    overlay();
    if (at)
        show(*at, false);
}

void MapPage::setPulsing(const std::vector<dispatch::TicketId>& tickets) {
    if (choice_.pulsing ? tickets == *choice_.pulsing : tickets.empty())
        return;
    choice_.pulsing = std::make_shared<const std::vector<dispatch::TicketId>>(tickets);
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

// What is closed ends by itself, without an event: the clock is asked with every board.
void MapPage::watchRoads() {
    auto standing = dispatch::standingRoads(desk_.state(), desk_.now());
    const bool known = desk_.city().routes.ready();
    if (standing == standing_ && known == routesKnown_)
        return;
    if (desk_.live())
        for (const auto& road : desk_.state().restrictedRoads())
            if (std::find(standing_.begin(), standing_.end(), road) != standing_.end() &&
                std::find(standing.begin(), standing.end(), road) == standing.end()) {
                QString name;
                for (const RestrictedShown& one : restricted())
                    if (one.road.id == road.id)
                        name = one.name;
                desk_.tell(RoadWords::over(RoadWords::line(road, name, desk_.city().zone, desk_.now())));
            }
    standing_ = standing, routesKnown_ = known;
    roadMaker_->run([this, standing, city = desk_.session().city()]() -> Latest::Delivery {
        auto shown = std::make_shared<const std::vector<RestrictedShown>>(shownOf(*city, standing));
        return [this, shown] {
            choice_.restricted = shown;
            noteRoads();
            overlay();
        };
    });
}

const std::vector<RestrictedShown>& MapPage::restricted() const {
    static const std::vector<RestrictedShown> none;
    return choice_.restricted ? *choice_.restricted : none;
}

void MapPage::noteRoads() {
    if (desk_.city().workspace.roads.empty())
        return;
    // What was found when they were joined: parts that hang on nothing, turns without a place, no roads at all.
    if (const layers::CityRoads* routes = desk_.city().routes.ready()) {
        // A source that can't be read says more than what came of it.
        QStringList found = roadTrouble_.lines;
        const bool missing = !roadTrouble_.problem.isEmpty();
        if (*routes) {
            for (const layers::Finding& one : routes->driving->map().findings)
                if (one.row < 0 || one.severity != layers::Finding::Severity::note)
                    found << say(one.message);
        } else if (!missing) {
            found << say({"roadsNone"});
        }
        found.removeDuplicates();
        layers_.setHint(QStringLiteral("roads"), found.mid(0, 8).join(u'\n'));
        layers_.setNote(QStringLiteral("roads"), missing   ? QStringLiteral("⚠")
                                                 : *routes ? QString()
                                                           : tr("none that can be used"));
    }
    layers_.setCount(QStringLiteral("closures"), restricted().size());
    QStringList lines;
    for (const RestrictedShown& one : restricted())
        lines << RoadWords::line(one.road, one.name, desk_.city().zone, desk_.now());
    layers_.setHint(QStringLiteral("closures"),
                    lines.isEmpty() ? tr("Every road is open; Ctrl+R closes one") : lines.join(u'\n'));
}

std::vector<const RestrictedShown*> MapPage::restrictedAt(layers::Point at) const {
    const double reach = 7 * canvas_->view().metresPerPixel;
    const auto near = [&](const std::vector<layers::Point>& line) {
        for (std::size_t i = 1; i < line.size(); ++i) {
            const layers::Point a = line[i - 1], b = line[i];
            const double dx = b.x - a.x, dy = b.y - a.y, squared = dx * dx + dy * dy;
            const double t =
                squared > 0 ? std::clamp(((at.x - a.x) * dx + (at.y - a.y) * dy) / squared, 0.0, 1.0) : 0;
            if (std::hypot(a.x + t * dx - at.x, a.y + t * dy - at.y) <= reach)
                return true;
        }
        return false;
    };
    std::vector<const RestrictedShown*> found;
    if (choice_.closures)
        for (const RestrictedShown& one : restricted())
            if (at.x >= one.box.minX - reach && at.x <= one.box.maxX + reach &&
                at.y >= one.box.minY - reach && at.y <= one.box.maxY + reach &&
                (std::any_of(one.lines.begin(), one.lines.end(), near) ||
                 std::any_of(one.rings.begin(), one.rings.end(), near)))
                found.push_back(&one);
    return found;
}

void MapPage::showRestricted(const std::string& id) {
    for (const RestrictedShown& one : restricted())
        if (one.road.id == id && !one.box.empty())
            show({(one.box.minX + one.box.maxX) / 2, (one.box.minY + one.box.maxY) / 2}, false);
}

} // namespace vedette::console
