// SPDX-License-Identifier: GPL-3.0-or-later
// bench_room [--open N] [--soon N] [--queue N] [--rounds N] [--only deadlines|keys]
// deadlines: of N open tickets `soon` miss a deadline in the same second, two sessions watch: is each
// escalated once, how long does it take, and how long does anybody else have to wait meanwhile. keys: the
// real window, offscreen, with `queue` open tickets: from the press of the key that sends to the new state in
// the queue.
#include "room.h"

#include "layers/reader.h"

#include <string_view>

using namespace vedette;

int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == "read-source")
        return layers::readerMain(argc, argv);
    std::size_t open = 1'000'000, soon = 10'000, queue = 10'000;
    int rounds = 200;
    std::string_view only;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view name = argv[i];
        if (name == "--open")
            open = std::strtoul(argv[i + 1], nullptr, 10);
        else if (name == "--soon")
            soon = std::strtoul(argv[i + 1], nullptr, 10);
        else if (name == "--queue")
            queue = std::strtoul(argv[i + 1], nullptr, 10);
        else if (name == "--rounds")
            rounds = static_cast<int>(std::strtol(argv[i + 1], nullptr, 10));
        else if (name == "--only")
            only = argv[i + 1];
    }
    if (only != "keys")
        bench::deadlines(open, std::min(open, soon));
    return only == "deadlines" ? 0 : bench::keys(argc, argv, queue, rounds);
}
