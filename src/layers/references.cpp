// SPDX-License-Identifier: GPL-3.0-or-later
#include "near_words.h"
#include "read_layer.h"
#include "source_path.h"

#include <algorithm>
#include <cpl_minixml.h>

namespace vedette::layers {

namespace {

namespace fs = std::filesystem;

bool inside(const fs::path& path, const fs::path& folder) {
    std::error_code error;
    const fs::path real = fs::weakly_canonical(path, error), root = fs::weakly_canonical(folder, error);
    const auto [end, rest] = std::mismatch(root.begin(), root.end(), real.begin(), real.end());
    return end == root.end() || (end->empty() && std::next(end) == root.end());
}

std::optional<Problem> checkNode(const CPLXMLNode* node, const ReadRequest& request) {
    for (; node; node = node->psNext) {
        if (node->eType == CXT_Element &&
            (EQUAL(node->pszValue, "SrcDataSource") || EQUAL(node->pszValue, "SourceFilename"))) {
            const std::string reference = CPLGetXMLValue(node, nullptr, "");
            const std::string path = splitSource(reference).path;
            if (reachesNetwork(path))
                return refused("networkRefused", {{"path", path}});
            const fs::path file = fileBehind(fs::path(request.file).parent_path(), path);
            const bool allowed = std::any_of(request.folders.begin(), request.folders.end(),
                                             [&](const std::string& folder) { return inside(file, folder); });
            if (!inside(file, fs::path(request.file).parent_path()) && !inside(file, request.folder) &&
                !allowed)
                return refused("outsideFolder", {{"path", request.spec.source}, {"reference", reference}});
        }
        if (auto problem = checkNode(node->psChild, request))
            return problem;
    }
    return {};
}

} // namespace

Status checkReferences(const ReadRequest& request) {
    if (request.allowNetwork || asciiLower(fs::path(request.file).extension().string()) != ".vrt")
        return Nothing{};
    CPLXMLNode* tree = CPLParseXMLFile(request.file.c_str());
    const auto problem = checkNode(tree, request);
    CPLDestroyXMLNode(tree);
    if (problem)
        return *problem;
    return Nothing{};
}

} // namespace vedette::layers
