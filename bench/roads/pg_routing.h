// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/road_routes.h"

#include <memory>

// pgRouting in a private PostgreSQL: the same arcs and times in a table, indexed and analysed; one connection,
// one prepared statement.
class PgRouting {
public:
    explicit PgRouting(const vedette::layers::RoadMetric& metric);
    ~PgRouting();
    // Milliseconds from each of the nodes to the target, the least `enough` of them in order; took: ms.
    std::vector<vedette::layers::RoadTime> nearest(const std::vector<std::uint32_t>& nodes,
                                                   std::uint32_t target, std::size_t enough, double& took);

private:
    struct Server;
    std::unique_ptr<Server> server_;
};
