// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/recommend.h"

#include <array>
#include <cmath>

namespace vedette::dispatch {

namespace {

// km/h by Role: on foot and electric scooter for grid work, cars with right of way for rescue.
constexpr std::array<double, 7> kilometresPerHour{30, 25, 12, 10, 15, 40, 30};

class StraightCost final : public CostModel {
public:
    explicit StraightCost(double detour) : detour_(detour) {}
    Cost cost(layers::Point from, layers::Point to, Role role) const override {
        const double straight = std::hypot(from.x - to.x, from.y - to.y);
        return {straight * detour_, minSeconds(straight, role), "straight"};
    }
    double minSeconds(double straightMetres, Role role) const override {
        return straightMetres * detour_ / (kilometresPerHour[std::size_t(role)] / 3.6);
    }

private:
    double detour_;
};

} // namespace

std::unique_ptr<CostModel> straightCost(const layers::Rules& rules) {
    return std::make_unique<StraightCost>(rules.detour);
}

} // namespace vedette::dispatch
