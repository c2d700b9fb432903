// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/message.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace vedette::wire {

// A frame on the wire, little-endian: "VDTC", version u16, type u16, payload length u32, generation u64,
// payload. The head never changes, so any two versions can tell each other apart. Payload: u8/u16/u32 and
// doubles as they are, text and lists with a u32 count before; pixels last.
inline constexpr std::size_t headSize = 20;
inline constexpr std::uint32_t largestPayload = 64u << 20; // a frame of 4096 x 4096

std::vector<std::uint8_t> encode(const Message& message, std::uint16_t version = protocolVersion);

// Whether the message's payload keeps under largestPayload: encode() takes no other.
bool fits(const Message& message);

// All of an encoded Frame but its pixels (`frame.pixels` is not looked at): the sender writes
// stride * height bytes after it, straight from where it drew.
std::vector<std::uint8_t> encodeFrameHead(std::uint64_t generation, const Frame& frame);

// Whether a frame of this size fits under largestPayload, with room for its problems.
bool frameFits(std::uint32_t width, std::uint32_t height);

struct Fault {
    enum class Kind { notOurs, wrongVersion, tooBig, unknownType, malformed };
    Kind kind = Kind::notOurs;
    std::uint64_t got = 0;   // the version, length or type found; malformed: the type
    std::uint64_t limit = 0; // the version spoken here, the largest length
    friend bool operator==(const Fault&, const Fault&) = default;
};
std::string_view name(Fault::Kind kind);

// Bytes in, messages out, for any bytes: never throws on content, never holds more than one frame's length
// plus what was fed. After a fault the stream has lost its rhythm: the same fault is given for ever.
class Decoder {
public:
    void feed(std::span<const std::uint8_t> bytes);
    using Item = std::variant<Message, Fault>;
    std::optional<Item> next(); // nullopt: feed more
    std::size_t pending() const { return buffer_.size() - read_; }

private:
    Item fail(Fault fault);
    std::vector<std::uint8_t> buffer_;
    std::size_t read_ = 0;
    std::optional<Fault> fault_;
};

} // namespace vedette::wire
