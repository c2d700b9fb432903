// SPDX-License-Identifier: GPL-3.0-or-later
#include "network_mount.h"

#include "dispatch/store.h"

#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace vedette::dispatch {

namespace {

constexpr unsigned fuse = 0x65735546;
constexpr std::array remote{"sshfs",    "curlftpfs", "davfs",     "davfs2",   "s3fs",      "goofys",
                            "gcsfuse",  "rclone",    "glusterfs", "ceph",     "ceph-fuse", "juicefs",
                            "mfs",      "moosefs",   "lizardfs",  "smbnetfs", "httpfs2",   "gvfsd-fuse",
                            "blobfuse", "blobfuse2", "seaweedfs"};

// "fuse.sshfs" of the mount that holds the device, from /proc/self/mountinfo (proc(5): "ID PARENT MAJOR:MINOR
// ... - TYPE SOURCE ...").
std::string mountType(dev_t device) {
    const std::string wanted = std::to_string(major(device)) + ":" + std::to_string(minor(device));
    std::ifstream in("/proc/self/mountinfo");
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string id, parent, number, word, type;
        words >> id >> parent >> number;
        if (number != wanted)
            continue;
        while (words >> word && word != "-") {
        }
        words >> type;
        return type;
    }
    return {};
}

} // namespace

std::string networkMount(const std::filesystem::path& folder) {
    struct statfs system {};
    if (::statfs(folder.c_str(), &system) != 0)
        return {};
    if (const auto type = networkFileSystem(static_cast<long>(system.f_type)); !type.empty())
        return std::string(type);
    struct stat about {};
    if (static_cast<unsigned>(system.f_type) != fuse || ::stat(folder.c_str(), &about) != 0)
        return {};
    const std::string type = mountType(about.st_dev), kind = type.substr(type.find('.') + 1);
    return type.starts_with("fuse.") && std::find(remote.begin(), remote.end(), kind) != remote.end() ? kind
                                                                                                      : "";
}

} // namespace vedette::dispatch
