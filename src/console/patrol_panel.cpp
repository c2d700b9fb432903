// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/patrol_panel.h"

#include "console/latest.h"
#include "console/refusal.h"
#include "console/steady_table.h"
#include "console/wording.h"
#include "dispatch/area_middle.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace vedette::console {

using namespace dispatch;

PatrolPanel::PatrolPanel(Desk& desk, QWidget* parent)
    : QWidget(parent), desk_(desk), model_(new PatrolModel(this)), maker_(new Latest(this)) {
    setObjectName(QStringLiteral("patrolPanel"));
    setAccessibleName(tr("Patrols"));
    setAttribute(Qt::WA_StyledBackground);
    build();
    again_.setInterval(20'000);
    connect(&again_, &QTimer::timeout, this, [this] {
        if (open_ && toSend_.empty() && !maker_->busy())
            make(false);
    });
    connect(&desk, &Desk::liveChanged, this, [this](bool live) {
        if (open_ && !live)
            emit leave();
    });
    connect(&desk, &Desk::scopeChanged, this, [this] {
        if (open_)
            make(true);
    });
}

PatrolPanel::~PatrolPanel() {
    cancel_ = true;
    delete maker_;
}

void PatrolPanel::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(14, 6, 10, 6);
    headline_ = new QLabel(this);
    headline_->setObjectName(QStringLiteral("planHeadline"));
    hint_ = new QLabel(tr("Space: in or out · Enter: accept · Esc: leave"), this);
    hint_->setObjectName(QStringLiteral("caption"));
    anew_ = new QPushButton(tr("Propose anew"), this);
    all_ = new QPushButton(tr("A&ll or none"), this);
    accept_ = new QPushButton(this);
    accept_->setObjectName(QStringLiteral("patrolAccept"));
    accept_->setProperty("main", true);
    top->addWidget(headline_);
    top->addStretch(1);
    top->addWidget(hint_);
    top->addSpacing(12);
    for (QPushButton* button : {anew_, all_, accept_}) {
        button->setFocusPolicy(Qt::TabFocus);
        top->addWidget(button);
    }
    column->addLayout(top);
    table_ = new SteadyTable([this](bool held) { model_->setFrozen(held); }, this);
    table_->setObjectName(QStringLiteral("patrols"));
    table_->setAccessibleName(tr("Patrols, those that go on first"));
    table_->setModel(model_);
    QHeaderView* header = table_->horizontalHeader();
    int section = 0;
    for (const int width : {120, 190, 150, 110, 90, 110, 500})
        header->resizeSection(section++, width);
    header->setSectionResizeMode(PatrolModel::whyColumn, QHeaderView::Stretch);
    column->addWidget(table_, 1);
    setFocusProxy(table_);
    table_->installEventFilter(this);
    connect(table_, &SteadyTable::picked, this, [this](int row) {
        if (const auto area = desk_.city().areas.byCode(model_->row(row).patrol.area))
            emit areaPicked(areaMiddle(desk_.city().areas, *area));
    });
    connect(accept_, &QPushButton::clicked, this, &PatrolPanel::accept);
    connect(anew_, &QPushButton::clicked, this, [this] { make(true); });
    connect(all_, &QPushButton::clicked, this, [this] {
        none_ = !none_;
        model_->checkAll(none_);
    });
    const auto count = [this] {
        const std::size_t many = model_->checked().size();
        accept_->setText(tr("Accept %1").arg(many));
        accept_->setEnabled(many > 0 && toSend_.empty() && desk_.writable());
    };
    connect(model_, &QAbstractItemModel::dataChanged, this, count);
    connect(model_, &QAbstractItemModel::rowsInserted, this, count);
    connect(model_, &QAbstractItemModel::rowsRemoved, this, count);
    count();
}

void PatrolPanel::begin() {
    open_ = true;
    again_.start();
    make(true);
}

void PatrolPanel::end() {
    open_ = false;
    again_.stop();
    toSend_.clear();
    emit changed();
}

bool PatrolPanel::busy() const {
    return open_ && (maker_->busy() || !toSend_.empty());
}

// Surface, plan and coverage on the worker; what stands comes from the newest state.
void PatrolPanel::make(bool propose) {
    if (propose)
        headline_->setText(tr("planning …"));
    struct Made {
        std::optional<PatrolPlan> plan;
        std::vector<PatrolPlanned> standing;
        std::vector<PatrolCoverage> coverage;
        QString note;
    };
    const Instant now = desk_.liveNow();
    maker_->run([this, propose, now, scope = desk_.scope()]() -> Latest::Delivery {
        auto made = std::make_shared<Made>();
        const City& city = desk_.city();
        if (propose && !surface_)
            if (auto surface = patrolSurface(city, &cancel_))
                surface_ = std::make_shared<const layers::HeatSurface>(std::move(*surface));
        if (propose && surface_) {
            const Instant till = now + city.workspace.patrol.every;
            auto areas = patrolAreas(city, *surface_, scope);
            // What is patrolled already isn't proposed a second time.
            std::set<std::string> patrolled;
            for (const PatrolPlanned& patrol : desk_.session().state().patrols())
                if (patrol.till > now)
                    patrolled.insert(patrol.area);
            std::erase_if(areas, [&](const PatrolArea& area) { return patrolled.contains(area.code); });
            made->plan = planPatrols(city, std::move(areas), patrolUnits(desk_.session(), scope, now, till), now, till);
        } else if (propose) {
            made->note = say({"patrolNoHistory"});
        }
        Instant first = now;
        for (const PatrolPlanned& patrol : desk_.session().state().patrols())
            if (patrol.till > now - std::chrono::hours(2)) {
                made->standing.push_back(patrol);
                first = std::min(first, patrol.from);
            }
        if (first < now)
            if (const auto tracks = TrackLog::open(city.workspace.folder / "tracks", true))
                made->coverage =
                    patrolCoverage(*tracks.value(), made->standing, first, now, city.workspace.patrol.gap);
        return [this, made] {
            if (!open_)
                return;
            if (made->plan)
                plan_ = std::move(*made->plan);
            note_ = made->note;
            rows_.clear();
            for (std::size_t i = 0; i < made->standing.size(); ++i) {
                PatrolRow row;
                row.patrol = made->standing[i];
                row.key = row.patrol.id;
                if (i < made->coverage.size() && made->coverage[i].till > made->coverage[i].from)
                    row.coverage = made->coverage[i];
                rows_.push_back(std::move(row));
            }
            for (const PatrolLine& line : plan_.lines) {
                PatrolRow row;
                row.patrol = line.patrol, row.key = "+" + line.patrol.area, row.proposed = true;
                QStringList why;
                for (const Message& message : line.why)
                    why << say(message);
                row.why = why.join(QStringLiteral(" · "));
                rows_.push_back(std::move(row));
            }
            showRows();
        };
    });
}

void PatrolPanel::showRows() {
    const layers::TimeZone& zone = desk_.city().zone;
    std::size_t standing = 0;
    for (PatrolRow& row : rows_) {
        QStringList units;
        for (const UnitId& id : row.patrol.units) {
            const UnitRecord* unit = desk_.state().unit(id);
            units << (unit && !unit->facts->name.empty() ? q(id.text) + u' ' + q(unit->facts->name) : q(id.text));
        }
        row.units = units.join(QStringLiteral(", "));
        row.when = q(layers::clockLocal(row.patrol.from, zone)).left(5) + u'–' +
                   q(layers::clockLocal(row.patrol.till, zone)).left(5);
        standing += !row.proposed;
        if (row.coverage) {
            const auto minutes = [](std::chrono::milliseconds span) {
                return std::chrono::duration_cast<std::chrono::minutes>(span).count();
            };
            row.why = tr("%1 min unknown · longest gap %2 min · anybody: %3 visits, %4 min")
                          .arg(minutes(row.coverage->planned.unknown))
                          .arg(minutes(row.coverage->planned.longestGap))
                          .arg(row.coverage->anybody.visits)
                          .arg(minutes(row.coverage->anybody.present));
        } else if (!row.proposed) {
            row.why = tr("has not begun");
        }
    }
    model_->setRows(rows_);
    table_->setEmptyText(note_.isEmpty() ? tr("No unit is free to patrol, or nothing is left without one.") : note_);
    headline_->setText(tr("%1 patrols · %2 proposed · %3 areas without one")
                           .arg(standing)
                           .arg(plan_.lines.size())
                           .arg(plan_.unserved.size()));
    emit changed();
}

void PatrolPanel::accept() {
    if (!toSend_.empty())
        return;
    toSend_ = model_->checked();
    std::reverse(toSend_.begin(), toSend_.end());
    sent_ = refused_ = 0;
    if (!toSend_.empty())
        sendNext();
}

// One after the other: a line that no longer holds is refused alone.
void PatrolPanel::sendNext() {
    if (toSend_.empty()) {
        desk_.tell(refused_ ? tr("%1 sent, %2 refused").arg(sent_).arg(refused_) : tr("%1 sent").arg(sent_),
                   refused_ ? Desk::Tone::refused : Desk::Tone::good);
        if (open_)
            make(true);
        return;
    }
    const std::string key = toSend_.back();
    toSend_.pop_back();
    const auto line = std::ranges::find_if(plan_.lines, [&](const PatrolLine& one) { return "+" + one.patrol.area == key; });
    if (line == plan_.lines.end())
        return sendNext();
    desk_.submit(PlanPatrol{line->patrol}, {}, [this](const Outcome& outcome) {
        ++(outcome.ok() ? sent_ : refused_);
        sendNext();
    });
}

bool PatrolPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == table_ && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier) {
            const QModelIndex at = model_->index(std::max(0, table_->selectedRow()), PatrolModel::tierColumn);
            if (at.isValid())
                model_->setData(at,
                                at.data(Qt::CheckStateRole).toInt() == Qt::Checked ? Qt::Unchecked : Qt::Checked,
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
