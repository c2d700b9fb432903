// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/city.h"
#include "dispatch/positions.h"
#include "dispatch/state.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

namespace vedette::console {

// The window's language: chosen once at start, before any widget is made.
layers::Language language();
void setLanguage(layers::Language language);
// Loads the embedded translation for the language; English needs none.
void installTranslation(QCoreApplication& app);

QString q(std::string_view text);
std::string s(const QString& text);

// The sentence of a code, in the window's language.
QString say(const layers::Message& message);

// With the row and the code or id it is about: "row 3 (320602): ...".
QString say(const layers::Finding& finding);
// One line each, errors first, then how many more there are.
QStringList sayFindings(std::vector<layers::Finding> findings, std::size_t most = 6);

// The window's own words for the values of the lower rooms.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
public:
    static QString stage(dispatch::Stage stage);
    static QString role(dispatch::Role role);
    static QString status(dispatch::UnitStatus status);
    static QString part(dispatch::Part part);
    static QString move(dispatch::TicketMove move);
    static QString assignment(dispatch::AssignmentStatus status);
    static QString areaKind(layers::AreaKind kind); // many: "Grids"
    static QString oneArea(layers::AreaKind kind);  // "grid"
    static QString source(const std::string& source);
    // "accept" "arrive" "finish" "verify" "review" "rectify" "inspect"
    static QString deadline(std::string_view name);
    // "fix 6 s", "declared 9 min", "posted", "home area", "unknown"
    static QString whereabouts(const dispatch::Whereabouts& where);
    static QString age(std::chrono::milliseconds age); // "6 s", "14 min", "3 h", "2 d"
    static QString metres(double metres);              // "180 m", "1.4 km"
};

// "02:10", "1:02:10"; a negative span wears a true minus sign.
QString spanText(std::chrono::milliseconds span);
// A 15-digit grid code as 6-3-3-3, a 12-digit one as 6-3-3; others as they are.
QString grouped(std::string_view code);
// A code and, when it has one, its name: "320602 003 017 · Taoyuan".
QString areaText(const dispatch::City& city, const std::string& code);
// A desk's name, or its code where it has none.
QString deskText(const dispatch::City& city, const std::string& code);
// The most responsible civil area of a ticket, else the first one; empty when it lies in none.
std::string ownArea(const dispatch::City& city, const dispatch::Ticket& ticket);

} // namespace vedette::console
