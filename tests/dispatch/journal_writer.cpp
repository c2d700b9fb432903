// SPDX-License-Identifier: GPL-3.0-or-later
// Appends one command after another and says "ack N" once append has returned. Killed or traced by the tests.
// Usage: dispatch_journal_writer FOLDER FIRST COUNT
#include "journal_kit.h"

#include <cstdio>

int main(int argc, char** argv) {
    using namespace vedette::dispatch;
    if (argc != 4)
        return 2;
    auto store =
        openStore("sqlite:journal.sqlite", argv[1], std::make_shared<vedette::layers::SystemClock>());
    if (!store.ok())
        return 3;
    const int first = std::atoi(argv[2]), count = std::atoi(argv[3]);
    for (int i = first; i < first + count; ++i) {
        const Event note =
            kit::event(EntryAdded{{1001}, EntryKind::note, "note", {}}, "k" + std::to_string(i));
        if (!store.value()->append({{note}, {}, {}, false}))
            return 1;
        const std::string ack = "ack " + std::to_string(i) + "\n";
        if (write(STDOUT_FILENO, ack.data(), ack.size()) < 0)
            return 1;
    }
    return 0;
}
