// SPDX-License-Identifier: GPL-3.0-or-later
#include "body.h"

#include "bytes.h"
#include "fields.h"

#include <cmath>

namespace vedette::wire {

namespace {

void put(Writer& out, const Said& said) {
    out.text(said.code);
    out.number(static_cast<std::uint32_t>(said.args.size()));
    for (const auto& [name, value] : said.args) {
        out.text(name);
        out.text(value);
    }
}

Said said(Cursor& in) {
    Said value{in.text(), {}};
    for (auto n = in.count(8); n > 0 && in.good(); --n) {
        auto name = in.text();
        value.args.emplace_back(std::move(name), in.text());
    }
    return value;
}

void put(Writer& out, const std::vector<Said>& all) {
    out.number(static_cast<std::uint32_t>(all.size()));
    for (const Said& one : all)
        put(out, one);
}

std::vector<Said> saids(Cursor& in) {
    std::vector<Said> all;
    for (auto n = in.count(8); n > 0 && in.good(); --n)
        all.push_back(said(in));
    return all;
}

void putFields(Writer& out, const Frame& frame) {
    out.number(frame.width);
    out.number(frame.height);
    out.number(frame.stride);
    out.number(static_cast<std::uint8_t>(frame.format));
    put(out, frame.problems);
}

struct Encode {
    std::vector<std::uint8_t>& bytes;
    Writer out{bytes};

    void operator()(const Hello& hello) {
        out.text(hello.program);
        out.text(hello.qt);
        out.text(hello.qgis);
    }
    void operator()(const Open& open) {
        out.text(open.project);
        out.text(open.workspace);
        out.text(open.crs);
    }
    void operator()(const Opened& opened) {
        out.number(static_cast<std::uint32_t>(opened.layers.size()));
        for (const Layer& layer : opened.layers) {
            for (const auto* text : {&layer.id, &layer.name, &layer.provider, &layer.crs})
                out.text(*text);
            out.number(static_cast<std::uint8_t>(layer.valid));
        }
        put(out, opened.problems);
    }
    void operator()(const Render& render) {
        for (const double value : {render.minX, render.minY, render.maxX, render.maxY})
            out.number(value);
        out.number(render.width);
        out.number(render.height);
        out.number(render.dpi);
        out.number(render.devicePixelRatio);
        out.number(render.rotation);
    }
    void operator()(const Frame& frame) {
        putFields(out, frame);
        bytes.insert(bytes.end(), frame.pixels.begin(), frame.pixels.end());
    }
    void operator()(const Failed& failed) { put(out, failed.why); }
    void operator()(const Ping&) {}
    void operator()(const Pong&) {}
    void operator()(const Quit&) {}
    template <class Errand>
    void operator()(const Errand& errand) {
        FieldWriter writer(bytes);
        fields(writer, errand);
    }
};

bool sound(const Render& r) {
    const auto finite = [](auto... values) { return (std::isfinite(values) && ...); };
    return finite(r.minX, r.minY, r.maxX, r.maxY, r.dpi, r.devicePixelRatio) && r.minX < r.maxX &&
           r.minY < r.maxY && r.width >= 1 && r.width <= largestSide && r.height >= 1 &&
           r.height <= largestSide && r.dpi > 0 && r.devicePixelRatio > 0 && std::abs(r.rotation) <= 360;
}

bool sound(const SheetPage& p) {
    return std::isfinite(p.minX) && std::isfinite(p.minY) && std::isfinite(p.maxX) && std::isfinite(p.maxY) &&
           std::isfinite(p.scale) && p.minX < p.maxX && p.minY < p.maxY && p.scale >= 0;
}

bool sound(const Print& p) {
    const auto paper = [](double side) { return side >= smallestPaper && side <= largestPaper; };
    bool good = paper(p.width) && paper(p.height) && p.dpi >= 10 && p.dpi <= largestDpi && !p.pages.empty();
    for (const SheetPage& page : p.pages)
        good = good && sound(page);
    for (const SheetMark& mark : p.marks)
        good = good && std::isfinite(mark.x) && std::isfinite(mark.y) && mark.kind < p.markKinds.size();
    for (const SheetLayer& layer : p.layers)
        good = good && layer.width >= 0 && layer.width < 100 && layer.size >= 0 && layer.size < 100 &&
               layer.nearest >= 0 && layer.farthest >= 0;
    const SheetImage& image = p.image;
    if (!image.png.empty())
        good = good && std::isfinite(image.minX) && std::isfinite(image.minY) && std::isfinite(image.maxX) &&
               std::isfinite(image.maxY) && image.minX < image.maxX && image.minY < image.maxY;
    return good;
}

bool sound(const Identify& i) {
    return std::isfinite(i.x) && std::isfinite(i.y) && std::isfinite(i.tolerance) && i.tolerance >= 0;
}

template <class T>
bool sound(const T&) {
    return true;
}

// Errands; the others have their own.
template <class T>
T decode(Cursor& in, bool& good) {
    T value;
    FieldReader reader(in);
    fields(reader, value);
    good = reader.good() && sound(value);
    return value;
}

template <>
Hello decode(Cursor& in, bool&) {
    Hello value;
    value.program = in.text();
    value.qt = in.text();
    value.qgis = in.text();
    return value;
}
template <>
Open decode(Cursor& in, bool&) {
    Open value;
    value.project = in.text();
    value.workspace = in.text();
    value.crs = in.text();
    return value;
}
template <>
Opened decode(Cursor& in, bool& good) {
    Opened value;
    for (auto n = in.count(17); n > 0 && in.good(); --n) {
        Layer layer;
        for (auto* text : {&layer.id, &layer.name, &layer.provider, &layer.crs})
            *text = in.text();
        const auto valid = in.number<std::uint8_t>();
        good = good && valid <= 1;
        layer.valid = valid == 1;
        value.layers.push_back(std::move(layer));
    }
    value.problems = saids(in);
    return value;
}
template <>
Render decode(Cursor& in, bool& good) {
    Render value;
    for (auto* number : {&value.minX, &value.minY, &value.maxX, &value.maxY})
        *number = in.number<double>();
    value.width = in.number<std::uint32_t>();
    value.height = in.number<std::uint32_t>();
    value.dpi = in.number<double>();
    value.devicePixelRatio = in.number<double>();
    value.rotation = in.number<double>();
    good = sound(value);
    return value;
}
template <>
Frame decode(Cursor& in, bool& good) {
    Frame value;
    value.width = in.number<std::uint32_t>();
    value.height = in.number<std::uint32_t>();
    value.stride = in.number<std::uint32_t>();
    good = in.number<std::uint8_t>() == static_cast<std::uint8_t>(PixelFormat::argb32Premultiplied) &&
           value.width >= 1 && value.width <= largestSide && value.height >= 1 &&
           value.height <= largestSide && value.stride % 4 == 0 && value.stride / 4 >= value.width;
    value.problems = saids(in);
    good = good && std::uint64_t{value.stride} * value.height == in.left();
    if (good) {
        const auto pixels = in.take(in.left());
        value.pixels.assign(pixels.begin(), pixels.end());
    }
    return value;
}
template <>
Failed decode(Cursor& in, bool&) {
    return {said(in)};
}
template <>
Ping decode(Cursor&, bool&) {
    return {};
}
template <>
Pong decode(Cursor&, bool&) {
    return {};
}
template <>
Quit decode(Cursor&, bool&) {
    return {};
}

template <std::size_t I = 0>
std::optional<Body> decodeNth(std::size_t index, Cursor& in) {
    if constexpr (I < std::variant_size_v<Body>) {
        if (index != I)
            return decodeNth<I + 1>(index, in);
        bool good = true;
        Body body = decode<std::variant_alternative_t<I, Body>>(in, good);
        return good && in.finished() ? std::optional(std::move(body)) : std::nullopt;
    } else {
        return std::nullopt;
    }
}

} // namespace

void encodeBody(const Body& body, std::vector<std::uint8_t>& out) {
    std::visit(Encode{out}, body);
}

void encodeFrameFields(const Frame& frame, std::vector<std::uint8_t>& out) {
    Writer writer(out);
    putFields(writer, frame);
}

bool knownType(std::uint16_t type) {
    return type >= 1 && type <= std::variant_size_v<Body>;
}

std::optional<Body> decodeBody(std::uint16_t type, std::span<const std::uint8_t> payload) {
    Cursor in(payload);
    return decodeNth(type - 1u, in);
}

} // namespace vedette::wire
