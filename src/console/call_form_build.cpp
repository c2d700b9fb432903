// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/call_form.h"

#include "console/category.h"
#include "console/scrolled.h"
#include "console/wording.h"

#include <QComboBox>
#include <QCompleter>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

namespace vedette::console {

void CallForm::build() {
    auto* column = scrolledColumn(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(6);
    auto* title = new QLabel(tr("Take a call"), this);
    title->setObjectName(QStringLiteral("ticketTitle"));
    column->addWidget(title);
    const auto caption = [&](const QString& text, QWidget* of) {
        auto* label = new QLabel(text, this);
        label->setObjectName(QStringLiteral("caption"));
        label->setBuddy(qobject_cast<QWidget*>(of));
        column->addWidget(label);
        column->addWidget(of);
        of->setAccessibleName(text);
    };
    const auto edit = [&](const char* name, const QString& hint) {
        auto* made = new QLineEdit(this);
        made->setObjectName(QLatin1String(name));
        made->setPlaceholderText(hint);
        made->installEventFilter(this);
        return made;
    };
    const auto list = [&](const char* name) {
        auto* made = new QListWidget(this);
        made->setObjectName(QLatin1String(name));
        made->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        made->installEventFilter(this);
        made->hide();
        return made;
    };
    place_ = edit("callPlace", tr("name, pinyin, crossing, code or lon,lat"));
    caption(tr("Where"), place_);
    found_ = list("callFound");
    found_->setFocusPolicy(Qt::NoFocus);
    found_->setAccessibleName(tr("Places found"));
    column->addWidget(found_);
    areas_ = new QLabel(this);
    areas_->setObjectName(QStringLiteral("callAreas"));
    areas_->setWordWrap(true);
    column->addWidget(areas_);
    category_ = new QComboBox(this);
    category_->setObjectName(QStringLiteral("callCategory"));
    category_->setEditable(true);
    category_->setInsertPolicy(QComboBox::NoInsert);
    category_->setMaxVisibleItems(16);
    category_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    category_->setMinimumContentsLength(12); // a long name widens the list, not the panel
    category_->completer()->setFilterMode(Qt::MatchContains);
    category_->completer()->setCompletionMode(QCompleter::PopupCompletion);
    for (const dispatch::Duty& duty : desk_.city().duties)
        category_->addItem(categoryText(duty), q(duty.category));
    category_->setCurrentIndex(-1);
    category_->lineEdit()->setPlaceholderText(tr("code or a part of the name"));
    category_->installEventFilter(this);
    category_->lineEdit()->installEventFilter(this);
    caption(tr("What"), category_);
    duty_ = new QLabel(this);
    duty_->setObjectName(QStringLiteral("callDuty"));
    duty_->setWordWrap(true);
    column->addWidget(duty_);
    text_ = edit("callText", tr("what is said; Enter opens the ticket"));
    caption(tr("Words"), text_);
    auto* small = new QHBoxLayout;
    small->setSpacing(8);
    priority_ = new QComboBox(this);
    priority_->setObjectName(QStringLiteral("callPriority"));
    priority_->setAccessibleName(tr("Priority"));
    for (int i = 1; i <= 4; ++i)
        priority_->addItem(tr("priority %1").arg(i), i);
    source_ = new QComboBox(this);
    source_->setObjectName(QStringLiteral("callSource"));
    source_->setAccessibleName(tr("Source"));
    for (const char* source : {"110", "12345", "gridWorker", "sensor", "desk"})
        source_->addItem(Words::source(source), QLatin1String(source));
    for (QComboBox* box : {priority_, source_})
        box->installEventFilter(this);
    caller_ = edit("callCaller", tr("caller (private)"));
    caller_->setAccessibleName(tr("Caller"));
    small->addWidget(priority_);
    small->addWidget(source_);
    small->addWidget(caller_, 1);
    column->addSpacing(4);
    column->addLayout(small);
    sameTitle_ = new QLabel(tr("MAY BE THE SAME"), this);
    sameTitle_->setObjectName(QStringLiteral("heading"));
    sameTitle_->hide();
    column->addSpacing(4);
    column->addWidget(sameTitle_);
    same_ = list("callSame");
    same_->setAccessibleName(tr("Tickets that may be the same"));
    column->addWidget(same_);
    attach_ = new QPushButton(tr("It is the same: choose one above"), this);
    attach_->setObjectName(QStringLiteral("callAttach"));
    attach_->hide();
    column->addWidget(attach_);
    problem_ = new QLabel(this);
    problem_->setObjectName(QStringLiteral("ticketFlags"));
    problem_->setWordWrap(true);
    problem_->hide();
    column->addWidget(problem_);
    open_ = new QPushButton(tr("Open the ticket (Ctrl+Enter)"), this);
    open_->setObjectName(QStringLiteral("callOpen"));
    open_->setProperty("main", true);
    column->addSpacing(4);
    column->addWidget(open_);
    for (QPushButton* button : {open_, attach_})
        button->installEventFilter(this);
    column->addStretch(1);
    QWidget* const order[] = {place_, category_, text_, priority_, source_, caller_, same_, attach_, open_};
    for (std::size_t i = 0; i + 1 < std::size(order); ++i)
        setTabOrder(order[i], order[i + 1]);
}

} // namespace vedette::console
