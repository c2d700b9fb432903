// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ticket_panel.h"

#include "console/candidate_delegate.h"
#include "console/category.h"
#include "console/stage_strip.h"
#include "console/theme.h"
#include "console/wording.h"

#include <QCompleter>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QToolButton>
#include <QVBoxLayout>

namespace vedette::console {

namespace {

QLabel* label(const char* name, QWidget* parent) {
    auto* made = new QLabel(parent);
    made->setObjectName(QLatin1String(name));
    made->setWordWrap(true);
    return made;
}

} // namespace

void TicketPanel::build() {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    pages_ = new QStackedWidget(this);
    outer->addWidget(pages_);
    empty_ = label("emptyText", pages_);
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setMargin(32);
    empty_->setText(
        tr("No ticket is chosen.\n\nF2 takes the most urgent one that waits, F3 takes a call, a click on the "
           "map or in the queue shows any."));
    pages_->addWidget(empty_);

    auto* page = new QWidget(pages_);
    pages_->addWidget(page);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(16, 12, 16, 10);
    column->setSpacing(0);
    title_ = label("ticketTitle", page);
    sub_ = label("ticketSub", page);
    sub_->setTextFormat(Qt::RichText);
    words_ = label("ticketWords", page);
    words_->setTextFormat(Qt::PlainText);
    words_->setAccessibleName(tr("What the caller said"));
    flags_ = label("ticketFlags", page);
    marks_ = label("ticketMarks", page); // answers, reservations, hazard, sweep
    marks_->setTextFormat(Qt::PlainText);
    marks_->setAccessibleName(tr("What is still to be done"));
    stages_ = new StageStrip(page);
    deadline_ = new DeadlineBox(page);
    candidatesTitle_ = label("heading", page);
    candidatesTitle_->setWordWrap(false);
    list_ = new QListView(page);
    list_->setObjectName(QStringLiteral("candidates"));
    list_->setAccessibleName(tr("Who should go"));
    list_->setModel(model_);
    list_->setItemDelegate(new CandidateDelegate(list_));
    list_->setFrameShape(QFrame::NoFrame);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setResizeMode(QListView::Adjust);
    // As tall as its cards, those not taken too; the record takes what is left, and scrolls.
    list_->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    list_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    list_->installEventFilter(this);
    connect(list_, &QListView::doubleClicked, this, [this] { sendCurrent(false); });
    reasonsTitle_ = label("heading", page);
    reasonsTitle_->setWordWrap(true);
    reasonsTitle_->hide();
    reasons_ = new QListWidget(page);
    reasons_->setObjectName(QStringLiteral("overrideReasons"));
    reasons_->setAccessibleName(tr("Why not the first one"));
    reasons_->setFrameShape(QFrame::NoFrame);
    reasons_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    reasons_->setFont(textFont(13));
    reasons_->installEventFilter(this);
    reasons_->hide();
    connect(reasons_, &QListWidget::itemClicked, this,
            [this](QListWidgetItem* item) { endReasons(reasons_->row(item)); });
    cover_ = label("coverLine", page);
    cover_->hide();
    buildWay(page);
    deedBar_ = new QWidget(page);
    deedBar_->setObjectName(QStringLiteral("deedBar"));
    auto* bar = new QHBoxLayout(deedBar_);
    bar->setContentsMargins(0, 8, 0, 6);
    bar->setSpacing(6);
    prompt_ = new QLineEdit(page);
    prompt_->setObjectName(QStringLiteral("deedPrompt"));
    prompt_->hide();
    prompt_->installEventFilter(this);
    connect(prompt_, &QLineEdit::returnPressed, this, &TicketPanel::finishDeed);
    auto* recordTitle = label("heading", page);
    recordTitle->setText(tr("RECORD"));
    record_ = new QTextBrowser(page);
    record_->setObjectName(QStringLiteral("record"));
    record_->setAccessibleName(tr("Record of the ticket"));
    record_->setFrameShape(QFrame::NoFrame);
    record_->setFocusPolicy(Qt::ClickFocus);
    record_->setMinimumHeight(60);
    record_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);

    column->addWidget(title_);
    column->addSpacing(3);
    column->addWidget(sub_);
    column->addWidget(words_);
    column->addWidget(flags_);
    column->addWidget(marks_);
    column->addSpacing(8);
    column->addWidget(stages_);
    column->addSpacing(8);
    column->addWidget(deadline_);
    column->addSpacing(12);
    column->addWidget(candidatesTitle_);
    column->addSpacing(6);
    column->addWidget(list_);
    column->addWidget(reasonsTitle_);
    column->addWidget(reasons_);
    column->addWidget(cover_);
    column->addWidget(wayTitle_);
    column->addWidget(turns_);
    column->addWidget(deedBar_);
    column->addWidget(prompt_);
    column->addSpacing(8);
    column->addWidget(recordTitle);
    column->addSpacing(4);
    column->addWidget(record_, 1);
}

void TicketPanel::showDeeds() {
    const dispatch::Ticket* ticket = desk_.ticket();
    auto* bar = static_cast<QHBoxLayout*>(deedBar_->layout());
    // Buttons are made anew only when the deeds differ, so that focus on one survives a repaint.
    std::vector<DeedRow> deeds =
        ticket && desk_.live() ? deedsFor(*ticket, desk_.liveNow()) : std::vector<DeedRow>{};
    QString signature;
    for (const DeedRow& deed : deeds)
        signature += deed.name + (deed.front ? u'!' : u'.');
    if (deedBar_->property("deeds").toString() == signature)
        return;
    deedBar_->setProperty("deeds", signature);
    while (QLayoutItem* item = bar->takeAt(0)) {
        if (QWidget* held = item->widget()) {
            held->hide();
            held->deleteLater();
        }
        delete item;
    }
    if (deeds.empty())
        return;
    auto* more = new QPushButton(tr("More"), deedBar_);
    auto* menu = new QMenu(more);
    for (const DeedRow& deed : deeds) {
        QAction* action = menu->addAction(deed.name);
        action->setObjectName(QStringLiteral("deed.%1").arg(static_cast<int>(deed.deed)));
        connect(action, &QAction::triggered, this, [this, deed] { startDeed(deed); });
        if (!deed.front)
            continue;
        auto* button = new QPushButton(deed.name, deedBar_);
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QPushButton::clicked, this, [this, deed] { startDeed(deed); });
        bar->addWidget(button);
    }
    more->setObjectName(QStringLiteral("moreDeeds"));
    more->setMenu(menu);
    more->setFocusPolicy(Qt::TabFocus);
    bar->addWidget(more);
    bar->addStretch(1);
}

void TicketPanel::startDeed(const DeedRow& deed) {
    const dispatch::Ticket* ticket = desk_.ticket();
    if (!ticket)
        return;
    asking_ = deed;
    if (deed.ask.isEmpty()) {
        finishDeed();
        return;
    }
    prompt_->clear();
    prompt_->setPlaceholderText(deed.ask + QStringLiteral("   ") + tr("Enter does it, Esc gives up"));
    prompt_->setAccessibleName(deed.ask);
    QCompleter* completer = nullptr;
    if (deed.deed == TicketDeed::reclassify) {
        completer = new QCompleter(categoryTexts(desk_.city().duties), prompt_);
        completer->setFilterMode(Qt::MatchContains);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
    }
    prompt_->setCompleter(completer); // the old one goes with it
    prompt_->show();
    prompt_->setFocus(Qt::ShortcutFocusReason);
}

void TicketPanel::finishDeed() {
    const dispatch::Ticket* ticket = desk_.ticket();
    if (!asking_ || !ticket)
        return;
    const QString text = asking_->ask.isEmpty() ? QString() : prompt_->text();
    if (asking_->needsText && text.trimmed().isEmpty())
        return;
    auto command = commandOf(desk_.session(), asking_->deed, *ticket, chosenOnIt(), text, desk_.liveNow());
    if (asking_->deed == TicketDeed::reclassify) {
        const auto category = categoryTyped(desk_.city().duties, text);
        if (!category) {
            desk_.tell(say({"categoryUnknown", {{"category", s(text.trimmed())}}}), Desk::Tone::refused);
            return;
        }
        command = dispatch::reclassified(desk_.session(), *ticket, *category);
    }
    if (!command) {
        desk_.tell(say(deedLacks(asking_->deed)), Desk::Tone::refused);
        return;
    }
    QString done = asking_->name;
    done.remove(u'&');
    desk_.submit(*command, q(dispatch::toString(ticket->id)) + QStringLiteral(": ") + done,
                 [this](const dispatch::Outcome& outcome) {
                     if (outcome.ok())
                         endPrompt();
                 });
}

void TicketPanel::endPrompt() {
    asking_.reset();
    if (!prompt_->isVisible())
        return;
    const bool had = prompt_->hasFocus();
    prompt_->hide();
    if (had)
        setFocus(Qt::OtherFocusReason);
}

void TicketPanel::keyPressEvent(QKeyEvent* event) {
    // A line edit passes Enter on after it has acted on it.
    if (prompt_->hasFocus())
        return;
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        focusBest();
    else if (event->key() == Qt::Key_Escape)
        emit leave();
    else if (event->key() == Qt::Key_Down)
        focusBest();
    else
        QWidget::keyPressEvent(event);
}

bool TicketPanel::eventFilter(QObject* watched, QEvent* event) {
    // Esc gives up what is being typed; the window's own Esc comes after.
    if ((watched == prompt_ || watched == reasons_) && event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (watched == reasons_) {
            if (key >= Qt::Key_1 && key <= Qt::Key_9)
                endReasons(key - Qt::Key_1);
            else if (key == Qt::Key_Return || key == Qt::Key_Enter)
                endReasons(reasons_->currentRow());
            else if (key == Qt::Key_Escape)
                endReasons(-1);
            else
                return false;
            return true;
        }
        if (watched == list_ && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
            sendCurrent(static_cast<QKeyEvent*>(event)->modifiers() & Qt::ControlModifier);
            return true;
        }
        if (watched == turns_ && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
            chooseTurn();
            return true;
        }
        if (watched == wayTitle_ && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
            wayTitle_->toggle();
            return true;
        }
        if (key == Qt::Key_Escape) {
            if (watched == prompt_)
                endPrompt();
            else
                emit leave();
            return true;
        }
        if (watched == list_ && key == Qt::Key_Backspace) {
            event->ignore();
            return true;
        }
    }
    if (watched == list_ && event->type() == QEvent::FocusOut)
        QMetaObject::invokeMethod(
            this, [this] { showCandidates(); }, Qt::QueuedConnection);
    return QWidget::eventFilter(watched, event);
}

void TicketPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange && record_)
        showRecord();
    QWidget::changeEvent(event);
}

} // namespace vedette::console
