// SPDX-License-Identifier: GPL-3.0-or-later
#include "iso.h"

namespace vedette::dispatch {

using namespace std::chrono;

std::string isoText(layers::Instant at) {
    const auto day = floor<days>(at);
    const year_month_day date{day};
    const auto millis = (at - day).count();
    std::string text = "0000-00-00T00:00:00.000Z";
    const auto put = [&text](std::size_t from, int digits, std::int64_t value) {
        for (int i = digits; i-- > 0; value /= 10)
            text[from + static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
    };
    put(0, 4, std::max(0, static_cast<int>(date.year())));
    put(5, 2, static_cast<unsigned>(date.month()));
    put(8, 2, static_cast<unsigned>(date.day()));
    put(11, 2, millis / 3'600'000);
    put(14, 2, millis / 60'000 % 60);
    put(17, 2, millis / 1000 % 60);
    put(20, 3, millis % 1000);
    return text;
}

layers::Instant isoInstant(std::string_view text) {
    if (text.size() != 24 || text[10] != 'T' || text[23] != 'Z')
        return {};
    bool digits = true;
    const auto get = [&](std::size_t from, std::size_t count) {
        int value = 0;
        for (std::size_t i = from; i < from + count; ++i) {
            digits = digits && text[i] >= '0' && text[i] <= '9';
            value = value * 10 + (text[i] - '0');
        }
        return value;
    };
    const year_month_day date{year{get(0, 4)}, month{static_cast<unsigned>(get(5, 2))},
                              day{static_cast<unsigned>(get(8, 2))}};
    const auto time =
        hours{get(11, 2)} + minutes{get(14, 2)} + seconds{get(17, 2)} + milliseconds{get(20, 3)};
    if (!digits || !date.ok())
        return {};
    return sys_days{date} + time;
}

} // namespace vedette::dispatch
