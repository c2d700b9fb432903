// SPDX-License-Identifier: GPL-3.0-or-later
// bench_roads_qgis FILE: QGIS's network analysis on the graph and questions of FILE (u32: nodes, arcs, {tail,
// head, milliseconds} ..., questions, {target, count, nodes ...} ...). Its Dijkstra runs from one vertex to all,
// so the graph is laid down backwards. Says "microseconds: milliseconds ..." a question, the five least.
#include <qgsgraph.h>
#include <qgsgraphanalyzer.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <vector>

int main(int argc, char** argv) {
    std::FILE* in = argc > 1 ? std::fopen(argv[1], "rb") : nullptr;
    if (!in)
        return 2;
    const auto number = [in] {
        std::uint32_t value = 0;
        if (std::fread(&value, sizeof value, 1, in) != 1)
            value = 0;
        return value;
    };
    QgsGraph graph;
    const std::uint32_t nodes = number();
    for (std::uint32_t i = 0; i < nodes; ++i)
        graph.addVertex(QgsPointXY(i, 0));
    for (std::uint32_t left = number(); left > 0; --left) {
        const int tail = int(number()), head = int(number());
        graph.addEdge(head, tail, {double(number())});
    }
    for (std::uint32_t left = number(); left > 0; --left) {
        const int target = int(number());
        std::vector<int> units(number());
        for (int& unit : units)
            unit = int(number());
        const auto begin = std::chrono::steady_clock::now();
        QVector<double> costs;
        QgsGraphAnalyzer::dijkstra(&graph, target, 0, nullptr, &costs);
        std::vector<double> found;
        for (const int unit : units)
            if (std::isfinite(costs[unit]) && costs[unit] < std::numeric_limits<double>::max())
                found.push_back(costs[unit]);
        const auto five = found.begin() + std::min<std::ptrdiff_t>(5, std::ptrdiff_t(found.size()));
        std::partial_sort(found.begin(), five, found.end());
        const auto took = std::chrono::steady_clock::now() - begin;
        std::printf("%lld:",
                    static_cast<long long>(
                        std::chrono::duration_cast<std::chrono::microseconds>(took).count()));
        for (auto cost = found.begin(); cost != five; ++cost)
            std::printf(" %lld", static_cast<long long>(std::llround(*cost)));
        std::printf("\n");
    }
    std::fclose(in);
    return 0;
}
