// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/reader.h"

#include "bytes.h"
#include "content_hash.h"
#include "reader_child.h"
#include "snapshot_format.h"
#include "source_path.h"

#include <fcntl.h>
#include <unistd.h>

namespace vedette::layers {

namespace {

namespace fs = std::filesystem;

fs::path readerBeside() {
    std::error_code error;
    return fs::read_symlink("/proc/self/exe", error).parent_path() / "vedettectl";
}

// The first of the wished and the fallback folder that can be written.
Result<fs::path> cacheFolder(const Workspace& workspace, const ReadOptions& options) {
    std::error_code error;
    std::vector<fs::path> wishes{options.cache.empty() ? workspace.folder / ".vedette" / "cache"
                                                       : options.cache};
    wishes.push_back(fs::temp_directory_path(error) / ("vedette-" + std::to_string(::getuid())));
    for (const fs::path& wish : wishes) {
        fs::create_directories(wish, error);
        if (::access(wish.c_str(), W_OK | X_OK) == 0)
            return fs::absolute(wish, error);
    }
    return environment("readOnly", {{"path", wishes[0].string()}});
}

Result<ReadRequest> requestFor(const Workspace& workspace, const SourceSpec& spec,
                               const ReadOptions& options) {
    const SourcePath parts = splitSource(spec.source);
    ReadRequest out;
    out.spec = spec;
    if (out.spec.timeZone.empty())
        out.spec.timeZone = workspace.timeZone;
    out.layer = parts.layer, out.subset = parts.subset;
    out.allowNetwork = workspace.allowNetwork;
    out.pointsDue = options.pointsDue;
    out.workingCrs = workspace.crs;
    out.memoryLimit = static_cast<std::int64_t>(options.memoryLimit);
    out.secondsLimit = options.timeLimit.count();
    std::error_code error;
    out.folder = fs::absolute(workspace.folder, error).lexically_normal().string();
    for (const std::string& allowed : workspace.allowFolders)
        out.folders.push_back((fs::path(out.folder) / allowed).lexically_normal().string());
    if (reachesNetwork(parts.path)) {
        if (!workspace.allowNetwork)
            return refused("networkRefused", {{"path", parts.path}});
        out.ogrName = parts.path;
        return out;
    }
    const fs::path file = fileBehind(out.folder, parts.path).lexically_normal();
    if (parts.path.empty() || !fs::exists(file, error))
        return environment("fileMissing", {{"path", parts.path.empty() ? "\"\"" : parts.path}});
    if (::access(file.c_str(), R_OK) != 0)
        return environment("fileUnreadable", {{"path", parts.path}});
    out.file = file.string();
    out.ogrName = ogrName(file, parts.path);
    return out;
}

struct Said {
    std::optional<Problem> problem;
    std::vector<LayerFacts> layers;
    bool done = false, broken = false;
};

Result<Said> ask(const ReadRequest& request, const ReadOptions& options) {
    Said said;
    const auto hear = [&](Report kind, std::string bytes) {
        ByteReader in(bytes.data(), bytes.size());
        if (kind == Report::progress && options.progress) {
            options.progress(static_cast<double>(in.number()) / 1000);
        } else if (kind == Report::problem && !said.problem) {
            Problem problem;
            problem.kind = static_cast<Problem::Kind>(std::min<std::uint32_t>(in.number(), 2));
            problem.message = in.message();
            said.problem = std::move(problem);
        } else if (kind == Report::layers) {
            said.broken = !decode(bytes, said.layers);
        } else if (kind == Report::done) {
            said.done = true;
        }
    };
    const fs::path reader = options.reader.empty() ? readerBeside() : options.reader;
    const Status status = runReader(reader, request, options, hear);
    if (!status && !(said.problem && status.problem().message.code == "readerCrashed"))
        return status.problem();
    if (said.problem)
        return *said.problem;
    if (!said.done || said.broken)
        return refused("readerCrashed", {{"path", request.spec.source}, {"signal", "silence"}});
    return said;
}

} // namespace

Result<Snapshot> readSource(const Workspace& workspace, const SourceSpec& spec, const ReadOptions& options) {
    auto prepared = requestFor(workspace, spec, options);
    if (!prepared)
        return prepared.problem();
    ReadRequest request = std::move(prepared).value();
    const auto cache = cacheFolder(workspace, options);
    if (!cache)
        return cache.problem();
    if (!request.file.empty()) {
        const auto hash = contentHash(filesOf(request.file), cache.value());
        if (!hash)
            return environment("fileUnreadable", {{"path", spec.source}});
        request.sha256 = *hash;
    }
    // Since OpenStreetMap's lines bring their turn restrictions, those over ways too, what was read before is no good.
    const std::string extension = fs::path(request.file).extension().string();
    const bool turns = extension == ".osm" || extension == ".pbf" || extension == ".bz2";
    const std::string key =
        sha256Of(request.sha256 + mappingOf(request) + std::to_string(format::version) + (turns ? "turns over ways" : ""));
    const fs::path file = cache.value() / (key.substr(0, 40) + ".snapshot");
    // What a VRT refers to may have changed, or no longer be allowed.
    const bool elsewhere = request.file.empty() || fs::path(request.file).extension() == ".vrt";
    if (!elsewhere)
        if (auto cached = Snapshot::open(file); cached) {
            if (options.progress)
                options.progress(1);
            return cached;
        }
    request.output = file.string();
    if (const auto said = ask(request, options); !said)
        return said.problem();
    return Snapshot::open(file);
}

std::filesystem::path cacheFolderOf(const Workspace& workspace, const ReadOptions& options) {
    const auto folder = cacheFolder(workspace, options);
    return folder ? folder.value() : fs::path();
}

Result<std::vector<LayerFacts>> listLayers(const Workspace& workspace, const std::string& source,
                                           const ReadOptions& options) {
    SourceSpec spec;
    spec.source = source;
    auto request = requestFor(workspace, spec, options);
    if (!request)
        return request.problem();
    request.value().task = ReadRequest::Task::list;
    const auto cache = cacheFolder(workspace, options);
    if (!cache)
        return cache.problem();
    request.value().output =
        (cache.value() / "list").string(); // never written; says where temporaries may go
    const auto said = ask(request.value(), options);
    if (!said)
        return said.problem();
    return said.value().layers;
}

} // namespace vedette::layers
