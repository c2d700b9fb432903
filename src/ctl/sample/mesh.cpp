// SPDX-License-Identifier: GPL-3.0-or-later
#include "mesh.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace vedette::ctl {

double distance(Point a, Point b) {
    return std::sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y));
}

double signedArea(const std::vector<Point>& ring) {
    double sum = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point a = ring[i], b = ring[(i + 1) % ring.size()];
        sum += (a.x - ring[0].x) * (b.y - ring[0].y) - (b.x - ring[0].x) * (a.y - ring[0].y);
    }
    return sum / 2;
}

Point centroid(const std::vector<Point>& ring) {
    const Point o = ring[0];
    double x = 0, y = 0, sum = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point a = ring[i], b = ring[(i + 1) % ring.size()];
        const double w = (a.x - o.x) * (b.y - o.y) - (b.x - o.x) * (a.y - o.y);
        sum += w, x += w * (a.x + b.x - 2 * o.x), y += w * (a.y + b.y - 2 * o.y);
    }
    return sum == 0 ? o : Point{o.x + x / (3 * sum), o.y + y / (3 * sum)};
}

bool inside(const std::vector<Point>& ring, Point p) {
    bool in = false;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++)
        if ((ring[i].y > p.y) != (ring[j].y > p.y) &&
            p.x < (ring[j].x - ring[i].x) * (p.y - ring[i].y) / (ring[j].y - ring[i].y) + ring[i].x)
            in = !in;
    return in;
}

Point innerPoint(const std::vector<Point>& ring) {
    const Point middle = centroid(ring);
    if (inside(ring, middle))
        return middle;
    Box box;
    for (const Point p : ring)
        box.add(p);
    Point best = middle;
    double widest = 0;
    for (int row = 1; row < 16; ++row) {
        const double y = box.minY + box.height() * row / 16;
        std::vector<double> at;
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++)
            if ((ring[i].y > y) != (ring[j].y > y))
                at.push_back((ring[j].x - ring[i].x) * (y - ring[i].y) / (ring[j].y - ring[i].y) + ring[i].x);
        std::sort(at.begin(), at.end());
        for (std::size_t i = 0; i + 1 < at.size(); i += 2)
            if (at[i + 1] - at[i] > widest)
                widest = at[i + 1] - at[i], best = {(at[i] + at[i + 1]) / 2, y};
    }
    return best;
}

namespace {

// Halves each stretch and moves its middle sideways; the sway halves with the length.
void sway(std::vector<Point>& out, Point a, Point b, double spacing, double amount, Chance& chance) {
    const double length = distance(a, b);
    if (length < 1.5 * spacing)
        return;
    const double aside = std::clamp(chance.normal(), -1.8, 1.8) * amount * length;
    const Point m{(a.x + b.x) / 2 - (b.y - a.y) / length * aside,
                  (a.y + b.y) / 2 + (b.x - a.x) / length * aside};
    sway(out, a, m, spacing, amount, chance);
    out.push_back(m);
    sway(out, m, b, spacing, amount, chance);
}

} // namespace

std::vector<Point> naturalLine(const std::vector<Point>& through, double spacing, double swayShare,
                               Chance& chance) {
    std::vector<Point> smooth;
    const auto at = [&](std::ptrdiff_t i) {
        return through[static_cast<std::size_t>(
            std::clamp<std::ptrdiff_t>(i, 0, static_cast<std::ptrdiff_t>(through.size()) - 1))];
    };
    for (std::ptrdiff_t i = 0; i + 1 < static_cast<std::ptrdiff_t>(through.size()); ++i) {
        const Point p0 = at(i - 1), p1 = at(i), p2 = at(i + 1), p3 = at(i + 2);
        const int steps = std::max(1, static_cast<int>(distance(p1, p2) / (2.5 * spacing)));
        for (int s = 0; s < steps; ++s) { // Catmull & Rom 1974, uniform
            const double t = static_cast<double>(s) / steps, t2 = t * t, t3 = t2 * t;
            const auto blend = [&](double a, double b, double c, double d) {
                return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t2 +
                              (3 * b - a - 3 * c + d) * t3);
            };
            smooth.push_back({blend(p0.x, p1.x, p2.x, p3.x), blend(p0.y, p1.y, p2.y, p3.y)});
        }
    }
    smooth.push_back(through.back());
    std::vector<Point> line{smooth.front()};
    for (std::size_t i = 1; i < smooth.size(); ++i) {
        sway(line, smooth[i - 1], smooth[i], spacing, swayShare, chance);
        line.push_back(smooth[i]);
    }
    return line;
}

Mesh::Vertex Mesh::add(Point p) {
    points_.push_back({std::round(p.x * 100) / 100, std::round(p.y * 100) / 100});
    ends_.emplace_back();
    return static_cast<Vertex>(points_.size()) - 1;
}

std::vector<Point> Mesh::points(const Ring& ring) const {
    std::vector<Point> out;
    out.reserve(ring.size());
    for (const Vertex v : ring)
        out.push_back(at(v));
    return out;
}

Outline unite(const Mesh& mesh, const std::vector<const Mesh::Ring*>& faces) {
    using Vertex = Mesh::Vertex;
    const auto key = [](Vertex a, Vertex b) {
        return static_cast<std::uint64_t>(static_cast<std::uint32_t>(a)) << 32 |
               static_cast<std::uint32_t>(b);
    };
    std::unordered_set<std::uint64_t> edges;
    for (const Mesh::Ring* ring : faces)
        for (std::size_t i = 0; i < ring->size(); ++i)
            edges.insert(key((*ring)[i], (*ring)[(i + 1) % ring->size()]));
    // What stays is bordered by one face only. Kept in the order of the faces: the hash decides nothing.
    std::vector<std::pair<Vertex, Vertex>> border;
    std::unordered_map<Vertex, std::vector<std::size_t>> from;
    for (const Mesh::Ring* ring : faces)
        for (std::size_t i = 0; i < ring->size(); ++i) {
            const Vertex a = (*ring)[i], b = (*ring)[(i + 1) % ring->size()];
            if (!edges.contains(key(b, a))) {
                from[a].push_back(border.size());
                border.emplace_back(a, b);
            }
        }
    std::vector<bool> used(border.size(), false);
    std::vector<std::pair<double, Mesh::Ring>> rings;
    for (std::size_t start = 0; start < border.size(); ++start) {
        if (used[start])
            continue;
        Mesh::Ring ring;
        for (std::size_t edge = start; !used[edge];) {
            used[edge] = true;
            const auto [a, b] = border[edge];
            ring.push_back(a);
            // Where the outline touches itself, the sharpest left turn keeps the rings apart.
            const Point p = mesh.at(a), q = mesh.at(b);
            double best = -10;
            for (const std::size_t next : from[b]) {
                const Point r = mesh.at(border[next].second);
                const double turn = std::atan2((q.x - p.x) * (r.y - q.y) - (q.y - p.y) * (r.x - q.x),
                                               (q.x - p.x) * (r.x - q.x) + (q.y - p.y) * (r.y - q.y));
                if ((!used[next] || next == start) && turn > best)
                    best = turn, edge = next;
            }
        }
        // A ring that meets itself is several that touch.
        Mesh::Ring open;
        for (const Vertex v : ring) {
            const auto seen = std::find(open.begin(), open.end(), v);
            if (seen != open.end()) {
                Mesh::Ring loop(seen, open.end());
                open.erase(seen, open.end());
                rings.emplace_back(signedArea(mesh.points(loop)), std::move(loop));
            }
            open.push_back(v);
        }
        const double area = signedArea(mesh.points(open));
        rings.emplace_back(area, std::move(open));
    }
    Outline outline;
    for (const bool hole : {false, true})
        for (auto& [area, ring] : rings)
            if ((area < 0) == hole) {
                outline.rings.push_back(std::move(ring));
                outline.hole.push_back(hole);
            }
    return outline;
}

} // namespace vedette::ctl
