// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bytes.h"

#include "wire/errand.h"

#include <concepts>

namespace vedette::wire {

// The fields of an errand's messages, named once for both directions: `each` is a FieldWriter or a
// FieldReader.
template <class Each>
void fields(Each& each, auto& value);

template <class T>
concept Plain = std::integral<T> || std::floating_point<T>;

class FieldWriter {
public:
    explicit FieldWriter(std::vector<std::uint8_t>& out) : out_(out) {}
    template <class... Values>
    void operator()(const Values&... values) {
        (put(values), ...);
    }

private:
    template <Plain T>
    void put(const T& value) {
        if constexpr (std::same_as<T, bool>)
            out_.number(static_cast<std::uint8_t>(value));
        else
            out_.number(value);
    }
    void put(const std::string& value) { out_.text(value); }
    void put(const std::vector<std::uint8_t>& value) { out_.text({value.begin(), value.end()}); }
    template <class A, class B>
    void put(const std::pair<A, B>& value) {
        put(value.first);
        put(value.second);
    }
    template <class T>
    void put(const std::vector<T>& all) {
        out_.number(static_cast<std::uint32_t>(all.size()));
        for (const T& one : all)
            put(one);
    }
    template <class T>
    void put(const T& value) {
        fields(*this, value);
    }
    Writer out_;
};

class FieldReader {
public:
    explicit FieldReader(Cursor& in) : in_(in) {}
    template <class... Values>
    void operator()(Values&... values) {
        (get(values), ...);
    }
    bool good() const { return good_ && in_.good(); }

private:
    template <Plain T>
    void get(T& value) {
        if constexpr (std::same_as<T, bool>) {
            const auto byte = in_.number<std::uint8_t>();
            good_ = good_ && byte <= 1;
            value = byte == 1;
        } else {
            value = in_.number<T>();
        }
    }
    void get(std::string& value) { value = in_.text(); }
    void get(std::vector<std::uint8_t>& value) {
        const auto taken = in_.take(in_.number<std::uint32_t>());
        value.assign(taken.begin(), taken.end());
    }
    template <class A, class B>
    void get(std::pair<A, B>& value) {
        get(value.first);
        get(value.second);
    }
    template <class T>
    void get(std::vector<T>& all) {
        // Nothing here takes less than four bytes, so a count is never believed beyond what can be there.
        for (auto n = in_.count(4); n > 0 && good(); --n)
            get(all.emplace_back());
    }
    template <class T>
    void get(T& value) {
        fields(*this, value);
    }
    Cursor& in_;
    bool good_ = true;
};

template <class Each>
void fields(Each& each, auto& v) {
    using V = std::remove_cvref_t<decltype(v)>;
    if constexpr (std::same_as<V, Said>)
        each(v.code, v.args);
    else if constexpr (std::same_as<V, SheetShape>)
        each(v.label, v.wkb);
    else if constexpr (std::same_as<V, SheetLayer>)
        each(v.title, v.fill, v.outline, v.width, v.shapes, v.geometry, v.marker, v.size, v.nearest,
             v.farthest);
    else if constexpr (std::same_as<V, SheetImage>)
        each(v.minX, v.minY, v.maxX, v.maxY, v.png);
    else if constexpr (std::same_as<V, SheetMark>)
        each(v.x, v.y, v.label, v.kind);
    else if constexpr (std::same_as<V, MarkKind>)
        each(v.title, v.colour, v.shape);
    else if constexpr (std::same_as<V, SheetPage>)
        each(v.title, v.subtitle, v.minX, v.minY, v.maxX, v.maxY, v.scale, v.focus, v.rows);
    else if constexpr (std::same_as<V, Print>)
        each(v.path, v.format, v.width, v.height, v.dpi, v.basemap, v.source, v.legend, v.north, v.more,
             v.font, v.legendMore, v.header, v.image, v.layers, v.markKinds, v.marks, v.pages);
    else if constexpr (std::same_as<V, Progress>)
        each(v.done, v.of);
    else if constexpr (std::same_as<V, Printed>)
        each(v.files, v.problems);
    else if constexpr (std::same_as<V, Identify>)
        each(v.x, v.y, v.tolerance);
    else if constexpr (std::same_as<V, Found>)
        each(v.layer, v.title, v.attributes);
    else if constexpr (std::same_as<V, Identified>)
        each(v.found, v.more);
    else if constexpr (std::same_as<V, ConvertStyle>)
        each(v.toQml, v.geometry, v.text);
    else if constexpr (std::same_as<V, StyleConverted>)
        each(v.text, v.lost);
    else
        static_assert(std::same_as<V, Cancel>, "a message whose fields nobody has named");
}

} // namespace vedette::wire
