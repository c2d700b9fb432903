// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/snapshot.h"
#include "layers/snapshot_builder.h"
#include "temporary_folder.h"

#include <gtest/gtest.h>
#include <initializer_list>

namespace made {

using vedette::layers::Point;
using vedette::layers::Shape;
using vedette::layers::Snapshot;
using vedette::layers::SnapshotBuilder;

struct Row {
    Shape shape = Shape::none;
    std::vector<SnapshotBuilder::Ring> rings;
    std::vector<std::optional<std::string>> values;
};

inline Snapshot snapshot(const std::string& source, const std::vector<std::string>& fields,
                         const std::vector<Row>& rows) {
    std::vector<SnapshotBuilder::Field> columns;
    for (const auto& field : fields)
        columns.push_back({field});
    SnapshotBuilder builder(source, columns);
    std::int64_t number = 0;
    for (const Row& row : rows) {
        std::vector<std::optional<std::string_view>> values(row.values.begin(), row.values.end());
        builder.add(number++, row.shape, row.rings, values);
    }
    const TemporaryFolder folder;
    const auto file = folder.path() / "made.snapshot";
    auto written = builder.write(file);
    auto opened = Snapshot::open(file); // stays mapped when the folder goes
    if (!written.ok() || !opened.ok())
        throw std::runtime_error("the snapshot could not be made");
    return opened.value();
}

inline SnapshotBuilder::Ring square(double x, double y, double size, bool hole = false) {
    if (hole)
        return {{{x, y}, {x, y + size}, {x + size, y + size}, {x + size, y}, {x, y}}, true};
    return {{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}}, false};
}

} // namespace made
