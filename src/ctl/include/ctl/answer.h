// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/message.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace vedette::ctl {

// Exit statuses of every verb; fixed, scripts rely on them.
enum Exit : int { done = 0, refusedWithReasons = 1, wrongUsage = 2, environmentFailed = 3 };

// Where a verb's result goes: JSON to stdout with --json, words to stderr.
class Answer {
public:
    explicit Answer(bool json) : json_(json) {}
    bool json() const { return json_; }
    void give(const nlohmann::ordered_json& object) const; // one line on stdout, only with --json
    void line(const nlohmann::ordered_json& object) const; // one NDJSON line on stdout, always
    void say(std::string_view words) const;                // stderr, only without --json
    void progress(std::string_view words) const;           // stderr, one line rewritten, only on a terminal
    int fail(const layers::Problem& problem) const;        // words it, gives {"error":...}, returns the exit status

private:
    bool json_;
};

// {"code", "args", "text"}
nlohmann::ordered_json toJson(const layers::Message& message);
nlohmann::ordered_json toJson(const layers::Finding& finding);

} // namespace vedette::ctl
