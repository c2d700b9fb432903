// SPDX-License-Identifier: GPL-3.0-or-later
#include "toml_reading.h"

#include "near_words.h"

#include <algorithm>

namespace vedette::layers {

namespace {

std::string lineOf(const toml::node& node) {
    return std::to_string(node.source().begin.line);
}

std::optional<std::string> anyText(const toml::node& node) {
    if (const auto text = node.value_exact<std::string>())
        return text;
    if (const auto integer = node.value_exact<std::int64_t>())
        return std::to_string(*integer);
    if (const auto real = node.value_exact<double>()) {
        char digits[32];
        const auto end = std::to_chars(digits, digits + sizeof digits, *real);
        return std::string(digits, end.ptr);
    }
    if (const auto flag = node.value_exact<bool>())
        return *flag ? "true" : "false";
    return {};
}

} // namespace

void TableReader::say(Problem problem) {
    if (!problem_)
        problem_ = std::move(problem);
}

const toml::node* TableReader::take(const char* key) {
    known_.emplace_back(key);
    return table_.get(key);
}

void TableReader::wrongType(const char* key, const toml::node& node, const char* expected) {
    say(refused("keyType",
                {{"path", file_}, {"key", full(key)}, {"line", lineOf(node)}, {"expected", expected}}));
}

void TableReader::text(const char* key, std::string& out) {
    const toml::node* node = take(key);
    if (!node)
        return;
    if (const auto value = node->value_exact<std::string>())
        out = *value;
    else
        wrongType(key, *node, "text");
}

void TableReader::required(const char* key, std::string& out) {
    text(key, out);
    if (!table_.get(key) || (table_.get(key)->is_string() && out.empty()))
        if (!missing_)
            missing_ = refused("keyMissing", {{"path", file_}, {"key", full(key)}, {"line", lineOf(table_)}});
}

void TableReader::flag(const char* key, bool& out) {
    const toml::node* node = take(key);
    if (!node)
        return;
    if (const auto value = node->value_exact<bool>())
        out = *value;
    else
        wrongType(key, *node, "true/false");
}

void TableReader::integer(const char* key, int& out) {
    const toml::node* node = take(key);
    if (!node)
        return;
    if (const auto value = node->value_exact<std::int64_t>();
        value && *value >= -2147483647 && *value <= 2147483647)
        out = static_cast<int>(*value);
    else
        wrongType(key, *node, "integer");
}

void TableReader::real(const char* key, double& out) {
    const toml::node* node = take(key);
    if (!node)
        return;
    const auto value = node->is_number() ? node->value<double>() : std::nullopt;
    if (value && std::isfinite(*value))
        out = *value;
    else
        wrongType(key, *node, "number");
}

void TableReader::seconds(const char* key, std::chrono::seconds& out) {
    int value = static_cast<int>(out.count());
    integer(key, value);
    if (value < 0)
        wrongType(key, *table_.get(key), "seconds");
    else
        out = std::chrono::seconds(value);
}

void TableReader::texts(const char* key, std::vector<std::string>& out) {
    const toml::node* node = take(key);
    if (!node)
        return;
    const toml::array* array = node->as_array();
    if (!array)
        return wrongType(key, *node, "list of text");
    out.clear();
    for (const toml::node& item : *array) {
        if (const auto value = item.value_exact<std::string>())
            out.push_back(*value);
        else
            return wrongType(key, item, "list of text");
    }
}

void TableReader::words(const char* key, std::map<std::string, std::string>& out, bool any) {
    const toml::node* node = take(key);
    if (!node)
        return;
    const toml::table* table = node->as_table();
    if (!table)
        return wrongType(key, *node, "{ name = \"value\" }");
    for (const auto& [name, value] : *table) {
        const std::string path = std::string(key) + "." + std::string(name.str());
        const auto text = any ? anyText(value) : value.value_exact<std::string>();
        if (!text)
            return wrongType(path.c_str(), value, "text");
        out[std::string(name.str())] = *text;
    }
}

int TableReader::choice(const char* key, const std::vector<std::string>& known) {
    std::string value;
    text(key, value);
    if (value.empty())
        return -1;
    const auto found = std::find(known.begin(), known.end(), value);
    if (found != known.end())
        return static_cast<int>(found - known.begin());
    say(refused("keyValue", {{"path", file_},
                             {"key", full(key)},
                             {"line", lineOf(*table_.get(key))},
                             {"value", value},
                             {"known", joined(known, ", ")}}));
    return -1;
}

void TableReader::tables(const char* key, const std::function<void(TableReader&)>& each) {
    const toml::node* node = take(key);
    if (!node)
        return;
    const auto read = [&](const toml::table& table) {
        TableReader inner(table, full(key), file_, problem_);
        each(inner);
        inner.finish();
    };
    if (const toml::table* table = node->as_table())
        return read(*table);
    const toml::array* array = node->as_array();
    if (!array)
        return wrongType(key, *node, "[table]");
    for (const toml::node& item : *array) {
        const toml::table* table = item.as_table();
        if (!table)
            return wrongType(key, item, "[[table]]");
        read(*table);
    }
}

void TableReader::finish() {
    for (const auto& [name, value] : table_) {
        const std::string key(name.str());
        if (std::find(known_.begin(), known_.end(), key) != known_.end())
            continue;
        say(refused("keyUnknown", {{"path", file_},
                                   {"key", full(key.c_str())},
                                   {"line", std::to_string(name.source().begin.line)},
                                   {"nearest", nearestWord(key, known_)}}));
        return;
    }
    if (missing_)
        say(std::move(*missing_));
}

} // namespace vedette::layers
