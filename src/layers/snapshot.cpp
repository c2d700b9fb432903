// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/snapshot.h"

#include "bytes.h"
#include "snapshot_format.h"

#include <cassert>
#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vedette::layers {

struct Snapshot::Impl {
    const char* data = nullptr;
    std::size_t bytes = 0;
    const format::Header* header = nullptr;
    const format::Feature* features = nullptr;
    const format::Body* bodies = nullptr;
    const format::PartRecord* parts = nullptr;
    const Point* points = nullptr;
    const std::uint32_t* cells = nullptr;
    const char* pool = nullptr;
    std::vector<std::string> names;
    std::vector<std::string_view> nameViews;
    std::vector<FieldType> types;
    std::string sha256, source;
    std::vector<Finding> findings;

    Impl() = default;
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() {
        if (data)
            ::munmap(const_cast<char*>(data), bytes);
    }

    template <class Record>
    bool section(const format::Section& at, const Record*& out) const {
        if (at.offset % 8 != 0 || at.offset > bytes || at.count > (bytes - at.offset) / sizeof(Record))
            return false;
        out = reinterpret_cast<const Record*>(data + at.offset);
        return true;
    }
    bool check();
    bool checkShapes() const;
    bool readMeta(const char* from);
};

namespace {

// Reads past the mapping so that the check leaves no pages behind in this process.
bool sumAgrees(int file, std::size_t bytes, format::Header header) {
    const std::uint64_t expected = std::exchange(header.checksum, 0);
    format::Checksum sum;
    sum.add(reinterpret_cast<const char*>(&header), sizeof header);
    std::vector<char> block(1 << 20);
    for (std::size_t at = sizeof(format::Header); at < bytes;) {
        std::size_t have = 0;
        const std::size_t want = std::min(block.size(), bytes - at);
        while (have < want) {
            const ssize_t n = ::pread(file, block.data() + have, want - have, static_cast<off_t>(at + have));
            if (n < 0 && errno == EINTR)
                continue;
            if (n <= 0)
                return false;
            have += static_cast<std::size_t>(n);
        }
        sum.add(block.data(), have);
        at += have;
    }
    return sum.value() == expected;
}

} // namespace

bool Snapshot::Impl::check() {
    const format::Header& h = *header;
    const char* meta = nullptr;
    if (!section(h.features, features) || !section(h.bodies, bodies) || !section(h.parts, parts) ||
        !section(h.points, points) || !section(h.cells, cells) || !section(h.pool, pool) ||
        !section(h.meta, meta))
        return false;
    if (h.fieldCount > 100'000 || h.features.count > 0xffffffff ||
        h.cells.count != h.features.count * h.fieldCount)
        return false;
    return checkShapes() && readMeta(meta);
}

bool Snapshot::Impl::checkShapes() const {
    const format::Header& h = *header;
    for (std::size_t i = 0; i < h.features.count; ++i) {
        const format::Feature& f = features[i];
        const std::uint32_t shape = f.shape & 0xff;
        if (f.shape == (format::singlePoint | static_cast<std::uint32_t>(Shape::point))) {
            if (f.index >= h.points.count)
                return false;
        } else if (f.shape > static_cast<std::uint32_t>(Shape::polygon) ||
                   (shape != 0 && f.index >= h.bodies.count)) {
            return false;
        }
    }
    for (std::size_t i = 0; i < h.bodies.count; ++i)
        if (bodies[i].firstPart > h.parts.count || bodies[i].partCount > h.parts.count - bodies[i].firstPart)
            return false;
    for (std::size_t i = 0; i < h.parts.count; ++i)
        if (parts[i].firstPoint > h.points.count ||
            parts[i].pointCount > h.points.count - parts[i].firstPoint)
            return false;
    return true;
}

bool Snapshot::Impl::readMeta(const char* from) {
    ByteReader in(from, header->meta.count);
    sha256 = in.text();
    source = in.text();
    for (std::uint32_t i = 0; i < header->fieldCount && in.ok(); ++i) {
        names.push_back(in.text());
        const auto type = in.number();
        if (type > static_cast<std::uint32_t>(FieldType::binary))
            return false;
        types.push_back(static_cast<FieldType>(type));
    }
    const auto count = in.number();
    for (std::uint32_t i = 0; i < count && in.ok(); ++i)
        findings.push_back(in.finding());
    if (!in.ok())
        return false;
    nameViews.assign(names.begin(), names.end());
    return true;
}

Result<Snapshot> Snapshot::open(const std::filesystem::path& file) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return environment("fileMissing", {{"path", file.string()}});
    struct Close {
        int fd;
        ~Close() { ::close(fd); }
    } const close{fd};
    const auto broken = [&] { return refused("snapshotBroken", {{"path", file.string()}}); };

    struct stat status {};
    if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) ||
        static_cast<std::size_t>(status.st_size) < sizeof(format::Header))
        return broken();
    auto impl = std::make_shared<Impl>();
    void* mapped = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_SHARED, fd, 0);
    if (mapped == MAP_FAILED)
        return broken();
    impl->data = static_cast<const char*>(mapped);
    impl->bytes = static_cast<std::size_t>(status.st_size);
    impl->header = reinterpret_cast<const format::Header*>(impl->data);
    const format::Header& h = *impl->header;
    if (std::memcmp(h.magic, format::magic, sizeof format::magic) != 0 || h.version != format::version ||
        h.fileSize != impl->bytes || !sumAgrees(fd, impl->bytes, h) || !impl->check())
        return broken();
    Snapshot out;
    out.impl_ = std::move(impl);
    return out;
}

std::size_t Snapshot::size() const {
    return impl_ ? impl_->header->features.count : 0;
}

std::span<const std::string_view> Snapshot::fields() const {
    return impl_ ? std::span<const std::string_view>(impl_->nameViews) : std::span<const std::string_view>();
}

FieldType Snapshot::fieldType(std::size_t field) const {
    return impl_->types.at(field);
}

int Snapshot::field(std::string_view name) const {
    const auto names = fields();
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

Shape Snapshot::shape(std::size_t feature) const {
    assert(feature < size());
    return static_cast<Shape>(impl_->features[feature].shape & 0xff);
}

std::size_t Snapshot::partCount(std::size_t feature) const {
    assert(feature < size());
    const format::Feature& f = impl_->features[feature];
    if (f.shape == 0)
        return 0;
    return (f.shape & format::singlePoint) ? 1 : impl_->bodies[f.index].partCount;
}

Part Snapshot::part(std::size_t feature, std::size_t index) const {
    assert(index < partCount(feature));
    const format::Feature& f = impl_->features[feature];
    if (f.shape & format::singlePoint)
        return {{impl_->points + f.index, 1}, false};
    const format::PartRecord& part = impl_->parts[impl_->bodies[f.index].firstPart + index];
    return {{impl_->points + part.firstPoint, part.pointCount}, part.hole != 0};
}

Box Snapshot::box(std::size_t feature) const {
    assert(feature < size());
    const format::Feature& f = impl_->features[feature];
    Box out;
    if (f.shape & format::singlePoint)
        out.add(impl_->points[f.index]);
    else if (f.shape != 0)
        out = impl_->bodies[f.index].box;
    return out;
}

const Box& Snapshot::extent() const {
    static const Box none;
    return impl_ ? impl_->header->extent : none;
}

std::int64_t Snapshot::row(std::size_t feature) const {
    assert(feature < size());
    return impl_->features[feature].row;
}

bool Snapshot::isNull(std::size_t feature, int field) const {
    assert(feature < size());
    if (field < 0 || static_cast<std::size_t>(field) >= impl_->names.size())
        return true;
    return impl_->cells[static_cast<std::size_t>(field) * size() + feature] == format::nullCell;
}

std::string_view Snapshot::text(std::size_t feature, int field) const {
    if (isNull(feature, field))
        return {};
    const std::uint32_t at = impl_->cells[static_cast<std::size_t>(field) * size() + feature];
    const std::uint64_t pool = impl_->header->pool.count;
    std::uint32_t length = 0;
    if (at + sizeof length > pool)
        return {};
    std::memcpy(&length, impl_->pool + at, sizeof length);
    if (length > pool - at - sizeof length)
        return {};
    return {impl_->pool + at + sizeof length, length};
}

const std::string& Snapshot::sha256() const {
    static const std::string none;
    return impl_ ? impl_->sha256 : none;
}

const std::string& Snapshot::source() const {
    static const std::string none;
    return impl_ ? impl_->source : none;
}

const std::vector<Finding>& Snapshot::findings() const {
    static const std::vector<Finding> none;
    return impl_ ? impl_->findings : none;
}

void Snapshot::forget() const {
    if (impl_)
        ::madvise(const_cast<char*>(impl_->data), impl_->bytes, MADV_DONTNEED);
}

} // namespace vedette::layers
