// SPDX-License-Identifier: GPL-3.0-or-later
// Feeds as they really come: FIFOs whose writers come and go, stdin, torn lines, bad bytes, rotated files.
#include "feed_ground.h"

#include "line_source.h"

namespace vedette::dispatch {
namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

void writeAll(int fd, std::string_view text) {
    while (!text.empty()) {
        const auto wrote = ::write(fd, text.data(), text.size());
        ASSERT_GT(wrote, 0);
        text.remove_prefix(std::size_t(wrote));
    }
}

Lines texts(const LineSource::Read& read) {
    Lines out;
    for (const auto& line : read.lines)
        out.push_back(line.text);
    return out;
}

class Source : public FeedGround {
protected:
    Lines lines(LineSource& source) { return texts(last = source.read(1 << 20)); }
    LineSource::Read last;
};

TEST_F(Source, AFileThatIsNotThereYetIsWaitedForAndAHalfLineToo) {
    LineSource source("ndjson:feed.ndjson", folder, 0);
    EXPECT_TRUE(lines(source).empty());
    EXPECT_FALSE(last.problem);
    append("one\ntw");
    EXPECT_EQ(lines(source), Lines{"one"});
    EXPECT_EQ(last.offset, 4u); // the beginning of what is still to come
    append("o\n");
    EXPECT_EQ(lines(source), Lines{"two"});
    EXPECT_EQ(last.offset, 8u);
}

TEST_F(Source, LineEndsOfWindowsAndByteOrderMarksAreNoPartOfALine) {
    append("\xEF\xBB\xBFone\r\ntwo\r\n\xEF\xBB\xBFthree\n");
    LineSource source("ndjson:feed.ndjson", folder, 0);
    EXPECT_EQ(lines(source), (Lines{"one", "two", "three"}));
}

TEST_F(Source, ALineIsTheSameHoweverItIsCutIntoReads) {
    std::string all;
    Lines expected;
    for (int i = 0; i < 400; ++i) {
        expected.push_back(std::string(std::size_t(i * 7 % 300), char('a' + i % 26)) + std::to_string(i));
        all += expected.back() + (i % 2 ? "\n" : "\r\n");
    }
    for (const std::size_t piece : {1u, 2u, 3u, 64u, 1000u}) {
        fs::remove(folder / "feed.ndjson");
        LineSource source("ndjson:feed.ndjson", folder, 0);
        Lines got;
        std::ofstream out(folder / "feed.ndjson", std::ios::binary);
        for (std::size_t at = 0; at < all.size(); at += piece) {
            out << all.substr(at, piece) << std::flush;
            for (const std::string& line : lines(source))
                got.push_back(line);
            ASSERT_TRUE(last.offset == 0 || all[last.offset - 1] == '\n');
        }
        EXPECT_EQ(got, expected) << piece;
    }
}

TEST_F(Source, AnEndlessLineIsReportedOnceAndKeepsNoMemory) {
    LineSource source("ndjson:feed.ndjson", folder, 0);
    append("before\n");
    const std::string block(256 << 10, 'x');
    std::size_t reported = 0;
    Lines got;
    for (int i = 0; i < 64; ++i) { // 16 MiB
        append(block);
        for (const auto& line : source.read(1 << 20).lines)
            line.tooLong ? (void)++reported : got.push_back(line.text);
    }
    EXPECT_EQ(reported, 1u);
    append("\nafter\n");
    auto read = source.read(64 << 20);
    for (const auto& line : read.lines)
        line.tooLong ? (void)++reported : got.push_back(line.text);
    EXPECT_EQ(reported, 1u);
    EXPECT_EQ(got, (Lines{"before", "after"}));
    EXPECT_EQ(read.offset, 7 + 64 * block.size() + 7);
}

TEST_F(Source, AFileCutReplacedOrNoLongerTheOneRememberedIsBegunAgain) {
    append("one\ntwo\n");
    LineSource source("ndjson:feed.ndjson", folder, 0);
    EXPECT_EQ(lines(source).size(), 2u);
    std::ofstream(folder / "feed.ndjson") << "a\n"; // cut
    EXPECT_EQ(lines(source), Lines{"a"});
    EXPECT_TRUE(last.restarted);
    append("b\nhalf");
    EXPECT_EQ(lines(source), Lines{"b"});
    append("c\n", "next");
    fs::rename(folder / "next", folder / "feed.ndjson"); // replaced while the old one ended in half a line
    EXPECT_EQ(lines(source), (Lines{"half", "c"}));
    EXPECT_TRUE(last.restarted);
    // Another file of the same name while nobody looked: the offset falls into the middle of a line.
    std::ofstream(folder / "feed.ndjson") << "a much longer first line\nsecond\n";
    LineSource later("ndjson:feed.ndjson", folder, 9);
    EXPECT_EQ(lines(later), (Lines{"a much longer first line", "second"}));
    EXPECT_TRUE(last.restarted);
    LineSource same("ndjson:feed.ndjson", folder, 25);
    EXPECT_EQ(lines(same), Lines{"second"});
    EXPECT_FALSE(last.restarted);
}

TEST_F(Source, AFolderIsNoFeed) {
    fs::create_directory(folder / "feed.ndjson");
    LineSource source("ndjson:feed.ndjson", folder, 0);
    EXPECT_TRUE(lines(source).empty());
    ASSERT_TRUE(last.problem);
    EXPECT_EQ(last.problem->message.code, "feedUnreadable");
}

TEST_F(Source, AFifoOutlivesItsWriters) {
    const fs::path fifo = folder / "pipe";
    ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
    LineSource source("ndjson:pipe", folder, 0);
    EXPECT_TRUE(lines(source).empty()); // nobody there yet, and nobody is waited for
    EXPECT_FALSE(last.problem);
    int writer = ::open(fifo.c_str(), O_WRONLY);
    writeAll(writer, "one\ntw");
    EXPECT_EQ(lines(source), Lines{"one"});
    writeAll(writer, "o\nand a last word");
    ::close(writer);
    Lines got;
    while (got.size() < 2)
        for (const std::string& line : lines(source))
            got.push_back(line);
    EXPECT_EQ(got, (Lines{"two", "and a last word"})); // its end will never come
    EXPECT_FALSE(last.ended);
    EXPECT_TRUE(lines(source).empty());
    writer = ::open(fifo.c_str(), O_WRONLY);
    writeAll(writer, "three\n");
    EXPECT_EQ(lines(source), Lines{"three"});
    ::close(writer);
    fs::remove(fifo); // made anew, as a restarted gateway does
    ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
    EXPECT_TRUE(lines(source).empty());
    writer = ::open(fifo.c_str(), O_WRONLY);
    writeAll(writer, "four\n");
    EXPECT_EQ(lines(source), Lines{"four"});
    ::close(writer);
}

using Feed = FeedGround;

TEST_F(Feed, AFifoWhoseWriterComesLateGoesAwayAndReturns) {
    const fs::path fifo = folder / "pipe";
    ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
    auto session = open("ndjson:pipe");
    ASSERT_TRUE(
        until([&] { return session->health().feeds.size() == 1 && session->health().feeds[0].owner; }));
    EXPECT_EQ(trouble(*session), "");
    int writer = ::open(fifo.c_str(), O_WRONLY);
    writeAll(writer, incident("1") + position("U1", 120.51));
    ASSERT_TRUE(until([&] { return tickets(*session) == 1 && session->fixes().size() == 1; }));
    ::close(writer);
    writer = ::open(fifo.c_str(), O_WRONLY);
    writeAll(writer, incident("1") + incident("2")); // it begins with what it isn't sure has arrived
    ASSERT_TRUE(until([&] { return tickets(*session) == 2; }));
    ::close(writer);
    session.reset();
    session = open("ndjson:pipe"); // and so does a writer that outlives the console
    writer = ::open(fifo.c_str(), O_WRONLY);
    writeAll(writer, incident("2") + incident("3"));
    ASSERT_TRUE(until([&] { return tickets(*session) == 3; }));
    ::close(writer);
    EXPECT_EQ(rejected(*session), 0u);
}

TEST_F(Feed, StandardInputIsReadToItsEndAndTheEndIsShown) {
    int ends[2];
    ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    const int kept = ::dup(STDIN_FILENO);
    ASSERT_EQ(::dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    ::close(ends[0]);
    {
        auto session = open("ndjson:-");
        writeAll(ends[1], incident("1"));
        ASSERT_TRUE(until([&] { return tickets(*session) == 1; }));
        EXPECT_EQ(trouble(*session), "");
        std::string last = incident("2");
        last.pop_back();
        writeAll(ends[1], "nonsense\n" + last);
        ::close(ends[1]);
        ASSERT_TRUE(until([&] { return tickets(*session) == 2 && rejected(*session) == 1; }));
        ASSERT_TRUE(until([&] { return trouble(*session) == "feedEnded"; }));
        EXPECT_NE(content("stdin.rejects.ndjson").find("nonsense"), std::string::npos);
    }
    ::dup2(kept, STDIN_FILENO);
    ::close(kept);
}

TEST_F(Feed, BadBytesAreNamedAndStopNothing) {
    auto session = open("ndjson:feed.ndjson");
    append("\xEF\xBB\xBF" + incident("bom"));
    append(incident("latin", "Stra\xDF"
                             "e"));
    append(std::string("{\"type\":\"incident\",\0", 21) + incident("nul"));
    append(std::string(100, '\0') + incident("hole")); // as a cut under a writer leaves it
    append(std::string((1 << 20) + 100, 'x') + "\n");
    append(incident("crlf").insert(incident("crlf").size() - 1, "\r") + incident("last"));
    ASSERT_TRUE(until([&] { return tickets(*session) == 4 && rejected(*session) == 3; }))
        << tickets(*session) << " " << rejected(*session);
    const std::string kept = content("feed.ndjson.rejects.ndjson");
    EXPECT_NE(kept.find("NUL bytes"), std::string::npos);
    EXPECT_NE(kept.find("feedLineTooLong"), std::string::npos);
    EXPECT_EQ(kept.find('\0'), std::string::npos);
    std::vector<std::string> texts;
    session->state().forEachOpenTicket([&](const Ticket& ticket) { texts.push_back(ticket.incident.text); });
    EXPECT_EQ(std::count(texts.begin(), texts.end(),
                         "Stra\xEF\xBF\xBD"
                         "e"),
              1);
    const std::string hash = session->state().hash();
    session.reset();
    EXPECT_EQ(open("ndjson:feed.ndjson")->state().hash(), hash); // as read back from the disk
}

TEST_F(Feed, RejectsThatCannotBeKeptAreSaidAndStopNothing) {
    fs::create_directory(folder / "feed.ndjson.rejects.ndjson");
    auto session = open("ndjson:feed.ndjson");
    append("nonsense\n" + incident("1"));
    ASSERT_TRUE(until([&] { return tickets(*session) == 1 && rejected(*session) == 1; }));
    ASSERT_TRUE(until([&] { return trouble(*session) == "rejectsUnwritable"; }));
    fs::remove(folder / "feed.ndjson.rejects.ndjson");
    append("nonsense\n");
    ASSERT_TRUE(until([&] { return trouble(*session).empty(); }));
}

TEST_F(Feed, RejectsGoAsideBeforeTheyFillTheDisk) {
    auto session = open("ndjson:feed.ndjson");
    std::ofstream(folder / "feed.ndjson.rejects.ndjson") << "old\n";
    fs::resize_file(folder / "feed.ndjson.rejects.ndjson", 64 << 20);
    append("nonsense\n");
    ASSERT_TRUE(until([&] { return fs::exists(folder / "feed.ndjson.rejects.ndjson.1"); }));
    ASSERT_TRUE(
        until([&] { return content("feed.ndjson.rejects.ndjson").find("nonsense") != std::string::npos; }));
}

TEST_F(Feed, OrdersIntoAFifoWaitForWhoReadsThem) {
    const fs::path fifo = folder / "orders";
    ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
    auto session = open("ndjson:feed.ndjson", "ndjson:orders");
    append(incident("1"));
    ASSERT_TRUE(until([&] { return tickets(*session) == 1; }));
    TicketId id;
    session->state().forEachOpenTicket([&](const Ticket& ticket) { id = ticket.id; });
    ASSERT_TRUE(session->execute(AssignUnit{id, {"U1"}, {}, {}, {}, {}, ""}).ok());
    ASSERT_TRUE(until([&] { return trouble(*session) == "ordersUnwritable"; }));
    const int reader = ::open(fifo.c_str(), O_RDONLY | O_NONBLOCK);
    std::string got;
    ASSERT_TRUE(until([&] {
        char block[4096];
        const auto n = ::read(reader, block, sizeof block);
        got.append(block, std::size_t(std::max<ssize_t>(n, 0)));
        return got.find("\"assign\"") != std::string::npos && got.ends_with('\n');
    }));
    ASSERT_TRUE(until([&] { return trouble(*session).empty(); }));
    ::close(reader);
}

} // namespace
} // namespace vedette::dispatch
