// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/message.h"

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace vedette::layers {

// Reads one table key by key and remembers the first thing wrong. What is asked for is what is known:
// `finish` refuses the rest by name, line and nearest known key.
class TableReader {
public:
    TableReader(const toml::table& table, std::string where, std::string file,
                std::optional<Problem>& problem)
        : table_(table), where_(std::move(where)), file_(std::move(file)), problem_(problem) {}

    void text(const char* key, std::string& out);
    // Said by `finish`, after unknown keys: a misspelt key is the likelier cause.
    void required(const char* key, std::string& out);
    void flag(const char* key, bool& out);
    void integer(const char* key, int& out);
    void real(const char* key, double& out);
    void seconds(const char* key, std::chrono::seconds& out);
    void texts(const char* key, std::vector<std::string>& out);
    // `any`: numbers and booleans are taken as their text.
    void words(const char* key, std::map<std::string, std::string>& out, bool any);
    // One of `known`; returns its index or -1.
    int choice(const char* key, const std::vector<std::string>& known);
    // [key] once, or [[key]] many times.
    void tables(const char* key, const std::function<void(TableReader&)>& each);
    void leave(const char* key) { known_.emplace_back(key); } // known, and read by somebody else
    void finish();

    // The first problem stays.
    void say(Problem problem);
    const std::string& file() const { return file_; }

private:
    const toml::node* take(const char* key);
    void wrongType(const char* key, const toml::node& node, const char* expected);
    std::string full(const char* key) const { return where_.empty() ? key : where_ + "." + key; }

    const toml::table& table_;
    std::string where_, file_;
    std::optional<Problem>& problem_;
    std::vector<std::string> known_;
    std::optional<Problem> missing_;
};

} // namespace vedette::layers
