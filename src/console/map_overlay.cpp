// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/map_overlay.h"

#include "console/shapes.h"
#include "console/theme.h"
#include "console/wording.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace vedette::console {

using namespace dispatch;

namespace {

bool placed(layers::Point at) {
    return std::isfinite(at.x) && std::isfinite(at.y);
}

// The rules' answers, each asked for once: a city has thousands of marks and a few dozen looks.
class Signs {
public:
    Signs(const map::SymbolBook& book, map::Theme theme) : book_(book), theme_(theme) {}
    void give(map::Mark& mark, const map::SymbolFacts& facts, std::string key) {
        auto at = known_.find(key);
        if (at == known_.end())
            at = known_.emplace(std::move(key), book_.symbol(facts)).first;
        mark.symbol = at->second.drawing;
        mark.shape = at->second.shape;
        mark.colour = at->second.in(theme_);
    }

private:
    const map::SymbolBook& book_;
    map::Theme theme_;
    std::unordered_map<std::string, map::Symbol> known_;
};

void addUnits(map::Overlay& overlay, const Board& board, const OverlayChoice& choice, Signs& signs) {
    for (const UnitRow& row : board.units) {
        const bool chosen = choice.unit == row.id() || choice.proposed == row.id();
        if ((!choice.units && !chosen) || row.where.basis == PositionBasis::none || !placed(row.where.at))
            continue;
        map::Mark mark;
        mark.kind = map::Mark::Kind::unit;
        mark.at = row.where.at;
        const map::SymbolFacts facts = factsOf(row);
        signs.give(mark, facts, {char('a' + static_cast<int>(row.facts->role)), char('a' + static_cast<int>(row.status)),
                                 row.lost() ? 'l' : '-'});
        mark.id = q(row.id().text);
        mark.selected = chosen;
        const bool working = row.status == UnitStatus::enroute || row.status == UnitStatus::onscene ||
                             row.status == UnitStatus::assigned;
        mark.cluster = !chosen && !working;
        mark.rank = chosen ? 90 : working ? 30 : row.lost() ? 5 : 10;
        if (chosen || working)
            mark.label = row.facts->name.empty() ? q(row.id().text) : row.name();
        else if (row.lost() && row.where.fixAge)
            mark.label = row.name() + QStringLiteral(" · ") + Words::age(*row.where.fixAge);
        overlay.marks.push_back(std::move(mark));
    }
}

void addTickets(map::Overlay& overlay, const Board& board, const OverlayChoice& choice, Signs& signs) {
    for (const QueueRow& row : board.queue) {
        const bool chosen = choice.ticket == row.id;
        if ((!choice.tickets && !chosen) || !placed(row.at))
            continue;
        map::Mark mark;
        mark.kind = map::Mark::Kind::incident;
        mark.at = row.at;
        const std::string name = row.what.toStdString();
        signs.give(mark, factsOf(row, name),
                   row.category + char('0' + row.priority) + char('a' + static_cast<int>(row.stage)) +
                       (row.hazard ? 'h' : '-') + name);
        mark.letter = QString::number(row.priority);
        mark.id = q(toString(row.id));
        mark.selected = chosen;
        mark.pulsing =
            choice.pulsing && std::binary_search(choice.pulsing->begin(), choice.pulsing->end(), row.id);
        mark.cluster = !chosen && !row.untaken;
        mark.rank = chosen ? 100 : 60 - row.priority * 5 + (row.untaken ? 20 : 0);
        if (chosen || row.untaken)
            mark.label = mark.id;
        overlay.marks.push_back(std::move(mark));
    }
}

void addTrack(map::Overlay& overlay, const UnitTrack& track, const QString& unit, QColor colour, Instant now) {
    map::Trail trail;
    trail.colour = colour;
    trail.width = 3;
    for (const UnitTrack::Spot& spot : track.spots) {
        const std::chrono::duration<float> age = now - spot.when;
        trail.points.push_back(spot.at);
        trail.ages.push_back(age / std::chrono::duration<float>(UnitTrack::shown));
    }
    for (const map::Mark& mark : overlay.marks)
        if (mark.kind == map::Mark::Kind::unit && mark.id == unit && !trail.points.empty()) {
            trail.points.push_back(mark.at); // it ends where the unit is shown
            trail.ages.push_back(trail.ages.back());
        }
    if (trail.points.size() > 1)
        overlay.trails.push_back(std::move(trail));
}

void addRestricted(map::Overlay& overlay, const RestrictedShown& one, bool label, const Tokens& t) {
    using Pattern = map::Trail::Pattern;
    const bool closed = one.road.factor <= 0;
    const QColor colour = closed ? t.alarm : t.warn;
    for (const auto& ring : one.rings)
        overlay.trails.push_back({ring, colour, 1.4, true});
    const std::vector<layers::Point>* longest = nullptr;
    for (const auto& line : one.lines) {
        overlay.trails.push_back({line, colour, 2.6, false, closed ? Pattern::barred : Pattern::beaded});
        if (!longest || line.size() > longest->size())
            longest = &line;
    }
    if (!longest && !one.rings.empty())
        longest = &one.rings.front();
    if (!label || !longest || longest->empty())
        return;
    map::Mark mark;
    const layers::Point a = (*longest)[(longest->size() - 1) / 2], b = (*longest)[longest->size() / 2];
    mark.at = {(a.x + b.x) / 2, (a.y + b.y) / 2};
    mark.shape = closed ? map::MarkShape::cross : map::MarkShape::diamond;
    mark.colour = colour;
    mark.id = q(one.road.id);
    mark.label = q(one.road.id) + QStringLiteral(" ") + RoadWords::sign(one.road.factor);
    mark.rank = 20;
    mark.cluster = false;
    overlay.marks.push_back(std::move(mark));
}

} // namespace

map::Overlay makeOverlay(const City& city, const Board& board, const OverlayChoice& choice) {
    map::Overlay overlay;
    const auto book = choice.symbols ? choice.symbols : map::SymbolBook::builtIn();
    overlay.symbols = book->symbols();
    Signs signs(*book, choice.theme);
    addUnits(overlay, board, choice, signs);
    addTickets(overlay, board, choice, signs);
    const Tokens& t = tokens(choice.theme);
    if (choice.track && choice.unit)
        addTrack(overlay, *choice.track, q(choice.unit->text), t.accent, board.now);
    if (choice.closures && choice.restricted)
        for (const RestrictedShown& one : *choice.restricted)
            addRestricted(overlay, one, true, t);
    if (choice.drawing)
        addRestricted(overlay, *choice.drawing, false, t);
    for (const OverlayChoice::Planned& line : choice.planned)
        if (placed(line.from) && placed(line.to))
            overlay.trails.push_back(
                {{line.from, line.to}, t.accent, choice.ticket == line.ticket ? 3.0 : 1.2, false});
    // The graver the tier, the wider the line; what is only proposed is dashed.
    for (const OverlayChoice::Patrolled& patrol : choice.patrols) {
        const QColor colour = t.priority[std::clamp(patrol.tier, 1, 4) - 1];
        for (const auto& ring : patrol.rings)
            overlay.trails.push_back({ring, colour, 4.5 - 0.75 * patrol.tier, patrol.proposed});
        map::Mark mark;
        mark.at = patrol.middle;
        mark.shape = map::MarkShape::hexagon;
        mark.colour = colour;
        mark.letter = QString::number(patrol.tier);
        mark.label = patrol.words;
        mark.cluster = false;
        mark.rank = 90 - patrol.tier;
        overlay.marks.push_back(std::move(mark));
    }
    const Ticket* ticket = choice.ticket ? board.state.ticket(*choice.ticket) : nullptr;
    if (ticket) {
        if (const auto index = city.areas.byCode(ownArea(city, *ticket)))
            overlay.selectedArea = *index;
        const layers::Point to = city.crs.toWorking(ticket->incident.at);
        for (const Assignment& assignment : ticket->assignments) {
            if (!assignment.open())
                continue;
            for (const UnitRow& row : board.units)
                if (row.id() == assignment.unit && placed(row.where.at) &&
                    row.where.basis != PositionBasis::none)
                    overlay.trails.push_back({{row.where.at, to}, t.accent, 2, true});
        }
        if (choice.way.size() > 1)
            overlay.trails.push_back({choice.way, t.accent, 3, false});
        // Somewhere in the state but not open any more: still shown while it is selected.
        const bool inQueue = std::any_of(board.queue.begin(), board.queue.end(),
                                         [&](const QueueRow& row) { return row.id == ticket->id; });
        if (!inQueue && placed(to)) {
            map::Mark mark;
            mark.at = to;
            mark.shape = map::MarkShape::triangle;
            mark.colour = t.lost;
            mark.id = mark.label = q(toString(ticket->id));
            mark.selected = true;
            mark.cluster = false;
            mark.rank = 100;
            overlay.marks.push_back(std::move(mark));
        }
    }
    if (choice.area && *choice.area < city.areas.size())
        overlay.selectedArea = choice.area;
    for (const auto& at : {choice.marker, choice.turn}) {
        if (!at || !placed(*at))
            continue;
        map::Mark mark;
        mark.at = *at;
        mark.shape = map::MarkShape::cross;
        mark.colour = t.accent;
        mark.selected = true;
        mark.cluster = false;
        mark.rank = 110;
        overlay.marks.push_back(std::move(mark));
    }
    return overlay;
}

} // namespace vedette::console
