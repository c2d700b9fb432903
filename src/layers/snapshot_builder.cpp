// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/snapshot_builder.h"

#include "bytes.h"
#include "snapshot_format.h"
#include "write_file.h"

#include <cassert>
#include <unordered_map>

namespace vedette::layers {

struct SnapshotBuilder::Impl {
    std::string source, sha256;
    std::vector<Field> fields;
    std::vector<format::Feature> features;
    std::vector<format::Body> bodies;
    std::vector<format::PartRecord> parts;
    std::vector<Point> points;
    std::vector<std::vector<std::uint32_t>> cells; // one column a field
    std::string pool;                              // length-prefixed texts, each once
    std::unordered_multimap<std::size_t, std::uint32_t> texts;
    std::vector<Finding> findings;
    std::unordered_map<std::string, std::size_t> findingCounts;
    Box extent;
    bool tooLarge = false;

    std::string_view pooled(std::uint32_t at) const {
        std::uint32_t length = 0;
        std::memcpy(&length, pool.data() + at, sizeof length);
        return {pool.data() + at + sizeof length, length};
    }

    std::uint32_t intern(std::string_view text) {
        const std::size_t hash = std::hash<std::string_view>()(text);
        const auto [first, last] = texts.equal_range(hash);
        for (auto it = first; it != last; ++it)
            if (pooled(it->second) == text)
                return it->second;
        if (pool.size() + text.size() + 4 >= format::nullCell) {
            tooLarge = true;
            return format::nullCell;
        }
        const auto at = static_cast<std::uint32_t>(pool.size());
        const auto length = static_cast<std::uint32_t>(text.size());
        pool.append(reinterpret_cast<const char*>(&length), sizeof length);
        pool.append(text);
        texts.emplace(hash, at);
        return at;
    }
};

SnapshotBuilder::SnapshotBuilder(std::string source, std::vector<Field> fields)
    : impl_(std::make_unique<Impl>()) {
    impl_->source = std::move(source);
    impl_->cells.resize(fields.size());
    impl_->fields = std::move(fields);
}

SnapshotBuilder::SnapshotBuilder(SnapshotBuilder&&) noexcept = default;
SnapshotBuilder::~SnapshotBuilder() = default;

std::size_t SnapshotBuilder::size() const {
    return impl_->features.size();
}

void SnapshotBuilder::setSha256(std::string hex) {
    impl_->sha256 = std::move(hex);
}

void SnapshotBuilder::find(Finding finding) {
    // A million rows with the same fault are one fault; the first thousand show where.
    constexpr std::size_t most = 1000;
    const std::size_t count = ++impl_->findingCounts[finding.message.code];
    if (count <= most)
        impl_->findings.push_back(std::move(finding));
}

void SnapshotBuilder::add(std::int64_t row, Shape shape, const std::vector<Ring>& rings,
                          const std::vector<std::optional<std::string_view>>& values) {
    assert(values.size() == impl_->fields.size());
    assert((shape == Shape::none) == rings.empty());
    format::Feature feature{static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(shape), 0};
    if (shape == Shape::point && rings.size() == 1 && rings[0].points.size() == 1) {
        feature.shape |= format::singlePoint;
        feature.index = static_cast<std::uint32_t>(impl_->points.size());
        impl_->points.push_back(rings[0].points[0]);
        impl_->extent.add(rings[0].points[0]);
    } else if (shape != Shape::none) {
        feature.index = static_cast<std::uint32_t>(impl_->bodies.size());
        format::Body body{
            {}, static_cast<std::uint32_t>(impl_->parts.size()), static_cast<std::uint32_t>(rings.size())};
        for (const Ring& ring : rings) {
            impl_->parts.push_back(
                {impl_->points.size(), static_cast<std::uint32_t>(ring.points.size()), ring.hole ? 1u : 0u});
            for (const Point& point : ring.points) {
                body.box.add(point);
                impl_->points.push_back(point);
            }
        }
        impl_->bodies.push_back(body);
        impl_->extent.add(body.box);
    }
    impl_->features.push_back(feature);
    for (std::size_t i = 0; i < values.size(); ++i)
        impl_->cells[i].push_back(values[i] ? impl_->intern(*values[i]) : format::nullCell);
}

Status SnapshotBuilder::write(const std::filesystem::path& file) const {
    const Impl& in = *impl_;
    if (in.tooLarge || in.points.size() > 0xffffffff)
        return refused("sourceTooLarge", {{"path", in.source}});
    ByteWriter meta;
    meta.text(in.sha256);
    meta.text(in.source);
    for (const Field& field : in.fields) {
        meta.text(field.name);
        meta.number(static_cast<std::uint32_t>(field.type));
    }
    std::vector<Finding> findings = in.findings;
    for (const auto& [code, count] : in.findingCounts)
        if (count > 1000)
            findings.push_back({Finding::Severity::note,
                                {"findingsMore", {{"code", code}, {"count", std::to_string(count)}}},
                                in.source,
                                -1,
                                {}});
    meta.number(static_cast<std::uint32_t>(findings.size()));
    for (const Finding& finding : findings)
        meta.finding(finding);

    std::string body;
    format::Header header{};
    const auto section = [&](const void* data, std::size_t count, std::size_t size) {
        body.resize((body.size() + 7) / 8 * 8);
        const format::Section at{sizeof header + body.size(), count};
        body.append(static_cast<const char*>(data), count * size);
        return at;
    };
    std::memcpy(header.magic, format::magic, sizeof format::magic);
    header.version = format::version;
    header.fieldCount = static_cast<std::uint32_t>(in.fields.size());
    header.extent = in.extent;
    header.features = section(in.features.data(), in.features.size(), sizeof(format::Feature));
    header.bodies = section(in.bodies.data(), in.bodies.size(), sizeof(format::Body));
    header.parts = section(in.parts.data(), in.parts.size(), sizeof(format::PartRecord));
    header.points = section(in.points.data(), in.points.size(), sizeof(Point));
    std::vector<std::uint32_t> cells;
    for (const auto& column : in.cells)
        cells.insert(cells.end(), column.begin(), column.end());
    header.cells = section(cells.data(), cells.size(), sizeof(std::uint32_t));
    header.pool = section(in.pool.data(), in.pool.size(), 1);
    header.meta = section(meta.bytes().data(), meta.bytes().size(), 1);
    header.fileSize = sizeof header + body.size();
    format::Checksum sum;
    sum.add(reinterpret_cast<const char*>(&header), sizeof header);
    sum.add(body.data(), body.size());
    header.checksum = sum.value();
    return writeFile(file, {{reinterpret_cast<const char*>(&header), sizeof header}, body});
}

} // namespace vedette::layers
