// SPDX-License-Identifier: GPL-3.0-or-later
#include "settled.h"

#include "../process_memory.h"

#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace {

// PSS of a process's children: the console has none but the cartographer by then.
double childrensShare(pid_t parent) {
    const std::string name = std::to_string(parent);
    std::ifstream children("/proc/" + name + "/task/" + name + "/children");
    double sum = 0;
    for (pid_t child = 0; children >> child;)
        sum += megabytes("/proc/" + std::to_string(child) + "/smaps_rollup", "Pss:");
    return sum;
}

} // namespace

std::optional<Settled> settledConsole(const fs::path& program, const fs::path& folder, int seconds) {
    char home[] = "/tmp/vedette-bench-XXXXXX"; // a start that remembers nothing
    if (!mkdtemp(home))
        return {};
    const pid_t child = fork();
    if (child == 0) {
        setenv("HOME", home, 1);
        unsetenv("XDG_CONFIG_HOME");
        if (!getenv("DISPLAY"))
            setenv("QT_QPA_PLATFORM", "offscreen", 1);
        const int nothing = open("/dev/null", O_WRONLY);
        dup2(nothing, STDOUT_FILENO), dup2(nothing, STDERR_FILENO);
        execl(program.c_str(), program.c_str(), folder.c_str(), "--lang", "en", nullptr);
        _exit(127);
    }
    int status = 0;
    bool alive = child > 0;
    for (int i = 0; i < seconds && alive; ++i) {
        sleep(1);
        alive = waitpid(child, &status, WNOHANG) == 0;
    }
    std::optional<Settled> out;
    if (alive) {
        const fs::path process = "/proc/" + std::to_string(child), rollup = process / "smaps_rollup";
        out = Settled{megabytes(rollup, "Rss:"), megabytes(rollup, "Pss:"), megabytes(rollup, "Anonymous:"),
                      childrensShare(child), megabytes(process / "status", "VmHWM:")};
        kill(child, SIGTERM);
        waitpid(child, &status, 0);
    }
    std::error_code ignored;
    fs::remove_all(home, ignored);
    return out;
}
