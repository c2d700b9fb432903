// SPDX-License-Identifier: GPL-3.0-or-later
#include "joint_assignment.h"

#include "lemon_oracle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

using namespace vedette;
using namespace vedette::dispatch;

namespace {

// A cost table, given away in small pieces with the least cost of what is kept back; below 0: may not go.
class Table final : public ArcSource {
public:
    JointProblem problem;
    std::vector<std::vector<std::int64_t>> cost;
    std::size_t given = 0;

    // Everything of one problem is small and random: ranks, rooms, kinds in two pools, who may go.
    Table(std::mt19937& random, std::size_t tasks, std::size_t units, int mostRoom, int mayGoPercent,
          std::int64_t mostCost) {
        const auto below = [&](auto n) { return std::uint32_t(random() % std::uint32_t(n)); };
        problem.poolOfKind = {0, 0, 1};
        problem.unitsOfKind.resize(3);
        for (std::uint32_t unit = 0; unit < units; ++unit) {
            problem.room.push_back(1 + int(below(mostRoom)));
            problem.poolOfUnit.push_back(below(3) == 0);
            if (problem.poolOfUnit.back() == 1) {
                problem.unitsOfKind[2].push_back(unit);
            } else {
                problem.unitsOfKind[0].push_back(unit);
                if (below(2))
                    problem.unitsOfKind[1].push_back(unit);
            }
        }
        cost.assign(tasks, std::vector<std::int64_t>(units, -1));
        rest_.resize(tasks);
        for (std::uint32_t task = 0; task < tasks; ++task) {
            problem.rank.push_back(std::uint8_t(below(4)));
            problem.kind.push_back(below(3));
            for (const std::uint32_t unit : problem.unitsOfKind[problem.kind.back()])
                if (int(below(100)) < mayGoPercent) {
                    cost[task][unit] = below(mostCost);
                    rest_[task].push_back({unit, std::int32_t(cost[task][unit])});
                }
            std::sort(rest_[task].begin(), rest_[task].end(),
                      [](const JointArc& a, const JointArc& b) { return a.cost > b.cost; });
        }
        chunk_ = 1 + below(4);
    }
    std::int64_t more(std::uint32_t task, std::vector<JointArc>& arcs) override {
        auto& rest = rest_[task];
        if (rest.size() > 2 && rest.size() % 3 == 0) { // one dear arc before its turn, as owners' come
            arcs.push_back(rest.front());
            rest.erase(rest.begin());
        }
        for (std::size_t i = 0; i < chunk_ && !rest.empty(); ++i, ++given)
            arcs.push_back(rest.back()), rest.pop_back();
        return rest.empty() ? nothingMore : rest.back().cost;
    }

private:
    std::vector<std::vector<JointArc>> rest_; // cheapest last
    std::size_t chunk_ = 1;
};

constexpr std::int64_t leftOutStep = std::int64_t{1} << 42;
std::int64_t leftOut(const JointProblem& problem, std::size_t task) {
    return leftOutStep * (4 - problem.rank[task]);
}

// Checks what any plan must keep; returns its cost with what is left out.
std::int64_t checked(const Table& table, const JointResult& result) {
    std::vector<int> taken(table.problem.room.size());
    std::int64_t served = 0, out = 0;
    for (std::size_t task = 0; task < result.unitOf.size(); ++task) {
        const std::uint32_t unit = result.unitOf[task];
        if (unit == JointResult::nobody) {
            out += leftOut(table.problem, task);
            continue;
        }
        EXPECT_GE(table.cost[task][unit], 0) << "who may not go was sent";
        EXPECT_LE(++taken[unit], table.problem.room[unit]);
        served += table.cost[task][unit];
    }
    EXPECT_EQ(served, result.cost);
    return served + out;
}

std::int64_t bruteForce(const Table& table, std::vector<int>& room, std::size_t task) {
    if (task == table.cost.size())
        return 0;
    std::int64_t best = leftOut(table.problem, task) + bruteForce(table, room, task + 1);
    for (std::size_t unit = 0; unit < room.size(); ++unit)
        if (table.cost[task][unit] >= 0 && room[unit] > 0) {
            --room[unit];
            best = std::min(best, table.cost[task][unit] + bruteForce(table, room, task + 1));
            ++room[unit];
        }
    return best;
}

std::int64_t lemon(const Table& table) {
    std::vector<std::int64_t> out;
    std::vector<oracle::LemonArc> arcs;
    for (std::size_t task = 0; task < table.cost.size(); ++task) {
        out.push_back(leftOut(table.problem, task));
        for (std::size_t unit = 0; unit < table.problem.room.size(); ++unit)
            if (table.cost[task][unit] >= 0)
                arcs.push_back({std::uint32_t(task), std::uint32_t(unit), table.cost[task][unit]});
    }
    return oracle::lemonAssign(out, table.problem.room, arcs).cost;
}

} // namespace

TEST(JointAssignment, NobodyAndNothing) {
    std::mt19937 random(1);
    Table none(random, 0, 0, 1, 100, 10);
    const JointResult result = assignJointly(none.problem, none);
    EXPECT_TRUE(result.unitOf.empty());
    EXPECT_TRUE(result.proven);
    Table alone(random, 5, 0, 1, 100, 10);
    EXPECT_EQ(assignJointly(alone.problem, alone).unitOf, std::vector<std::uint32_t>(5, JointResult::nobody));
}

TEST(JointAssignment, IsTheBestOfAllPlansWhereAllCanBeTried) {
    std::mt19937 random(20261124);
    for (int round = 0; round < 2000; ++round) {
        Table table(random, random() % 6, random() % 6, 1 + int(random() % 3), 30 + int(random() % 71),
                    round % 2 ? 1000 : 4);
        const JointResult result = assignJointly(table.problem, table);
        std::vector<int> room = table.problem.room;
        ASSERT_EQ(checked(table, result), bruteForce(table, room, 0)) << "round " << round;
        ASSERT_TRUE(result.proven);
        ASSERT_EQ(result.bound, result.cost);
    }
}

TEST(JointAssignment, AgreesWithLemonWhetherUnitsSufficeOrNot) {
    std::mt19937 random(7);
    for (int round = 0; round < 60; ++round) {
        const std::size_t tasks = 20 + random() % 180, units = 10 + random() % 240;
        Table table(random, tasks, units, 1 + int(random() % 3), round % 3 ? 100 : 5,
                    round % 2 ? 1'000'000 : 50);
        const JointResult result = assignJointly(table.problem, table);
        ASSERT_EQ(checked(table, result), lemon(table)) << "round " << round;
        ASSERT_TRUE(result.proven);
    }
}

TEST(JointAssignment, APlanCutShortIsAPlanAndItsBoundIsTrue) {
    std::mt19937 random(11);
    int known = 0;
    for (int round = 0; round < 60; ++round) {
        Table table(random, 20 + random() % 100, 20 + random() % 160, 2, 100, 10'000);
        Table same = table;
        const std::size_t until = random() % table.problem.rank.size();
        std::size_t asked = 0, firsts = 0;
        JointWatch watch;
        JointResult first;
        watch.firstDue = [&] { return asked >= until / 2; };
        watch.first = [&](const JointResult& given) { first = given, ++firsts; };
        watch.stop = [&] { return ++asked > until; };
        const JointResult cut = assignJointly(table.problem, table, watch);
        const JointResult best = assignJointly(same.problem, same);
        const std::int64_t bestCost = checked(same, best);
        for (const JointResult* plan : std::initializer_list<const JointResult*>{&cut, &first}) {
            if (plan == &first && firsts == 0)
                continue;
            const std::int64_t cost = checked(table, *plan);
            ASSERT_GE(cost, bestCost);
            ASSERT_TRUE(!plan->proven || cost == bestCost);
            if (plan->bound) {
                ++known;
                ASSERT_LE(*plan->bound + (cost - plan->cost), bestCost);
            }
        }
        ASSERT_LE(firsts, 1u);
    }
    EXPECT_GT(known, 20);
}
