// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <sqlite3.h>
#include <string>

namespace vedette::dispatch::kit {

// The sqlite3 library alone, as a stranger with a hex editor would have it.
inline std::string sql(const std::filesystem::path& file, const std::string& statement) {
    sqlite3* db = nullptr;
    std::string first;
    sqlite3_open(file.c_str(), &db);
    char* error = nullptr;
    sqlite3_exec(
        db, statement.c_str(),
        [](void* into, int, char** values, char**) {
            auto& text = *static_cast<std::string*>(into);
            if (text.empty() && values[0])
                text = values[0];
            return 0;
        },
        &first, &error);
    if (error)
        first = error;
    sqlite3_free(error);
    sqlite3_close(db);
    return first;
}

} // namespace vedette::dispatch::kit
