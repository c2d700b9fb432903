// SPDX-License-Identifier: GPL-3.0-or-later
#include "order_file.h"

#include "line_source.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace vedette::dispatch {

OrderFile::OrderFile(const std::string& url, const std::filesystem::path& folder)
    : path_(feedPath(url, folder)) {}

OrderFile::~OrderFile() {
    if (fd_ > 1)
        ::close(fd_);
}

layers::Problem OrderFile::failed(int error) const {
    return layers::environment("ordersUnwritable",
                               {{"path", path_.empty() ? "-" : path_.string()},
                                {"cause", error == ENXIO ? "nobody reads it" : std::strerror(error)}});
}

layers::Status OrderFile::open() {
    if (path_.empty()) {
        fd_ = 1;
        return layers::Nothing{};
    }
    // O_RDWR would keep a FIFO's orders for nobody; without a reader the open fails and is tried again.
    fd_ = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0644);
    if (fd_ < 0)
        return failed(errno);
    struct stat about {};
    ::fstat(fd_, &about);
    if (S_ISREG(about.st_mode) && about.st_size > 0) {
        const int reading = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
        char last = '\n';
        if (reading >= 0) {
            if (::pread(reading, &last, 1, about.st_size - 1) == 1 && last != '\n')
                static_cast<void>(::write(fd_, "\n", 1) == 1);
            ::close(reading);
        }
    }
    return layers::Nothing{};
}

layers::Status OrderFile::write(std::string_view lines) {
    if (fd_ < 0)
        if (auto opened = open(); !opened)
            return opened;
    while (!lines.empty()) {
        const auto wrote = ::write(fd_, lines.data(), lines.size());
        if (wrote > 0) {
            lines.remove_prefix(std::size_t(wrote));
            continue;
        }
        if (wrote < 0 && errno == EINTR)
            continue;
        pollfd ready{fd_, POLLOUT, 0};
        if (wrote < 0 && errno == EAGAIN && ::poll(&ready, 1, 1000) == 1 && (ready.revents & POLLOUT))
            continue;
        const layers::Problem problem = failed(errno);
        if (fd_ > 1)
            ::close(fd_);
        fd_ = -1;
        return problem;
    }
    return layers::Nothing{};
}

} // namespace vedette::dispatch
