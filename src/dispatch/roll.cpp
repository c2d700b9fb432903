// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/reference.h"
#include "journal_chain.h"

#include <algorithm>
#include <bit>
#include <functional>

namespace vedette::dispatch {

Roll::Roll(std::vector<UnitFacts> byId) : Roll(std::move(byId), {}) {}

Roll::Roll(std::vector<UnitFacts> byId, std::string name)
    : facts(std::move(byId)),
      sha256(name.empty() ? hex(dispatch::sha256(encodeUnits(facts))) : std::move(name)),
      slots_(std::bit_ceil(facts.size() * 2 + 1)) {
    for (std::uint32_t place = 0; place < facts.size(); ++place) {
        std::size_t slot = std::hash<std::string_view>{}(facts[place].id.text);
        while (slots_[slot & (slots_.size() - 1)])
            ++slot;
        slots_[slot & (slots_.size() - 1)] = place + 1;
    }
}

std::optional<std::uint32_t> Roll::rank(std::string_view unit) const {
    for (std::size_t slot = std::hash<std::string_view>{}(unit);; ++slot) {
        const std::uint32_t held = slots_[slot & (slots_.size() - 1)];
        if (!held)
            return std::nullopt;
        if (facts[held - 1].id.text == unit)
            return held - 1;
    }
}

std::shared_ptr<const Roll> readRoll(std::string sha256, std::string_view content) {
    std::vector<UnitFacts> facts = decodeUnits(content);
    std::sort(facts.begin(), facts.end(), [](const UnitFacts& a, const UnitFacts& b) { return a.id < b.id; });
    const auto same = std::unique(facts.begin(), facts.end(),
                                  [](const UnitFacts& a, const UnitFacts& b) { return a.id == b.id; });
    facts.erase(same, facts.end());
    return std::make_shared<const Roll>(std::move(facts), std::move(sha256));
}

} // namespace vedette::dispatch
