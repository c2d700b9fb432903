// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

#include <functional>
#include <string>

namespace vedette::ctl {

// What every verb is registered with. A verb adds its options and sets `run` in its callback; main runs it
// after parsing, so that a usage error never starts work.
struct Verbs {
    CLI::App& app;
    std::function<int()>& run;
};

// One function a file; the contract of each verb stands in docs/vedettectl.md.
void addSample(Verbs verbs); // sample
void addInit(Verbs verbs);   // init
void addCheck(Verbs verbs);  // check
void addLocate(Verbs verbs); // locate
void addRecommend(Verbs verbs);
void addTicket(Verbs verbs);  // ticket, unit
void addJournal(Verbs verbs); // journal, state, replay
void addHeat(Verbs verbs);
void addExport(Verbs verbs);
void addSimulate(Verbs verbs);
void addStatistics(Verbs verbs);
void addSheet(Verbs verbs); // sheet
void addRender(Verbs verbs);
void addStorm(Verbs verbs);
void addRoad(Verbs verbs);
void addSweep(Verbs verbs);
void addRoster(Verbs verbs);
void addShift(Verbs verbs); // handover, takeover
void addRoll(Verbs verbs);
void addPoints(Verbs verbs);
void addBoard(Verbs verbs);
void addPatrol(Verbs verbs);

// The whole program but main(): returns the exit status.
int vedettectl(int argc, char** argv);

} // namespace vedette::ctl
