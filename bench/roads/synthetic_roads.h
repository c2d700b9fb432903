// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/snapshot.h"

// About 303,000 sections of crooked blocks: every tenth street an artery, a tenth one-way, gaps, 40 islands.
vedette::layers::Snapshot syntheticRoads(unsigned seed);
