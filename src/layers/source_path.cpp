// SPDX-License-Identifier: GPL-3.0-or-later
#include "source_path.h"

#include "near_words.h"

#include <algorithm>
#include <array>

namespace vedette::layers {

SourcePath splitSource(const std::string& source) {
    SourcePath out;
    std::size_t at = source.find('|');
    out.path = source.substr(0, at);
    while (at != source.npos) {
        const std::string rest = source.substr(at + 1);
        if (asciiLower(rest.substr(0, 7)) == "subset=") { // a filter may hold bars itself
            out.subset = rest.substr(7);
            break;
        }
        const std::size_t next = rest.find('|');
        if (asciiLower(rest.substr(0, 10)) == "layername=")
            out.layer = rest.substr(10, next == rest.npos ? next : next - 10);
        at = next == rest.npos ? next : at + 1 + next;
    }
    return out;
}

bool reachesNetwork(const std::string& path) {
    const std::string lower = asciiLower(path);
    if (lower.find("://") != lower.npos)
        return true;
    static constexpr std::array remote{"/vsicurl", "/vsis3",    "/vsigs",   "/vsiaz",     "/vsiadls",
                                       "/vsioss",  "/vsiswift", "/vsihdfs", "/vsiwebhdfs"};
    if (std::any_of(remote.begin(), remote.end(),
                    [&](const char* name) { return lower.find(name) != lower.npos; }))
        return true;
    static constexpr std::array services{
        "pg:",         "postgresql:", "mysql:", "mssql:",   "odbc:",  "pgeo:",    "wfs:",    "wfs3:",
        "oapif:",      "csw:",        "es:",    "elastic:", "carto:", "cartodb:", "ngw:",    "plscenes:",
        "amigocloud:", "ogcapi:",     "eeda:",  "gmlas:",   "oci:",   "db2odbc:", "couchdb:"};
    return std::any_of(services.begin(), services.end(),
                       [&](const char* name) { return lower.starts_with(name); });
}

std::filesystem::path fileBehind(const std::filesystem::path& folder, const std::string& path) {
    std::string rest = path;
    for (const char* prefix : {"/vsizip/", "/vsigzip/", "/vsitar/"})
        if (rest.starts_with(prefix)) {
            rest.erase(0, std::string_view(prefix).size());
            // /vsizip/a.zip/inside.shp: the archive is the longest part that is a file.
            std::error_code error;
            std::filesystem::path file = folder / rest;
            while (!std::filesystem::exists(file, error) && file.has_parent_path() &&
                   file != file.parent_path())
                file = file.parent_path();
            return std::filesystem::is_regular_file(file, error) ? file : folder / rest;
        }
    return folder / rest; // an absolute `rest` stays itself
}

std::string ogrName(const std::filesystem::path& file, const std::string& path) {
    for (const char* prefix : {"/vsizip/", "/vsigzip/", "/vsitar/"})
        if (path.starts_with(prefix)) {
            const std::string rest = path.substr(std::string_view(prefix).size());
            const std::size_t inside = rest.find(file.filename().string());
            const std::string tail =
                inside == rest.npos ? "" : rest.substr(inside + file.filename().string().size());
            return prefix + file.string() + tail;
        }
    const std::string extension = asciiLower(file.extension().string());
    if (extension == ".zip" || extension == ".kmz")
        return extension == ".kmz" ? file.string() : "/vsizip/" + file.string();
    return extension == ".gz" ? "/vsigzip/" + file.string() : file.string();
}

std::vector<std::filesystem::path> filesOf(const std::filesystem::path& file) {
    namespace fs = std::filesystem;
    static constexpr std::array belonging{
        ".shp", ".dbf", ".shx", ".prj", ".cpg",  ".tab", ".dat",      ".map",        ".id",     ".ind",
        ".mif", ".mid", ".gfs", ".xsd", ".csvt", ".vrt", ".gpkg-wal", ".sqlite-wal", ".db-wal", ".osc"};
    std::error_code error;
    std::vector<fs::path> out;
    if (fs::is_directory(file, error)) {
        for (fs::recursive_directory_iterator it(file, error), end; !error && it != end; it.increment(error))
            if (it->is_regular_file(error))
                out.push_back(it->path());
    } else {
        out.push_back(file);
        const std::string own = file.stem().string();
        for (fs::directory_iterator it(file.parent_path(), error), end; !error && it != end;
             it.increment(error)) {
            const std::string extension = asciiLower(it->path().extension().string());
            if (it->path() != file && it->path().stem() == own &&
                std::find(belonging.begin(), belonging.end(), extension) != belonging.end())
                out.push_back(it->path());
        }
    }
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace vedette::layers
