// SPDX-License-Identifier: GPL-3.0-or-later
// board DIR: the operating figures of a period by level, station, desk, category and hour.
#include "ctl/options.h"
#include "ctl/wording.h"
#include "dispatch/kpi_groups.h"

#include <cstdio>

namespace vedette::ctl {

using nlohmann::ordered_json;

namespace {

struct BoardWords {
    std::string period, from, till, by, desk;
};

std::string rate(const dispatch::Kpi& kpi) {
    const std::size_t over = kpi.onTime + kpi.late;
    if (!over)
        return "-";
    char text[16];
    std::snprintf(text, sizeof text, "%.1f %%", 100.0 * static_cast<double>(kpi.onTime) / static_cast<double>(over));
    return text;
}

std::string median(const dispatch::Kpi::Buckets& buckets) {
    return buckets.median ? minutes(static_cast<double>(buckets.median->count())) : "-";
}

std::string row(const std::string& key, const dispatch::Kpi& kpi) {
    char text[256];
    std::snprintf(text, sizeof text, "%-28s %7zu %7zu %7zu %8s %8s %8s %9s", key.c_str(), kpi.opened, kpi.open,
                  kpi.overdue, rate(kpi).c_str(), median(kpi.signFor).c_str(), median(kpi.turnOut).c_str(),
                  median(kpi.feedback).c_str());
    return text;
}

void sayBoard(const Answer& answer, const dispatch::KpiBoard& board, const layers::TimeZone& zone,
              std::optional<dispatch::GroupBy> only) {
    answer.say(layers::isoLocal(board.from, zone) + " - " + layers::isoLocal(board.till, zone));
    answer.say("                              opened    open overdue  on time sign-for turn-out  feedback");
    answer.say(row("all", board.all));
    for (std::size_t i = 0; i < dispatch::groupings; ++i) {
        const auto by = static_cast<dispatch::GroupBy>(i);
        if (only && *only != by && !(*only == dispatch::GroupBy::category && by == dispatch::GroupBy::categoryClass))
            continue;
        answer.say("by " + std::string(toString(by)));
        for (const dispatch::KpiGroup& group : board.by(by))
            answer.say(row("  " + (group.key.empty() ? std::string("-") : group.key), group.figures));
    }
    const auto sayOf = [&](const char* what, const std::optional<dispatch::Kpi::Slow>& slowest) {
        if (slowest)
            answer.say(std::string("slowest ") + what + ": " + slowest->station + ", median turn-out " +
                       minutes(static_cast<double>(slowest->median.count())) + " of " +
                       std::to_string(slowest->of));
    };
    sayOf("station", board.slowestStation), sayOf("desk", board.slowestDesk);
    sayOf("category", board.slowestCategory);
    if (board.all.clockBack)
        answer.say(std::to_string(board.all.clockBack) +
                   " intervals left out: a clock was set back between their steps");
}

layers::Result<dispatch::KpiPeriod> periodOf(const BoardWords& words, layers::Instant now,
                                             const layers::TimeZone& zone) {
    if (words.from.empty() && words.till.empty())
        return dispatch::kpiPeriod(words.period, now, zone);
    dispatch::KpiPeriod period{"typed", {}, now + std::chrono::seconds(1)};
    if (!words.from.empty()) {
        const auto from = instant(words.from, zone);
        if (!from)
            return from.problem();
        period.from = from.value();
    }
    if (!words.till.empty()) {
        const auto till = instant(words.till, zone);
        if (!till)
            return till.problem();
        period.till = till.value();
    }
    if (period.till <= period.from)
        return layers::Problem{layers::Problem::Kind::usage,
                               {"periodReversed", {{"text", words.from + " " + words.till}}}};
    return period;
}

int board(const Common& common, const BoardWords& words) {
    const Answer answer = common.answer();
    const auto city = load(common, false, false, false);
    if (!city)
        return answer.fail(city.problem());
    auto opened = openJournal(common);
    if (!opened)
        return answer.fail(opened.problem());
    const layers::Instant now = layers::SystemClock().now();
    const auto period = periodOf(words, now, opened.value().zone);
    if (!period)
        return answer.fail(period.problem());
    std::string desk;
    if (!words.desk.empty()) {
        const dispatch::Desks desks(*city.value());
        const dispatch::Desk* found = desks.find(words.desk);
        if (!found)
            return answer.fail({layers::Problem::Kind::usage, {"deskUnknown", {{"desk", words.desk}}}});
        desk = found->code;
    }
    dispatch::Store& store = *opened.value().store;
    const dispatch::Seq last = store.lastSeq();
    auto state = foldTo(store, {}, last);
    if (!state)
        return answer.fail(state.problem());
    dispatch::KpiTable table(*city.value(), dispatch::Scope(*city.value(), desk));
    table.update(state.value(), period.value().from);
    const dispatch::KpiBoard board = table.board(period.value().from, period.value().till, now);
    const auto only = dispatch::groupBy(words.by);
    if (answer.json())
        answer.give(ordered_json::parse(encodeBoard(board, only)));
    else
        sayBoard(answer, board, opened.value().zone, only);
    return done;
}

} // namespace

void addBoard(Verbs verbs) {
    CLI::App* verb =
        verbs.app.add_subcommand("board", "the operating figures by level, station, desk, category and hour");
    const auto common = addCommon(*verb, true);
    const auto words = std::make_shared<BoardWords>();
    verb->add_option("--period", words->period,
                     "today, shift, 24h, 7d, month, DATE or DATE DATE; the last eight hours unless said");
    verb->add_option("--from", words->from, "tickets opened from this time on");
    verb->add_option("--to", words->till, "and before this one");
    verb->add_option("--by", words->by, "this grouping only")
        ->check(CLI::IsMember({"level", "station", "desk", "category", "class", "hour"}));
    verb->add_option("--desk", words->desk, "the scope of this desk only, by code or name");
    verb->callback([=, &run = verbs.run] { run = [=] { return board(*common, *words); }; });
}

} // namespace vedette::ctl
