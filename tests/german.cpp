// SPDX-License-Identifier: GPL-3.0-or-later
// Every test takes the locale of who runs it, as QApplication does; under de_DE a number's comma is no point.
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

[[maybe_unused]] const bool taken = [] {
    const bool there = std::setlocale(LC_ALL, "") != nullptr;
    // Asked for a comma and given a point, a test would prove nothing.
    if (const char* comma = std::getenv("VEDETTE_EXPECT_COMMA");
        comma && (!there || std::string_view(std::localeconv()->decimal_point) != ",")) {
        std::fputs("the German locale isn't there\n", stderr);
        std::_Exit(1);
    }
    return there;
}();

} // namespace
