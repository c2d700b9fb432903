// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/plan_panel.h"

#include "console/latest.h"
#include "console/plan_delegate.h"
#include "console/refusal.h"
#include "console/steady_table.h"
#include "console/wording.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace vedette::console {

using namespace dispatch;
using Mark = PlanRow::Mark;

PlanPanel::PlanPanel(Desk& desk, QWidget* parent)
    : QWidget(parent), desk_(desk), model_(new PlanModel(this)), maker_(new Latest(this)) {
    setObjectName(QStringLiteral("planPanel"));
    setAccessibleName(tr("Plan for all waiting tickets"));
    setAttribute(Qt::WA_StyledBackground);
    build();
    connect(&desk, &Desk::boardChanged, this, &PlanPanel::boardChanged);
    connect(&desk, &Desk::liveChanged, this, [this](bool live) {
        if (open_ && !live)
            emit leave();
    });
}

PlanPanel::~PlanPanel() {
    ++round_;
    delete maker_;
}

void PlanPanel::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(14, 6, 10, 6);
    headline_ = new QLabel(this);
    headline_->setObjectName(QStringLiteral("planHeadline"));
    hint_ = new QLabel(tr("Space: in or out · Enter: accept · Esc: leave"), this);
    hint_->setObjectName(QStringLiteral("caption"));
    all_ = new QPushButton(tr("A&ll or none"), this);
    accept_ = new QPushButton(this);
    accept_->setObjectName(QStringLiteral("planAccept"));
    accept_->setProperty("main", true);
    for (QPushButton* button : {all_, accept_})
        button->setFocusPolicy(Qt::TabFocus);
    top->addWidget(headline_);
    top->addStretch(1);
    top->addWidget(hint_);
    top->addSpacing(12);
    top->addWidget(all_);
    top->addWidget(accept_);
    column->addLayout(top);
    table_ = new SteadyTable([this](bool held) { model_->setFrozen(held); }, this);
    table_->setObjectName(QStringLiteral("plan"));
    table_->setAccessibleName(tr("Lines of the plan"));
    table_->setModel(model_);
    table_->setItemDelegate(new PlanDelegate(table_));
    table_->setEmptyText(tr("No ticket waits for somebody to lead it."));
    QHeaderView* header = table_->horizontalHeader();
    int section = 0;
    for (const int width : {74, 74, 300, 210, 150, 500})
        header->resizeSection(section++, width);
    header->setSectionResizeMode(PlanModel::whyColumn, QHeaderView::Stretch);
    column->addWidget(table_, 1);
    setFocusProxy(table_);
    table_->installEventFilter(this);
    connect(table_, &SteadyTable::picked, this, [this](int row) { desk_.selectTicket(model_->row(row).id); });
    connect(table_, &QTableView::clicked, this, [this](const QModelIndex& at) {
        if (at.column() == PlanModel::checkColumn)
            model_->setData(at,
                            at.data(Qt::CheckStateRole).toInt() == Qt::Checked ? Qt::Unchecked : Qt::Checked,
                            Qt::CheckStateRole);
    });
    connect(accept_, &QPushButton::clicked, this, &PlanPanel::accept);
    connect(all_, &QPushButton::clicked, this, [this] {
        none_ = !none_;
        model_->checkAll(none_);
    });
    const auto count = [this] {
        const std::size_t many = model_->checked().size();
        accept_->setText(tr("Accept %1").arg(many));
        accept_->setEnabled(many > 0 && toSend_.empty());
    };
    connect(model_, &QAbstractItemModel::dataChanged, this, count);
    connect(model_, &QAbstractItemModel::rowsInserted, this, count);
    connect(model_, &QAbstractItemModel::rowsRemoved, this, count);
    count();
}

bool PlanPanel::begin() {
    layers::Message why;
    if (!desk_.writable(&why)) {
        desk_.tell(say(why), Desk::Tone::refused);
        return false;
    }
    open_ = true;
    if (!planning_ && toSend_.empty())
        make();
    return true;
}

void PlanPanel::end() {
    open_ = false;
    ++round_;
    planning_ = false;
    toSend_.clear();
    emit changed();
}

void PlanPanel::make() {
    planning_ = true;
    sincePlan_.start();
    StormRequest request;
    request.now = desk_.liveNow();
    for (const Proposal& one : plan_.lines)
        request.before.emplace_back(one.ticket, one.unit.unit);
    const std::uint64_t round = ++round_;
    plannedOn_ = desk_.state().seq();
    showPlan();
    maker_->run([this, request, round]() -> Latest::Delivery {
        StormWatch watch;
        watch.stop = [this, round] { return round_ != round; };
        watch.first = [this, round](const Plan& first) {
            QMetaObject::invokeMethod(
                this, [this, first, round] { take(first, false, round); }, Qt::QueuedConnection);
        };
        Plan plan = desk_.session().planStorm(request, watch);
        return [this, round, plan = std::move(plan)] { take(plan, true, round); };
    });
}

void PlanPanel::take(Plan plan, bool last, std::uint64_t round) {
    if (round != round_ || !open_ || !toSend_.empty())
        return;
    planning_ = !last;
    // A refusal stays to be read until somebody else is proposed.
    std::map<TicketId, UnitId> refused;
    for (const auto& [ticket, mark] : marks_)
        if (const Proposal* one = line(ticket); one && mark.mark == Mark::refused)
            refused.emplace(ticket, one->unit.unit);
    plan_ = std::move(plan);
    std::erase_if(marks_, [&](const auto& one) {
        const Proposal* now = line(one.first);
        const auto before = refused.find(one.first);
        return !now || before == refused.end() || !(before->second == now->unit.unit);
    });
    markLines();
    showPlan();
    emit changed();
}

// Made anew when something else has happened, but not while somebody chooses or sends.
void PlanPanel::boardChanged() {
    constexpr int pause = 2000;
    const Seq seq = desk_.state().seq();
    if (!open_ || !toSend_.empty())
        return;
    if (std::exchange(markedOn_, seq) != seq) {
        markLines();
        showPlan();
        emit changed();
    }
    if (!planning_ && seq != plannedOn_ && !table_->held() && sincePlan_.elapsed() > pause)
        make();
}

void PlanPanel::markLines() {
    for (const Proposal& one : plan_.lines) {
        PlanMark& mark = marks_[one.ticket];
        if (mark.mark == Mark::sent || mark.mark == Mark::sending)
            continue;
        const auto violations = violationsOf(one, desk_.state(), desk_.liveNow(), desk_.city().zone);
        if (!violations.empty())
            mark = {Mark::changed, say(violations.front())};
        else if (mark.mark == Mark::changed)
            mark = {};
    }
}

void PlanPanel::showPlan() {
    model_->setRows(planRows(plan_, desk_.state(), marks_));
    QString text = plan_.at == Instant{} ? QString() : planHeadline(plan_);
    if (!toSend_.empty())
        text += QStringLiteral(" · ") + tr("sending, %1 to go").arg(toSend_.size());
    else if (planning_)
        text += (text.isEmpty() ? QString() : QStringLiteral(" · ")) + tr("planning …");
    headline_->setText(text);
}

std::vector<const Proposal*> PlanPanel::openLines() const {
    std::vector<const Proposal*> lines;
    for (const Proposal& one : plan_.lines)
        if (const auto mark = marks_.find(one.ticket);
            mark == marks_.end() || (mark->second.mark != Mark::sent && mark->second.mark != Mark::changed))
            lines.push_back(&one);
    return lines;
}

const Proposal* PlanPanel::line(TicketId ticket) const {
    const auto found = std::find_if(plan_.lines.begin(), plan_.lines.end(),
                                    [&](const Proposal& one) { return one.ticket == ticket; });
    return found == plan_.lines.end() ? nullptr : &*found;
}

void PlanPanel::accept() {
    if (!toSend_.empty())
        return;
    toSend_ = model_->checked();
    if (toSend_.empty())
        return;
    ++round_; // what is accepted is what is shown
    planning_ = false;
    std::reverse(toSend_.begin(), toSend_.end());
    for (const TicketId ticket : toSend_)
        marks_[ticket] = {Mark::sending, {}};
    sent_ = refused_ = 0;
    showPlan();
    sendNext();
}

// One after the other, each decided on the state that holds the ones before: two lines of one unit don't
// stand in each other's way, and what another desk did meanwhile refuses that line alone.
void PlanPanel::sendNext() {
    if (toSend_.empty()) {
        showPlan();
        emit changed();
        desk_.tell(refused_ ? tr("%1 sent, %2 refused").arg(sent_).arg(refused_) : tr("%1 sent").arg(sent_),
                   refused_ ? Desk::Tone::refused : Desk::Tone::good);
        if (open_)
            make();
        return;
    }
    const TicketId ticket = toSend_.back();
    const auto settle = [this, ticket](bool ok, const QString& why) {
        marks_[ticket] = ok ? PlanMark{Mark::sent, tr("sent")} : PlanMark{Mark::refused, why};
        ++(ok ? sent_ : refused_);
        if (!ok)
            model_->uncheck(ticket);
        if (!toSend_.empty() && toSend_.back() != ticket)
            return; // given up and begun again meanwhile
        if (!toSend_.empty())
            toSend_.pop_back();
        if (toSend_.size() % 8 == 0) {
            showPlan();
            emit changed();
        }
        sendNext();
    };
    const Proposal* one = line(ticket);
    const auto violations =
        one ? violationsOf(*one, desk_.state(), desk_.liveNow(), desk_.city().zone) : std::vector<Message>{};
    if (!one || !violations.empty())
        return settle(false, violations.empty() ? QString() : say(violations.front()));
    const AssignUnit command = commandOf(*one);
    desk_.submit(command, tr("%1 sent to %2").arg(q(command.unit.text), q(toString(ticket))),
                 [this, settle, command](const Outcome& outcome) {
                     settle(outcome.ok(), outcome.problem ? say(outcome.problem->message)
                                          : outcome.ok()
                                              ? QString()
                                              : refusalText(desk_.state(), command, outcome.violations));
                 });
}

bool PlanPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == table_ && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier) {
            const QModelIndex at = model_->index(std::max(0, table_->selectedRow()), PlanModel::checkColumn);
            if (at.isValid())
                model_->setData(
                    at, at.data(Qt::CheckStateRole).toInt() == Qt::Checked ? Qt::Unchecked : Qt::Checked,
                    Qt::CheckStateRole);
            return true;
        }
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            accept();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace vedette::console
