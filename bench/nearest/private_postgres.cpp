// SPDX-License-Identifier: GPL-3.0-or-later
#include "private_postgres.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace fs = std::filesystem;

PrivatePostgres::PrivatePostgres() {
    const fs::path versions = "/usr/lib/postgresql";
    std::error_code none;
    for (fs::directory_iterator it(versions, none), end; !none && it != end; it.increment(none))
        if (fs::exists(it->path() / "bin/initdb"))
            bin_ = it->path() / "bin";
    std::string name = "/tmp/nearest-XXXXXX";
    if (bin_.empty() || !::mkdtemp(name.data())) {
        std::fprintf(stderr, "no PostgreSQL server here: install postgresql and postgresql-15-postgis-3\n");
        std::exit(3);
    }
    folder_ = name;
    fs::permissions(folder_, fs::perms::all);
    const std::string data = (folder_ / "data").string();
    if (!run(bin_.string() + "/initdb -D " + data + " -A trust -U postgres -E UTF8 --no-sync >/dev/null") ||
        !run(bin_.string() + "/pg_ctl -D " + data + " -w -l " + (folder_ / "log").string() + " -o \"-k " +
             folder_.string() +
             " -c listen_addresses='' -c shared_buffers=256MB -c jit=off\" start >/dev/null")) {
        std::fprintf(stderr, "the private PostgreSQL didn't start, see %s\n", folder_.c_str());
        std::exit(3);
    }
}

PrivatePostgres::~PrivatePostgres() {
    run(bin_.string() + "/pg_ctl -D " + (folder_ / "data").string() + " -m immediate stop >/dev/null");
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

bool PrivatePostgres::run(const std::string& command) const {
    if (::geteuid() != 0)
        return std::system(command.c_str()) == 0;
    std::string quoted;
    for (const char c : command)
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return std::system(("cd / && su postgres -c '" + quoted + "'").c_str()) == 0;
}

std::string PrivatePostgres::connection() const {
    return "host=" + folder_.string() + " user=postgres dbname=postgres";
}
