// SPDX-License-Identifier: GPL-3.0-or-later
// Nearest by road, units to incident: 5 of 900, and 5 when 11 of 900 may go. Beside a plain Dijkstra in this
// process, pgRouting and QGIS's network analysis, on 303,000 synthetic sections and on real OpenStreetMap
// extracts where they are; a closure; what is kept on disk; whole recommendations of a big city.
// Times are whole milliseconds, so that answers are equal or wrong.
#include "city_by_road.h"
#include "pg_routing.h"
#include "plain_dijkstra.h"
#include "qgis_network_peer.h"
#include "synthetic_roads.h"

#include "layers/reader.h"
#include "near_tree.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <numeric>
#include <random>
#include <stdexcept>

using namespace vedette::layers;
using vedette::dispatch::NearTree;
using Steady = std::chrono::steady_clock;
using Place = RoadNetwork::Place;

namespace {

double elapsed(Steady::time_point from) {
    return std::chrono::duration<double, std::milli>(Steady::now() - from).count();
}
double quantile(std::vector<double> values, double q) {
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, std::size_t(q * double(values.size())))];
}

// Who may go, found outwards as the program does: in a tree that stands before the question is asked and is kept in
// step as units move.
NearTree standing(const std::vector<Place>& places, const std::vector<std::uint32_t>& units) {
    std::vector<NearTree::Entry> entries;
    for (const auto unit : units)
        entries.push_back({places[unit].at, unit});
    NearTree tree;
    tree.fill(std::move(entries));
    return tree;
}

// Outwards by straight distance until the fastest road couldn't bring anybody sooner.
std::vector<RoadTime> nearest(RoadSearch& search, const std::shared_ptr<const RoadMetric>& metric,
                              const Place& incident, const std::vector<Place>& places, const NearTree& units,
                              std::size_t enough) {
    search.aim(metric, incident);
    std::vector<RoadTime> kept;
    units.outwards(incident.at, [&](double metres, Point, std::uint32_t unit) {
        if (kept.size() == enough && search.leastTime(metres) > double(kept.back()))
            return false;
        const RoadTime time = search.from(places[unit]);
        if (time < roadEndless) {
            kept.insert(std::upper_bound(kept.begin(), kept.end(), time), time);
            kept.resize(std::min(kept.size(), enough));
        }
        return true;
    });
    return kept;
}

struct Ground {
    std::string name;
    std::shared_ptr<const RoadMap> map;
    std::shared_ptr<const RoadMetric> metric;
    double mapSeconds = 0, metricSeconds = 0;
};

Ground prepare(const std::string& name, const Snapshot& lines) {
    const auto from = Steady::now();
    const auto map = RoadMap::make({lines});
    Ground ground{name, map, nullptr, elapsed(from) / 1000, 0};
    const auto customising = Steady::now();
    ground.metric = std::make_shared<const RoadMetric>(map, RoadProfile::driving)->lean();
    ground.metricSeconds = elapsed(customising) / 1000;
    std::printf(
        "%s: %zu sections, %zu nodes, %zu parts, %zu shortcuts; prepared in %.2f s and %.2f s a profile\n",
        name.c_str(), map->network.edges().size(), map->network.nodeCount(), map->network.partCount(),
        map->hierarchy.higher.size(), ground.mapSeconds, ground.metricSeconds);
    return ground;
}

class Asking {
public:
    Asking(const Ground& ground, unsigned seed) : ground_(ground), random_(seed) {
        for (RoadNetwork::EdgeIndex e = 0; e < network().edges().size(); ++e)
            if (network().open(2 * e, RoadProfile::driving) &&
                network().open(2 * e + 1, RoadProfile::driving))
                bothWays_.push_back(e);
        for (int i = 0; i < 900; ++i)
            units_.push_back(anywhere());
        all_.resize(units_.size());
        std::iota(all_.begin(), all_.end(), 0);
    }
    // Every answer is compared before its time counts.
    void race(std::size_t eligible, int questions, int checked, const char* row) {
        PlainDijkstra peer(*ground_.metric, units_);
        RoadSearch search;
        std::vector<double> ours, theirs;
        for (int i = 0; i < questions; ++i) {
            auto may = all_;
            std::shuffle(may.begin(), may.end(), random_);
            may.resize(eligible);
            const Place incident = anywhere();
            const NearTree tree = standing(units_, may);
            auto from = Steady::now();
            const auto mine = nearest(search, ground_.metric, incident, units_, tree, 5);
            ours.push_back(elapsed(from));
            if (i >= checked)
                continue;
            from = Steady::now();
            const auto other = peer.nearest(incident, may, 5);
            theirs.push_back(elapsed(from));
            if (mine != other)
                throw std::runtime_error("answers differ at question " + std::to_string(i));
        }
        std::printf(
            "%s, %s: ours p50 %.4f ms p99 %.4f ms, Dijkstra p50 %.3f ms p99 %.3f ms, %zu answers equal\n",
            ground_.name.c_str(), row, quantile(ours, 0.5), quantile(ours, 0.99), quantile(theirs, 0.5),
            quantile(theirs, 0.99), theirs.size());
        std::printf("ratio roads %s_%s_dijkstra ours/peer=%.4f\n", ground_.name.c_str(), row,
                    quantile(ours, 0.5) / quantile(theirs, 0.5));
    }
    // From node to node, as pgRouting asks: at the beginning of sections open both ways. Asked in turn, so that each
    // finds the other's caches, and then each in a row.
    void raceServer(std::size_t eligible, int questions, const char* row) {
        PgRouting peer(*ground_.metric);
        RoadSearch search;
        const auto atNode = [&] {
            const auto edge = bothWays_[random_() % bothWays_.size()];
            return Place{edge, 0, 0, network().point(network().tail(2 * edge))};
        };
        std::vector<Place> places(units_.size());
        for (Place& place : places)
            place = atNode();
        // It answers once for a node, and not for the target itself.
        std::vector<std::uint32_t> nodes, once;
        for (std::size_t k = 0; k < eligible; ++k) {
            const auto unit = std::uint32_t(k * places.size() / eligible);
            const auto node = network().tail(2 * places[unit].edge);
            if (std::find(nodes.begin(), nodes.end(), node) == nodes.end())
                nodes.push_back(node), once.push_back(unit);
        }
        const NearTree tree = standing(places, once);
        std::vector<Place> incidents;
        while (incidents.size() < std::size_t(questions))
            if (const Place at = atNode();
                std::find(nodes.begin(), nodes.end(), network().tail(2 * at.edge)) == nodes.end())
                incidents.push_back(at);
        std::vector<double> ours, theirs;
        std::vector<RoadTime> mine, other;
        const auto askUs = [&](const Place& incident) {
            const auto from = Steady::now();
            mine = nearest(search, ground_.metric, incident, places, tree, 5);
            ours.push_back(elapsed(from));
        };
        const auto askThem = [&](const Place& incident) {
            double took = 0;
            other = peer.nearest(nodes, network().tail(2 * incident.edge), 5, took);
            theirs.push_back(took);
        };
        const auto told = [&](const char* how) {
            std::printf("%s, %s %s: ours p50 %.4f ms, pgRouting p50 %.1f ms, %zu answers equal\n",
                        ground_.name.c_str(), row, how, quantile(ours, 0.5), quantile(theirs, 0.5), theirs.size());
            std::printf("ratio roads %s_%s_pgrouting_%s ours/peer=%.6f\n", ground_.name.c_str(), row, how,
                        quantile(ours, 0.5) / quantile(theirs, 0.5));
            ours.clear(), theirs.clear();
        };
        for (const Place& incident : incidents) {
            askThem(incident);
            askUs(incident);
            if (mine != other)
                throw std::runtime_error(ground_.name + ": pgRouting's answers differ");
        }
        told("in_turn");
        std::for_each(incidents.begin(), incidents.end(), askThem);
        std::for_each(incidents.begin(), incidents.end(), askUs);
        told("in_a_row");
    }
    // From node to node as well: its analyzer goes from one vertex to all, whatever is asked.
    void raceQgis(std::size_t eligible, int questions, const char* row) {
        std::vector<QgisQuestion> asked;
        std::vector<Place> incidents;
        std::vector<std::vector<std::uint32_t>> once;
        const auto atNode = [&] {
            const auto edge = bothWays_[random_() % bothWays_.size()];
            return Place{edge, 0, 0, network().point(network().tail(2 * edge))};
        };
        std::vector<Place> places(units_.size());
        for (Place& place : places)
            place = atNode();
        for (int i = 0; i < questions; ++i) {
            const Place incident = atNode();
            const auto target = network().tail(2 * incident.edge);
            std::vector<std::uint32_t> may, nodes;
            for (std::size_t k = 0; k < eligible; ++k) {
                const auto unit = std::uint32_t(k * places.size() / eligible);
                may.push_back(unit), nodes.push_back(network().tail(2 * places[unit].edge));
            }
            asked.push_back({target, nodes});
            incidents.push_back(incident), once.push_back(may);
        }
        const auto answers = askQgis(*ground_.metric, asked);
        if (!answers) {
            std::fprintf(stderr, "QGIS's network analysis isn't here: left out\n");
            return;
        }
        RoadSearch search;
        std::vector<double> ours, theirs;
        for (std::size_t i = 0; i < asked.size(); ++i) {
            const NearTree tree = standing(places, once[i]);
            const auto from = Steady::now();
            const auto mine = nearest(search, ground_.metric, incidents[i], places, tree, 5);
            ours.push_back(elapsed(from));
            theirs.push_back((*answers)[i].milliseconds);
            if (mine != (*answers)[i].times)
                throw std::runtime_error("QGIS answers differ at question " + std::to_string(i));
        }
        std::printf("%s, %s: ours p50 %.4f ms, QGIS's network analysis p50 %.1f ms, %zu answers equal\n",
                    ground_.name.c_str(), row, quantile(ours, 0.5), quantile(theirs, 0.5), theirs.size());
        std::printf("ratio roads %s_%s_qgis ours/peer=%.6f\n", ground_.name.c_str(), row,
                    quantile(ours, 0.5) / quantile(theirs, 0.5));
    }
    void close(int times) {
        std::vector<double> took;
        for (int i = 0; i < times; ++i) {
            const RoadMetric::Change closed{RoadNetwork::EdgeIndex(random_() % network().edges().size()), 0};
            double least = 1e9; // of three: the closure's work, not what else the machine did
            for (int again = 0; again < 3; ++again) {
                const auto from = Steady::now();
                const auto changed = ground_.metric->changed(std::span(&closed, 1));
                least = std::min(least, elapsed(from));
            }
            took.push_back(least);
        }
        std::printf("%s: a closure takes effect in p50 %.2f ms, worst %.2f ms of %d\n", ground_.name.c_str(),
                    quantile(took, 0.5), quantile(took, 1), times);
        std::printf("ratio roads %s_closure_worst ours/limit=%.4f\n", ground_.name.c_str(),
                    quantile(took, 1) / 50);
    }

private:
    const RoadNetwork& network() const { return ground_.metric->map().network; }
    Place anywhere() {
        for (;;) {
            const auto edge = RoadNetwork::EdgeIndex(random_() % network().edges().size());
            if (network().edges()[edge].metresPerSecond <= 0)
                continue;
            const auto points = network().points(network().edges()[edge]);
            // Between the points of its first segment, so that place and share belong together.
            const double first = std::hypot(points[1].x - points[0].x, points[1].y - points[0].y);
            const double t = double(random_() % 1000) / 1000;
            return {edge,
                    std::min(1.0, t * first / double(network().edges()[edge].metres)),
                    0,
                    {points[0].x + t * (points[1].x - points[0].x),
                     points[0].y + t * (points[1].y - points[0].y)}};
        }
    }
    const Ground& ground_;
    std::mt19937 random_;
    std::vector<Place> units_;
    std::vector<std::uint32_t> all_;
    std::vector<RoadNetwork::EdgeIndex> bothWays_;
};

// What a second start saves: network and ranks from the cache, beside making them.
void keepOnDisk(const Snapshot& lines, double madeSeconds) {
    std::string cache = "/tmp/roads-kept-XXXXXX";
    if (!::mkdtemp(cache.data()))
        throw std::runtime_error("no room in /tmp");
    (void)RoadMap::kept({lines}, {}, cache);
    std::vector<double> took;
    for (int i = 0; i < 5; ++i) {
        const auto from = Steady::now();
        (void)RoadMap::kept({lines}, {}, cache);
        took.push_back(elapsed(from) / 1000);
    }
    std::filesystem::remove_all(cache);
    std::printf("kept on disk: read and checked in %.2f s, made in %.2f s\n", quantile(took, 0.5), madeSeconds);
    std::printf("ratio roads kept_read ours/made=%.4f\n", quantile(took, 0.5) / madeSeconds);
}

struct Real {
    const char *folder, *source, *crs, *name;
};
constexpr Real reals[] = {
    {"roads-porto-alegre", "poa.osm.pbf|layername=lines", "EPSG:32722", "porto_alegre"},
    {"roads-small-pbf", "baltimore.osm.pbf|layername=lines", "EPSG:32618", "baltimore"},
    {"roads-small-pbf", "liechtenstein-latest.osm.pbf|layername=lines", "EPSG:32632", "liechtenstein"},
    {"roads-small-pbf", "andorra.osm.pbf|layername=lines", "EPSG:32631", "andorra"},
    {"dc-2016", "major-roads.geojson", "EPSG:32618", "dc_major_roads"},
};

// `only`: one network alone; empty: all.
void compare(bool server, std::string_view only) {
    const auto meant = [only](std::string_view name) { return only.empty() || only == name; };
    if (meant("synthetic")) {
        const Snapshot lines = syntheticRoads(7);
        const Ground ground = prepare("synthetic", lines);
        keepOnDisk(lines, ground.mapSeconds);
        std::printf("ratio roads synthetic_preparation ours/limit=%.4f\n",
                    (ground.mapSeconds + ground.metricSeconds) / 10);
        Asking asking(ground, 1);
        asking.close(200);
        asking.race(900, 10000, 10000, "5_of_900");
        asking.race(11, 10000, 1000, "11_of_900_eligible");
        if (server) {
            asking.raceServer(900, 20, "5_of_900");
            asking.raceServer(11, 20, "11_of_900_eligible");
        }
        asking.raceQgis(900, 20, "5_of_900");
        asking.raceQgis(11, 20, "11_of_900_eligible");
        compareCityByRoad(ground.map);
    }
    const char* named = std::getenv("VEDETTE_REAL_DATA");
    const std::filesystem::path data = named ? named : "../shared/data";
    std::string cache = "/tmp/roads-cache-XXXXXX";
    if (!::mkdtemp(cache.data()))
        throw std::runtime_error("no room in /tmp");
    for (const Real& real : reals) {
        if (!meant(real.name))
            continue;
        Workspace workspace;
        workspace.folder = data / real.folder;
        if (!std::filesystem::is_directory(workspace.folder)) {
            std::fprintf(stderr, "%s isn't here: left out\n", real.folder);
            continue;
        }
        workspace.crs = real.crs;
        SourceSpec spec;
        spec.source = real.source;
        ReadOptions options;
        options.cache = cache;
        const auto lines = readSource(workspace, spec, options);
        if (!lines) {
            std::fprintf(stderr, "%s: %s\n", real.source, lines.problem().message.code.c_str());
            continue;
        }
        const Ground ground = prepare(real.name, lines.value());
        for (const auto& finding : ground.metric->map().findings)
            if (finding.row < 0)
                std::printf("  %s\n", word(finding.message, Language::english).c_str());
        Asking asking(ground, 2);
        asking.close(200);
        asking.race(900, 10000, 10000, "5_of_900");
        asking.race(11, 10000, 10000, "11_of_900_eligible");
        if (server)
            asking.raceServer(900, 20, "5_of_900");
        asking.raceQgis(900, 20, "5_of_900");
    }
    std::filesystem::remove_all(cache);
}

} // namespace

int main(int argc, char** argv) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    try {
        bool server = true;
        std::string_view only;
        for (int i = 1; i < argc; ++i)
            if (const std::string_view word = argv[i]; word == "--without-server")
                server = false;
            else if (word == "--only" && i + 1 < argc)
                only = argv[++i];
            else
                throw std::runtime_error("usage: bench_roads [--without-server] [--only NETWORK]");
        compare(server, only);
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return 1;
    }
}
