// SPDX-License-Identifier: GPL-3.0-or-later
#include "far_mount.h"

#include <fcntl.h>
#include <linux/fuse.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

namespace vedette::ctl {

FarMount::FarMount(std::filesystem::path at, const std::string& kind) : at_(std::move(at)) {
    std::filesystem::create_directories(at_);
    device_ = ::open("/dev/fuse", O_RDWR | O_CLOEXEC);
    if (device_ < 0)
        return;
    const std::string options = "fd=" + std::to_string(device_) +
                                ",rootmode=40000,allow_other,user_id=" + std::to_string(::getuid()) +
                                ",group_id=" + std::to_string(::getgid());
    mounted_ =
        ::mount("far", at_.c_str(), ("fuse." + kind).c_str(), MS_NOSUID | MS_NODEV, options.c_str()) == 0;
    if (mounted_)
        server_ = std::thread([this] { serve(); });
}

FarMount::~FarMount() {
    if (mounted_)
        ::umount2(at_.c_str(), MNT_DETACH | MNT_FORCE);
    if (server_.joinable())
        server_.join(); // the device says ENODEV once nothing is mounted
    if (device_ >= 0)
        ::close(device_);
}

// As little of the protocol as an empty folder needs (linux/fuse.h).
void FarMount::serve() const {
    std::vector<char> request(1 << 18);
    for (;;) {
        const auto got = ::read(device_, request.data(), request.size());
        if (got < 0 && (errno == EINTR || errno == ENOENT))
            continue;
        if (got < ssize_t(sizeof(fuse_in_header)))
            return;
        fuse_in_header asked{};
        std::memcpy(&asked, request.data(), sizeof asked);
        if (asked.opcode == FUSE_FORGET || asked.opcode == FUSE_BATCH_FORGET ||
            asked.opcode == FUSE_INTERRUPT)
            continue;
        fuse_out_header head{sizeof(fuse_out_header), 0, asked.unique};
        fuse_init_out init{};
        fuse_attr_out attributes{};
        fuse_statfs_out system{};
        iovec parts[2] = {{&head, sizeof head}, {nullptr, 0}};
        if (asked.opcode == FUSE_INIT) {
            init.major = FUSE_KERNEL_VERSION, init.minor = 31, init.max_write = 4096;
            parts[1] = {&init, sizeof init};
        } else if (asked.opcode == FUSE_GETATTR) {
            attributes.attr.ino = 1, attributes.attr.mode = S_IFDIR | 0777, attributes.attr.nlink = 2;
            parts[1] = {&attributes, sizeof attributes};
        } else if (asked.opcode == FUSE_STATFS) {
            system.st.bsize = 4096, system.st.namelen = 255;
            parts[1] = {&system, sizeof system};
        } else {
            head.error = asked.opcode == FUSE_LOOKUP ? -ENOENT : -ENOSYS;
        }
        head.len += std::uint32_t(parts[1].iov_len);
        static_cast<void>(::writev(device_, parts, parts[1].iov_len ? 2 : 1));
    }
}

} // namespace vedette::ctl
