// SPDX-License-Identifier: GPL-3.0-or-later
// A hand-over sheet as a person reads it: one list of headed tables, written as plain text or as HTML.
#include "dispatch/handover.h"

#include <algorithm>

namespace vedette::dispatch {

namespace {

using Row = std::vector<std::string>;
struct Table {
    std::string title, empty;
    Row heads;
    std::vector<Row> rows;
    std::vector<bool> grave; // of each row; shorter: none
};

class Words {
public:
    Words(const City& city, layers::Language language) : city_(city), language_(language) {}

    std::string say(std::string code, std::vector<std::pair<std::string, std::string>> args = {}) const {
        return word({std::move(code), std::move(args)}, language_);
    }
    // "03-14 18:00": a shift crosses midnight, no shift a year.
    std::string time(Instant at) const {
        return at == Instant{} ? std::string() : layers::isoLocal(at, city_.zone).substr(5, 11);
    }
    std::string desk(const std::string& code) const {
        if (code.empty())
            return say("sheet.wholeCity");
        const auto area = city_.areas.byCode(code);
        return area && !city_.areas[*area].name.empty() ? city_.areas[*area].name + " (" + code + ")" : code;
    }
    std::string unit(const UnitId& id, const HandoverSheet& sheet) const {
        for (const RosterRow& row : sheet.roster.on)
            if (row.unit == id)
                return row.name.empty() ? id.text : row.name + " " + id.text;
        return id.text;
    }

private:
    const City& city_;
    layers::Language language_;
};

std::string joined(const Row& parts, std::string_view between) {
    std::string text;
    for (const std::string& part : parts)
        if (!part.empty())
            text += (text.empty() ? std::string() : std::string(between)) + part;
    return text;
}

Table openTable(const HandoverSheet& sheet, const Words& words) {
    Table table{words.say("sheet.open"), words.say("sheet.openNone"), {}, {}, {}};
    for (const char* head : {"ticket", "what", "stage", "who", "deadline", "note"})
        table.heads.push_back(words.say(std::string("sheet.head.") + head));
    for (const SheetTicket& line : sheet.open) {
        Row who;
        for (const auto& [unit, status] : line.units)
            who.push_back(words.unit(unit, sheet) + " " +
                          words.say("assignment." + std::string(toString(status))));
        Row stage{words.say("stage." + std::string(toString(line.stage)))};
        if (line.overdue)
            stage.push_back(words.say("sheet.overdue"));
        if (!line.raisedTo.empty()) {
            Row desks;
            for (const std::string& desk : line.raisedTo)
                desks.push_back(words.desk(desk));
            stage.push_back(words.say("sheet.raised", {{"desks", joined(desks, ", ")}}));
        }
        table.rows.push_back(
            {toString(line.ticket) + " P" + std::to_string(line.priority),
             joined({line.category + " " + line.name, line.place}, " · "), joined(stage, " · "),
             who.empty() ? words.say("sheet.nobody") : joined(who, ", "),
             line.clock.empty() ? std::string()
                                : words.say("clock." + line.clock) + " " + words.time(line.due),
             line.note.empty() ? std::string() : words.time(line.noteAt) + " " + line.note});
        table.grave.push_back(line.overdue);
    }
    return table;
}

Table movesTable(const char* title, const std::vector<SheetMove>& moves, const Words& words) {
    Table table{words.say(title), words.say("sheet.none"), {}, {}, {}};
    for (const char* head : {"ticket", "time", "from", "to", "why"})
        table.heads.push_back(words.say(std::string("sheet.head.") + head));
    for (const SheetMove& move : moves)
        table.rows.push_back({toString(move.ticket), words.time(move.at), words.desk(move.from),
                              words.desk(move.to), move.reason});
    return table;
}

Table unitsTable(const HandoverSheet& sheet, const Words& words) {
    Table table{words.say("sheet.units"), words.say("sheet.unitsNone"), {}, {}, {}};
    for (const char* head : {"unit", "role", "team", "status", "till"})
        table.heads.push_back(words.say(std::string("sheet.head.") + head));
    const auto line = [&](const RosterRow& row, std::string status, std::string till) {
        table.rows.push_back({joined({row.name, row.unit.text}, " "),
                              words.say("role." + std::string(toString(row.role))), row.team,
                              std::move(status), std::move(till)});
    };
    for (const RosterRow& row : sheet.roster.on) {
        Row status{words.say((row.plannedBreak ? "status.plannedBreak" : "status.") +
                             (row.plannedBreak ? std::string() : std::string(toString(row.status))))};
        for (const TicketId ticket : row.tickets)
            status.push_back(toString(ticket));
        status.push_back(row.outReason);
        const Instant till = row.outUntil != Instant{} ? row.outUntil
                             : row.breakTill           ? *row.breakTill
                                                       : row.till.value_or(Instant{});
        line(row, joined(status, " · "), words.time(till));
    }
    for (const RosterRow& row : sheet.roster.next)
        line(row, words.say("sheet.comes"), words.time(*row.comes));
    return table;
}

std::vector<Table> tablesOf(const HandoverSheet& sheet, const Words& words) {
    std::vector<Table> tables{openTable(sheet, words)};
    if (!sheet.received.empty())
        tables.push_back(movesTable("sheet.received", sheet.received, words));
    if (!sheet.sent.empty())
        tables.push_back(movesTable("sheet.sent", sheet.sent, words));
    tables.push_back(unitsTable(sheet, words));
    Table roads{words.say("sheet.roads"), words.say("sheet.roadsNone"), {}, {}, {}};
    for (const char* head : {"road", "what", "till", "why"})
        roads.heads.push_back(words.say(std::string("sheet.head.") + head));
    for (const RoadRestricted& road : sheet.roads)
        roads.rows.push_back(
            {road.id,
             road.factor <= 0
                 ? words.say("sheet.roadClosed")
                 : words.say("sheet.roadSlow", {{"percent", std::to_string(int(road.factor * 100))}}),
             words.time(road.until), road.reason});
    tables.push_back(std::move(roads));
    Table ended{words.say("sheet.ended"), words.say("sheet.endedNone"), {}, {}, {}};
    for (const char* head : {"ticket", "what", "stage", "time"})
        ended.heads.push_back(words.say(std::string("sheet.head.") + head));
    for (const SheetTicket& line : sheet.ended)
        ended.rows.push_back({toString(line.ticket) + " P" + std::to_string(line.priority),
                              joined({line.category + " " + line.name, line.place}, " · "),
                              words.say("stage." + std::string(toString(line.stage))),
                              words.time(line.endedAt)});
    tables.push_back(std::move(ended));
    return tables;
}

Row headOf(const HandoverSheet& sheet, const Words& words) {
    Row head{words.say("sheet.title", {{"desk", words.desk(sheet.desk)}}),
             words.say("sheet.span", {{"from", words.time(sheet.since)}, {"till", words.time(sheet.at)}})};
    if (!sheet.holder.empty())
        head.back() += " · " + words.say("sheet.holder", {{"who", sheet.holder}});
    head.push_back(words.say("sheet.figures", {{"open", std::to_string(sheet.open.size())},
                                               {"overdue", std::to_string(sheet.overdue())},
                                               {"escalated", std::to_string(sheet.escalated())},
                                               {"ended", std::to_string(sheet.ended.size())}}));
    return head;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text)
        switch (c) {
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '&':
            out += "&amp;";
            break;
        case '\n':
            out += "<br/>";
            break;
        default:
            out += c;
        }
    return out;
}

} // namespace

std::string sheetText(const HandoverSheet& sheet, const City& city, layers::Language language) {
    const Words words(city, language);
    std::string out = joined(headOf(sheet, words), "\n") + "\n";
    if (!sheet.remarks.empty())
        out += "\n" + words.say("sheet.remarks") + "\n  " + sheet.remarks + "\n";
    for (const Table& table : tablesOf(sheet, words)) {
        out += "\n" + table.title + " (" + std::to_string(table.rows.size()) + ")\n";
        if (table.rows.empty())
            out += "  " + table.empty + "\n";
        for (std::size_t i = 0; i < table.rows.size(); ++i)
            out += (i < table.grave.size() && table.grave[i] ? "! " : "  ") + joined(table.rows[i], " | ") +
                   "\n";
    }
    return out + "\nsha256 " + sheetSha256(sheet) + "\n";
}

std::string sheetHtml(const HandoverSheet& sheet, const City& city, layers::Language language) {
    const Words words(city, language);
    const Row head = headOf(sheet, words);
    std::string out = "<html><head><meta charset=\"utf-8\"/><title>" + escaped(head[0]) +
                      "</title></head><body style=\"color:#000;background:#fff\"><h2>" + escaped(head[0]) +
                      "</h2><p>" + escaped(head[1]) + "<br/><b>" + escaped(head[2]) + "</b></p>";
    if (!sheet.remarks.empty())
        out += "<h3>" + escaped(words.say("sheet.remarks")) + "</h3><p>" + escaped(sheet.remarks) + "</p>";
    for (const Table& table : tablesOf(sheet, words)) {
        out += "<h3>" + escaped(table.title) + " (" + std::to_string(table.rows.size()) + ")</h3>";
        if (table.rows.empty()) {
            out += "<p>" + escaped(table.empty) + "</p>";
            continue;
        }
        out += "<table width=\"100%\" cellspacing=\"0\" cellpadding=\"3\" border=\"1\" "
               "style=\"border-collapse:collapse;border-color:#999\"><thead><tr bgcolor=\"#e8e8e8\">";
        for (const std::string& name : table.heads)
            out += "<th align=\"left\">" + escaped(name) + "</th>";
        out += "</tr></thead>";
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            // Weight and hue both: paper may be grey.
            const bool grave = i < table.grave.size() && table.grave[i];
            out += grave ? "<tr bgcolor=\"#fbe3d5\">" : "<tr>";
            for (const std::string& cell : table.rows[i])
                out += "<td>" + std::string(grave ? "<b>" : "") + escaped(cell) + (grave ? "</b>" : "") +
                       "</td>";
            out += "</tr>";
        }
        out += "</table>";
    }
    return out + "<p><small>sha256 " + sheetSha256(sheet) + "</small></p></body></html>";
}

} // namespace vedette::dispatch
