// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <concepts>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace vedette::dispatch {

// A value that tens of thousands have in common (a desk, a plan of shifts): kept once in the process, eight bytes where it
// is meant. Reads as a const T; comparing two looks at no content. The pool only grows, so this is for what a city has
// hundreds of, not for what people type. Any thread; std::hash of T, or of what it is a row of.
template <class T>
class Pooled {
public:
    Pooled() : held_(&nothing()) {}
    Pooled(T value) : held_(&kept(std::move(value))) {}
    Pooled(const char* text)
        requires std::same_as<T, std::string>
        : Pooled(std::string(text)) {}
    Pooled(std::initializer_list<typename T::value_type> values)
        requires(!std::same_as<T, std::string>)
        : Pooled(T(values)) {}

    operator const T&() const { return *held_; }
    const T& operator*() const { return *held_; }
    const T* operator->() const { return held_; }
    auto begin() const { return held_->begin(); }
    auto end() const { return held_->end(); }
    std::size_t size() const { return held_->size(); }
    bool empty() const { return held_->empty(); }

    friend bool operator==(const Pooled& a, const Pooled& b) { return a.held_ == b.held_; }
    friend bool operator==(const Pooled& a, const T& b) { return *a.held_ == b; }

private:
    struct Hash {
        std::size_t operator()(const T& value) const {
            if constexpr (requires { std::hash<T>{}(value); }) {
                return std::hash<T>{}(value);
            } else {
                std::size_t hash = value.size();
                for (const auto& one : value)
                    hash = hash * 0x9E3779B97F4A7C15u ^ std::hash<typename T::value_type>{}(one);
                return hash;
            }
        }
    };
    static const T& nothing() {
        static const T empty{};
        return empty;
    }
    static const T& kept(T value) {
        if (value.empty())
            return nothing();
        static std::mutex gate;
        static auto& pool = *new std::unordered_set<T, Hash>; // outlives whoever is destroyed at the end
        const std::lock_guard lock(gate);
        return *pool.insert(std::move(value)).first;
    }
    const T* held_;
};

} // namespace vedette::dispatch
