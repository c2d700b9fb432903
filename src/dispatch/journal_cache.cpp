// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal_cache.h"

#include "record_codec.h"

#include <algorithm>
#include <cstring>

namespace vedette::dispatch {

namespace {

constexpr int cacheFormat = 1; // goes up with every change of the records' bytes

using TicketPage = Paged<Ticket>::Page;
using UnitPage = Paged<UnitRecord>::Page;

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
    void put(std::string& out) const {
        out += kind;
        out.append(reinterpret_cast<const char*>(&number), 4);
        out.append(reinterpret_cast<const char*>(&sum.low), 8);
        out.append(reinterpret_cast<const char*>(&sum.high), 8);
    }
    static PageName take(std::string_view& in) {
        PageName name;
        name.kind = in[0];
        std::memcpy(&name.number, in.data() + 1, 4);
        std::memcpy(&name.sum.low, in.data() + 5, 8);
        std::memcpy(&name.sum.high, in.data() + 13, 8);
        in.remove_prefix(bytes);
        return name;
    }
    std::string key() const {
        std::string out;
        put(out);
        return out;
    }
};

template <class Page, class Encode>
std::string pageBytes(const Page& page, const Encode& encode) {
    std::string bytes;
    for (const auto& slot : page.slots) {
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

} // namespace

// Pages and rolls read or written lately; states made from them share them.
struct PageStock {
    static constexpr std::size_t most = 8192;
    std::map<PageName, Cow<TicketPage>> tickets;
    std::map<std::pair<PageName, std::string>, Cow<UnitPage>> units; // facts belong to a roll
    std::map<std::string, std::shared_ptr<const Roll>> rolls;
    std::map<std::string, std::shared_ptr<const Catalogue>> catalogues;
    std::set<PageName> stored;

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
        open_ = open_ && db_.number("SELECT count(*) FROM sqlite_master") == 0 &&
                db_.execute(
                    "PRAGMA journal_mode = WAL; BEGIN IMMEDIATE;"
                    "CREATE TABLE pages(name BLOB PRIMARY KEY, bytes BLOB NOT NULL);"
                    "CREATE TABLE snapshots(seq INTEGER PRIMARY KEY, chain BLOB NOT NULL, hash TEXT NOT NULL,"
                    " header BLOB NOT NULL, pages BLOB NOT NULL);"
                    "PRAGMA user_version = 1; COMMIT") == SQLITE_OK;
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

void SnapshotCache::save(const State& state, const Digest& chain) {
    if (!mayWrite_ || !ready())
        return;
    const State::Impl& impl = *state.impl_;
    Transaction transaction(db_);
    if (transaction.begun() != SQLITE_OK)
        return;
    std::string list;
    std::vector<PageName> fresh;
    bool good = true;
    const auto store = [&](const PageName& name, const auto& bytes) {
        name.put(list);
        if (stock_->stored.contains(name))
            return;
        const std::string key = name.key(), made = bytes();
        good = good && db_.prepared("INSERT OR IGNORE INTO pages(name, bytes) VALUES(?, ?)")
                               .run(bytesOf(key), bytesOf(made))
                               .finish() == SQLITE_DONE;
        fresh.push_back(name);
    };
    impl.byNumber.forEachPage([&](std::size_t number, const Cow<TicketPage>& page) {
        store({'t', static_cast<std::uint32_t>(number), Paged<Ticket>::sumOf(*page, &ticketHash)}, [&] {
            return pageBytes(*page,
                             [](std::string& out, const Ticket& t) { encodeRecord(out, t, Private::in); });
        });
    });
    impl.byRank.forEachPage([&](std::size_t number, const Cow<UnitPage>& page) {
        store({'u', static_cast<std::uint32_t>(number), Paged<UnitRecord>::sumOf(*page, &unitHash)}, [&] {
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

std::optional<State>
SnapshotCache::load(Seq atOrBefore, const std::function<std::optional<Digest>(Seq)>& chainAt,
                    const std::function<std::shared_ptr<const std::string>(const std::string&)>& content) {
    if (!ready())
        return std::nullopt;
    for (Seq seq = atOrBefore; seq > 0; --seq) {
        Statement& row = db_.prepared("SELECT seq, chain, hash, header, pages FROM snapshots WHERE seq <= ?"
                                      " ORDER BY seq DESC LIMIT 1")
                             .run(seq);
        if (!row.row())
            return std::nullopt;
        seq = static_cast<Seq>(row.integer(0));
        const auto chain = chainAt(seq);
        const bool fits = chain && std::ranges::equal(*chain, row.bytes(1));
        const std::string hash(row.text(2)), header(textOf(row.bytes(3))), pages(textOf(row.bytes(4)));
        row.done();
        if (fits)
            if (auto state = decode(header, pages, hash, content))
                return state;
    }
    return std::nullopt;
}

std::optional<State>
SnapshotCache::decode(std::string_view headerBytes, std::string_view pages, const std::string& hash,
                      const std::function<std::shared_ptr<const std::string>(const std::string&)>& content) {
    Header header;
    if (!decodeHeader(headerBytes, header))
        return std::nullopt;
    stock_->trim();
    State::Impl& impl = header.state;
    if (!header.units.empty()) {
        auto& roll = stock_->rolls[header.units];
        if (!roll)
            if (const auto text = content(header.units))
                roll = readRoll(header.units, *text);
        impl.roll = roll;
    }
    if (!header.duties.empty()) {
        auto& catalogue = stock_->catalogues[header.duties];
        if (!catalogue)
            if (const auto text = content(header.duties))
                catalogue = std::make_shared<const Catalogue>(Catalogue{header.duties, decodeDuties(*text)});
        impl.catalogue = catalogue;
    }
    while (pages.size() >= PageName::bytes) {
        const PageName name = PageName::take(pages);
        const auto bytes = [&]() -> std::string_view {
            const std::string key = name.key();
            Statement& row = db_.prepared("SELECT bytes FROM pages WHERE name = ?").run(bytesOf(key));
            return row.row() ? textOf(row.bytes(0)) : std::string_view{};
        };
        if (name.kind == 't') {
            auto& page = stock_->tickets[name];
            if (!page) {
                auto read = pageFrom<TicketPage>(bytes(), [](std::string_view& in, Ticket& t, std::size_t) {
                    return decodeRecord(in, t);
                });
                if (!read)
                    return std::nullopt;
                page = std::move(*read);
                TicketPage& marked = page.write();
                for (std::size_t i = 0; i < marked.slots.size(); ++i)
                    if (marked.slots[i] && isOpen(marked.slots[i]->value))
                        marked.marks |= std::uint64_t{1} << i;
            }
            impl.byNumber.setPage(name.number, page);
        } else {
            auto& page = stock_->units[{name, header.units}];
            if (!page) {
                auto read =
                    pageFrom<UnitPage>(bytes(), [&](std::string_view& in, UnitRecord& u, std::size_t i) {
                        return decodeRecord(in, u, impl.roll, name.number * Paged<UnitRecord>::fan + i);
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
    return state.hash() == hash ? std::optional(std::move(state)) : std::nullopt;
}

void SnapshotCache::clear() {
    *stock_ = {};
    if (!mayWrite_ || !ready())
        return;
    db_.execute("PRAGMA secure_delete = ON; DELETE FROM snapshots; DELETE FROM pages;"
                "PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
}

} // namespace vedette::dispatch
