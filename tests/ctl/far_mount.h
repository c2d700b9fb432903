// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <thread>

namespace vedette::ctl {

// An empty folder that the kernel really mounts as "fuse.KIND", served from a thread. `mounted` stays false
// where that isn't allowed.
class FarMount {
public:
    FarMount(std::filesystem::path at, const std::string& kind);
    ~FarMount();
    FarMount(const FarMount&) = delete;
    bool mounted() const { return mounted_; }

private:
    void serve() const;
    std::filesystem::path at_;
    int device_ = -1;
    bool mounted_ = false;
    std::thread server_;
};

} // namespace vedette::ctl
