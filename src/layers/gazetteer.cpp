// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/gazetteer.h"

#include "area_rows.h"
#include "name_index.h"
#include "point_order.h"

#include <charconv>
#include <cmath>
#include <tuple>

namespace vedette::layers {

namespace {

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == text.npos ? std::string_view()
                              : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// The words of "renmin lu / jiefang lu", "A & B", "人民路与解放路".
std::vector<std::string> words(std::string_view text, bool chineseAnd) {
    std::string apart(text);
    const auto blank = [&](std::string_view what) {
        for (auto at = apart.find(what); at != apart.npos; at = apart.find(what, at))
            apart.replace(at, what.size(), " ");
    };
    for (const std::string_view mark : {"/", "&", "@", ",", "，", "、", "×", "／", " and ", " AND "})
        blank(mark);
    if (chineseAnd)
        for (const std::string_view mark : {"与", "和"})
            blank(mark);
    std::vector<std::string> out;
    for (std::size_t at = 0; (at = apart.find_first_not_of(' ', at)) != apart.npos;) {
        const auto end = std::min(apart.find(' ', at), apart.size());
        out.push_back(apart.substr(at, end - at));
        at = end;
    }
    return out;
}

// "121.5,32.1", "121.5 32.1"; the other order when only it can be meant.
std::optional<LonLat> typedCoordinate(std::string_view text) {
    double numbers[2];
    for (int i = 0; i < 2; ++i) {
        text = trimmed(text);
        if (i == 1) {
            for (const std::string_view comma : {",", "，"})
                if (text.starts_with(comma))
                    text.remove_prefix(comma.size());
            text = trimmed(text);
        }
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), numbers[i]);
        if (error != std::errc())
            return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    }
    if (!trimmed(text).empty())
        return std::nullopt;
    if (std::abs(numbers[1]) > 90)
        std::swap(numbers[0], numbers[1]);
    if (!(std::abs(numbers[0]) <= 180 && std::abs(numbers[1]) <= 90))
        return std::nullopt;
    return LonLat{numbers[0], numbers[1]};
}

} // namespace

// A hundred thousand places lie in columns: a text of its own for each would take more than the text. The name is the
// index's; the detail is often another place's too.
struct Gazetteer::Impl {
    std::vector<Place::Kind> kinds;
    std::vector<Point> at;
    std::string text; // names, end to end
    std::vector<std::uint32_t> ends;
    NameIndex names;
    PointOrder order; // places and crossings, not areas
    std::size_t ordered = 0;
    std::optional<WorkingCrs> crs;

    std::size_t size() const { return kinds.size(); }
    std::string_view name(std::size_t i) const {
        const std::uint32_t from = i == 0 ? 0 : ends[i - 1];
        return std::string_view(text).substr(from, ends[i] - from);
    }
    Place place(std::size_t i) const {
        return {kinds[i], std::string(name(i)), std::string(names.other(i)), at[i]};
    }
    void add(Place::Kind kind, std::string_view name, std::string_view detail, Point where) {
        names.add(name, detail);
        kinds.push_back(kind), at.push_back(where);
        text += name;
        ends.push_back(static_cast<std::uint32_t>(text.size()));
    }
    void addSource(const Snapshot& snapshot);
    void settle();
    std::vector<Fit> fits(std::string_view text) const;
};

void Gazetteer::Impl::addSource(const Snapshot& snapshot) {
    const int name = snapshot.field("name"), address = snapshot.field("address");
    const int category = snapshot.field("category");
    for (std::size_t feature = 0; feature < snapshot.size(); ++feature) {
        const Box& box = snapshot.box(feature);
        if (snapshot.shape(feature) == Shape::none || box.empty())
            continue;
        const Point at =
            snapshot.shape(feature) == Shape::polygon ? innerPoint(snapshot, feature) : box.centre();
        const std::string_view called = snapshot.text(feature, name), lies = snapshot.text(feature, address);
        const std::string_view detail = lies.empty() ? snapshot.text(feature, category) : lies;
        if (!called.empty())
            add(Place::Kind::place, called, detail, at);
        else if (!lies.empty())
            add(Place::Kind::address, lies, detail, at);
    }
    snapshot.forget();
}

void Gazetteer::Impl::settle() {
    kinds.shrink_to_fit(), at.shrink_to_fit(), text.shrink_to_fit(), ends.shrink_to_fit();
    names.settle();
}

Gazetteer Gazetteer::build(const std::vector<Snapshot>& places, const Roads& roads, const Areas& areas,
                           const WorkingCrs& crs) {
    auto impl = std::make_shared<Impl>();
    impl->crs = crs;
    for (const Snapshot& snapshot : places)
        impl->addSource(snapshot);
    for (const Roads::Crossing& crossing : roads.crossings())
        impl->add(Place::Kind::crossing, crossing.first + " / " + crossing.second, "", crossing.at);
    impl->ordered = impl->size();
    impl->order = PointOrder(impl->at);
    for (AreaIndex i = 0; i < areas.size(); ++i)
        impl->add(Place::Kind::area, areas[i].name, areas[i].code,
                  innerPoint(areas.layers()[areas[i].source].snapshot, areas[i].feature));
    impl->settle();
    Gazetteer gazetteer;
    gazetteer.impl_ = impl;
    return gazetteer;
}

// The whole text first; what it does not find is sought word by word, all of which must fit.
std::vector<Fit> Gazetteer::Impl::fits(std::string_view text) const {
    std::vector<Fit> whole;
    names.match(text, whole);
    const bool found = std::any_of(whole.begin(), whole.end(),
                                   [](Fit fit) { return fit != Fit::none && fit != Fit::error; });
    auto parts = words(text, false);
    if (parts.size() < 2 && !found)
        parts = words(text, true);
    if (parts.size() < 2 || parts.size() > 6)
        return whole;
    std::vector<Fit> all(names.size(), Fit::wordStart), one;
    for (const std::string& part : parts) {
        names.match(part, one);
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = std::max(all[i], one[i]);
    }
    for (std::size_t i = 0; i < all.size(); ++i)
        whole[i] = std::min(whole[i], all[i]);
    return whole;
}

std::vector<Place> Gazetteer::search(std::string_view text, std::size_t limit,
                                     std::optional<Point> near) const {
    std::vector<Place> out;
    text = trimmed(text);
    if (!impl_ || text.empty() || limit == 0)
        return out;
    if (const auto at = typedCoordinate(text)) {
        const Point point = impl_->crs->toWorking(*at);
        if (std::isfinite(point.x) && std::isfinite(point.y))
            out.push_back({Place::Kind::coordinate, std::string(text), "", point});
    }
    struct Hit {
        Fit fit;
        double distance2;
        std::size_t length;
        std::uint32_t place;
        bool operator<(const Hit& o) const {
            return std::tie(fit, distance2, length, place) < std::tie(o.fit, o.distance2, o.length, o.place);
        }
    };
    const std::vector<Fit> fits = impl_->fits(text);
    std::vector<Hit> hits;
    for (std::uint32_t i = 0; i < fits.size(); ++i) {
        if (fits[i] == Fit::none)
            continue;
        const Point at = impl_->at[i];
        const double dx = near ? at.x - near->x : 0, dy = near ? at.y - near->y : 0;
        hits.push_back({fits[i], dx * dx + dy * dy, impl_->name(i).size(), i});
    }
    const auto wanted =
        static_cast<std::ptrdiff_t>(std::min(hits.size(), limit - std::min(limit, out.size())));
    std::partial_sort(hits.begin(), hits.begin() + wanted, hits.end());
    for (auto hit = hits.begin(); hit != hits.begin() + wanted; ++hit)
        out.push_back(impl_->place(hit->place));
    return out;
}

std::optional<Place> Gazetteer::nearest(Point at, double metres) const {
    if (!impl_ || !std::isfinite(at.x) || !std::isfinite(at.y))
        return std::nullopt;
    const auto found = impl_->order.nearest(std::span(impl_->at).first(impl_->ordered), at);
    if (!found || std::hypot(impl_->at[*found].x - at.x, impl_->at[*found].y - at.y) > metres)
        return std::nullopt;
    return impl_->place(*found);
}

std::size_t Gazetteer::size() const {
    return impl_ ? impl_->size() : 0;
}

} // namespace vedette::layers
