// SPDX-License-Identifier: GPL-3.0-or-later
#include "area_rows.h"

#include "layers/reach.h"

#include <array>
#include <charconv>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace vedette::layers {

namespace {

using Severity = Finding::Severity;

class Reading {
public:
    Reading(const std::vector<Areas::Layer>& layers, std::vector<Finding>& findings)
        : layers_(layers), findings_(findings) {}

    std::vector<Area> areas() {
        for (std::uint32_t i = 0; i < layers_.size(); ++i)
            readLayer(i);
        for (const Area& area : areas_)
            checkLinks(area);
        return std::move(areas_);
    }

private:
    void report(Severity severity, std::string code, std::uint32_t layer, std::int64_t feature,
                std::string object, std::vector<std::pair<std::string, std::string>> args) {
        args.emplace_back("kind", toString(layers_[layer].kind));
        const Snapshot& snapshot = layers_[layer].snapshot;
        findings_.push_back({severity,
                             {std::move(code), std::move(args)},
                             snapshot.source(),
                             feature < 0 ? -1 : snapshot.row(static_cast<std::size_t>(feature)),
                             std::move(object)});
    }

    void readLayer(std::uint32_t layer) {
        const Snapshot& snapshot = layers_[layer].snapshot;
        const AreaKind kind = layers_[layer].kind;
        const int code = snapshot.field("code"), name = snapshot.field("name");
        const int parent = snapshot.field("parent"), beat = snapshot.field("beat");
        const int level = snapshot.field("level"), areaClass = snapshot.field("class");
        if (snapshot.size() == 0)
            report(Severity::error, "areaLayerEmpty", layer, -1, "", {});
        if (code < 0)
            report(Severity::error, "areaCodeColumnMissing", layer, -1, "", {});
        if (kind == AreaKind::grid && level < 0)
            report(Severity::warning, "gridLevelColumnMissing", layer, -1, "", {});
        for (std::size_t feature = 0; feature < snapshot.size() && code >= 0; ++feature) {
            Area area;
            area.kind = kind;
            area.code = snapshot.text(feature, code);
            area.name = snapshot.text(feature, name);
            area.parent = snapshot.text(feature, parent);
            area.beat = snapshot.text(feature, beat);
            area.box = snapshot.box(feature);
            area.source = layer;
            area.feature = static_cast<std::uint32_t>(feature);
            const auto row = static_cast<std::int64_t>(feature);
            if (area.code.empty()) {
                report(Severity::error, "areaWithoutCode", layer, row, area.name, {{"name", area.name}});
                continue;
            }
            if (snapshot.shape(feature) != Shape::polygon || area.box.empty()) {
                const bool nothing = snapshot.shape(feature) == Shape::none || area.box.empty();
                report(Severity::error, nothing ? "areaEmpty" : "areaNotPolygon", layer, row, area.code,
                       {{"code", area.code}});
                continue;
            }
            if (std::max(area.box.width(), area.box.height()) > acrossTheWorld) {
                report(Severity::error, "areaAcrossTheWorld", layer, row, area.code, {{"code", area.code}});
                continue;
            }
            if (area.name.empty())
                area.name = area.code;
            if (kind == AreaKind::grid)
                readLevel(area, level < 0 ? "" : snapshot.text(feature, level), level >= 0);
            readClass(area, snapshot.text(feature, areaClass));
            checkTwin(area);
            areas_.push_back(std::move(area));
        }
    }

    void readLevel(Area& area, std::string_view text, bool mapped) {
        area.level = 1;
        if (text == "exclusive" || text == "专属" || text == "专属网格") {
            area.level = 0;
            area.exclusive = true;
            return;
        }
        double number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc() && end == text.data() + text.size() &&
            (number == 1 || number == 2 || number == 3))
            area.level = static_cast<int>(number);
        else if (mapped)
            report(Severity::warning, text.empty() ? "gridLevelMissing" : "gridLevelUnknown", area.source,
                   area.feature, area.code, {{"code", area.code}, {"level", std::string(text)}});
    }

    // Each word it can't read is named once a layer: the column may be about something else altogether.
    void readClass(Area& area, std::string_view text) {
        if (text.empty() || (area.areaClass = layers::areaClass(text)))
            return;
        if (oddClasses_.emplace(area.source, text).second)
            report(Severity::warning, "areaClassUnknown", area.source, area.feature, area.code,
                   {{"code", area.code}, {"class", std::string(text)}});
    }

    // Two rows with one code: two parts of one area when they also share the name, else a contradiction.
    void checkTwin(const Area& area) {
        auto& codes = codes_[static_cast<std::size_t>(area.kind)];
        const auto [found, fresh] = codes.emplace(area.code, areas_.size());
        if (fresh)
            return;
        const Area& first = areas_[found->second];
        const auto firstRow = layers_[first.source].snapshot.row(first.feature);
        report(first.name == area.name ? Severity::warning : Severity::error, "duplicateCode", area.source,
               area.feature, area.code,
               {{"code", area.code}, {"name", area.name}, {"firstRow", std::to_string(firstRow)}});
    }

    bool known(AreaKind kind, const std::string& code) const {
        return codes_[static_cast<std::size_t>(kind)].contains(code);
    }

    void checkLinks(const Area& area) {
        // The kinds run from the whole city down, civil first and police after; a parent is any wider kind.
        const bool police = area.kind >= AreaKind::bureau;
        bool wider = false, found = area.parent.empty();
        for (auto kind = police ? AreaKind::bureau : AreaKind::city; kind < area.kind;
             kind = static_cast<AreaKind>(static_cast<int>(kind) + 1)) {
            wider |= !codes_[static_cast<std::size_t>(kind)].empty();
            found |= known(kind, area.parent);
        }
        // A nested grid may name the grid it lies in.
        found |= area.kind == AreaKind::grid && area.parent != area.code && known(area.kind, area.parent);
        if (wider && !found)
            report(Severity::warning, "parentUnknown", area.source, area.feature, area.code,
                   {{"code", area.code}, {"parent", area.parent}});
        const bool beats = !codes_[static_cast<std::size_t>(AreaKind::beat)].empty();
        if (area.kind == AreaKind::grid && beats && !area.beat.empty() && !known(AreaKind::beat, area.beat))
            report(Severity::error, "beatUnknown", area.source, area.feature, area.code,
                   {{"code", area.code}, {"beat", area.beat}});
    }

    const std::vector<Areas::Layer>& layers_;
    std::vector<Finding>& findings_;
    std::vector<Area> areas_;
    std::array<std::unordered_map<std::string, std::size_t>, 8> codes_;
    std::set<std::pair<std::uint32_t, std::string>> oddClasses_;
};

bool sameLetters(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char x, char y) { return lower(x) == lower(y); });
}

} // namespace

std::vector<Area> readAreaRows(const std::vector<Areas::Layer>& layers, std::vector<Finding>& findings) {
    return Reading(layers, findings).areas();
}

std::string_view toString(AreaClass areaClass) {
    static constexpr std::array<std::string_view, 3> names{"city", "suburb", "rural"};
    return names[static_cast<std::size_t>(areaClass)];
}

std::optional<AreaClass> areaClass(std::string_view text) {
    static constexpr std::array<std::string_view, 3> chinese{"城区", "郊区", "农村"};
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    for (std::size_t i = 0; i < chinese.size(); ++i)
        if (const auto each = static_cast<AreaClass>(i); sameLetters(text, toString(each)) || text == chinese[i])
            return each;
    return std::nullopt;
}

void inheritClasses(std::vector<Area>& rows) {
    if (std::none_of(rows.begin(), rows.end(), [](const Area& area) { return area.areaClass.has_value(); }))
        return;
    std::unordered_map<std::string_view, std::size_t> byCode;
    for (std::size_t i = 0; i < rows.size(); ++i)
        byCode.emplace(rows[i].code, i); // of several kinds with one code the first, the widest
    for (Area& area : rows) {
        std::string_view above = area.parent;
        // As many steps as there are kinds: a loop among parents ends.
        for (int step = 0; step < 8 && !area.areaClass && !above.empty(); ++step) {
            const auto found = byCode.find(above);
            if (found == byCode.end())
                break;
            area.areaClass = rows[found->second].areaClass;
            above = rows[found->second].parent;
        }
    }
}

void deriveBeats(const Areas& areas, std::vector<Area>& rows, std::vector<Finding>& findings) {
    const auto isBeat = [](const Area& area) { return area.kind == AreaKind::beat; };
    if (std::none_of(rows.begin(), rows.end(), isBeat))
        return;
    std::vector<AreaIndex> here;
    for (Area& area : rows) {
        if (area.kind != AreaKind::grid || !area.beat.empty())
            continue;
        const Snapshot& snapshot = areas.layers()[area.source].snapshot;
        areas.at(innerPoint(snapshot, area.feature), here);
        const auto beat =
            std::find_if(here.begin(), here.end(), [&](AreaIndex i) { return isBeat(areas[i]); });
        if (beat != here.end())
            area.beat = areas[*beat].code;
        findings.push_back({Severity::warning,
                            {area.beat.empty() ? "gridWithoutBeat" : "gridBeatDerived",
                             {{"code", area.code}, {"beat", area.beat}}},
                            snapshot.source(),
                            snapshot.row(area.feature),
                            area.code});
    }
}

Point innerPoint(const Snapshot& snapshot, std::size_t feature) {
    const Box& box = snapshot.box(feature);
    Point best = box.centre();
    double widest = -1;
    std::vector<double> crossings;
    for (const double share : {0.5, 0.37, 0.61}) { // other heights when the first only grazes the polygon
        const double y = box.minY + share * box.height();
        crossings.clear();
        for (std::size_t i = 0; i < snapshot.partCount(feature); ++i) {
            const auto points = snapshot.part(feature, i).points;
            for (std::size_t p = 0; p + 1 < points.size(); ++p) {
                const Point a = points[p], b = points[p + 1];
                if ((a.y > y) != (b.y > y))
                    crossings.push_back(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
            }
        }
        std::sort(crossings.begin(), crossings.end());
        for (std::size_t i = 0; i + 1 < crossings.size(); i += 2)
            if (crossings[i + 1] - crossings[i] > widest) {
                widest = crossings[i + 1] - crossings[i];
                best = {(crossings[i] + crossings[i + 1]) / 2, y};
            }
        if (widest > 0)
            break;
    }
    return best;
}

} // namespace vedette::layers
