// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/cow.h"
#include "sum128.h"

#include <array>
#include <bit>
#include <cstddef>
#include <vector>

namespace vedette::dispatch {

// A sparse array of records in shared pages of 64 and books of 64 pages. A copy costs a count a book (4,096
// records); writing one record of a shared copy copies one book, one page and that record. Each slot has a
// mark (here: "open"), so that the marked ones are found without visiting the rest.
template <class T>
class Paged {
public:
    static constexpr std::size_t fan = 64;

    const T* at(std::size_t index) const {
        const Page* page = pageAt(index);
        const Slot* slot = page ? page->slots[index % fan].get() : nullptr;
        return slot ? &slot->value : nullptr;
    }
    // The record, ours to change; made when there is none.
    T& write(std::size_t index) {
        if (index / (fan * fan) >= books_.size())
            books_.resize(index / (fan * fan) + 1);
        Book& book = books_[index / (fan * fan)].write();
        Page& page = book.pages[index / fan % fan].write();
        Slot& slot = page.slots[index % fan].write();
        book.sum.forget();
        page.sum.forget();
        slot.sum.forget();
        return slot.value;
    }
    // Whether the record is marked. Only after write() of that record.
    void mark(std::size_t index, bool marked) {
        Book& book = books_[index / (fan * fan)].write();
        Page& page = book.pages[index / fan % fan].write();
        const std::uint64_t bit = std::uint64_t{1} << (index % fan);
        if (((page.marks & bit) != 0) == marked)
            return;
        page.marks ^= bit;
        book.marked += marked ? 1 : -1;
    }
    template <class Visit>
    void forEach(const Visit& visit) const {
        for (const auto& book : books_)
            if (book)
                for (const auto& page : book->pages)
                    if (page)
                        for (const auto& slot : page->slots)
                            if (slot)
                                visit(slot->value);
    }
    template <class Visit>
    void forEachMarked(const Visit& visit) const {
        for (const auto& book : books_)
            if (book && book->marked)
                for (const auto& page : book->pages)
                    for (std::uint64_t marks = page ? page->marks : 0; marks; marks &= marks - 1)
                        visit(page->slots[static_cast<std::size_t>(std::countr_zero(marks))]->value);
    }
    // The sum of hash(record) over all; what hasn't changed since the last call isn't hashed again.
    template <class Hash>
    Sum128 sum(const Hash& hash) const {
        Sum128 all;
        for (const auto& book : books_)
            if (book)
                all += book->sum.get([&] {
                    Sum128 ofBook;
                    for (const auto& page : book->pages)
                        if (page)
                            ofBook += sumOf(*page, hash);
                    return ofBook;
                });
        return all;
    }

    struct Slot {
        T value;
        KeptSum sum;
    };
    struct Page {
        std::array<Cow<Slot>, fan> slots;
        std::uint64_t marks = 0;
        KeptSum sum;
    };
    // For the snapshot: pages as they lie, to be stored once however many states share them.
    template <class Visit>
    void forEachPage(const Visit& visit) const {
        for (std::size_t b = 0; b < books_.size(); ++b)
            for (std::size_t p = 0; books_[b] && p < fan; ++p)
                if (books_[b]->pages[p])
                    visit(b * fan + p, books_[b]->pages[p]);
    }
    void setPage(std::size_t number, Cow<Page> page) {
        if (number / fan >= books_.size())
            books_.resize(number / fan + 1);
        Book& book = books_[number / fan].write();
        book.marked += std::popcount(page->marks);
        book.pages[number % fan] = std::move(page);
        book.sum.forget();
    }
    template <class Hash>
    static Sum128 sumOf(const Page& page, const Hash& hash) {
        return page.sum.get([&] {
            Sum128 ofPage;
            for (const auto& slot : page.slots)
                if (slot)
                    ofPage += slot->sum.get([&] { return hash(slot->value); });
            return ofPage;
        });
    }

private:
    struct Book {
        std::array<Cow<Page>, fan> pages;
        int marked = 0;
        KeptSum sum;
    };
    const Page* pageAt(std::size_t index) const {
        const std::size_t book = index / (fan * fan);
        return book < books_.size() && books_[book] ? books_[book]->pages[index / fan % fan].get() : nullptr;
    }
    std::vector<Cow<Book>> books_;
};

} // namespace vedette::dispatch
