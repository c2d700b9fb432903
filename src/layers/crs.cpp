// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/crs.h"

#include <proj.h>

#include <cassert>
#include <cmath>
#include <map>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace vedette::layers {

namespace {

struct PjFree {
    void operator()(PJ* pj) const { proj_destroy(pj); }
};
using Pj = std::unique_ptr<PJ, PjFree>;

struct ContextFree {
    void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
};

PJ_CONTEXT* newContext() {
    PJ_CONTEXT* context = proj_context_create();
    proj_log_level(context, PJ_LOG_NONE);
    proj_context_set_enable_network(context, 0);
    return context;
}

// PROJ objects belong to a context and a context to a thread.
struct ThreadProj {
    std::unique_ptr<PJ_CONTEXT, ContextFree> context{newContext()};
    struct Entry {
        Pj pj;
        std::weak_ptr<const void> owner;
    };
    std::unordered_map<std::uint64_t, Entry> byCrs;
};

ThreadProj& threadProj() {
    thread_local ThreadProj proj;
    return proj;
}

Pj transformTo(PJ_CONTEXT* context, const std::string& crs) {
    Pj raw(proj_create_crs_to_crs(context, "EPSG:4326", crs.c_str(), nullptr));
    return raw ? Pj(proj_normalize_for_visualization(context, raw.get())) : nullptr;
}

std::string unitOf(PJ_CONTEXT* context, const PJ* crs, double& metres) {
    metres = 0;
    const Pj system(proj_crs_get_coordinate_system(context, crs));
    const char* unit = nullptr;
    if (!system || !proj_cs_get_axis_info(context, system.get(), 0, nullptr, nullptr, nullptr, &metres, &unit,
                                          nullptr, nullptr))
        return {};
    return unit ? unit : "";
}

Point orNan(double x, double y) {
    if (std::isfinite(x) && std::isfinite(y))
        return {x, y};
    return {std::nan(""), std::nan("")};
}

} // namespace

struct WorkingCrs::Impl : std::enable_shared_from_this<WorkingCrs::Impl> {
    std::string name;
    std::uint64_t id = 0;
    // Found in PROJ's database once; each thread works with a copy.
    std::unique_ptr<PJ_CONTEXT, ContextFree> context{newContext()};
    Pj found;
    mutable std::mutex gate;

    PJ* pj() const {
        ThreadProj& thread = threadProj();
        if (const auto mine = thread.byCrs.find(id); mine != thread.byCrs.end())
            return mine->second.pj.get();
        std::erase_if(thread.byCrs, [](const auto& entry) { return entry.second.owner.expired(); });
        auto& entry = thread.byCrs[id];
        const std::lock_guard lock(gate);
        entry = {Pj(proj_clone(thread.context.get(), found.get())), weak_from_this()};
        return entry.pj.get();
    }
};

Result<WorkingCrs> WorkingCrs::named(const std::string& crs) {
    static std::mutex gate; // the second who asks for a CRS waits for the first, and shares what it found
    static std::map<std::string, std::weak_ptr<const Impl>> known;
    static std::uint64_t nextId = 1;
    const std::lock_guard lock(gate);
    WorkingCrs out;
    if (const auto held = known.find(crs); held != known.end() && (out.impl_ = held->second.lock()))
        return out;
    PJ_CONTEXT* context = threadProj().context.get();
    Pj object(proj_create(context, crs.c_str()));
    if (!object || !proj_is_crs(object.get()))
        return refused("crsUnreadable", {{"path", "workspace.toml"}, {"crs", crs}});
    if (proj_get_type(object.get()) == PJ_TYPE_COMPOUND_CRS)
        object.reset(proj_crs_get_sub_crs(context, object.get(), 0));
    if (object && proj_get_type(object.get()) == PJ_TYPE_BOUND_CRS)
        object.reset(proj_get_source_crs(context, object.get()));
    if (!object || proj_get_type(object.get()) != PJ_TYPE_PROJECTED_CRS)
        return refused("crsNotProjected", {{"crs", crs}});
    double metres = 0;
    const std::string unit = unitOf(context, object.get(), metres);
    if (std::abs(metres - 1) > 1e-9)
        return refused("crsNotMetres", {{"crs", crs}, {"unit", unit}});

    auto impl = std::make_shared<Impl>();
    impl->name = crs;
    impl->id = nextId++;
    impl->found = transformTo(impl->context.get(), crs);
    if (!impl->found || !impl->pj())
        return refused("crsUnreadable", {{"path", "workspace.toml"}, {"crs", crs}});
    std::erase_if(known, [](const auto& entry) { return entry.second.expired(); });
    known[crs] = impl;
    out.impl_ = std::move(impl);
    return out;
}

Point WorkingCrs::toWorking(LonLat at) const {
    assert(impl_);
    const PJ_COORD out = proj_trans(impl_->pj(), PJ_FWD, proj_coord(at.lon, at.lat, 0, HUGE_VAL));
    return orNan(out.xy.x, out.xy.y);
}

LonLat WorkingCrs::toLonLat(Point at) const {
    assert(impl_);
    const PJ_COORD out = proj_trans(impl_->pj(), PJ_INV, proj_coord(at.x, at.y, 0, HUGE_VAL));
    const Point lonLat = orNan(out.lp.lam, out.lp.phi);
    return {lonLat.x, lonLat.y};
}

void WorkingCrs::toWorking(std::span<const LonLat> from, std::span<Point> to) const {
    assert(impl_ && from.size() == to.size());
    if (from.empty())
        return;
    for (std::size_t i = 0; i < from.size(); ++i)
        to[i] = {from[i].lon, from[i].lat};
    proj_trans_generic(impl_->pj(), PJ_FWD, &to[0].x, sizeof(Point), to.size(), &to[0].y, sizeof(Point),
                       to.size(), nullptr, 0, 0, nullptr, 0, 0);
    for (Point& point : to)
        point = orNan(point.x, point.y);
}

const std::string& WorkingCrs::name() const {
    assert(impl_);
    return impl_->name;
}

} // namespace vedette::layers
