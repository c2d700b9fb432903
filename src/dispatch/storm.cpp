// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/storm.h"

#include "recommend_search.h"
#include "storm_arcs.h"

namespace vedette::dispatch {

namespace {

using Watch = std::chrono::steady_clock;

std::chrono::milliseconds since(Watch::time_point begun) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Watch::now() - begun);
}

bool toPlan(const Ticket& ticket, Instant now) {
    return isOpen(ticket) && !lead(ticket) && ticket.own != TicketMove::reviewed && ticket.begins <= now;
}

std::vector<const Ticket*> ticketsOf(const State& state, Instant now, std::size_t limit) {
    std::vector<const Ticket*> tickets;
    state.forEachOpenTicket([&](const Ticket& ticket) {
        if (toPlan(ticket, now))
            tickets.push_back(&ticket);
    });
    std::sort(tickets.begin(), tickets.end(), [](const Ticket* a, const Ticket* b) {
        return std::tuple(a->incident.priority, a->openedAt, a->id) <
               std::tuple(b->incident.priority, b->openedAt, b->id);
    });
    if (limit > 0 && tickets.size() > limit)
        tickets.resize(limit);
    return tickets;
}

Proposal proposal(const StormField& field, StormArcs& arcs, std::uint32_t task, std::uint32_t unit,
                  int load) {
    const Ticket& ticket = *arcs.tickets()[task];
    const StormField::Unit& one = field.ready[unit];
    const Cost cost = arcs.asked(task, unit);
    Proposal line;
    line.ticket = ticket.id, line.priority = ticket.incident.priority, line.at = ticket.incident.at;
    line.cost = arcs.costOf(task, unit);
    line.late = arcs.late(task, cost.seconds);
    Candidate& out = line.unit;
    out.unit = one.facts->id, out.role = one.facts->role;
    out.metres = cost.metres, out.seconds = cost.seconds, out.method = cost.method;
    out.where = one.where;
    out.load = load, out.capacity = one.facts->capacity;
    if (const auto area = arcs.owned(task, unit); !area.empty()) {
        out.owner = true;
        out.why.push_back({"ownerOf", {{"area", std::string(area)}}});
    }
    out.why.push_back(basisReason(out.where, *one.facts));
    if (load == 0)
        out.why.emplace_back("free");
    else
        out.why.push_back(
            {"alsoOn", {{"load", std::to_string(load)}, {"capacity", std::to_string(out.capacity)}}});
    if (arcs.before(task, unit))
        out.why.emplace_back("keptFromPlan");
    return line;
}

Unserved unserved(const StormField& field, const StormArcs& arcs, std::uint32_t task) {
    const Ticket& ticket = *arcs.tickets()[task];
    Unserved out{ticket.id, ticket.incident.priority, {}};
    const std::string role(toString(ticket.duty.lead));
    const bool anybody = std::any_of(field.ready.begin(), field.ready.end(),
                                     [&](const auto& unit) { return unit.facts->role == ticket.duty.lead; });
    std::string skills;
    for (const std::string& skill : ticket.duty.skills)
        skills += (skills.empty() ? "" : ", ") + skill;
    const JointProblem& problem = arcs.problem();
    if (!arcs.placed(task))
        out.reasons.emplace_back("ticketNotPlaced");
    else if (!anybody)
        out.reasons.push_back({"nobodyEligible", {{"role", role}}});
    else if (problem.unitsOfKind[problem.kind[task]].empty())
        out.reasons.push_back({"nobodySkilled", {{"role", role}, {"skills", skills}}});
    else
        out.reasons.push_back({"nobodyLeft", {{"role", role}}});
    return out;
}

Plan planOf(const StormField& field, StormArcs& arcs, const JointResult& result) {
    Plan plan;
    plan.seq = field.state.seq(), plan.at = field.now;
    plan.tickets = result.unitOf.size();
    plan.objective = result.cost, plan.lowerBound = result.bound, plan.proven = result.proven;
    std::vector<int> load;
    for (const StormField::Unit& unit : field.ready)
        load.push_back(unit.load);
    for (std::uint32_t task = 0; task < result.unitOf.size(); ++task)
        if (const std::uint32_t unit = result.unitOf[task]; unit != JointResult::nobody)
            plan.lines.push_back(proposal(field, arcs, task, unit, load[unit]++));
        else
            plan.unserved.push_back(unserved(field, arcs, task));
    return plan;
}

} // namespace

std::optional<double> Plan::gap() const {
    if (!lowerBound)
        return std::nullopt;
    return objective == 0 ? 0.0 : double(objective - *lowerBound) / double(objective);
}

Plan planStorm(const StormField& field, const StormRequest& request, const CostModel& cost,
               const StormWatch& watch) {
    const auto begun = Watch::now();
    StormArcs arcs(field, request, cost, ticketsOf(field.state, request.now, request.limit));
    JointWatch joint;
    joint.stop = [&] { return (watch.stop && watch.stop()) || since(begun) > request.giveUpAfter; };
    if (watch.first) {
        joint.firstDue = [&] { return since(begun) >= request.firstAfter; };
        joint.first = [&](const JointResult& result) {
            Plan plan = planOf(field, arcs, result);
            plan.took = since(begun);
            watch.first(plan);
        };
    }
    Plan plan = planOf(field, arcs, assignJointly(arcs.problem(), arcs, joint));
    plan.took = since(begun);
    return plan;
}

AssignUnit commandOf(const Proposal& line) {
    const Candidate& unit = line.unit;
    AssignUnit command;
    command.ticket = line.ticket, command.unit = unit.unit, command.part = Part::lead;
    command.unitAt = unit.where.lonLat, command.basis = unit.where.basis;
    command.shown.push_back({unit.unit, int(unit.metres), int(unit.seconds), unit.where.basis, unit.owner});
    return command;
}

std::vector<Message> violationsOf(const Proposal& line, const State& newer, Instant now,
                                  const layers::TimeZone& zone) {
    Said said;
    said.mode = newer.mode(), said.occurredAt = now;
    std::vector<Message> violations = decide(newer, commandOf(line), said, zone).violations;
    if (const Ticket* ticket = newer.ticket(line.ticket); violations.empty() && ticket)
        if (const Assignment* first = lead(*ticket))
            violations.push_back(
                {"leadTaken", {{"unit", first->unit.text}, {"ticket", toString(line.ticket)}}});
    return violations;
}

} // namespace vedette::dispatch
