// SPDX-License-Identifier: GPL-3.0-or-later
// The reader child on its own, for tests that must not wait for the whole of vedettectl.
#include "layers/reader.h"

int main(int argc, char** argv) {
    return vedette::layers::readerMain(argc, argv);
}
