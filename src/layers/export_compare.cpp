// SPDX-License-Identifier: GPL-3.0-or-later
#include "export_files.h"

#include <cpl_string.h>
#include <ogrsf_frmts.h>

#include <charconv>
#include <cmath>

namespace vedette::layers {

namespace {

std::string number(double value) {
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

// What stands in the file, as canonical text.
std::optional<std::string> storedText(OGRFeature& feature, int field, FieldType type) {
    if (!feature.IsFieldSetAndNotNull(field))
        return std::nullopt;
    const OGRFieldType stored = feature.GetFieldDefnRef(field)->GetType();
    if (stored == OFTReal)
        return number(feature.GetFieldAsDouble(field));
    if (stored == OFTDate || stored == OFTTime || stored == OFTDateTime) {
        Moment moment;
        float seconds = 0;
        feature.GetFieldAsDateTime(field, &moment.year, &moment.month, &moment.day, &moment.hour,
                                   &moment.minute, &seconds, &moment.zone);
        moment.milliseconds = static_cast<int>(std::lround(static_cast<double>(seconds) * 1000));
        const bool temporal = type == FieldType::date || type == FieldType::time;
        return writeMoment(moment, temporal ? type : FieldType::dateTime);
    }
    return std::string(feature.GetFieldAsString(field));
}

// The cause for which the stored value is not the one that went out; empty when it is.
std::string difference(const ColumnPlan& plan, const std::optional<std::string>& before,
                       const std::optional<std::string>& after, const TextEncoding& encoding) {
    if (before == after)
        return {};
    if (!before)
        return "nullLost";
    if (!after)
        return before->empty()                                  ? "emptyLost"
               : before->find_first_not_of(' ') == before->npos ? "blanksLost"
                                                                : "valueLost";
    switch (plan.asText ? FieldType::text : plan.type) {
    case FieldType::integer: {
        const auto left = readInteger(*before), right = readInteger(*after);
        return left && left == right ? "" : "precision";
    }
    case FieldType::real: {
        const auto left = readReal(*before), right = readReal(*after);
        return left && left == right ? "" : "precision";
    }
    case FieldType::boolean: {
        const auto left = readBoolean(*before), right = readBoolean(*after);
        return left && left == right ? "" : "typeLost";
    }
    case FieldType::date:
    case FieldType::time:
    case FieldType::dateTime: {
        const auto left = readMoment(*before, plan.type), right = readMoment(*after, plan.type);
        return left && left == right ? "" : "timeCut";
    }
    default:
        break;
    }
    if (encoding.writable(*before) != *before)
        return "characterLacking";
    if (before->starts_with(*after)) {
        const std::string_view rest = std::string_view(*before).substr(after->size());
        return rest.find_first_not_of(' ') == rest.npos ? "blanksLost" : "textCut";
    }
    return "textChanged";
}

struct Fields {
    std::vector<int> index; // of each column in the file, -1: not there
    int x = -1, y = -1;
};

Fields findFields(const Export& job, const OGRFeatureDefn& definition, ExportReport& report) {
    Fields out;
    // Formats that keep the order keep the places; the others are looked up by name.
    const int extra = job.csvPoints() ? 2 : 0;
    const int columns = static_cast<int>(job.columns.size());
    const bool byPlace = definition.GetFieldCount() == columns + extra;
    for (int i = 0; i < columns; ++i) {
        const std::string& wanted = job.table.columns[static_cast<std::size_t>(i)].name;
        const int at =
            byPlace ? i : definition.GetFieldIndex(job.columns[static_cast<std::size_t>(i)].name.c_str());
        out.index.push_back(at);
        const std::string stored = at < 0 ? "" : definition.GetFieldDefn(at)->GetNameRef();
        if (stored != wanted)
            report.renamed.push_back({wanted, stored});
    }
    if (job.csvPoints()) {
        out.x = definition.GetFieldIndex(job.xName.c_str());
        out.y = definition.GetFieldIndex(job.yName.c_str());
    }
    return out;
}

std::string words(const OGRGeometry* geometry) {
    if (!geometry)
        return {};
    std::string text = geometry->exportToWkt();
    return text.size() > 200 ? text.substr(0, 200) + "..." : text;
}

void compareRow(const Export& job, const Fields& fields, const ExportTable::Row& row, OGRFeature& feature,
                ExportReport& report) {
    for (std::size_t c = 0; c < job.columns.size(); ++c) {
        const auto before = c < row.values.size() ? row.values[c] : std::nullopt;
        const auto after =
            fields.index[c] < 0 ? std::nullopt : storedText(feature, fields.index[c], job.columns[c].type);
        const std::string cause = difference(job.columns[c], before, after, job.encoding);
        if (!cause.empty())
            report.changed.push_back(
                {row.id, job.table.columns[c].name, cause, before.value_or(""), after.value_or("")});
    }
    const auto wanted = rowGeometry(row, job.layer, job.crs);
    OGRPoint point;
    const OGRGeometry* stored = feature.GetGeometryRef();
    if (job.csvPoints() && feature.IsFieldSetAndNotNull(fields.x)) {
        point = OGRPoint(feature.GetFieldAsDouble(fields.x), feature.GetFieldAsDouble(fields.y));
        stored = &point;
    }
    const bool lost = !wanted && !row.rings.empty() && job.layer != wkbNone;
    if (lost || !sameGeometry(wanted.get(), stored, job.tolerance()))
        report.changed.push_back({row.id, "", "geometry", words(wanted.get()), words(stored)});
}

} // namespace

Status compareExport(const Export& job, const std::filesystem::path& file, GdalCalls& calls,
                     ExportReport& report) {
    const char* drivers[] = {job.driver.GetDescription(), nullptr};
    GdalDataset dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR, drivers, nullptr, nullptr));
    OGRLayer* layer = dataset ? dataset->GetLayer(0) : nullptr;
    // Some drivers write into a full disk without a word; then there is little or nothing to open.
    const auto full = [&] { return calls.problem(file).message.code == "diskFull"; };
    if (!layer && full())
        return calls.problem(file);
    if (!layer)
        return environment("exportUnreadable", {{"path", file.string()}, {"cause", calls.said()}});
    const Fields fields = findFields(job, *layer->GetLayerDefn(), report);
    layer->ResetReading();
    for (std::size_t i = 0; i < job.table.rows.size(); ++i) {
        if (i % 256 == 0 &&
            !job.goOn(0.5 + 0.5 * static_cast<double>(i) / static_cast<double>(job.table.rows.size())))
            return refused("cancelled");
        const std::unique_ptr<OGRFeature> feature(layer->GetNextFeature());
        if (!feature) {
            report.changed.push_back({job.table.rows[i].id, "", "rowLost", "", ""});
            continue;
        }
        ++report.features;
        compareRow(job, fields, job.table.rows[i], *feature, report);
    }
    if (report.features < job.table.rows.size() && full())
        return calls.problem(file);
    return Nothing{};
}

} // namespace vedette::layers
