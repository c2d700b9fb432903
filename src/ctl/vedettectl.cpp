// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/verbs.h"

#include "ctl/answer.h"
#include "layers/reader.h"

#include <cstring>
#include <exception>

namespace vedette::ctl {

int vedettectl(int argc, char** argv) {
    // The reader child: not a verb for people, and it must not pay for parsing the others.
    if (argc > 1 && std::strcmp(argv[1], "read-source") == 0)
        return layers::readerMain(argc, argv);

    CLI::App app{
        "Vedette without a window. Exit status: 0 done, 1 refused with reasons, 2 wrong usage, 3 the "
        "environment failed."};
    app.name("vedettectl");
    app.require_subcommand(1);
    app.set_version_flag("--version", VEDETTE_VERSION);
    std::function<int()> run;
    const Verbs verbs{app, run};
    addSample(verbs);
    addInit(verbs);
    addCheck(verbs);
    addLocate(verbs);
    addRecommend(verbs);
    addTicket(verbs);
    addRoad(verbs);
    addSweep(verbs);
    addRoster(verbs);
    addShift(verbs);
    addRoll(verbs);
    addPoints(verbs);
    addJournal(verbs);
    addHeat(verbs);
    addStatistics(verbs);
    addExport(verbs);
    addSimulate(verbs);
    addRender(verbs);
    addSheet(verbs);
    addStorm(verbs);
    addBoard(verbs);
    addPatrol(verbs);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? done : wrongUsage;
    }
    try {
        return run();
    } catch (const std::bad_alloc&) {
        return Answer(false).fail(layers::environment("outOfMemory"));
    }
}

} // namespace vedette::ctl
