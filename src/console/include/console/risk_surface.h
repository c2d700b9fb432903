// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/past_choice.h"

#include <QString>

#include <optional>

namespace vedette::console {

// How the risk surface is made and read: fixed, so that red means the same today and tomorrow.
struct HeatChoice {
    double bandwidthMetres = 800;
    int days = 30;       // the last so many days of the history, unless `from` and `till` say otherwise
    double scaleMax = 6; // where the ramp ends
    bool scaleFixed = false; // it stands; else the next surface says it, once
    layers::Kernel kernel = layers::Kernel::quartic;
    bool bySeverity = false;
    double halfLifeDays = 0; // 0: no decay
    std::string category;    // only those that start so
    dispatch::WeekHours hours = dispatch::allWeek();
    std::optional<layers::Instant> from, till; // [from, till)
    friend bool operator==(const HeatChoice&, const HeatChoice&) = default;
};

// How long its period is, as it is chosen; `everyDay` and more: the whole history.
constexpr int everyDay = 36'500;
int daysOf(const HeatChoice& choice);

// A surface and what it was made of: enough to write it as it is shown.
struct RiskSurface {
    std::shared_ptr<const layers::HeatSurface> surface; // null: nothing to count
    layers::HeatSettings settings;
    std::size_t points = 0;
};

// What of the history is meant; its period is no longer than the history.
dispatch::PastChoice pastOf(const dispatch::City& city, const HeatChoice& choice);
// The density of that. Blocks for a second on a large history; any thread. `area`: the ground it covers, else
// that of the points and a bandwidth around them, within the city.
RiskSurface riskSurface(const dispatch::City& city, const HeatChoice& choice, const std::atomic<bool>* cancel,
                        const layers::Box* area = nullptr);
RiskSurface riskSurface(const dispatch::City& city, const HeatChoice& choice, const dispatch::PastChoice& past,
                        const std::atomic<bool>* cancel, const layers::Box* area = nullptr);

// What was chosen in the window of this workspace, kept beside what was arranged there (window_settings.h).
HeatChoice keptHeat(const std::filesystem::path& workspace);
void keepHeat(const HeatChoice& choice, const std::filesystem::path& workspace);

// The filters in few words, without period and bandwidth: "03 · by severity · 42 of 168 h"; empty: none.
QString filterWords(const HeatChoice& choice);

} // namespace vedette::console
