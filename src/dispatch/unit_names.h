// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "near_tree.h"

#include <bit>
#include <functional>
#include <optional>
#include <string_view>

namespace vedette::dispatch {

// Unit code -> slot, for codes that lie elsewhere: 8 bytes an entry where a map would copy every code.
class UnitNames {
public:
    // Makes room for `count` codes and forgets all.
    void reset(std::size_t count) { places_.assign(std::bit_ceil(count + count / 2 + 1), Place{}); }
    // Adds what isn't there yet. At most as many as reset() was told.
    void add(std::string_view name, SlotIndex slot) {
        const std::size_t hash = std::hash<std::string_view>{}(name);
        std::size_t at = hash & (places_.size() - 1);
        while (places_[at].slot != none)
            at = (at + 1) & (places_.size() - 1);
        places_[at] = {tag(hash), slot};
    }
    // `nameOf(slot)` is the code of a slot that was added.
    template <class NameOf>
    std::optional<SlotIndex> find(std::string_view name, const NameOf& nameOf) const {
        const std::size_t hash = std::hash<std::string_view>{}(name);
        for (std::size_t at = hash & (places_.size() - 1); places_[at].slot != none;
             at = (at + 1) & (places_.size() - 1))
            if (places_[at].tag == tag(hash) && nameOf(places_[at].slot) == name)
                return places_[at].slot;
        return std::nullopt;
    }

private:
    static constexpr SlotIndex none = ~SlotIndex{0};
    struct Place {
        std::uint32_t tag = 0;
        SlotIndex slot = none;
    };
    static std::uint32_t tag(std::size_t hash) { return std::uint32_t(hash >> 32); }
    std::vector<Place> places_{Place{}};
};

} // namespace vedette::dispatch
