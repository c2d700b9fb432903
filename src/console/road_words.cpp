// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/road_words.h"

#include "console/wording.h"
#include "dispatch/road_closures.h"

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <map>

namespace vedette::console {

using namespace dispatch;
using layers::Message;
using layers::Point;

namespace {

char small(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool begins(std::string_view whole, std::string_view part) {
    return whole.size() >= part.size() && std::equal(part.begin(), part.end(), whole.begin(),
                                                     [](char a, char b) { return small(a) == small(b); });
}

const layers::RoadNetwork* networkOf(const City& city) {
    const layers::CityRoads* routes = city.routes.ready();
    return routes && *routes ? &routes->driving->map().network : nullptr;
}

std::vector<std::vector<Point>> placed(const City& city, const RoadRestricted& road) {
    std::vector<std::vector<Point>> out;
    for (const auto& given : road.lines) {
        auto& line = out.emplace_back();
        for (const LonLat at : given)
            if (const Point p = city.crs.toWorking(at); std::isfinite(p.x) && std::isfinite(p.y))
                line.push_back(p);
        if (road.area && !line.empty())
            line.push_back(line.front());
    }
    return out;
}

} // namespace

QString RoadWords::share(double factor) {
    return factor > 0 ? tr("slow, %1 % of its speed").arg(qRound(factor * 100)) : tr("closed");
}

QString RoadWords::sign(double factor) {
    return factor > 0 ? QStringLiteral("%1 %").arg(qRound(factor * 100)) : tr("closed");
}

QString RoadWords::until(Instant until, const layers::TimeZone& zone, Instant now) {
    if (until == Instant{})
        return tr("until it is opened");
    const QString whole = q(layers::isoLocal(until, zone)), today = q(layers::isoLocal(now, zone));
    return tr("until %1").arg(whole.left(10) == today.left(10) ? whole.mid(11, 5) : whole.mid(5, 11));
}

QString RoadWords::line(const RoadRestricted& road, const QString& name, const layers::TimeZone& zone,
                        Instant now) {
    QStringList parts{q(road.id)};
    if (!name.isEmpty())
        parts << name;
    parts << share(road.factor);
    if (road.use != RoadUse::both)
        parts << (road.use == RoadUse::driving ? tr("for who drives") : tr("for who walks"));
    parts << until(road.until, zone, now);
    for (const std::string& said : {road.reason, road.by})
        if (!said.empty())
            parts << q(said);
    return parts.join(QStringLiteral(" · "));
}

QString RoadWords::over(const QString& what) {
    return tr("its time is over, the road counts as open again: %1").arg(what);
}

std::vector<RestrictedShown> shownOf(const City& city, const std::vector<RoadRestricted>& roads) {
    const layers::RoadNetwork* network = networkOf(city);
    std::vector<RestrictedShown> out;
    for (const RoadRestricted& road : roads) {
        RestrictedShown& one = out.emplace_back();
        one.road = road;
        if (road.area)
            one.rings = placed(city, road);
        std::map<std::string_view, double> metres;
        if (network)
            for (const auto edge : edgesMeant(*network, city.crs, road)) {
                const auto& held = network->edges()[edge];
                const auto points = network->points(held);
                one.lines.emplace_back(points.begin(), points.end());
                if (!network->name(held).empty())
                    metres[network->name(held)] += double(held.metres);
            }
        if (one.lines.empty() && !road.area)
            one.lines = placed(city, road);
        for (const auto* many : {&one.lines, &one.rings})
            for (const auto& line : *many)
                for (const Point p : line)
                    one.box.add(p);
        std::vector<std::pair<double, std::string_view>> longest;
        for (const auto& [name, length] : metres)
            longest.emplace_back(-length, name);
        std::sort(longest.begin(), longest.end());
        QStringList names;
        for (const auto& [length, name] : longest)
            if (names.size() < 3)
                names << q(name);
        one.name = names.join(QStringLiteral(", ")) +
                   (longest.size() > 3 ? QStringLiteral(" …") : QString());
    }
    return out;
}

std::optional<Instant> untilTyped(const QString& text, Instant now, const layers::TimeZone& zone) {
    const QString trimmed = text.trimmed();
    if (trimmed.contains(u'-') || trimmed.contains(u'/'))
        return layers::parseTime(s(trimmed), zone);
    const auto parts = trimmed.split(u':');
    if (parts.size() != 2)
        return std::nullopt;
    bool hours = false, minutes = false;
    auto local = zone.local(now);
    local.hour = parts[0].toInt(&hours), local.minute = parts[1].toInt(&minutes);
    local.second = local.millisecond = 0;
    if (!hours || !minutes || local.hour < 0 || local.hour > 23 || local.minute < 0 || local.minute > 59)
        return std::nullopt;
    const Instant at = zone.instant(local);
    return at > now ? at : at + std::chrono::hours(24);
}

std::variant<Command, Message> roadCommand(const City& city, const RoadSaid& said, Instant now) {
    if (said.deed == RoadSaid::Deed::open)
        return Command(RestoreRoad{said.id});
    RestrictRoad restrict;
    RoadRestricted& road = restrict.road;
    road.factor = said.deed == RoadSaid::Deed::close ? 0 : said.factor;
    road.reason = said.reason;
    if (!said.until.empty()) {
        const auto until = untilTyped(q(said.until), now, city.zone);
        if (!until)
            return Message{"timeUnreadable", {{"text", said.until}}};
        if (*until <= now)
            return Message{"timePast", {{"text", said.until}}};
        road.until = *until;
    }
    if (said.points.size() > 1) {
        road.lines.push_back(said.points);
        return Command(std::move(restrict));
    }
    const layers::RoadNetwork* network = networkOf(city);
    if (!network)
        return Message{city.workspace.roads.empty() ? "roadsNone" : "roadsNotRead"};
    road.lines = said.points.empty() ? linesNamed(*network, city.crs, said.name)
                                     : sectionAt(*network, city.crs, said.points.front());
    if (road.lines.empty() && said.points.empty())
        return Message{"roadNameUnknown", {{"name", said.name}}};
    if (road.lines.empty())
        return Message{"roadNotNear"};
    return Command(std::move(restrict));
}

RoadNamed roadNamed(const City& city) {
    return [&city](std::string_view words) -> std::optional<std::string> {
        if (const layers::RoadNetwork* network = networkOf(city))
            for (const std::string& name : network->names())
                if (!name.empty() && name.size() == words.size() && begins(name, words))
                    return name;
        return std::nullopt;
    };
}

std::vector<std::string> roadsBeginning(const City& city, std::string_view prefix) {
    std::vector<std::string> out;
    if (const layers::RoadNetwork* network = networkOf(city))
        for (const std::string& name : network->names())
            if (!name.empty() && begins(name, prefix) && out.size() < 12)
                out.push_back(name.find(' ') == name.npos ? name : "@\"" + name + '"');
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace vedette::console
