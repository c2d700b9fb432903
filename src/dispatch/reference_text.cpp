// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/reference.h"
#include "json_line.h"

#include <algorithm>

namespace vedette::dispatch {

namespace {

// Members in a fixed order, those with their default value left out: equal facts, equal bytes.
class Line {
public:
    explicit Line(std::string& out) : out_(out) { out_ += '{'; }
    ~Line() { out_ += "}\n"; }
    void text(std::string_view name, std::string_view value) {
        if (!value.empty())
            member(name), appendJson(out_, value);
    }
    void number(std::string_view name, double value) { member(name), appendJson(out_, value); }
    void number(std::string_view name, int value) { member(name), out_ += std::to_string(value); }
    template <class List, class Write>
    void list(std::string_view name, const List& values, Write&& write) {
        if (values.empty())
            return;
        member(name);
        char before = '[';
        for (const auto& value : values)
            out_ += before, write(value), before = ',';
        out_ += ']';
    }
    void texts(std::string_view name, const std::vector<std::string>& values) {
        list(name, values, [&](const std::string& value) { appendJson(out_, value); });
    }

private:
    void member(std::string_view name) {
        if (!first_)
            out_ += ',';
        first_ = false;
        out_ += '"';
        out_ += name;
        out_ += "\":";
    }
    std::string& out_;
    bool first_ = true;
};

std::vector<std::string> texts(JsonLine& in) {
    std::vector<std::string> all;
    for (in.enter('['); in.more(']');)
        all.push_back(in.string());
    return all;
}

std::vector<Shift> turns(JsonLine& in) {
    std::vector<Shift> all;
    for (in.enter('['); in.more(']');) {
        Shift shift;
        int part = 0;
        for (in.enter('['); in.more(']'); ++part) {
            const int value = in.integer();
            if (part == 0)
                shift.fromMinute = value;
            else if (part == 1)
                shift.tillMinute = value;
            else
                shift.weekdays = unsigned(value);
        }
        all.push_back(shift);
    }
    return all;
}

bool readUnit(std::string_view line, UnitFacts& unit) {
    JsonLine in(line);
    double lon = 0, lat = 0;
    bool hasLon = false, hasLat = false, roleKnown = true;
    for (in.enter('{'); in.more('}');) {
        const std::string_view name = in.key();
        if (name == "id")
            unit.id.text = in.string();
        else if (name == "name")
            unit.name = in.string();
        else if (name == "role") {
            const auto known = role(in.string());
            roleKnown = known.has_value();
            unit.role = known.value_or(Role::officer);
        } else if (name == "employment")
            unit.employment = in.string();
        else if (name == "desk")
            unit.desk = in.string();
        else if (name == "owns")
            unit.owns = texts(in);
        else if (name == "homeArea")
            unit.homeArea = in.string();
        else if (name == "lon")
            lon = in.number(), hasLon = true;
        else if (name == "lat")
            lat = in.number(), hasLat = true;
        else if (name == "skills")
            unit.skills = texts(in);
        else if (name == "capacity")
            unit.capacity = in.integer();
        else if (name == "shifts")
            unit.shifts = turns(in);
        else if (name == "team")
            unit.team = in.string();
        else if (name == "breaks")
            unit.breaks = turns(in);
        else
            in.skip();
    }
    if (hasLon && hasLat)
        unit.post = LonLat{lon, lat};
    return !in.broken() && roleKnown && !unit.id.text.empty();
}

void classText(std::string& out, const ClassMinutes& own) {
    out += "{\"class\":";
    appendJson(out, layers::toString(own.areaClass));
    for (const auto& [name, member] : classClocks)
        if (own.*member)
            out += ",\"" + std::string(name) + "\":" + std::to_string((own.*member)->count());
    out += '}';
}

std::vector<ClassMinutes> classMinutes(JsonLine& in) {
    std::vector<ClassMinutes> all;
    for (in.enter('['); in.more(']');) {
        ClassMinutes own;
        for (in.enter('{'); in.more('}');) {
            const std::string_view name = in.key();
            const auto clock = std::ranges::find(classClocks, name, [](const auto& one) { return one.first; });
            if (name == "class")
                own.areaClass = layers::areaClass(in.string()).value_or(own.areaClass);
            else if (clock != std::end(classClocks))
                own.*clock->second = std::chrono::minutes(in.integer());
            else
                in.skip();
        }
        all.push_back(own);
    }
    return all;
}

bool readDuty(std::string_view line, Duty& duty) {
    JsonLine in(line);
    bool rolesKnown = true;
    for (in.enter('{'); in.more('}');) {
        const std::string_view name = in.key();
        using std::chrono::minutes;
        if (name == "category")
            duty.category = in.string();
        else if (name == "name")
            duty.name = in.string();
        else if (name == "lead") {
            const auto known = role(in.string());
            rolesKnown = rolesKnown && known;
            duty.lead = known.value_or(Role::officer);
        } else if (name == "joint") {
            for (const auto& word : texts(in))
                if (const auto known = role(word))
                    duty.joint.push_back(*known);
                else
                    rolesKnown = false;
        } else if (name == "skills")
            duty.skills = texts(in);
        else if (name == "priority")
            duty.priority = in.integer();
        else if (name == "accept")
            duty.accept = minutes(in.integer());
        else if (name == "arrive")
            duty.arrive = minutes(in.integer());
        else if (name == "finish")
            duty.finish = minutes(in.integer());
        else if (name == "escalation")
            duty.escalation = texts(in);
        else if (name == "verify")
            duty.verify = minutes(in.integer());
        else if (name == "review")
            duty.review = minutes(in.integer());
        else if (name == "byClass")
            duty.byClass = classMinutes(in);
        else if (name == "feedback")
            duty.feedback = texts(in);
        else if (name == "reviewBy")
            duty.reviewBySecond = in.string() == "second";
        else if (name == "inspect")
            duty.inspect = minutes(in.integer());
        else
            in.skip();
    }
    return !in.broken() && rolesKnown && !duty.category.empty();
}

template <class Row, class Read>
std::vector<Row> rows(std::string_view text, Read&& read) {
    std::vector<Row> all;
    all.reserve(std::size_t(std::count(text.begin(), text.end(), '\n')) + 1);
    while (!text.empty()) {
        const auto cut = std::min(text.find('\n'), text.size());
        all.emplace_back();
        if (!read(text.substr(0, cut), all.back()))
            all.pop_back();
        text.remove_prefix(std::min(cut + 1, text.size()));
    }
    return all;
}

template <class Row, class Key>
std::vector<const Row*> inOrder(const std::vector<Row>& rows, Key&& key) {
    std::vector<const Row*> all;
    all.reserve(rows.size());
    for (const Row& row : rows)
        all.push_back(&row);
    const auto before = [&](const Row* a, const Row* b) { return key(*a) < key(*b); };
    if (!std::is_sorted(all.begin(), all.end(), before))
        std::stable_sort(all.begin(), all.end(), before);
    return all;
}

} // namespace

std::string encodeUnits(const std::vector<UnitFacts>& units) {
    std::string out;
    out.reserve(units.size() * 300);
    for (const UnitFacts* unit : inOrder(
             units, [](const UnitFacts& u) -> auto& { return u.id.text; })) {
        Line line(out);
        line.text("id", unit->id.text);
        line.text("name", unit->name);
        line.text("role", toString(unit->role));
        line.text("employment", *unit->employment);
        line.text("desk", *unit->desk);
        line.texts("owns", unit->owns);
        line.text("homeArea", unit->homeArea);
        if (unit->post)
            line.number("lon", unit->post->lon), line.number("lat", unit->post->lat);
        line.texts("skills", unit->skills);
        if (unit->capacity != 1)
            line.number("capacity", unit->capacity);
        const auto turn = [&](const Shift& shift) {
            out += '[' + std::to_string(shift.fromMinute) + ',' + std::to_string(shift.tillMinute) + ',' +
                   std::to_string(shift.weekdays) + ']';
        };
        line.list("shifts", unit->shifts, turn);
        line.text("team", *unit->team);
        line.list("breaks", unit->breaks, turn);
    }
    return out;
}

std::vector<UnitFacts> decodeUnits(std::string_view text) {
    return rows<UnitFacts>(text, readUnit);
}

std::string encodeDuties(const std::vector<Duty>& duties) {
    std::string out;
    for (const Duty* duty : inOrder(
             duties, [](const Duty& d) -> auto& { return d.category; })) {
        Line line(out);
        line.text("category", duty->category);
        line.text("name", duty->name);
        line.text("lead", toString(duty->lead));
        line.list("joint", duty->joint, [&](Role role) { appendJson(out, toString(role)); });
        line.texts("skills", duty->skills);
        line.number("priority", duty->priority);
        line.number("accept", int(duty->accept.count()));
        line.number("arrive", int(duty->arrive.count()));
        line.number("finish", int(duty->finish.count()));
        line.texts("escalation", duty->escalation);
        if (duty->verify.count() > 0)
            line.number("verify", int(duty->verify.count()));
        if (duty->review.count() > 0)
            line.number("review", int(duty->review.count()));
        line.list("byClass", duty->byClass, [&](const ClassMinutes& own) { classText(out, own); });
        line.texts("feedback", duty->feedback);
        if (duty->reviewBySecond)
            line.text("reviewBy", "second");
        if (duty->inspect != Duty{}.inspect)
            line.number("inspect", int(duty->inspect.count()));
    }
    return out;
}

std::vector<Duty> decodeDuties(std::string_view text) {
    return rows<Duty>(text, readDuty);
}

} // namespace vedette::dispatch
