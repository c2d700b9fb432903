// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/message.h"

#include <gdal_priv.h>

#include <filesystem>
#include <memory>

namespace vedette::layers {

struct CloseDataset {
    void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using GdalDataset = std::unique_ptr<GDALDataset, CloseDataset>;

// While one of these stands, GDAL's words on this thread are kept here instead of going to stderr. Registers
// GDAL's drivers the first time.
class GdalCalls {
public:
    GdalCalls();
    ~GdalCalls();
    GdalCalls(const GdalCalls&) = delete;
    GdalCalls& operator=(const GdalCalls&) = delete;
    bool failed() const { return failed_; }
    const std::string& said() const { return said_; } // the first failure's words
    void forget();
    // Why `path` could not be written: diskFull, readOnly, folderMissing or writeFailed {path,cause}.
    Problem problem(const std::filesystem::path& path) const;

private:
    static void note(CPLErr level, CPLErrorNum number, const char* text);
    bool failed_ = false;
    std::string said_;
};

// Problems: folderMissing, readOnly {path} for the folder that `file` is to stand in.
Status writableFolder(const std::filesystem::path& file);
// A name beside `file` that nothing has yet, with the same suffix.
std::filesystem::path temporaryNeighbour(const std::filesystem::path& file);

} // namespace vedette::layers
