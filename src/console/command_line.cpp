// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/command_line.h"

#include "layers/coordinates.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace vedette::console {

using dispatch::TicketId;
using dispatch::UnitId;
using layers::Message;

const std::vector<VerbRow>& verbs() {
    static const std::vector<VerbRow> rows{
        {Verb::assign, "a assign send", "a TICKET UNIT [JOINING] [!REASON]", "verbAssign"},
        {Verb::verify, "ver verify", "ver TICKET", "verbVerify"},
        {Verb::accept, "acc accept", "acc [TICKET] [UNIT]", "verbAccept"},
        {Verb::enroute, "enr enroute", "enr [TICKET] [UNIT]", "verbEnroute"},
        {Verb::onscene, "os onscene", "os [TICKET] [UNIT]", "verbOnscene"},
        {Verb::handled, "clr handled clear", "clr [TICKET] [UNIT] TEXT", "verbHandled"},
        {Verb::decline, "dec decline", "dec [TICKET] [UNIT] TEXT", "verbDecline"},
        {Verb::release, "rel release", "rel [TICKET] [UNIT]", "verbRelease"},
        {Verb::review, "rev review", "rev [TICKET]", "verbReview"},
        {Verb::close, "close", "close [TICKET]", "verbClose"},
        {Verb::giveBack, "ret return", "ret [TICKET] REASON", "verbReturn"},
        {Verb::transfer, "tr transfer", "tr [TICKET] DESK [REASON]", "verbTransfer"},
        {Verb::escalate, "esc escalate", "esc [TICKET] [DESK] [REASON]", "verbEscalate"},
        {Verb::merge, "merge", "merge TICKET INTO", "verbMerge"},
        {Verb::keepApart, "apart", "apart TICKET TICKET", "verbApart"},
        {Verb::category, "cat category reclassify", "cat [TICKET] CATEGORY", "verbCategory"},
        {Verb::cancel, "can cancel", "can [TICKET] REASON", "verbCancel"},
        {Verb::reopen, "reo reopen", "reo [TICKET] REASON", "verbReopen"},
        {Verb::note, "note", "note [TICKET] TEXT", "verbNote"},
        {Verb::call, "call", "call [TICKET] TEXT", "verbCall"},
        {Verb::feedback, "fb feedback", "fb [TICKET] FIELD=VALUE ...", "verbFeedback"},
        {Verb::reserve, "reserve", "reserve [TICKET] UNIT", "verbReserve"},
        {Verb::unreserve, "unreserve", "unreserve [TICKET] [UNIT]", "verbUnreserve"},
        {Verb::when, "when", "when [TICKET] [YYYY-MM-DDT]HH:MM", "verbWhen"},
        {Verb::hazard, "haz hazard", "haz [TICKET] DAYS TEXT", "verbHazard"},
        {Verb::rectified, "rect rectified", "rect [TICKET] [TEXT]", "verbRectified"},
        {Verb::inspected, "insp inspected", "insp [TICKET] ok|fail DAYS [TEXT]", "verbInspected"},
        {Verb::join, "join", "join [TICKET] S1", "verbJoin"},
        {Verb::leave, "leave", "leave [TICKET]", "verbLeave"},
        {Verb::newTicket, "n new", "n CATEGORY @PLACE|LON,LAT [=HH:MM] [TEXT]", "verbNew"},
        {Verb::sweep, "sweep", "sweep CATEGORY @AREA [NAME]|close S1 WHY", "verbSweep"},
        {Verb::find, "find f /", "find TEXT", "verbFind"},
        {Verb::go, "go", "go TICKET|UNIT|CODE|PLACE|LON,LAT", "verbGo"},
        {Verb::on, "on", "on UNIT", "verbOn"},
        {Verb::off, "off", "off UNIT", "verbOff"},
        {Verb::breakStart, "break", "break UNIT", "verbBreak"},
        {Verb::resume, "resume", "resume UNIT", "verbResume"},
        {Verb::out, "out", "out UNIT [until HH:MM] [REASON]", "verbOut"},
        {Verb::in, "in", "in UNIT", "verbIn"},
        {Verb::declare, "decl declare", "declare UNIT LON,LAT", "verbDeclare"},
        {Verb::at, "at", "at [YYYY-MM-DD] HH:MM[:SS]", "verbAt"},
        {Verb::live, "live", "live", "verbLive"},
        {Verb::mute, "mute", "mute [MINUTES]", "verbMute"},
        {Verb::desk, "desk", "desk [CODE|NAME]", "verbDesk"},
        {Verb::undo, "undo u", "undo", "verbUndo"},
        {Verb::plan, "plan storm", "plan", "verbPlan"},
        {Verb::roster, "roster", "roster [TIME] [DESK]", "verbRoster"},
        {Verb::handover, "handover", "handover [DESK] [TEXT]", "verbHandover"},
        {Verb::takeover, "takeover", "takeover [DESK]", "verbTakeover"},
        {Verb::roll, "roll", "roll BEAT|AREA|TEAM|DESK [in MIN]", "verbRoll"},
        {Verb::here, "here", "here UNIT [@PLACE]", "verbHere"},
        {Verb::board, "board", "board [PERIOD]", "verbBoard"},
        {Verb::patrol, "patrol", "patrol", "verbPatrol"},
        {Verb::road, "road", "road close|slow|open|list ROAD|LON,LAT ...", "verbRoad"},
        {Verb::help, "help ?", "help [VERB]", "verbHelp"}};
    return rows;
}

const VerbRow& verbRow(Verb verb) {
    return *std::find_if(verbs().begin(), verbs().end(),
                         [&](const VerbRow& row) { return row.verb == verb; });
}

namespace {

struct Token {
    std::string text;
    std::size_t from = 0, till = 0; // in the line
    bool quoted = false;
};

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::vector<std::string> spellings(const VerbRow& row) {
    std::vector<std::string> out;
    std::string_view rest = row.spellings;
    while (!rest.empty()) {
        const auto end = rest.find(' ');
        out.emplace_back(rest.substr(0, end));
        rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    }
    return out;
}

std::optional<Verb> verbOf(std::string_view word) {
    const std::string small = lower(word);
    for (const VerbRow& row : verbs())
        for (const std::string& spelling : spellings(row))
            if (spelling == small)
                return row.verb;
    return std::nullopt;
}

// Damerau-free edit distance; words here are short.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t corner = row[0]++;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, corner + (a[i - 1] != b[j - 1])});
            corner = above;
        }
    }
    return row.back();
}

std::string nearestVerb(std::string_view word) {
    std::string best;
    std::size_t least = word.size() + 2;
    for (const VerbRow& row : verbs())
        for (const std::string& spelling : spellings(row))
            if (const std::size_t d = distance(lower(word), spelling); d < least)
                least = d, best = spelling;
    return best;
}

// A quote opens at the start of a word or after '@'. One that never closes: behind '@' nullopt, else a character like
// another (somebody may be quoted in a note).
std::optional<std::vector<Token>> tokens(std::string_view text) {
    std::vector<Token> out;
    std::size_t i = 0;
    while (i < text.size()) {
        if (text[i] == ' ' || text[i] == '\t') {
            ++i;
            continue;
        }
        Token token{{}, i, i, false};
        if (text[i] == '@')
            token.text += text[i++];
        const auto end = i < text.size() && text[i] == '"' ? text.find('"', i + 1) : 0;
        if (end == text.npos && token.text == "@")
            return std::nullopt;
        token.quoted = end != 0 && end != text.npos;
        if (token.quoted) {
            token.text += text.substr(i + 1, end - i - 1);
            i = end + 1;
        } else {
            while (i < text.size() && text[i] != ' ' && text[i] != '\t')
                token.text += text[i++];
        }
        token.till = i;
        out.push_back(std::move(token));
    }
    return out;
}

bool spelledAsTicket(std::string_view word) {
    return word.size() > 1 && (word[0] == 'T' || word[0] == 't') &&
           std::all_of(word.begin() + 1, word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<TicketId> ticketOf(std::string_view word, const Lexicon& lexicon) {
    if (spelledAsTicket(word))
        return dispatch::ticketId(word);
    if (!word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; }))
        if (const auto id = dispatch::ticketId(word); id && lexicon.ticket && lexicon.ticket(*id))
            return id;
    return std::nullopt;
}

bool spelledAsSweep(std::string_view word) {
    return word.size() > 1 && (word[0] == 'S' || word[0] == 's') &&
           std::all_of(word.begin() + 1, word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "=14:30", "=2026-03-14T14:30": anything else behind an equals sign is text.
bool spelledAsBegin(std::string_view word) {
    return word.size() > 4 && word[0] == '=' && word[1] >= '0' && word[1] <= '9' &&
           word.find(':') != word.npos;
}

bool takesText(Verb verb) {
    switch (verb) {
    case Verb::handled:
    case Verb::decline:
    case Verb::giveBack:
    case Verb::transfer:
    case Verb::escalate:
    case Verb::category:
    case Verb::cancel:
    case Verb::reopen:
    case Verb::note:
    case Verb::call:
    case Verb::feedback:
    case Verb::when:
    case Verb::hazard:
    case Verb::rectified:
    case Verb::inspected:
    case Verb::newTicket:
    case Verb::find:
    case Verb::go:
    case Verb::out:
    case Verb::at:
    case Verb::mute:
    case Verb::desk:
    case Verb::roster:
    case Verb::handover:
    case Verb::takeover:
    case Verb::roll:
    case Verb::board:
    case Verb::help:
    case Verb::close:
    case Verb::review:
        return true;
    default:
        return false;
    }
}

bool needsUnit(Verb verb) {
    return verb == Verb::on || verb == Verb::off || verb == Verb::breakStart || verb == Verb::resume ||
           verb == Verb::out || verb == Verb::in || verb == Verb::declare || verb == Verb::here;
}

std::optional<Message> sweepLacks(const Line& line, const std::string& spelling) {
    const bool opens = line.verb == Verb::sweep && line.category != "close";
    if (line.verb == Verb::sweep && line.category.empty())
        return Message{"lineNeedsCategory"};
    if (opens && line.place.empty())
        return Message{"lineNeedsArea"};
    if (!opens && line.sweep.empty())
        return Message{"lineNeedsSweep", {{"verb", spelling}}};
    if (line.verb == Verb::sweep && !opens && line.text.empty())
        return Message{"lineNeedsText", {{"verb", spelling}}};
    return std::nullopt;
}

std::optional<Message> missing(const Line& line) {
    const std::string spelling = spellings(verbRow(line.verb)).front();
    if ((line.verb == Verb::merge || line.verb == Verb::keepApart) && line.tickets.size() != 2)
        return Message{"lineNeedsTwoTickets", {{"verb", spelling}}};
    if (line.verb == Verb::category && line.text.empty())
        return Message{"lineNeedsNewCategory"};
    if (line.verb == Verb::newTicket && line.category.empty())
        return Message{"lineNeedsCategory"};
    if (line.verb == Verb::newTicket && line.place.empty() && !line.at)
        return Message{"lineNeedsPlace"};
    if (line.verb == Verb::sweep || line.verb == Verb::join)
        return sweepLacks(line, spelling);
    if ((needsUnit(line.verb) || line.verb == Verb::reserve) && line.units.empty())
        return Message{"lineNeedsUnit", {{"verb", spelling}}};
    if (line.verb == Verb::declare && !line.at)
        return Message{"lineNeedsPlace"};
    const bool wordy = line.verb == Verb::note || line.verb == Verb::call || line.verb == Verb::find ||
                       line.verb == Verb::giveBack || line.verb == Verb::transfer ||
                       line.verb == Verb::cancel || line.verb == Verb::reopen || line.verb == Verb::at ||
                       line.verb == Verb::feedback || line.verb == Verb::when || line.verb == Verb::hazard ||
                       line.verb == Verb::inspected;
    if (wordy && line.text.empty())
        return Message{"lineNeedsText", {{"verb", spelling}}};
    if (line.verb == Verb::go && line.text.empty() && line.tickets.empty() && line.units.empty() && !line.at)
        return Message{"lineNeedsText", {{"verb", spelling}}};
    return std::nullopt;
}

} // namespace

std::optional<layers::LonLat> lonLatOf(std::string_view text) {
    layers::LonLat at;
    const char* const end = text.data() + text.size();
    const auto [comma, error] = std::from_chars(text.data(), end, at.lon);
    if (error != std::errc() || comma == end || *comma != ',')
        return std::nullopt;
    const auto [last, second] = std::from_chars(comma + 1, end, at.lat);
    if (second != std::errc() || last != end || !(std::abs(at.lon) <= 180) || !(std::abs(at.lat) <= 90))
        return std::nullopt;
    return at;
}

namespace {

// "39.9,116.3", "32°00'44.4\"N 120°51'34.0\"E", a grid's code: a point or a degree, so that no ticket's
// number and no note is taken for one.
bool isPastedPlace(std::string_view text, const std::vector<Token>& split) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (split.size() == 1 && split[0].text.size() >= 12 && std::ranges::all_of(split[0].text, digit))
        return true;
    return (text.find('.') != text.npos || text.find("°") != text.npos || text.find("度") != text.npos) &&
           layers::looksLikePlace(text);
}

} // namespace

std::variant<Line, Message> parseLine(std::string_view text, const Lexicon& lexicon) {
    const auto split = tokens(text);
    if (!split)
        return Message{"quoteOpen"};
    if (split->empty())
        return Message{"lineEmpty"};
    Line line;
    bool verbFound = false;
    // A place pasted alone is to be shown: no verb begins with what it does.
    if (isPastedPlace(text, *split)) {
        line.verb = Verb::go;
        line.text = text;
        return line;
    }
    for (const Token& token : *split) {
        if (line.verb == Verb::newTicket && verbFound) {
            if (line.category.empty() && token.text[0] != '@') {
                line.category = token.text;
                continue;
            }
            if (token.text[0] == '@' && line.place.empty() && !line.at) {
                line.at = lonLatOf(std::string_view(token.text).substr(1));
                if (!line.at)
                    line.place = token.text.substr(1);
                continue;
            }
            if (line.begins.empty() && spelledAsBegin(token.text)) {
                line.begins = token.text.substr(1);
                continue;
            }
            line.text = text.substr(token.from);
            break;
        }
        if (verbFound && line.verb == Verb::sweep) {
            if (line.category.empty() && token.text[0] != '@')
                line.category = lower(token.text) == "close" ? "close" : token.text;
            else if (line.category == "close" && line.sweep.empty() && spelledAsSweep(token.text))
                line.sweep = "S" + token.text.substr(1);
            else if (line.category != "close" && token.text[0] == '@' && line.place.empty())
                line.place = token.text.substr(1);
            else {
                line.text = text.substr(token.from);
                break;
            }
            continue;
        }
        if (verbFound && line.verb == Verb::join && line.sweep.empty() && spelledAsSweep(token.text)) {
            line.sweep = "S" + token.text.substr(1);
            continue;
        }
        if (verbFound && line.verb == Verb::road) {
            line.text = text.substr(token.from);
            break;
        }
        // A place of several words, whatever tickets its numbers may be: "go 32 00 44 N 120 51 34 E".
        // Bare whole numbers stay tickets where there are such.
        if (verbFound && line.verb == Verb::go && token.till < text.size() &&
            (text.find_first_of(".,;NSEWnew", token.from) != text.npos || !ticketOf(token.text, lexicon)) &&
            layers::looksLikePlace(text.substr(token.from))) {
            line.text = text.substr(token.from);
            break;
        }
        if (verbFound && line.verb == Verb::help) {
            line.text = token.text;
            break;
        }
        // A find or a jump to a place is all text; only `go` first asks whether its word is a ticket or a
        // unit.
        const bool names = !verbFound || (line.verb != Verb::find && line.verb != Verb::at &&
                                          line.verb != Verb::mute && line.verb != Verb::desk &&
                                          line.verb != Verb::roster && line.verb != Verb::handover &&
                                          line.verb != Verb::takeover && line.verb != Verb::roll &&
                                          line.verb != Verb::board);
        // A bare number after `cat` is a category, whatever tickets there are; after `haz TICKET` it is days.
        const bool number = !spelledAsTicket(token.text) && verbFound &&
                            (line.verb == Verb::category || (line.verb == Verb::hazard && !line.tickets.empty()));
        if (names && !number && !token.quoted) {
            if (const auto ticket = ticketOf(token.text, lexicon)) {
                line.tickets.push_back(*ticket);
                continue;
            }
            if (const auto unit = lexicon.unit ? lexicon.unit(token.text) : std::nullopt) {
                line.units.push_back(*unit);
                continue;
            }
        }
        if (!verbFound) {
            const auto verb = verbOf(token.text);
            if (!verb)
                return Message{"verbUnknown", {{"word", token.text}, {"nearest", nearestVerb(token.text)}}};
            line.verb = *verb;
            verbFound = true;
            continue;
        }
        if ((line.verb == Verb::declare || line.verb == Verb::go) && !line.at)
            if ((line.at = lonLatOf(token.text)))
                continue;
        if (line.verb == Verb::here && token.text[0] == '@' && line.place.empty() && !line.at) {
            line.at = lonLatOf(std::string_view(token.text).substr(1));
            if (!line.at)
                line.place = token.text.substr(1);
            continue;
        }
        if (line.verb == Verb::assign && token.text[0] == '!') {
            line.why = true;
            line.text = text.substr(token.from + 1);
            break;
        }
        if (!takesText(line.verb))
            return Message{"unitOrTicketUnknown", {{"word", token.text}}};
        line.text = text.substr(token.from);
        break;
    }
    if (!verbFound)
        line.verb = Verb::go; // a ticket or a unit alone: show it
    while (!line.text.empty() && line.text.back() == ' ')
        line.text.pop_back();
    if (auto lack = missing(line))
        return *lack;
    if (line.verb == Verb::road) {
        const auto said = parseRoadLine(line.text, lexicon.road);
        if (const auto* lack = std::get_if<Message>(&said))
            return *lack;
        line.road = std::get<RoadSaid>(said);
    }
    return line;
}

std::size_t wordStart(std::string_view text) {
    const bool quoted = std::ranges::count(text, '"') % 2 == 1;
    const auto before = text.find_last_of(quoted ? '"' : ' ');
    return before == text.npos ? 0 : before + (quoted ? 0 : 1);
}

std::vector<std::string> completions(std::string_view text, const Lexicon& lexicon) {
    const auto start = wordStart(text);
    const std::string_view word = text.substr(start + (text.substr(start).starts_with('"') ? 1 : 0));
    const std::string small = lower(word);
    std::vector<std::string> out;
    const auto split = tokens(text.substr(0, start));
    bool verbFound = false, fresh = false, toDesk = false, opens = false, ofRoads = false;
    for (const Token& token : split.value_or(std::vector<Token>{}))
        if (const auto verb = verbOf(token.text)) {
            // "close" is a verb too, but not after "road".
            if (ofRoads)
                break;
            ofRoads = *verb == Verb::road;
            verbFound = true;
            toDesk = *verb == Verb::transfer || *verb == Verb::escalate || *verb == Verb::desk ||
                     *verb == Verb::roster || *verb == Verb::handover || *verb == Verb::takeover ||
                     *verb == Verb::roll;
            opens = *verb == Verb::newTicket || *verb == Verb::sweep;
            fresh = (opens && split->size() == 1) || *verb == Verb::category;
        }
    if (!verbFound && !word.empty())
        for (const VerbRow& row : verbs())
            for (const std::string& spelling : spellings(row))
                if (spelling.starts_with(small) && spelling != small && spelling.size() > 1) {
                    out.push_back(spelling);
                    break;
                }
    const auto add = [&](const auto& source) {
        if (source)
            for (std::string& found : source(word))
                if (lower(found) != small)
                    out.push_back(opens && found.find(' ') != found.npos ? '"' + found + '"' : std::move(found));
    };
    if (ofRoads) {
        if (split->size() == 1)
            for (const char* deed : {"close", "slow", "open", "list"})
                if (std::string_view(deed).starts_with(small))
                    out.push_back(deed);
        if (split->size() > 1 && !word.empty())
            add(lexicon.roads);
        return out;
    }
    if (toDesk && !word.empty())
        add(lexicon.desks);
    if (fresh) {
        add(lexicon.categories);
    } else if (!word.empty() || verbFound) {
        add(lexicon.tickets);
        if (!word.empty())
            add(lexicon.units);
    }
    return out;
}

} // namespace vedette::console
