// SPDX-License-Identifier: GPL-3.0-or-later
#include "order_tail.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vedette::ctl {

OrderTail::OrderTail(std::filesystem::path file, bool fromStart) : file_(std::move(file)) {
    struct stat about {};
    if (file_.empty() || ::stat(file_.c_str(), &about) != 0)
        return;
    inode_ = about.st_ino;
    if (fromStart)
        return;
    lines(); // a line that is being written now is still to be answered
}

std::vector<std::string> OrderTail::lines() {
    std::vector<std::string> out;
    if (file_.empty())
        return out;
    const int fd = ::open(file_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return out;
    struct stat about {};
    if (::fstat(fd, &about) == 0) {
        if ((inode_ != 0 && about.st_ino != inode_) || static_cast<std::uint64_t>(about.st_size) < offset_) {
            offset_ = 0;
            rest_.clear();
        }
        inode_ = about.st_ino;
        char block[65536];
        ssize_t got = 0;
        while ((got = ::pread(fd, block, sizeof block, static_cast<off_t>(offset_))) > 0) {
            offset_ += static_cast<std::uint64_t>(got);
            rest_.append(block, static_cast<std::size_t>(got));
        }
    }
    ::close(fd);
    std::size_t from = 0;
    for (std::size_t end; (end = rest_.find('\n', from)) != rest_.npos; from = end + 1)
        if (end > from)
            out.push_back(rest_.substr(from, end - from));
    rest_.erase(0, from);
    return out;
}

} // namespace vedette::ctl
