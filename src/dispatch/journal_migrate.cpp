// SPDX-License-Identifier: GPL-3.0-or-later
// A journal of an older format is brought up to date when it is opened for writing, in one transaction.
// Events are never touched: old kinds are upcast on reading. Opened for reading alone it stays as it is, and
// reads as well.
#include "journal_sqlite.h"

#include <array>

namespace vedette::dispatch {

using layers::Nothing;
using layers::Status;

namespace {

// steps[n]: from format n + 1 to n + 2.
constexpr std::array<const char*, journalFormat - 1> steps{
    // The newest event of all streams without looking at each: a start asks for it.
    "CREATE INDEX streams_by_last_seq ON streams(last_seq)",
};

} // namespace

Status SqliteStore::migrate() {
    const auto stands = [this] { return static_cast<int>(db_.number("PRAGMA user_version")); };
    if (stands() >= journalFormat)
        return Nothing{};
    Transaction transaction(db_);
    if (transaction.begun() != SQLITE_OK)
        return problemOf(transaction.begun());
    for (int format = stands(); format >= 1 && format < journalFormat;
         ++format) // another process may have been first
        if (const int failed = db_.execute(steps[static_cast<std::size_t>(format - 1)]))
            return problemOf(failed);
    const std::string mark = "PRAGMA user_version = " + std::to_string(journalFormat);
    if (const int failed = db_.execute(mark.c_str()))
        return problemOf(failed);
    if (const int failed = transaction.commit())
        return problemOf(failed);
    return Nothing{};
}

} // namespace vedette::dispatch
