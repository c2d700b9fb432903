// SPDX-License-Identifier: GPL-3.0-or-later
#include "child.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace vedette::ctl {

namespace {

std::string takeFile(const std::string& name) {
    std::ostringstream out;
    out << std::ifstream(name, std::ios::binary).rdbuf();
    std::error_code error;
    std::filesystem::remove(name, error);
    return out.str();
}

} // namespace

namespace {

Ran run(const passwd* user, const std::vector<std::string>& words) {
    const auto base = std::filesystem::temp_directory_path() / ("ctl-" + std::to_string(getpid()));
    const std::string outName = base.string() + ".out", errName = base.string() + ".err";
    std::vector<std::string> all{VEDETTE_BIN_DIR "/vedettectl"};
    all.insert(all.end(), words.begin(), words.end());
    std::vector<char*> argv;
    for (std::string& word : all)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        for (const auto& [name, to] : {std::pair(&outName, 1), std::pair(&errName, 2)}) {
            const int file = open(name->c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
            if (file < 0 || dup2(file, to) < 0)
                _exit(126);
            close(file);
        }
        if (user && (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0))
            _exit(125);
        execv(argv[0], argv.data());
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    Ran ran;
    ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    ran.out = takeFile(outName), ran.err = takeFile(errName);
    return ran;
}

} // namespace

Ran ctl(const std::vector<std::string>& words) {
    return run(nullptr, words);
}

Ran ctlAs(const std::string& user, const std::vector<std::string>& words) {
    const passwd* found = getpwnam(user.c_str());
    return found ? run(found, words) : Ran{};
}

} // namespace vedette::ctl
