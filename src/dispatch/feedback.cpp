// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/feedback.h"

#include <algorithm>

namespace vedette::dispatch {

TypedFeedback typedFeedback(std::string_view text, const std::vector<std::string>& asked, bool any) {
    TypedFeedback typed;
    while (!text.empty()) {
        const auto begin = std::min(text.find_first_not_of(" \t"), text.size());
        const std::string_view blanks = text.substr(0, begin);
        text.remove_prefix(begin);
        if (text.empty())
            break;
        std::size_t end = std::min(text.find_first_of(" \t"), text.size());
        const auto equals = text.substr(0, end).find('=');
        const std::string_view name = text.substr(0, std::min(equals, end));
        const bool field = equals != text.npos && isFeedbackName(name) &&
                           (any || std::ranges::count(asked, name) > 0);
        if (field) {
            std::string_view value = text.substr(equals + 1, end - equals - 1);
            if (value.starts_with('"'))
                if (const auto quote = text.find('"', equals + 2); quote != text.npos) {
                    value = text.substr(equals + 2, quote - equals - 2);
                    end = quote + 1;
                }
            typed.fields.push_back({std::string(name), std::string(value)});
        } else {
            if (!typed.rest.empty())
                typed.rest += blanks;
            typed.rest += text.substr(0, end);
        }
        text.remove_prefix(end);
    }
    return typed;
}

} // namespace vedette::dispatch
