// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/filter.h"

#include "near_words.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace vedette::layers {

struct Filter::Node {
    enum class Kind { either, both, opposite, compare, in, like, null };
    struct Operand {
        int column = -1; // else a literal
        std::optional<std::string> text;
    };
    Kind kind = Kind::both;
    std::vector<Node> parts;
    std::vector<Operand> operands;
    int comparison = 0; // = <> < <= > >=
    bool anyCase = false;
};

namespace {

using Node = Filter::Node;
using Truth = std::optional<bool>; // nothing: unknown

constexpr int deepest = 200; // brackets in brackets; a filter may come out of a file

struct Token {
    enum class Kind { end, word, column, text, number, sign, broken } kind = Kind::end;
    std::string text;
    std::size_t at = 0;
};

class Parser {
public:
    Parser(std::string_view text, const std::vector<std::string>& columns) : text_(text), columns_(columns) {
        next();
    }
    std::optional<Node> all() {
        auto node = either();
        if (node && token_.kind != Token::Kind::end)
            fail();
        return problem_ ? std::nullopt : std::move(node);
    }
    const std::optional<Problem>& problem() const { return problem_; }

private:
    void next();
    void fail() {
        if (!problem_)
            problem_ = refused("filterUnreadable",
                               {{"filter", std::string(text_)},
                                {"at", std::string(text_.substr(std::min(token_.at, text_.size())))}});
    }
    bool word(const char* meant) {
        if (token_.kind != Token::Kind::word || asciiLower(token_.text) != meant)
            return false;
        next();
        return true;
    }
    bool sign(std::string_view meant) {
        if (token_.kind != Token::Kind::sign || token_.text != meant)
            return false;
        next();
        return true;
    }
    std::optional<Node> chain(const char* joint, Node::Kind kind, std::optional<Node> (Parser::*part)());
    std::optional<Node> either() { return chain("or", Node::Kind::either, &Parser::both); }
    std::optional<Node> both() { return chain("and", Node::Kind::both, &Parser::single); }
    std::optional<Node> single();
    std::optional<Node> comparison();
    std::optional<Node::Operand> operand();

    std::string_view text_;
    const std::vector<std::string>& columns_;
    std::size_t at_ = 0;
    int depth_ = 0;
    Token token_;
    std::optional<Problem> problem_;
};

bool wordByte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

void Parser::next() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
        ++at_;
    token_ = {Token::Kind::end, {}, at_};
    if (at_ == text_.size())
        return;
    const char c = text_[at_];
    if (c == '\'' || c == '"') {
        token_.kind = c == '"' ? Token::Kind::column : Token::Kind::text;
        for (++at_;; ++at_) {
            if (at_ >= text_.size()) {
                token_.kind = Token::Kind::broken;
                return;
            }
            if (text_[at_] == c && (at_ + 1 >= text_.size() || text_[at_ + 1] != c))
                break;
            at_ += text_[at_] == c;
            token_.text += text_[at_];
        }
        ++at_;
        return;
    }
    const bool signedNumber = (c == '-' || c == '+') && at_ + 1 < text_.size() &&
                              ((text_[at_ + 1] >= '0' && text_[at_ + 1] <= '9') || text_[at_ + 1] == '.');
    if ((c >= '0' && c <= '9') || c == '.' || signedNumber) {
        double value = 0;
        const char* begin = text_.data() + at_ + (c == '+');
        const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), value);
        token_.text.assign(begin, end);
        at_ = static_cast<std::size_t>(end - text_.data());
        // 3abc is neither a number nor a name
        token_.kind =
            error != std::errc() || !std::isfinite(value) || (at_ < text_.size() && wordByte(text_[at_]))
                ? Token::Kind::broken
                : Token::Kind::number;
        return;
    }
    if (wordByte(c)) {
        token_.kind = Token::Kind::word;
        while (at_ < text_.size() && wordByte(text_[at_]))
            token_.text += text_[at_++];
        return;
    }
    token_.kind = Token::Kind::sign;
    token_.text = c;
    ++at_;
    if (at_ < text_.size() && ((c == '<' && (text_[at_] == '=' || text_[at_] == '>')) ||
                               ((c == '>' || c == '!' || c == '=') && text_[at_] == '=')))
        token_.text += text_[at_++];
}

std::optional<Node> Parser::chain(const char* joint, Node::Kind kind, std::optional<Node> (Parser::*part)()) {
    auto first = (this->*part)();
    if (!first)
        return {};
    Node node;
    node.kind = kind;
    node.parts.push_back(std::move(*first));
    while (word(joint)) {
        auto more = (this->*part)();
        if (!more)
            return {};
        node.parts.push_back(std::move(*more));
    }
    if (node.parts.size() == 1) {
        Node only = std::move(node.parts.front());
        return only;
    }
    return node;
}

std::optional<Node> Parser::single() {
    struct Depth {
        int& depth;
        explicit Depth(int& d) : depth(++d) {}
        ~Depth() { --depth; }
    } const deeper(depth_);
    if (depth_ > deepest) {
        fail();
        return {};
    }
    if (word("not")) {
        auto inner = single();
        if (!inner)
            return {};
        Node node;
        node.kind = Node::Kind::opposite;
        node.parts.push_back(std::move(*inner));
        return node;
    }
    if (sign("(")) {
        auto inner = either();
        if (inner && !sign(")"))
            fail();
        return problem_ ? std::nullopt : std::move(inner);
    }
    return comparison();
}

std::optional<Node::Operand> Parser::operand() {
    Node::Operand out;
    const Token token = token_;
    const std::string lower = token.kind == Token::Kind::word ? asciiLower(token.text) : "";
    switch (token.kind) {
    case Token::Kind::text:
    case Token::Kind::number:
        out.text = token.text;
        break;
    case Token::Kind::word:
        for (const char* joint : {"and", "or", "not", "in", "is", "like", "ilike"})
            if (lower == joint) {
                fail();
                return {};
            }
        if (lower == "null")
            break;
        if (lower == "true" || lower == "false") {
            out.text = lower == "true" ? "1" : "0"; // how snapshots spell them
            break;
        }
        [[fallthrough]];
    case Token::Kind::column: {
        auto found = std::find(columns_.begin(), columns_.end(), token.text);
        if (found == columns_.end())
            found = std::find_if(columns_.begin(), columns_.end(), [&](const std::string& one) {
                return asciiLower(one) == asciiLower(token.text);
            });
        if (found == columns_.end()) {
            if (!problem_)
                problem_ = refused("filterColumn", {{"filter", std::string(text_)},
                                                    {"column", token.text},
                                                    {"nearest", nearestWord(token.text, columns_)},
                                                    {"known", joined(columns_, ", ")}});
            return {};
        }
        out.column = static_cast<int>(found - columns_.begin());
        break;
    }
    default:
        fail();
        return {};
    }
    next();
    return out;
}

std::optional<Node> Parser::comparison() {
    auto left = operand();
    if (!left)
        return {};
    Node node;
    node.operands.push_back(std::move(*left));
    if (word("is")) {
        const bool no = word("not");
        if (!word("null")) {
            fail();
            return {};
        }
        node.kind = Node::Kind::null;
        node.comparison = no;
        return node;
    }
    const bool no = word("not");
    const bool anyCase = token_.kind == Token::Kind::word && asciiLower(token_.text) == "ilike";
    if (word("like") || word("ilike")) {
        node.kind = Node::Kind::like;
        node.anyCase = anyCase;
        auto pattern = operand();
        if (!pattern)
            return {};
        node.operands.push_back(std::move(*pattern));
    } else if (word("in")) {
        node.kind = Node::Kind::in;
        if (!sign("(")) {
            fail();
            return {};
        }
        do {
            auto one = operand();
            if (!one)
                return {};
            node.operands.push_back(std::move(*one));
        } while (sign(","));
        if (!sign(")")) {
            fail();
            return {};
        }
    } else {
        static constexpr std::pair<const char*, int> signs[] = {{"=", 0}, {"==", 0}, {"<>", 1}, {"!=", 1},
                                                                {"<", 2}, {"<=", 3}, {">", 4},  {">=", 5}};
        node.kind = Node::Kind::compare;
        bool known = false;
        for (const auto& [text, number] : signs)
            if (!known && sign(text))
                node.comparison = number, known = true;
        if (!known || no) {
            fail();
            return {};
        }
        auto right = operand();
        if (!right)
            return {};
        node.operands.push_back(std::move(*right));
    }
    if (!no)
        return node;
    Node negated;
    negated.kind = Node::Kind::opposite;
    negated.parts.push_back(std::move(node));
    return negated;
}

std::optional<double> numberOf(std::string_view text) {
    double out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return {};
    return out;
}

int compared(std::string_view a, std::string_view b) {
    const auto x = numberOf(a), y = numberOf(b);
    if (x && y)
        return *x < *y ? -1 : *x > *y ? 1 : 0;
    return a.compare(b) < 0 ? -1 : a == b ? 0 : 1;
}

// % any bytes, _ one character of UTF-8. Two pointers with one place to go back to: no explosion.
bool alike(std::string_view text, std::string_view pattern) {
    std::size_t t = 0, p = 0, star = pattern.npos, back = 0;
    const auto after = [&](std::size_t at) {
        for (++at; at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;)
            ++at;
        return at;
    };
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '%')
            star = p++, back = t;
        else if (p < pattern.size() && pattern[p] == '_')
            ++p, t = after(t);
        else if (p < pattern.size() && pattern[p] == text[t])
            ++p, ++t;
        else if (star != pattern.npos)
            p = star + 1, t = ++back;
        else
            return false;
    }
    while (p < pattern.size() && pattern[p] == '%')
        ++p;
    return p == pattern.size();
}

Truth truth(const Node& node, const Rows& rows, std::size_t row) {
    const auto value = [&](const Node::Operand& one) -> std::optional<std::string_view> {
        if (one.column >= 0)
            return rows.value(row, one.column);
        return one.text ? std::optional<std::string_view>(*one.text) : std::nullopt;
    };
    switch (node.kind) {
    case Node::Kind::both:
    case Node::Kind::either: {
        const bool decides = node.kind == Node::Kind::either;
        bool unknown = false;
        for (const Node& part : node.parts) {
            const Truth one = truth(part, rows, row);
            if (one == decides)
                return decides;
            unknown = unknown || !one;
        }
        return unknown ? Truth() : Truth(!decides);
    }
    case Node::Kind::opposite: {
        const Truth inner = truth(node.parts.front(), rows, row);
        return inner ? Truth(!*inner) : Truth();
    }
    case Node::Kind::null:
        return value(node.operands[0]).has_value() == (node.comparison != 0);
    default:
        break;
    }
    const auto left = value(node.operands[0]);
    if (!left)
        return {};
    if (node.kind == Node::Kind::in) {
        bool unknown = false;
        for (std::size_t i = 1; i < node.operands.size(); ++i) {
            const auto right = value(node.operands[i]);
            if (right && compared(*left, *right) == 0)
                return true;
            unknown = unknown || !right;
        }
        return unknown ? Truth() : Truth(false);
    }
    const auto right = value(node.operands[1]);
    if (!right)
        return {};
    if (node.kind == Node::Kind::like)
        return node.anyCase ? alike(asciiLower(*left), asciiLower(*right)) : alike(*left, *right);
    const int order = compared(*left, *right);
    const bool answers[] = {order == 0, order != 0, order<0, order <= 0, order> 0, order >= 0};
    return answers[node.comparison];
}

} // namespace

Result<Filter> Filter::parse(std::string_view text, const std::vector<std::string>& columns) {
    Filter out;
    if (text.find_first_not_of(" \t\r\n") == text.npos)
        return out;
    Parser parser(text, columns);
    auto root = parser.all();
    if (!root)
        return *parser.problem();
    out.root_ = std::make_shared<const Node>(std::move(*root));
    return out;
}

bool Filter::holds(const Rows& rows, std::size_t row) const {
    return !root_ || truth(*root_, rows, row) == Truth(true);
}

} // namespace vedette::layers
