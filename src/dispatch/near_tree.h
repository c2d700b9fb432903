// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "huge_pages.h"
#include "layers/geometry.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace vedette::dispatch {

using SlotIndex = std::uint32_t;

// Points on the ground, each with its slot, to be asked for from near to far. A k-d tree whose leaves are
// buckets of up to 16 points, updated in place: a full bucket is halved, and the whole is packed anew once
// its buckets have grown too empty. Any distribution will do, also many points at one place. Finite points
// only.
class NearTree {
public:
    struct Entry {
        layers::Point at;
        SlotIndex slot;
    };

    void fill(std::vector<Entry> entries); // in place of what it held
    void insert(const Entry& entry);
    void remove(const Entry& entry); // asserts that it is there
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

    // Calls visit(metres, point, slot) -> bool, bucket by bucket, nearer ones first. False means that nothing
    // at this distance or beyond is wanted; whatever is nearer than the nearest refused is visited for
    // certain.
    template <class Visit>
    void outwards(layers::Point at, const Visit& visit) const {
        double reach = std::numeric_limits<double>::infinity(); // squared
        if (size_ > 0)
            walk(0, 0, 0, at, reach, visit);
    }

private:
    static constexpr std::size_t room = 16;
    static constexpr std::uint32_t none = ~std::uint32_t{0};
    // The arrays are always whole, so that a bucket's distances are one unrolled loop.
    struct Bucket {
        std::array<double, room> x{}, y{};
        std::array<SlotIndex, room> slot{};
        std::uint32_t count = 0;
        std::uint32_t next = none; // more at the very same place
    };
    enum class Cut : std::uint8_t { x, y, leaf };
    struct Node {
        double at = 0;           // lower coordinates lie in `first`, the others in the node after it
        std::uint32_t first = 0; // of a leaf: its bucket
        Cut cut = Cut::leaf;
    };

    void grow(std::uint32_t node, std::span<Entry> entries);
    std::uint32_t leafOf(layers::Point at) const;
    std::uint32_t freshBucket();
    std::vector<Entry> takeAll(std::uint32_t leaf); // frees the leaf's buckets

    template <class Visit>
    void walk(std::uint32_t index, double dx, double dy, layers::Point at, double& reach,
              const Visit& visit) const {
        const Node& node = nodes_[index];
        if (node.cut == Cut::leaf)
            return scan(node.first, at, reach, visit);
        double& towards = node.cut == Cut::x ? dx : dy;
        const double beyond = (node.cut == Cut::x ? at.x : at.y) - node.at;
        const std::uint32_t nearSide = node.first + (beyond >= 0), farSide = node.first + (beyond < 0);
        walk(nearSide, dx, dy, at, reach, visit);
        towards = beyond;
        if (dx * dx + dy * dy < reach)
            walk(farSide, dx, dy, at, reach, visit);
    }
    template <class Visit>
    void scan(std::uint32_t index, layers::Point at, double& reach, const Visit& visit) const {
        for (; index != none; index = buckets_[index].next) {
            const Bucket& bucket = buckets_[index];
            std::array<double, room> squared;
            for (std::size_t i = 0; i < room; ++i) {
                const double dx = bucket.x[i] - at.x, dy = bucket.y[i] - at.y;
                squared[i] = dx * dx + dy * dy;
            }
            // In order, so that who keeps the nearest few throws little away again.
            std::array<std::uint8_t, room> order;
            std::size_t count = 0;
            for (std::uint8_t i = 0; i < bucket.count; ++i)
                if (squared[i] < reach) {
                    std::size_t place = count++;
                    for (; place > 0 && squared[i] < squared[order[place - 1]]; --place)
                        order[place] = order[place - 1];
                    order[place] = i;
                }
            for (std::size_t k = 0; k < count; ++k) {
                const std::size_t i = order[k];
                if (!visit(std::sqrt(squared[i]), layers::Point{bucket.x[i], bucket.y[i]}, bucket.slot[i])) {
                    reach = squared[i];
                    break;
                }
            }
        }
    }

    std::vector<Node> nodes_;
    std::vector<Bucket, HugePages<Bucket>> buckets_;
    std::vector<std::uint32_t> freeBuckets_;
    std::size_t size_ = 0, leaves_ = 0;
};

} // namespace vedette::dispatch
