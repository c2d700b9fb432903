// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/workspace.h"

#include "workspace_words.h"
#include "write_file.h"

#include <charconv>

namespace vedette::layers {

namespace {

std::string tomlText(std::string_view text) {
    static constexpr char hex[] = "0123456789ABCDEF";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (byte < 0x20 || byte == 0x7f)
            ((out += "\\u00") += hex[byte >> 4]) += hex[byte & 15];
        else
            out += c;
    }
    return out += '"';
}

std::string keyText(std::string_view key) {
    const bool bare =
        !key.empty() && key.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                              "0123456789_-") == key.npos;
    return bare ? std::string(key) : tomlText(key);
}

class Page {
public:
    void heading(std::string_view text) { (out_ += '\n') += text, out_ += '\n'; }
    void raw(std::string_view key, std::string_view value) {
        ((out_ += key) += " = ") += value, out_ += '\n';
    }
    void text(std::string_view key, std::string_view value) { raw(key, tomlText(value)); }
    void optional(std::string_view key, std::string_view value) {
        if (!value.empty())
            text(key, value);
    }
    void words(std::string_view key, const std::map<std::string, std::string>& words) {
        if (words.empty())
            return;
        std::string value = "{";
        for (const auto& [name, word] : words)
            value += (value.size() > 1 ? ", " : " ") + keyText(name) + " = " + tomlText(word);
        raw(key, value + " }");
    }
    void texts(std::string_view key, const std::vector<std::string>& texts) {
        std::string list = "[";
        for (const std::string& text : texts)
            list += (list.size() > 1 ? ", " : "") + tomlText(text);
        raw(key, list + "]");
    }
    void source(const SourceSpec& spec) {
        text("source", spec.source);
        words("columns", spec.columns);
        words("constants", spec.constants);
        optional("crs", spec.crs);
        optional("encoding", spec.encoding);
        if (spec.datum != Datum::wgs84)
            text("datum", datumWords[static_cast<std::size_t>(spec.datum)]);
        optional("time_zone", spec.timeZone);
        if (spec.zulu != ZuluMeans::utc)
            text("zulu", zuluWords[static_cast<std::size_t>(spec.zulu)]);
        if (spec.dateOrder != DateOrder::monthFirst)
            text("date_order", dateOrderWords[static_cast<std::size_t>(spec.dateOrder)]);
    }
    void sources(const std::string& name, const std::vector<SourceSpec>& specs) {
        for (const SourceSpec& spec : specs) {
            heading(specs.size() == 1 ? "[" + name + "]" : "[[" + name + "]]");
            source(spec);
        }
    }
    const std::string& content() const { return out_; }

private:
    std::string out_;
};

void writeRules(Page& page, const Rules& rules) {
    page.heading("[rules]");
    page.raw("fix_live", std::to_string(rules.fixLive.count()));
    page.raw("fix_ageing", std::to_string(rules.fixAgeing.count()));
    page.raw("fix_stale", std::to_string(rules.fixStale.count()));
    page.raw("owner_tolerance", std::to_string(rules.ownerTolerance.count()));
    page.texts("recommend", rules.recommend);
    page.raw("escalate_every", std::to_string(rules.escalateEvery.count()));
    page.texts("outside", rules.outside);
    page.texts("walking", rules.walking);
    page.raw("roll_minutes", std::to_string(rules.rollMinutes));
    page.texts("override_reasons", rules.overrideReasons);
    const auto real = [&](const char* key, double value) {
        char digits[32];
        const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed);
        const std::string text(digits, end.ptr);
        page.raw(key, text.find('.') == text.npos ? text + ".0" : text);
    };
    real("detour", rules.detour);
    if (rules.offRoadKilometresPerHour != Rules{}.offRoadKilometresPerHour)
        real("off_road_kmh", rules.offRoadKilometresPerHour);
}

} // namespace

Status saveWorkspace(const Workspace& workspace) {
    Page page;
    page.raw("format", std::to_string(workspace.format));
    page.heading("[workspace]");
    page.text("name", workspace.name);
    page.text("crs", workspace.crs);
    page.text("time_zone", workspace.timeZone);
    page.text("code_schema", workspace.codeSchema);
    if (workspace.allowNetwork)
        page.raw("allow_network", "true");
    if (!workspace.allowFolders.empty())
        page.texts("allow_folders", workspace.allowFolders);
    page.heading("[store]");
    page.text("url", workspace.storeUrl);
    for (const AreaSource& area : workspace.areas) {
        page.heading("[[areas]]");
        page.text("kind", area.kind);
        page.source(area.spec);
    }
    page.sources("incidents", workspace.incidents);
    page.sources("units", workspace.units);
    page.sources("duties", workspace.duties);
    page.sources("gazetteer", workspace.gazetteer);
    page.sources("roads", workspace.roads);
    if (!workspace.basemapProject.empty()) {
        page.heading("[basemap]");
        page.text("project", workspace.basemapProject);
        if (workspace.basemapNetwork)
            page.raw("network", "true");
        if (workspace.basemapDatum != Datum::wgs84)
            page.text("datum", datumWords[static_cast<std::size_t>(workspace.basemapDatum)]);
    }
    if (!workspace.pointsRules.empty()) {
        page.heading("[points]");
        page.text("rules", workspace.pointsRules);
    }
    for (const FeedSpec& feed : workspace.feeds) {
        page.heading("[[feeds]]");
        page.text("url", feed.url);
        page.optional("orders", feed.orders);
    }
    writeRules(page, workspace.rules);
    return writeFile(workspace.folder / "workspace.toml", {page.content()});
}

} // namespace vedette::layers
