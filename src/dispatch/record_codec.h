// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state_impl.h"

#include <string>

namespace vedette::dispatch {

// The canonical bytes of the state's records: little-endian, texts with their length before them, fields in
// the order of the struct. They are what the state hash is made of and what a snapshot on disk holds. A
// change here is a new fold version ("f3:") and a new snapshot format.
enum class Private : bool { out, in }; // private text: out for hashes, in for snapshots

void encodeRecord(std::string& bytes, const Ticket& ticket, Private text);
void encodeRecord(std::string& bytes, const UnitRecord& unit, Private text = Private::in);
std::string
headerBytes(const State::Impl& state); // everything that isn't a ticket, a unit or reference content

// 128-bit XXH3; `seed` keeps kinds of records apart.
Sum128 hashOf(std::string_view bytes, std::uint64_t seed);
Sum128 ticketHash(const Ticket& ticket);
Sum128 unitHash(const UnitRecord& unit);

// Reading what the above wrote; false when it is cut short or spoilt.
bool decodeRecord(std::string_view& bytes, Ticket& ticket);
// `roll` gives a listed unit its facts by rank.
bool decodeRecord(std::string_view& bytes, UnitRecord& unit, const std::shared_ptr<const Roll>& roll,
                  std::size_t rank);
struct Header {
    State::Impl state;         // without tickets and units, roll and catalogue
    std::string units, duties; // sha256 of the pinned content
};
bool decodeHeader(std::string_view bytes, Header& header);

} // namespace vedette::dispatch
