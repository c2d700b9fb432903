// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/symbols.h"

#include "symbol_rules.h"

#include <QDir>
#include <QFile>
#include <QXmlStreamReader>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <fstream>

// Outside any namespace, as the macro wants it.
static void initSymbols() {
    Q_INIT_RESOURCE(vedette_symbols);
}

namespace vedette::map {

namespace {

constexpr qint64 largestDrawing = 64 * 1024, largestRules = 1024 * 1024;
constexpr std::size_t mostDrawings = 1000;

QByteArray contents(const QString& path, qint64 most) {
    QFile file(path);
    QByteArray bytes = file.open(QIODevice::ReadOnly) ? file.read(most + 1) : QByteArray();
    bytes.squeeze(); // it came with room for `most`
    return bytes;
}

// A name is a file of the folder, and nothing else.
bool isName(const std::string& name) {
    return !name.empty() && name.size() < 100 && name[0] != '.' && name.find_first_of("/\\") == std::string::npos;
}

std::string pathOf(const std::filesystem::path& workspace, const std::string& name) {
    return (workspace / "symbols" / (name + ".svg")).string();
}

} // namespace

SymbolSet::SymbolSet() {
    static std::atomic<std::uint64_t> made{0};
    identity_ = ++made;
}

std::uint16_t SymbolSet::find(std::string_view name) const {
    for (std::size_t i = 0; i < drawings_.size(); ++i)
        if (drawings_[i].name == name)
            return std::uint16_t(i + 1);
    return 0;
}

const QByteArray& SymbolSet::svg(std::uint16_t symbol) const {
    assert(symbol >= 1 && symbol <= drawings_.size());
    return drawings_[symbol - 1u].svg;
}

const std::string& SymbolSet::name(std::uint16_t symbol) const {
    assert(symbol >= 1 && symbol <= drawings_.size());
    return drawings_[symbol - 1u].name;
}

std::string symbolDrawingFault(const QByteArray& svg) {
    if (svg.size() > largestDrawing)
        return "larger than 64 KiB";
    static const std::array<QLatin1String, 10> known{
        QLatin1String("svg"),  QLatin1String("g"),       QLatin1String("path"),     QLatin1String("rect"),
        QLatin1String("circle"), QLatin1String("ellipse"), QLatin1String("line"),   QLatin1String("polyline"),
        QLatin1String("polygon"), QLatin1String("title")};
    QXmlStreamReader xml(svg);
    int depth = 0, elements = 0;
    while (!xml.atEnd()) {
        switch (xml.readNext()) {
        case QXmlStreamReader::DTD:
            return "a document type";
        case QXmlStreamReader::StartElement:
            if (++depth > 20 || ++elements > 500)
                return "too many parts";
            if (depth == 1 && xml.name() != QLatin1String("svg"))
                return "not an SVG drawing";
            if (std::none_of(known.begin(), known.end(), [&](auto name) { return xml.name() == name; }))
                return "<" + xml.name().toString().toStdString() + ">";
            for (const auto& attribute : xml.attributes())
                if (attribute.name() == QLatin1String("href") || attribute.value().contains(QLatin1String("url(")))
                    return "a reference";
            break;
        case QXmlStreamReader::EndElement:
            --depth;
            break;
        default:
            break;
        }
    }
    if (xml.hasError())
        return xml.errorString().toStdString();
    return elements ? "" : "empty";
}

QColor Symbol::in(Theme theme) const {
    const Hue* hue = std::get_if<Hue>(&colour);
    return hue ? hueColour(*hue, theme) : std::get<QColor>(colour);
}

SymbolBook::SymbolBook() = default;
SymbolBook::~SymbolBook() = default;
SymbolBook::SymbolBook(SymbolBook&&) noexcept = default;

Symbol SymbolBook::symbol(const SymbolFacts& facts) const {
    Symbol result;
    for (const Rule& rule : rules_) {
        if (!rule.fits(facts))
            continue;
        if (rule.drawing)
            result.drawing = rule.number;
        if (rule.shape)
            result.shape = *rule.shape;
        if (rule.colour)
            result.colour = *rule.colour;
    }
    return result;
}

SymbolBook::Loaded SymbolBook::load(const std::filesystem::path& workspace) {
    initSymbols();
    Loaded loaded;
    auto book = std::make_shared<SymbolBook>();
    SymbolReading::read(contents(QStringLiteral(":/symbols/symbols.toml"), largestRules).toStdString(),
                        "symbols.toml", book->rules_, loaded.wrong);
    assert(loaded.wrong.empty() && !book->rules_.empty());
    const std::size_t own = book->rules_.size();
    const std::filesystem::path file = workspace / "symbols.toml";
    std::error_code failed;
    if (!workspace.empty() && std::filesystem::exists(file, failed)) {
        const QByteArray text = contents(QString::fromStdString(file.string()), largestRules);
        if (text.isEmpty() || text.size() > largestRules)
            loaded.wrong.push_back({"symbolFileUnreadable", {{"path", file.string()}}});
        else
            SymbolReading::read(text.toStdString(), file.string(), book->rules_, loaded.wrong);
    }

    SymbolSet set;
    const auto add = [&](const std::string& name, QByteArray svg) {
        set.drawings_.push_back({name, std::move(svg)});
        return std::uint16_t(set.drawings_.size());
    };
    for (const QString& svg : QDir(QStringLiteral(":/symbols")).entryList({QStringLiteral("*.svg")}, QDir::Files, QDir::Name))
        add(svg.chopped(4).toStdString(), contents(QStringLiteral(":/symbols/") + svg, largestDrawing));
    std::map<std::string, std::uint16_t> cities; // looked for in the workspace already; 0: not usable
    for (std::size_t i = 0; i < book->rules_.size(); ++i) {
        Rule& rule = book->rules_[i];
        if (!rule.drawing)
            continue;
        const std::string& name = *rule.drawing;
        // A city's drawing of a built-in name takes its place in the built-in rules, too.
        auto at = cities.find(name);
        if (at == cities.end()) {
            at = cities.emplace(name, std::uint16_t(0)).first;
            const std::string path = pathOf(workspace, name);
            if (isName(name) && !workspace.empty() && set.size() < mostDrawings &&
                std::filesystem::is_regular_file(path, failed)) {
                QByteArray svg = contents(QString::fromStdString(path), largestDrawing);
                if (std::string fault = symbolDrawingFault(svg); !fault.empty())
                    loaded.wrong.push_back({"symbolDrawingWrong", {{"path", path}, {"cause", fault}}});
                else
                    at->second = add(name, std::move(svg));
            }
        }
        rule.number = at->second ? at->second : set.find(name);
        if (!rule.number && i >= own)
            loaded.wrong.push_back(
                {"symbolUnknown", {{"path", rule.file}, {"line", std::to_string(rule.line)}, {"symbol", name}}});
    }
    book->symbols_ = std::make_shared<const SymbolSet>(std::move(set));
    loaded.book = std::move(book);
    return loaded;
}

std::shared_ptr<const SymbolBook> SymbolBook::builtIn() {
    static const std::shared_ptr<const SymbolBook> book = load({}).book;
    return book;
}

} // namespace vedette::map
