// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/codec.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstring>
#include <limits>

namespace vedette::wire {
namespace {

using Bytes = std::vector<std::uint8_t>;

std::vector<Decoder::Item> decodeAll(const Bytes& bytes, std::size_t step = 0) {
    Decoder decoder;
    std::vector<Decoder::Item> items;
    if (step == 0)
        step = std::max<std::size_t>(bytes.size(), 1);
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        decoder.feed(std::span(bytes).subspan(at, std::min(step, bytes.size() - at)));
        while (auto item = decoder.next()) {
            items.push_back(*item);
            if (std::holds_alternative<Fault>(*item))
                return items;
        }
    }
    return items;
}

Fault onlyFault(const Bytes& bytes) {
    const auto items = decodeAll(bytes);
    EXPECT_EQ(items.size(), 1u);
    if (items.size() != 1 || !std::holds_alternative<Fault>(items[0])) {
        ADD_FAILURE() << "no fault";
        return {};
    }
    return std::get<Fault>(items[0]);
}

rc::Gen<std::string> anyText() {
    return rc::gen::arbitrary<std::string>();
}

rc::Gen<std::vector<Said>> anySaids() {
    return rc::gen::container<std::vector<Said>>(
        rc::gen::build<Said>(rc::gen::set(&Said::code, anyText()), rc::gen::set(&Said::args)));
}

rc::Gen<Body> anyBody() {
    using namespace rc::gen;
    const auto hello = build<Hello>(set(&Hello::program, anyText()), set(&Hello::qt, anyText()),
                                    set(&Hello::qgis, anyText()));
    const auto open = build<Open>(set(&Open::project, anyText()), set(&Open::workspace, anyText()),
                                  set(&Open::crs, anyText()));
    const auto layer =
        build<Layer>(set(&Layer::id, anyText()), set(&Layer::name, anyText()),
                     set(&Layer::provider, anyText()), set(&Layer::crs, anyText()), set(&Layer::valid));
    const auto opened = build<Opened>(set(&Opened::layers, container<std::vector<Layer>>(layer)),
                                      set(&Opened::problems, anySaids()));
    const auto render =
        map(tuple(inRange(-1000000, 1000000), inRange(-1000000, 1000000), inRange(1, 1000000),
                  inRange(1, 1000000), inRange<std::uint32_t>(1, largestSide + 1),
                  inRange<std::uint32_t>(1, largestSide + 1)),
            [](const auto& t) {
                const auto& [x, y, dx, dy, w, h] = t;
                return Render{x / 7.0, y / 7.0, x / 7.0 + dx / 3.0, y / 7.0 + dy / 3.0, w, h, 96, 1.25, x / 1e4};
            });
    const auto frame =
        map(tuple(inRange<std::uint32_t>(1, 9), inRange<std::uint32_t>(1, 9), inRange<std::uint32_t>(0, 3),
                  anySaids()),
            [](const auto& t) {
                const auto& [w, h, extra, problems] = t;
                Frame made{w, h, (w + extra) * 4, PixelFormat::argb32Premultiplied, problems, {}};
                for (std::uint32_t i = 0; i < made.stride * h; ++i)
                    made.pixels.push_back(static_cast<std::uint8_t>(i * 37));
                return made;
            });
    const auto failed = map(anySaids(), [](const std::vector<Said>& said) {
        return Failed{said.empty() ? Said{} : said.front()};
    });
    const auto rows =
        container<std::vector<std::vector<std::string>>>(container<std::vector<std::string>>(anyText()));
    const auto shape = build<SheetShape>(set(&SheetShape::label, anyText()), set(&SheetShape::wkb));
    const auto sheetLayer =
        build<SheetLayer>(set(&SheetLayer::title, anyText()), set(&SheetLayer::fill, anyText()),
                          set(&SheetLayer::shapes, container<std::vector<SheetShape>>(shape)));
    const auto page = map(pair(rows, anyText()), [](const auto& both) {
        SheetPage made{both.second, "副标题", -1, -2, 3.5, 4, 1e4, {1, 2, 3}, both.first};
        return made;
    });
    const auto print = map(tuple(container<std::vector<SheetLayer>>(sheetLayer), page,
                                 container<std::vector<SheetPage>>(page), arbitrary<bool>()),
                           [](const auto& t) {
                               Print made;
                               made.layers = std::get<0>(t);
                               made.pages = std::get<2>(t);
                               made.pages.push_back(std::get<1>(t));
                               made.basemap = std::get<3>(t);
                               made.markKinds = {{"一级", "#ffff0000", "star"}};
                               made.marks = {{1, 2, "T1", 0}};
                               made.header = {"编号", "地点"};
                               made.image = {1, 2, 3, 4, {137, 80}};
                               made.legendMore = "{count}";
                               return made;
                           });
    const auto printed = build<Printed>(set(&Printed::files, container<std::vector<std::string>>(anyText())),
                                        set(&Printed::problems, anySaids()));
    const auto found =
        build<Found>(set(&Found::layer, anyText()), set(&Found::title, anyText()), set(&Found::attributes));
    const auto identified = build<Identified>(set(&Identified::found, container<std::vector<Found>>(found)),
                                              set(&Identified::more));
    const auto convert =
        build<ConvertStyle>(set(&ConvertStyle::toQml), set(&ConvertStyle::geometry, anyText()),
                            set(&ConvertStyle::text, anyText()));
    const auto converted =
        build<StyleConverted>(set(&StyleConverted::text, anyText()), set(&StyleConverted::lost, anySaids()));
    const auto progress = build<Progress>(set(&Progress::done), set(&Progress::of));
    const auto body = [](const auto& value) { return Body(value); };
    return oneOf(map(print, body), map(printed, body), map(identified, body), map(convert, body),
                 map(converted, body), map(progress, body), just(Body(Cancel{})),
                 just(Body(Identify{1.5, -2, 8})), map(hello, body), map(open, body), map(opened, body),
                 map(render, body), map(frame, body), map(failed, body), just(Body(Ping{})),
                 just(Body(Pong{})), just(Body(Quit{})));
}

rc::Gen<Message> anyMessage() {
    return rc::gen::map(rc::gen::pair(rc::gen::arbitrary<std::uint64_t>(), anyBody()), [](const auto& pair) {
        return Message{pair.first, pair.second};
    });
}

TEST(Wire, NothingInNothingOut) {
    Decoder decoder;
    EXPECT_FALSE(decoder.next());
    decoder.feed({});
    EXPECT_FALSE(decoder.next());
}

TEST(Wire, TheHeadIsWhatTheHeaderSays) {
    const Bytes expected{'V', 'D', 'T', 'C', 4, 0, 7, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0};
    EXPECT_EQ(encode({5, Ping{}}), expected);
}

TEST(Wire, AWrongFirstByteIsEnoughToRefuse) {
    EXPECT_EQ(onlyFault({'G'}).kind, Fault::Kind::notOurs);
    EXPECT_EQ(onlyFault({'V', 'D', 'T', 'X'}).kind, Fault::Kind::notOurs);
}

TEST(Wire, AnotherVersionIsNamedBeforeAnythingElseIsRead) {
    EXPECT_EQ(onlyFault(encode({0, Hello{"9.9", "7", "5"}}, 7)),
              (Fault{Fault::Kind::wrongVersion, 7, protocolVersion}));
}

TEST(Wire, AnOversizeLengthIsRefusedByItsHeadAlone) {
    auto head = encode({1, Ping{}});
    const std::uint32_t length = largestPayload + 1;
    std::memcpy(head.data() + 8, &length, sizeof length);
    EXPECT_EQ(onlyFault(head), (Fault{Fault::Kind::tooBig, length, largestPayload}));
}

TEST(Wire, AnUnknownTypeIsNamed) {
    for (const std::uint8_t type : {0, 18, 255}) {
        auto bytes = encode({1, Ping{}});
        bytes[6] = type;
        EXPECT_EQ(onlyFault(bytes), (Fault{Fault::Kind::unknownType, type}));
    }
}

TEST(Wire, AFaultIsForEver) {
    Decoder decoder;
    decoder.feed(Bytes{'?'});
    ASSERT_TRUE(decoder.next());
    decoder.feed(encode({0, Ping{}}));
    const auto again = decoder.next();
    ASSERT_TRUE(again);
    EXPECT_TRUE(std::holds_alternative<Fault>(*again));
    EXPECT_EQ(decoder.pending(), 0u);
}

TEST(Wire, ARenderOfNoAreaNoSizeOrNoNumberIsMalformed) {
    const Render good{0, 0, 10, 10, 100, 100, 96, 1};
    ASSERT_TRUE(std::holds_alternative<Message>(decodeAll(encode({1, good})).at(0)));
    const double nan = std::numeric_limits<double>::quiet_NaN(),
                 inf = std::numeric_limits<double>::infinity();
    std::vector<Render> bad(10, good);
    bad[0].width = 0;
    bad[1].height = largestSide + 1;
    bad[2].maxX = 0;
    bad[3].minY = nan;
    bad[4].maxX = inf;
    bad[5].dpi = 0;
    bad[6].devicePixelRatio = -1;
    bad[7].dpi = nan;
    bad[8].rotation = nan;
    bad[9].rotation = 361;
    for (const Render& render : bad)
        EXPECT_EQ(onlyFault(encode({1, render})).kind, Fault::Kind::malformed);
}

TEST(Wire, AFrameHoldsExactlyItsPixels) {
    const Frame good{3, 2, 12, PixelFormat::argb32Premultiplied, {}, Bytes(24, 9)};
    ASSERT_TRUE(std::holds_alternative<Message>(decodeAll(encode({1, good})).at(0)));
    std::vector<Frame> bad(5, good);
    bad[0].pixels.pop_back();
    bad[1].pixels.push_back(0);
    bad[2].stride = 8;
    bad[3].width = 0, bad[3].pixels.clear(), bad[3].stride = 0;
    bad[4].format = static_cast<PixelFormat>(2);
    for (const Frame& frame : bad)
        EXPECT_EQ(onlyFault(encode({1, frame})).kind, Fault::Kind::malformed);
}

TEST(Wire, AFrameHeadAndItsPixelsAreTheFrame) {
    const Frame frame{3,           2, 12, PixelFormat::argb32Premultiplied, {{"slow", {{"layer", "路"}}}},
                      Bytes(24, 9)};
    auto bytes = encodeFrameHead(8, frame);
    bytes.insert(bytes.end(), frame.pixels.begin(), frame.pixels.end());
    EXPECT_EQ(bytes, encode({8, frame}));
}

TEST(Wire, TheLargestFrameFitsAndOneMoreRowDoesNot) {
    EXPECT_TRUE(frameFits(3840, 2160));
    EXPECT_TRUE(frameFits(4032, 4096));
    EXPECT_FALSE(frameFits(4096, 4096)); // no room for problems
    EXPECT_FALSE(frameFits(0, 1));
    EXPECT_FALSE(frameFits(largestSide + 1, 1));
    EXPECT_FALSE(
        frameFits(std::numeric_limits<std::uint32_t>::max(), std::numeric_limits<std::uint32_t>::max()));
}

TEST(Wire, AListThatClaimsMoreThanItsBytesIsMalformedAndTakesNoMemory) {
    auto bytes = encode({0, Opened{}});
    const std::uint32_t many = 0xFFFFFFFF;
    std::memcpy(bytes.data() + headSize, &many, sizeof many);
    EXPECT_EQ(onlyFault(bytes).kind, Fault::Kind::malformed);
}

RC_GTEST_PROP(WireLaw, WhatWasSaidIsHeardHoweverItIsCut, ()) {
    const auto messages = *rc::gen::container<std::vector<Message>>(anyMessage());
    Bytes bytes;
    for (const Message& message : messages) {
        const auto encoded = encode(message);
        bytes.insert(bytes.end(), encoded.begin(), encoded.end());
    }
    const auto step = *rc::gen::inRange<std::size_t>(1, bytes.size() + 2);
    const auto items = decodeAll(bytes, step);
    RC_ASSERT(items.size() == messages.size());
    for (std::size_t i = 0; i < items.size(); ++i)
        RC_ASSERT(std::get<Message>(items[i]) == messages[i]);
}

RC_GTEST_PROP(WireLaw, APrefixIsWaitedFor, ()) {
    const auto bytes = encode(*anyMessage());
    const auto cut = *rc::gen::inRange<std::size_t>(0, bytes.size());
    RC_ASSERT(decodeAll(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(cut))).empty());
}

// Any bytes at all: a message that encodes back to the same bytes, a fault, or a wait.
RC_GTEST_PROP(WireLaw, AnyPayloadIsUnderstoodExactlyOrRefused, ()) {
    auto bytes = encode({3, Ping{}});
    bytes[6] = *rc::gen::inRange<std::uint8_t>(1, 10);
    const auto payload = *rc::gen::arbitrary<Bytes>();
    const auto length = static_cast<std::uint32_t>(payload.size());
    std::memcpy(bytes.data() + 8, &length, sizeof length);
    bytes.insert(bytes.end(), payload.begin(), payload.end());
    const auto items = decodeAll(bytes);
    RC_ASSERT(items.size() == 1u);
    if (const auto* message = std::get_if<Message>(&items[0]))
        RC_ASSERT(encode(*message) == bytes);
    else
        RC_ASSERT(std::get<Fault>(items[0]).kind == Fault::Kind::malformed);
}

RC_GTEST_PROP(WireLaw, ADamagedMessageNeverBecomesMoreThanItsBytes, ()) {
    auto bytes = encode(*anyMessage());
    const auto damages = *rc::gen::inRange(1, 8);
    for (int i = 0; i < damages; ++i)
        bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<std::uint8_t>();
    std::size_t used = 0;
    for (const auto& item : decodeAll(bytes))
        if (const auto* message = std::get_if<Message>(&item))
            used += encode(*message).size();
    RC_ASSERT(used <= bytes.size());
}

} // namespace
} // namespace vedette::wire
