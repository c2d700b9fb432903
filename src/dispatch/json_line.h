// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <charconv>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace vedette::dispatch {

// Reads one JSON object from left to right without building a tree: 73,000 units are read at every start.
// Any step that meets something else than it asked for makes the reader `broken`, and it stays so.
class JsonLine {
public:
    explicit JsonLine(std::string_view text)
        : at_(text.data()), end_(text.data() + text.size()), plain_(text.find('\\') == text.npos) {}
    bool broken() const { return broken_; }

    // `open` is '{' or '['. Then `more(close)` before each member or element.
    void enter(char open);
    bool more(char close) { // false: the closing bracket was read
        // As we write it: without blanks.
        if (end_ - at_ < 2 || (first_ ? *at_ == close : *at_ != ',') || *at_ <= ' ' || at_[1] <= ' ')
            return moreSlowly(close);
        at_ += !first_;
        first_ = false;
        return true;
    }
    std::string_view key() { // a member's name, up to and with the colon; valid until the next call
        const std::string_view name = raw(room_);
        if (peek() == ':')
            ++at_;
        else
            fail();
        return name;
    }
    std::string string();
    std::string_view text() { return raw(room_); } // a string; valid until the next call
    double number();
    int integer();
    std::string word();            // a bare number, true, false as spelled; null: empty
    char next() { return peek(); } // the next byte that isn't blank; 0 at the end
    bool atEnd() { return peek() == '\0'; }
    void skip();                              // a value of any kind
    const char* place() const { return at_; } // moves on with everything that is read

private:
    void blanks() {
        while (at_ != end_ && (*at_ == ' ' || *at_ == '\t' || *at_ == '\r' || *at_ == '\n'))
            ++at_;
    }
    char peek() {
        blanks();
        return at_ == end_ ? '\0' : *at_;
    }
    void fail() { broken_ = true, at_ = end_; }
    std::string_view raw(std::string& room) {
        if (!plain_ || peek() != '"')
            return rawSlowly(room);
        const char* const from = ++at_;
        const void* const quote = at_ == end_ ? nullptr : std::memchr(at_, '"', std::size_t(end_ - at_));
        if (!quote) {
            fail();
            return {};
        }
        at_ = static_cast<const char*>(quote) + 1;
        return {from, std::size_t(at_ - 1 - from)};
    }
    std::string_view rawSlowly(std::string& room);
    bool moreSlowly(char close);

    const char *at_, *end_;
    bool plain_; // without an escape anywhere, as nearly always
    bool broken_ = false;
    bool first_ = true;
    std::string room_;
};

void appendJson(std::string& out, std::string_view text); // quoted and escaped
void appendJson(std::string& out, double number);         // shortest form that reads back the same

} // namespace vedette::dispatch
