// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/instant.h"
#include "layers/snapshot.h"
#include "layers/workspace.h"

#include <iterator>

namespace vedette::dispatch {

// One incident of the history files. Texts lie in the history's snapshots and live as long as they do.
struct PastIncident {
    std::string_view id, category, text;
    layers::Instant at{};
    layers::Point where;                   // working metres
    int severity = 3;                      // 1 gravest .. 4
    std::uint32_t source = 0, feature = 0; // History::sources()[source], its feature
};

// What happened before, by time: five bytes an incident where times are whole seconds and come in order, eleven where
// they don't, and the rest stays in the mapped snapshots. Immutable once built; copies share it; any thread.
class History {
public:
    struct Source {
        layers::Snapshot table;
        layers::SourceSpec spec;
    };
    History() = default;
    // Rows without a place or a readable time are no history: they are named in findings(), after `findings`.
    static History build(std::vector<Source> sources, const layers::TimeZone& zone,
                         std::vector<layers::Finding> findings = {});

    std::size_t size() const;
    bool empty() const { return size() == 0; }
    layers::Instant at(std::size_t index) const;
    layers::Point where(std::size_t index) const;
    PastIncident operator[](std::size_t index) const;
    // The first that happened at `at` or later; size(): none.
    std::size_t since(layers::Instant at) const;

    // Gives back the memory of what was read so far: after a pass. What is read again is mapped anew.
    void forget() const;

    std::span<const Source> sources() const;
    const std::vector<layers::Finding>& findings() const;

    class Iterator {
    public:
        using value_type = PastIncident;
        using difference_type = std::ptrdiff_t;
        using iterator_category = std::input_iterator_tag;
        using pointer = void;
        using reference = PastIncident;
        Iterator(const History* history, std::size_t index) : history_(history), index_(index) {}
        PastIncident operator*() const { return (*history_)[index_]; }
        Iterator& operator++() {
            ++index_;
            return *this;
        }
        friend bool operator==(const Iterator&, const Iterator&) = default;

    private:
        const History* history_;
        std::size_t index_;
    };
    Iterator begin() const { return {this, 0}; }
    Iterator end() const { return {this, size()}; }

private:
    struct Impl;
    std::shared_ptr<const Impl> impl_;
};

} // namespace vedette::dispatch
