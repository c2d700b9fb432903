// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/figures_view.h"

#include "console/area_tints.h"
#include "console/latest.h"
#include "console/steady_table.h"
#include "console/wording.h"

#include <QComboBox>
#include <QDateEdit>
#include <QHeaderView>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

namespace vedette::console {

namespace {
constexpr int rightBefore = 0, yearBefore = 1, ownBegin = 2, nothing = 3;
}

FiguresView::FiguresView(Desk& desk, QWidget* parent)
    : QWidget(parent), desk_(desk), maker_(new Latest(this)), writer_(new Latest(this)), model_(new FiguresModel(this)),
      sorted_(new QSortFilterProxyModel(this)) {
    setObjectName(QStringLiteral("figuresView"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 6, 0, 0);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(6, 0, 6, 0);
    kind_ = new QComboBox(this);
    kind_->setObjectName(QStringLiteral("figuresPer"));
    kind_->setAccessibleName(tr("Per which area"));
    for (const layers::AreaKind kind : kindsOf(desk.city()))
        kind_->addItem(Words::areaKind(kind), static_cast<int>(kind));
    against_ = new QComboBox(this);
    against_->setObjectName(QStringLiteral("figuresAgainst"));
    against_->setAccessibleName(tr("Compared with"));
    against_->addItem(tr("against as long right before"), rightBefore);
    against_->addItem(tr("against the same a year before"), yearBefore);
    against_->addItem(tr("against as long, beginning …"), ownBegin);
    against_->addItem(tr("compared with nothing"), nothing);
    begins_ = new QDateEdit(this);
    begins_->setObjectName(QStringLiteral("figuresBegins"));
    begins_->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    begins_->hide();
    note_ = new QLabel(this);
    note_->setObjectName(QStringLiteral("caption"));
    row->addWidget(kind_, 1);
    row->addWidget(against_, 2);
    row->addWidget(begins_);
    row->addWidget(note_, 2);
    column->addLayout(row);
    sorted_->setSourceModel(model_);
    sorted_->setSortRole(FiguresModel::sortRole);
    table_ = new SteadyTable([](bool) {}, this);
    table_->setObjectName(QStringLiteral("figures"));
    table_->setAccessibleName(tr("Figures per area"));
    table_->setModel(sorted_);
    table_->setSortingEnabled(true);
    table_->sortByColumn(FiguresModel::zColumn, Qt::DescendingOrder);
    table_->setEmptyText(tr("No figures: they need a history ([incidents]) and areas in workspace.toml."));
    QHeaderView* header = table_->horizontalHeader();
    header->setSectionsClickable(true);
    header->setMinimumSectionSize(34);
    int section = 0;
    for (const int width : {220, 52, 72, 74, 58, 58, 60, 58, 64, 56})
        header->resizeSection(section++, width);
    header->setSectionResizeMode(FiguresModel::areaColumn, QHeaderView::Stretch);
    column->addWidget(table_, 1);
    setFocusProxy(table_);
    const auto picked = [this](int at) {
        emit areaPicked(model_->area(sorted_->mapToSource(sorted_->index(at, 0)).row()));
    };
    connect(table_, &SteadyTable::picked, this, picked);
    connect(table_, &SteadyTable::activatedRow, this, picked);
    const auto again = [this] {
        const bool own = against_->currentData().toInt() == ownBegin;
        if (own && !begins_->isVisible()) { // begins where the comparison stood
            const auto past = pastOf(desk_.city(), choice_);
            const auto local = desk_.city().zone.local(past.from - (past.till - past.from));
            const QSignalBlocker quiet(begins_);
            begins_->setDate({local.year, local.month, local.day});
        }
        begins_->setVisible(own);
        countedOf_.reset();
        count();
    };
    connect(kind_, &QComboBox::currentIndexChanged, this, again);
    connect(against_, &QComboBox::currentIndexChanged, this, again);
    connect(begins_, &QDateEdit::dateChanged, this, again);
}

FiguresView::~FiguresView() {
    delete maker_;
    delete writer_;
}

bool FiguresView::busy() const {
    return maker_->busy();
}

void FiguresView::setChoice(const HeatChoice& choice) {
    choice_ = choice;
    count();
}

void FiguresView::choose(const std::vector<layers::AreaIndex>& areas) {
    for (const layers::AreaIndex area : areas)
        if (const int row = model_->rowOf(area); row >= 0) {
            const QModelIndex at = sorted_->mapFromSource(model_->index(row, 0));
            table_->selectQuietly(at.row());
            table_->scrollTo(at);
            return;
        }
}

dispatch::StatisticsAsk FiguresView::ask() const {
    const dispatch::City& city = desk_.city();
    const dispatch::PastChoice past = pastOf(city, choice_);
    dispatch::StatisticsAsk ask;
    ask.kind = static_cast<layers::AreaKind>(kind_->currentData().toInt());
    ask.from = past.from, ask.till = past.till;
    ask.category = past.category, ask.hours = past.hours;
    const auto length = past.till - past.from;
    const auto against = against_->currentData().toInt();
    if (against == rightBefore)
        ask.beforeFrom = past.from - length;
    else if (against == yearBefore) // whole weeks: as many Mondays
        ask.beforeFrom = past.from - std::chrono::hours(24 * 364);
    else if (against == ownBegin) {
        const QDate day = begins_->date();
        ask.beforeFrom = city.zone.instant({day.year(), day.month(), day.day(), 0, 0, 0, 0, 0});
    }
    // Days that nobody wrote down aren't quiet days.
    const bool known = !city.history->empty() && city.history->at(0) <= ask.beforeFrom;
    if (against == nothing || !known)
        ask.beforeFrom = ask.beforeTill = {};
    else
        ask.beforeTill = ask.beforeFrom + length;
    return ask;
}

void FiguresView::count() {
    HeatChoice asked = choice_; // how a surface is made is nothing to a count
    asked.bandwidthMetres = 0, asked.scaleMax = 0, asked.scaleFixed = false, asked.bySeverity = false;
    asked.halfLifeDays = 0, asked.kernel = layers::Kernel::quartic;
    if (kind_->count() == 0 || desk_.city().workspace.incidents.empty() || countedOf_ == asked)
        return;
    countedOf_ = asked;
    note_->setText(tr("being counted …"));
    maker_->run([this, city = desk_.session().city(), ask = ask(),
                 wanted = against_->currentData().toInt() != nothing]() -> Latest::Delivery {
        auto made = std::make_shared<dispatch::AreaStatistics>(areaStatistics(*city, ask));
        return [this, city, made, wanted] {
            QStringList words{tr("%1 incidents").arg(made->incidents)};
            if (made->outside > 0)
                words << tr("%1 in no area").arg(made->outside);
            if (wanted && !(made->daysBefore > 0))
                words << tr("the history doesn't reach back to compare");
            note_->setText(words.join(QStringLiteral(" · ")));
            model_->setFigures(city, std::move(*made));
            emit counted();
        };
    });
}

void FiguresView::exportTo(const QString& file) {
    writer_->run([this, file, city = desk_.session().city(), statistics = model_->statistics(),
                  kind = static_cast<layers::AreaKind>(kind_->currentData().toInt())]() -> Latest::Delivery {
        layers::ExportSettings settings;
        settings.workingCrs = city->workspace.crs;
        const auto done =
            layers::exportTable(statisticsTable(*city, kind, statistics), settings, std::filesystem::path(s(file)));
        return [this, file, done] {
            if (!done)
                desk_.tell(say(done.problem().message), Desk::Tone::refused);
            else
                desk_.tell(tr("%1 areas written to %2").arg(done.value().features).arg(file), Desk::Tone::good);
            emit written(done.ok());
        };
    });
}

} // namespace vedette::console
