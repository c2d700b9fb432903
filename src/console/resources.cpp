// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/resources.h"

#include <QDir>

// Outside any namespace, as the macro wants it.
static void init() {
    Q_INIT_RESOURCE(vedette_console);
}

namespace vedette::console {

void initResources() {
    init();
}

} // namespace vedette::console
