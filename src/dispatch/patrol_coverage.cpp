// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/patrol.h"

#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>

#include <algorithm>
#include <unordered_map>

namespace vedette::dispatch {

namespace bg = boost::geometry;

namespace {

using std::chrono::milliseconds;
using BoostPoint = bg::model::point<double, 2, bg::cs::cartesian>;
using BoostBox = bg::model::box<BoostPoint>;

bool inside(const std::vector<std::vector<LonLat>>& rings, LonLat at) {
    bool in = false;
    for (const auto& ring : rings)
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            const LonLat &a = ring[i], &b = ring[j];
            if ((a.lat > at.lat) != (b.lat > at.lat) &&
                at.lon < (b.lon - a.lon) * (at.lat - a.lat) / (b.lat - a.lat) + a.lon)
                in = !in;
        }
    return in;
}

struct Stay {
    Instant from{}, till{};
};

// Longest time that none of the stays covers, and how long any does.
void spread(std::vector<Stay> stays, Instant from, Instant till, Presence& into) {
    std::ranges::sort(stays, {}, &Stay::from);
    Instant reached = from;
    for (const Stay& stay : stays) {
        into.longestGap = std::max(into.longestGap, milliseconds(stay.from - reached));
        if (stay.till > reached) {
            into.covered += stay.till - std::max(stay.from, reached);
            reached = stay.till;
        }
    }
    into.longestGap = std::max(into.longestGap, milliseconds(till - reached));
}

} // namespace

struct CoverageCount::Impl {
    struct Line {
        PatrolPlanned patrol;
        Instant from{}, till{};
        std::vector<Stay> planned, anybody;
        std::unordered_map<std::string, milliseconds> known; // of its units
    };
    struct Unit {
        Instant at{};
        std::vector<std::uint32_t> in;                                // lines whose area it is in
        std::vector<std::pair<std::uint32_t, Stay>> stays;            // that go on
        std::vector<std::uint32_t> plannedOn;                         // lines that name it
        bool seen = false;
    };
    std::vector<Line> lines;
    Instant from{}, till{};
    milliseconds gap{0};
    std::unordered_map<std::string, Unit> units;
    bg::index::rtree<std::pair<BoostBox, std::uint32_t>, bg::index::quadratic<16>> boxes;
    std::vector<std::pair<BoostBox, std::uint32_t>> found;
    std::size_t fixes = 0, leftOut = 0;

    void endStay(const Unit& unit, std::uint32_t number, const Stay& stay) {
        Line& line = lines[number];
        line.anybody.push_back(stay);
        if (std::ranges::count(unit.plannedOn, number))
            line.planned.push_back(stay);
    }
    // What is known of `unit` from its last fix to `till`.
    void advance(Unit& unit, const std::string& name, Instant at) {
        const bool known = at - unit.at <= gap;
        std::vector<std::pair<std::uint32_t, Stay>> going;
        if (known) {
            for (const std::uint32_t number : unit.plannedOn) {
                Line& line = lines[number];
                const Instant begun = std::max(unit.at, line.from), ended = std::min(at, line.till);
                if (ended > begun)
                    line.known[name] += ended - begun;
            }
            for (const std::uint32_t number : unit.in) {
                const Line& line = lines[number];
                Stay stay{std::max(unit.at, line.from), std::min(at, line.till)};
                const auto old = std::ranges::find(unit.stays, number, &std::pair<std::uint32_t, Stay>::first);
                if (stay.till <= stay.from)
                    continue;
                if (old != unit.stays.end())
                    stay.from = old->second.from, old->first = ~0U;
                going.emplace_back(number, stay);
            }
        }
        for (const auto& [number, stay] : unit.stays)
            if (number != ~0U)
                endStay(unit, number, stay);
        unit.stays = std::move(going);
    }
};

CoverageCount::CoverageCount(std::vector<PatrolPlanned> patrols, Instant from, Instant till,
                             std::chrono::seconds gap)
    : impl_(std::make_unique<Impl>()) {
    impl_->from = from, impl_->till = till, impl_->gap = gap;
    std::vector<std::pair<BoostBox, std::uint32_t>> boxes;
    for (PatrolPlanned& patrol : patrols) {
        Impl::Line& line = impl_->lines.emplace_back();
        const auto number = static_cast<std::uint32_t>(impl_->lines.size() - 1);
        line.from = std::max(from, patrol.from), line.till = std::max(line.from, std::min(till, patrol.till));
        BoostBox box;
        bg::assign_inverse(box);
        for (const auto& ring : patrol.rings)
            for (const LonLat at : ring)
                bg::expand(box, BoostPoint(at.lon, at.lat));
        if (!patrol.rings.empty() && line.till > line.from)
            boxes.emplace_back(box, number);
        for (const UnitId& unit : patrol.units)
            impl_->units[unit.text].plannedOn.push_back(number);
        line.patrol = std::move(patrol);
    }
    impl_->boxes = decltype(impl_->boxes)(boxes);
}

CoverageCount::~CoverageCount() = default;

void CoverageCount::add(const Fix& fix) {
    ++impl_->fixes;
    Impl::Unit& unit = impl_->units[fix.unit.text];
    if (unit.seen && fix.fixedAt <= unit.at) {
        ++impl_->leftOut;
        return;
    }
    if (unit.seen)
        impl_->advance(unit, fix.unit.text, fix.fixedAt);
    unit.seen = true;
    unit.at = fix.fixedAt;
    unit.in.clear();
    impl_->found.clear();
    impl_->boxes.query(bg::index::intersects(BoostPoint(fix.at.lon, fix.at.lat)), std::back_inserter(impl_->found));
    for (const auto& [box, number] : impl_->found)
        if (inside(impl_->lines[number].patrol.rings, fix.at))
            unit.in.push_back(number);
}

std::size_t CoverageCount::fixes() const {
    return impl_->fixes;
}
std::size_t CoverageCount::leftOut() const {
    return impl_->leftOut;
}

std::vector<PatrolCoverage> CoverageCount::done() {
    for (auto& [name, unit] : impl_->units) {
        for (const auto& [number, stay] : unit.stays)
            impl_->endStay(unit, number, stay);
        unit.stays.clear();
    }
    std::vector<PatrolCoverage> out;
    for (Impl::Line& line : impl_->lines) {
        PatrolCoverage& made = out.emplace_back();
        made.patrol = line.patrol;
        made.from = line.from, made.till = line.till;
        const auto sum = [&](const std::vector<Stay>& stays, Presence& into) {
            for (const Stay& stay : stays) {
                into.present += stay.till - stay.from;
                into.visits += stay.till - stay.from >= patrolStay;
            }
            spread(stays, line.from, line.till, into);
        };
        sum(line.planned, made.planned);
        sum(line.anybody, made.anybody);
        for (const UnitId& unit : line.patrol.units)
            made.planned.unknown += line.till - line.from - line.known[unit.text];
    }
    return out;
}

std::vector<PatrolCoverage> patrolCoverage(const TrackLog& tracks, std::vector<PatrolPlanned> patrols, Instant from,
                                           Instant till, std::chrono::seconds gap) {
    CoverageCount count(std::move(patrols), from, till, gap);
    tracks.read(from - gap - std::chrono::seconds(1), till + std::chrono::hours(1),
                [&](const Fix& fix) { count.add(fix); });
    return count.done();
}

} // namespace vedette::dispatch
