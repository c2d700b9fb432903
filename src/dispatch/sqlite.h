// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <sqlite3.h>
#include <string>
#include <string_view>
#include <unordered_map>

namespace vedette::dispatch {

using Bytes = std::span<const std::uint8_t>;
inline Bytes bytesOf(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view textOf(Bytes bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// One prepared statement. run() binds and starts it; row() steps. Text and bytes bound must live until then;
// what a column gives lives until the next step.
class Statement {
public:
    explicit Statement(sqlite3_stmt* statement) : statement_(statement, &sqlite3_finalize) {}

    template <class... Args>
    Statement& run(const Args&... args) {
        done();
        int place = 0;
        (bind(++place, args), ...);
        return *this;
    }
    bool row() {
        result_ = statement_ ? sqlite3_step(statement_.get()) : SQLITE_ERROR;
        if (result_ != SQLITE_ROW && statement_)
            sqlite3_reset(statement_.get()); // lets go of its read lock
        return result_ == SQLITE_ROW;
    }
    // Runs to the end: SQLITE_DONE or what went wrong.
    int finish() {
        while (row()) {
        }
        return result_;
    }
    void done() {
        if (statement_)
            sqlite3_reset(statement_.get());
    }
    int result() const { return result_; }
    bool failed() const { return result_ != SQLITE_ROW && result_ != SQLITE_DONE; }

    std::int64_t integer(int column) const { return sqlite3_value_int64(value(column)); }
    bool isNull(int column) const { return sqlite3_value_type(value(column)) == SQLITE_NULL; }
    std::string_view text(int column) const {
        sqlite3_value* const held = value(column);
        const auto* chars = sqlite3_value_text(held);
        return chars ? std::string_view(reinterpret_cast<const char*>(chars),
                                        static_cast<std::size_t>(sqlite3_value_bytes(held)))
                     : std::string_view{};
    }
    Bytes bytes(int column) const {
        const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
        return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
    }

private:
    // Cheaper than SQLite's own road to each column, which would take the lock of a connection that several
    // threads use at once.
    sqlite3_value* value(int column) const { return sqlite3_column_value(statement_.get(), column); }
    void bind(int place, std::integral auto number) {
        sqlite3_bind_int64(statement_.get(), place, static_cast<std::int64_t>(number));
    }
    void bind(int place, std::string_view text) {
        sqlite3_bind_text64(statement_.get(), place, text.data() ? text.data() : "", text.size(),
                            SQLITE_STATIC, SQLITE_UTF8);
    }
    void bind(int place, Bytes bytes) {
        sqlite3_bind_blob64(statement_.get(), place, bytes.data() ? bytes.data() : bytes_, bytes.size(),
                            SQLITE_STATIC);
    }
    void bind(int place, std::chrono::sys_time<std::chrono::milliseconds> at) {
        bind(place, static_cast<std::int64_t>(at.time_since_epoch().count()));
    }

    static constexpr std::uint8_t bytes_[1] = {};
    std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement_;
    int result_ = SQLITE_DONE;
};

// One connection; belongs to one thread at a time. Waiting for another process is bounded by `wait`.
class Database {
public:
    // SQLITE_OK or why not; error() words it.
    int open(const std::string& name, int flags, const std::string& vfs, std::chrono::milliseconds wait);
    int execute(const char* sql);
    // Where SQLite itself doesn't wait for others (turning WAL on while they open the same new file).
    int executePatiently(const char* sql, std::chrono::milliseconds wait);
    std::int64_t number(const char* sql); // first column of the first row; 0: none
    Statement& prepared(const char* sql); // kept by the literal's address
    std::string error() const;
    int errorCode() const { return db_ ? sqlite3_extended_errcode(db_.get()) : SQLITE_CANTOPEN; }
    sqlite3* handle() { return db_.get(); }

private:
    struct Patience {
        std::chrono::milliseconds wait{0};
        std::chrono::steady_clock::time_point since{};
    };
    static int waitABit(void* patience, int attempt);

    std::unique_ptr<Patience> patience_ = std::make_unique<Patience>();
    std::unique_ptr<sqlite3, int (*)(sqlite3*)> db_{nullptr, &sqlite3_close_v2};
    std::unordered_map<const char*, Statement> prepared_; // goes before the connection does
};

// Everything read while it lives is of one moment. Not inside a Transaction.
class ReadView {
public:
    explicit ReadView(Database& db) : db_(db), begun_(db.execute("BEGIN") == SQLITE_OK) {}
    ~ReadView() {
        if (begun_)
            db_.execute("COMMIT");
    }
    ReadView(const ReadView&) = delete;
    ReadView& operator=(const ReadView&) = delete;

private:
    Database& db_;
    bool begun_;
};

// Rolls back unless committed.
class Transaction {
public:
    explicit Transaction(Database& db) : db_(db), begun_(db.execute("BEGIN IMMEDIATE")) {}
    ~Transaction() {
        if (begun_ == SQLITE_OK && !over_)
            db_.execute("ROLLBACK");
    }
    Transaction(const Transaction&) = delete;
    int begun() const { return begun_; }
    int commit() {
        const int result = db_.execute("COMMIT");
        over_ = result == SQLITE_OK;
        return result;
    }

private:
    Database& db_;
    int begun_;
    bool over_ = false;
};

} // namespace vedette::dispatch
