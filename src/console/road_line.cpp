// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/road_line.h"

#include "console/command_line.h"

#include <algorithm>
#include <charconv>

namespace vedette::console {

namespace {

using layers::Message;
using Deed = RoadSaid::Deed;

struct Word {
    std::string_view text;
    std::size_t from, till;
};

std::vector<Word> wordsOf(std::string_view text) {
    std::vector<Word> out;
    for (std::size_t i = 0; i < text.size();) {
        const auto from = text.find_first_not_of(" \t", i);
        if (from == text.npos)
            break;
        i = std::min(text.find_first_of(" \t", from), text.size());
        out.push_back({text.substr(from, i - from), from, i});
    }
    return out;
}

bool is(std::string_view word, std::string_view small) {
    return std::equal(word.begin(), word.end(), small.begin(), small.end(),
                      [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
}

bool likeTime(std::string_view word) {
    return !word.empty() && word[0] >= '0' && word[0] <= '9' &&
           word.find_first_of(":-") != std::string_view::npos;
}

// "0.5", "50%"
std::optional<double> share(std::string_view word) {
    double value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    const std::string_view rest(end, static_cast<std::size_t>(word.data() + word.size() - end));
    if (error != std::errc() || !(rest.empty() || rest == "%"))
        return std::nullopt;
    value = rest.empty() ? value : value / 100;
    return value >= 0 && value < 1 ? std::optional(value) : std::nullopt;
}

std::optional<Deed> deedOf(std::string_view word) {
    for (const auto& [name, deed] : {std::pair{"close", Deed::close},
                                     {"slow", Deed::slow},
                                     {"open", Deed::open},
                                     {"list", Deed::list}})
        if (is(word, name))
            return deed;
    return std::nullopt;
}

// The place at the beginning of `text`; what is left of it. False: a quote never closes.
bool takePlace(std::string_view& text, const RoadNamed& named, RoadSaid& said) {
    const auto start = text.find_first_not_of(" \t");
    text.remove_prefix(std::min(start, text.size()));
    if (text.starts_with("@\"")) {
        const auto end = text.find('"', 2);
        if (end == text.npos)
            return false;
        said.name = text.substr(2, end - 2);
        text.remove_prefix(end + 1);
        if (const auto known = named ? named(said.name) : std::nullopt)
            said.name = *known;
        return true;
    }
    if (text.starts_with('@'))
        text.remove_prefix(1);
    const auto words = wordsOf(text);
    std::size_t used = 0, points = 0;
    for (; points < words.size(); ++points, used = words[points - 1].till)
        if (const auto at = lonLatOf(words[points].text))
            said.points.push_back(*at);
        else
            break;
    if (points == 0 && !words.empty()) {
        used = words[0].till;
        said.name = words[0].text;
        for (std::size_t count = std::min<std::size_t>(words.size(), 8); count > 0 && named; --count)
            if (const auto known = named(text.substr(words[0].from, words[count - 1].till - words[0].from))) {
                said.name = *known, used = words[count - 1].till;
                break;
            }
    }
    text.remove_prefix(used);
    return true;
}

} // namespace

std::variant<RoadSaid, Message> parseRoadLine(std::string_view text, const RoadNamed& named) {
    RoadSaid said;
    const auto words = wordsOf(text);
    if (words.empty())
        return said; // a list
    const auto deed = deedOf(words.front().text);
    if (!deed)
        return Message{"roadDeedUnknown", {{"word", std::string(words.front().text)}}};
    said.deed = *deed;
    const std::string verb = "road " + std::string(words.front().text);
    text.remove_prefix(words.front().till);
    if (said.deed == Deed::list)
        return said;
    if (said.deed == Deed::open) {
        if (words.size() < 2)
            return Message{"roadLineNeedsId"};
        said.id = words[1].text;
        for (char& c : said.id)
            c = c == 'r' ? 'R' : c;
        return said;
    }
    if (!takePlace(text, named, said))
        return Message{"quoteOpen"};
    if (said.name.empty() && said.points.empty())
        return Message{"roadLineNeedsPlace", {{"verb", verb}}};
    auto rest = wordsOf(text);
    if (said.deed == Deed::slow) {
        const auto factor = rest.empty() ? std::nullopt : share(rest.front().text);
        if (!factor)
            return Message{"roadLineNeedsFactor"};
        said.factor = *factor;
        rest.erase(rest.begin());
    }
    for (std::size_t i = 0; i < rest.size(); ++i) {
        if (is(rest[i].text, "until") && i + 1 < rest.size() && likeTime(rest[i + 1].text)) {
            said.until = rest[++i].text;
            // A date and a time of day are two words.
            if (said.until.find('-') != said.until.npos && said.until.find(':') == said.until.npos &&
                i + 1 < rest.size() && likeTime(rest[i + 1].text))
                said.until += ' ' + std::string(rest[++i].text);
        } else {
            said.reason += (said.reason.empty() ? "" : " ") + std::string(rest[i].text);
        }
    }
    return said;
}

} // namespace vedette::console
