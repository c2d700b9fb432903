// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

// A PostgreSQL cluster of our own in a temporary folder, on a Unix socket, ended with this object. As root it
// runs as the user postgres, who is the only one that may.
class PrivatePostgres {
public:
    PrivatePostgres(); // ends the program with a sentence when there is no server to start
    ~PrivatePostgres();
    PrivatePostgres(const PrivatePostgres&) = delete;
    std::string connection() const; // for libpq

private:
    bool run(const std::string& command) const;
    std::filesystem::path folder_, bin_;
};
