// SPDX-License-Identifier: GPL-3.0-or-later
#include "orientation.h"

#include <array>
#include <cmath>

namespace vedette::layers {

namespace {

// A sum of doubles kept without rounding: the parts do not overlap and grow in size.
class Expansion {
public:
    void add(double term) {
        for (std::size_t i = 0; i < size_; ++i) {
            const double sum = term + parts_[i];
            const double share = sum - term;
            parts_[i] = (term - (sum - share)) + (parts_[i] - share);
            term = sum;
        }
        parts_[size_++] = term;
    }
    void addProduct(double left, double right) {
        const double product = left * right;
        add(product);
        add(std::fma(left, right, -product));
    }
    int sign() const {
        for (std::size_t i = size_; i-- > 0;)
            if (parts_[i] != 0)
                return parts_[i] > 0 ? 1 : -1;
        return 0;
    }

private:
    std::array<double, 16> parts_{};
    std::size_t size_ = 0;
};

// head + tail == left - right without rounding
struct Difference {
    double head, tail;
    Difference(double left, double right) : head(left - right) {
        const double share = left - head;
        tail = (left - (head + share)) + (share - right);
    }
};

int exactOrientation(Point a, Point b, Point c) {
    const Difference acx(a.x, c.x), bcx(b.x, c.x), acy(a.y, c.y), bcy(b.y, c.y);
    Expansion sum;
    for (const double x : {acx.tail, acx.head})
        for (const double y : {bcy.tail, bcy.head})
            sum.addProduct(x, y);
    for (const double y : {acy.tail, acy.head})
        for (const double x : {bcx.tail, bcx.head})
            sum.addProduct(-y, x);
    return sum.sign();
}

} // namespace

int orientation(Point a, Point b, Point c) {
    const double left = (a.x - c.x) * (b.y - c.y);
    const double right = (a.y - c.y) * (b.x - c.x);
    const double determinant = left - right;
    constexpr double epsilon = 1.1102230246251565e-16;
    constexpr double bound = (3.0 + 16.0 * epsilon) * epsilon;
    if (std::abs(determinant) > bound * (std::abs(left) + std::abs(right)))
        return determinant > 0 ? 1 : -1;
    return exactOrientation(a, b, c);
}

} // namespace vedette::layers
