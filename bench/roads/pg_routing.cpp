// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg_routing.h"

#include "private_postgres.h"

#include <libpq-fe.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <stdexcept>

using namespace vedette::layers;

struct PgRouting::Server {
    PrivatePostgres cluster;
    PGconn* link = PQconnectdb(cluster.connection().c_str());
    ~Server() { PQfinish(link); }

    PGresult* ask(const std::string& sql) {
        PGresult* result = PQexec(link, sql.c_str());
        const auto status = PQresultStatus(result);
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_COPY_IN)
            throw std::runtime_error(PQerrorMessage(link));
        return result;
    }
    void run(const std::string& sql) { PQclear(ask(sql)); }
};

PgRouting::PgRouting(const RoadMetric& metric) : server_(std::make_unique<Server>()) {
    const RoadNetwork& network = metric.map().network;
    server_->run("CREATE EXTENSION pgrouting CASCADE");
    server_->run(
        "CREATE TABLE edges (id bigint, source bigint, target bigint, cost float8, reverse_cost float8)");
    server_->run("COPY edges FROM STDIN");
    const auto cost = [&](RoadNetwork::Arc arc) {
        return metric.time(arc) < roadEndless ? std::to_string(metric.time(arc)) : "-1";
    };
    for (RoadNetwork::Arc arc = 0; arc < network.arcCount(); arc += 2) {
        const std::string row = std::to_string(arc / 2) + "\t" + std::to_string(network.tail(arc)) + "\t" +
                                std::to_string(network.head(arc)) + "\t" + cost(arc) + "\t" + cost(arc + 1) +
                                "\n";
        PQputCopyData(server_->link, row.data(), int(row.size()));
    }
    PQputCopyEnd(server_->link, nullptr);
    while (PGresult* result = PQgetResult(server_->link))
        PQclear(result);
    server_->run(
        "CREATE INDEX ON edges (id); CREATE INDEX ON edges (source); CREATE INDEX ON edges (target)");
    server_->run("VACUUM ANALYZE edges");
    // Turned round and asked from the one to the many: one Dijkstra, where many to one would be as many as there are units.
    server_->run("PREPARE nearest (bigint[], bigint, int) AS SELECT agg_cost FROM pgr_dijkstraCost("
                 "'SELECT id, target AS source, source AS target, cost, reverse_cost FROM edges', $2, $1, true) "
                 "ORDER BY agg_cost LIMIT $3");
}

PgRouting::~PgRouting() = default;

std::vector<RoadTime> PgRouting::nearest(const std::vector<std::uint32_t>& nodes, std::uint32_t target,
                                         std::size_t enough, double& took) {
    std::string list = "{";
    for (std::size_t i = 0; i < nodes.size(); ++i)
        list += (i ? "," : "") + std::to_string(nodes[i]);
    list += "}";
    const std::string aim = std::to_string(target), most = std::to_string(enough);
    const char* values[] = {list.c_str(), aim.c_str(), most.c_str()};
    const auto begin = std::chrono::steady_clock::now();
    PGresult* result = PQexecPrepared(server_->link, "nearest", 3, values, nullptr, nullptr, 0);
    took = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        throw std::runtime_error(PQerrorMessage(server_->link));
    std::vector<RoadTime> out;
    for (int row = 0; row < PQntuples(result); ++row)
        out.push_back(static_cast<RoadTime>(std::llround(std::strtod(PQgetvalue(result, row, 0), nullptr))));
    PQclear(result);
    return out;
}
