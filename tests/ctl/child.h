// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace vedette::ctl {

// What a run of vedettectl left behind.
struct Ran {
    int status = -1; // 128 + signal when it was killed
    std::string out, err;
    nlohmann::json json() const { return nlohmann::json::parse(out, nullptr, false); } // discarded when none
};

// Runs the built vedettectl with these words and waits for it.
Ran ctl(const std::vector<std::string>& words);
// The same as another user of this machine; only root can.
Ran ctlAs(const std::string& user, const std::vector<std::string>& words);

} // namespace vedette::ctl
