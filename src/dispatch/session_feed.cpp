// SPDX-License-Identifier: GPL-3.0-or-later
// The feed thread: reads feeds and writes orders while this session holds their lease; follows the positions
// that another process receives.
#include "live_session.h"

#include "dispatch/journal_url.h"
#include "order_file.h"
#include "reject_file.h"

#include <csignal>

namespace vedette::dispatch {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using Steady = std::chrono::steady_clock;

namespace {

constexpr auto rest = milliseconds(20);
constexpr auto leaseFor = seconds(6), leaseEvery = seconds(2);
constexpr std::size_t readAtOnce = 1 << 20;
constexpr auto ordersAtMost = minutes(10); // older than this when first looked at: nobody waits for them

} // namespace

struct LiveSession::Feed {
    std::size_t index = 0; // in health_.feeds
    layers::FeedSpec spec;
    std::string name, lease;
    bool owner = false;
    Steady::time_point leaseAt{}, committedAt{}, ratedAt{};
    std::unique_ptr<LineSource> source;
    Store::FeedOffset offset;      // behind what was handed over
    bool uncommitted = false;      // only positions since the last transaction
    std::optional<FeedBatch> held; // the store failed: to be handed over again
    std::uint64_t rated = 0;
    std::unique_ptr<OrderFile> orders;
    Seq ordersSeq = 0, ordersCommitted = 0;
    std::optional<layers::Problem> ordersProblem, rejectsProblem; // until the next try
    std::unique_ptr<RejectFile> rejects;
};

void LiveSession::runFeeds() {
    // A reader of the orders that goes away must not take the console with it.
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);

    std::vector<std::unique_ptr<Feed>> feeds;
    std::unique_ptr<Store> store;
    bool active = options_.feeds && mode_ == Mode::live && !health().readOnly;
    if (active && !city_->workspace.feeds.empty()) {
        StoreOptions opening;
        opening.create = false;
        auto opened =
            openStore(journalUrl(city_->workspace, options_.mode), city_->workspace.folder, clock_, opening);
        if (opened.ok())
            store = std::move(opened).value();
        else
            noteProblem(opened.problem());
    }
    for (const layers::FeedSpec& spec : city_->workspace.feeds) {
        auto feed = std::make_unique<Feed>();
        feed->index = feeds.size(), feed->spec = spec, feed->name = spec.url;
        const auto path = feedPath(spec.url, city_->workspace.folder);
        // Each process has a stdin of its own.
        feed->lease = "feed:" + spec.url + (path.empty() ? process_ : "");
        auto rejects = path.empty() ? city_->workspace.folder / "stdin" : path;
        rejects += ".rejects.ndjson";
        feed->rejects = std::make_unique<RejectFile>(rejects);
        const std::lock_guard lock(healthGate_);
        Health::Feed shown;
        shown.name = feed->name, shown.rejects = feed->rejects->path();
        health_.feeds.push_back(shown);
        feeds.push_back(std::move(feed));
    }

    auto trackedAt = Steady::now();
    while (!stopping_) {
        bool more = false;
        for (auto& feed : feeds) {
            if (!store)
                break;
            if (const auto now = Steady::now(); now - feed->leaseAt >= leaseEvery) {
                feed->leaseAt = now;
                const bool mine = store->lease(feed->lease, process_, leaseFor);
                if (mine && !feed->owner)
                    takeOver(*feed, *store);
                feed->owner = mine;
                const std::lock_guard lock(healthGate_);
                health_.feeds[feed->index].owner = mine;
                if (!mine)
                    if (const auto there = store->feedOffset(feed->name)) {
                        health_.feeds[feed->index].lines = there->lines;
                        health_.feeds[feed->index].rejected = there->rejected;
                    }
            }
            if (!feed->owner)
                continue;
            more = readFeed(*feed, *store) || more;
            writeOrders(*feed, *store);
        }
        if (const auto now = Steady::now(); now - trackedAt >= seconds(1)) {
            trackedAt = now;
            if (tracks_)
                static_cast<void>(tracks_->flush().ok());
            followTracks();
        }
        if (!more) {
            std::unique_lock lock(feedGate_);
            feedWake_.wait_for(lock, feeds.empty() ? milliseconds(200) : rest);
        }
    }
    for (auto& feed : feeds)
        if (store && feed->owner) {
            if (feed->uncommitted)
                handOver(*feed);
            keepRejects(*feed);
            writeOrders(*feed, *store);
            if (feed->ordersSeq > feed->ordersCommitted)
                static_cast<void>(
                    store->append({{}, {}, Store::FeedOffset{"orders:" + feed->name, feed->ordersSeq, 0, 0}})
                        .ok());
            store->lease(feed->lease, process_, milliseconds(0)); // the next one needn't wait
        }
    if (tracks_)
        static_cast<void>(tracks_->flush().ok());
}

void LiveSession::takeOver(Feed& feed, Store& store) {
    feed.offset = store.feedOffset(feed.name).value_or(Store::FeedOffset{feed.name, 0, 0, 0});
    feed.source = std::make_unique<LineSource>(feed.spec.url, city_->workspace.folder, feed.offset.offset);
    feed.held.reset();
    feed.uncommitted = false;
    if (!feed.spec.orders.empty()) {
        feed.orders = std::make_unique<OrderFile>(feed.spec.orders, city_->workspace.folder);
        const auto sent = store.feedOffset("orders:" + feed.name);
        feed.ordersSeq = sent ? sent->offset : store.seqAt(clock_->now() - ordersAtMost);
        feed.ordersCommitted = feed.ordersSeq;
    }
    if (!tracks_)
        if (auto tracks = TrackLog::open(tracksFolder(), false))
            tracks_ = std::move(tracks).value();
}

void LiveSession::keepFixes(std::span<const Fix> fixes) {
    if (fixes.empty())
        return;
    index_.fix(fixes);
    if (tracks_)
        if (const auto kept = tracks_->append(fixes); !kept.ok())
            noteProblem(kept.problem());
    markChanged();
}

void LiveSession::keepRejects(Feed& feed) {
    if (feed.rejects->empty())
        return;
    feed.rejectsProblem.reset();
    if (const auto kept = feed.rejects->flush(); !kept.ok())
        feed.rejectsProblem = kept.problem();
}

// Hands over what is held, else just the offset. False: the store failed; it is held and tried again.
bool LiveSession::handOver(Feed& feed) {
    FeedBatch batch = feed.held ? std::move(*feed.held) : FeedBatch{feed.name, {}, feed.offset};
    std::promise<FeedResult> done;
    enqueue([&] { done.set_value(takeBatch(batch)); });
    const FeedResult result = done.get_future().get();
    feed.held.reset();
    if (result.problem) {
        feed.held = std::move(batch);
        const std::lock_guard lock(healthGate_);
        health_.feeds[feed.index].problem = result.problem;
        return false;
    }
    for (const auto& [item, why] : result.rejected)
        feed.rejects->add(batch.items[item].line, why, clock_->now());
    feed.offset.rejected += result.rejected.size(); // committed with the next batch
    feed.uncommitted = !result.rejected.empty();
    feed.committedAt = Steady::now();
    return true;
}

bool LiveSession::readFeed(Feed& feed, Store&) {
    if (feed.held) {
        if (Steady::now() - feed.committedAt < seconds(1))
            return false;
        feed.committedAt = Steady::now();
        if (!handOver(feed))
            return false;
    }
    const LineSource::Read read = feed.source->read(readAtOnce);
    const Instant now = clock_->now();
    FeedBatch batch{feed.name, {}, {}};
    std::vector<Fix> fixes;
    if (read.restarted)
        feed.rejects->add("", {"feedRestarted", {{"path", feed.source->path().string()}}}, now);
    for (const LineSource::Line& line : read.lines) {
        ++feed.offset.lines;
        if (line.text.find_first_not_of(" \t") == line.text.npos)
            continue;
        std::optional<Message> why;
        if (line.tooLong) {
            why = Message{"feedLineTooLong", {}};
        } else if (auto message = readFeedLine(line.text, now); !message.ok()) {
            why = message.problem().message;
        } else if (const Fix* fix = std::get_if<Fix>(&message.value().what)) {
            if (index_.knows(fix->unit))
                fixes.push_back(*fix);
            else
                why = Message{"unitUnknown", {{"unit", fix->unit.text}}};
        } else {
            batch.items.push_back({line.text, std::move(message).value()});
        }
        if (why) {
            ++feed.offset.rejected;
            feed.rejects->add(line.text, *why, now);
        }
    }
    keepFixes(fixes);
    if (!read.lines.empty() || read.restarted)
        feed.offset.offset = read.offset, feed.uncommitted = true;
    const auto steady = Steady::now();
    if (!batch.items.empty()) {
        batch.offset = feed.offset;
        feed.held = std::move(batch);
        handOver(feed);
    } else if (feed.uncommitted && steady - feed.committedAt >= seconds(1)) {
        handOver(feed);
    }

    keepRejects(feed);
    std::optional<layers::Problem> problem = read.problem;
    for (const auto& other : {feed.ordersProblem, feed.rejectsProblem})
        if (!problem)
            problem = other;
    if (!problem && read.ended)
        problem = layers::environment("feedEnded");
    const std::lock_guard lock(healthGate_);
    Health::Feed& shown = health_.feeds[feed.index];
    shown.lines = feed.offset.lines, shown.rejected = feed.offset.rejected;
    shown.positions += fixes.size();
    shown.restarts += read.restarted;
    if (!read.lines.empty())
        shown.lastAt = now;
    if (!feed.held)
        shown.problem = problem;
    if (steady - feed.ratedAt >= seconds(1)) {
        const double span = std::chrono::duration<double>(steady - feed.ratedAt).count();
        shown.perSecond =
            feed.ratedAt == Steady::time_point{} ? 0 : double(feed.offset.lines - feed.rated) / span;
        feed.rated = feed.offset.lines, feed.ratedAt = steady;
    }
    return read.more && !feed.held;
}

void LiveSession::writeOrders(Feed& feed, Store& store) {
    const State now = state();
    if (!feed.orders || now.seq() <= feed.ordersSeq)
        return;
    const auto events = store.read(feed.ordersSeq + 1, std::min<Seq>(now.seq() - feed.ordersSeq, 1000));
    if (!events.ok() || events.value().empty())
        return;
    std::string lines;
    Seq last = feed.ordersSeq;
    for (const Event& event : events.value()) {
        if (const std::string line = orderLine(event, now); !line.empty())
            lines += line + '\n';
        last = event.envelope.seq;
    }
    if (!lines.empty()) {
        feed.ordersProblem.reset();
        if (const auto wrote = feed.orders->write(lines); !wrote.ok()) {
            feed.ordersProblem = wrote.problem();
            return;
        }
    }
    feed.ordersSeq = last;
    // Written first, committed after: at least once. Long stretches without orders are committed too.
    if (!lines.empty() || last - feed.ordersCommitted > 500)
        if (store.append({{}, {}, Store::FeedOffset{"orders:" + feed.name, last, 0, 0}}).ok())
            feed.ordersCommitted = last;
}

void LiveSession::followTracks() {
    if (tracks_ || !tracksReader_)
        return; // who receives positions needn't read them back
    const Instant now = clock_->now();
    std::vector<Fix> fixes;
    Instant last = followedTracks_;
    tracksReader_->read(followedTracks_, now + minutes(1), [&](const Fix& fix) {
        fixes.push_back(fix);
        last = std::max(last, fix.receivedAt);
    });
    followedTracks_ = last;
    if (fixes.empty())
        return;
    index_.fix(fixes);
    markChanged();
}

} // namespace vedette::dispatch
