// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan.h"

#include <algorithm>
#include <set>

namespace vedette::ctl {

// Parks, schools, malls: whole blocks, so that streets run round them. Away from the river's strip; only a
// park may lie on the shore.
void planExclusives(Plan& plan, const PlanSizes& sizes, Chance& chance) {
    std::set<Mesh::Vertex> river(plan.river.begin(), plan.river.end()),
        coast(plan.coast.begin(), plan.coast.end());
    struct Choice {
        double key;
        int block;
        bool shore;
    };
    std::vector<Choice> choices;
    for (std::size_t b = 0; b < plan.blocks.size(); ++b) {
        const Face& block = plan.blocks[b];
        const auto touches = [&](const std::set<Mesh::Vertex>& line) {
            return std::any_of(block.ring.begin(), block.ring.end(),
                               [&](auto v) { return line.contains(v); });
        };
        const double key = chance.unit(), area = signedArea(plan.mesh.points(block.ring));
        const bool small = area < 60000 || area > 900000 * plan.scale;
        choices.push_back(
            {key + (small ? 1 : 0) + (touches(river) ? 10 : 0), static_cast<int>(b), touches(coast)});
    }
    std::sort(choices.begin(), choices.end(), [](const Choice& a, const Choice& b) {
        return a.key != b.key ? a.key < b.key : a.block < b.block;
    });
    const Draw kinds({0.22, 0.30, 0.12, 0.10, 0.12, 0.06, 0.04, 0.04}); // as ExclusiveKind
    std::vector<int> taken(plan.level3.size(), 0);
    std::set<int> used;
    for (int round = 1; round <= 3; ++round)
        for (const Choice& choice : choices) {
            if (static_cast<int>(plan.exclusives.size()) >= sizes.exclusives)
                break;
            const Face& block = plan.blocks[static_cast<std::size_t>(choice.block)];
            int& count = taken[static_cast<std::size_t>(block.parent)];
            if (count >= round || !used.insert(choice.block).second)
                continue;
            ExclusiveGrid grid;
            grid.ring = block.ring;
            grid.grid = block.parent;
            grid.kind = choice.shore ? ExclusiveKind::park : static_cast<ExclusiveKind>(kinds(chance));
            const double density = plan.density(centroid(plan.mesh.points(block.ring)));
            if (grid.kind == ExclusiveKind::industry && density > 0.6)
                grid.kind = ExclusiveKind::mall;
            if (grid.kind == ExclusiveKind::mall && density < 0.2)
                grid.kind = ExclusiveKind::industry;
            plan.exclusives.push_back(std::move(grid));
            ++count;
        }
    std::stable_sort(plan.exclusives.begin(), plan.exclusives.end(),
                     [](const ExclusiveGrid& a, const ExclusiveGrid& b) { return a.grid < b.grid; });
}

} // namespace vedette::ctl
