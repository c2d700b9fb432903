// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqlite.h"

#include <algorithm>
#include <thread>

namespace vedette::dispatch {

int Database::waitABit(void* held, int attempt) {
    using namespace std::chrono;
    auto& patience = *static_cast<Patience*>(held);
    const auto now = steady_clock::now();
    if (attempt == 0)
        patience.since = now;
    if (now - patience.since >= patience.wait)
        return 0;
    // An append takes a millisecond or so; SQLite's own waiting would grow to 100 ms steps.
    std::this_thread::sleep_for(microseconds(std::min(200 * (attempt + 1), 5000)));
    return 1;
}

int Database::open(const std::string& name, int flags, const std::string& vfs,
                   std::chrono::milliseconds wait) {
    prepared_.clear();
    sqlite3* db = nullptr;
    const int result = sqlite3_open_v2(name.c_str(), &db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                                       vfs.empty() ? nullptr : vfs.c_str());
    db_.reset(db);
    patience_->wait = wait;
    if (db)
        sqlite3_busy_handler(db, &waitABit, patience_.get());
    return result;
}

int Database::execute(const char* sql) {
    return db_ ? sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr) : SQLITE_CANTOPEN;
}

int Database::executePatiently(const char* sql, std::chrono::milliseconds wait) {
    const auto until = std::chrono::steady_clock::now() + wait;
    for (;;) {
        const int result = execute(sql);
        if ((result & 0xFF) != SQLITE_BUSY || std::chrono::steady_clock::now() >= until)
            return result;
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
}

std::int64_t Database::number(const char* sql) {
    Statement& statement = prepared(sql).run();
    const std::int64_t number = statement.row() ? statement.integer(0) : 0;
    statement.done();
    return number;
}

Statement& Database::prepared(const char* sql) {
    const auto found = prepared_.find(sql);
    if (found != prepared_.end())
        return found->second;
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v3(db_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (statement)
        return prepared_.emplace(sql, Statement(statement)).first->second;
    // Not kept: the next try may find the table that is missing now.
    static thread_local Statement unprepared(nullptr);
    return unprepared;
}

std::string Database::error() const {
    return db_ ? sqlite3_errmsg(db_.get()) : "cannot be opened";
}

} // namespace vedette::dispatch
