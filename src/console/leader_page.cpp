// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/leader_page.h"

#include "console/latest.h"
#include "console/leader_charts.h"
#include "console/leader_tile.h"
#include "console/steady_table.h"
#include "console/wording.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

namespace vedette::console {

using namespace dispatch;
using What = KpiPick::What;

LeaderPage::LeaderPage(Desk& desk, QWidget* parent)
    : QWidget(parent), desk_(desk), said_(QStringLiteral("shift")),
      count_(std::make_unique<LeaderCount>(desk.session())), maker_(new Latest(this)) {
    setObjectName(QStringLiteral("leaderPage"));
    setAccessibleName(tr("Leader's board"));
    setAttribute(Qt::WA_StyledBackground);
    build();
    again_.setSingleShot(true);
    connect(&again_, &QTimer::timeout, this, [this] {
        if (maker_->busy())
            again_.start(200); // a question for tickets that waits must not be replaced
        else
            count();
    });
    connect(&desk, &Desk::boardChanged, this, [this] {
        if (open_ && !again_.isActive() && !maker_->busy())
            count();
    });
    connect(&desk, &Desk::scopeChanged, this, [this] {
        if (open_)
            count();
    });
}

LeaderPage::~LeaderPage() {
    delete maker_;
}

bool LeaderPage::begin(const QString& period) {
    const QString wanted = period.isEmpty() ? said_ : period;
    const auto read = kpiPeriod(s(wanted), desk_.now(), desk_.city().zone);
    if (!read) {
        desk_.tell(say(read.problem().message), Desk::Tone::refused);
        return false;
    }
    said_ = wanted;
    open_ = true;
    for (const auto& [text, button] : periods_)
        button->setChecked(text == said_);
    typed_->setText(std::ranges::any_of(periods_, [&](const auto& one) { return one.first == said_; })
                        ? QString()
                        : said_);
    count();
    return true;
}

void LeaderPage::end() {
    open_ = false;
    again_.stop();
}

void LeaderPage::setPeriod(const QString& text) {
    if (!begin(text))
        for (const auto& [one, button] : periods_)
            button->setChecked(one == said_);
}

bool LeaderPage::settled() const {
    return !open_ || (shown_ && !maker_->busy());
}

LeaderQuestion LeaderPage::question(const KpiPeriod& period, Instant now) const {
    return {desk_.state(), desk_.scope(), period, now};
}

void LeaderPage::count() {
    const Instant now = desk_.now();
    const auto period = kpiPeriod(s(said_), now, desk_.city().zone);
    if (!period || !open_)
        return;
    maker_->run([this, asked = question(period.value(), now)]() -> Latest::Delivery {
        return [this, figures = count_->figures(asked)] {
            if (open_)
                take(figures);
        };
    });
}

void LeaderPage::take(const LeaderFigures& figures) {
    shown_ = figures;
    const layers::TimeZone& zone = desk_.city().zone;
    headline_->setText(
        tr("Leader's board · %1 · %2 – %3")
            .arg(figures.desk.empty() ? tr("whole city") : deskText(desk_.city(), figures.desk),
                 q(layers::isoLocal(figures.period.from, zone)).left(16),
                 q(layers::isoLocal(figures.period.till, zone)).left(16)));
    showTiles();
    intervals_->setFigures(figures.now.all);
    hours_->setFigures(figures.now);
    for (Grouped* table : {&levels_, &stations_, &categories_})
        showTable(*table);
    showSlowest();
    // A count that takes long is asked for less often: the worker shall not fill a core.
    const int pause = static_cast<int>(std::min<long long>(20'000, 4 * figures.took.count()));
    if (pause > 500)
        again_.start(pause);
}

void LeaderPage::showSlowest() {
    const KpiBoard& board = shown_->now;
    QStringList named;
    const auto name = [&](const QString& what, GroupBy by, const std::optional<Kpi::Slow>& slow) {
        if (!slow)
            return;
        std::string words;
        for (const KpiGroup& group : board.by(by))
            if (group.key == slow->station)
                words = group.name;
        named << tr("%1 %2, median %3 of %4")
                     .arg(what, groupName(desk_.city(), by, slow->station, words), spanText(slow->median))
                     .arg(slow->of);
    };
    name(tr("station"), GroupBy::station, board.slowestStation);
    name(tr("desk"), GroupBy::desk, board.slowestDesk);
    name(tr("category"), GroupBy::category, board.slowestCategory);
    const QString text = named.isEmpty() ? tr("no group has %1 turn-outs yet").arg(Kpi::slowestOf)
                                         : named.join(QStringLiteral("  ·  "));
    slowest_->setText(tr("◷ Slowest to arrive: %1").arg(text));
    slowest_->setToolTip(tr("by median turn-out, of those with at least %1").arg(Kpi::slowestOf));
    note_->setVisible(board.all.clockBack > 0);
    note_->setText(tr("▲ %1 intervals left out: a clock was set back").arg(board.all.clockBack));
}

void LeaderPage::showTable(Grouped& table) {
    if (shown_)
        table.model->setGroups(leaderRows(desk_.city(), shown_->now, table.by));
}

void LeaderPage::choose(Grouped& table, GroupBy by) {
    table.by = by;
    for (const auto& [one, button] : table.choices)
        button->setChecked(one == by);
    table.model->setFrozen(false);
    showTable(table);
}

QString LeaderPage::whatText(What what) const {
    switch (what) {
    case What::opened:
        return tr("opened");
    case What::closed:
        return tr("closed");
    case What::open:
        return tr("open");
    case What::overdue:
        return tr("overdue");
    case What::onTime:
        return tr("on time");
    case What::late:
        return tr("closed late");
    case What::cancelled:
        return tr("cancelled");
    case What::merged:
        return tr("merged");
    case What::returned:
        return tr("returned");
    case What::transferred:
        return tr("transferred");
    case What::reopened:
        return tr("reopened");
    case What::escalated:
        return tr("escalated");
    case What::clockBack:
        return tr("clock set back");
    case What::closedAtHour:
        return tr("closed");
    case What::interval:
        break;
    }
    return {};
}

void LeaderPage::want(const KpiPick& pick, const QString& what) {
    if (!shown_)
        return;
    // Counted for the very moment that is shown, so that they are as many as the figure says.
    maker_->run([this, pick, what, asked = question(shown_->period, shown_->now.now)]() -> Latest::Delivery {
        return [this, what, tickets = count_->tickets(asked, pick)] {
            if (!open_)
                return;
            if (tickets.rows.empty())
                desk_.tell(tr("no ticket behind it: %1").arg(what));
            else
                emit ticketsWanted(tickets.rows, what, tickets.all);
        };
    });
}

void LeaderPage::wantCell(const Grouped& table, int row, int column) {
    if (row < 0 || row >= table.model->rowCount())
        return;
    const LeaderRow& held = table.model->row(row);
    KpiPick pick;
    pick.by = table.by, pick.key = held.key;
    pick.what = LeaderTableModel::what(column);
    pick.interval = static_cast<std::size_t>(std::max(0, column - LeaderTableModel::signForColumn));
    want(pick, held.name + QStringLiteral(" · ") +
                   (pick.what == What::interval ? IntervalChart::name(pick.interval) : whatText(pick.what)));
}

} // namespace vedette::console
