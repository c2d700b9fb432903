// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/reference.h"

#include <string>
#include <vector>

namespace vedette::ctl {

struct CatalogueDuty {
    std::string dutyClass, className; // "03", "治安警情 Public disorder"
    dispatch::Duty facts;
};

// 47 classes, 159 duties, by category.
std::vector<CatalogueDuty> dutyCatalogue();

} // namespace vedette::ctl
