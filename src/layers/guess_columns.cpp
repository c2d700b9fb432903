// SPDX-License-Identifier: GPL-3.0-or-later
#include "guess_columns.h"

#include "columns.h"
#include "near_words.h"

#include <algorithm>
#include <cmath>

namespace vedette::layers {

namespace {

using Score = std::function<double(const ColumnProfile&)>;

class Chooser {
public:
    Chooser(const std::vector<ColumnProfile>& profiles, SourceGuess& out) : profiles_(profiles), out_(out) {}

    // The best column for `ours` by name and `fit` (0 excludes, 1 neutral); nothing under `least`.
    const ColumnProfile* choose(const std::string& ours, const std::string& kind, double least, bool shared,
                                const Score& fit) {
        const ColumnProfile* best = nullptr;
        double bestScore = least;
        for (const ColumnProfile& column : profiles_) {
            if (column.filled == 0 || (!shared && taken_.contains(column.name)))
                continue;
            const double score = nameFits(ours, column.name, kind) * fit(column);
            if (score > bestScore)
                best = &column, bestScore = score;
        }
        if (best)
            take(ours, *best, std::min(0.95, bestScore), "whyName");
        return best;
    }
    // The column whose values are best known among `codes`.
    const ColumnProfile* matching(const std::string& ours, const std::set<std::string>& codes,
                                  const std::string& kind, double least) {
        const ColumnProfile* best = nullptr;
        double bestScore = 0;
        for (const ColumnProfile& column : profiles_) {
            if (column.filled == 0 || taken_.contains(column.name) || column.distinct.size() < 2)
                continue;
            // A handful of small numbers is in every small list of codes: then the name must say it too.
            if (codes.size() < 20 && nameFits("code", column.name, kind) < 0.3)
                continue;
            const double share = shareIn(column, codes);
            const double score = share + 0.3 * nameFits("code", column.name, kind);
            if (share >= least && score > bestScore)
                best = &column, bestScore = score;
        }
        if (best)
            take(ours, *best, std::min(0.95, bestScore * 0.8), "whyValues");
        return best;
    }
    void take(const std::string& ours, const ColumnProfile& column, double sure, const char* why) {
        out_.spec.columns[ours] = column.name;
        taken_.insert(column.name);
        out_.guesses.push_back(
            {out_.spec.source, "columns." + ours, column.name, sure, {why, {{"column", column.name}}}});
    }

    bool taken(const ColumnProfile& column) const { return taken_.contains(column.name); }

private:
    const std::vector<ColumnProfile>& profiles_;
    SourceGuess& out_;
    std::set<std::string> taken_;
};

bool holds(const std::string& name, std::initializer_list<const char*> words) {
    const std::string lower = asciiLower(name);
    return std::any_of(words.begin(), words.end(),
                       [&](const char* word) { return lower.find(word) != lower.npos; });
}

double codeLike(const ColumnProfile& column) {
    if (column.uniqueShare() < 0.9 || column.filledShare() < 0.9 || column.links || column.meanLength > 40 ||
        column.type == FieldType::real || column.type == FieldType::dateTime)
        return 0;
    return (column.uniqueShare() > 0.999 ? 1 : 0.7) * (column.blanks ? 0.6 : 1);
}

std::set<std::string> codesOf(const GuessContext& context, const std::string& kind) {
    for (const auto& [known, codes] : context.areaCodes)
        if (known == kind)
            return {codes.begin(), codes.end()};
    return {};
}

void areaColumns(Chooser& choose, const GuessContext& context, const std::vector<ColumnProfile>& profiles,
                 SourceGuess& out) {
    const std::string& kind = context.areaKind;
    const ColumnProfile* code = choose.choose("code", kind, 0.2, false, codeLike);
    if (!code) // a file without any code of its own: whatever is unique
        for (const ColumnProfile& column : profiles)
            if (!code && codeLike(column) > 0.5)
                choose.take("code", *(code = &column), 0.3, "whyUnique");
    const ColumnProfile* name = choose.choose("name", kind, 0.3, false, [](const ColumnProfile& column) {
        return column.links || column.type == FieldType::real || column.uniqueShare() < 0.5 ? 0.0 : 1.0;
    });
    for (const ColumnProfile& column : profiles) // what reads like a name: words, nearly all different
        if (!name && &column != code && !choose.taken(column) && column.type == FieldType::text &&
            !column.links && column.uniqueShare() > 0.8 && column.numbers == 0 && column.times == 0 &&
            (column.blanks || column.meanLength > 3))
            choose.take("name", *(name = &column), 0.35, "whyUnique");
    if (!name && code)
        choose.take("name", *code, 0.4, "whyUnique");
    static const std::vector<std::pair<std::string, std::vector<const char*>>> above{
        {"grid", {"community", "township", "county"}},
        {"community", {"township", "county"}},
        {"township", {"county", "city"}},
        {"county", {"city"}},
        {"beat", {"station", "bureau"}},
        {"station", {"bureau"}}};
    for (const auto& [child, parents] : above)
        if (child == kind)
            for (const char* parent : parents)
                if (const auto codes = codesOf(context, parent);
                    !codes.empty() && !out.spec.columns.contains("parent"))
                    choose.matching("parent", codes, parent, 0.9);
    if (kind != "grid")
        return;
    if (const auto beats = codesOf(context, "beat"); !beats.empty())
        choose.matching("beat", beats, "beat", 0.9);
    else
        choose.choose("beat", "", 0.5, false, [](const ColumnProfile&) { return 1.0; });
    choose.choose("level", "", 0.5, false, [](const ColumnProfile& column) {
        return std::all_of(column.distinct.begin(), column.distinct.end(),
                           [](const std::string& value) {
                               return value == "1" || value == "2" || value == "3" || value == "exclusive";
                           })
                   ? 1.0
                   : 0.0;
    });
}

// A number of its own in every row, and no coordinate: an id whatever it is called.
bool idLike(const ColumnProfile& column) {
    return column.filledShare() > 0.99 && column.uniqueShare() > 0.999 && !column.blanks && !column.links &&
           column.timeShare() < 0.5 && column.type != FieldType::real && column.meanLength <= 40 &&
           !namesX(column.name) && !namesY(column.name) && !namesLocation(column.name);
}

// Words that come back again and again: a category whatever it is called.
bool categoryLike(const ColumnProfile& column) {
    return column.filledShare() > 0.9 && column.distinct.size() >= 2 && column.distinct.size() <= 60 &&
           column.uniqueShare() < 0.3 && column.numbers == 0 && column.timeShare() < 0.5 &&
           column.clockShare() < 0.5 && column.type == FieldType::text && column.meanLength > 2;
}

void incidentColumns(Chooser& choose, const GuessContext& context,
                     const std::vector<ColumnProfile>& profiles) {
    const ColumnProfile* id = choose.choose("id", "", 0.3, false, [](const ColumnProfile& column) {
        return column.uniqueShare() < 0.9 || column.blanks || column.type == FieldType::real ? 0.0 : 1.0;
    });
    const ColumnProfile* time = choose.choose("time", "", 0.05, false, [](const ColumnProfile& column) {
        const bool later = holds(column.name, {"modif", "update", "end", "close", "due", "resol", "final",
                                               "watch", "avail", "inspect", "更新", "结束", "办结"});
        const bool moment = column.meanLength >= 14 || column.type == FieldType::dateTime;
        return column.timeShare() < 0.9 || column.filledShare() < 0.5
                   ? 0.0
                   : (later ? 0.2 : 1.0) * (moment ? 1 : 0.6);
    });
    if (time && time->midnights * 20 >= time->filled * 19) // days only: is the hour in a column of its own?
        choose.choose("clock", "", 0.3, false, [](const ColumnProfile& column) {
            const bool later = holds(column.name, {"end", "close", "until", "fin", "结束"});
            return column.clockShare() < 0.9 || column.filledShare() < 0.5 || column.distinct.size() < 2 ||
                           column.timeShare() > 0.1
                       ? 0.0
                   : later ? 0.4
                           : 1.0;
        });
    for (const ColumnProfile& column : profiles)
        if (!id && !choose.taken(column) && idLike(column))
            choose.take("id", *(id = &column), 0.3, "whyUnique");
    const ColumnProfile* category =
        choose.choose("category", "", 0.3, false, [](const ColumnProfile& column) {
            const bool few =
                column.distinct.size() <= 400 && (column.uniqueShare() < 0.3 || column.distinct.size() <= 12);
            const bool state =
                holds(column.name, {"status", "district", "zip", "city", "street", "unit", "organ", "group"});
            return !few || column.timeShare() > 0.5
                       ? 0.0
                       : (state ? 0.5 : 1.0) * (column.distinct.size() > 1 ? 1 : 0.8);
        });
    for (const ColumnProfile& column : profiles)
        if (!category && !choose.taken(column) && categoryLike(column))
            choose.take("category", *(category = &column), 0.3, "whyFewWords");
    for (const char* kind : {"grid", "beat", "community", "station"})
        if (const auto codes = codesOf(context, kind); !codes.empty())
            if (choose.matching("area", codes, kind, 0.8))
                break;
    choose.choose("severity", "", 0.5, false,
                  [](const ColumnProfile& column) { return column.distinct.size() > 20 ? 0.0 : 1.0; });
    choose.choose("text", "", 0.3, false, [](const ColumnProfile& column) {
        const bool prose =
            column.meanLength >= 5 && column.distinct.size() > 12 && column.type == FieldType::text;
        return !prose || column.links || column.timeShare() > 0.5 ? 0.0 : 1.0;
    });
}

} // namespace

void guessColumns(Purpose purpose, const std::vector<ColumnProfile>& profiles, const GuessContext& context,
                  SourceGuess& out) {
    Chooser choose(profiles, out);
    const Score any = [](const ColumnProfile& column) { return column.links ? 0.0 : 1.0; };
    switch (purpose) {
    case Purpose::areas:
        return areaColumns(choose, context, profiles, out);
    case Purpose::incidents:
        return incidentColumns(choose, context, profiles);
    case Purpose::roads:
        for (const char* ours : {"name", "class", "speed", "oneway"})
            choose.choose(ours, "", 0.35, false, any);
        return;
    case Purpose::gazetteer:
    case Purpose::posts:
        choose.choose("name", "", 0.3, false, any);
        choose.choose("address", "", 0.3, false, any);
        choose.choose("category", "", 0.4, false, any);
        return;
    case Purpose::units:
        choose.choose("id", "", 0.3, false, codeLike);
        for (const char* ours :
             {"name", "role", "desk", "owns", "skills", "capacity", "shifts", "team", "breaks"})
            choose.choose(ours, "", 0.4, false, any);
        return;
    case Purpose::duties:
        choose.choose("category", "", 0.3, false, any);
        choose.choose("name", "", 0.3, false, any);
        choose.choose("priority", "", 0.4, false, any);
        return;
    }
}

namespace {

// 0 unless the word is a part of the day; else its first hour plus one.
int partOfDay(const std::string& word) {
    const std::string lower = asciiLower(word);
    if (holds(lower, {"evening", "swing", "2nd", "中班", "晚班"}))
        return 15 + 1;
    if (holds(lower, {"midnight", "night", "graveyard", "夜班"}))
        return 23 + 1;
    if (holds(lower, {"day", "morning", "白班", "早班"}))
        return 7 + 1;
    return 0;
}

struct Agreement {
    double asWritten = 0, shifted = 0;
    std::size_t rows = 0;
};

// How often the hour falls into its row's part of the day, as written and moved to the zone.
Agreement agreement(const Snapshot& snapshot, int time, int shift, const TimeZone& zone) {
    Agreement out;
    for (std::size_t i = 0; i < snapshot.size(); ++i) {
        const int part = partOfDay(std::string(snapshot.text(i, shift)));
        const auto at = part ? parseTime(snapshot.text(i, time), zone) : std::nullopt;
        if (!at)
            continue;
        const auto inside = [&](int hour) { return (hour - (part - 1) + 24) % 24 < 8; };
        out.asWritten += inside(TimeZone::utc().local(*at).hour);
        out.shifted += inside(zone.local(*at).hour);
        ++out.rows;
    }
    return out;
}

std::string percent(double share) {
    return std::to_string(std::lround(share * 100)) + "%";
}

} // namespace

void guessZulu(const std::vector<ColumnProfile>& profiles, const Snapshot& snapshot,
               const std::string& zoneName, SourceGuess& out) {
    const auto mapped = out.spec.columns.find("time");
    const auto zone = TimeZone::named(zoneName);
    if (mapped == out.spec.columns.end() || !zone)
        return;
    const auto column = std::find_if(profiles.begin(), profiles.end(),
                                     [&](const ColumnProfile& one) { return one.name == mapped->second; });
    if (column == profiles.end() || column->zulu * 2 < column->filled)
        return;
    const int time = static_cast<int>(column - profiles.begin());
    for (std::size_t f = 0; f < profiles.size(); ++f) {
        const auto& words = profiles[f].distinct;
        if (words.size() < 2 || words.size() > 6 ||
            !std::all_of(words.begin(), words.end(),
                         [](const std::string& word) { return partOfDay(word) > 0; }))
            continue;
        const Agreement found = agreement(snapshot, time, static_cast<int>(f), zone.value());
        if (found.rows < 10)
            continue;
        const double rows = static_cast<double>(found.rows);
        const bool local = found.asWritten > found.shifted;
        out.spec.zulu = local ? ZuluMeans::local : ZuluMeans::utc;
        out.guesses.push_back({out.spec.source,
                               "zulu",
                               local ? "local" : "utc",
                               std::min(0.95, 0.5 + std::abs(found.asWritten - found.shifted) / rows),
                               {"whyShift",
                                {{"column", profiles[f].name},
                                 {"written", percent(found.asWritten / rows)},
                                 {"shifted", percent(found.shifted / rows)}}}});
        return;
    }
    // Nothing says it: the quietest hours of a city are 3 to 6 in the morning.
    double asWritten = 0, shifted = 0, rows = 0;
    for (std::size_t i = 0; i < snapshot.size(); ++i)
        if (const auto at = parseTime(snapshot.text(i, time), zone.value())) {
            const int written = TimeZone::utc().local(*at).hour, moved = zone.value().local(*at).hour;
            asWritten += written >= 3 && written < 6, shifted += moved >= 3 && moved < 6, ++rows;
        }
    if (rows < 50)
        return;
    const bool local = asWritten * 1.5 < shifted;
    out.spec.zulu = local ? ZuluMeans::local : ZuluMeans::utc;
    out.guesses.push_back(
        {out.spec.source,
         "zulu",
         local ? "local" : "utc",
         local ? 0.6 : 0.5,
         {"whyQuiet", {{"written", percent(asWritten / rows)}, {"shifted", percent(shifted / rows)}}}});
}

} // namespace vedette::layers
