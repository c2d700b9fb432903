// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/writer.h"

#include "export_files.h"
#include "write_file.h"

#include <cerrno>
#include <fstream>
#include <sstream>

namespace vedette::layers {

namespace {

namespace fs = std::filesystem;

// A folder beside the target in which everything is made; what is left in it goes with it.
class Workplace {
public:
    static Result<std::unique_ptr<Workplace>> beside(const fs::path& out) {
        if (auto place = writableFolder(out); !place)
            return place.problem();
        auto path = temporaryNeighbour(out);
        path.replace_extension(".part");
        std::error_code error;
        if (!fs::create_directory(path, error))
            return environment(error.value() == ENOSPC ? "diskFull" : "readOnly",
                               {{"path", out.parent_path().string()}});
        return std::unique_ptr<Workplace>(new Workplace(path));
    }
    ~Workplace() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Workplace(const Workplace&) = delete;
    const fs::path& path() const { return path_; }

private:
    explicit Workplace(fs::path path) : path_(std::move(path)) {}
    fs::path path_;
};

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text)
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

// Which name in the file stands for which column, for whoever opens it next.
Status writeAliases(const Export& job, const fs::path& file) {
    std::string text = "field,name,alias\n";
    for (std::size_t i = 0; i < job.columns.size(); ++i)
        text += quoted(job.columns[i].name) + "," + quoted(job.table.columns[i].name) + "," +
                quoted(job.table.columns[i].alias) + "\n";
    return writeFile(file, std::vector<std::string_view>{text});
}

// GDAL writes and reads CSV as UTF-8 only.
Status recode(const fs::path& from, const fs::path& to, const TextEncoding& encoding, bool encode) {
    std::ostringstream text;
    text << std::ifstream(from, std::ios::binary).rdbuf();
    const std::string out = encode ? encoding.encode(text.str()) : encoding.decode(text.str());
    return writeFile(to, std::vector<std::string_view>{out});
}

// The coordinates' columns of a CSV of points, named so that they meet no other column.
void nameCoordinates(Export& job) {
    if (!isCsv(job.driver) || job.layer != wkbPoint)
        return;
    job.xName = job.crs.geographic() ? "lon" : "x";
    job.yName = job.crs.geographic() ? "lat" : "y";
    const auto taken = [&](const std::string& name) {
        return std::any_of(job.columns.begin(), job.columns.end(),
                           [&](const ColumnPlan& plan) { return EQUAL(plan.name.c_str(), name.c_str()); });
    };
    while (taken(job.xName) || taken(job.yName)) {
        job.xName += "_";
        job.yName += "_";
    }
}

// Puts every part in its place; when one cannot be, what stood there before comes back.
Status placeParts(const fs::path& workplace, const fs::path& out, const std::vector<fs::path>& parts,
                  const std::vector<fs::path>& stale) {
    const fs::path old = workplace / "old";
    std::error_code error;
    fs::create_directory(old, error);
    std::vector<fs::path> moved, placed;
    const auto undo = [&](const fs::path& path) {
        std::error_code ignored;
        for (const auto& part : placed)
            fs::remove(part, ignored);
        for (const auto& part : moved)
            fs::rename(old / part.filename(), part, ignored);
        return environment("writeFailed", {{"path", path.string()}, {"cause", error.message()}});
    };
    std::vector<fs::path> leaving = stale;
    for (const auto& part : parts)
        leaving.push_back(out.parent_path() / part.filename());
    for (const auto& path : leaving) {
        if (!fs::exists(path, error))
            continue;
        fs::rename(path, old / path.filename(), error);
        if (error)
            return undo(path);
        moved.push_back(path);
    }
    for (const auto& part : parts) {
        const fs::path target = out.parent_path() / part.filename();
        fs::rename(part, target, error);
        if (error)
            return undo(target);
        placed.push_back(target);
    }
    return Nothing{};
}

std::vector<fs::path> madeParts(const fs::path& workplace, const fs::path& file) {
    std::vector<fs::path> parts;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(workplace, error))
        if (entry.is_regular_file(error))
            parts.push_back(entry.path());
    // The file that people open comes last: when it is there, the others are.
    std::sort(parts.begin(), parts.end(), [&](const fs::path& l, const fs::path& r) {
        return std::pair(l == file, l.filename()) < std::pair(r == file, r.filename());
    });
    return parts;
}

// Indexes and projections that other programs left beside an older file of this name.
std::vector<fs::path> staleParts(const GDALDriver& driver, const fs::path& out) {
    std::vector<fs::path> stale;
    if (isShapefile(driver))
        for (const char* suffix : {".sbn", ".sbx", ".qix", ".qpj", ".cpg", ".prj", ".shx", ".fields.csv"})
            stale.push_back(fs::path(out).replace_extension(suffix));
    if (isCsv(driver))
        stale.push_back(fs::path(out).replace_extension(".csvt"));
    return stale;
}

void addNotes(const Export& job, ExportReport& report) {
    for (std::size_t i = 0; i < job.columns.size(); ++i)
        if (job.columns[i].asText)
            report.textInstead.push_back({job.table.columns[i].name, job.columns[i].type});
}

} // namespace

Result<ExportReport> exportTable(const ExportTable& table, const ExportSettings& settings,
                                 const fs::path& out, const std::function<void(double)>& progress,
                                 const std::atomic<bool>* cancel) {
    GdalCalls calls;
    GDALDriver* driver = exportDriver(settings.format, out);
    if (!driver)
        return refused("formatUnknown",
                       {{"format", settings.format.empty() ? out.extension().string() : settings.format}});
    const TextEncoding encoding(isShapefile(*driver) || isCsv(*driver) ? settings.encoding : "UTF-8");
    if (!encoding.known())
        return refused("encodingUnknown", {{"encoding", settings.encoding}});
    auto crs = ExportCrs::between(settings);
    if (!crs)
        return crs.problem();
    auto workplace = Workplace::beside(out);
    if (!workplace)
        return workplace.problem();

    const auto goOn = [&](double fraction) {
        if (progress)
            progress(fraction);
        return !cancel || !cancel->load(std::memory_order_relaxed);
    };
    Export job{table,
               settings,
               *driver,
               encoding,
               *crs.value(),
               exportColumns(table, *driver, encoding),
               layerType(table),
               {},
               {},
               goOn};
    nameCoordinates(job);
    const fs::path file = workplace.value()->path() / out.filename();
    const bool recoded = isCsv(*driver) && !encoding.utf8();

    calls.forget();
    if (auto written = writeExport(job, file, calls); !written)
        return written.problem();
    fs::path readBack = file;
    if (isShapefile(*driver) && job.layer == wkbNone)
        readBack.replace_extension(".dbf"); // a table without geometry has no other part
    if (recoded) {
        // Written in GBK, read back from GBK: the comparison sees what the file really holds.
        if (auto done = recode(file, file, encoding, true); !done)
            return done.problem();
        const fs::path folder = workplace.value()->path() / "utf8";
        std::error_code error;
        fs::create_directory(folder, error);
        readBack = folder / out.filename();
        if (auto done = recode(file, readBack, encoding, false); !done)
            return done.problem();
        fs::copy_file(fs::path(file).replace_extension(".csvt"),
                      fs::path(readBack).replace_extension(".csvt"), error);
    }
    calls.forget();
    ExportReport report;
    if (auto compared = compareExport(job, readBack, calls, report); !compared)
        return compared.problem();
    addNotes(job, report);
    const bool aliases = std::any_of(table.columns.begin(), table.columns.end(),
                                     [](const auto& column) { return !column.alias.empty(); });
    if (isShapefile(*driver) && (aliases || !report.renamed.empty()))
        if (auto done = writeAliases(job, fs::path(file).replace_extension(".fields.csv")); !done)
            return done.problem();
    if (!goOn(1))
        return refused("cancelled");
    const auto parts = madeParts(workplace.value()->path(), file);
    if (auto placed = placeParts(workplace.value()->path(), out, parts, staleParts(*driver, out)); !placed)
        return placed.problem();
    for (const auto& part : parts)
        report.files.push_back(out.parent_path() / part.filename());
    return report;
}

} // namespace vedette::layers
