// SPDX-License-Identifier: GPL-3.0-or-later
#include "write_file.h"

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace vedette::layers {

namespace {

Problem failure(const std::filesystem::path& file, int error) {
    const std::string path = file.string();
    if (error == ENOSPC || error == EDQUOT)
        return environment("diskFull", {{"path", path}});
    if (error == EACCES || error == EPERM || error == EROFS)
        return environment("readOnly", {{"path", path}});
    if (error == ENOENT || error == ENOTDIR)
        return environment("folderMissing", {{"path", file.parent_path().string()}});
    return environment("writeFailed", {{"path", path}, {"cause", std::strerror(error)}});
}

bool writeAll(int fd, std::string_view data) {
    while (!data.empty()) {
        const ssize_t n = ::write(fd, data.data(), data.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        data.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

} // namespace

Status writeFile(const std::filesystem::path& file, const std::vector<std::string_view>& pieces) {
    static std::atomic<unsigned> serial{0};
    const std::filesystem::path temporary =
        file.string() + "." + std::to_string(::getpid()) + "-" + std::to_string(serial++) + ".tmp";
    const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd < 0)
        return failure(file, errno);
    int error = 0;
    for (const std::string_view piece : pieces)
        if (error == 0 && !writeAll(fd, piece))
            error = errno;
    if (error == 0 && ::fsync(fd) != 0)
        error = errno;
    if (::close(fd) != 0 && error == 0)
        error = errno;
    if (error == 0 && ::rename(temporary.c_str(), file.c_str()) != 0)
        error = errno;
    if (error != 0) {
        ::unlink(temporary.c_str());
        return failure(file, error);
    }
    return Nothing{};
}

} // namespace vedette::layers
