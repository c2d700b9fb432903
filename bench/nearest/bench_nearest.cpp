// SPDX-License-Identifier: GPL-3.0-or-later
// Five of 72,000 who may go now, when 100, 10 and 1 % may; the same question to PostGIS in the same run, and
// the answers must be equal. Then whole recommendations in a city of 13,669 grids with owners and live fixes.
#include "private_postgres.h"

#include "dispatch/recommend.h"
#include "layers/snapshot_builder.h"

#include <libpq-fe.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <stdexcept>

using namespace vedette;
using namespace vedette::dispatch;
using Clock = std::chrono::steady_clock;

namespace {

constexpr double west = 480000, south = 3500000, cell = 500;
constexpr int side = 117;                // 117 x 117 = 13,689 grids
constexpr std::size_t unitCount = 72000; // of one role
const Instant noon = layers::parseTime("2026-11-23T04:00:00Z", layers::TimeZone::utc()).value();

// Thrown, so that the server is ended on the way out.
[[noreturn]] void fail(const std::string& why) {
    throw std::runtime_error(why);
}

double microseconds(Clock::duration d) {
    return std::chrono::duration<double, std::micro>(d).count();
}
double quantile(std::vector<double> values, double q) {
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, std::size_t(q * double(values.size())))];
}

layers::Areas grids() {
    layers::SnapshotBuilder builder("grids", {{"code"}, {"name"}, {"parent"}, {"level"}, {"beat"}});
    for (int i = 0; i < side * side; ++i) {
        const double x = west + cell * (i % side), y = south + cell * (i / side);
        builder.add(i, layers::Shape::polygon,
                    {{{{x, y}, {x + cell, y}, {x + cell, y + cell}, {x, y + cell}, {x, y}}, false}},
                    {"G" + std::to_string(i), "", "", "1", "B" + std::to_string(i / 12)});
    }
    std::string folder = "/tmp/nearest-grids-XXXXXX";
    if (!::mkdtemp(folder.data()) || !builder.write(folder + "/snapshot").ok())
        fail("no room in /tmp");
    auto snapshot = layers::Snapshot::open(folder + "/snapshot");
    std::filesystem::remove_all(folder);
    if (!snapshot)
        fail("the grids can't be read back");
    return layers::Areas::build({{layers::AreaKind::grid, snapshot.value()}});
}

State fold(const std::vector<UnitFacts>& units) {
    State state;
    const auto pin = [&](const std::string& what, const std::string& content) {
        Event event;
        event.envelope.seq = state.seq() + 1;
        event.envelope.occurredAt = event.envelope.recordedAt = noon;
        event.payload = ReferencePinned{what, what + std::to_string(std::hash<std::string>{}(content)), what,
                                        std::make_shared<const std::string>(content)};
        event.envelope.kind = kindOf(event.payload);
        state = apply(state, event);
    };
    Duty plain = defaultDuty("01");
    plain.lead = Role::gridWorker;
    Duty whole = defaultDuty("02");
    whole.lead = Role::gridWorker, whole.joint = {Role::officer, Role::mediator}, whole.skills = {"boat"};
    pin("duties", encodeDuties({plain, whole}));
    pin("units", encodeUnits(units));
    return state;
}

class Peer {
public:
    explicit Peer(const std::string& connection) : link_(PQconnectdb(connection.c_str())) {
        if (PQstatus(link_) != CONNECTION_OK)
            fail(PQerrorMessage(link_));
    }
    ~Peer() { PQfinish(link_); }
    void run(const std::string& sql) {
        PGresult* result = PQexec(link_, sql.c_str());
        if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
            fail(PQerrorMessage(link_));
        PQclear(result);
    }
    void fill(const std::vector<UnitFacts>& units, const std::vector<layers::Point>& at) {
        run("DROP TABLE IF EXISTS units; CREATE TABLE units (id text, role text, may_go boolean, "
            "at geometry(Point, 4549))");
        std::string sql;
        for (std::size_t i = 0; i < units.size(); ++i) {
            char row[160];
            std::snprintf(row, sizeof row,
                          "%s('%s','gridWorker',%s,ST_SetSRID(ST_MakePoint(%.17g,%.17g),4549))",
                          sql.empty() ? "INSERT INTO units VALUES " : ",", units[i].id.text.c_str(),
                          units[i].shifts.empty() ? "true" : "false", at[i].x, at[i].y);
            sql += row;
            if (i % 5000 == 4999 || i + 1 == units.size())
                run(sql), sql.clear();
        }
        run("CREATE INDEX ON units USING gist (at); CREATE INDEX ON units (may_go)");
        run("VACUUM ANALYZE units");
        run("DEALLOCATE ALL");
        PGresult* result =
            PQprepare(link_, "nearest",
                      "SELECT id FROM units WHERE role = 'gridWorker' AND may_go ORDER BY at <-> "
                      "ST_SetSRID(ST_MakePoint($1::float8, $2::float8), 4549) LIMIT 5",
                      0, nullptr);
        if (PQresultStatus(result) != PGRES_COMMAND_OK)
            fail(PQerrorMessage(link_));
        PQclear(result);
    }
    std::vector<std::string> nearest(layers::Point at, double& took) {
        char x[40], y[40];
        std::snprintf(x, sizeof x, "%.17g", at.x), std::snprintf(y, sizeof y, "%.17g", at.y);
        const char* values[] = {x, y};
        const auto from = Clock::now();
        PGresult* result = PQexecPrepared(link_, "nearest", 2, values, nullptr, nullptr, 0);
        took = microseconds(Clock::now() - from);
        std::vector<std::string> ids;
        for (int row = 0; row < PQntuples(result); ++row)
            ids.emplace_back(PQgetvalue(result, row, 0));
        PQclear(result);
        return ids;
    }

private:
    PGconn* link_;
};

struct Pace {
    double ours, ours99, theirs, theirs99; // us
};

// 2,000 questions each, `inRow` to us, then the same to PostGIS. Both are asked 200 before, and the answers
// must be equal. Theirs is one prepared statement over a local socket, with an index on the places and one on
// may_go, vacuumed and analysed. Ours projects the point, looks up areas and duty, and gives each candidate
// with distance, time, basis and reasons: more than the peer is asked for. `notTaken` 0 is the question that
// PostGIS answers (`vedettectl ticket assign` asks it); with 20, the nearer who may not go are found and
// explained as well, which PostGIS isn't asked for at all.
template <class Place>
Pace race(const UnitIndex& index, const State& state, const CostModel& cost, Peer& peer,
          const layers::WorkingCrs& crs, const Place& place, std::size_t notTaken, int inRow) {
    std::vector<double> ours, theirs;
    for (int from = 0; from < 2200; from += inRow) {
        std::vector<Request> requests(static_cast<std::size_t>(inRow));
        for (Request& request : requests)
            request.at = place(), request.category = "01", request.now = noon, request.notTaken = notTaken;
        std::vector<std::vector<std::string>> given(requests.size());
        for (std::size_t i = 0; i < requests.size(); ++i) {
            const auto begin = Clock::now();
            const auto answer = index.recommend(state, requests[i], cost);
            if (const double took = microseconds(Clock::now() - begin); from >= 200)
                ours.push_back(took);
            for (const auto& candidate : answer.candidates)
                given[i].push_back(candidate.unit.text);
        }
        for (std::size_t i = 0; i < requests.size(); ++i) {
            double took = 0;
            const auto expected = peer.nearest(crs.toWorking(requests[i].at), took);
            if (from >= 200)
                theirs.push_back(took);
            if (given[i] != expected)
                fail("answers differ at query " + std::to_string(from + int(i)));
        }
    }
    return {quantile(ours, 0.5), quantile(ours, 0.99), quantile(theirs, 0.5), quantile(theirs, 0.99)};
}

int compare() {
    const auto crs = layers::WorkingCrs::named("EPSG:4549").value();
    const auto zone = layers::TimeZone::named("Asia/Shanghai").value();
    const layers::Rules rules;
    const auto cost = straightCost(rules);
    std::mt19937_64 random(20261123);
    const auto place = [&] {
        std::uniform_real_distribution<double> along(0, side * cell);
        const double x = along(random), y = along(random);
        return crs.toLonLat({west + x, south + y});
    };
    std::fprintf(stderr, "starting a private PostgreSQL\n");
    const PrivatePostgres server;
    Peer peer(server.connection());
    peer.run("CREATE EXTENSION postgis");

    std::vector<UnitFacts> units(unitCount);
    std::vector<layers::Point> at(unitCount);
    for (std::size_t i = 0; i < unitCount; ++i) {
        units[i].id.text = "U" + std::to_string(100000 + i);
        units[i].role = Role::gridWorker;
        units[i].post = place();
        at[i] = crs.toWorking(*units[i].post);
    }
    const layers::Areas none = layers::Areas::build({});
    std::vector<std::string> ratios;
    for (const int percent : {100, 10, 1}) {
        std::fprintf(stderr, "%d %% may go\n", percent);
        for (auto& unit : units)
            unit.shifts =
                random() % 100 < unsigned(percent) ? std::vector<Shift>{} : *parseShifts("22:00-06:00");
        const State state = fold(units);
        UnitIndex index(crs, none, rules, zone);
        index.follow(state);
        index.advance(noon);
        peer.fill(units, at);
        // As many questions to the one and then to the other; one by one means that each finds the caches as
        // the other has left them.
        for (const std::size_t notTaken : {0, 20})
            for (const int inRow : {100, 1}) {
                const Pace pace = race(index, state, *cost, peer, crs, place, notTaken, inRow);
                std::printf("%3d %%, %2zu not taken explained, %3d in a row: ours p50 %.1f us p99 %.1f us, "
                            "PostGIS p50 %.1f us p99 %.1f us, 2000 answers equal\n",
                            percent, notTaken, inRow, pace.ours, pace.ours99, pace.theirs, pace.theirs99);
                char line[120];
                std::snprintf(line, sizeof line, "ratio nearest eligible%d%s%s ours/peer=%.4f", percent,
                              notTaken ? "_explained" : "", inRow == 1 ? "_one_by_one" : "",
                              pace.ours / pace.theirs);
                ratios.push_back(line);
            }
    }

    std::fprintf(stderr, "whole recommendations\n");
    std::vector<UnitFacts> city(73000);
    for (std::size_t i = 0; i < city.size(); ++i) {
        UnitFacts& unit = city[i];
        unit.id.text = "U" + std::to_string(100000 + i);
        unit.role = i % 20 == 0 ? Role::officer : i % 50 == 1 ? Role::mediator : Role::gridWorker;
        const auto grid = std::size_t(random() % (side * side));
        unit.owns = {unit.role == Role::officer ? "B" + std::to_string(grid / 12)
                                                : "G" + std::to_string(grid)};
        unit.homeArea = "G" + std::to_string(grid);
        if (random() % 10 == 0)
            unit.skills = std::vector<std::string>{"boat"};
        unit.shifts = random() % 3 ? *parseShifts("Mon-Fri 08:00-18:00") : *parseShifts("22:00-06:00");
    }
    const layers::Areas areas = grids();
    const State state = fold(city);
    UnitIndex index(crs, areas, rules, zone);
    auto from = Clock::now();
    index.follow(state);
    index.advance(noon);
    std::printf("73,000 units taken over and placed in %.0f ms\n", microseconds(Clock::now() - from) / 1000);
    std::vector<double> whole, fixes;
    for (int second = 0; second < 20; ++second) {
        const Instant now = noon + std::chrono::seconds(second);
        std::vector<Fix> batch;
        for (int i = 0; i < 5000; ++i)
            batch.push_back({{"U" + std::to_string(100000 + 7 * i)}, place(), now, now, -1, -1});
        from = Clock::now();
        index.fix(batch);
        fixes.push_back(microseconds(Clock::now() - from) / double(batch.size()));
        for (int query = 0; query < 500; ++query) {
            Request request;
            request.at = place(), request.category = query % 2 ? "01" : "02", request.now = now;
            from = Clock::now();
            const auto answer = index.recommend(state, request, *cost);
            whole.push_back(microseconds(Clock::now() - from));
            if (answer.candidates.empty())
                fail("nobody goes");
        }
    }
    std::printf(
        "a fix takes %.1f us; whole recommendation (owners, joint roles, skills, reasons): p50 %.1f us, p99 "
        "%.1f us, worst %.1f us of %zu\n",
        quantile(fixes, 0.5), quantile(whole, 0.5), quantile(whole, 0.99), quantile(whole, 1), whole.size());
    for (const auto& line : ratios)
        std::printf("%s\n", line.c_str());
    std::printf("ratio nearest recommendation_p99 ours/limit=%.4f\n", quantile(whole, 0.99) / 1000);
    return 0;
}

} // namespace

int main() {
    try {
        return compare();
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return 1;
    }
}
