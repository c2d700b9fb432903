// SPDX-License-Identifier: GPL-3.0-or-later
#include "near_tree.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

using namespace vedette;
using namespace vedette::dispatch;

namespace {

// Told the same as the tree; asks it for the nearest few and looks at everybody itself.
class Twin {
public:
    explicit Twin(unsigned seed) : random_(seed) {}

    layers::Point scattered() { return {along(), along()}; }
    layers::Point atStation() { return {500.0 * double(random_() % 3), 700.0 * double(random_() % 2)}; }
    layers::Point inKnot() { return {100 + along() / 1e6, 200 + along() / 1e6}; }
    layers::Point onLine() { return {along(), 250}; }

    void insert(SlotIndex slot, layers::Point at) {
        tree.insert({at, slot});
        points.emplace(slot, at);
    }
    void remove(SlotIndex slot) {
        tree.remove({points.at(slot), slot});
        points.erase(slot);
    }
    void fill(std::map<SlotIndex, layers::Point> all) {
        std::vector<NearTree::Entry> entries;
        for (const auto& [slot, at] : all)
            entries.push_back({at, slot});
        std::shuffle(entries.begin(), entries.end(), random_);
        tree.fill(std::move(entries));
        points = std::move(all);
    }
    void check(layers::Point at, std::size_t few) const {
        ASSERT_EQ(tree.size(), points.size());
        std::vector<std::pair<double, SlotIndex>> all, near;
        for (const auto& [slot, point] : points)
            all.emplace_back(distance(point, at), slot);
        std::sort(all.begin(), all.end());
        tree.outwards(at, [&](double metres, layers::Point point, SlotIndex slot) {
            EXPECT_EQ(point, points.at(slot));
            EXPECT_DOUBLE_EQ(metres, distance(point, at));
            metres = distance(point, at); // to the last bit, for the order below
            if (near.size() >= few && (few == 0 || metres > near[few - 1].first))
                return false;
            near.emplace_back(metres, slot);
            std::sort(near.begin(), near.end());
            return true;
        });
        // All as near as the last of the few have been visited, ties too, and nobody twice.
        std::size_t due = std::min(few, all.size());
        while (due > 0 && due < all.size() && all[due].first == all[due - 1].first)
            ++due;
        near.resize(std::min(near.size(), due));
        all.resize(due);
        ASSERT_EQ(near, all);
    }
    layers::Point anyPlace() { return random_() % 4 ? scattered() : atStation(); }
    std::size_t below(std::size_t n) { return random_() % n; }

    NearTree tree;
    std::map<SlotIndex, layers::Point> points;

private:
    double along() { return double(random_() % 1000000) / 1000; }
    static double distance(layers::Point a, layers::Point b) {
        const double dx = a.x - b.x, dy = a.y - b.y;
        return std::sqrt(dx * dx + dy * dy);
    }
    std::mt19937 random_;
};

} // namespace

TEST(NearTree, EmptyAnswersNobody) {
    Twin twin(1);
    twin.check({0, 0}, 5);
    twin.fill({});
    twin.check({0, 0}, 5);
    twin.insert(7, {1, 2});
    twin.check({0, 0}, 5);
    twin.remove(7);
    twin.check({0, 0}, 5);
}

TEST(NearTree, ThousandAtOnePlaceAreAllFound) {
    Twin twin(2);
    std::map<SlotIndex, layers::Point> all;
    for (SlotIndex slot = 0; slot < 1000; ++slot)
        all[slot] = {3, 4};
    twin.fill(all);
    twin.check({3, 4}, 5);
    for (SlotIndex slot = 1000; slot < 1100; ++slot)
        twin.insert(slot, slot % 2 ? layers::Point{3, 4} : twin.scattered());
    for (SlotIndex slot = 0; slot < 900; slot += 2)
        twin.remove(slot);
    for (int i = 0; i < 20; ++i)
        twin.check(twin.anyPlace(), twin.below(30));
}

TEST(NearTree, FilledEqualsBruteForce) {
    Twin twin(3);
    for (const std::size_t count : {1, 16, 17, 100, 3000}) {
        std::map<SlotIndex, layers::Point> all;
        for (SlotIndex slot = 0; slot < count; ++slot)
            all[slot] = slot % 4 == 0   ? twin.scattered()
                        : slot % 4 == 1 ? twin.atStation()
                        : slot % 4 == 2 ? twin.inKnot()
                                        : twin.onLine();
        twin.fill(all);
        for (int i = 0; i < 100; ++i)
            twin.check(twin.anyPlace(), twin.below(30));
    }
}

TEST(NearTree, MovedAboutEqualsBruteForce) {
    Twin twin(4);
    for (int round = 0; round < 20000; ++round) {
        const auto slot = SlotIndex(twin.below(400));
        if (twin.points.contains(slot))
            twin.remove(slot);
        // The crowd gathers in turns at stations, in a knot, on a line, and scatters again.
        switch (round / 2500 % 4) {
        case 0:
            twin.insert(slot, twin.scattered());
            break;
        case 1:
            twin.insert(slot, twin.atStation());
            break;
        case 2:
            twin.insert(slot, twin.inKnot());
            break;
        default:
            if (round % 3)
                twin.insert(slot, twin.onLine());
        }
        SCOPED_TRACE(round);
        if (round % 10 == 0) {
            ASSERT_NO_FATAL_FAILURE(twin.check(twin.anyPlace(), twin.below(30)));
        }
    }
}
