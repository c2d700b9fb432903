// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/kpi_groups.h"

#include "json_writer.h"

namespace vedette::dispatch {

namespace {

class BoardText {
public:
    JsonWriter json;

    void seconds(const char* name, const std::optional<std::chrono::seconds>& span) {
        json.key(name);
        if (span)
            json.value(span->count());
        else
            json.raw("null");
    }

    void buckets(const char* name, const Kpi::Buckets& buckets) {
        json.key(name);
        json.open('{');
        json.key("bounds_s");
        json.open('[');
        for (const auto bound : buckets.bounds)
            json.value(bound.count());
        json.close(']');
        json.key("counts");
        json.open('[');
        for (const std::size_t count : buckets.counts)
            json.value(count);
        json.close(']');
        seconds("median_s", buckets.median);
        json.close('}');
    }

    void figures(const Kpi& kpi) {
        json.field("opened", kpi.opened);
        json.field("closed", kpi.closed);
        json.field("open", kpi.open);
        json.field("overdue", kpi.overdue);
        json.field("onTime", kpi.onTime);
        json.field("late", kpi.late);
        json.key("onTimeRate");
        if (const std::size_t over = kpi.onTime + kpi.late)
            json.value(static_cast<double>(kpi.onTime) / static_cast<double>(over));
        else
            json.raw("null");
        json.field("cancelled", kpi.cancelled);
        json.field("merged", kpi.merged);
        json.field("returned", kpi.returned);
        json.field("transferred", kpi.transferred);
        json.field("reopened", kpi.reopened);
        json.field("escalated", kpi.escalated);
        json.field("overrides", kpi.overrides);
        json.field("clockBack", kpi.clockBack);
        buckets("signFor", kpi.signFor);
        buckets("turnOut", kpi.turnOut);
        buckets("feedback", kpi.feedback);
    }

    void slow(const char* name, const std::optional<Kpi::Slow>& slow) {
        json.key(name);
        if (!slow)
            return json.raw("null");
        json.open('{');
        json.field("key", slow->station);
        json.field("median_s", slow->median.count());
        json.field("of", slow->of);
        json.close('}');
    }

    void hours(const char* name, const std::array<std::size_t, 24>& counts) {
        json.key(name);
        json.open('[');
        for (const std::size_t count : counts)
            json.value(count);
        json.close(']');
    }

    void groups(GroupBy by, const std::vector<KpiGroup>& groups) {
        json.key(toString(by));
        json.open('[');
        for (const KpiGroup& group : groups) {
            json.open('{');
            json.field("key", group.key);
            json.fieldIfSet("name", group.name);
            figures(group.figures);
            json.close('}');
        }
        json.close(']');
    }
};

} // namespace

std::string encodeBoard(const KpiBoard& board, std::optional<GroupBy> only) {
    BoardText text;
    JsonWriter& json = text.json;
    json.open('{');
    json.field("from", layers::isoUtc(board.from));
    json.field("till", layers::isoUtc(board.till));
    json.field("now", layers::isoUtc(board.now));
    json.field("seq", board.seq);
    json.key("all");
    json.open('{');
    text.figures(board.all);
    json.close('}');
    json.key("slowest");
    json.open('{');
    json.field("atLeast", Kpi::slowestOf);
    text.slow("station", board.slowestStation);
    text.slow("desk", board.slowestDesk);
    text.slow("category", board.slowestCategory);
    json.close('}');
    text.hours("openedAtHour", board.openedAtHour);
    text.hours("closedAtHour", board.closedAtHour);
    json.key("by");
    json.open('{');
    for (std::size_t i = 0; i < groupings; ++i) {
        const auto by = static_cast<GroupBy>(i);
        // A category's classes go with its items.
        if (!only || *only == by || (*only == GroupBy::category && by == GroupBy::categoryClass))
            text.groups(by, board.by(by));
    }
    json.close('}');
    json.close('}');
    return std::move(json.out);
}

} // namespace vedette::dispatch
