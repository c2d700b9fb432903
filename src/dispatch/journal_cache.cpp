// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal_cache.h"

#include "record_codec.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <mutex>
#include <set>
#include <vector>

namespace vedette::dispatch {

namespace {

constexpr int cacheFormat = 5; // goes up with every change of the records' bytes or the snapshots' form

using Tickets = Paged<Ticket>;
using Units = Paged<UnitRecord>;
using TicketPage = Tickets::Page;
using UnitPage = Units::Page;

// Which page with which content: kind, place, sum of its records' hashes.
struct PageName {
    char kind = 't';
    std::uint32_t number = 0;
    Sum128 sum;
    friend bool operator<(const PageName& a, const PageName& b) {
        return std::tie(a.kind, a.number, a.sum.low, a.sum.high) <
               std::tie(b.kind, b.number, b.sum.low, b.sum.high);
    }
    static constexpr std::size_t bytes = 1 + 4 + 16;
    std::string key() const {
        std::string out(1, kind);
        out.append(reinterpret_cast<const char*>(&number), 4);
        out.append(reinterpret_cast<const char*>(&sum.low), 8);
        out.append(reinterpret_cast<const char*>(&sum.high), 8);
        return out;
    }
    static PageName of(std::string_view key) {
        PageName name;
        name.kind = key[0];
        std::memcpy(&name.number, key.data() + 1, 4);
        std::memcpy(&name.sum.low, key.data() + 5, 8);
        std::memcpy(&name.sum.high, key.data() + 13, 8);
        return name;
    }
};

// An entry of a snapshot's list of pages: the name and the rest of its outline.
struct Listed {
    PageName name;
    Tickets::Outline outline;
    static constexpr std::size_t bytes = PageName::bytes + 4 * 8;
    void put(std::string& out) const {
        out += name.key();
        for (const auto number : {outline.filled, outline.marks, static_cast<std::uint64_t>(outline.least),
                                  static_cast<std::uint64_t>(outline.most)})
            out.append(reinterpret_cast<const char*>(&number), 8);
    }
    static Listed take(std::string_view& in) {
        Listed entry;
        entry.name = PageName::of(in);
        std::uint64_t numbers[4];
        std::memcpy(numbers, in.data() + PageName::bytes, sizeof numbers);
        entry.outline = {entry.name.sum, numbers[0], numbers[1], static_cast<std::int64_t>(numbers[2]),
                         static_cast<std::int64_t>(numbers[3])};
        in.remove_prefix(bytes);
        return entry;
    }
};

Tickets::Outline outlineOf(const TicketPage& page) {
    if (page.sleep)
        return page.sleep->outline;
    Tickets::Outline outline{Tickets::sumOf(page, &ticketHash), 0, page.marks, INT64_MAX, INT64_MIN};
    for (std::size_t i = 0; i < page.slots.size(); ++i)
        if (page.slots[i]) {
            const std::int64_t at = page.slots[i]->value.openedAt.time_since_epoch().count();
            outline.filled |= std::uint64_t{1} << i;
            outline.least = std::min(outline.least, at), outline.most = std::max(outline.most, at);
        }
    return outline;
}

template <class Page, class Encode>
std::string pageBytes(const Page& page, const Encode& encode) {
    std::string bytes;
    for (const auto& slot : page.awake().slots) {
        bytes += slot ? '\1' : '\0';
        if (slot)
            encode(bytes, slot->value);
    }
    return bytes;
}

template <class Page, class Decode>
std::optional<Cow<Page>> pageFrom(std::string_view bytes, const Decode& decode) {
    auto page = Cow<Page>::make();
    Page& made = page.write();
    for (std::size_t i = 0; i < made.slots.size(); ++i) {
        if (bytes.empty())
            return std::nullopt;
        const bool there = bytes.front() != '\0';
        bytes.remove_prefix(1);
        if (there && !decode(bytes, made.slots[i].write().value, i))
            return std::nullopt;
    }
    return bytes.empty() ? std::optional(std::move(page)) : std::nullopt;
}

std::optional<Cow<TicketPage>> ticketPage(std::string_view bytes) {
    auto page = pageFrom<TicketPage>(
        bytes, [](std::string_view& in, Ticket& t, std::size_t) { return decodeRecord(in, t); });
    if (!page)
        return std::nullopt;
    TicketPage& made = page->write();
    for (std::size_t i = 0; i < made.slots.size(); ++i)
        if (made.slots[i] && isOpen(made.slots[i]->value))
            made.marks |= std::uint64_t{1} << i;
    return page;
}

// Pages in the file, read by a connection of its own. What isn't there any more (the file was cleared when a
// text was redacted) is folded again, once for all.
class FileShelf final : public Tickets::Shelf {
public:
    FileShelf(std::filesystem::path file, Seq seq, std::function<State(Seq)> refold)
        : file_(std::move(file)), seq_(seq), refold_(std::move(refold)) {}

    Cow<TicketPage> fetch(std::size_t number, Sum128 sum) const override {
        const std::lock_guard lock(gate_);
        if (!folded_) {
            if (auto page = stored({'t', static_cast<std::uint32_t>(number), sum}))
                return std::move(*page);
            folded_ = refold_(seq_);
        }
        Cow<TicketPage> found;
        folded_->impl_->byNumber.forEachPage([&](std::size_t place, const Cow<TicketPage>& page) {
            if (place == number)
                found = page;
        });
        return found ? found : Cow<TicketPage>::make();
    }

private:
    std::optional<Cow<TicketPage>> stored(const PageName& name) const {
        if (!tried_) {
            tried_ = true;
            open_ = db_.open(file_.string(), SQLITE_OPEN_READONLY, "", std::chrono::milliseconds{2000}) ==
                    SQLITE_OK;
        }
        if (!open_)
            return std::nullopt;
        const std::string key = name.key();
        Statement& row = db_.prepared("SELECT bytes FROM pages WHERE name = ?").run(bytesOf(key));
        auto page = row.row() ? ticketPage(textOf(row.bytes(0))) : std::nullopt;
        row.done();
        return page && Tickets::sumOf(**page, &ticketHash) == name.sum ? std::move(page) : std::nullopt;
    }

    const std::filesystem::path file_;
    const Seq seq_;
    const std::function<State(Seq)> refold_;
    mutable std::mutex gate_;
    mutable bool tried_ = false, open_ = false;
    mutable Database db_;
    mutable std::optional<State> folded_;
};

} // namespace

// Pages and rolls read or written lately; states made from them share them.
struct PageStock {
    static constexpr std::size_t most = 8192;
    std::map<PageName, Cow<TicketPage>> tickets;
    std::map<std::pair<PageName, std::string>, Cow<UnitPage>> units; // facts belong to a roll
    std::map<std::string, std::shared_ptr<const Roll>> rolls;
    std::map<std::string, std::shared_ptr<const Catalogue>> catalogues;
    std::set<std::string> stored; // keys of the pages in the file
    std::int64_t version = -1;    // of the file, when they were listed

    void trim() {
        if (tickets.size() > most)
            tickets.clear();
        if (units.size() > most)
            units.clear();
        if (rolls.size() > 4)
            rolls.clear();
        if (catalogues.size() > 16)
            catalogues.clear();
    }
};

struct SnapshotCache::Row {
    Seq seq = 0;
    std::string hash, header, pages;
};

SnapshotCache::SnapshotCache(std::filesystem::path file, bool mayWrite)
    : file_(std::move(file)), mayWrite_(mayWrite), stock_(std::make_unique<PageStock>()) {}

SnapshotCache::~SnapshotCache() = default;

bool SnapshotCache::ready() {
    if (tried_)
        return open_;
    tried_ = true;
    if (!mayWrite_ && !std::filesystem::exists(file_))
        return false;
    for (int attempt = 0; attempt < 2 && !open_; ++attempt) {
        const int flags = mayWrite_ ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
        open_ = db_.open(file_.string(), flags, "", std::chrono::milliseconds{200}) == SQLITE_OK;
        const bool ours = open_ && db_.number("PRAGMA user_version") == cacheFormat;
        if (ours || !mayWrite_) {
            open_ = ours;
            break;
        }
        open_ =
            open_ && db_.number("SELECT count(*) FROM sqlite_master") == 0 &&
            db_.execute(
                ("PRAGMA journal_mode = WAL; BEGIN IMMEDIATE;"
                 "CREATE TABLE pages(name BLOB PRIMARY KEY, bytes BLOB NOT NULL);"
                 "CREATE TABLE snapshots(seq INTEGER PRIMARY KEY, chain BLOB NOT NULL, hash TEXT NOT NULL,"
                 " header BLOB NOT NULL, pages BLOB NOT NULL);"
                 "PRAGMA user_version = " +
                 std::to_string(cacheFormat) + "; COMMIT")
                    .c_str()) == SQLITE_OK;
        if (!open_) { // of another format, or no cache at all: made anew
            db_ = Database();
            std::error_code ignored;
            for (const char* tail : {"", "-wal", "-shm", "-journal"})
                std::filesystem::remove(file_.string() + tail, ignored);
        }
    }
    if (open_)
        db_.execute("PRAGMA synchronous = OFF");
    return open_;
}

// Another process may have added pages, or cleared them all.
void SnapshotCache::listPages() {
    const std::int64_t version = db_.number("PRAGMA data_version");
    if (version == stock_->version)
        return;
    stock_->version = version;
    stock_->stored.clear();
    Statement& row = db_.prepared("SELECT name FROM pages ORDER BY name").run();
    while (row.row())
        stock_->stored.emplace_hint(stock_->stored.end(), textOf(row.bytes(0)));
}

void SnapshotCache::save(const State& state, const Digest& chain) {
    if (!mayWrite_ || !ready())
        return;
    const State::Impl& impl = *state.impl_;
    Transaction transaction(db_);
    if (transaction.begun() != SQLITE_OK)
        return;
    listPages();
    std::string list;
    std::vector<std::string> fresh;
    bool good = true;
    const auto store = [&](const Listed& entry, const auto& bytes) {
        entry.put(list);
        std::string key = entry.name.key();
        if (stock_->stored.contains(key))
            return;
        const std::string made = bytes();
        good = good && db_.prepared("INSERT OR IGNORE INTO pages(name, bytes) VALUES(?, ?)")
                               .run(bytesOf(key), bytesOf(made))
                               .finish() == SQLITE_DONE;
        fresh.push_back(std::move(key));
    };
    impl.byNumber.forEachPage([&](std::size_t number, const Cow<TicketPage>& page) {
        const Tickets::Outline outline = outlineOf(*page);
        store({{'t', static_cast<std::uint32_t>(number), outline.sum}, outline}, [&] {
            return pageBytes(*page,
                             [](std::string& out, const Ticket& t) { encodeRecord(out, t, Private::in); });
        });
    });
    impl.byRank.forEachPage([&](std::size_t number, const Cow<UnitPage>& page) {
        store({{'u', static_cast<std::uint32_t>(number), Units::sumOf(*page, &unitHash)}, {}}, [&] {
            return pageBytes(*page, [](std::string& out, const UnitRecord& u) { encodeRecord(out, u); });
        });
    });
    const std::string hash = state.hash(), header = headerBytes(impl);
    good = good && db_.prepared("INSERT OR REPLACE INTO snapshots(seq, chain, hash, header, pages)"
                                " VALUES(?, ?, ?, ?, ?)")
                           .run(impl.seq, Bytes(chain), hash, bytesOf(header), bytesOf(list))
                           .finish() == SQLITE_DONE;
    if (good && transaction.commit() == SQLITE_OK)
        stock_->stored.insert(fresh.begin(), fresh.end());
}

std::optional<State> SnapshotCache::load(Seq atOrBefore, const JournalSide& journal) {
    if (!ready())
        return std::nullopt;
    const ReadView view(db_);
    for (Seq seq = atOrBefore; seq > 0; --seq) {
        Statement& row = db_.prepared("SELECT seq, chain, hash, header, pages FROM snapshots WHERE seq <= ?"
                                      " ORDER BY seq DESC LIMIT 1")
                             .run(seq);
        if (!row.row())
            return std::nullopt;
        seq = static_cast<Seq>(row.integer(0));
        const auto chain = journal.chainAt(seq);
        const bool fits = chain && std::ranges::equal(*chain, row.bytes(1));
        const Row found{seq, std::string(row.text(2)), std::string(textOf(row.bytes(3))),
                        std::string(textOf(row.bytes(4)))};
        row.done();
        if (fits)
            if (auto state = decode(found, journal))
                return state;
    }
    return std::nullopt;
}

std::optional<State> SnapshotCache::decode(const Row& row, const JournalSide& journal) {
    Header header;
    if (!decodeHeader(row.header, header) || row.pages.size() % Listed::bytes != 0)
        return std::nullopt;
    stock_->trim();
    State::Impl& impl = header.state;
    if (!header.units.empty()) {
        auto& roll = stock_->rolls[header.units];
        if (!roll)
            roll = journal.roll(header.units);
        impl.roll = roll;
    }
    if (!header.duties.empty()) {
        auto& catalogue = stock_->catalogues[header.duties];
        if (!catalogue)
            if (const auto text = journal.content(header.duties))
                catalogue = std::make_shared<const Catalogue>(Catalogue{header.duties, decodeDuties(*text)});
        impl.catalogue = catalogue;
    }
    const auto shelf = std::make_shared<const FileShelf>(file_, row.seq, journal.refold);
    for (std::string_view pages = row.pages; !pages.empty();) {
        const Listed entry = Listed::take(pages);
        const PageName& name = entry.name;
        const std::string key = name.key();
        const auto bytes = [&]() -> std::string_view {
            Statement& page = db_.prepared("SELECT bytes FROM pages WHERE name = ?").run(bytesOf(key));
            return page.row() ? textOf(page.bytes(0)) : std::string_view{};
        };
        if (name.kind == 't') {
            auto& page = stock_->tickets[name];
            if (!page && !entry.outline.marks) { // all over
                page = Tickets::asleep(shelf, name.number, entry.outline);
            } else if (!page) {
                auto read = ticketPage(bytes());
                if (!read)
                    return std::nullopt;
                page = std::move(*read);
            }
            impl.byNumber.setPage(name.number, page);
        } else {
            auto& page = stock_->units[{name, header.units}];
            if (!page) {
                auto read =
                    pageFrom<UnitPage>(bytes(), [&](std::string_view& in, UnitRecord& u, std::size_t i) {
                        return decodeRecord(in, u, impl.roll, name.number * Units::fan + i);
                    });
                if (!read)
                    return std::nullopt;
                page = std::move(*read);
            }
            impl.byRank.setPage(name.number, page);
        }
    }
    impl.countRecords();
    State state;
    state.impl_ = Cow<State::Impl>::make(std::move(header.state));
    return state.hash() == row.hash ? std::optional(std::move(state)) : std::nullopt;
}

void SnapshotCache::clear() {
    *stock_ = {};
    if (!mayWrite_ || !ready())
        return;
    db_.execute("PRAGMA secure_delete = ON; DELETE FROM snapshots; DELETE FROM pages;"
                "PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
}

} // namespace vedette::dispatch
