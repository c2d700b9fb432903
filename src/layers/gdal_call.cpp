// SPDX-License-Identifier: GPL-3.0-or-later
#include "gdal_call.h"

#include <cpl_error.h>

#include <atomic>
#include <mutex>
#include <unistd.h>

namespace vedette::layers {

GdalCalls::GdalCalls() {
    static std::once_flag registered;
    std::call_once(registered, [] { GDALAllRegister(); });
    CPLPushErrorHandlerEx(&GdalCalls::note, this);
}

GdalCalls::~GdalCalls() {
    CPLPopErrorHandler();
}

void GdalCalls::note(CPLErr level, CPLErrorNum, const char* text) {
    auto* self = static_cast<GdalCalls*>(CPLGetErrorHandlerUserData());
    if (level < CE_Failure || self->failed_)
        return;
    self->failed_ = true;
    self->said_ = text;
}

void GdalCalls::forget() {
    failed_ = false;
    said_.clear();
}

Problem GdalCalls::problem(const std::filesystem::path& path) const {
    if (auto place = writableFolder(path); !place)
        return place.problem();
    std::error_code error;
    const auto space = std::filesystem::space(path.parent_path().empty() ? "." : path.parent_path(), error);
    // The drivers word a full disk each in its own way; the file system says it plainly.
    if ((!error && space.available < 65536) || said_.find("No space left") != said_.npos ||
        said_.find("disk is full") != said_.npos)
        return environment("diskFull", {{"path", path.string()}});
    return environment("writeFailed", {{"path", path.string()}, {"cause", said_}});
}

Status writableFolder(const std::filesystem::path& file) {
    const auto folder = file.parent_path().empty() ? std::filesystem::path(".") : file.parent_path();
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error))
        return environment("folderMissing", {{"path", folder.string()}});
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        return environment("readOnly", {{"path", folder.string()}});
    return Nothing{};
}

std::filesystem::path temporaryNeighbour(const std::filesystem::path& file) {
    static std::atomic<unsigned> counter{0};
    for (;;) {
        auto name = "." + file.stem().string() + "." + std::to_string(::getpid()) + "-" +
                    std::to_string(counter++) + file.extension().string();
        auto path = file.parent_path() / name;
        if (std::error_code error; !std::filesystem::exists(path, error))
            return path;
    }
}

} // namespace vedette::layers
