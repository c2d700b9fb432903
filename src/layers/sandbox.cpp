// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox.h"

#include "read_request.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <new>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace vedette::layers {

namespace {

void limit(decltype(RLIMIT_AS) what, rlim_t soft, rlim_t hard) {
    const rlimit wish{soft, hard};
    (void)::setrlimit(what, &wish); // a stricter limit already in force is as good
}

void refuseSockets() {
    // Both numbers are the same idea on every architecture we build for; others keep the checks by name.
    sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_connect, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (EACCES & SECCOMP_RET_DATA)),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog filter{sizeof program / sizeof program[0], program};
    (void)::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
}

constexpr std::uint64_t mayRead = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t mayWrite = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG |
                                   LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                                   LANDLOCK_ACCESS_FS_REMOVE_DIR;
constexpr std::uint64_t mayElse = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_SOCK |
                                  LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_SYM |
                                  LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK;

void allow(int rules, const std::filesystem::path& path, std::uint64_t what) {
    const int fd = ::open(path.c_str(), O_PATH | O_CLOEXEC);
    if (fd < 0)
        return;
    std::error_code error;
    if (!std::filesystem::is_directory(path, error))
        what &= LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_EXECUTE;
    landlock_path_beneath_attr rule{};
    rule.allowed_access = what;
    rule.parent_fd = fd;
    (void)::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    ::close(fd);
}

} // namespace

void limitResources(std::int64_t memoryBytes, std::int64_t seconds) {
    limit(RLIMIT_CORE, 0, 0);
    if (memoryBytes > 0)
        limit(RLIMIT_AS, static_cast<rlim_t>(memoryBytes), static_cast<rlim_t>(memoryBytes));
    if (seconds > 0)
        limit(RLIMIT_CPU, static_cast<rlim_t>(seconds) + 1, static_cast<rlim_t>(seconds) + 5);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    std::set_new_handler([] { ::_exit(exitMemory); });
}

void confine(const std::vector<std::filesystem::path>& readable,
             const std::vector<std::filesystem::path>& writable) {
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return;
    refuseSockets();
    landlock_ruleset_attr attributes{};
    attributes.handled_access_fs = mayRead | mayWrite | mayElse;
    const auto rules =
        static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0));
    if (rules < 0)
        return;
    for (const char* system :
         {"/usr", "/etc", "/lib", "/lib64", "/opt", "/dev/urandom", "/dev/null", "/proc"})
        allow(rules, system, mayRead | (std::string_view(system) == "/dev/null" ? mayWrite : 0));
    for (const char* variable : {"PROJ_DATA", "PROJ_LIB", "GDAL_DATA", "GDAL_DRIVER_PATH"})
        if (const char* path = std::getenv(variable))
            allow(rules, path, mayRead);
    for (const auto& path : readable)
        allow(rules, path, mayRead);
    for (const auto& path : writable)
        allow(rules, path, mayRead | mayWrite);
    (void)::syscall(SYS_landlock_restrict_self, rules, 0);
    ::close(rules);
}

} // namespace vedette::layers
