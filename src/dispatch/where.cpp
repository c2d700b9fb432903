// SPDX-License-Identifier: GPL-3.0-or-later
#include "where.h"

#include <charconv>
#include <optional>

namespace vedette::dispatch {

namespace {

struct Word {
    std::string text;
    bool quoted = false, sign = false;
};

bool isSign(char c) {
    return c == '=' || c == '!' || c == '<' || c == '>' || c == '~';
}

// nullopt when a quote isn't closed.
std::optional<std::vector<Word>> words(std::string_view text) {
    std::vector<Word> out;
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (c == ' ' || c == '\t') {
            ++i;
        } else if (c == '\'' || c == '"') {
            const auto end = text.find(c, i + 1);
            if (end == text.npos)
                return std::nullopt;
            out.push_back({std::string(text.substr(i + 1, end - i - 1)), true, false});
            i = end + 1;
        } else {
            const std::size_t start = i;
            const bool sign = isSign(c);
            while (i < text.size() && text[i] != ' ' && text[i] != '\'' && text[i] != '"' &&
                   isSign(text[i]) == sign)
                ++i;
            out.push_back({std::string(text.substr(start, i - start)), false, sign});
        }
    }
    return out;
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return text;
}

std::optional<double> number(const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

} // namespace

layers::Result<Where> Where::parse(std::string_view text,
                                   const std::vector<layers::ExportTable::Column>& in) {
    const auto bad = [&](const std::string& at) {
        return layers::refused("whereUnreadable", {{"where", std::string(text)}, {"at", at}});
    };
    Where where;
    const auto read = words(text);
    if (!read)
        return bad("'");
    if (read->empty())
        return where;
    where.any_.emplace_back();
    for (std::size_t i = 0; i < read->size();) {
        if (i + 2 >= read->size())
            return bad((*read)[i].text);
        const Word &name = (*read)[i], &sign = (*read)[i + 1], &value = (*read)[i + 2];
        Term term;
        std::string known;
        bool found = false;
        for (std::size_t c = 0; c < in.size(); ++c) {
            known += (c ? " " : "") + in[c].name;
            if (lower(in[c].name) == lower(name.text))
                term.column = c, found = true;
        }
        if (!found)
            return layers::refused("columnUnknown", {{"column", name.text}, {"known", known}});
        static const std::pair<std::string_view, Op> ops[] = {
            {"=", Op::equal},   {"==", Op::equal},       {"!=", Op::differs}, {"<>", Op::differs},
            {"<", Op::less},    {"<=", Op::lessOrEqual}, {">", Op::greater},  {">=", Op::greaterOrEqual},
            {"~", Op::contains}};
        bool known_op = false;
        for (const auto& [spelt, op] : ops)
            if (sign.sign && sign.text == spelt)
                term.op = op, known_op = true;
        if (!known_op || value.sign)
            return bad(sign.text);
        term.null = !value.quoted && lower(value.text) == "null";
        term.value = value.text;
        where.any_.back().push_back(std::move(term));
        i += 3;
        if (i == read->size())
            return where;
        const std::string joint = lower((*read)[i].text);
        if (joint == "or")
            where.any_.emplace_back();
        else if (joint != "and")
            return bad((*read)[i].text);
        if (++i == read->size())
            return bad(joint);
    }
    return where;
}

bool Where::holds(const Term& term, const layers::ExportTable::Row& row) {
    const auto& held = row.values[term.column];
    if (term.null)
        return term.op == Op::differs ? held.has_value() : !held.has_value();
    if (!held)
        return false;
    if (term.op == Op::contains)
        return held->find(term.value) != held->npos;
    const auto a = number(*held), b = number(term.value);
    const int order = a && b ? (*a < *b ? -1 : *a > *b ? 1 : 0) : held->compare(term.value);
    switch (term.op) {
    case Op::equal:
        return order == 0;
    case Op::differs:
        return order != 0;
    case Op::less:
        return order < 0;
    case Op::lessOrEqual:
        return order <= 0;
    case Op::greater:
        return order > 0;
    case Op::greaterOrEqual:
        return order >= 0;
    case Op::contains:
        break;
    }
    return false;
}

bool Where::keeps(const layers::ExportTable::Row& row) const {
    if (any_.empty())
        return true;
    for (const auto& all : any_) {
        bool every = true;
        for (const Term& term : all)
            every = every && holds(term, row);
        if (every)
            return true;
    }
    return false;
}

} // namespace vedette::dispatch
