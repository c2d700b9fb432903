// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/message.h"
#include "map/theme.h"

#include <QByteArray>

#include <filesystem>
#include <string>
#include <string_view>
#include <variant>

namespace vedette::map {

// SVG drawings by name. Each is one colour: what it covers is filled with the ink of its place. Immutable; any
// thread.
class SymbolSet {
public:
    // Number of a symbol, from 1; 0: there is none of that name.
    std::uint16_t find(std::string_view name) const;
    const QByteArray& svg(std::uint16_t symbol) const; // 1..size()
    const std::string& name(std::uint16_t symbol) const;
    std::size_t size() const { return drawings_.size(); }
    std::uint64_t identity() const { return identity_; } // no two sets of a process have the same

private:
    friend class SymbolBook;
    struct Drawing {
        std::string name;
        QByteArray svg;
    };
    SymbolSet();
    std::vector<Drawing> drawings_;
    std::uint64_t identity_;
};

// The drawing in one colour, `side` logical pixels square, drawn once and kept (per thread). Null: no such symbol.
QImage symbolImage(const SymbolSet& symbols, std::uint16_t symbol, QColor ink, double side, double devicePixelRatio);

// What is known of a mark, in the words of the rule file.
struct SymbolFacts {
    enum class Table : std::uint8_t { unit, incident, hazard } table = Table::unit;
    std::string_view role, status;         // of a unit
    std::string_view category, name, stage; // of an incident; name: what the catalogue calls the category
    int severity = 0;
};
struct Symbol {
    std::uint16_t drawing = 0; // in the book's set
    MarkShape shape = MarkShape::circle;
    std::variant<Hue, QColor> colour = Hue::lost;
    QColor in(Theme theme) const;
};

// Role, status, severity and stage -> symbol, shape and colour: the program's rules (data/symbols, compiled in) and
// over them a city's. Immutable once made; any thread.
class SymbolBook {
public:
    struct Loaded;
    // The program's rules with WORKSPACE/symbols.toml read over them, if there is one. What is wrong is left out and
    // said, the rest holds: symbolFileUnreadable {path,cause}, symbolRuleWrong {path,line,cause},
    // symbolUnknown {path,line,symbol}, symbolDrawingWrong {path,cause}. Reads files: not on the GUI thread of
    // somebody who waits.
    static Loaded load(const std::filesystem::path& workspace);
    static std::shared_ptr<const SymbolBook> builtIn();

    Symbol symbol(const SymbolFacts& facts) const;
    const std::shared_ptr<const SymbolSet>& symbols() const { return symbols_; }

private:
    struct Rule;
    friend struct SymbolReading;
    std::shared_ptr<const SymbolSet> symbols_;
    std::vector<Rule> rules_;

public:
    SymbolBook();
    ~SymbolBook();
    SymbolBook(SymbolBook&&) noexcept;
};
struct SymbolBook::Loaded {
    std::shared_ptr<const SymbolBook> book; // never null
    std::vector<layers::Message> wrong;
};

// Why a drawing is not taken; empty: it is. Small, well formed, of its own paths only: no scripts, styles, images,
// references or entities, so that a city's file can't reach out or run the program out of memory.
std::string symbolDrawingFault(const QByteArray& svg);

} // namespace vedette::map
