// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/geometry.h"
#include "layers/message.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vedette::layers {

enum class Shape : std::uint8_t { none, point, line, polygon };
enum class FieldType : std::uint8_t { text, integer, real, date, time, dateTime, boolean, binary };

// One ring, line or point set. Rings are closed (first == last); outers run counter-clockwise, holes
// clockwise and follow their outer.
struct Part {
    std::span<const Point> points; // working metres
    bool hole = false;
};

// What the reader child made of one source: features in source order, geometry in the working CRS, attributes
// as UTF-8 text. Memory-mapped and immutable; copying shares the mapping. Thread-safe. Nothing in it is
// trusted: opening checks every offset.
class Snapshot {
public:
    // Problems: fileMissing, snapshotBroken {path}.
    static Result<Snapshot> open(const std::filesystem::path& file);

    std::size_t size() const;
    std::span<const std::string_view> fields() const; // our names where mapped, else the source's
    FieldType fieldType(std::size_t field) const;
    int field(std::string_view name) const; // -1: absent

    Shape shape(std::size_t feature) const;
    std::size_t partCount(std::size_t feature) const;
    Part part(std::size_t feature, std::size_t index) const;
    Box box(std::size_t feature) const;
    const Box& extent() const;
    std::int64_t row(std::size_t feature) const;                 // 0-based feature number in the source
    bool isNull(std::size_t feature, int field) const;           // true for field -1
    std::string_view text(std::size_t feature, int field) const; // "" for null and for field -1

    const std::string& sha256() const;            // of the source's content, hex
    const std::string& source() const;            // as the workspace spells it
    const std::vector<Finding>& findings() const; // what the reader repaired or could not read

    // Gives the memory of what was read so far back to the system; reading it again maps it anew.
    void forget() const;

private:
    struct Impl;
    std::shared_ptr<const Impl> impl_;
};

} // namespace vedette::layers
