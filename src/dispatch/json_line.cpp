// SPDX-License-Identifier: GPL-3.0-or-later
#include "json_line.h"

#include <algorithm>
#include <cstdint>

namespace vedette::dispatch {

namespace {

void appendUtf8(std::string& out, std::uint32_t code) {
    if (code < 0x80) {
        out += char(code);
    } else if (code < 0x800) {
        out += char(0xC0 | code >> 6);
        out += char(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        out += char(0xE0 | code >> 12);
        out += char(0x80 | (code >> 6 & 0x3F));
        out += char(0x80 | (code & 0x3F));
    } else {
        out += char(0xF0 | code >> 18);
        out += char(0x80 | (code >> 12 & 0x3F));
        out += char(0x80 | (code >> 6 & 0x3F));
        out += char(0x80 | (code & 0x3F));
    }
}

std::optional<std::uint32_t> hex4(const char* at, const char* end) {
    std::uint32_t value = 0;
    if (end - at < 4 || std::from_chars(at, at + 4, value, 16).ptr != at + 4)
        return std::nullopt;
    return value;
}

} // namespace

void JsonLine::enter(char open) {
    if (peek() != open)
        return fail();
    ++at_;
    first_ = true;
}

bool JsonLine::moreSlowly(char close) {
    const char next = peek();
    if (next == close) {
        ++at_;
        first_ = false;
        return false;
    }
    if (!first_) {
        if (next != ',') {
            fail();
            return false;
        }
        ++at_;
    }
    first_ = false;
    if (peek() == '\0') {
        fail();
        return false;
    }
    return true;
}

std::string_view JsonLine::rawSlowly(std::string& room) {
    if (peek() != '"') {
        fail();
        return {};
    }
    const char* from = ++at_;
    while (at_ != end_ && *at_ != '"' && *at_ != '\\')
        ++at_;
    if (at_ != end_ && *at_ == '"')
        return {from, std::size_t(at_++ - from)};
    room.assign(from, at_);
    while (at_ != end_ && *at_ != '"') {
        if (*at_ != '\\') {
            room += *at_++;
            continue;
        }
        if (++at_ == end_)
            break;
        switch (const char c = *at_++) {
        case 'n':
            room += '\n';
            break;
        case 't':
            room += '\t';
            break;
        case 'r':
            room += '\r';
            break;
        case 'b':
            room += '\b';
            break;
        case 'f':
            room += '\f';
            break;
        case 'u': {
            auto code = hex4(at_, end_);
            if (!code) {
                fail();
                return {};
            }
            at_ += 4;
            if (*code >= 0xD800 && *code < 0xDC00 && end_ - at_ >= 6 && at_[0] == '\\' && at_[1] == 'u') {
                if (const auto low = hex4(at_ + 2, end_); low && *low >= 0xDC00 && *low < 0xE000) {
                    code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
                    at_ += 6;
                }
            }
            appendUtf8(room, *code >= 0xD800 && *code < 0xE000 ? 0xFFFD : *code);
            break;
        }
        default:
            room += c;
        }
    }
    if (at_ == end_) {
        fail();
        return {};
    }
    ++at_;
    return room;
}

std::string JsonLine::string() {
    std::string room;
    return std::string(raw(room));
}

double JsonLine::number() {
    double value = 0;
    blanks();
    const auto [ptr, error] = std::from_chars(at_, end_, value);
    if (error != std::errc{})
        fail();
    else
        at_ = ptr;
    return value;
}

int JsonLine::integer() {
    int value = 0;
    blanks();
    const auto [ptr, error] = std::from_chars(at_, end_, value);
    if (error != std::errc{})
        fail();
    else
        at_ = ptr;
    return value;
}

std::string JsonLine::word() {
    blanks();
    const char* from = at_;
    while (at_ != end_ && *at_ != ',' && *at_ != '}' && *at_ != ']' && static_cast<unsigned char>(*at_) > ' ')
        ++at_;
    const std::string_view text(from, std::size_t(at_ - from));
    if (text.empty() || text.find_first_of("{[\"") != text.npos)
        fail();
    return text == "null" ? std::string() : std::string(text);
}

void JsonLine::skip() {
    int depth = 0;
    do {
        const char next = peek();
        if (next == '\0')
            return fail();
        if (next == '"') {
            raw(room_);
        } else {
            depth += next == '{' || next == '[' ? 1 : next == '}' || next == ']' ? -1 : 0;
            ++at_;
            if (next != '{' && next != '[' && next != '}' && next != ']' && next != ',' && next != ':')
                while (at_ != end_ && *at_ != ',' && *at_ != '}' && *at_ != ']')
                    ++at_;
        }
    } while (depth > 0 && !broken_);
    first_ = false;
}

void appendJson(std::string& out, std::string_view text) {
    out += '"';
    const auto plain = [](char c) { return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20; };
    while (!text.empty()) {
        const auto run =
            static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), plain) - text.begin());
        out.append(text, 0, run);
        if (run == text.size())
            break;
        const char c = text[run];
        text.remove_prefix(run + 1);
        out += '\\';
        if (c == '"' || c == '\\') {
            out += c;
        } else {
            static constexpr char digits[] = "0123456789abcdef";
            out += "u00";
            out += digits[c >> 4];
            out += digits[c & 15];
        }
    }
    out += '"';
}

void appendJson(std::string& out, double number) {
    char room[32];
    out.append(room, std::to_chars(room, room + sizeof room, number).ptr);
}

} // namespace vedette::dispatch
