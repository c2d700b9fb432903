// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer_file.h"

#include "layers/layer_groups.h"

#include "source_path.h"
#include "toml_reading.h"
#include "workspace_words.h"
#include "write_file.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

namespace vedette::layers {

namespace {

constexpr int newestFormat = 2; // 1: without groups, and still written where there are none

void readLayer(TableReader& in, KeptLayer& out) {
    in.required("id", out.id);
    in.text("name", out.name);
    in.text("source", out.spec.source);
    in.words("columns", out.spec.columns, false);
    in.text("crs", out.spec.crs);
    in.text("encoding", out.spec.encoding);
    if (const int datum = in.choice("datum", datumWords); datum >= 0)
        out.spec.datum = static_cast<Datum>(datum);
    in.text("read", out.read);
    in.flag("visible", out.visible);
    in.text("filter", out.filter);
    in.text("style", out.style);
    in.tables("seen", [&](TableReader& box) {
        Box seen{0, 0, 0, 0};
        box.real("min_x", seen.minX), box.real("min_y", seen.minY);
        box.real("max_x", seen.maxX), box.real("max_y", seen.maxY);
        out.seen = seen;
    });
}

// A head's line among the layers holds its place; the rest stands by itself, so that damage to it costs no layer.
void readGroups(const toml::table& page, const std::string& path, std::vector<KeptLayer>& layers) {
    const toml::array* groups = page["group"].as_array();
    const auto find = [&](const std::string& id) {
        return std::find_if(layers.begin(), layers.end(), [&](const KeptLayer& one) { return one.id == id; });
    };
    for (std::size_t i = 0; groups && i < groups->size(); ++i) {
        const toml::table* table = groups->get(i)->as_table();
        if (!table)
            continue;
        std::optional<Problem> ignored;
        TableReader in(*table, "group", path, ignored);
        KeptLayer head;
        head.head = true;
        std::vector<std::string> members;
        in.text("id", head.id);
        in.text("name", head.name);
        in.flag("visible", head.visible);
        in.flag("folded", head.folded);
        in.texts("layers", members);
        const auto at = find(head.id);
        if (!head.id.starts_with("group") || at == layers.end() || at->added() || at->head)
            continue;
        *at = head;
        for (const std::string& id : members)
            if (const auto member = find(id); member != layers.end() && member->group.empty())
                member->group = head.id;
    }
    gatherGroups(layers);
}

toml::table tableOfGroup(const KeptLayer& head, const std::vector<KeptLayer>& layers) {
    toml::array members;
    for (const KeptLayer& one : layers)
        if (one.group == head.id)
            members.push_back(one.id);
    return toml::table{{"id", head.id},
                       {"name", head.name},
                       {"visible", head.visible},
                       {"folded", head.folded},
                       {"layers", std::move(members)}};
}

toml::table tableOf(const KeptLayer& layer) {
    toml::table out;
    out.insert("id", layer.id);
    if (layer.head)
        return out;
    const auto text = [&](const char* key, const std::string& value) {
        if (!value.empty())
            out.insert(key, value);
    };
    text("name", layer.name);
    text("source", layer.spec.source);
    if (!layer.spec.columns.empty()) {
        toml::table columns;
        for (const auto& [ours, theirs] : layer.spec.columns)
            columns.insert(ours, theirs);
        columns.is_inline(true);
        out.insert("columns", std::move(columns));
    }
    text("crs", layer.spec.crs);
    text("encoding", layer.spec.encoding);
    if (layer.spec.datum != Datum::wgs84)
        out.insert("datum", datumWords[static_cast<std::size_t>(layer.spec.datum)]);
    text("read", layer.read);
    out.insert("visible", layer.visible);
    text("filter", layer.filter);
    text("style", layer.style);
    if (!layer.seen.empty() && std::isfinite(layer.seen.width()) && std::isfinite(layer.seen.height())) {
        toml::table box{{"min_x", layer.seen.minX},
                        {"min_y", layer.seen.minY},
                        {"max_x", layer.seen.maxX},
                        {"max_y", layer.seen.maxY}};
        box.is_inline(true);
        out.insert("seen", std::move(box));
    }
    return out;
}

} // namespace

bool operator==(const KeptLayer& a, const KeptLayer& b) {
    return a.id == b.id && a.name == b.name && a.spec.source == b.spec.source &&
           a.spec.columns == b.spec.columns && a.spec.crs == b.spec.crs &&
           a.spec.encoding == b.spec.encoding && a.spec.datum == b.spec.datum && a.visible == b.visible &&
           a.read == b.read && a.filter == b.filter && a.style == b.style && a.seen == b.seen && a.group == b.group &&
           a.head == b.head && a.folded == b.folded;
}

std::filesystem::path layerFile(const std::filesystem::path& folder) {
    return folder / "layers.toml";
}

Result<std::vector<KeptLayer>> loadLayers(const std::filesystem::path& folder) {
    const std::filesystem::path path = layerFile(folder);
    std::vector<KeptLayer> out;
    std::error_code error;
    if (!std::filesystem::exists(path, error))
        return out;
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    if (!file)
        return environment("fileUnreadable", {{"path", path.string()}});
    const toml::parse_result parsed = toml::parse(text.str());
    if (!parsed)
        return refused("tomlBroken", {{"path", path.string()},
                                      {"line", std::to_string(parsed.error().source().begin.line)},
                                      {"cause", std::string(parsed.error().description())}});
    std::optional<Problem> problem;
    TableReader in(parsed.table(), "", path.string(), problem);
    int format = newestFormat;
    in.integer("format", format);
    if (!problem && format > newestFormat)
        return refused("formatNewer", {{"path", path.string()}, {"format", std::to_string(format)}});
    in.tables("layer", [&](TableReader& table) { readLayer(table, out.emplace_back()); });
    in.leave("group");
    in.finish();
    if (problem)
        return *problem;
    readGroups(parsed.table(), path.string(), out);
    return out;
}

Status saveLayers(const std::filesystem::path& folder, const std::vector<KeptLayer>& layers) {
    toml::table page;
    toml::array list, groups;
    for (const KeptLayer& layer : layers) {
        list.push_back(tableOf(layer));
        if (layer.head)
            groups.push_back(tableOfGroup(layer, layers));
    }
    page.insert("format", groups.empty() ? 1 : newestFormat);
    page.insert("layer", std::move(list));
    if (!groups.empty())
        page.insert("group", std::move(groups));
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << "# How the layers are arranged in the window. Written by Vedette.\n" << page << "\n";
    const std::string bytes = text.str();
    return writeFile(layerFile(folder), {bytes});
}

std::string spelledIn(const std::filesystem::path& folder, const std::string& source) {
    namespace fs = std::filesystem;
    const SourcePath parts = splitSource(source);
    if (reachesNetwork(parts.path) || parts.path.starts_with("/vsi"))
        return source;
    std::error_code error;
    const fs::path file = fs::weakly_canonical(folder / parts.path, error);
    const fs::path relative = file.lexically_relative(fs::weakly_canonical(folder, error));
    const bool inside = !relative.empty() && *relative.begin() != "..";
    return (inside ? relative : file).string() + source.substr(parts.path.size());
}

} // namespace vedette::layers
