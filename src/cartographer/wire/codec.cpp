// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/codec.h"

#include "body.h"
#include "bytes.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace vedette::wire {

namespace {

constexpr std::array<std::uint8_t, 4> magic{'V', 'D', 'T', 'C'};
constexpr std::size_t lengthAt = 8;
constexpr std::uint64_t roomForProblems = 1u << 20;
constexpr std::size_t keptRoom = 1u << 16;

std::vector<std::uint8_t> head(std::uint16_t type, std::uint64_t generation, std::uint16_t version) {
    std::vector<std::uint8_t> out(magic.begin(), magic.end());
    Writer writer(out);
    writer.number(version);
    writer.number(type);
    writer.number(std::uint32_t{0});
    writer.number(generation);
    return out;
}

void setLength(std::vector<std::uint8_t>& frame, std::size_t more = 0) {
    const auto payload = frame.size() - headSize + more;
    assert(payload <= largestPayload);
    const auto length = static_cast<std::uint32_t>(payload);
    std::memcpy(frame.data() + lengthAt, &length, sizeof length);
}

} // namespace

std::vector<std::uint8_t> encode(const Message& message, std::uint16_t version) {
    auto out = head(static_cast<std::uint16_t>(message.body.index() + 1), message.generation, version);
    encodeBody(message.body, out);
    setLength(out);
    return out;
}

bool fits(const Message& message) {
    std::vector<std::uint8_t> payload;
    encodeBody(message.body, payload);
    return payload.size() <= largestPayload;
}

std::vector<std::uint8_t> encodeFrameHead(std::uint64_t generation, const Frame& frame) {
    const auto type = static_cast<std::uint16_t>(Body(Frame{}).index() + 1);
    auto out = head(type, generation, protocolVersion);
    encodeFrameFields(frame, out);
    setLength(out, std::size_t{frame.stride} * frame.height);
    return out;
}

bool frameFits(std::uint32_t width, std::uint32_t height) {
    return width >= 1 && height >= 1 && width <= largestSide && height <= largestSide &&
           std::uint64_t{width} * height * 4 + roomForProblems <= largestPayload;
}

std::string_view name(Fault::Kind kind) {
    switch (kind) {
    case Fault::Kind::notOurs:
        return "notOurs";
    case Fault::Kind::wrongVersion:
        return "wrongVersion";
    case Fault::Kind::tooBig:
        return "tooBig";
    case Fault::Kind::unknownType:
        return "unknownType";
    case Fault::Kind::malformed:
        return "malformed";
    }
    return "";
}

void Decoder::feed(std::span<const std::uint8_t> bytes) {
    if (fault_)
        return;
    if (read_ > 0) {
        buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(read_));
        read_ = 0;
    }
    buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
}

Decoder::Item Decoder::fail(Fault fault) {
    fault_ = fault;
    buffer_ = {};
    read_ = 0;
    return fault;
}

std::optional<Decoder::Item> Decoder::next() {
    if (fault_)
        return Item(*fault_);
    const auto bytes = std::span<const std::uint8_t>(buffer_).subspan(read_);
    // A wrong first byte is enough: whoever talks something else may never send a whole head.
    const auto begun = std::min(bytes.size(), magic.size());
    if (!std::equal(magic.begin(), magic.begin() + begun, bytes.begin()))
        return fail({Fault::Kind::notOurs});
    if (bytes.size() < headSize)
        return std::nullopt;
    Cursor in(bytes.first(headSize));
    in.take(magic.size());
    const auto version = in.number<std::uint16_t>();
    const auto type = in.number<std::uint16_t>();
    const auto length = in.number<std::uint32_t>();
    const auto generation = in.number<std::uint64_t>();
    if (version != protocolVersion)
        return fail({Fault::Kind::wrongVersion, version, protocolVersion});
    if (!knownType(type))
        return fail({Fault::Kind::unknownType, type});
    if (length > largestPayload)
        return fail({Fault::Kind::tooBig, length, largestPayload});
    if (bytes.size() - headSize < length)
        return std::nullopt;
    auto body = decodeBody(type, bytes.subspan(headSize, length));
    if (!body)
        return fail({Fault::Kind::malformed, type});
    read_ += headSize + length;
    if (read_ == buffer_.size() && buffer_.capacity() > keptRoom) { // a frame went through: nobody needs its megabytes
        buffer_ = {};
        read_ = 0;
    }
    return Item(Message{generation, std::move(*body)});
}

} // namespace vedette::wire
