// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/ids.h"
#include "dispatch/pooled.h"
#include "layers/area_class.h"
#include "layers/geometry.h"
#include "layers/instant.h"
#include "layers/snapshot.h"

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace vedette::dispatch {

using layers::Instant;
using layers::LonLat;
using layers::Message;

// Reference data: what files say about who there is and what is to be done. It changes; what was decided with
// it is pinned in the journal (`referencePinned`), so these types also know one canonical text.

enum class Role : std::uint8_t {
    officer,
    auxiliary,
    gridWorker,
    guard,
    mediator,
    rescueTeam,
    departmentDesk
};
std::string_view
toString(Role role); // "officer" "auxiliary" "gridWorker" "guard" "mediator" "rescueTeam" "departmentDesk"
std::optional<Role> role(std::string_view text); // also snake_case and Chinese names

// One planned turn of duty, local wall clock minutes; `from > till` crosses midnight. weekdays bit 0 = Monday
// of the day on which it starts.
struct Shift {
    int fromMinute = 0, tillMinute = 1440;
    unsigned weekdays = 0x7F;
    friend bool operator==(const Shift&, const Shift&) = default;
};
} // namespace vedette::dispatch
template <>
struct std::hash<vedette::dispatch::Shift> {
    std::size_t operator()(const vedette::dispatch::Shift& shift) const {
        return std::size_t(shift.fromMinute * 2048 + shift.tillMinute) * 128 + shift.weekdays;
    }
};
namespace vedette::dispatch {
// "22:00-06:00", "Mon-Fri 08:00-18:00,Sat 09:00-12:00"; also 周一 and full day names. Empty text: no shifts.
std::optional<std::vector<Shift>> parseShifts(std::string_view text);
std::string toString(const std::vector<Shift>& shifts); // reads back equal
// Whether the plan has somebody on at that wall clock; no shifts: always. `from == till` is a whole day.
bool planned(const std::vector<Shift>& shifts, const layers::TimeZone::Local& local);

struct UnitFacts {
    UnitId id;
    std::string name;
    Role role = Role::officer;
    Pooled<std::string> employment;     // "full" "part" "volunteer" or empty
    Pooled<std::string> desk;           // who sends it
    std::vector<std::string> owns;      // codes of grids and beats it is responsible for
    std::string homeArea;               // code; position basis of last resort
    std::optional<layers::LonLat> post; // its station or desk
    Pooled<std::vector<std::string>> skills;
    int capacity = 1;                    // open assignments at once
    Pooled<std::vector<Shift>> shifts;   // empty: on at all hours
    Pooled<std::string> team{};          // who works together, however the city calls it
    Pooled<std::vector<Shift>> breaks{}; // planned ones, in the same words as shifts; empty: none
    friend bool operator==(const UnitFacts&, const UnitFacts&);
};

// Minutes of a duty that are others in a class of area; what isn't set is the city's.
struct ClassMinutes {
    layers::AreaClass areaClass = layers::AreaClass::suburb;
    std::optional<std::chrono::minutes> accept, arrive, finish, verify, review;
    friend bool operator==(const ClassMinutes&, const ClassMinutes&) = default;
};

// By name, in the order in which they are written.
inline constexpr std::pair<std::string_view, std::optional<std::chrono::minutes> ClassMinutes::*> classClocks[]{
    {"accept", &ClassMinutes::accept}, {"arrive", &ClassMinutes::arrive}, {"finish", &ClassMinutes::finish},
    {"verify", &ClassMinutes::verify}, {"review", &ClassMinutes::review}};

// A row of the duty catalogue.
struct Duty {
    std::string category; // "03.2"
    std::string name;     // worded by the city's file
    Role lead = Role::officer;
    std::vector<Role> joint;
    std::vector<std::string> skills; // the lead must have all
    int priority = 3;                // 1 gravest .. 4
    std::chrono::minutes accept{3}, arrive{15}, finish{120};
    // Who hears of a missed deadline, in order: a desk's code, or the level whose desk it is ("community"
    // "township" "county" "city" "station" "bureau"). Each once; a row that names one twice is reported.
    std::vector<std::string> escalation;
    std::chrono::minutes verify{0}, review{0}; // zero: no such clock
    std::vector<ClassMinutes> byClass{};       // at most one each; empty in what an event keeps: see dutyIn()
    std::optional<layers::AreaClass> areaClass{}; // of the place for which an event keeps these minutes
    std::vector<std::string> feedback{};          // names of what must be answered before it is reviewed or closed
    bool reviewBySecond = false;                  // by somebody who neither verified it, sent nor reported for it
    std::chrono::minutes inspect{3 * 24 * 60};    // from a hazard's rectification to its inspection; zero: no clock
    friend bool operator==(const Duty&, const Duty&) = default;
};

// Rows of a source -> facts. Broken rows are left out and reported (unitWithoutId, duplicateUnit,
// roleUnknown, shiftUnreadable, breakUnreadable, capacityUnreadable, unitOutsideReach, dutyWithoutCategory,
// duplicateDuty, minutesUnreadable, escalationLoops, feedbackNameUnusable, reviewByUnknown). Posts are kept to
// 1e-7 degrees.
std::vector<UnitFacts> unitsFrom(const layers::Snapshot& source, const std::string& crsName,
                                 std::vector<layers::Finding>* findings);
std::vector<Duty> dutiesFrom(const layers::Snapshot& source, std::vector<layers::Finding>* findings);
// What sends somebody when the catalogue has no row: officer leads, priority 3; flagged as `dutyMissing`.
Duty defaultDuty(const std::string& category);
// The duty with the minutes that hold in a class of area, which it then names; nullopt: none is known, the
// city's minutes hold.
Duty dutyIn(Duty duty, std::optional<layers::AreaClass> areaClass);
// Whether a feedback field may be called so: no blanks, quotes, backslashes, control characters or '=', at
// most 64 bytes.
bool isFeedbackName(std::string_view text);

// The units of a city, or of one pinned content: by id, each once, under the sha256 of their canonical text.
// Immutable; the state and the city share it where they agree.
struct Roll {
    explicit Roll(std::vector<UnitFacts> byId);            // hashed here
    Roll(std::vector<UnitFacts> byId, std::string sha256); // of a content that was kept under that name
    std::optional<std::uint32_t> rank(std::string_view unit) const; // its place in `facts`

    const std::vector<UnitFacts> facts;
    const std::string sha256;

private:
    std::vector<std::uint32_t> slots_; // open addressing: rank + 1
};
std::shared_ptr<const Roll> readRoll(std::string sha256, std::string_view content);

// Canonical text, one JSON object a line, sorted by id: equal facts, equal bytes, equal sha256.
std::string encodeUnits(const std::vector<UnitFacts>& units);
std::vector<UnitFacts> decodeUnits(std::string_view text); // what it cannot read it leaves out
std::string encodeDuties(const std::vector<Duty>& duties);
std::vector<Duty> decodeDuties(std::string_view text);

} // namespace vedette::dispatch
