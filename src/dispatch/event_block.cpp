// SPDX-License-Identifier: GPL-3.0-or-later
#include "event_block.h"

#include "payload_json.h"

namespace vedette::dispatch {

namespace {

Instant instant(std::int64_t millis) {
    return Instant{std::chrono::milliseconds{millis}};
}

} // namespace

void EventBlock::clear() {
    used_ = 0;
    stored_.clear();
    secrets_.clear();
    contents_.clear();
    texts_.clear();
}

EventBlock::Place EventBlock::keep(std::string_view text) {
    const Place place{texts_.size(), text.size()};
    texts_ += text;
    return place;
}

void EventBlock::add(const Statement& row, Mode mode) {
    if (used_ == events_.size())
        events_.emplace_back();
    Envelope& e = events_[used_++].envelope;
    e.seq = static_cast<Seq>(row.integer(0));
    e.stream = row.text(1);
    e.version = static_cast<std::uint32_t>(row.integer(2));
    e.kind = row.text(3);
    e.kindVersion = static_cast<int>(row.integer(4));
    e.occurredAt = instant(row.integer(5));
    e.recordedAt = instant(row.integer(6));
    e.actor = row.text(7);
    e.mode = mode;
    stored_.push_back(keep(row.text(8)));
}

void EventBlock::addSecret(std::string_view field, std::string_view text) {
    secrets_.push_back({used_ - 1, keep(field), keep(text)});
}

void EventBlock::addContent(std::shared_ptr<const std::string> content) {
    contents_.emplace_back(used_ - 1, std::move(content));
}

void EventBlock::decode() {
    auto secret = secrets_.begin();
    for (std::size_t i = 0; i < used_; ++i) {
        Event& event = events_[i];
        decodePayload(event.envelope.kind, event.envelope.kindVersion, textAt(stored_[i]), event.payload);
        for (; secret != secrets_.end() && secret->event == i; ++secret)
            setPrivateText(event.payload, textAt(secret->field), std::string(textAt(secret->text)));
    }
    for (auto& [event, content] : contents_)
        if (auto* pinned = std::get_if<ReferencePinned>(&events_[event].payload))
            pinned->content = std::move(content);
}

} // namespace vedette::dispatch
