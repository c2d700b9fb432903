// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/feed.h"
#include "json_line.h"
#include "json_writer.h"
#include "layers/number_text.h"

#include <algorithm>
#include <cmath>

namespace vedette::dispatch {

using layers::refused;
using layers::Result;

namespace {

// The members that any message may have; whatever else stands in the line is passed over.
struct Raw {
    std::string roll, until, type, id, time, unit, ticket, status, category, source, caller, text, place;
    std::optional<double> lon, lat, speed, course;
    int priority = 0;
    std::vector<FeedbackField> fields;
};

// A string; a number or a bare word is taken as it is spelled, null as nothing.
bool readRaw(std::string_view line, Raw& raw) {
    JsonLine in(line);
    const auto number = [&]() -> std::optional<double> {
        if (in.next() == 'n') {
            in.skip();
            return std::nullopt;
        }
        if (in.next() != '"')
            return in.number();
        const std::string text = in.string();
        double value = 0;
        const auto [ptr, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        return error == std::errc{} && ptr == text.data() + text.size() ? std::optional(value) : std::nullopt;
    };
    const auto text = [&](std::string& to) { to = in.next() == '"' ? in.string() : in.word(); };
    for (in.enter('{'); in.more('}');) {
        const std::string_view name = in.key();
        if (name == "type")
            text(raw.type);
        else if (name == "id")
            text(raw.id);
        else if (name == "time")
            text(raw.time);
        else if (name == "unit")
            text(raw.unit);
        else if (name == "ticket")
            text(raw.ticket);
        else if (name == "roll")
            text(raw.roll);
        else if (name == "until")
            text(raw.until);
        else if (name == "status")
            text(raw.status);
        else if (name == "category")
            text(raw.category);
        else if (name == "source")
            text(raw.source);
        else if (name == "caller")
            text(raw.caller);
        else if (name == "text")
            text(raw.text);
        else if (name == "place")
            text(raw.place);
        else if (name == "lon")
            raw.lon = number();
        else if (name == "lat")
            raw.lat = number();
        else if (name == "speed")
            raw.speed = number();
        else if (name == "course")
            raw.course = number();
        else if (name == "fields" && in.next() == '{') {
            for (in.enter('{'); in.more('}');) {
                FeedbackField& field = raw.fields.emplace_back();
                field.name = in.key();
                const char first = in.next();
                if (first == '{' || first == '[') { // a list of photos, say: as it came
                    const char* const from = in.place();
                    in.skip();
                    field.value.assign(from, in.place());
                } else {
                    text(field.value);
                }
            }
        } else if (name == "priority")
            raw.priority = int(std::clamp(number().value_or(0), 0.0, 9.0));
        else
            in.skip();
    }
    return !in.broken() && in.atEnd();
}

std::optional<AssignmentStatus> fieldStatus(std::string_view text) {
    for (const auto status :
         {AssignmentStatus::accepted, AssignmentStatus::enroute, AssignmentStatus::onscene,
          AssignmentStatus::handled, AssignmentStatus::declined})
        if (text == toString(status))
            return status;
    return std::nullopt;
}

std::optional<RosterChange> rosterWord(std::string_view text) {
    using enum RosterChange;
    constexpr std::pair<std::string_view, RosterChange> words[] = {{"on", on},
                                                                   {"off", off},
                                                                   {"break", breakStarted},
                                                                   {"resume", breakEnded},
                                                                   {"out", outOfService},
                                                                   {"in", inService}};
    for (const auto& [word, change] : words)
        if (text == word)
            return change;
    return std::nullopt;
}

} // namespace

Result<FeedMessage> readFeedLine(std::string_view line, Instant receivedAt) {
    if (line.find('\0') != line.npos) // what a crash or a cut under a writer leaves in a file
        return refused("feedLineBroken", {{"cause", "NUL bytes"}});
    // A call isn't lost for a bad byte; and what is folded now is what will be read back.
    const std::optional<std::string> mended = mendedUtf8(line);
    Raw raw;
    if (!readRaw(mended ? *mended : line, raw))
        return refused("feedLineBroken", {{"cause", "not one JSON object"}});
    const auto missing = [&](const char* field) {
        return refused("feedFieldMissing", {{"field", field}, {"type", raw.type}});
    };
    const auto statusUnknown = [&] {
        return refused("feedStatusUnknown", {{"status", raw.status}, {"type", raw.type}});
    };
    if (raw.type.empty())
        return missing("type");
    const bool position = raw.type == "position", incident = raw.type == "incident";
    const bool ack = raw.type == "ack", feedback = raw.type == "feedback";
    const bool rollAnswer = raw.type == "rollAnswer";
    if (!position && !incident && !ack && !feedback && !rollAnswer && raw.type != "status")
        return refused("feedTypeUnknown", {{"type", raw.type}});
    if (raw.id.empty() && !position)
        return missing("id");

    FeedMessage message{raw.id, receivedAt, Fix{}};
    if (!raw.time.empty()) {
        const auto time = layers::parseTime(raw.time, layers::TimeZone::utc());
        if (!time)
            return refused("feedTimeUnreadable", {{"time", raw.time}});
        message.time = *time;
    } else if (!position) {
        return missing("time");
    }
    LonLat at;
    if (position || incident || (rollAnswer && (raw.lon || raw.lat))) {
        if (!raw.lon || !raw.lat)
            return missing(raw.lon ? "lat" : "lon");
        at = {*raw.lon, *raw.lat};
        if (!std::isfinite(at.lon) || !std::isfinite(at.lat) || std::abs(at.lon) > 180 ||
            std::abs(at.lat) > 90)
            return refused("feedPlaceUnreadable",
                           {{"lon", layers::fixedText(at.lon, 6)}, {"lat", layers::fixedText(at.lat, 6)}});
    }
    if (incident) {
        if (raw.category.empty())
            return missing("category");
        IncidentFacts facts;
        facts.at = at, facts.category = raw.category;
        facts.priority = raw.priority ? std::clamp(raw.priority, 1, 4) : 0;
        facts.source = raw.source, facts.place = raw.place, facts.caller = raw.caller, facts.text = raw.text;
        facts.happenedAt = message.time;
        message.what = FeedIncident{std::move(facts)};
        return message;
    }
    if (raw.unit.empty())
        return missing("unit");
    if (position) {
        message.what = Fix{{raw.unit},
                           at,
                           message.time,
                           receivedAt,
                           float(raw.speed.value_or(-1)),
                           float(raw.course.value_or(-1))};
        return message;
    }
    if (rollAnswer) {
        AnswerRoll answer{raw.roll, {raw.unit}, raw.lon.has_value(), at, PositionBasis::none};
        if (answer.placed)
            answer.basis = PositionBasis::fix;
        message.what = Command(std::move(answer));
        return message;
    }
    if (raw.type == "status") {
        const auto change = rosterWord(raw.status);
        if (!change)
            return statusUnknown();
        ChangeRoster roster{{raw.unit}, *change, raw.text};
        if (!raw.until.empty() && *change == RosterChange::outOfService) {
            const auto until = layers::parseTime(raw.until, layers::TimeZone::utc());
            if (!until)
                return refused("feedTimeUnreadable", {{"time", raw.until}});
            roster.until = *until;
        }
        message.what = Command(std::move(roster));
        return message;
    }
    if (raw.ticket.empty())
        return missing("ticket");
    const auto ticket = ticketId(raw.ticket);
    if (!ticket)
        return refused("feedTicketUnreadable", {{"ticket", raw.ticket}});
    if (feedback && raw.status.empty() && !raw.fields.empty()) {
        message.what = Command(GiveFeedback{*ticket, {raw.unit}, raw.fields, raw.text});
        return message;
    }
    if (feedback && raw.status.empty()) {
        message.what = Command(AddEntry{*ticket, EntryKind::feedback, raw.text, {raw.unit}});
        return message;
    }
    const auto status = fieldStatus(raw.status);
    if (!status)
        return statusUnknown();
    message.what = Command(MoveAssignment{*ticket, UnitId{raw.unit}, *status, raw.text, raw.fields});
    return message;
}

} // namespace vedette::dispatch
