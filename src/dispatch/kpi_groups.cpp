// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/kpi_groups.h"

#include <algorithm>
#include <numeric>

namespace vedette::dispatch {

using std::chrono::seconds;

namespace {

constexpr std::array<std::string_view, groupings> words{"level",    "station", "desk",
                                                        "category", "class",   "hour"};

// The median of each group, of an interval given by the rows' own: what belongs together is laid together.
template <class Rows, class KeyOf, class TookOf>
std::vector<std::optional<seconds>> mediansBy(const Rows& rows, std::size_t groups, const KeyOf& keyOf,
                                              const TookOf& tookOf) {
    std::vector<std::size_t> end(groups + 1);
    for (const auto* row : rows)
        end[keyOf(*row) + 1] += tookOf(*row) >= 0;
    std::partial_sum(end.begin(), end.end(), end.begin());
    std::vector<std::int32_t> took(end.back());
    std::vector<std::size_t> next(end.begin(), end.end() - 1);
    for (const auto* row : rows)
        if (tookOf(*row) >= 0)
            took[next[keyOf(*row)]++] = tookOf(*row);
    std::vector<std::optional<seconds>> medians(groups);
    for (std::size_t i = 0; i < groups; ++i)
        if (const std::size_t many = end[i + 1] - end[i]) {
            const auto first = took.begin() + static_cast<std::ptrdiff_t>(end[i]);
            const auto middle = first + static_cast<std::ptrdiff_t>((many - 1) / 2);
            std::nth_element(first, middle, first + static_cast<std::ptrdiff_t>(many));
            medians[i] = seconds(*middle);
        }
    return medians;
}

std::optional<Kpi::Slow> slowestOf(const std::vector<KpiGroup>& groups) {
    std::optional<Kpi::Slow> slowest;
    for (const KpiGroup& group : groups) {
        const Kpi::Buckets& turnOut = group.figures.turnOut;
        const std::size_t of = std::accumulate(turnOut.counts.begin(), turnOut.counts.end(), std::size_t{});
        if (group.key.empty() || of < Kpi::slowestOf || !turnOut.median)
            continue;
        if (!slowest || *turnOut.median > slowest->median)
            slowest = Kpi::Slow{group.key, *turnOut.median, of};
    }
    return slowest;
}

std::string twoDigits(int hour) {
    return {static_cast<char>('0' + hour / 10), static_cast<char>('0' + hour % 10)};
}

} // namespace

std::string_view toString(GroupBy by) {
    return words[static_cast<std::size_t>(by)];
}

std::optional<GroupBy> groupBy(std::string_view text) {
    const auto found = std::ranges::find(words, text);
    if (found == words.end())
        return std::nullopt;
    return static_cast<GroupBy>(found - words.begin());
}

std::string stationOf(const City& city, const Ticket& ticket) {
    for (const auto kind : {layers::AreaKind::station, layers::AreaKind::community})
        for (const std::string& code : ticket.areas)
            if (city.areas.byCode(kind, code))
                return code;
    return {};
}

KpiTable::KpiTable(const City& city, Scope scope) : city_(city), scope_(std::move(scope)) {}

std::uint32_t KpiTable::place(GroupBy by, std::string key, const std::string& name) {
    Names& names = names_[static_cast<std::size_t>(by)];
    const auto [found, fresh] =
        names.places.try_emplace(std::move(key), static_cast<std::uint32_t>(names.keys.size()));
    if (fresh)
        names.keys.push_back(found->first), names.names.push_back(name);
    return found->second;
}

KpiTable::Row KpiTable::rowOf(const Ticket& ticket) {
    Row row;
    row.ticket = ticket.id.number;
    row.facts = kpiFacts(ticket);
    const auto desk = city_.areas.byCode(ticket.desk);
    const std::string& category = ticket.incident.category;
    const auto set = [&](GroupBy by, std::string key, const std::string& name = {}) {
        row.key[static_cast<std::size_t>(by)] = place(by, std::move(key), name);
    };
    set(GroupBy::level, desk ? std::string(layers::toString(city_.areas[*desk].kind)) : "other");
    set(GroupBy::station, stationOf(city_, ticket));
    set(GroupBy::desk, ticket.desk);
    set(GroupBy::category, category, ticket.duty.name);
    set(GroupBy::categoryClass, category.substr(0, category.find('.')));
    set(GroupBy::hour, twoDigits(city_.zone.local(row.facts.openedAt).hour));
    if (row.facts.closedAt != Instant{})
        row.closedHour = static_cast<std::int8_t>(city_.zone.local(row.facts.closedAt).hour);
    return row;
}

void KpiTable::update(const State& state, Instant from, std::optional<std::span<const TicketId>> touched) {
    seq_ = state.seq();
    if (from < since_ || !touched) {
        since_ = std::min(from, since_ == Instant::max() ? from : since_);
        rows_.clear();
        state.forEachTicket(since_, Instant::max(), [&](const Ticket& ticket) {
            if (scope_.has(ticket, state))
                rows_.push_back(rowOf(ticket));
        });
        return;
    }
    for (const TicketId id : *touched) {
        const auto at = std::ranges::lower_bound(rows_, id.number, {}, &Row::ticket);
        const bool there = at != rows_.end() && at->ticket == id.number;
        const Ticket* ticket = state.ticket(id);
        const bool wanted = ticket && ticket->openedAt >= since_ && scope_.has(*ticket, state);
        if (!wanted) {
            if (there)
                rows_.erase(at);
        } else if (there) {
            *at = rowOf(*ticket);
        } else {
            rows_.insert(at, rowOf(*ticket));
        }
    }
}

KpiBoard KpiTable::board(Instant from, Instant till, Instant now) const {
    KpiBoard board;
    board.from = from, board.till = till, board.now = now, board.seq = seq_;
    std::vector<const Row*> rows;
    rows.reserve(rows_.size());
    for (const Row& row : rows_)
        if (row.facts.openedAt >= from && row.facts.openedAt < till)
            rows.push_back(&row);
    board.all = emptyKpi();
    for (const Row* row : rows) {
        count(board.all, row->facts, now);
        if (row->closedHour >= 0)
            ++board.closedAtHour[static_cast<std::size_t>(row->closedHour)];
    }
    for (std::size_t i = 0; i < 3; ++i)
        bucketsOf(board.all, i).median =
            mediansBy(rows, 1, [](const Row&) { return std::size_t{}; },
                      [i](const Row& row) { return row.facts.took[i]; })
                .front();
    sumGroups(board, rows);
    for (const KpiGroup& group : board.by(GroupBy::hour))
        board.openedAtHour[static_cast<std::size_t>((group.key[0] - '0') * 10 + group.key[1] - '0')] =
            group.figures.opened;
    board.slowestStation = slowestOf(board.by(GroupBy::station));
    board.slowestDesk = slowestOf(board.by(GroupBy::desk));
    board.slowestCategory = slowestOf(board.by(GroupBy::category));
    board.all.slowest = board.slowestStation;
    return board;
}

void KpiTable::sumGroups(KpiBoard& board, const std::vector<const Row*>& rows) const {
    for (std::size_t g = 0; g < groupings; ++g) {
        const Names& names = names_[g];
        std::vector<Kpi> sums(names.keys.size(), emptyKpi());
        for (const Row* row : rows)
            count(sums[row->key[g]], row->facts, board.now);
        for (std::size_t i = 0; i < 3; ++i) {
            const auto medians = mediansBy(
                rows, sums.size(), [g](const Row& row) { return std::size_t{row.key[g]}; },
                [i](const Row& row) { return row.facts.took[i]; });
            for (std::size_t k = 0; k < sums.size(); ++k)
                bucketsOf(sums[k], i).median = medians[k];
        }
        auto& groups = board.groups[g];
        for (std::size_t k = 0; k < sums.size(); ++k)
            if (sums[k].opened)
                groups.push_back({names.keys[k], names.names[k], std::move(sums[k])});
        std::ranges::sort(groups, {}, &KpiGroup::key);
    }
}

std::vector<TicketId> KpiTable::behind(Instant from, Instant till, Instant now, const KpiPick& pick) const {
    using What = KpiPick::What;
    using End = KpiFacts::End;
    std::vector<TicketId> tickets;
    std::optional<std::uint32_t> group;
    if (pick.by) {
        const auto& places = names_[static_cast<std::size_t>(*pick.by)].places;
        const auto found = places.find(pick.key);
        if (found == places.end())
            return tickets;
        group = found->second;
    }
    const auto belongs = [&](const Row& row) {
        const KpiFacts& facts = row.facts;
        switch (pick.what) {
        case What::opened:
            return true;
        case What::closed:
            return facts.end == End::closed;
        case What::open:
            return facts.end == End::open;
        case What::overdue:
            return facts.end == End::open && facts.due != Instant{} && facts.due < now;
        case What::onTime:
            return facts.end == End::closed && facts.kept;
        case What::late:
            return facts.end == End::closed && !facts.kept;
        case What::cancelled:
            return facts.end == End::cancelled;
        case What::merged:
            return facts.end == End::merged;
        case What::returned:
            return facts.end == End::returned;
        case What::transferred:
            return facts.transferred;
        case What::reopened:
            return facts.reopened;
        case What::escalated:
            return facts.escalated;
        case What::interval: {
            const std::int32_t took = facts.took[pick.interval];
            return took >= 0 && (!pick.bucket || kpiBucket(pick.interval, took) == *pick.bucket);
        }
        case What::clockBack:
            return std::ranges::count(facts.took, KpiFacts::setBack) > 0;
        case What::closedAtHour:
            return row.closedHour == pick.hour;
        }
        return false;
    };
    for (const Row& row : rows_)
        if (row.facts.openedAt >= from && row.facts.openedAt < till &&
            (!group || row.key[static_cast<std::size_t>(*pick.by)] == *group) && belongs(row))
            tickets.push_back({row.ticket});
    return tickets;
}

} // namespace vedette::dispatch
