// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/message.h"

#include <cstring>

namespace vedette::layers {

// Numbers as u32, texts with their length before them: the form of everything small that crosses between the
// reader child and us.
class ByteWriter {
public:
    void number(std::uint32_t value) { out_.append(reinterpret_cast<const char*>(&value), sizeof value); }
    void wide(std::int64_t value) { out_.append(reinterpret_cast<const char*>(&value), sizeof value); }
    void text(std::string_view value) {
        number(static_cast<std::uint32_t>(value.size()));
        out_.append(value);
    }
    void message(const Message& value) {
        text(value.code);
        number(static_cast<std::uint32_t>(value.args.size()));
        for (const auto& [name, argument] : value.args)
            text(name), text(argument);
    }
    void finding(const Finding& value) {
        number(static_cast<std::uint32_t>(value.severity));
        message(value.message);
        text(value.file);
        wide(value.row);
        text(value.object);
    }
    const std::string& bytes() const { return out_; }

private:
    std::string out_;
};

// Total: past the end or past sense, ok() turns false and everything reads as empty.
class ByteReader {
public:
    ByteReader(const char* data, std::size_t size) : at_(data), left_(size) {}
    bool ok() const { return ok_; }
    std::uint32_t number() {
        std::uint32_t value = 0;
        take(&value, sizeof value);
        return value;
    }
    std::int64_t wide() {
        std::int64_t value = 0;
        take(&value, sizeof value);
        return value;
    }
    std::string text() {
        const std::uint32_t size = number();
        if (!ok_ || size > left_) {
            ok_ = false;
            return {};
        }
        std::string out(at_, size);
        at_ += size, left_ -= size;
        return out;
    }
    Message message() {
        Message out;
        out.code = text();
        const std::uint32_t count = number();
        for (std::uint32_t i = 0; i < count && ok_; ++i) {
            auto name = text();
            out.args.emplace_back(std::move(name), text());
        }
        return out;
    }
    Finding finding() {
        Finding out;
        const std::uint32_t severity = number();
        ok_ = ok_ && severity <= static_cast<std::uint32_t>(Finding::Severity::error);
        out.severity = static_cast<Finding::Severity>(severity);
        out.message = message();
        out.file = text();
        out.row = wide();
        out.object = text();
        return out;
    }

private:
    void take(void* to, std::size_t size) {
        if (!ok_ || size > left_) {
            ok_ = false;
            return;
        }
        std::memcpy(to, at_, size);
        at_ += size, left_ -= size;
    }
    const char* at_;
    std::size_t left_;
    bool ok_ = true;
};

} // namespace vedette::layers
