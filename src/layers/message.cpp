// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/message.h"

#include "words.h"

#include <unordered_map>

namespace vedette::layers {

namespace {

const Wording* find(std::string_view code) {
    static const auto byCode = [] {
        std::unordered_map<std::string_view, const Wording*> map;
        for (const Wording& wording : wordings())
            map.emplace(wording.code, &wording);
        return map;
    }();
    const auto found = byCode.find(code);
    return found == byCode.end() ? nullptr : found->second;
}

} // namespace

std::string word(const Message& message, Language language) {
    std::string out;
    const Wording* wording = find(message.code);
    if (!wording) {
        out = message.code;
        const char* before = " (";
        for (const auto& [name, value] : message.args) {
            out += before + name + "=" + value;
            before = ", ";
        }
        return message.args.empty() ? out : out + ")";
    }
    std::string_view form = language == Language::chinese ? wording->chinese : wording->english;
    while (!form.empty()) {
        const auto open = form.find('{');
        const auto close = open == form.npos ? form.npos : form.find('}', open);
        if (close == form.npos)
            break;
        out += form.substr(0, open);
        const std::string_view name = form.substr(open + 1, close - open - 1);
        for (const auto& [argument, value] : message.args)
            if (argument == name)
                out += value;
        form.remove_prefix(close + 1);
    }
    return out += form;
}

bool hasWording(std::string_view code, Language) {
    return find(code) != nullptr;
}

} // namespace vedette::layers
