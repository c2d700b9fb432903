// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/classes.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace vedette::layers {

namespace {

// Sums from the start over distinct values, moved to their mean so that large coordinates keep their digits.
struct Sums {
    std::vector<double> value;                // distinct, ascending
    std::vector<double> count, first, second; // of the values before each index

    explicit Sums(const std::vector<double>& sorted) : count{0}, first{0}, second{0} {
        double mean = 0;
        for (std::size_t i = 0; i < sorted.size(); ++i)
            mean += (sorted[i] - mean) / static_cast<double>(i + 1);
        for (std::size_t i = 0; i < sorted.size();) {
            std::size_t till = i;
            while (till < sorted.size() && sorted[till] == sorted[i])
                ++till;
            const double many = static_cast<double>(till - i), moved = sorted[i] - mean;
            value.push_back(sorted[i]);
            count.push_back(count.back() + many);
            first.push_back(first.back() + many * moved);
            second.push_back(second.back() + many * moved * moved);
            i = till;
        }
    }
    // Squared distances to their mean of the distinct values from..to, ends included.
    double cost(std::size_t from, std::size_t to) const {
        const double n = count[to + 1] - count[from], sum = first[to + 1] - first[from];
        return std::max(0.0, second[to + 1] - second[from] - sum * sum / n);
    }
};

// One more class: best[i] is the least cost of the values 0..i. Where a class best begins never moves left as
// its end moves right (the cost has the quadrangle property), so halves are searched within narrower bounds.
struct Layer {
    const Sums& sums;
    const std::vector<double>& before;
    std::vector<double>& best;
    std::vector<std::uint32_t>& begin;

    void fill(std::size_t low, std::size_t high, std::size_t from, std::size_t to) {
        if (low > high || high == static_cast<std::size_t>(-1))
            return;
        const std::size_t middle = low + (high - low) / 2;
        best[middle] = std::numeric_limits<double>::infinity();
        for (std::size_t start = std::max<std::size_t>(from, 1); start <= std::min(to, middle); ++start)
            if (const double cost = before[start - 1] + sums.cost(start, middle); cost < best[middle])
                best[middle] = cost, begin[middle] = static_cast<std::uint32_t>(start);
        const std::size_t at = begin[middle];
        if (middle > low)
            fill(low, middle - 1, from, at);
        fill(middle + 1, high, at, to);
    }
};

std::vector<double> jenks(const std::vector<double>& sorted, std::size_t classes) {
    const Sums sums(sorted);
    const std::size_t n = sums.value.size();
    if (n <= classes)
        return sums.value;
    std::vector<double> before(n), best(n);
    for (std::size_t i = 0; i < n; ++i)
        before[i] = sums.cost(0, i);
    std::vector<std::vector<std::uint32_t>> begins;
    for (std::size_t k = 1; k < classes; ++k) {
        auto& begin = begins.emplace_back(n, static_cast<std::uint32_t>(k));
        std::fill(best.begin(), best.end(), 0.0);
        Layer{sums, before, best, begin}.fill(k, n - 1, k, n - 1);
        before = best;
    }
    std::vector<double> ends{sums.value.back()};
    std::size_t last = n - 1;
    for (std::size_t k = classes - 1; k > 0; --k) {
        last = begins[k - 1][last] - 1;
        ends.push_back(sums.value[last]);
    }
    std::reverse(ends.begin(), ends.end());
    return ends;
}

} // namespace

std::vector<double> classEnds(std::span<const double> values, int classes, BreakMethod method) {
    std::vector<double> sorted;
    std::copy_if(values.begin(), values.end(), std::back_inserter(sorted),
                 [](double value) { return std::isfinite(value); });
    if (sorted.empty() || classes < 1)
        return {};
    std::sort(sorted.begin(), sorted.end());
    if (method == BreakMethod::jenks)
        return jenks(sorted, static_cast<std::size_t>(classes));
    std::vector<double> ends;
    for (int k = 1; k < classes; ++k) {
        const double share = static_cast<double>(k) / classes;
        if (method == BreakMethod::equalInterval) {
            ends.push_back(sorted.front() + share * (sorted.back() - sorted.front()));
            continue;
        }
        const double at = share * static_cast<double>(sorted.size() - 1);
        const auto below = static_cast<std::size_t>(at);
        const double above = sorted[std::min(below + 1, sorted.size() - 1)];
        ends.push_back(sorted[below] + (at - static_cast<double>(below)) * (above - sorted[below]));
    }
    ends.push_back(sorted.back());
    ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
    return ends;
}

std::size_t classOf(std::span<const double> ends, double value) {
    const auto at = std::lower_bound(ends.begin(), ends.end(), value);
    return static_cast<std::size_t>(std::min(at, ends.end() - (ends.empty() ? 0 : 1)) - ends.begin());
}

} // namespace vedette::layers
