// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/grid_code.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>

namespace vedette::layers {

namespace {

constexpr std::array<CodeSchema::Group, 4> gridGroups{
    {{"county", 6}, {"township", 3}, {"community", 3}, {"serial", 3}}};
constexpr std::array<CodeSchema::Group, 3> policeGroups{{{"county", 6}, {"station", 2}, {"community", 4}}};
constexpr std::array<CodeSchema::Group, 4> policeGridGroups{
    {{"county", 6}, {"station", 2}, {"community", 4}, {"serial", 3}}};
constexpr std::array<CodeSchema::Group, 5> unitGridGroups{
    {{"county", 6}, {"township", 3}, {"community", 3}, {"grid", 3}, {"serial", 5}}};

constexpr std::array schemas{CodeSchema("cn-grid-15", gridGroups), CodeSchema("police-12", policeGroups),
                             CodeSchema("police-15", policeGridGroups),
                             CodeSchema("cjt349-20", unitGridGroups), CodeSchema("free", {})};
constexpr std::array<std::string_view, schemas.size()> schemaNames{"cn-grid-15", "police-12", "police-15",
                                                                   "cjt349-20", "free"};

// GB/T 2260: the first digits of the provinces, regions and municipalities.
bool knownProvince(std::string_view code) {
    constexpr std::array<std::string_view, 34> provinces{
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42",
        "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82"};
    return std::find(provinces.begin(), provinces.end(), code.substr(0, 2)) != provinces.end();
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == text.npos ? std::string_view()
                              : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

} // namespace

const CodeSchema* CodeSchema::named(std::string_view name) {
    for (const CodeSchema& schema : schemas)
        if (schema.name() == name)
            return &schema;
    return nullptr;
}

std::span<const std::string_view> CodeSchema::names() {
    return schemaNames;
}

std::size_t CodeSchema::digits() const {
    std::size_t sum = 0;
    for (const Group& group : groups_)
        sum += group.digits;
    return sum;
}

Result<std::string> CodeSchema::parse(std::string_view text) const {
    text = trimmed(text);
    if (text.empty())
        return refused("codeEmpty");
    if (groups_.empty())
        return std::string(text);
    std::string code;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == ' ' || text[i] == '-')
            continue;
        if (text[i] < '0' || text[i] > '9')
            return refused("codeNotDigits", {{"code", std::string(text)}, {"at", std::to_string(i + 1)}});
        code += text[i];
    }
    if (code.size() != digits())
        return refused("codeLength", {{"code", std::string(text)},
                                      {"digits", std::to_string(code.size())},
                                      {"expected", std::to_string(digits())}});
    if (!knownProvince(code))
        return refused("codeRegion", {{"code", code}});
    std::size_t at = 0;
    for (const Group& group : groups_.first(groups_.size() - 1)) {
        if (code.find_first_not_of('0', at) >= at + group.digits)
            return refused("codeGroupZero", {{"code", code}, {"group", std::string(group.name)}});
        at += group.digits;
    }
    return code;
}

std::string_view CodeSchema::upTo(std::string_view code, std::string_view group) const {
    std::size_t digits = 0;
    for (const Group& one : groups_) {
        digits += one.digits;
        if (one.name == group)
            return code.substr(0, digits);
    }
    return {};
}

std::string CodeSchema::grouped(std::string_view code) const {
    std::string out;
    for (const Group& group : groups_) {
        if (!out.empty() && !code.empty())
            out += ' ';
        out += code.substr(0, group.digits);
        code.remove_prefix(std::min(code.size(), group.digits));
    }
    return out += code;
}

Result<GridCode> GridCode::parse(std::string_view text) {
    auto code = schemas[0].parse(text);
    if (!code)
        return code.problem();
    return GridCode(std::move(code).value());
}

int GridCode::serial() const {
    int number = 0;
    std::from_chars(text_.data() + 12, text_.data() + 15, number);
    return number;
}

std::string GridCode::grouped() const {
    return schemas[0].grouped(text_);
}

} // namespace vedette::layers
