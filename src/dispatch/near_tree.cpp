// SPDX-License-Identifier: GPL-3.0-or-later
#include "near_tree.h"

#include <algorithm>
#include <cassert>

namespace vedette::dispatch {

namespace {

double along(const NearTree::Entry& entry, bool x) {
    return x ? entry.at.x : entry.at.y;
}

// The middle coordinate; of many roughly, from some taken at even distances.
double middle(std::span<const NearTree::Entry> entries, bool x) {
    std::array<double, 48> some{};
    const std::size_t step = (entries.size() + some.size() - 1) / some.size();
    std::size_t count = 0;
    for (std::size_t i = 0; i < entries.size(); i += step)
        some[count++] = along(entries[i], x);
    const auto middle = some.begin() + std::ptrdiff_t(count / 2);
    std::nth_element(some.begin(), middle, some.begin() + std::ptrdiff_t(count));
    return *middle;
}

} // namespace

void NearTree::fill(std::vector<Entry> entries) {
    nodes_.clear(), buckets_.clear(), freeBuckets_.clear();
    size_ = entries.size(), leaves_ = 0;
    if (entries.empty())
        return;
    // Halving leaves buckets more than half full.
    buckets_.reserve(2 * size_ / room + 1);
    nodes_.reserve(4 * size_ / room + 1);
    nodes_.emplace_back();
    grow(0, entries);
}

// Makes the subtree of these at `node`.
void NearTree::grow(std::uint32_t node, std::span<Entry> entries) {
    layers::Box box;
    for (const Entry& entry : entries)
        box.add(entry.at);
    const bool oneplace = box.minX == box.maxX && box.minY == box.maxY;
    if (entries.size() <= room || oneplace) {
        ++leaves_;
        std::uint32_t next = none;
        for (std::size_t from = 0; from < entries.size() || next == none; from += room) {
            const std::uint32_t index = freshBucket();
            Bucket& bucket = buckets_[index];
            bucket.next = next, next = index;
            for (std::size_t i = from; i < std::min(entries.size(), from + room); ++i) {
                bucket.x[bucket.count] = entries[i].at.x, bucket.y[bucket.count] = entries[i].at.y;
                bucket.slot[bucket.count++] = entries[i].slot;
            }
        }
        nodes_[node] = {0, next, Cut::leaf};
        return;
    }
    const bool wide = box.width() >= box.height();
    const double low = wide ? box.minX : box.minY;
    double cut = middle(entries, wide);
    if (cut == low) { // the lower half is one value: cut behind it
        cut = wide ? box.maxX : box.maxY;
        for (const Entry& entry : entries)
            if (along(entry, wide) > low)
                cut = std::min(cut, along(entry, wide));
    }
    const auto upper = std::partition(entries.begin(), entries.end(),
                                      [&](const Entry& entry) { return along(entry, wide) < cut; });
    const auto first = std::uint32_t(nodes_.size());
    nodes_[node] = {cut, first, wide ? Cut::x : Cut::y};
    nodes_.resize(nodes_.size() + 2);
    grow(first, {entries.begin(), upper});
    grow(first + 1, {upper, entries.end()});
}

std::uint32_t NearTree::freshBucket() {
    if (freeBuckets_.empty()) {
        buckets_.emplace_back();
        return std::uint32_t(buckets_.size() - 1);
    }
    const std::uint32_t index = freeBuckets_.back();
    freeBuckets_.pop_back();
    buckets_[index].count = 0, buckets_[index].next = none;
    return index;
}

std::uint32_t NearTree::leafOf(layers::Point at) const {
    std::uint32_t node = 0;
    while (nodes_[node].cut != Cut::leaf)
        node = nodes_[node].first + ((nodes_[node].cut == Cut::x ? at.x : at.y) >= nodes_[node].at);
    return node;
}

std::vector<NearTree::Entry> NearTree::takeAll(std::uint32_t leaf) {
    std::vector<Entry> entries;
    for (std::uint32_t index = nodes_[leaf].first; index != none; index = buckets_[index].next) {
        const Bucket& bucket = buckets_[index];
        for (std::size_t i = 0; i < bucket.count; ++i)
            entries.push_back({{bucket.x[i], bucket.y[i]}, bucket.slot[i]});
        freeBuckets_.push_back(index);
    }
    --leaves_;
    return entries;
}

void NearTree::insert(const Entry& entry) {
    if (nodes_.empty())
        return fill({entry});
    ++size_;
    const std::uint32_t leaf = leafOf(entry.at);
    const Bucket& head = buckets_[nodes_[leaf].first];
    // Only what is at one place may go on into a second bucket.
    const bool atHead = head.count > 0 && head.x[0] == entry.at.x && head.y[0] == entry.at.y;
    if (head.next == none || atHead)
        for (std::uint32_t index = nodes_[leaf].first; index != none; index = buckets_[index].next)
            if (Bucket& bucket = buckets_[index]; bucket.count < room) {
                bucket.x[bucket.count] = entry.at.x, bucket.y[bucket.count] = entry.at.y;
                bucket.slot[bucket.count++] = entry.slot;
                return;
            }
    auto entries = takeAll(leaf);
    entries.push_back(entry);
    grow(leaf, entries);
    if (leaves_ <= size_ / 4 + 64)
        return;
    entries.clear();
    for (std::uint32_t node = 0; node < nodes_.size(); ++node)
        if (nodes_[node].cut == Cut::leaf) {
            const auto some = takeAll(node);
            entries.insert(entries.end(), some.begin(), some.end());
        }
    fill(std::move(entries));
}

void NearTree::remove(const Entry& entry) {
    assert(size_ > 0);
    --size_;
    for (std::uint32_t index = nodes_[leafOf(entry.at)].first; index != none; index = buckets_[index].next) {
        Bucket& bucket = buckets_[index];
        for (std::size_t i = 0; i < bucket.count; ++i)
            if (bucket.slot[i] == entry.slot) {
                const std::size_t last = --bucket.count;
                bucket.x[i] = bucket.x[last], bucket.y[i] = bucket.y[last],
                bucket.slot[i] = bucket.slot[last];
                return;
            }
    }
    assert(!"a point that isn't there");
}

} // namespace vedette::dispatch
