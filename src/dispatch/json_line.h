// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

namespace vedette::dispatch {

// Reads one JSON object from left to right without building a tree: 73,000 units are read at every start.
// Any step that meets something else than it asked for makes the reader `broken`, and it stays so.
class JsonLine {
public:
    explicit JsonLine(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}
    bool broken() const { return broken_; }

    // `open` is '{' or '['. Then `more(close)` before each member or element.
    void enter(char open);
    bool more(char close);  // false: the closing bracket was read
    std::string_view key(); // a member's name, up to and with the colon; valid until the next call
    std::string string();
    double number();
    int integer();
    std::string word();            // a bare number, true, false as spelled; null: empty
    char next() { return peek(); } // the next byte that isn't blank; 0 at the end
    bool atEnd() { return peek() == '\0'; }
    void skip(); // a value of any kind

private:
    void blanks();
    char peek();
    void fail() { broken_ = true, at_ = end_; }
    std::string_view raw(std::string& room);

    const char *at_, *end_;
    bool broken_ = false;
    bool first_ = true;
    std::string room_;
};

void appendJson(std::string& out, std::string_view text); // quoted and escaped
void appendJson(std::string& out, double number);         // shortest form that reads back the same

} // namespace vedette::dispatch
