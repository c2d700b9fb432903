// SPDX-License-Identifier: GPL-3.0-or-later
#include "payload_values.h"

namespace vedette::dispatch::payload {

void read(value from, Duty& into) {
    fields(from, [&](std::string_view key, value held) {
        if (key == "category")
            read(held, into.category);
        else if (key == "name")
            read(held, into.name);
        else if (key == "lead")
            read(held, into.lead, &role);
        else if (key == "joint") {
            std::vector<std::string> names;
            read(held, names);
            for (const std::string& name : names)
                if (const auto known = role(name))
                    into.joint.push_back(*known);
        } else if (key == "skills")
            read(held, into.skills);
        else if (key == "priority")
            read(held, into.priority);
        else if (key == "acceptMinutes")
            read(held, into.accept);
        else if (key == "arriveMinutes")
            read(held, into.arrive);
        else if (key == "finishMinutes")
            read(held, into.finish);
        else if (key == "escalation")
            read(held, into.escalation);
        else if (key == "verifyMinutes")
            read(held, into.verify);
        else if (key == "reviewMinutes")
            read(held, into.review);
        else if (key == "byClass")
            items(held, [&](value one) {
                ClassMinutes& own = into.byClass.emplace_back();
                fields(one, [&](std::string_view name, value minutes) {
                    if (name == "class")
                        return read(minutes, own.areaClass, &layers::areaClass);
                    for (const auto& [clock, member] : classClocks)
                        if (name == clock) {
                            std::chrono::minutes given{-1};
                            read(minutes, given);
                            if (given.count() >= 0)
                                own.*member = given;
                            return;
                        }
                });
            });
        else if (key == "areaClass")
            read(held, into.areaClass.emplace(), &layers::areaClass);
        else if (key == "feedback")
            read(held, into.feedback);
        else if (key == "reviewBy") {
            std::string by;
            read(held, by);
            into.reviewBySecond = by == "second";
        } else if (key == "inspectMinutes")
            read(held, into.inspect);
    });
}
void read(value from, IncidentFacts& into) {
    fields(from, [&](std::string_view key, value held) {
        if (key == "lon")
            read(held, into.at.lon);
        else if (key == "lat")
            read(held, into.at.lat);
        else if (key == "category")
            read(held, into.category);
        else if (key == "priority")
            read(held, into.priority);
        else if (key == "source")
            read(held, into.source);
        else if (key == "place")
            read(held, into.place);
        else if (key == "caller")
            read(held, into.caller);
        else if (key == "text")
            read(held, into.text);
        else if (key == "happenedAt")
            read(held, into.happenedAt);
    });
}
void read(value from, Deadlines& into) {
    fields(from, [&](std::string_view key, value held) {
        if (key == "accept")
            read(held, into.accept);
        else if (key == "arrive")
            read(held, into.arrive);
        else if (key == "finish")
            read(held, into.finish);
        else if (key == "verify")
            read(held, into.verify);
    });
}
void read(value from, std::vector<CandidateFacts>& into) {
    items(from, [&](value one) {
        CandidateFacts& candidate = into.emplace_back();
        fields(one, [&](std::string_view key, value held) {
            if (key == "unit")
                read(held, candidate.unit);
            else if (key == "metres")
                read(held, candidate.metres);
            else if (key == "seconds")
                read(held, candidate.seconds);
            else if (key == "basis")
                read(held, candidate.basis, &positionBasis);
            else if (key == "owner")
                read(held, candidate.owner);
        });
    });
}

} // namespace vedette::dispatch::payload
