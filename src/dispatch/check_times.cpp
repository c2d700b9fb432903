// SPDX-License-Identifier: GPL-3.0-or-later
#include "check_city.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vedette::dispatch {

using layers::Finding;

namespace {

// Hours of the day at which a turn of that name has work; a word found inside the value decides.
struct Turn {
    std::string_view word;
    int from, till; // till exclusive, may pass midnight
};
constexpr std::array<Turn, 12> turns{{{"midnight", 22, 9},
                                      {"evening", 14, 24},
                                      {"afternoon", 11, 20},
                                      {"morning", 4, 13},
                                      {"night", 18, 9},
                                      {"day", 6, 18},
                                      {"夜", 18, 9},
                                      {"晚", 16, 24},
                                      {"中班", 12, 24},
                                      {"早", 5, 13},
                                      {"白", 6, 19},
                                      {"日班", 6, 19}}};

const Turn* turnOf(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z')
            c = char(c + 32);
    for (const Turn& turn : turns)
        if (lower.find(turn.word) != lower.npos)
            return &turn;
    return nullptr;
}

bool within(const Turn& turn, int hour) {
    return turn.from < turn.till ? hour >= turn.from && hour < turn.till
                                 : hour >= turn.from || hour < turn.till;
}

struct Row {
    std::size_t feature;
    int said, converted; // hour as written, hour in the city if it is UTC as it says
};

// The hour in the middle of the four that see least.
int quietest(const std::vector<Row>& rows, int Row::*hour) {
    std::array<std::size_t, 24> counts{};
    for (const Row& row : rows)
        ++counts[std::size_t(row.*hour)];
    int best = 0;
    std::size_t least = rows.size() + 1;
    for (int from = 0; from < 24; ++from) {
        std::size_t sum = 0;
        for (int i = 0; i < 4; ++i)
            sum += counts[std::size_t((from + i) % 24)];
        if (sum < least)
            least = sum, best = (from + 2) % 24;
    }
    return best;
}

} // namespace

void checkTimes(const City& city, std::size_t source, std::vector<Finding>& out) {
    const layers::Snapshot& table = city.history->sources()[source].table;
    const layers::SourceSpec& spec = city.history->sources()[source].spec;
    const int time = table.field("time");
    if (time < 0)
        return;
    if (spec.zulu == layers::ZuluMeans::local) { // settled, but the file still claims otherwise
        std::size_t claims = 0;
        for (std::size_t feature = 0; feature < table.size(); ++feature)
            claims += table.text(feature, time).ends_with('Z');
        if (claims > 0)
            out.push_back({Finding::Severity::note,
                           {"timesTakenAsLocal",
                            {{"path", spec.source},
                             {"column", sourceColumn(spec, "time")},
                             {"count", std::to_string(claims)}}},
                           spec.source,
                           -1,
                           {}});
        return;
    }
    std::vector<Row> rows;
    for (std::size_t feature = 0; feature < table.size(); ++feature) {
        const auto text = table.text(feature, time);
        if (!text.ends_with('Z') && !text.ends_with("+00:00") && !text.ends_with("+00"))
            continue;
        if (const auto at = layers::parseTime(text, layers::TimeZone::utc()))
            rows.push_back({feature, layers::TimeZone::utc().local(*at).hour, city.zone.local(*at).hour});
    }
    if (rows.size() < 30 ||
        std::all_of(rows.begin(), rows.end(), [](const Row& r) { return r.said == r.converted; }))
        return;

    const auto say = [&](const std::string& column, double share) {
        out.push_back({Finding::Severity::warning,
                       {"timesAreLocal",
                        {{"path", spec.source},
                         {"column", sourceColumn(spec, "time")},
                         {"by", column},
                         {"percent", std::to_string(int(share * 100))}}},
                       spec.source,
                       -1,
                       {}});
    };
    for (std::size_t field = 0; field < table.fields().size(); ++field) {
        if (int(field) == time)
            continue;
        std::size_t named = 0, said = 0, converted = 0;
        for (const Row& row : rows)
            if (const Turn* turn = turnOf(table.text(row.feature, int(field)))) {
                ++named;
                said += within(*turn, row.said), converted += within(*turn, row.converted);
            }
        if (named * 10 < rows.size() * 9)
            continue;
        const double asSaid = double(said) / double(named), asConverted = double(converted) / double(named);
        if (asSaid > 0.8 && asSaid > asConverted + 0.2)
            say(sourceColumn(spec, table.fields()[field]), asSaid);
        if (std::abs(asSaid - asConverted) > 0.2)
            return; // the turns settled it, either way
    }
    // Cities sleep between two and seven.
    const int said = quietest(rows, &Row::said), converted = quietest(rows, &Row::converted);
    if (rows.size() >= 300 && said >= 2 && said <= 6 && (converted < 2 || converted > 7)) {
        const auto least = std::count_if(rows.begin(), rows.end(),
                                         [&](const Row& row) { return std::abs(row.said - said) <= 2; });
        say("hours", 1 - double(least) / double(rows.size()));
    }
}

} // namespace vedette::dispatch
