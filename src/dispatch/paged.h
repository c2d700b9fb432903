// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/cow.h"
#include "sum128.h"

#include <array>
#include <bit>
#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace vedette::dispatch {

// A sparse array of records in shared pages of 64 and books of 64 pages. A copy costs a count a book (4,096
// records); writing one record of a shared copy copies one book, one page and that record. Each slot has a
// mark (here: "open"), so that the marked ones are found without visiting the rest. A page may be asleep: on
// a shelf, until somebody asks for one of its records.
template <class T>
class Paged {
public:
    static constexpr std::size_t fan = 64;

    struct Slot {
        T value;
        KeptSum sum;
    };
    struct Page;
    // Where sleeping pages lie. Any thread.
    class Shelf {
    public:
        virtual ~Shelf() = default;
        // The page of that place and content, awake.
        virtual Cow<Page> fetch(std::size_t number, Sum128 sum) const = 0;
    };
    // What is known of a page without its records.
    struct Outline {
        Sum128 sum;
        std::uint64_t filled = 0, marks = 0; // which slots hold a record, which of them are marked
        std::int64_t least = 0, most = 0;    // of whatever the records are sought by
    };
    // Shared by the copies of a page: woken once for all of them.
    class Sleep {
    public:
        Sleep(std::shared_ptr<const Shelf> shelf, std::size_t number, const Outline& outline)
            : outline(outline), shelf_(std::move(shelf)), number_(number) {}
        const Outline outline;
        const Cow<Page>& wake() const {
            std::call_once(once_, [this] {
                woken_ = fetch();
                awake_.store(true, std::memory_order_release);
            });
            return woken_;
        }
        // The page for one look: kept only when somebody woke it before.
        Cow<Page> peek() const { return awake_.load(std::memory_order_acquire) ? woken_ : fetch(); }

    private:
        Cow<Page> fetch() const { return shelf_->fetch(number_, outline.sum); }
        const std::shared_ptr<const Shelf> shelf_;
        const std::size_t number_;
        mutable std::once_flag once_;
        mutable std::atomic<bool> awake_{false};
        mutable Cow<Page> woken_;
    };
    struct Page {
        std::array<Cow<Slot>, fan> slots; // empty while it sleeps
        std::uint64_t marks = 0;
        KeptSum sum;
        std::shared_ptr<const Sleep> sleep; // null: awake
        const Page& awake() const { return sleep ? *sleep->wake() : *this; }
    };
    static Cow<Page> asleep(std::shared_ptr<const Shelf> shelf, std::size_t number, const Outline& outline) {
        auto page = Cow<Page>::make();
        page.write().marks = outline.marks;
        page.write().sleep = std::make_shared<const Sleep>(std::move(shelf), number, outline);
        return page;
    }

    const T* at(std::size_t index) const {
        const Page* page = pageAt(index);
        const Slot* slot = page ? page->awake().slots[index % fan].get() : nullptr;
        return slot ? &slot->value : nullptr;
    }
    // The record, ours to change; made when there is none.
    T& write(std::size_t index) {
        if (index / (fan * fan) >= books_.size())
            books_.resize(index / (fan * fan) + 1);
        Book& book = books_[index / (fan * fan)].write();
        Cow<Page>& held = book.pages[index / fan % fan];
        if (held && held->sleep)
            held = Cow<Page>(held->sleep->wake());
        Page& page = held.write();
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
    // A record of a page that sleeps is there only while `visit` runs.
    template <class Visit>
    void forEach(const Visit& visit) const {
        forEachIn([](const Outline&) { return true; }, visit);
    }
    // The same without the sleeping pages that `wanted(outline)` says nothing is in.
    template <class Wanted, class Visit>
    void forEachIn(const Wanted& wanted, const Visit& visit) const {
        for (const auto& book : books_)
            if (book)
                for (const auto& page : book->pages) {
                    if (!page || (page->sleep && !wanted(page->sleep->outline)))
                        continue;
                    const Cow<Page> seen = page->sleep ? page->sleep->peek() : page;
                    for (const auto& slot : seen->slots)
                        if (slot)
                            visit(slot->value);
                }
    }
    template <class Visit>
    void forEachMarked(const Visit& visit) const {
        for (const auto& book : books_)
            if (book && book->marked)
                for (const auto& page : book->pages)
                    for (std::uint64_t marks = page ? page->marks : 0; marks; marks &= marks - 1)
                        visit(page->awake().slots[static_cast<std::size_t>(std::countr_zero(marks))]->value);
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
    // How many records there are, and how many are marked.
    std::pair<std::size_t, std::size_t> count() const {
        std::size_t filled = 0, marked = 0;
        forEachPage([&](std::size_t, const Cow<Page>& page) {
            marked += static_cast<std::size_t>(std::popcount(page->marks));
            if (page->sleep)
                filled += static_cast<std::size_t>(std::popcount(page->sleep->outline.filled));
            else
                for (const auto& slot : page->slots)
                    filled += slot ? 1 : 0;
        });
        return {filled, marked};
    }

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
        if (page.sleep)
            return page.sleep->outline.sum;
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
