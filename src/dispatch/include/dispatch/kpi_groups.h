// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/desks.h"
#include "dispatch/kpi.h"

#include <array>
#include <span>
#include <unordered_map>

namespace vedette::dispatch {

// What the figures are grouped by. Level: of the desk that owns the ticket now, as its area's kind ("city"
// "county" "township" "community" "grid" "bureau" "station"), "other" for a desk that is no area. Station:
// where it happened; the community where no station covers the place, "" where neither does. Desk: that owns
// it now. Category: as it is classified now; classes are what stands before the first dot. Hour: of the day at
// which it was opened ("00" ... "23"), in the city's zone.
enum class GroupBy : std::uint8_t { level, station, desk, category, categoryClass, hour };
inline constexpr std::size_t groupings = 6;
std::string_view toString(GroupBy by); // "level" "station" "desk" "category" "class" "hour"
std::optional<GroupBy> groupBy(std::string_view text);
std::string stationOf(const City& city, const Ticket& ticket);

struct KpiGroup {
    std::string key, name; // name: of a category, as its duty words it; else empty
    Kpi figures;           // its `slowest` is never set
};
// All figures of one period. Of stations, desks and categories the slowest by median turn-out is named, out of
// those with at least Kpi::slowestOf turn-outs; equal ones: the first by key.
struct KpiBoard {
    Instant from{}, till{}, now{};
    Seq seq = 0; // of the state that was counted
    Kpi all;
    std::array<std::vector<KpiGroup>, groupings> groups; // by key; none that is empty
    std::optional<Kpi::Slow> slowestStation, slowestDesk, slowestCategory;
    std::array<std::size_t, 24> openedAtHour{}, closedAtHour{}; // of the same tickets; hour of the day, local
    const std::vector<KpiGroup>& by(GroupBy grouping) const { return groups[std::size_t(grouping)]; }
};

// Tickets behind one figure.
struct KpiPick {
    enum class What : std::uint8_t {
        opened,
        closed,
        open,
        overdue,
        onTime,
        late,
        cancelled,
        merged,
        returned,
        transferred,
        reopened,
        escalated,
        interval,  // those with the interval; `bucket` narrows it
        clockBack, // those with an interval that would be negative
        closedAtHour
    };
    What what = What::opened;
    std::optional<GroupBy> by{}; // and only of this group
    std::string key{};
    std::size_t interval = 0; // 0 sign-for, 1 turn-out, 2 feedback
    std::optional<std::size_t> bucket{};
    int hour = 0; // of closedAtHour
    friend bool operator==(const KpiPick&, const KpiPick&) = default;
};

// The figures' own table of tickets: one small row each, made in one pass over the state, so that sums by all
// groups, another period inside it and the tickets behind a figure cost no second pass over pages that may
// sleep on the disk. Followed on by the tickets that events have touched. An object belongs to one thread at a
// time; `city` must outlive it.
class KpiTable {
public:
    KpiTable(const City& city, Scope scope);
    // Brings it up to `state`, for tickets opened at `from` or later. `touched`: the tickets of every event
    // since the state before; without it, or when `from` lies further back than ever asked for, all are
    // counted anew.
    void update(const State& state, Instant from, std::optional<std::span<const TicketId>> touched = {});
    Seq seq() const { return seq_; }
    Instant since() const { return since_; } // how far back it reaches
    std::size_t size() const { return rows_.size(); }
    // `now` says what is overdue.
    KpiBoard board(Instant from, Instant till, Instant now) const;
    std::vector<TicketId> behind(Instant from, Instant till, Instant now, const KpiPick& pick) const; // by id

private:
    struct Row {
        std::uint32_t ticket = 0;
        KpiFacts facts;
        std::array<std::uint32_t, groupings> key{}; // place in names_
        std::int8_t closedHour = -1;
    };
    struct Names {
        std::vector<std::string> keys, names;
        std::unordered_map<std::string, std::uint32_t> places;
    };
    Row rowOf(const Ticket& ticket);
    std::uint32_t place(GroupBy by, std::string key, const std::string& name = {});
    void sumGroups(KpiBoard& board, const std::vector<const Row*>& rows) const;

    const City& city_;
    Scope scope_;
    std::vector<Row> rows_; // by ticket
    std::array<Names, groupings> names_;
    Seq seq_ = 0;
    Instant since_ = Instant::max();
};

// A period as a person says it: "today", "shift" (the eight hours that end now), "24h", "7d" (any number of
// either), "month" (since the first), "DATE" (that day), "DATE DATE" (to the end of the second), each DATE
// also with a time of day. [from, till) with `till` a second after now where it is still running; empty text:
// the shift. Problem: periodUnreadable {text}, periodReversed {text}.
struct KpiPeriod {
    std::string said;
    Instant from{}, till{};
    KpiPeriod before() const { return {said, from - (till - from), from}; } // as long, just before
};
layers::Result<KpiPeriod> kpiPeriod(std::string_view text, Instant now, const layers::TimeZone& zone);

// The board's figures as one JSON object, the same for the command line and for tests of the window.
std::string encodeBoard(const KpiBoard& board, std::optional<GroupBy> only = {});

} // namespace vedette::dispatch
