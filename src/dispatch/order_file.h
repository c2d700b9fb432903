// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/message.h"

#include <filesystem>
#include <string>

namespace vedette::dispatch {

// Appends lines to a file, a FIFO or stdout. One thread.
class OrderFile {
public:
    OrderFile(const std::string& url, const std::filesystem::path& folder);
    ~OrderFile();
    OrderFile(const OrderFile&) = delete;

    // All of `lines` (each with its end) or a problem: ordersUnwritable {path,cause}. A FIFO that nobody
    // reads is one. What was torn by a crash is ended first, so that no line is joined to it.
    layers::Status write(std::string_view lines);

private:
    layers::Status open();
    layers::Problem failed(int error) const;
    std::filesystem::path path_; // empty: stdout
    int fd_ = -1;
};

} // namespace vedette::dispatch
