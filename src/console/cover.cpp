// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cover.h"

#include "console/wording.h"
#include "dispatch/area_middle.h"

namespace vedette::console {

using namespace dispatch;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Cover)
};

std::optional<layers::AreaIndex> ownedArea(const City& city, const UnitFacts& facts) {
    std::optional<layers::AreaIndex> first;
    for (const std::string& code : facts.owns) {
        if (const auto beat = city.areas.byCode(layers::AreaKind::beat, code))
            return beat;
        if (!first)
            first = city.areas.byCode(code);
    }
    return first;
}

QString nameOf(const State& state, const UnitId& unit) {
    const UnitRecord* record = state.unit(unit);
    return record && !record->facts->name.empty() ? q(record->facts->name) : q(unit.text);
}

} // namespace

std::optional<Cover> coverWithout(const Session& session, const State& state, const UnitId& unit,
                                  const std::string& category, Instant now) {
    const UnitRecord* record = state.unit(unit);
    const auto city = session.city();
    const auto area = record ? ownedArea(*city, *record->facts) : std::nullopt;
    if (!area)
        return std::nullopt;
    Cover cover;
    cover.area = city->areas[*area].code;
    Request request;
    request.at = city->crs.toLonLat(areaMiddle(city->areas, *area));
    request.category = category;
    request.limit = 2; // one of them may be the unit itself
    request.now = now;
    for (const Candidate& candidate : session.recommend(request).candidates)
        if (candidate.part == Part::lead && candidate.unit != unit) {
            cover.by = candidate.unit;
            cover.in = std::chrono::seconds(static_cast<long long>(candidate.seconds + 0.5));
            break;
        }
    return cover;
}

QString coverText(const City& city, const State& state, const UnitId& unit, const Cover& cover, bool away) {
    const auto index = city.areas.byCode(cover.area);
    const layers::Area* area = index ? &city.areas[*index] : nullptr;
    const QString name = area && !area->name.empty() ? q(area->name) : grouped(cover.area);
    const QString where = area && area->kind == layers::AreaKind::beat   ? Text::tr("beat %1").arg(name)
                          : area && area->kind == layers::AreaKind::grid ? Text::tr("grid %1").arg(name)
                                                                         : name;
    const QString who = nameOf(state, unit);
    if (!cover.by)
        return away ? Text::tr("While %1 is away, nobody covers %2.").arg(who, where)
                    : Text::tr("After %1 leaves, nobody covers %2.").arg(who, where);
    const auto seconds = cover.in.count();
    const QString in = QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    return (away ? Text::tr("While %1 is away, %2 is covered by %3 in %4.")
                 : Text::tr("After %1 leaves, %2 is covered by %3 in %4."))
        .arg(who, where, nameOf(state, *cover.by), in);
}

} // namespace vedette::console
