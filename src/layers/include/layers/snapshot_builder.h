// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/snapshot.h"

#include <optional>

namespace vedette::layers {

// Collects features and writes the file that Snapshot::open maps. One thread. Features come in source order;
// points are working metres; rings must already be closed and oriented as snapshot.h says.
class SnapshotBuilder {
public:
    struct Field {
        std::string name;
        FieldType type = FieldType::text;
    };
    struct Ring {
        std::vector<Point> points;
        bool hole = false;
    };
    SnapshotBuilder(std::string source, std::vector<Field> fields);
    SnapshotBuilder(SnapshotBuilder&&) noexcept;
    ~SnapshotBuilder();

    // `values` has one entry per field; nullopt is null. Shape::none takes no rings.
    void add(std::int64_t row, Shape shape, const std::vector<Ring>& rings,
             const std::vector<std::optional<std::string_view>>& values);
    void find(Finding finding);
    void setSha256(std::string hex);
    std::size_t size() const;

    // Writes beside `file` and renames into place. Problems: diskFull {path}, readOnly {path},
    // sourceTooLarge {path} (over 4 GiB of distinct text).
    Status write(const std::filesystem::path& file) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace vedette::layers
