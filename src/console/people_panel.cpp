// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/people_panel.h"

#include "console/latest.h"
#include "console/steady_table.h"
#include "console/wording.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>

namespace vedette::console {

using namespace dispatch;

PeoplePanel::PeoplePanel(Desk& desk, QWidget* parent)
    : QWidget(parent), desk_(desk), model_(new PeopleModel(this)), maker_(new Latest(this)) {
    setObjectName(QStringLiteral("peoplePanel"));
    setAccessibleName(tr("Who is on"));
    setAttribute(Qt::WA_StyledBackground);
    build();
    connect(&desk, &Desk::boardChanged, this, &PeoplePanel::refresh);
    connect(&desk, &Desk::scopeChanged, this, &PeoplePanel::make);
}

PeoplePanel::~PeoplePanel() {
    delete maker_;
}

void PeoplePanel::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(14, 6, 10, 6);
    headline_ = new QLabel(this);
    headline_->setObjectName(QStringLiteral("planHeadline"));
    auto* hint = new QLabel(tr("Enter: on the map · Esc: leave"), this);
    hint->setObjectName(QStringLiteral("caption"));
    filter_ = new QLineEdit(this);
    filter_->setObjectName(QStringLiteral("peopleFilter"));
    filter_->setPlaceholderText(tr("role, team, desk or name"));
    filter_->setAccessibleName(tr("Only those in whose row these words stand"));
    filter_->setFixedWidth(260);
    top->addWidget(headline_);
    top->addStretch(1);
    top->addWidget(hint);
    top->addSpacing(12);
    top->addWidget(filter_);
    column->addLayout(top);
    table_ = new SteadyTable([this](bool held) { model_->setFrozen(held); }, this);
    table_->setObjectName(QStringLiteral("people"));
    table_->setAccessibleName(tr("Units of the roster"));
    table_->setModel(model_);
    table_->setEmptyText(tr("Nobody. The roster comes from the columns shifts, team and breaks of [units]."));
    QHeaderView* header = table_->horizontalHeader();
    int section = 0;
    for (const int width : {190, 110, 260, 260, 130, 150})
        header->resizeSection(section++, width);
    header->setSectionResizeMode(PeopleModel::statusColumn, QHeaderView::Stretch);
    table_->setStyleSheet(QStringLiteral("QTableView::item { padding-left: 8px; }"));
    column->addWidget(table_, 1);
    setFocusProxy(filter_);
    later_.setSingleShot(true);
    connect(&later_, &QTimer::timeout, this, &PeoplePanel::make);
    filter_->installEventFilter(this);
    table_->installEventFilter(this);
    connect(filter_, &QLineEdit::textChanged, this, [this](const QString& text) {
        model_->setFrozen(false);
        model_->setFilter(text);
    });
    connect(table_, &SteadyTable::picked, this, [this](int row) { desk_.selectUnit(model_->row(row).id); });
    connect(table_, &SteadyTable::activatedRow, this,
            [this](int row) { emit unitPicked(model_->row(row).id); });
}

void PeoplePanel::showRoster(std::optional<Instant> at, const std::string& desk) {
    mode_ = Mode::roster;
    at_ = at, deskCode_ = desk;
    make();
}

bool PeoplePanel::showRoll(const std::string& id) {
    const auto rolls = desk_.state().rollCalls();
    if (rolls.empty())
        return false;
    mode_ = Mode::roll;
    roll_ = id.empty() ? rolls.back().called.id : id;
    make();
    return true;
}

QString PeoplePanel::headline() const {
    return headline_->text();
}

// A roll call is looked at as answers come in, the roster at most every other second.
void PeoplePanel::refresh() {
    constexpr int pause = 2000;
    if (mode_ == Mode::roll || (mode_ == Mode::roster && sinceMade_.elapsed() > pause))
        make();
    else if (mode_ == Mode::roster && !later_.isActive())
        later_.start(pause);
}

void PeoplePanel::make() {
    if (mode_ == Mode::none)
        return;
    sinceMade_.start();
    const State state = desk_.state();
    const Instant now = desk_.now();
    const bool live = desk_.live();
    const WhereOf where = [this, live, now](const UnitId& unit) {
        return live ? desk_.session().whereabouts(unit, now) : Whereabouts{};
    };
    if (mode_ == Mode::roll) {
        for (const RollCall& roll : state.rollCalls()) {
            if (roll.called.id != roll_)
                continue;
            const QString name = roll.called.name.empty() ? grouped(roll.called.scope) : q(roll.called.name);
            QString text = tr("Roll call %1 · %2 · %3 of %4 answered")
                               .arg(q(roll_), name)
                               .arg(roll.answers.size())
                               .arg(roll.called.units.size());
            const QString till = q(layers::clockLocal(roll.called.deadline, desk_.city().zone)).left(5);
            text += QStringLiteral(" · ") + (roll.closed ? tr("closed") : tr("till %1").arg(till));
            take(rollRows(roll, state, desk_.city(), where), text);
        }
        return;
    }
    const Instant at = at_.value_or(now);
    const std::string code = deskCode_.empty() ? desk_.scope().desk() : deskCode_;
    const QString name = code.empty() ? tr("whole city") : deskText(desk_.city(), code);
    maker_->run([this, state, at, code, where, name]() -> Latest::Delivery {
        const City& city = desk_.city();
        const RosterSheet sheet = rosterAt(state, at, city.zone, Scope(city, code));
        auto rows = rosterRows(sheet, city, where);
        std::size_t rest = 0, out = 0;
        for (const RosterRow& row : sheet.on) {
            rest += row.status == UnitStatus::onBreak;
            out += row.status == UnitStatus::outOfService;
        }
        const QString text = tr("Who is on · %1 · %2 · %3 on, %4 of them on break, %5 out of service")
                                 .arg(name, q(layers::isoLocal(at, city.zone)).mid(5, 11))
                                 .arg(sheet.on.size())
                                 .arg(rest)
                                 .arg(out);
        return [this, rows = std::move(rows), text] {
            if (mode_ == Mode::roster)
                take(rows, text);
        };
    });
}

void PeoplePanel::take(std::vector<PeopleRow> rows, const QString& headline) {
    headline_->setText(headline);
    model_->setRows(std::move(rows));
}

bool PeoplePanel::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape) {
            filter_->clear();
            emit leave();
            return true;
        }
        if (watched == filter_ && (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter)) {
            table_->setFocus(Qt::TabFocusReason);
            if (table_->selectedRow() < 0 && model_->rowCount() > 0)
                table_->setCurrentIndex(model_->index(0, 0));
            return true;
        }
    }
    // The window's own Esc comes after.
    if (event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace vedette::console
