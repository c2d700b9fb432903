// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/wording.h"

#include <QTranslator>

#include <algorithm>
#include <cmath>

namespace vedette::console {

namespace {

layers::Language chosen = layers::Language::english;

// lupdate writes the bare class name of a class in a nested namespace; moc asks with the whole one.
class Chinese : public QTranslator {
public:
    QString translate(const char* context, const char* source, const char* note, int n) const override {
        const std::string_view whole(context);
        const auto colon = whole.rfind(':');
        return QTranslator::translate(colon == whole.npos ? context : context + colon + 1, source, note, n);
    }
};

} // namespace

layers::Language language() {
    return chosen;
}
void setLanguage(layers::Language language) {
    chosen = language;
}

void installTranslation(QCoreApplication& app) {
    static Chinese translator;
    app.removeTranslator(&translator);
    if (chosen == layers::Language::chinese && translator.load(QStringLiteral(":/console/vedette_zh_CN.qm")))
        app.installTranslator(&translator);
}

QString q(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}
std::string s(const QString& text) {
    return text.toStdString();
}

QString say(const layers::Message& message) {
    return q(layers::word(message, chosen));
}

QString say(const layers::Finding& finding) {
    const QString words = say(finding.message);
    if (finding.row < 0)
        return words;
    const QString row = QString::number(finding.row + 1);
    return finding.object.empty() ? Words::tr("row %1: %2").arg(row, words)
                                  : Words::tr("row %1 (%2): %3").arg(row, q(finding.object), words);
}

QStringList sayFindings(std::vector<layers::Finding> findings, std::size_t most) {
    std::stable_sort(findings.begin(), findings.end(),
                     [](const auto& a, const auto& b) { return a.severity > b.severity; });
    QStringList lines;
    for (std::size_t i = 0; i < std::min(most, findings.size()); ++i)
        lines << say(findings[i]);
    if (findings.size() > most)
        lines << Words::tr("and %n more", nullptr, static_cast<int>(findings.size() - most));
    return lines;
}

QString Words::stage(dispatch::Stage stage) {
    using S = dispatch::Stage;
    switch (stage) {
    case S::reported:
        return tr("reported");
    case S::verified:
        return tr("verified");
    case S::dispatched:
        return tr("dispatched");
    case S::accepted:
        return tr("accepted");
    case S::enroute:
        return tr("en route");
    case S::onscene:
        return tr("on scene");
    case S::handled:
        return tr("handled");
    case S::reviewed:
        return tr("reviewed");
    case S::closed:
        return tr("closed");
    case S::returned:
        return tr("returned");
    case S::transferred:
        return tr("transferred");
    case S::escalated:
        return tr("escalated");
    case S::merged:
        return tr("merged");
    case S::cancelled:
        return tr("cancelled");
    case S::reopened:
        return tr("reopened");
    }
    return {};
}

QString Words::role(dispatch::Role role) {
    using R = dispatch::Role;
    switch (role) {
    case R::officer:
        return tr("officer");
    case R::auxiliary:
        return tr("auxiliary");
    case R::gridWorker:
        return tr("grid worker");
    case R::guard:
        return tr("guard");
    case R::mediator:
        return tr("mediator");
    case R::rescueTeam:
        return tr("rescue team");
    case R::departmentDesk:
        return tr("department desk");
    }
    return {};
}

QString Words::status(dispatch::UnitStatus status) {
    using U = dispatch::UnitStatus;
    switch (status) {
    case U::free:
        return tr("free");
    case U::assigned:
        return tr("assigned");
    case U::enroute:
        return tr("en route");
    case U::onscene:
        return tr("on scene");
    case U::onBreak:
        return tr("on break");
    case U::outOfService:
        return tr("out of service");
    case U::off:
        return tr("off duty");
    }
    return {};
}

QString Words::part(dispatch::Part part) {
    return part == dispatch::Part::lead ? tr("leads") : tr("joins");
}

QString Words::move(dispatch::TicketMove move) {
    using M = dispatch::TicketMove;
    switch (move) {
    case M::reviewed:
        return tr("reviewed");
    case M::closed:
        return tr("closed");
    case M::returned:
        return tr("returned");
    case M::transferred:
        return tr("transferred");
    case M::escalated:
        return tr("escalated");
    case M::merged:
        return tr("merged");
    case M::cancelled:
        return tr("cancelled");
    case M::reopened:
        return tr("reopened");
    }
    return {};
}

QString Words::assignment(dispatch::AssignmentStatus status) {
    using A = dispatch::AssignmentStatus;
    switch (status) {
    case A::assigned:
        return tr("sent");
    case A::accepted:
        return tr("accepted");
    case A::enroute:
        return tr("en route");
    case A::onscene:
        return tr("on scene");
    case A::handled:
        return tr("handled");
    case A::declined:
        return tr("declined");
    case A::released:
        return tr("released");
    }
    return {};
}

QString Words::areaKind(layers::AreaKind kind) {
    using K = layers::AreaKind;
    switch (kind) {
    case K::city:
        return tr("Cities");
    case K::county:
        return tr("Counties");
    case K::township:
        return tr("Townships");
    case K::community:
        return tr("Communities");
    case K::grid:
        return tr("Grids");
    case K::bureau:
        return tr("Bureaus");
    case K::station:
        return tr("Stations");
    case K::beat:
        return tr("Beats");
    }
    return {};
}

QString Words::oneArea(layers::AreaKind kind) {
    using K = layers::AreaKind;
    switch (kind) {
    case K::city:
        return tr("city");
    case K::county:
        return tr("county");
    case K::township:
        return tr("township");
    case K::community:
        return tr("community");
    case K::grid:
        return tr("grid");
    case K::bureau:
        return tr("bureau");
    case K::station:
        return tr("station");
    case K::beat:
        return tr("beat");
    }
    return {};
}

QString Words::source(const std::string& source) {
    if (source == "gridWorker")
        return tr("grid worker");
    if (source == "sensor")
        return tr("sensor");
    if (source == "desk")
        return tr("desk");
    return q(source);
}

QString Words::deadline(std::string_view name) {
    return name == "accept"   ? tr("accept")
           : name == "arrive" ? tr("arrive")
           : name == "verify" ? tr("verify")
           : name == "review" ? tr("review")
           : name == "rectify" ? tr("rectify")
           : name == "inspect" ? tr("inspect")
                              : tr("finish");
}

QString Words::whereabouts(const dispatch::Whereabouts& where) {
    using B = dispatch::PositionBasis;
    switch (where.basis) {
    case B::fix:
        return where.fixAge ? tr("fix %1").arg(age(*where.fixAge)) : tr("fix");
    case B::declared:
        return where.fixAge ? tr("declared %1").arg(age(*where.fixAge)) : tr("declared");
    case B::posted:
        return tr("posted");
    case B::homeArea:
        return tr("home area");
    case B::none:
        break;
    }
    return tr("unknown");
}

QString Words::age(std::chrono::milliseconds age) {
    const auto seconds = age.count() / 1000;
    if (seconds < 90)
        return tr("%1 s").arg(seconds);
    if (seconds < 90 * 60)
        return tr("%1 min").arg(seconds / 60);
    if (seconds < 48 * 3600)
        return tr("%1 h").arg(seconds / 3600);
    return tr("%1 d").arg(seconds / 86400);
}

QString Words::metres(double metres) {
    return metres < 995 ? tr("%1 m").arg(std::lround(metres / 10) * 10)
                        : tr("%1 km").arg(QString::number(metres / 1000, 'f', 1));
}

QString spanText(std::chrono::milliseconds span) {
    const bool negative = span.count() < 0;
    const auto seconds = std::abs(span.count()) / 1000;
    if (seconds >= 48 * 3600) // nobody counts the seconds of last week
        return (negative ? QString(QChar(0x2212)) : QString()) + Words::tr("%1 d").arg(seconds / 86400);
    const auto two = [](long long n) { return QStringLiteral("%1").arg(n, 2, 10, QLatin1Char('0')); };
    QString text = seconds < 3600 ? two(seconds / 60) + u':' + two(seconds % 60)
                                  : QString::number(seconds / 3600) + u':' + two(seconds / 60 % 60) + u':' +
                                        two(seconds % 60);
    return negative ? QChar(0x2212) + text : text;
}

QString grouped(std::string_view code) {
    const bool digits = std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
    QString text = q(code);
    if (!digits || code.size() < 9 || code.size() > 15 || code.size() % 3)
        return text;
    for (qsizetype at = text.size() - 3; at >= 6; at -= 3)
        text.insert(at, u' ');
    return text;
}

QString areaText(const dispatch::City& city, const std::string& code) {
    const auto index = city.areas.byCode(code);
    if (!index || city.areas[*index].name.empty() || city.areas[*index].name == code)
        return grouped(code);
    return grouped(code) + QStringLiteral(" · ") + q(city.areas[*index].name);
}

QString deskText(const dispatch::City& city, const std::string& code) {
    const auto index = city.areas.byCode(code);
    return index && !city.areas[*index].name.empty() ? q(city.areas[*index].name) : q(code);
}

std::string ownArea(const dispatch::City& city, const dispatch::Ticket& ticket) {
    for (const std::string& code : ticket.areas)
        if (const auto index = city.areas.byCode(code);
            index && city.areas[*index].kind == layers::AreaKind::grid)
            return code;
    return ticket.areas.empty() ? std::string() : ticket.areas.front();
}

} // namespace vedette::console
