// SPDX-License-Identifier: GPL-3.0-or-later
#include "reader_child.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace vedette::layers {

namespace {

class Descriptor {
public:
    explicit Descriptor(int fd = -1) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { reset(); }
    int get() const { return fd_; }
    void reset(int fd = -1) {
        if (fd_ >= 0)
            ::close(fd_);
        fd_ = fd;
    }

private:
    int fd_;
};

// The request lies in an anonymous file, so that a child that dies early can't block or signal us.
int requestFile(const std::string& bytes) {
    const int fd = ::memfd_create("vedette-request", MFD_CLOEXEC);
    if (fd < 0)
        return -1;
    if (::write(fd, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()) ||
        ::lseek(fd, 0, SEEK_SET) != 0) {
        ::close(fd);
        return -1;
    }
    return fd;
}

int spawn(const std::string& reader, int request, int report, pid_t& child) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    // Through high numbers first: 0 or 3 may be one of ours.
    posix_spawn_file_actions_adddup2(&actions, request, 200);
    posix_spawn_file_actions_adddup2(&actions, report, 201);
    posix_spawn_file_actions_adddup2(&actions, 200, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, 201, reportDescriptor);
    posix_spawn_file_actions_addclose(&actions, 200);
    posix_spawn_file_actions_addclose(&actions, 201);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none, defaults;
    sigemptyset(&none);
    sigemptyset(&defaults);
    for (const int signal : {SIGPIPE, SIGINT, SIGTERM, SIGXCPU, SIGCHLD})
        sigaddset(&defaults, signal);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    std::string name = reader, verb = "read-source";
    char* arguments[] = {name.data(), verb.data(), nullptr};
    const int error = ::posix_spawn(&child, reader.c_str(), &actions, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

// Gives out the whole frames that have arrived.
class Frames {
public:
    explicit Frames(const std::function<void(Report, std::string)>& said) : said_(said) {}
    void add(const char* data, std::size_t size) {
        bytes_.append(data, size);
        for (;;) {
            std::uint32_t head[2];
            if (bytes_.size() < sizeof head)
                return;
            std::memcpy(head, bytes_.data(), sizeof head);
            if (bytes_.size() - sizeof head < head[1])
                return;
            said_(static_cast<Report>(head[0]), bytes_.substr(sizeof head, head[1]));
            bytes_.erase(0, sizeof head + head[1]);
        }
    }

private:
    const std::function<void(Report, std::string)>& said_;
    std::string bytes_;
};

// A library that doesn't look at what it was given (json-c of a GeoJSON file) aborts where memory ends:
// whoever held half of what was allowed is taken to have wanted more.
bool endedByMemory(int status, const rusage& used, const ReadOptions& options) {
    if (WIFEXITED(status))
        return WEXITSTATUS(status) == exitMemory;
    const bool crashed = WIFSIGNALED(status) && (WTERMSIG(status) == SIGABRT || WTERMSIG(status) == SIGSEGV);
    return crashed && static_cast<std::uint64_t>(used.ru_maxrss) * 1024 > options.memoryLimit / 2;
}

Status verdict(int status, const rusage& used, const std::string& path, const ReadOptions& options) {
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return Nothing{};
    if (endedByMemory(status, used, options))
        return refused("readerMemory",
                       {{"path", path}, {"mebibytes", std::to_string(options.memoryLimit >> 20)}});
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        return refused("readerTimeout",
                       {{"path", path}, {"seconds", std::to_string(options.timeLimit.count())}});
    std::string cause = "exit " + std::to_string(WEXITSTATUS(status));
    if (WIFSIGNALED(status)) {
        const char* name = ::sigabbrev_np(WTERMSIG(status));
        cause = name ? "SIG" + std::string(name) : std::to_string(WTERMSIG(status));
    }
    return refused("readerCrashed", {{"path", path}, {"signal", cause}});
}

} // namespace

Status runReader(const std::filesystem::path& reader, const ReadRequest& request, const ReadOptions& options,
                 const std::function<void(Report, std::string)>& said) {
    const std::string& path = request.spec.source;
    int ends[2];
    Descriptor input(requestFile(encode(request)));
    if (input.get() < 0 || ::pipe2(ends, O_CLOEXEC) != 0)
        return environment("readerMissing", {{"path", reader.string()}, {"cause", std::strerror(errno)}});
    Descriptor ours(ends[0]), theirs(ends[1]);
    pid_t child = -1;
    if (const int error = spawn(reader.string(), input.get(), theirs.get(), child); error != 0)
        return environment("readerMissing", {{"path", reader.string()}, {"cause", std::strerror(error)}});
    theirs.reset();

    using Clock = std::chrono::steady_clock;
    const auto deadline = Clock::now() + options.timeLimit;
    Frames frames(said);
    bool late = false, cancelled = false;
    char block[65536];
    for (;;) {
        late = Clock::now() >= deadline;
        cancelled = options.cancel && options.cancel->load();
        if (late || cancelled)
            break;
        pollfd waiting{ours.get(), POLLIN, 0};
        const int ready = ::poll(&waiting, 1, 20);
        if (ready <= 0)
            continue;
        const ssize_t n = ::read(ours.get(), block, sizeof block);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        frames.add(block, static_cast<std::size_t>(n));
    }
    // Also on the good road: the report is whole, whatever a library still does at exit must not keep us.
    if (late || cancelled)
        ::kill(child, SIGKILL);
    int status = 0;
    rusage used{};
    for (int waited = 0;;) {
        const pid_t ended = ::wait4(child, &status, late || cancelled ? 0 : WNOHANG, &used);
        if (ended == child || (ended < 0 && errno != EINTR))
            break;
        if (ended == 0) {
            late = Clock::now() >= deadline;
            if (late)
                ::kill(child, SIGKILL);
            else
                ::usleep(static_cast<useconds_t>(std::min(++waited, 20) * 500));
        }
    }
    if (cancelled)
        return refused("cancelled");
    if (late)
        return refused("readerTimeout",
                       {{"path", path}, {"seconds", std::to_string(options.timeLimit.count())}});
    return verdict(status, used, path, options);
}

} // namespace vedette::layers
