// SPDX-License-Identifier: GPL-3.0-or-later
#include "night.h"

#include "night_play.h"

#include <algorithm>

namespace vedette::ctl {

namespace {

using std::chrono::hours;

// Stands where the record begins: what the store stamps by itself is of that moment.
class StandingClock final : public layers::Clock {
public:
    explicit StandingClock(Instant at) : at_(at) {}
    Instant now() const override { return at_; }

private:
    Instant at_;
};

} // namespace

Instant nightEnd() {
    using namespace std::chrono;
    return sys_days(year(2026) / 11 / 20) + hours(22);
}

layers::Status recordNight(const Town& town, const Happening& happening, const SampleSettings& settings,
                           const std::filesystem::path& folder, SampleCounts& counts) {
    const auto zone = layers::TimeZone::named("Asia/Shanghai");
    if (!zone)
        return zone.problem();
    // A night of this city can hold so many events; more begin earlier, at whole days.
    const double nightful = std::max(900.0, settings.grids * 4.0);
    const double nights = std::max(0.0, std::ceil((settings.events - nightful) / (nightful * 3)));
    const Instant from = nightEnd() - hours(8) - hours(24) * static_cast<int>(nights);

    dispatch::StoreOptions options;
    options.workspace = "Binhai 滨海";
    auto salts = std::make_shared<Chance>(settings.seed, "salts");
    options.entropy = [salts](std::span<std::uint8_t> into) {
        for (std::uint8_t& byte : into)
            byte = static_cast<std::uint8_t>(salts->bits() >> 32);
    };
    std::vector<dispatch::Fix> fixes;
    {
        auto store = dispatch::openStore("sqlite:journal.sqlite", folder,
                                         std::make_shared<StandingClock>(from), options);
        if (!store)
            return store.problem();
        NightPlay night(town, happening, *store.value(), zone.value(), settings.seed, settings.events);
        if (auto played = night.play(from, nightEnd(), settings); !played)
            return played;
        counts.events = static_cast<int>(store.value()->lastSeq());
        counts.tickets = night.tickets();
        fixes = night.takeFixes();
    }
    std::stable_sort(fixes.begin(), fixes.end(), [](const dispatch::Fix& a, const dispatch::Fix& b) {
        return a.receivedAt < b.receivedAt;
    });
    auto log = dispatch::TrackLog::open(folder / "tracks", false);
    if (!log)
        return log.problem();
    if (auto kept = log.value()->append(fixes); !kept)
        return kept;
    counts.fixes = static_cast<int>(fixes.size());
    const auto flushed = log.value()->flush();
    log = layers::Result<std::unique_ptr<dispatch::TrackLog>>(nullptr);
    std::error_code ignored; // the writer's lock file is no part of the city
    std::filesystem::remove(folder / "tracks" / "lane.0", ignored);
    return flushed;
}

} // namespace vedette::ctl
