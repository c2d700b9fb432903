// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>

namespace vedette::dispatch {

// `text` with each byte that isn't UTF-8 replaced by U+FFFD; nullopt: it is sound.
std::optional<std::string> mendedUtf8(std::string_view text);

// Writes JSON in the order it is told; equal calls, equal bytes. The journal's chain rests on that.
struct JsonWriter {
    std::string out;

    void open(char bracket) {
        separate();
        out += bracket;
        comma_ = false;
    }
    void close(char bracket) {
        out += bracket;
        comma_ = true;
    }
    void key(std::string_view name) {
        separate();
        out += '"';
        out += name;
        out += "\":";
        comma_ = false;
    }
    void raw(std::string_view json) {
        separate();
        out += json;
        comma_ = true;
    }
    void value(std::string_view text); // mended where it isn't UTF-8
    void value(const std::string& text) { value(std::string_view(text)); }
    void value(const char* text) { value(std::string_view(text)); }
    void value(double number); // shortest form that reads back the same; 0 when not finite
    void value(bool truth) { raw(truth ? "true" : "false"); }
    void value(std::integral auto number) { raw(std::to_string(number)); }

    void field(std::string_view name, const auto& it) {
        key(name);
        value(it);
    }
    void fieldIfSet(std::string_view name, const std::string& text) {
        if (!text.empty())
            field(name, text);
    }

private:
    void separate() {
        if (comma_)
            out += ',';
    }
    bool comma_ = false;
};

} // namespace vedette::dispatch
