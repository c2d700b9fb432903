// SPDX-License-Identifier: GPL-3.0-or-later
#include "row_keeper.h"

#include <simdjson.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <unordered_map>

namespace {

void must(bool held, const char* what) {
    if (held)
        return;
    std::fprintf(stderr, "the peer failed: %s\n", what);
    std::exit(1);
}

} // namespace

double cpuSeconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& t) { return double(t.tv_sec) + double(t.tv_usec) / 1e6; };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

RowsKept keepAsRows(const std::filesystem::path& feed, const std::filesystem::path& file,
                    std::size_t aSecond) {
    sqlite3* database = nullptr;
    must(sqlite3_open(file.c_str(), &database) == SQLITE_OK, "open");
    const auto run = [&](const char* sql) {
        must(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK, sql);
    };
    run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE fixes(unit TEXT, time TEXT, received INTEGER, lon REAL, lat REAL, speed REAL, course "
        "REAL)");
    sqlite3_stmt* insert = nullptr;
    must(sqlite3_prepare_v2(database, "INSERT INTO fixes VALUES(?,?,?,?,?,?,?)", -1, &insert, nullptr) ==
             SQLITE_OK,
         "prepare");

    RowsKept kept;
    const double before = cpuSeconds();
    struct Newest {
        double lon, lat;
    };
    std::unordered_map<std::string, Newest> newest;
    simdjson::padded_string text;
    must(!simdjson::padded_string::load(feed.string()).get(text), "load");
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document_stream lines;
    must(!parser.iterate_many(text, 1 << 20).get(lines), "iterate");
    run("BEGIN");
    for (auto line : lines) {
        std::string_view unit, time;
        double lon = 0, lat = 0, speed = 0, course = 0;
        must(!line["unit"].get(unit) && !line["time"].get(time) && !line["lon"].get(lon) &&
                 !line["lat"].get(lat) && !line["speed"].get(speed) && !line["course"].get(course),
             "parse");
        sqlite3_bind_text(insert, 1, unit.data(), int(unit.size()), SQLITE_STATIC);
        sqlite3_bind_text(insert, 2, time.data(), int(time.size()), SQLITE_STATIC);
        sqlite3_bind_int64(insert, 3, sqlite3_int64(kept.rows / aSecond));
        sqlite3_bind_double(insert, 4, lon);
        sqlite3_bind_double(insert, 5, lat);
        sqlite3_bind_double(insert, 6, speed);
        sqlite3_bind_double(insert, 7, course);
        must(sqlite3_step(insert) == SQLITE_DONE, "insert");
        sqlite3_reset(insert);
        newest[std::string(unit)] = {lon, lat};
        if (++kept.rows % aSecond == 0)
            run("COMMIT; BEGIN");
    }
    run("COMMIT");
    kept.cpuSeconds = cpuSeconds() - before;
    kept.units = newest.size();
    sqlite3_finalize(insert);
    run("PRAGMA wal_checkpoint(TRUNCATE)");
    sqlite3_close(database);
    kept.bytes = std::filesystem::file_size(file);
    return kept;
}
