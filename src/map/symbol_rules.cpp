// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbol_rules.h"

#include <algorithm>
#include <array>

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace vedette::map {

namespace {

constexpr std::array<std::string_view, 9> shapes{"triangle",   "square",  "triangleRight", "diamond", "filledSquare",
                                                 "hexagon",    "dottedCircle", "circle",   "cross"};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}

// ASCII letters alike, large or small; `part` is small already.
bool containsText(std::string_view text, std::string_view part) {
    return std::search(text.begin(), text.end(), part.begin(), part.end(),
                       [](char a, char b) { return lower(a) == b; }) != text.end();
}

bool within(std::string_view category, std::string_view of) {
    return category.starts_with(of) && (category.size() == of.size() || category[of.size()] == '.');
}

// One rule's table, read key by key; the first thing wrong is kept.
struct RuleReader {
    const toml::table& table;
    std::string cause{};

    void fail(std::string_view key, std::string what) {
        if (cause.empty())
            cause = std::string(key) + ": " + std::move(what);
    }
    template <class Value>
    std::vector<Value> list(const toml::node& node, std::string_view key) {
        std::vector<Value> values;
        const auto add = [&](const toml::node& one) {
            if (const auto value = one.value_exact<Value>())
                values.push_back(*value);
            else
                fail(key, "a value of another type");
        };
        if (const auto* array = node.as_array())
            for (const auto& one : *array)
                add(one);
        else
            add(node);
        if (values.empty())
            fail(key, "empty");
        return values;
    }
};

std::optional<std::variant<Hue, QColor>> colourOf(const std::string& text) {
    if (const auto hue = hueOf(text))
        return *hue;
    if (text.size() == 7 && text[0] == '#')
        if (const QColor colour(QString::fromStdString(text)); colour.isValid())
            return colour;
    return {};
}

} // namespace

bool SymbolBook::Rule::fits(const SymbolFacts& facts) const {
    if (facts.table != table)
        return false;
    const auto has = [](const auto& list, const auto& one) {
        return list.empty() || std::find(list.begin(), list.end(), one) != list.end();
    };
    return has(roles, facts.role) && has(statuses, facts.status) && has(stages, facts.stage) &&
           has(severities, facts.severity) &&
           (categories.empty() || std::any_of(categories.begin(), categories.end(),
                                              [&](const auto& of) { return within(facts.category, of); })) &&
           (names.empty() || std::any_of(names.begin(), names.end(),
                                         [&](const auto& part) { return containsText(facts.name, part); }));
}

void SymbolReading::read(std::string_view text, const std::string& path, std::vector<Rule>& into,
                         std::vector<layers::Message>& wrong) {
    const toml::parse_result parsed = toml::parse(text, path);
    if (!parsed) {
        wrong.push_back({"symbolRuleWrong",
                         {{"path", path},
                          {"line", std::to_string(parsed.error().source().begin.line)},
                          {"cause", std::string(parsed.error().description())}}});
        return;
    }
    const auto refuse = [&](const toml::node& where, std::string cause) {
        wrong.push_back({"symbolRuleWrong",
                         {{"path", path},
                          {"line", std::to_string(where.source().begin.line)},
                          {"cause", std::move(cause)}}});
    };
    for (const auto& [key, node] : parsed.table()) {
        using Table = SymbolFacts::Table;
        const std::string_view name = key.str();
        if (name == "format") {
            if (node.value<std::int64_t>() != 1)
                refuse(node, "format: only 1 is known");
            continue;
        }
        const toml::array* rows = node.as_array();
        if ((name != "unit" && name != "incident" && name != "hazard") || !rows) {
            refuse(node, std::string(name) + ": not one of [[unit]] [[incident]] [[hazard]]");
            continue;
        }
        for (const auto& row : *rows) {
            const toml::table* table = row.as_table();
            if (!table) {
                refuse(row, std::string(name) + ": not a table");
                continue;
            }
            Rule rule{};
            rule.table = name == "unit" ? Table::unit : name == "incident" ? Table::incident : Table::hazard;
            rule.line = table->source().begin.line, rule.file = path;
            const bool unit = rule.table == Table::unit;
            RuleReader reader{*table};
            for (const auto& [field, value] : *table) {
                const std::string_view what = field.str();
                if (what == "role" && unit)
                    rule.roles = reader.list<std::string>(value, what);
                else if (what == "status" && unit)
                    rule.statuses = reader.list<std::string>(value, what);
                else if (what == "category" && !unit)
                    rule.categories = reader.list<std::string>(value, what);
                else if (what == "name" && !unit)
                    rule.names = reader.list<std::string>(value, what);
                else if (what == "stage" && !unit)
                    rule.stages = reader.list<std::string>(value, what);
                else if (what == "severity" && !unit)
                    for (const std::int64_t one : reader.list<std::int64_t>(value, what))
                        rule.severities.push_back(one >= 1 && one <= 4 ? int(one)
                                                                       : (reader.fail(what, "1 to 4"), 0));
                else if (what == "symbol" && value.is_string())
                    rule.drawing = value.value<std::string>();
                else if (what == "shape" && value.is_string()) {
                    const auto at = std::find(shapes.begin(), shapes.end(), *value.value<std::string>());
                    if (at == shapes.end())
                        reader.fail(what, *value.value<std::string>());
                    else
                        rule.shape = MarkShape(at - shapes.begin());
                } else if (what == "colour" && value.is_string()) {
                    if (!(rule.colour = colourOf(*value.value<std::string>())))
                        reader.fail(what, *value.value<std::string>());
                } else {
                    reader.fail(what, "not known here");
                }
            }
            for (std::string& part : rule.names)
                std::transform(part.begin(), part.end(), part.begin(), lower);
            if (reader.cause.empty())
                into.push_back(std::move(rule));
            else
                refuse(*table, reader.cause);
        }
    }
}

} // namespace vedette::map
