// SPDX-License-Identifier: GPL-3.0-or-later
// Storm mode beside LEMON's network simplex: the same tickets, units and costs, the whole cost matrix
// included on either side; answers are compared before anything is said of time.
#include "lemon_oracle.h"
#include "storm_city.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <stdexcept>

using namespace vedette;
using namespace vedette::dispatch;

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point from) {
    return std::chrono::duration<double>(Clock::now() - from).count();
}

// Of this process; both sides use one thread.
double cpuSeconds() {
    return double(std::clock()) / CLOCKS_PER_SEC;
}

constexpr std::array<double, 4> weights{8, 4, 2, 1};
constexpr std::int64_t step = std::int64_t{1} << 42;

// The objective as storm.h states it, written once more.
std::int64_t costOf(const Ticket& ticket, double seconds, const StormCity& city) {
    const double due = double((ticket.deadlines.arrive - city.now).count()) / 1000;
    const double tenths =
        10 * (seconds + double(city.rules.ownerTolerance.count())) + 20 * std::max(0.0, seconds - due);
    return std::llround(std::min(1e8, weights[std::size_t(ticket.incident.priority - 1)] * tenths));
}

struct Ours {
    Plan plan;
    std::optional<Plan> first;
    double seconds = 0, firstSeconds = 0, cpu = 0, firstCpu = 0;
};

Ours ours(const StormCity& city, const CostModel& cost, bool wantFirst) {
    const layers::Areas none = layers::Areas::build({});
    UnitIndex index(city.crs, none, city.rules, city.zone);
    index.follow(city.state);
    index.advance(city.now);
    Ours out;
    StormRequest request;
    request.now = city.now;
    request.giveUpAfter = std::chrono::minutes(5);
    const auto begun = Clock::now();
    const double cpuBegun = cpuSeconds();
    StormWatch watch;
    if (wantFirst)
        watch.first = [&](const Plan& plan) {
            out.first = plan, out.firstSeconds = secondsSince(begun), out.firstCpu = cpuSeconds() - cpuBegun;
        };
    out.plan = planStorm(index.stormField(city.state, city.now), request, cost, watch);
    out.seconds = secondsSince(begun);
    out.cpu = cpuSeconds() - cpuBegun;
    if (!out.first)
        out.firstSeconds = out.seconds, out.firstCpu = out.cpu;
    return out;
}

struct Theirs {
    std::int64_t served = 0;
    std::size_t count = 0;
    double matrix = 0, build = 0, solve = 0, cpu = 0;
    double seconds() const { return matrix + build + solve; }
};

Theirs theirs(const StormCity& city, const CostModel& cost) {
    Theirs out;
    const double cpuBegun = cpuSeconds();
    const auto begun = Clock::now();
    std::vector<layers::Point> units, tickets;
    for (const UnitFacts& unit : city.units)
        units.push_back(city.crs.toWorking(*unit.post));
    for (const Ticket& ticket : city.tickets)
        tickets.push_back(city.crs.toWorking(ticket.incident.at));
    std::vector<oracle::LemonArc> arcs;
    arcs.reserve(units.size() * tickets.size());
    std::vector<std::int64_t> leftOut;
    for (std::uint32_t task = 0; task < tickets.size(); ++task) {
        leftOut.push_back(step * (5 - city.tickets[task].incident.priority));
        for (std::uint32_t unit = 0; unit < units.size(); ++unit)
            arcs.push_back({task, unit,
                            costOf(city.tickets[task],
                                   cost.cost(units[unit], tickets[task], Role::officer).seconds, city)});
    }
    out.matrix = secondsSince(begun);
    const oracle::LemonAnswer answer = oracle::lemonAssign(leftOut, std::vector<int>(units.size(), 1), arcs);
    out.build = answer.buildSeconds, out.solve = answer.solveSeconds;
    out.cpu = cpuSeconds() - cpuBegun;
    std::int64_t total = answer.cost;
    if (answer.unitOf.size() != tickets.size())
        throw std::runtime_error("LEMON found no optimum");
    for (std::size_t task = 0; task < tickets.size(); ++task)
        if (answer.unitOf[task] == ~std::uint32_t{0})
            total -= leftOut[task];
        else
            ++out.count;
    out.served = total;
    return out;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void row(const char* name, std::size_t tickets, std::size_t units, int rounds) {
    const StormCity city = stormCity(20261124, tickets, units);
    const auto cost = straightCost(city.rules);
    std::vector<double> mine, first, cpu, firstCpu;
    Ours last;
    for (int round = 0; round < rounds; ++round) {
        last = ours(city, *cost, true);
        mine.push_back(last.seconds), first.push_back(last.firstSeconds);
        cpu.push_back(last.cpu), firstCpu.push_back(last.firstCpu);
    }
    std::printf("%s: %zu tickets x %zu units: first plan %.2f s", name, tickets, units, median(first));
    if (last.first && last.first->gap())
        std::printf(" (gap %.2f %%, truly %.2f %%, %zu served)", 100 * *last.first->gap(),
                    100 * double(last.first->objective - last.plan.objective) / double(last.plan.objective),
                    last.first->lines.size());
    else if (last.first)
        std::printf(" (gap not known, %zu served)", last.first->lines.size());
    std::printf(", %s %.2f s, %zu served, objective %lld\n", last.plan.proven ? "proven" : "NOT PROVEN",
                median(mine), last.plan.lines.size(), static_cast<long long>(last.plan.objective));
    std::printf("  of one core: first plan %.2f s, proven %.2f s\n", median(firstCpu), median(cpu));
    std::fflush(stdout);
    if (std::getenv("STORM_ALONE"))
        return;
    const Theirs peer = theirs(city, *cost);
    std::printf("  LEMON: matrix %.2f s, graph %.2f s, network simplex %.2f s, %zu served, objective %lld\n",
                peer.matrix, peer.build, peer.solve, peer.count, static_cast<long long>(peer.served));
    std::printf("  of one core: LEMON %.2f s\n", peer.cpu);
    if (!last.plan.proven || peer.served != last.plan.objective || peer.count != last.plan.lines.size())
        throw std::runtime_error("answers differ");
    std::printf("ratio storm %s_first ours/peer=%.4f\n", name, median(first) / peer.seconds());
    std::printf("ratio storm %s_proven ours/peer=%.4f\n", name, median(mine) / peer.seconds());
    std::printf("ratio storm %s_proven_without_matrix ours/peer=%.4f\n", name, median(mine) / peer.solve);
    std::printf("ratio storm %s_proven_cpu ours/peer=%.4f\n", name, median(cpu) / peer.cpu);
    std::fflush(stdout);
}

} // namespace

int main() {
    try {
        row("middling", 500, 1000, 5);
        row("scarce", 2500, 2000, 5);
        row("storm", 5000, 10000, 5);
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return 1;
    }
}
