// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vedette::console {

// Keeps libdbus from starting a session bus of its own where the session has none. It would do that with
// fork() from a thread of Qt's, and PROJ has a fork handler that takes PROJ's lock in the child: where the
// city is being read at that moment, the child waits for ever, and with it the window. Without a bus there is
// no screen reader to talk to. Before QApplication and before any thread.
void keepFromLaunchingBus();

} // namespace vedette::console
