// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/classes.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace vedette::layers {
namespace {

using Ends = std::vector<double>;

TEST(Classes, nothingGivesNoClasses) {
    for (const auto method : {BreakMethod::jenks, BreakMethod::quantile, BreakMethod::equalInterval}) {
        EXPECT_TRUE(classEnds({}, 5, method).empty());
        EXPECT_TRUE(classEnds(Ends{1, 2}, 0, method).empty());
        EXPECT_TRUE(classEnds(Ends{NAN, INFINITY, -INFINITY}, 5, method).empty());
        EXPECT_EQ(classEnds(Ends{7, 7, 7}, 5, method), Ends{7});
        EXPECT_EQ(classEnds(Ends{3, NAN, 1, 2}, 1, method), Ends{3});
    }
}

TEST(Classes, aValueLiesInTheFirstClassThatReachesIt) {
    const Ends ends{1, 2, 3};
    EXPECT_EQ(classOf(ends, -5), 0u);
    EXPECT_EQ(classOf(ends, 1), 0u);
    EXPECT_EQ(classOf(ends, 1.1), 1u);
    EXPECT_EQ(classOf(ends, 3), 2u);
    EXPECT_EQ(classOf(ends, 99), 2u);
}

// The example of R's classInt (0.4-9, tests/test_Unique.R with its published output): set.seed(1);
// c(rep(0,10), rnorm(100, mean=20, sd=1), rep(26,10)). The normal numbers are R's, by its generator.
Ends censored() {
    Ends values(10, 0.0);
    const Ends normal{
        19.3735462, 20.1836433, 19.1643714, 21.5952808, 20.3295078, 19.1795316, 20.4874291, 20.7383247,
        20.5757814, 19.6946116, 21.5117812, 20.3898432, 19.3787594, 17.7853001, 21.1249309, 19.9550664,
        19.9838097, 20.9438362, 20.8212212, 20.5939013, 20.9189774, 20.7821363, 20.0745650, 18.0106483,
        20.6198257, 19.9438713, 19.8442045, 18.5292476, 19.5218499, 20.4179416, 21.3586796, 19.8972123,
        20.3876716, 19.9461950, 18.6229404, 19.5850054, 19.6057100, 19.9406866, 21.1000254, 20.7631757,
        19.8354764, 19.7466383, 20.6969634, 20.5566632, 19.3112443, 19.2925048, 20.3645820, 20.7685329,
        19.8876538, 20.8811077, 20.3981059, 19.3879736, 20.3411197, 18.8706369, 21.4330237, 21.9803999,
        19.6327785, 18.9558654, 20.5697196, 19.8649454, 22.4016178, 19.9607600, 20.6897394, 20.0280022,
        19.2567268, 20.1887923, 18.1950414, 21.4655549, 20.1532533, 22.1726117, 20.4755095, 19.2900536,
        20.6107264, 19.0659024, 18.7463666, 20.2914462, 19.5567081, 20.0011054, 20.0743413, 19.4104791,
        19.4313313, 19.8648214, 21.1780870, 18.4764332, 20.5939462, 20.3329504, 21.0630998, 19.6958161,
        20.3700188, 20.2670988, 19.4574800, 21.2078678, 21.1604026, 20.7002136, 21.5868335, 20.5584864,
        18.7234078, 19.4267346, 18.7753874, 19.5265994};
    values.insert(values.end(), normal.begin(), normal.end());
    values.insert(values.end(), 10, 26.0);
    return values;
}

std::vector<int> counts(const Ends& values, const Ends& ends) {
    std::vector<int> out(ends.size());
    for (const double value : values)
        ++out[classOf(ends, value)];
    return out;
}

TEST(Classes, jenksGivesWhatClassIntPublished) {
    const Ends ends = classEnds(censored(), 5, BreakMethod::jenks);
    const Ends published{0, 19.69582, 20.82122, 22.40162, 26};
    ASSERT_EQ(ends.size(), published.size());
    for (std::size_t i = 0; i < ends.size(); ++i)
        EXPECT_NEAR(ends[i], published[i], 5e-6);
    EXPECT_EQ(counts(censored(), ends), (std::vector<int>{10, 33, 49, 18, 10}));
}

TEST(Classes, quantilesGiveWhatClassIntPublished) {
    const Ends ends = classEnds(censored(), 5, BreakMethod::quantile);
    const Ends published{19.24129, 19.87857, 20.39315, 21.07048, 26};
    ASSERT_EQ(ends.size(), published.size());
    for (std::size_t i = 0; i < ends.size(); ++i)
        EXPECT_NEAR(ends[i], published[i], 5e-6);
    EXPECT_EQ(counts(censored(), ends), std::vector<int>(5, 24));
}

TEST(Classes, equalIntervalsGiveWhatClassIntPublished) {
    const Ends ends = classEnds(censored(), 5, BreakMethod::equalInterval);
    const Ends published{5.2, 10.4, 15.6, 20.8, 26};
    ASSERT_EQ(ends.size(), published.size());
    for (std::size_t i = 0; i < ends.size(); ++i)
        EXPECT_NEAR(ends[i], published[i], 1e-12);
    EXPECT_EQ(counts(censored(), ends), (std::vector<int>{10, 0, 0, 81, 29}));
}

double squares(const Ends& sorted, std::size_t from, std::size_t till) {
    const double mean =
        std::accumulate(sorted.begin() + long(from), sorted.begin() + long(till), 0.0) / double(till - from);
    double sum = 0;
    for (std::size_t i = from; i < till; ++i)
        sum += (sorted[i] - mean) * (sorted[i] - mean);
    return sum;
}

double best(const Ends& sorted, std::size_t from, int classes) {
    if (classes == 1)
        return squares(sorted, from, sorted.size());
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t till = from + 1; till + std::size_t(classes) <= sorted.size() + 1; ++till)
        least = std::min(least, squares(sorted, from, till) + best(sorted, till, classes - 1));
    return least;
}

TEST(Classes, jenksIsTheBestOfAllWaysToCut) {
    rc::check([] {
        auto raw = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-50, 50));
        if (raw.size() > 12)
            raw.resize(12);
        Ends sorted(raw.begin(), raw.end());
        std::sort(sorted.begin(), sorted.end());
        const int wanted = *rc::gen::inRange(1, 5);
        const Ends ends = classEnds(sorted, wanted, BreakMethod::jenks);
        if (sorted.empty())
            return;
        const auto distinct = std::size_t(
            std::unique(raw.begin(), (std::sort(raw.begin(), raw.end()), raw.end())) - raw.begin());
        RC_ASSERT(ends.size() == std::min(std::size_t(wanted), distinct));
        double ours = 0;
        for (std::size_t k = 0, from = 0; k < ends.size(); ++k) {
            const auto till =
                std::size_t(std::upper_bound(sorted.begin(), sorted.end(), ends[k]) - sorted.begin());
            ours += squares(sorted, from, till);
            from = till;
        }
        RC_ASSERT(std::abs(ours - best(sorted, 0, int(ends.size()))) < 1e-6);
    });
}

} // namespace
} // namespace vedette::layers
