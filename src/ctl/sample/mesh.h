// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chance.h"
#include "layers/geometry.h"

#include <functional>
#include <vector>

namespace vedette::ctl {

using layers::Box;
using layers::Point;

double distance(Point a, Point b);
double signedArea(const std::vector<Point>& ring); // counter-clockwise positive; ring not closed
Point centroid(const std::vector<Point>& ring);
bool inside(const std::vector<Point>& ring, Point p); // even-odd; ring not closed
// A point well inside: the centroid when it lies inside, else the middle of the widest row.
Point innerPoint(const std::vector<Point>& ring);
// A smooth line through `through` (Catmull-Rom) with fractal sway, vertices about `spacing` apart.
std::vector<Point> naturalLine(const std::vector<Point>& through, double spacing, double sway,
                               Chance& chance);

// One planar subdivision. Every polygon is a ring of vertex numbers, so what is shared is shared exactly: a
// face is cut only between vertices that its neighbours have too, and no cut moves a vertex.
class Mesh {
public:
    using Vertex = int;
    using Ring = std::vector<Vertex>; // counter-clockwise, not closed

    Vertex add(Point p); // to the centimetre
    Point at(Vertex v) const { return points_[static_cast<std::size_t>(v)]; }
    std::vector<Point> points(const Ring& ring) const;

    // A cut that ended here: its road and the direction it came from. Lets a street go on across a street.
    struct End {
        int road;
        double dx, dy;
    };
    std::vector<End>& ends(Vertex v) { return ends_[static_cast<std::size_t>(v)]; }
    const std::vector<End>& ends(Vertex v) const { return ends_[static_cast<std::size_t>(v)]; }

private:
    std::vector<Point> points_;
    std::vector<std::vector<End>> ends_;
};

// How a face is cut in two.
struct CutStyle {
    double sway = 0.02;                  // of the length
    double spacing = 100;                // of new vertices
    double balance = 0.5;                // share of weight on one side
    std::function<double(Point)> weight; // per square metre
    std::function<double(Point)> grain;  // direction of the street pattern, radians
};
struct Cut {
    Mesh::Ring left, right;
    std::vector<Mesh::Vertex> path; // from ring vertex to ring vertex
};
// False when the ring cannot be cut without a sliver.
bool cut(Mesh& mesh, const Mesh::Ring& ring, const CutStyle& style, Chance& chance, Cut& out);
double weigh(const std::vector<Point>& ring, const std::function<double(Point)>& weight);

// The outline of several faces of one mesh: outers counter-clockwise, then holes clockwise.
struct Outline {
    std::vector<Mesh::Ring> rings;
    std::vector<bool> hole;
};
Outline unite(const Mesh& mesh, const std::vector<const Mesh::Ring*>& faces);

} // namespace vedette::ctl
