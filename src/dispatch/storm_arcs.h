// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/storm.h"
#include "joint_assignment.h"
#include "near_tree.h"

#include <memory>
#include <unordered_map>

namespace vedette::dispatch {

// The tickets of a plan as a joint problem, and who may go to each, near ones first. Units are those of
// field.ready, by place there.
class StormArcs final : public ArcSource {
public:
    // `tickets`: of field.state, gravest first; alive as long as this.
    StormArcs(const StormField& field, const StormRequest& request, const CostModel& cost,
              std::vector<const Ticket*> tickets);
    ~StormArcs() override;

    const JointProblem& problem() const { return problem_; }
    std::int64_t more(std::uint32_t task, std::vector<JointArc>& arcs) override;

    const std::vector<const Ticket*>& tickets() const { return tickets_; }
    bool placed(std::uint32_t task) const;
    // The most responsible area it owns there, "" when it owns none.
    std::string_view owned(std::uint32_t task, std::uint32_t unit);
    bool before(std::uint32_t task, std::uint32_t unit) const { return site_(task).before == unit; }
    Cost asked(std::uint32_t task, std::uint32_t unit) const;
    std::int32_t costOf(std::uint32_t task, std::uint32_t unit);
    std::optional<std::chrono::seconds> late(std::uint32_t task, double seconds) const;

private:
    struct Owner {
        std::uint32_t unit;
        std::string_view area;
    };
    struct Site {
        layers::Point at;
        std::uint32_t before = JointResult::nobody;
        bool known = false, begun = false, planned = false;
        std::vector<Owner> owners;         // most responsible area first
        std::vector<std::uint32_t> barred; // on it already
        // What was given: everybody nearer, and at that distance those up to the unit.
        double metres = -1;
        std::uint32_t last = 0, given = 0;
    };
    const Site& site_(std::uint32_t task) const { return sites_[task]; }
    void findKind(std::uint32_t task, std::unordered_map<std::string, std::uint32_t>& kinds);
    void begin(std::uint32_t task, std::vector<JointArc>& arcs);
    bool barred(std::uint32_t task, std::uint32_t unit) const;
    bool mayGo(std::uint32_t task, std::uint32_t unit) const;
    double weighed(std::uint32_t task, double seconds, bool owner, bool kept) const;

    const StormField& field_;
    const CostModel& cost_;
    std::vector<const Ticket*> tickets_;
    double tolerance_, keep_;
    JointProblem problem_;
    std::vector<Site> sites_;
    std::vector<NearTree> trees_; // of a kind
    std::unordered_map<std::string_view, std::vector<std::uint32_t>> ownersOf_;
};

} // namespace vedette::dispatch
