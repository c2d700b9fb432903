// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/message.h"
#include "mesh.h"

#include <filesystem>
#include <memory>
#include <string>
#include <variant>
#include <vector>

class GDALDataset;
class OGRLayer;

namespace vedette::ctl {

// A GeoPackage that is being made, in EPSG:4549. Nothing in it depends on when it is made. The first thing
// that goes wrong is kept and comes back from close().
class VectorFile {
public:
    enum class Type { text, integer };
    enum class Shape { point, line, polygon };
    struct Field {
        std::string name;
        Type type = Type::text;
    };
    using Value = std::variant<std::string, int>;

    explicit VectorFile(const std::filesystem::path& file);
    ~VectorFile();
    void layer(const std::string& name, Shape shape, const std::vector<Field>& fields, bool indexed = true);
    void point(Point at, const std::vector<Value>& values);
    void line(const std::vector<Point>& points, const std::vector<Value>& values);
    void polygon(const std::vector<Point>& ring, const std::vector<Value>& values);
    // Outers first, then the holes; one outer makes a polygon of it, several a multipolygon.
    void polygons(const std::vector<std::vector<Point>>& rings, const std::vector<bool>& holes,
                  const std::vector<Value>& values);
    layers::Status close();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace vedette::ctl
