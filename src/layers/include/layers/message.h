// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace vedette::layers {

// What a library has to say: a code and its arguments, never a sentence. `word()` makes the sentence.
struct Message {
    std::string code;                                        // camelCase, e.g. "fileMissing"
    std::vector<std::pair<std::string, std::string>> args{}; // names are the {placeholders} of the wording

    friend bool operator==(const Message&, const Message&) = default;
};

enum class Language { english, chinese };

// The sentence for a message, from data/words/*.tsv compiled in. An unknown code words itself as
// "code (name=value, ...)". Thread-safe.
std::string word(const Message& message, Language language);
bool hasWording(std::string_view code, Language language);

// Why something could not be done. `kind` decides vedettectl's exit status: 1, 2, 3.
struct Problem {
    enum class Kind { refused, usage, environment };
    Kind kind = Kind::refused;
    Message message;
};

// One thing found wrong (or repaired) in data: names file, row and object.
struct Finding {
    enum class Severity { note, warning, error };
    Severity severity = Severity::warning;
    Message message;
    std::string file;      // the source as the workspace spells it
    std::int64_t row = -1; // 0-based feature number in that source; -1: the whole source
    std::string object;    // code or id, when known
};

// A value or the problem that kept it from being.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : held_(std::move(value)) {}
    Result(Problem problem) : held_(std::move(problem)) {}
    bool ok() const { return held_.index() == 0; }
    explicit operator bool() const { return ok(); }
    T& value() & { return std::get<0>(held_); }
    const T& value() const& { return std::get<0>(held_); }
    T&& value() && { return std::get<0>(std::move(held_)); }
    const Problem& problem() const { return std::get<1>(held_); }

private:
    std::variant<T, Problem> held_;
};

struct Nothing {};
using Status = Result<Nothing>;

inline Problem refused(std::string code, std::vector<std::pair<std::string, std::string>> args = {}) {
    return {Problem::Kind::refused, {std::move(code), std::move(args)}};
}
inline Problem environment(std::string code, std::vector<std::pair<std::string, std::string>> args = {}) {
    return {Problem::Kind::environment, {std::move(code), std::move(args)}};
}

} // namespace vedette::layers
