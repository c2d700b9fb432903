// SPDX-License-Identifier: GPL-3.0-or-later
// Positions end to end: another process appends them to the feed file at a steady rate; a live session
// follows it. Then the whole file at once, beside a peer that keeps rows. Every fix must be in the track log,
// and the newest of every unit must stand in the index.
#include "row_keeper.h"

#include "dispatch/session.h"
#include "dispatch/tracks.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <thread>
#include <unordered_map>

using namespace vedette;
using namespace vedette::dispatch;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

struct Settings {
    std::size_t units = 73'000, rate = 7'200, seconds = 30;
    std::size_t total() const { return rate * seconds; }
};

std::string unitName(std::size_t number) {
    char text[32];
    std::snprintf(text, sizeof text, "U%05zu", number);
    return text;
}

// The n-th fix: units take turns in a shuffled order, each moves on a little every time.
struct Made {
    std::size_t unit;
    LonLat at;
};
Made made(std::size_t n, const Settings& settings) {
    const std::size_t unit = n * 48'271 % settings.units, turn = n / settings.units;
    return {unit,
            {120.5 + double(unit % 270) * 0.003 + double(turn) * 0.0001,
             31.8 + double(unit / 270) * 0.003 + double(turn) * 0.0001}};
}

void appendLine(std::string& out, std::size_t n, const Settings& settings, const std::string& time) {
    const Made one = made(n, settings);
    char text[256];
    out.append(
        text, std::size_t(std::snprintf(text, sizeof text,
                                        R"({"type":"position","unit":"%s","time":"%s","lon":%.7f,"lat":%.7f,)"
                                        R"("speed":%.1f,"course":%zu})"
                                        "\n",
                                        unitName(one.unit).c_str(), time.c_str(), one.at.lon, one.at.lat,
                                        double(n % 200) / 10, n % 360)));
}

// The far end: whatever is due, every 5 ms, each line stamped with when it was due.
int writeSteadily(const fs::path& feed, const Settings& settings) {
    const int file = ::open(feed.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    const auto begun = std::chrono::steady_clock::now();
    const layers::SystemClock clock;
    for (std::size_t done = 0; done < settings.total();) {
        const double passed = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
        const auto due = std::min(std::size_t(passed * double(settings.rate)), settings.total());
        std::string block;
        for (const std::string time = layers::isoUtc(clock.now()); done < due; ++done)
            appendLine(block, done, settings, time);
        if (!block.empty() && ::write(file, block.data(), block.size()) != ssize_t(block.size()))
            return 1;
        std::this_thread::sleep_for(5ms);
    }
    return 0;
}

std::shared_ptr<City> cityOf(const fs::path& folder, const Settings& settings) {
    auto city = std::make_shared<City>(layers::WorkingCrs::named("EPSG:4549").value(),
                                       layers::TimeZone::named("Asia/Shanghai").value());
    city->workspace.folder = folder;
    city->workspace.feeds = {{"ndjson:feed.ndjson", ""}};
    std::vector<UnitFacts> units;
    for (std::size_t i = 0; i < settings.units; ++i) {
        UnitFacts unit;
        unit.id.text = unitName(i);
        unit.role = Role(i % 7);
        unit.post = made(i, settings).at;
        units.push_back(std::move(unit));
    }
    std::sort(units.begin(), units.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    city->roll = std::make_shared<const Roll>(std::move(units));
    return city;
}

std::unique_ptr<Session> opened(const std::shared_ptr<City>& city) {
    auto session = Session::open(city, SessionOptions{});
    if (!session.ok()) {
        std::fprintf(stderr, "no session: %s\n", session.problem().message.code.c_str());
        std::exit(1);
    }
    return std::move(session).value();
}

std::uint64_t positions(const Session& session) {
    const Health health = session.health();
    return health.feeds.empty() ? 0 : health.feeds[0].positions;
}

double residentMegabytes() {
    std::ifstream in("/proc/self/statm");
    std::size_t size = 0, resident = 0;
    in >> size >> resident;
    return double(resident) * double(::sysconf(_SC_PAGESIZE)) / 1e6;
}

std::uintmax_t trackBytes(const fs::path& folder) {
    std::uintmax_t bytes = 0;
    for (const auto& entry : fs::directory_iterator(folder / "tracks"))
        bytes += entry.file_size();
    return bytes;
}

// Everything that was written is there, and the newest of every unit is the newest. Delays in ms.
std::vector<double> checked(const fs::path& folder, const Session& session, const Settings& settings) {
    const auto fail = [](const char* what) {
        std::fprintf(stderr, "WRONG: %s\n", what);
        std::exit(1);
    };
    std::unordered_map<std::string, LonLat> newest;
    for (std::size_t n = 0; n < settings.total(); ++n) {
        const Made one = made(n, settings);
        newest[unitName(one.unit)] = one.at;
    }
    const auto same = [&](const UnitId& unit, LonLat at) {
        const auto known = newest.find(unit.text);
        return known != newest.end() && std::abs(known->second.lon - at.lon) < 2e-7 &&
               std::abs(known->second.lat - at.lat) < 2e-7;
    };
    const auto log = TrackLog::open(folder / "tracks", true);
    std::size_t kept = 0;
    std::vector<double> delays;
    std::unordered_map<std::string, LonLat> last;
    log.value()->read(Instant{}, Instant::max() - 2h, [&](const Fix& fix) {
        ++kept;
        last[fix.unit.text] = fix.at;
        delays.push_back(double((fix.receivedAt - fix.fixedAt).count()));
    });
    if (kept != settings.total())
        fail(("the track log holds " + std::to_string(kept) + " of " + std::to_string(settings.total()))
                 .c_str());
    for (const auto& [unit, at] : last)
        if (!same({unit}, at))
            fail(("the track log's last of " + unit).c_str());
    const auto shown = session.fixes();
    if (shown.size() != newest.size() || last.size() != newest.size())
        fail("not every unit was heard");
    for (const auto& [unit, fix] : shown)
        if (!same(unit, fix.at))
            fail(("the index has another place for " + unit.text).c_str());
    std::sort(delays.begin(), delays.end());
    return delays;
}

fs::path freshFolder() {
    std::string name = (fs::temp_directory_path() / "bench-feed-XXXXXX").string();
    if (!::mkdtemp(name.data()))
        std::exit(1);
    return name;
}

struct Removed {
    fs::path folder = freshFolder();
    ~Removed() { fs::remove_all(folder); }
};

void paced(const Settings& settings, char* self) {
    const Removed room;
    const auto session = opened(cityOf(room.folder, settings));
    std::size_t changes = 0;
    session->onChange([&] { ++changes; });
    std::this_thread::sleep_for(1s); // nothing is measured of this; the lease is taken meanwhile
    const double before = cpuSeconds(), memory = residentMegabytes();
    const auto begun = std::chrono::steady_clock::now();
    const pid_t writer = ::fork();
    if (writer == 0) {
        const std::string feed = (room.folder / "feed.ndjson").string();
        const std::string rate = std::to_string(settings.rate), seconds = std::to_string(settings.seconds),
                          units = std::to_string(settings.units);
        ::execl("/proc/self/exe", self, "--write", feed.c_str(), "--rate", rate.c_str(), "--seconds",
                seconds.c_str(), "--units", units.c_str(), nullptr);
        ::_exit(127);
    }
    int status = 0;
    ::waitpid(writer, &status, 0);
    if (status != 0)
        std::exit(1);
    const std::uint64_t behind = settings.total() - positions(*session);
    const auto ended = std::chrono::steady_clock::now();
    while (positions(*session) < settings.total())
        std::this_thread::sleep_for(1ms);
    const auto after = std::chrono::steady_clock::now();
    const double wall = std::chrono::duration<double>(after - begun).count();
    const double used = cpuSeconds() - before;
    std::this_thread::sleep_for(1500ms); // the log is flushed every second
    const auto delays = checked(room.folder, *session, settings);
    const auto at = [&](double share) { return delays[std::size_t(share * double(delays.size() - 1))]; };
    std::printf(
        "%zu units, %zu positions a second for %zu s: all %zu in the track log, every last one right\n"
        "  behind when the last was written: %llu, caught up after %.0f ms\n"
        "  from written to received: p50 %.0f ms, p99 %.0f ms, most %.0f ms\n"
        "  CPU %.1f %% of one core, %.0f MB resident (%.0f before), screens told %.1f times a second\n"
        "  track log %.1f bytes a fix\n",
        settings.units, settings.rate, settings.seconds, settings.total(),
        static_cast<unsigned long long>(behind),
        std::chrono::duration<double, std::milli>(after - ended).count(), at(0.5), at(0.99), at(1),
        100 * used / wall, residentMegabytes(), memory, double(changes) / wall,
        double(trackBytes(room.folder)) / double(settings.total()));
    std::fflush(stdout);
}

void atOnce(const Settings& settings) {
    const Removed room;
    const fs::path feed = room.folder / "feed.ndjson", waiting = room.folder / "waiting.ndjson";
    {
        std::ofstream out(waiting, std::ios::binary);
        const auto first = layers::SystemClock().now() - std::chrono::seconds(settings.seconds);
        std::string block;
        for (std::size_t n = 0; n < settings.total(); ++n) {
            const auto since = std::chrono::milliseconds(n * 1000 / settings.rate);
            appendLine(block, n, settings, layers::isoUtc(first + since));
            if (block.size() > 1 << 20)
                out << std::exchange(block, {});
        }
        out << block;
    }
    const auto session = opened(cityOf(room.folder, settings));
    std::this_thread::sleep_for(1s);
    const double before = cpuSeconds();
    const auto begun = std::chrono::steady_clock::now();
    fs::rename(waiting, feed);
    while (positions(*session) < settings.total())
        std::this_thread::sleep_for(1ms);
    const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    const double ours = cpuSeconds() - before;
    std::this_thread::sleep_for(1500ms);
    checked(room.folder, *session, settings);
    const auto bytes = trackBytes(room.folder);
    const RowsKept rows = keepAsRows(feed, room.folder / "rows.sqlite", settings.rate);
    if (rows.rows != settings.total()) {
        std::fprintf(stderr, "WRONG: the peer kept %zu\n", rows.rows);
        std::exit(1);
    }
    const double count = double(settings.total());
    std::printf("the same %zu at once: %.0f a second; CPU %.2f us a position, of rows in SQLite %.2f us\n",
                settings.total(), count / wall, ours / count * 1e6, rows.cpuSeconds / count * 1e6);
    std::printf("on disk: %.1f bytes a position, of rows in SQLite %.1f\n", double(bytes) / count,
                double(rows.bytes) / count);
    std::printf("ratio feed positions ours/peer=%.4f\n", ours / rows.cpuSeconds);
    std::printf("ratio feed bytes ours/peer=%.4f\n", double(bytes) / double(rows.bytes));
}

} // namespace

int main(int argc, char** argv) {
    Settings settings;
    fs::path write;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view option = argv[i];
        if (option == "--write")
            write = argv[i + 1];
        else
            (option == "--units"  ? settings.units
             : option == "--rate" ? settings.rate
                                  : settings.seconds) = std::stoul(argv[i + 1]);
    }
    if (!write.empty())
        return writeSteadily(write, settings);
    paced(settings, argv[0]);
    atOnce(settings);
}
