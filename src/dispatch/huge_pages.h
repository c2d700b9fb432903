// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>

namespace vedette::dispatch {

// An allocator for arrays that are read here and there: large ones ask for huge pages, since looking up where
// a small page lies costs as much as reading it. Where the kernel gives none, nothing is lost.
template <class T>
struct HugePages {
    using value_type = T;

    HugePages() = default;
    template <class U>
    HugePages(const HugePages<U>&) {}

    T* allocate(std::size_t count) {
        const std::size_t bytes = rounded(count);
        void* memory = ::operator new(bytes, alignment(count));
        if (large(count))
            ::madvise(memory, bytes, MADV_HUGEPAGE);
        return static_cast<T*>(memory);
    }
    void deallocate(T* memory, std::size_t count) { ::operator delete(memory, alignment(count)); }
    friend bool operator==(HugePages, HugePages) { return true; }

private:
    static constexpr std::size_t page = std::size_t{2} << 20;
    static bool large(std::size_t count) { return count * sizeof(T) >= page / 2; }
    static std::size_t rounded(std::size_t count) {
        const std::size_t bytes = count * sizeof(T);
        return large(count) ? (bytes + page - 1) / page * page : bytes;
    }
    static std::align_val_t alignment(std::size_t count) {
        return std::align_val_t(large(count) ? page : alignof(T));
    }
};

} // namespace vedette::dispatch
