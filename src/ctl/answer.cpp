// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/answer.h"

#include <cstdio>
#include <unistd.h>

namespace vedette::ctl {

using nlohmann::ordered_json;

namespace {

std::string dump(const ordered_json& object) {
    // Bytes that are no UTF-8 come from users' files; they are replaced, never thrown over.
    return object.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

void put(std::FILE* to, std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), to);
    std::fputc('\n', to);
    std::fflush(to);
}

} // namespace

void Answer::give(const ordered_json& object) const {
    if (json_)
        put(stdout, dump(object));
}

void Answer::line(const ordered_json& object) const {
    put(stdout, dump(object));
}

void Answer::say(std::string_view words) const {
    if (!json_)
        put(stderr, words);
}

void Answer::progress(std::string_view words) const {
    if (!json_ && isatty(STDERR_FILENO)) {
        std::fprintf(stderr, "\r\033[K%.*s", static_cast<int>(words.size()), words.data());
        std::fflush(stderr);
    }
}

int Answer::fail(const layers::Problem& problem) const {
    if (json_)
        give({{"error", toJson(problem.message)}});
    put(stderr, "vedettectl: " + word(problem.message, layers::Language::english));
    switch (problem.kind) {
    case layers::Problem::Kind::refused:
        return refusedWithReasons;
    case layers::Problem::Kind::usage:
        return wrongUsage;
    case layers::Problem::Kind::environment:
        return environmentFailed;
    }
    return environmentFailed;
}

ordered_json toJson(const layers::Message& message) {
    ordered_json args = ordered_json::object();
    for (const auto& [name, value] : message.args)
        args[name] = value;
    return {{"code", message.code},
            {"args", std::move(args)},
            {"text", word(message, layers::Language::english)}};
}

ordered_json toJson(const layers::Finding& finding) {
    ordered_json json = toJson(finding.message);
    json["file"] = finding.file;
    json["row"] = finding.row < 0 ? ordered_json(nullptr) : ordered_json(finding.row);
    if (!finding.object.empty())
        json["object"] = finding.object;
    return json;
}

} // namespace vedette::ctl
