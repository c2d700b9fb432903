// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plan.h"

#include <set>
#include <string>

namespace vedette::ctl {

// Chinese names from syllable tables; all places and persons are invented. Each Names gives a name once,
// until its tables are used up; then names come again with a number.
class Names {
public:
    explicit Names(Chance& chance) : chance_(chance) {}
    std::string road(RoadClass roadClass);
    std::string township(bool urban);
    std::string community(bool urban); // without 社区 or 村
    std::string exclusive(ExclusiveKind kind, const std::string& near);
    std::string person(); // family name + given name
    std::string shop(std::string* category);

private:
    std::string once(const std::function<std::string()>& make, const std::string& suffix);
    std::string pair();
    Chance& chance_;
    std::set<std::string> used_;
};

} // namespace vedette::ctl
