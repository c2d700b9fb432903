// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "buckets.h"
#include "dispatch/commands.h"
#include "dispatch/store.h"
#include "dispatch/tracks.h"
#include "night.h"

#include <functional>
#include <queue>
#include <unordered_map>

namespace vedette::ctl {

using dispatch::TicketId;
using layers::Instant;
using std::chrono::milliseconds;

// One recorded span: an agenda of what people do next, a desk that decides, a field that answers. Everything
// goes through `decide`; what it refuses simply doesn't happen, as in life.
class NightPlay {
public:
    NightPlay(const Town& town, const Happening& happening, dispatch::Store& store, layers::TimeZone zone,
              std::uint64_t seed, int events);
    // Problem: the store's, or cancelled.
    layers::Status play(Instant from, Instant till, const SampleSettings& settings);
    int events() const { return events_; }
    int tickets() const { return tickets_; }
    std::vector<dispatch::Fix> takeFixes() { return std::move(fixes_); }

private:
    struct Member { // a unit in the field
        Point base, at;
        int home = -1; // node of the road network
    };
    struct Case { // how a ticket's life goes on, as its dice fell
        TicketId id;
        Point at;
        int round = 0, tries = 0;
        bool overridden = false;
    };

    // night_play.cpp: the frame
    void pin();
    void later(double seconds, std::function<void()> what);
    bool say(const dispatch::Command& command, const std::string& actor, const std::string& workstation,
             const std::string& source = {}, const std::string& sourceId = {});
    bool desk(const dispatch::Command& command);
    bool field(const dispatch::UnitId& unit, const dispatch::Command& command);
    layers::Status flush();
    void nextIncident();
    void handOver();

    // night_desk.cpp: what the desk does
    void report();
    void dispatchLead(Case one);
    void joinOthers(const Case& one, int leader);
    std::vector<dispatch::CandidateFacts> candidates(const dispatch::Ticket& ticket, dispatch::Role role,
                                                     Point at);
    void sideStep(const Case& one);
    void review(const Case& one);
    std::string placeWords(Point at) const;

    // night_field.cpp: what the field does
    void answer(Case one, int member, bool leads);
    double drive(int member, Point to, bool recorded);
    void patrol(int member, std::vector<RoadNet::Node> route, std::size_t step);
    void rosterOfTheNight();
    bool recorded() const { return now_ >= nightEnd() - std::chrono::hours(8); }
    void fix(int member, Point at, Instant when, double speed, double course);

    const Town& town_;
    const Happening& happening_;
    dispatch::Store& store_;
    layers::TimeZone zone_;
    Chance chance_;
    RoadNet net_;
    dispatch::State state_;
    std::vector<Member> members_;
    std::unordered_map<std::string, int> memberOf_;              // by unit
    std::unordered_map<std::string, std::vector<int>> ownersOf_; // by area code
    std::vector<std::string> turns_;                             // the different rosters
    std::vector<Buckets> byRoleAndTurn_;                         // role * turns + turn
    std::vector<dispatch::UnitRecord> turnRecords_;              // somebody of each
    Buckets places_{400};
    std::vector<dispatch::Event> waiting_;
    std::vector<dispatch::Fix> fixes_;
    struct Due {
        Instant at;
        std::uint64_t order;
        std::function<void()> what;
        bool operator<(const Due& o) const { return at != o.at ? at > o.at : order > o.order; }
    };
    std::priority_queue<Due> agenda_;
    Instant now_{}, till_{};
    std::uint64_t order_ = 0;
    int sideSteps_ = 0, reopenings_ = 0;
    int events_ = 0, tickets_ = 0, commands_ = 0, wanted_ = 0;
    bool over_ = false;
    std::optional<layers::Problem> trouble_;
};

} // namespace vedette::ctl
