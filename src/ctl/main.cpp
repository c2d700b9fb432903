// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/verbs.h"

int main(int argc, char** argv) {
    return vedette::ctl::vedettectl(argc, argv);
}
