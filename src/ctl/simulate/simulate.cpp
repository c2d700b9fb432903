// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/simulate.h"

#include "field_play.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <thread>

namespace vedette::ctl {

namespace {

namespace fs = std::filesystem;

// "ndjson:feed.ndjson" -> a path in the workspace; empty for stdin, stdout and other kinds.
fs::path fileOf(const std::string& url, const fs::path& folder) {
    constexpr std::string_view scheme = "ndjson:";
    if (!url.starts_with(scheme) || url == "ndjson:-" || url.size() == scheme.size())
        return {};
    return folder / url.substr(scheme.size());
}

// Where the lines go: a feed file (each line whole, in one write) or whoever asked.
class Outlet {
public:
    explicit Outlet(const SimulateSettings& settings) : settings_(settings) {}
    Outlet(const Outlet&) = delete;
    ~Outlet() {
        if (fd_ >= 0)
            ::close(fd_);
    }
    layers::Status open(const fs::path& file) {
        path_ = file;
        fd_ = ::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
        return fd_ >= 0 ? layers::Status(layers::Nothing{}) : layers::Status(trouble());
    }
    // False: nobody listens any more.
    layers::Result<bool> put(const std::vector<std::string>& lines) {
        if (fd_ < 0) {
            for (const std::string& line : lines)
                if (settings_.line && !settings_.line(line))
                    return false;
            return true;
        }
        std::string block;
        for (const std::string& line : lines)
            block += line + '\n';
        for (std::size_t done = 0; done < block.size();) {
            const ssize_t wrote = ::write(fd_, block.data() + done, block.size() - done);
            if (wrote < 0 && errno == EINTR)
                continue;
            if (wrote < 0)
                return trouble();
            done += static_cast<std::size_t>(wrote);
        }
        return true;
    }

private:
    layers::Problem trouble() const {
        return layers::environment("fileUnwritable",
                                   {{"path", path_.string()}, {"cause", std::strerror(errno)}});
    }
    const SimulateSettings& settings_;
    fs::path path_;
    int fd_ = -1;
};

} // namespace

layers::Result<SimulateCounts> simulate(const fs::path& folder, const SimulateSettings& settings) {
    dispatch::LoadOptions load;
    load.read.reader = settings.reader;
    load.history = load.gazetteer = settings.incidents;
    // Orders that come while the city is being read are this run's: the file's end is noted first.
    const auto workspace = layers::loadWorkspace(folder);
    if (!workspace)
        return workspace.problem();
    fs::path feed;
    std::vector<OrderTail> orders;
    for (const layers::FeedSpec& spec : workspace.value().feeds) {
        if (feed.empty())
            feed = fileOf(spec.url, workspace.value().folder);
        if (const fs::path file = fileOf(spec.orders, workspace.value().folder); !file.empty())
            orders.emplace_back(file, settings.fromStart);
    }
    Outlet outlet(settings);
    if (settings.intoFeed) {
        if (feed.empty())
            return layers::refused("feedMissing", {{"path", (folder / "workspace.toml").string()}});
        if (auto opened = outlet.open(feed); !opened)
            return opened.problem();
    }
    auto city = dispatch::loadCity(folder, load);
    if (!city)
        return city.problem();
    if (settings.progress && settings.incidents && city.value()->history->empty())
        settings.progress({"historyEmpty", {{"path", folder.string()}}});

    const layers::SystemClock clock;
    using Steady = std::chrono::steady_clock;
    const Steady::time_point begun = Steady::now();
    FieldPlay play(city.value(), settings, clock.now());
    if (settings.progress)
        settings.progress({"simulating", {{"path", folder.string()}}});
    for (;;) {
        const double wall = std::chrono::duration<double>(Steady::now() - begun).count();
        play.counts.seconds = wall;
        for (OrderTail& tail : orders)
            for (const std::string& line : tail.lines())
                play.order(line);
        play.step(wall * settings.speed, clock.now());
        const auto put = outlet.put(play.takeLines());
        if (!put)
            return put.problem();
        if (!put.value() || (settings.stop && *settings.stop) ||
            (settings.seconds && wall >= *settings.seconds))
            return play.counts;
        // Wakes for what is due next, and often enough to see new orders.
        const double due = (play.nextDue() - wall * settings.speed) / settings.speed;
        std::this_thread::sleep_for(std::chrono::duration<double>(std::clamp(due, 0.002, 0.05)));
    }
}

} // namespace vedette::ctl
