// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/areas.h"

#include "area_rows.h"
#include "area_shapes.h"

#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <boost/iterator/function_output_iterator.hpp>

#include <cassert>
#include <cmath>
#include <numeric>
#include <tuple>
#include <unordered_map>

namespace vedette::layers {

namespace {

namespace bg = boost::geometry;
using TreePoint = bg::model::d2::point_xy<double>;
using TreeBox = bg::model::box<TreePoint>;
using TreeEntry = std::pair<TreeBox, AreaIndex>;
using Tree = bg::index::rtree<TreeEntry, bg::index::rstar<16>>;

constexpr std::array<std::string_view, 8> kindNames{"city", "county", "township", "community",
                                                    "grid", "bureau", "station",  "beat"};

// Two boundaries nearer to each other than this are one boundary.
constexpr double sameDistanceMetres = 1e-6;

} // namespace

std::string_view toString(AreaKind kind) {
    return kindNames[static_cast<std::size_t>(kind)];
}

std::optional<AreaKind> areaKind(std::string_view text) {
    for (std::size_t i = 0; i < kindNames.size(); ++i)
        if (kindNames[i] == text)
            return static_cast<AreaKind>(i);
    return std::nullopt;
}

int responsibility(const Area& area) {
    switch (area.kind) {
    case AreaKind::grid:
        return area.exclusive ? 100 : 90 + area.level;
    case AreaKind::beat:
        return 80;
    case AreaKind::community:
        return 70;
    case AreaKind::station:
        return 60;
    case AreaKind::township:
        return 50;
    case AreaKind::bureau:
        return 40;
    case AreaKind::county:
        return 30;
    case AreaKind::city:
        return 20;
    }
    return 0;
}

struct Areas::Impl {
    std::vector<Layer> layers;
    std::vector<Area> areas;
    std::vector<int> responsibilities;
    std::vector<std::uint32_t> ranks;  // place of each area in the order of answers
    std::vector<AreaIndex> identities; // the first area of the same kind and code
    std::array<std::unordered_map<std::string_view, AreaIndex>, kindNames.size()> codes;
    AreaShapes shapes;
    Tree tree;
    Box extent;

    bool before(AreaIndex left, AreaIndex right) const {
        return std::tuple(-responsibilities[left], std::string_view(areas[left].code), left) <
               std::tuple(-responsibilities[right], std::string_view(areas[right].code), right);
    }
    void index() {
        std::vector<TreeEntry> entries;
        entries.reserve(areas.size());
        responsibilities.reserve(areas.size());
        for (AreaIndex i = 0; i < areas.size(); ++i) {
            const Area& area = areas[i];
            responsibilities.push_back(responsibility(area));
            codes[static_cast<std::size_t>(area.kind)].emplace(area.code, i);
            shapes.add(layers[area.source].snapshot, area.feature);
            extent.add(area.box);
            entries.emplace_back(TreeBox{{area.box.minX, area.box.minY}, {area.box.maxX, area.box.maxY}}, i);
        }
        shapes.settle();
        tree = Tree(entries);
        std::vector<AreaIndex> order(areas.size());
        std::iota(order.begin(), order.end(), 0);
        std::sort(order.begin(), order.end(), [&](AreaIndex l, AreaIndex r) { return before(l, r); });
        ranks.resize(areas.size());
        for (std::uint32_t rank = 0; rank < order.size(); ++rank)
            ranks[order[rank]] = rank;
        for (const Area& area : areas)
            identities.push_back(codes[static_cast<std::size_t>(area.kind)].at(area.code));
    }
};

Areas Areas::build(std::vector<Layer> layers, std::vector<Finding>* findings) {
    std::vector<Finding> unread;
    auto impl = std::make_shared<Impl>();
    impl->layers = std::move(layers);
    impl->areas = readAreaRows(impl->layers, findings ? *findings : unread);
    inheritClasses(impl->areas);
    impl->index();
    Areas areas;
    areas.impl_ = impl;
    deriveBeats(areas, impl->areas, findings ? *findings : unread);
    for (const Layer& layer : impl->layers) // points and texts are mapped anew where somebody looks
        layer.snapshot.forget();
    return areas;
}

std::size_t Areas::size() const {
    return impl_ ? impl_->areas.size() : 0;
}

const Area& Areas::operator[](AreaIndex index) const {
    assert(index < size());
    return impl_->areas[index];
}

std::span<const Areas::Layer> Areas::layers() const {
    return impl_ ? std::span<const Layer>(impl_->layers) : std::span<const Layer>();
}

std::optional<AreaIndex> Areas::byCode(AreaKind kind, std::string_view code) const {
    if (!impl_)
        return std::nullopt;
    const auto& codes = impl_->codes[static_cast<std::size_t>(kind)];
    const auto found = codes.find(code);
    return found == codes.end() ? std::nullopt : std::optional(found->second);
}

std::optional<AreaIndex> Areas::byCode(std::string_view code) const {
    std::optional<AreaIndex> best;
    for (std::size_t kind = 0; kind < kindNames.size(); ++kind)
        if (const auto found = byCode(static_cast<AreaKind>(kind), code))
            if (!best || impl_->before(*found, *best))
                best = found;
    return best;
}

void Areas::at(Point point, std::vector<AreaIndex>& out) const {
    out.clear();
    if (!impl_ || !std::isfinite(point.x) || !std::isfinite(point.y))
        return;
    const Impl& impl = *impl_;
    impl.tree.query(bg::index::intersects(TreePoint(point.x, point.y)),
                    boost::make_function_output_iterator([&](const TreeEntry& entry) {
                        if (impl.shapes.covers(entry.second, point))
                            out.push_back(entry.second);
                    }));
    std::sort(out.begin(), out.end(),
              [&](AreaIndex l, AreaIndex r) { return impl.ranks[l] < impl.ranks[r]; });
    // An area drawn in several rows is one area.
    const auto same = [&](AreaIndex l, AreaIndex r) { return impl.identities[l] == impl.identities[r]; };
    out.erase(std::unique(out.begin(), out.end(), same), out.end());
}

std::vector<AreaIndex> Areas::at(Point point) const {
    std::vector<AreaIndex> out;
    at(point, out);
    return out;
}

std::optional<AreaIndex> Areas::nearest(Point point) const {
    if (size() == 0 || !std::isfinite(point.x) || !std::isfinite(point.y))
        return std::nullopt;
    if (const auto covering = at(point); !covering.empty())
        return covering.front();
    const Impl& impl = *impl_;
    const TreePoint at(point.x, point.y);
    std::optional<AreaIndex> best;
    double bestMetres = std::numeric_limits<double>::infinity();
    for (auto it = impl.tree.qbegin(bg::index::nearest(at, static_cast<unsigned>(size())));
         it != impl.tree.qend(); ++it) {
        if (bg::distance(at, it->first) > bestMetres + sameDistanceMetres)
            break; // boxes come in order of distance, and no boundary is nearer than its box
        const double metres = impl.shapes.boundaryDistance(it->second, point);
        const bool nearer = metres < bestMetres - sameDistanceMetres;
        const bool asNear = metres <= bestMetres + sameDistanceMetres;
        if (!best || nearer || (asNear && impl.before(it->second, *best))) {
            best = it->second;
            bestMetres = std::min(bestMetres, metres);
        }
    }
    return best;
}

bool Areas::covers(AreaIndex area, Point point) const {
    assert(area < size());
    return impl_->areas[area].box.contains(point) && impl_->shapes.covers(area, point);
}

const Box& Areas::extent() const {
    static const Box none;
    return impl_ ? impl_->extent : none;
}

} // namespace vedette::layers
