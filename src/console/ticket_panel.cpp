// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ticket_panel.h"

#include "console/candidate_delegate.h"
#include "console/cover.h"
#include "console/stage_strip.h"
#include "console/theme.h"
#include "console/ticket_marks.h"
#include "console/wording.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace vedette::console {

using namespace dispatch;

namespace {

// A line of the record; what the journal holds as keys is worded too.
QString recordText(layers::Message what, const layers::TimeZone& zone) {
    for (auto& [name, value] : what.args) {
        if (name == "part")
            value = s(Words::part(value == "joint" ? Part::joint : Part::lead));
        else if (name == "source")
            value = s(Words::source(value));
        else if (name == "reason")
            value = s(reasonWords(value));
    }
    wordRecord(what, zone);
    return say(what);
}

} // namespace

TicketPanel::TicketPanel(Desk& desk, QWidget* parent)
    : QWidget(parent), desk_(desk), model_(new CandidateModel(this)) {
    setObjectName(QStringLiteral("ticketPanel"));
    setAccessibleName(tr("Ticket"));
    setFocusPolicy(Qt::StrongFocus);
    build();
    connect(&desk_, &Desk::ticketChanged, this, [this] {
        endReasons(-1);
        endPrompt();
        showTicket();
    });
    connect(&desk_, &Desk::boardChanged, this, [this] {
        const Ticket* ticket = desk_.ticket();
        if (!ticket || shown_ != ticket->id || ticket->version != shownVersion_)
            showTicket();
        else
            showClock();
    });
    connect(&desk_, &Desk::recommendationChanged, this, &TicketPanel::showCandidates);
    connect(&desk_, &Desk::liveChanged, this, [this] { showTicket(); });
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this] { emit proposedChanged(); });
    connect(this, &TicketPanel::proposedChanged, this, &TicketPanel::showCover);
    showTicket();
}

void TicketPanel::showTicket() {
    const Ticket* ticket = desk_.ticket();
    shown_ = desk_.ticketId();
    pages_->setCurrentIndex(ticket ? 1 : 0);
    if (!ticket)
        return;
    shownVersion_ = ticket->version;
    title_->setText(q(toString(ticket->id)) + u' ' + whatText(*ticket));
    const City& city = desk_.city();
    QStringList places;
    if (!ticket->incident.place.empty())
        places << q(ticket->incident.place).toHtmlEscaped();
    const auto codeText = [](const std::string& code) {
        return QStringLiteral("<span style='font-family:JetBrains Mono;font-size:12px'>%1</span>")
            .arg(grouped(code).toHtmlEscaped());
    };
    const std::string own = ownArea(city, *ticket);
    if (const auto index = city.areas.byCode(own))
        places << (city.areas[*index].kind == layers::AreaKind::grid ? tr("grid %1").arg(codeText(own))
                                                                     : codeText(own));
    for (const std::string& code : ticket->areas)
        if (const auto index = city.areas.byCode(layers::AreaKind::beat, code); index && code != own)
            places << tr("beat %1").arg(city.areas[*index].name.empty()
                                            ? codeText(code)
                                            : q(city.areas[*index].name).toHtmlEscaped());
    sub_->setText(places.join(QStringLiteral(" · ")));
    // What was said, and by whom; both private, and gone from here once they are redacted.
    QStringList told;
    if (!ticket->incident.text.empty())
        told << tr("“%1”").arg(q(ticket->incident.text).simplified());
    if (!ticket->incident.caller.empty())
        told << q(ticket->incident.caller);
    const QString words = told.join(QStringLiteral(" · "));
    constexpr int most = 160; // three lines; the rest in the tool tip
    words_->setText(words.size() > most ? words.left(most) + u'…' : words);
    words_->setToolTip(words.size() > most ? words : QString());
    words_->setVisible(!words.isEmpty());
    QStringList flags;
    for (const std::string& flag : ticket->flags)
        flags << say({flag, {{"ticket", toString(ticket->id)}, {"category", ticket->incident.category}}});
    if (const QStringList shared = sharedBy(city, ticket->incident.at); !shared.isEmpty())
        flags << say({"placeShared", {{"areas", s(shared.join(QStringLiteral(", ")))}}});
    if (ticket->mergedInto)
        flags << tr("merged into %1").arg(q(toString(*ticket->mergedInto)));
    flags_->setText(flags.join(QStringLiteral(" · ")));
    flags_->setVisible(!flags.isEmpty());
    stages_->setStage(stage(*ticket), ticket->verified);
    showClock();
    showCandidates();
    showDeeds();
    showRecord();
}

void TicketPanel::showClock() {
    const Ticket* ticket = desk_.ticket();
    if (!ticket)
        return;
    const QStringList marks = ticketMarks(desk_.state(), *ticket, desk_.now(), desk_.city().zone);
    marks_->setText(marks.join(u'\n'));
    marks_->setVisible(!marks.isEmpty());
    const Duty& duty = ticket->duty;
    QStringList parts;
    for (const Role role : duty.joint)
        parts << tr("%1 joins").arg(Words::role(role));
    const QString dutyText =
        tr("duty %1 · %2 leads").arg(q(duty.category), Words::role(duty.lead)) +
        (parts.isEmpty() ? QString() : QStringLiteral(", ") + parts.join(QStringLiteral(", ")));
    const auto deadline = isOpen(*ticket) ? runningDeadline(*ticket) : std::nullopt;
    QString what = tr("no deadline runs");
    if (isScheduled(*ticket, desk_.now())) {
        deadline_->setTexts(
            tr("begins %1").arg(momentText(ticket->begins, desk_.now(), desk_.city().zone)), dutyText);
        deadline_->setToolTip(dutyText);
        deadline_->setLeft(ticket->begins - desk_.now());
        return;
    }
    if (deadline) {
        const bool unsent = needsSending(*ticket, desk_.now());
        const auto minutes = [&](std::chrono::minutes m) { return spanText(m) + classText(duty); };
        const auto moment = [&] { return momentText(deadline->due, desk_.now(), desk_.city().zone); };
        what = deadline->name == "accept"
                   ? (unsent ? tr("send within %1") : tr("accept within %1")).arg(minutes(duty.accept))
               : deadline->name == "arrive" ? tr("arrive within %1").arg(minutes(duty.arrive))
               : deadline->name == "verify" ? tr("verify within %1").arg(minutes(duty.verify))
               : deadline->name == "review" ? tr("review within %1").arg(minutes(duty.review))
               : deadline->name == "rectify" ? tr("rectify by %1").arg(moment())
               : deadline->name == "inspect" ? tr("inspect by %1").arg(moment())
                                            : tr("finish within %1").arg(minutes(duty.finish));
    }
    deadline_->setTexts(what, dutyText);
    deadline_->setToolTip(dutyText); // a duty with many roles is wider than the panel
    deadline_->setLeft(deadline ? std::optional(deadline->due - desk_.now()) : std::nullopt);
}

void TicketPanel::showCandidates() {
    const Ticket* ticket = desk_.ticket();
    if (!ticket) {
        model_->setRows({});
        return;
    }
    // Cards stay where they are while one is in focus; their figures go on. Not where somebody leads now, or
    // no longer does: then they answered another question, and no key that was meant for one of them may
    // reach the next.
    const bool led = lead(*ticket) && lead(*ticket)->open();
    const bool sameTicket = list_->property("ticket").toUInt() == ticket->id.number;
    const bool otherQuestion = sameTicket && list_->property("led").toBool() != led;
    const bool used = sameTicket && !otherQuestion && (list_->hasFocus() || list_->underMouse());
    model_->setFrozen(used);
    list_->setProperty("ticket", ticket->id.number);
    list_->setProperty("led", led);
    if (otherQuestion) {
        list_->setCurrentIndex({});
        if (list_->hasFocus())
            setFocus(Qt::OtherFocusReason);
    }
    const int before = model_->rowCount();
    model_->setRows(candidateRows(desk_.state(), *ticket, desk_.recommendation(), desk_.now()));
    const bool nobody = model_->rowCount() == 0 && isOpen(*ticket) && desk_.live();
    const int best = model_->best();
    const bool wanted = best >= 0 && model_->row(best).kind == CandidateRow::Kind::lead &&
                        !model_->joining(model_->row(best).unit).empty();
    candidatesTitle_->setText(nobody   ? tr("NOBODY CAN GO")
                              : isScheduled(*ticket, desk_.now()) ? tr("WHO CAN BE RESERVED")
                              : led    ? tr("WHO IS ON IT, WHO CAN JOIN")
                              : wanted ? tr("WHO SHOULD GO · CTRL+ENTER SENDS BOTH")
                                       : tr("WHO SHOULD GO"));
    candidatesTitle_->setVisible(model_->rowCount() > 0 || nobody);
    if (before != model_->rowCount() || !used)
        list_->doItemsLayout();
    emit proposedChanged();
}

void TicketPanel::showCover() {
    const Ticket* ticket = desk_.ticket();
    QString text;
    if (ticket && desk_.live() && isOpen(*ticket)) {
        const Assignment* leading = lead(*ticket);
        const bool away = leading && leading->open();
        const auto unit = away ? std::optional(leading->unit) : leading ? std::nullopt : proposed();
        const auto cover = unit ? coverWithout(desk_.session(), desk_.state(), *unit,
                                               ticket->incident.category, desk_.liveNow())
                                : std::nullopt;
        if (cover)
            text = coverText(desk_.city(), desk_.state(), *unit, *cover, away);
    }
    cover_->setText(text);
    cover_->setVisible(!text.isEmpty());
}

void TicketPanel::showRecord() {
    const Ticket* ticket = desk_.ticket();
    if (!ticket)
        return;
    const Tokens& t = tokens();
    QString html = QStringLiteral("<table cellspacing=0 cellpadding=1 style='font-size:12px;color:%1'>")
                       .arg(t.soft.name());
    for (auto entry = ticket->log.rbegin(); entry != ticket->log.rend(); ++entry)
        html += QStringLiteral(
                    "<tr><td style='color:%1;padding-right:9px;font-family:JetBrains Mono'>%2</td><td>%3 "
                    "<span style='color:%1'>%4</span></td></tr>")
                    .arg(t.faint.name(), q(layers::clockLocal(entry->at, desk_.city().zone)),
                         recordText(entry->what, desk_.city().zone).toHtmlEscaped(), q(entry->actor).toHtmlEscaped());
    record_->setHtml(html + QStringLiteral("</table>"));
}

std::optional<UnitId> TicketPanel::proposed() const {
    const QModelIndex current = list_->currentIndex();
    if (!current.isValid() || model_->row(current.row()).kind == CandidateRow::Kind::notTaken) {
        const int best = model_->best();
        return best >= 0 ? std::optional(model_->row(best).unit) : std::nullopt;
    }
    return model_->row(current.row()).unit;
}

std::optional<UnitId> TicketPanel::chosenOnIt() const {
    const QModelIndex current = list_->currentIndex();
    if (current.isValid() && model_->row(current.row()).kind == CandidateRow::Kind::onIt)
        return model_->row(current.row()).unit;
    return std::nullopt;
}

void TicketPanel::focusBest() {
    showCandidates(); // who was just sent is no longer to be proposed
    const int best = model_->best();
    if (best < 0) {
        desk_.tell(desk_.ticket() ? tr("Nobody can be proposed for this ticket")
                                  : tr("No ticket is chosen, F2 takes one"));
        return;
    }
    list_->setFocus(Qt::ShortcutFocusReason);
    list_->setCurrentIndex(model_->index(best, 0));
    list_->scrollTo(model_->index(best, 0));
}

void TicketPanel::sendCurrent(bool joined) {
    const QModelIndex current = list_->currentIndex();
    if (!current.isValid() || sending_)
        return;
    const CandidateRow row = model_->row(current.row());
    if (row.kind == CandidateRow::Kind::onIt || row.kind == CandidateRow::Kind::notTaken)
        return;
    const Ticket* ticket = desk_.ticket();
    if (ticket && isScheduled(*ticket, desk_.liveNow()))
        reserve(row.unit); // nobody is sent hours too soon by a key
    else if (row.kind == CandidateRow::Kind::lead && row.rank > 1)
        askOverride(row, joined);
    else
        send(row, {}, joined);
}

void TicketPanel::send(const CandidateRow& row, const std::string& reason, bool joined) {
    if (!shown_)
        return;
    sending_ = true;
    const bool leads = row.kind == CandidateRow::Kind::lead;
    desk_.assign(
        *shown_, row.candidate, reason,
        [this](const Outcome& outcome) {
            sending_ = false;
            if (outcome.ok())
                emit sent();
        },
        joined && leads ? model_->joining(row.unit) : std::vector<Candidate>{});
}

void TicketPanel::reserve(const UnitId& unit) {
    if (!shown_)
        return;
    sending_ = true;
    desk_.submit(ReserveUnit{*shown_, unit}, tr("%1 reserved for %2").arg(q(unit.text), q(toString(*shown_))),
                 [this](const Outcome& outcome) {
                     sending_ = false;
                     if (outcome.ok())
                         emit sent();
                 });
}

void TicketPanel::askOverride(const CandidateRow& row, bool joined) {
    overriding_ = {row, joined};
    reasons_->clear();
    int number = 0;
    for (const OverrideReason& reason : overrideReasons(desk_.city().workspace.rules)) {
        auto* item = new QListWidgetItem(QStringLiteral("%1  %2").arg(++number).arg(reason.words), reasons_);
        item->setData(Qt::UserRole, q(reason.key));
    }
    reasons_->setFixedHeight(reasons_->sizeHintForRow(0) * std::max(1, number) + 4);
    reasonsTitle_->setText(
        tr("%1 IS NOT THE FIRST ONE: WHY? 1–%2, ESC GIVES UP").arg(q(row.unit.text)).arg(number));
    reasonsTitle_->show();
    reasons_->show();
    reasons_->setCurrentRow(0);
    reasons_->setFocus(Qt::ShortcutFocusReason);
}

void TicketPanel::endReasons(int chosen) {
    if (!overriding_)
        return;
    const auto [row, joined] = *overriding_;
    const QListWidgetItem* item = reasons_->item(chosen);
    const std::string key = item ? s(item->data(Qt::UserRole).toString()) : std::string();
    if (chosen >= 0 && !item)
        return; // a number that is none of the list's
    overriding_.reset();
    const bool had = reasons_->hasFocus();
    reasons_->hide();
    reasonsTitle_->hide();
    if (had)
        list_->setFocus(Qt::OtherFocusReason);
    if (!key.empty())
        send(row, key, joined);
}

} // namespace vedette::console
