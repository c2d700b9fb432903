// SPDX-License-Identifier: GPL-3.0-or-later
// What the cover line promises, held against what is recommended once the unit is really away: on the sample
// city.
#include "console/cover.h"

#include "dispatch/area_middle.h"
#include "fake_session.h"
#include "layers/reader.h"

#include <QCoreApplication>

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>

using namespace vedette;
using namespace vedette::console;
using namespace vedette::dispatch;
namespace fs = std::filesystem;

namespace {

class CoverOfASampleCity : public ::testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "cover-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder = name;
        fs::copy(fs::path(VEDETTE_SOURCE_DIR) / "data/samples/binhai", folder,
                 fs::copy_options::recursive | fs::copy_options::overwrite_existing);
        LoadOptions load;
        load.read.reader = "/proc/self/exe"; // main() below plays the reader
        auto loaded = loadCity(folder, load);
        ASSERT_TRUE(loaded.ok()) << loaded.problem().message.code;
        SessionOptions options;
        options.feeds = false;
        clock = std::make_shared<test::HandClock>(layers::SystemClock().now());
        options.clock = clock;
        auto opened = Session::open(loaded.value(), options);
        ASSERT_TRUE(opened.ok()) << opened.problem().message.code;
        session = std::move(opened).value();
    }
    void TearDown() override {
        session.reset();
        fs::remove_all(folder);
    }
    // A category that the unit's own role leads.
    std::string category(const UnitFacts& unit) const {
        for (const Duty& duty : session->city()->duties)
            if (duty.lead == unit.role)
                return duty.category;
        return session->city()->duties.front().category;
    }
    bool ownsHere(const UnitFacts& unit) const {
        return std::any_of(unit.owns.begin(), unit.owns.end(), [&](const std::string& code) {
            return session->city()->areas.byCode(code).has_value();
        });
    }

    fs::path folder;
    std::shared_ptr<test::HandClock> clock;
    std::shared_ptr<Session> session;
};

TEST_F(CoverOfASampleCity, IsWhatIsRecommendedThereOnceTheUnitIsAway) {
    const City& city = *session->city();
    int compared = 0, itself = 0;
    for (const UnitFacts& unit : city.units()) {
        if (compared == 60)
            break;
        if (!ownsHere(unit))
            continue;
        const std::string what = category(unit);
        const auto cover = coverWithout(*session, session->state(), unit.id, what, clock->now());
        ASSERT_TRUE(cover) << unit.id.text;
        const auto area = city.areas.byCode(cover->area);
        ASSERT_TRUE(area) << cover->area;
        Request request;
        request.at = city.crs.toLonLat(areaMiddle(city.areas, *area));
        request.category = what, request.limit = 1, request.now = clock->now();
        const auto first = [&]() -> std::optional<Candidate> {
            for (const Candidate& candidate : session->recommend(request).candidates)
                if (candidate.part == Part::lead)
                    return candidate;
            return std::nullopt;
        };
        const auto stays = first();
        itself += stays && stays->unit == unit.id;
        ASSERT_TRUE(session->execute(ChangeRoster{unit.id, RosterChange::outOfService, "away"}, {}).ok());
        const auto leads = first();
        ASSERT_TRUE(session->execute(ChangeRoster{unit.id, RosterChange::inService, {}}, {}).ok());
        ASSERT_EQ(cover->by.has_value(), leads.has_value()) << unit.id.text << " in " << cover->area;
        if (leads) {
            EXPECT_EQ(cover->by->text, leads->unit.text) << unit.id.text << " in " << cover->area;
            EXPECT_EQ(cover->in.count(), std::llround(leads->seconds)) << unit.id.text;
        }
        ++compared;
    }
    EXPECT_EQ(compared, 60);
    EXPECT_GT(itself, 0) << "none would have been proposed for its own area: nothing was left out";
}

TEST_F(CoverOfASampleCity, TakesTheBeatBeforeOtherAreasOfAUnit) {
    const City& city = *session->city();
    int beats = 0;
    for (const UnitFacts& unit : city.units()) {
        const auto beat = std::find_if(unit.owns.begin(), unit.owns.end(), [&](const std::string& code) {
            return city.areas.byCode(layers::AreaKind::beat, code).has_value();
        });
        if (beat == unit.owns.end())
            continue;
        const auto cover = coverWithout(*session, session->state(), unit.id, category(unit), clock->now());
        ASSERT_TRUE(cover);
        EXPECT_EQ(cover->area, *beat) << unit.id.text;
        if (++beats == 20)
            break;
    }
    EXPECT_GT(beats, 0);
}

TEST_F(CoverOfASampleCity, IsNoneForAUnitThatOwnsNothingOrThatNobodyKnows) {
    const auto& units = session->city()->units();
    const auto free =
        std::find_if(units.begin(), units.end(), [&](const UnitFacts& unit) { return !ownsHere(unit); });
    ASSERT_NE(free, units.end());
    EXPECT_FALSE(coverWithout(*session, session->state(), free->id, category(*free), clock->now()));
    EXPECT_FALSE(coverWithout(*session, session->state(), UnitId{"nobody"}, category(*free), clock->now()));
}

} // namespace

int main(int argc, char** argv) {
    if (argc > 1 && std::strcmp(argv[1], "read-source") == 0)
        return layers::readerMain(argc, argv);
    ::testing::InitGoogleTest(&argc, argv);
    QCoreApplication app(argc, argv);
    return RUN_ALL_TESTS();
}
