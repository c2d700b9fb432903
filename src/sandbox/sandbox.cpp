// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sandbox.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <new>
#include <string_view>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace vedette::sandbox {

namespace {

int memoryStatus = 1;

void limit(decltype(RLIMIT_AS) what, rlim_t soft, rlim_t hard) {
    const rlimit wish{soft, hard};
    (void)::setrlimit(what, &wish); // a stricter limit already in force is as good
}

#if defined(__x86_64__)
constexpr std::uint32_t ourArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t ourArchitecture = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t ourArchitecture = 0; // the filter is left out, the rest holds
#endif

bool filterCalls(Sockets sockets) {
    if (ourArchitecture == 0)
        return false;
    // Calls of another architecture's numbers (x32 too, from 0x40000000) would walk around the list.
    // truncate() by path is what Landlock can't refuse before Linux 6.2.
    const auto refusal = SECCOMP_RET_ERRNO | (EACCES & SECCOMP_RET_DATA);
    std::vector<sock_filter> program{
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ourArchitecture, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, refusal),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, refusal),
    };
    std::vector<long> refused{SYS_truncate, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev,
                              SYS_io_uring_setup};
    if (sockets == Sockets::none)
        refused.insert(refused.end(), {SYS_socket, SYS_connect});
    for (const long call : refused) {
        program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1));
        program.push_back(BPF_STMT(BPF_RET | BPF_K, refusal));
    }
    program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
    return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

constexpr std::uint64_t mayRead = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t mayTruncate = 1u << 14; // LANDLOCK_ACCESS_FS_TRUNCATE, from the third version on
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
        what &= LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | mayTruncate;
    landlock_path_beneath_attr rule{};
    rule.allowed_access = what;
    rule.parent_fd = fd;
    (void)::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    ::close(fd);
}

bool holdFiles(const Reach& reach) {
    const long version =
        ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1)
        return false;
    const std::uint64_t truncate = version >= 3 ? mayTruncate : 0;
    landlock_ruleset_attr attributes{};
    attributes.handled_access_fs = mayRead | mayWrite | mayElse | truncate;
    const auto rules =
        static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0));
    if (rules < 0)
        return false;
    for (const char* system : {"/usr", "/etc", "/lib", "/lib64", "/opt", "/dev/urandom", "/proc",
                               "/sys/devices/system/cpu", "/var/cache/fontconfig"})
        allow(rules, system, mayRead);
    allow(rules, "/dev/null", mayRead | mayWrite | truncate);
    if (reach.sockets == Sockets::any) // where names are looked up
        allow(rules, "/run/systemd/resolve", mayRead);
    for (const char* variable : {"PROJ_DATA", "PROJ_LIB", "GDAL_DATA", "GDAL_DRIVER_PATH"})
        if (const char* path = std::getenv(variable))
            allow(rules, path, mayRead);
    for (const auto& path : reach.readable)
        allow(rules, path, mayRead);
    for (const auto& path : reach.writable)
        allow(rules, path, mayRead | mayWrite | truncate);
    const bool held = ::syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    ::close(rules);
    return held;
}

} // namespace

void limitResources(std::int64_t memoryBytes, std::int64_t seconds, int exitOnMemory) {
    limit(RLIMIT_CORE, 0, 0);
    if (memoryBytes > 0)
        limit(RLIMIT_AS, static_cast<rlim_t>(memoryBytes), static_cast<rlim_t>(memoryBytes));
    if (seconds > 0)
        limit(RLIMIT_CPU, static_cast<rlim_t>(seconds) + 1, static_cast<rlim_t>(seconds) + 5);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    memoryStatus = exitOnMemory;
    std::set_new_handler([] { ::_exit(memoryStatus); });
}

void limitNextTask(std::int64_t seconds) {
    rlimit now{};
    timespec used{};
    if (::getrlimit(RLIMIT_CPU, &now) != 0 || ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) != 0)
        return;
    // The hard limit stays where it is: what was lowered once could not be raised for the task after this one.
    now.rlim_cur = std::min(now.rlim_max, static_cast<rlim_t>(used.tv_sec + 1 + seconds));
    (void)::setrlimit(RLIMIT_CPU, &now);
}

Held confine(const Reach& reach) {
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return {};
    const bool files = holdFiles(reach);
    const bool calls = filterCalls(reach.sockets);
    return {files, calls && reach.sockets == Sockets::none};
}

} // namespace vedette::sandbox
