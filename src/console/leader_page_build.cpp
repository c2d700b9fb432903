// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/leader_page.h"

#include "console/leader_charts.h"
#include "console/leader_tile.h"
#include "console/steady_table.h"
#include "console/wording.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QResizeEvent>

#include <cmath>

namespace vedette::console {

using namespace dispatch;
using What = KpiPick::What;

namespace {

constexpr std::size_t largeTiles = 7;

QString percent(std::optional<double> share) {
    return share ? QString::number(100 * *share, 'f', 1) + QStringLiteral(" %") : QStringLiteral("—");
}

std::optional<double> onTime(const Kpi& kpi) {
    const std::size_t over = kpi.onTime + kpi.late;
    if (!over)
        return std::nullopt;
    return static_cast<double>(kpi.onTime) / static_cast<double>(over);
}

QString mark(double change) {
    return change > 0 ? QStringLiteral("▲") : change < 0 ? QStringLiteral("▼") : QStringLiteral("=");
}

std::size_t figure(const Kpi& kpi, What what) {
    switch (what) {
    case What::closed:
        return kpi.closed;
    case What::late:
        return kpi.late;
    case What::cancelled:
        return kpi.cancelled;
    case What::merged:
        return kpi.merged;
    case What::returned:
        return kpi.returned;
    case What::transferred:
        return kpi.transferred;
    case What::reopened:
        return kpi.reopened;
    case What::escalated:
        return kpi.escalated;
    default:
        return kpi.clockBack;
    }
}

} // namespace

void LeaderPage::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 8);
    column->setSpacing(8);
    column->addWidget(buildPeriods());
    column->addWidget(buildTiles());
    auto* charts = new QHBoxLayout;
    charts->setSpacing(8);
    intervals_ = new IntervalChart(this);
    hours_ = new HourChart(this);
    charts->addWidget(intervals_, 1);
    charts->addWidget(hours_, 1);
    column->addLayout(charts, 5);
    auto* tables = new QHBoxLayout;
    tables->setSpacing(8);
    tables->addWidget(buildTable(levels_, {GroupBy::level}), 1);
    tables->addWidget(buildTable(stations_, {GroupBy::station, GroupBy::desk}), 1);
    tables->addWidget(buildTable(categories_, {GroupBy::category, GroupBy::categoryClass}), 1);
    column->addLayout(tables, 6);
    connect(intervals_, &LeaderChart::picked, this, [this](int bar) {
        KpiPick pick;
        pick.what = What::interval;
        pick.interval = static_cast<std::size_t>(bar / 5), pick.bucket = static_cast<std::size_t>(bar % 5);
        want(pick, IntervalChart::name(pick.interval) + u' ' + IntervalChart::bucketText(pick.interval, *pick.bucket));
    });
    connect(hours_, &LeaderChart::picked, this, [this](int bar) {
        KpiPick pick;
        const int hour = bar / 2;
        if (bar % 2) {
            pick.what = What::closedAtHour, pick.hour = hour;
        } else {
            pick.by = GroupBy::hour;
            pick.key = {static_cast<char>('0' + hour / 10), static_cast<char>('0' + hour % 10)};
        }
        want(pick, tr("%1 at %2 h").arg(whatText(pick.what)).arg(hour));
    });
    setFocusProxy(tiles_.front().second);
}

QWidget* LeaderPage::buildPeriods() {
    auto* strip = new QWidget(this);
    auto* row = new QHBoxLayout(strip);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    headline_ = new QLabel(strip);
    headline_->setObjectName(QStringLiteral("leaderHeadline"));
    note_ = new QLabel(strip);
    note_->setObjectName(QStringLiteral("leaderNote"));
    note_->hide();
    row->addWidget(headline_);
    row->addWidget(note_);
    row->addStretch(1);
    const std::pair<QString, QString> periods[] = {{QStringLiteral("today"), tr("Today")},
                                                   {QStringLiteral("shift"), tr("This shift")},
                                                   {QStringLiteral("24h"), tr("24 h")},
                                                   {QStringLiteral("7d"), tr("7 days")},
                                                   {QStringLiteral("month"), tr("Month")}};
    for (const auto& [text, words] : periods) {
        auto* button = new QPushButton(words, strip);
        button->setCheckable(true);
        button->setObjectName(QStringLiteral("period ") + text);
        button->setProperty("segment", true);
        connect(button, &QPushButton::clicked, this, [this, text] { setPeriod(text); });
        periods_.emplace_back(text, button);
        row->addWidget(button);
    }
    typed_ = new QLineEdit(strip);
    typed_->setObjectName(QStringLiteral("leaderPeriod"));
    typed_->setPlaceholderText(tr("2026-11-22, 48h, FROM TO"));
    typed_->setAccessibleName(tr("Another period"));
    typed_->setFixedWidth(190);
    connect(typed_, &QLineEdit::returnPressed, this, [this] {
        if (!typed_->text().trimmed().isEmpty())
            setPeriod(typed_->text().trimmed());
    });
    row->addWidget(typed_);
    auto* back = new QPushButton(tr("Map · Esc"), strip);
    back->setObjectName(QStringLiteral("leaderBack"));
    connect(back, &QPushButton::clicked, this, &LeaderPage::leave);
    row->addWidget(back);
    return strip;
}

QWidget* LeaderPage::buildTiles() {
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    auto* large = new QHBoxLayout;
    auto* small = new QHBoxLayout;
    large->setSpacing(6), small->setSpacing(6);
    const auto tile = [&](QBoxLayout* row, LeaderTile::Size size, What what, const QString& name,
                          std::size_t interval = 0) {
        KpiPick pick;
        pick.what = what, pick.interval = interval;
        auto* made = new LeaderTile(name, size, box);
        made->setObjectName(QStringLiteral("tile ") + QString::number(tiles_.size()));
        connect(made, &LeaderTile::clicked, this, [this, pick, name] { want(pick, name); });
        tiles_.emplace_back(pick, made);
        row->addWidget(made, 1);
    };
    using Size = LeaderTile::Size;
    tile(large, Size::large, What::opened, tr("opened"));
    tile(large, Size::large, What::open, tr("open"));
    tile(large, Size::large, What::overdue, tr("overdue"));
    tile(large, Size::large, What::closed, tr("closed on time"));
    for (std::size_t i = 0; i < 3; ++i)
        tile(large, Size::large, What::interval, tr("median %1").arg(IntervalChart::name(i)), i);
    for (const What what : {What::closed, What::late, What::escalated, What::reopened, What::transferred,
                            What::returned, What::merged, What::cancelled})
        tile(small, Size::small, what, whatText(what));
    column->addLayout(large);
    column->addLayout(small);
    slowest_ = new QLabel(box);
    slowest_->setObjectName(QStringLiteral("leaderSlowest"));
    slowest_->setWordWrap(false);
    slowest_->setMinimumWidth(100);
    slowest_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    column->addWidget(slowest_);
    return box;
}

QWidget* LeaderPage::buildTable(Grouped& into, std::initializer_list<GroupBy> choices) {
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto* heads = new QHBoxLayout;
    heads->setSpacing(4);
    into.by = *choices.begin();
    into.model = new LeaderTableModel(this);
    into.table = new SteadyTable([model = into.model](bool held) { model->setFrozen(held); }, box);
    for (const GroupBy by : choices) {
        const QString words = by == GroupBy::level     ? tr("By level of desk")
                              : by == GroupBy::station ? tr("By station")
                              : by == GroupBy::desk    ? tr("By desk")
                              : by == GroupBy::category ? tr("By category")
                                                        : tr("By class");
        if (choices.size() == 1) {
            auto* label = new QLabel(words, box);
            label->setObjectName(QStringLiteral("leaderGroup"));
            heads->addWidget(label);
            continue;
        }
        auto* button = new QPushButton(words, box);
        button->setObjectName(QStringLiteral("group ") + q(toString(by)));
        button->setCheckable(true);
        button->setChecked(by == into.by);
        button->setProperty("segment", true);
        connect(button, &QPushButton::clicked, this, [this, &into, by] { choose(into, by); });
        into.choices.emplace_back(by, button);
        heads->addWidget(button);
    }
    heads->addStretch(1);
    column->addLayout(heads);
    into.table->setObjectName(QStringLiteral("leader ") + q(toString(into.by)));
    into.table->setAccessibleName(tr("Figures by group"));
    into.table->setModel(into.model);
    into.table->setItemDelegate(new LeaderDelegate(into.table));
    into.table->setEmptyText(tr("No ticket was opened in this period."));
    into.table->verticalHeader()->setDefaultSectionSize(25);
    QHeaderView* header = into.table->horizontalHeader();
    header->setMinimumSectionSize(30);
    header->setSectionResizeMode(LeaderTableModel::nameColumn, QHeaderView::Stretch);
    for (int section = LeaderTableModel::openedColumn; section < LeaderTableModel::columns; ++section)
        header->resizeSection(section, 70);
    connect(into.table, &SteadyTable::activatedRow, this,
            [this, &into](int row) { wantCell(into, row, into.table->currentIndex().column()); });
    connect(into.table, &QTableView::clicked, this,
            [this, &into](const QModelIndex& at) { wantCell(into, at.row(), at.column()); });
    column->addWidget(into.table, 1);
    return box;
}

// Columns that there is no room for are left out, the medians first.
void LeaderPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const int wide = width() / 3;
    for (Grouped* one : {&levels_, &stations_, &categories_}) {
        one->table->setColumnHidden(LeaderTableModel::feedbackColumn, wide < 620);
        one->table->setColumnHidden(LeaderTableModel::signForColumn, wide < 560);
        one->table->setColumnHidden(LeaderTableModel::openColumn, wide < 500);
    }
}

void LeaderPage::showTiles() {
    const Kpi &now = shown_->now.all, &before = shown_->before.all;
    const auto text = [](std::size_t number) { return QString::number(number); };
    const auto signedText = [](double change) {
        return QString::number(std::abs(change), 'f', change == std::floor(change) ? 0 : 1);
    };
    for (std::size_t i = 0; i < tiles_.size(); ++i) {
        auto& [pick, tile] = tiles_[i];
        if (i >= largeTiles) {
            tile->setFigure(text(figure(now, pick.what)));
            continue;
        }
        switch (pick.what) {
        case What::opened: {
            const double change = static_cast<double>(now.opened) - static_cast<double>(before.opened);
            tile->setFigure(text(now.opened), mark(change),
                            tr("%1 · before %2").arg(signedText(change)).arg(before.opened));
            break;
        }
        case What::open:
            tile->setFigure(text(now.open), {}, tr("and %1 from before").arg(before.open));
            break;
        case What::overdue:
            tile->setFigure(text(now.overdue), {}, tr("and %1 from before").arg(before.overdue), false,
                            now.overdue > 0);
            break;
        case What::closed: {
            const auto rate = onTime(now), then = onTime(before);
            const double change = rate && then ? std::round(1000 * (*rate - *then)) / 10 : 0;
            tile->setFigure(percent(rate), rate && then ? mark(change) : QString(),
                            rate && then ? tr("%1 · before %2").arg(signedText(change), percent(then))
                                         : tr("before %1").arg(percent(then)),
                            change < 0);
            break;
        }
        default: {
            const auto span = bucketsOf(now, pick.interval).median, then = bucketsOf(before, pick.interval).median;
            const auto words = [](const auto& median) {
                return median ? spanText(*median) : QStringLiteral("—");
            };
            const double change = span && then ? static_cast<double>((*span - *then).count()) : 0;
            tile->setFigure(words(span), span && then ? mark(change) : QString(),
                            span && then ? tr("%1 · before %2")
                                               .arg(spanText(std::chrono::seconds(
                                                        static_cast<std::int64_t>(std::abs(change)))),
                                                    words(then))
                                         : tr("before %1").arg(words(then)),
                            change > 0);
        }
        }
    }
}

} // namespace vedette::console
