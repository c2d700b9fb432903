// SPDX-License-Identifier: GPL-3.0-or-later
#include "role_speed.h"

#include "dispatch/recommend.h"

#include <array>
#include <cmath>

namespace vedette::dispatch {

namespace {

class StraightCost final : public CostModel {
public:
    explicit StraightCost(double detour) : detour_(detour) {
        for (std::size_t role = 0; role < secondsPerMetre_.size(); ++role)
            secondsPerMetre_[role] = detour / (kilometresPerHour[role] / 3.6);
    }
    Cost cost(layers::Point from, layers::Point to, Role role) const override {
        const double dx = from.x - to.x, dy = from.y - to.y, straight = std::sqrt(dx * dx + dy * dy);
        return {straight * detour_, over(straight, role), "straight"};
    }
    double minSeconds(layers::Point, double straightMetres, Role role) const override {
        return over(straightMetres, role);
    }

private:
    double over(double straightMetres, Role role) const {
        return straightMetres * secondsPerMetre_[std::size_t(role)];
    }
    double detour_;
    std::array<double, kilometresPerHour.size()> secondsPerMetre_{}; // on the straight line
};

} // namespace

std::unique_ptr<CostModel> straightCost(const layers::Rules& rules) {
    return std::make_unique<StraightCost>(rules.detour);
}

} // namespace vedette::dispatch
