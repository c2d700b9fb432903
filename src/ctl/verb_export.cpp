// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/options.h"
#include "dispatch/export_tables.h"

#include <algorithm>

namespace vedette::ctl {

using nlohmann::ordered_json;

namespace {

constexpr std::size_t mostSaid = 20;

struct ExportWords {
    std::string layer, where, bbox, from, to, crs = "EPSG:4326", encoding = "UTF-8", format;
    std::filesystem::path out;
    bool strict = false;
};

layers::Result<dispatch::ExportFilter> filter(const dispatch::City& city, const ExportWords& words) {
    dispatch::ExportFilter filter;
    filter.where = words.where;
    if (!words.bbox.empty()) {
        const auto box = dispatch::boxFromLonLat(city, words.bbox);
        if (!box)
            return box.problem();
        filter.bbox = box.value();
    }
    using At = std::optional<layers::Instant>;
    if (const auto read = instants<At>({{&words.from, &filter.from}, {&words.to, &filter.to}}, city.zone);
        !read)
        return read.problem();
    return filter;
}

ordered_json toJson(const layers::ExportReport& report) {
    ordered_json renamed = ordered_json::array(), changed = ordered_json::array(),
                 files = ordered_json::array();
    for (const auto& name : report.renamed)
        renamed.push_back({{"from", name.from}, {"to", name.to}});
    for (const auto& change : report.changed)
        changed.push_back({{"row", change.row},
                           {"field", change.field},
                           {"cause", change.cause},
                           {"before", change.before},
                           {"after", change.after}});
    for (const auto& file : report.files)
        files.push_back(file.string());
    return {{"features", report.features},
            {"renamed", std::move(renamed)},
            {"changed", std::move(changed)},
            {"files", std::move(files)}};
}

int exportVerb(const Common& common, const ExportWords& words) {
    const Answer answer = common.answer();
    const bool history = words.layer.starts_with("incidents") || words.layer.starts_with("counts");
    const auto loaded = load(common, history, false, false);
    if (!loaded)
        return answer.fail(loaded.problem());
    const dispatch::City& city = *loaded.value();
    const auto narrowed = filter(city, words);
    if (!narrowed)
        return answer.fail(narrowed.problem());
    std::optional<dispatch::State> state;
    if (words.layer == "tickets" || words.layer == "units") {
        auto opened = openJournal(common);
        if (opened) {
            dispatch::Store& store = *opened.value().store;
            auto folded = dispatch::foldTo(store, {}, store.lastSeq());
            if (!folded)
                return answer.fail(folded.problem());
            state = std::move(folded).value();
        } else if (words.layer == "tickets")
            return answer.fail(opened.problem());
    }
    const auto table = dispatch::exportLayer(city, state ? &*state : nullptr, words.layer, narrowed.value());
    if (!table)
        return answer.fail(table.problem());
    layers::ExportSettings settings;
    settings.format = words.format, settings.crs = words.crs, settings.workingCrs = city.workspace.crs;
    settings.encoding = words.encoding;
    const auto report = layers::exportTable(table.value(), settings, words.out, [&](double fraction) {
        answer.progress("writing " + std::to_string(static_cast<int>(fraction * 100)) + " %");
    });
    answer.progress("");
    if (!report)
        return answer.fail(report.problem());
    for (const auto& name : report.value().renamed)
        answer.say("renamed  " + name.from + " -> " + name.to);
    const auto& changed = report.value().changed;
    for (std::size_t i = 0; i < std::min(changed.size(), mostSaid); ++i)
        answer.say("changed  row " + std::to_string(changed[i].row + 1) + ", " + changed[i].field + ": " +
                   changed[i].cause);
    if (changed.size() > mostSaid)
        answer.say("changed  " + std::to_string(changed.size() - mostSaid) + " more, --json lists them all");
    answer.say(std::to_string(report.value().features) + " features written to " + words.out.string());
    answer.give(toJson(report.value()));
    return words.strict && !report.value().changed.empty() ? refusedWithReasons : done;
}

} // namespace

void addExport(Verbs verbs) {
    CLI::App* verb = verbs.app.add_subcommand("export", "a layer to any OGR format; what it lost is listed");
    const auto common = addCommon(*verb, true);
    const auto words = std::make_shared<ExportWords>();
    std::string layers;
    for (const std::string& layer : dispatch::exportLayers())
        layers += layer + " ";
    verb->add_option("LAYER", words->layer, layers)->required();
    verb->add_option("OUT", words->out, "file; its ending says the format")->required();
    verb->add_option("--where", words->where, "column op value [and|or ...]");
    verb->add_option("--bbox", words->bbox, "minLon,minLat,maxLon,maxLat");
    verb->add_option("--from", words->from, "ISO time");
    verb->add_option("--to", words->to, "ISO time");
    verb->add_option("--crs", words->crs, "target CRS");
    verb->add_option("--format", words->format, "OGR driver when the ending doesn't say");
    verb->add_option("--encoding", words->encoding)->check(CLI::IsMember({"UTF-8", "GBK"}, CLI::ignore_case));
    verb->add_flag("--strict", words->strict, "exit 1 when anything was changed on the way");
    verb->callback([=, &run = verbs.run] { run = [=] { return exportVerb(*common, *words); }; });
}

} // namespace vedette::ctl
