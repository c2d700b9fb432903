// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ctl/answer.h"
#include "ctl/verbs.h"
#include "dispatch/session.h"

#include <filesystem>
#include <memory>

namespace vedette::ctl {

// Options that most verbs share.
struct Common {
    std::filesystem::path folder;
    bool json = false, training = false;
    Answer answer() const { return Answer(json); }
    dispatch::Mode mode() const { return training ? dispatch::Mode::training : dispatch::Mode::live; }
};
// DIR and --json (and --training where `journal`).
std::shared_ptr<Common> addCommon(CLI::App& verb, bool journal = false);

// "LON,LAT" in degrees; a CLI11 validation error otherwise.
struct LonLatOption {
    double lon = 0, lat = 0;
    bool given = false;
};
CLI::Option* addLonLat(CLI::App& verb, const std::string& name, LonLatOption& into, const std::string& help);
// "MINLON,MINLAT,MAXLON,MAXLAT"
struct BoxOption {
    double minLon = 0, minLat = 0, maxLon = 0, maxLat = 0;
    bool given = false;
};
CLI::Option* addBox(CLI::App& verb, const std::string& name, BoxOption& into, const std::string& help);
layers::Box toWorking(const BoxOption& box, const layers::WorkingCrs& crs);

// Loads what the verb needs; says what it is doing.
layers::Result<std::shared_ptr<const dispatch::City>> load(const Common& common, bool history, bool gazetteer,
                                                           bool roads);
// Gives what was stored, or why not; the exit status.
int giveOutcome(const Answer& answer, const dispatch::Outcome& outcome);
// The city opened for commands and questions, without its feeds; says what it is doing.
layers::Result<std::unique_ptr<dispatch::Session>>
openSession(const Common& common, const std::string& actor = "ctl", const std::string& workstation = "ctl");
// A store on the workspace's journal, for verbs that only read it. No city is loaded.
struct OpenJournal {
    layers::Workspace workspace;
    layers::TimeZone zone;
    std::unique_ptr<dispatch::Store> store;
};
layers::Result<OpenJournal> openJournal(const Common& common, bool readOnly = true);
// ISO time in the workspace's zone unless it says otherwise. Problem: timeUnreadable {text}.
layers::Result<layers::Instant> instant(const std::string& text, const layers::TimeZone& zone);
// Several of them, each into its own: an Instant or an optional one; what wasn't said stays as it is.
template <class At>
layers::Status instants(std::initializer_list<std::pair<const std::string*, At*>> asked,
                        const layers::TimeZone& zone) {
    for (const auto& [text, into] : asked) {
        if (text->empty())
            continue;
        const auto at = instant(*text, zone);
        if (!at)
            return at.problem();
        *into = at.value();
    }
    return layers::Nothing{};
}

} // namespace vedette::ctl
