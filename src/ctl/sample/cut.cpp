// SPDX-License-Identifier: GPL-3.0-or-later
#include "mesh.h"

#include <algorithm>
#include <optional>

namespace vedette::ctl {

namespace {

struct Sampled {
    std::vector<Point> at;
    std::vector<double> weight;
    double sum = 0;
};

Sampled sampled(const std::vector<Point>& ring, const std::function<double(Point)>& weight) {
    Box box;
    for (const Point p : ring)
        box.add(p);
    const int across = 18;
    const double step = std::max(box.width(), box.height()) / across;
    Sampled out;
    for (double y = box.minY + step / 2; y < box.maxY; y += step)
        for (double x = box.minX + step / 2; x < box.maxX; x += step)
            if (inside(ring, {x, y})) {
                out.at.push_back({x, y});
                out.weight.push_back(weight({x, y}) * step * step);
                out.sum += out.weight.back();
            }
    return out;
}

bool cross(Point a, Point b, Point c, Point d) { // segments share an inner point (or touch)
    const auto side = [](Point p, Point q, Point r) {
        return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
    };
    const double abc = side(a, b, c), abd = side(a, b, d), cda = side(c, d, a), cdb = side(c, d, b);
    return ((abc >= 0) != (abd >= 0) || abc == 0 || abd == 0) &&
           ((cda >= 0) != (cdb >= 0) || cda == 0 || cdb == 0);
}

double toSegment(Point p, Point a, Point b) {
    const double dx = b.x - a.x, dy = b.y - a.y, square = dx * dx + dy * dy;
    const double t = square == 0 ? 0 : std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / square, 0.0, 1.0);
    return distance(p, {a.x + t * dx, a.y + t * dy});
}

// Whether the line from ring[i] to ring[j] keeps inside and clear of the ring.
bool fits(const std::vector<Point>& ring, std::size_t i, std::size_t j, const std::vector<Point>& line) {
    const std::size_t n = ring.size();
    Box box;
    for (const Point p : line)
        box.add(p);
    double length = 0;
    for (std::size_t s = 1; s < line.size(); ++s)
        length += distance(line[s - 1], line[s]);
    const double clear = std::min(12.0, length / 20);
    box.minX -= clear, box.minY -= clear, box.maxX += clear, box.maxY += clear;
    for (std::size_t k = 0; k < n; ++k) {
        const std::size_t next = (k + 1) % n;
        const Point a = ring[k], b = ring[next];
        if (std::max(a.x, b.x) < box.minX || std::min(a.x, b.x) > box.maxX || std::max(a.y, b.y) < box.minY ||
            std::min(a.y, b.y) > box.maxY)
            continue;
        for (std::size_t s = 1; s < line.size(); ++s) {
            const bool atStart = s == 1 && (k == i || next == i),
                       atEnd = s + 1 == line.size() && (k == j || next == j);
            if (!atStart && !atEnd && cross(line[s - 1], line[s], a, b))
                return false;
            if (s + 1 < line.size() && toSegment(line[s], a, b) < clear)
                return false;
            if (k != i && k != j && toSegment(a, line[s - 1], line[s]) < clear)
                return false;
        }
    }
    const Point p = line[line.size() / 2 - 1], q = line[line.size() / 2];
    return inside(ring, {(p.x + q.x) / 2, (p.y + q.y) / 2});
}

// How well a cut may end at ring vertex v when it comes along (dx, dy), outwards: lower is better.
std::optional<double> endCost(const Mesh& mesh, const Mesh::Ring& vertices, const std::vector<Point>& ring,
                              std::size_t v, double dx, double dy) {
    const std::size_t n = ring.size();
    const Point p = ring[v], before = ring[(v + n - 1) % n], after = ring[(v + 1) % n];
    const auto angle = [&](Point q) { // between the way back into the face and the ring's edge
        const double x = q.x - p.x, y = q.y - p.y, length = std::hypot(x, y);
        return std::acos(std::clamp((-dx * x - dy * y) / length, -1.0, 1.0));
    };
    const double a = angle(before), b = angle(after);
    if (std::min(a, b) < 0.6)
        return std::nullopt;
    double cost = std::abs(a - b) * 0.12;
    const double corner = std::numbers::pi - std::min(a + b, 2 * std::numbers::pi - (a + b));
    if (corner > 0.7) // the ring turns here: an odd place for a street to begin
        cost += 0.25;
    double onward = 0;
    for (const Mesh::End& end : mesh.ends(vertices[v]))
        onward = std::max(onward, -(end.dx * dx + end.dy * dy));
    if (onward > 0.8) // a street on the other side goes on as this one
        cost -= 0.30;
    else if (!mesh.ends(vertices[v]).empty())
        cost += 0.15;
    return cost;
}

std::vector<Point> swayed(Point a, Point b, const CutStyle& style, Chance& chance, double share) {
    const double length = distance(a, b);
    const double spacing = std::max(style.spacing, length / 40);
    const int steps = std::max(1, static_cast<int>(std::lround(length / spacing)));
    // Three slow waves: a street bends, it doesn't tremble.
    double amount[3], phase[3];
    for (int w = 0; w < 3; ++w)
        amount[w] = chance.normal() * share * length / (1.0 + w),
        phase[w] = chance.between(0.6, 1.4) * (w + 1);
    std::vector<Point> line{a};
    for (int s = 1; s < steps; ++s) {
        const double t = static_cast<double>(s) / steps, ends = std::sin(std::numbers::pi * t);
        double aside = 0;
        for (int w = 0; w < 3; ++w)
            aside += amount[w] * ends * std::sin(std::numbers::pi * phase[w] * t);
        aside = std::clamp(aside, -0.12 * length, 0.12 * length);
        line.push_back({a.x + (b.x - a.x) * t - (b.y - a.y) / length * aside,
                        a.y + (b.y - a.y) * t + (b.x - a.x) / length * aside});
    }
    line.push_back(b);
    for (Point& p : line)
        p = {std::round(p.x * 100) / 100, std::round(p.y * 100) / 100};
    return line;
}

struct Try {
    std::size_t i = 0, j = 0;
    double cost = 1e9;
};

// The best pair of ring vertices near a straight line across the face.
std::optional<Try> tryLine(const Mesh& mesh, const Mesh::Ring& vertices, const std::vector<Point>& ring,
                           const Sampled& samples, double direction, double share) {
    const double dx = std::cos(direction), dy = std::sin(direction);
    std::vector<std::pair<double, double>> across;
    for (std::size_t s = 0; s < samples.at.size(); ++s)
        across.emplace_back(-dy * samples.at[s].x + dx * samples.at[s].y, samples.weight[s]);
    std::sort(across.begin(), across.end());
    double sum = 0, offset = across.empty() ? 0 : across.back().first;
    for (const auto& [at, weight] : across)
        if ((sum += weight) >= share * samples.sum) {
            offset = at;
            break;
        }
    std::vector<double> hits;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point a = ring[i], b = ring[(i + 1) % ring.size()];
        const double sa = -dy * a.x + dx * a.y - offset, sb = -dy * b.x + dx * b.y - offset;
        if ((sa > 0) != (sb > 0)) {
            const double t = sa / (sa - sb);
            hits.push_back(dx * (a.x + t * (b.x - a.x)) + dy * (a.y + t * (b.y - a.y)));
        }
    }
    std::sort(hits.begin(), hits.end());
    double from = 0, to = 0;
    for (std::size_t h = 0; h + 1 < hits.size(); h += 2)
        if (hits[h + 1] - hits[h] > to - from)
            from = hits[h], to = hits[h + 1];
    if (to - from < 20)
        return std::nullopt;
    const auto end = [&](double along, double sign) -> std::optional<std::pair<std::size_t, double>> {
        const Point at{along * dx - offset * dy, along * dy + offset * dx};
        std::optional<std::pair<std::size_t, double>> best;
        for (std::size_t v = 0; v < ring.size(); ++v) {
            const double off = distance(ring[v], at) / (to - from);
            if (off > 0.4)
                continue;
            if (const auto cost = endCost(mesh, vertices, ring, v, sign * dx, sign * dy))
                if (!best || off * 1.5 + *cost < best->second)
                    best = {v, off * 1.5 + *cost};
        }
        return best;
    };
    const auto first = end(from, -1), last = end(to, 1);
    if (!first || !last || first->first == last->first)
        return std::nullopt;
    return Try{first->first, last->first, first->second + last->second};
}

Mesh::Ring between(const Mesh::Ring& ring, std::size_t from, std::size_t to) {
    Mesh::Ring out;
    for (std::size_t k = from;; k = (k + 1) % ring.size()) {
        out.push_back(ring[k]);
        if (k == to)
            return out;
    }
}

// Area over the square of its reach: slivers are near 0, squares near 0.5.
double fatness(const std::vector<Point>& ring) {
    double reach = 0;
    for (std::size_t i = 0; i < ring.size(); i += 1 + ring.size() / 24)
        for (std::size_t j = 0; j < i; j += 1 + ring.size() / 24)
            reach = std::max(reach, distance(ring[i], ring[j]));
    return signedArea(ring) / (reach * reach);
}

} // namespace

double weigh(const std::vector<Point>& ring, const std::function<double(Point)>& weight) {
    const Sampled samples = sampled(ring, weight);
    return samples.at.empty() ? signedArea(ring) * weight(centroid(ring)) : samples.sum;
}

bool cut(Mesh& mesh, const Mesh::Ring& vertices, const CutStyle& style, Chance& chance, Cut& out) {
    const std::vector<Point> ring = mesh.points(vertices);
    const Sampled samples = sampled(ring, style.weight);
    if (ring.size() < 4 || samples.at.size() < 4)
        return false;
    double mx = 0, my = 0, xx = 0, xy = 0, yy = 0;
    for (std::size_t s = 0; s < samples.at.size(); ++s)
        mx += samples.at[s].x, my += samples.at[s].y;
    mx /= static_cast<double>(samples.at.size()), my /= static_cast<double>(samples.at.size());
    for (const Point p : samples.at)
        xx += (p.x - mx) * (p.x - mx), xy += (p.x - mx) * (p.y - my), yy += (p.y - my) * (p.y - my);
    const double shortAxis = 0.5 * std::atan2(2 * xy, xx - yy) + std::numbers::pi / 2;
    // Along the street pattern where that cuts nearly across the face; else across the face.
    const double grain = style.grain({mx, my}), quarter = std::numbers::pi / 2;
    const double onGrain = grain + std::round((shortAxis - grain) / quarter) * quarter;

    double bestScore = 1e9;
    Cut best;
    std::vector<Point> bestLine;
    for (int attempt = 0; attempt < 14; ++attempt) {
        const double direction = attempt % 2 == 0 ? onGrain + chance.normal() * 0.06 * attempt
                                                  : shortAxis + chance.normal() * 0.08 * attempt;
        const double share = std::clamp(style.balance + chance.normal() * 0.015 * (2 + attempt), 0.2, 0.8);
        const auto found = tryLine(mesh, vertices, ring, samples, direction, share);
        if (!found)
            continue;
        std::vector<Point> line;
        for (const double softer : {1.0, 0.5, 0.0}) {
            line = swayed(ring[found->i], ring[found->j], style, chance, style.sway * softer);
            if (fits(ring, found->i, found->j, line))
                break;
            line.clear();
        }
        if (line.empty())
            continue;
        std::vector<Point> left(line.rbegin(), line.rend()), right = line;
        for (std::size_t k = (found->i + 1) % ring.size(); k != found->j; k = (k + 1) % ring.size())
            left.push_back(ring[k]); // ... j..i along the line, then i+1..j-1 along the ring
        for (std::size_t k = (found->j + 1) % ring.size(); k != found->i; k = (k + 1) % ring.size())
            right.push_back(ring[k]);
        double part = 0;
        for (std::size_t s = 0; s < samples.at.size(); ++s)
            part += inside(left, samples.at[s]) ? samples.weight[s] : 0;
        part /= samples.sum;
        const double fat = std::min(fatness(left), fatness(right));
        if (fat < 0.08 || part < 0.12 || part > 0.88)
            continue;
        const double score =
            found->cost + 1.5 * std::abs(part - style.balance) + std::max(0.0, 0.4 - fat) * 2.5;
        if (score < bestScore) {
            bestScore = score;
            best.left = between(vertices, found->i, found->j);
            best.right = between(vertices, found->j, found->i);
            bestLine = line;
        }
        if (bestScore < 0.1)
            break;
    }
    if (bestLine.empty())
        return false;
    out = std::move(best);
    out.path = {out.left.front()};
    for (std::size_t s = 1; s + 1 < bestLine.size(); ++s)
        out.path.push_back(mesh.add(bestLine[s]));
    out.path.push_back(out.left.back());
    out.left.insert(out.left.end(), out.path.rbegin() + 1, out.path.rend() - 1);
    out.right.insert(out.right.end(), out.path.begin() + 1, out.path.end() - 1);
    return true;
}

} // namespace vedette::ctl
