// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/call_form.h"

#include "console/latest.h"
#include "console/wording.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

#include <cmath>

namespace vedette::console {

using namespace dispatch;

namespace {

// As high as its rows, `most` of them at most.
int rowsHigh(const QListWidget& list, int most) {
    return std::clamp(list.count(), 1, most) * std::max(24, list.sizeHintForRow(0)) + 2 * list.frameWidth() +
           2;
}

} // namespace

CallForm::CallForm(Desk& desk, QWidget* parent)
    : QWidget(parent), desk_(desk), finder_(new Latest(this)), judge_(new Latest(this)) {
    setObjectName(QStringLiteral("callForm"));
    setAttribute(Qt::WA_StyledBackground);
    build();
    connect(place_, &QLineEdit::textEdited, this, &CallForm::searchPlace);
    connect(found_, &QListWidget::itemClicked, this,
            [this](QListWidgetItem* item) { takePlace(found_->row(item)); });
    connect(category_, &QComboBox::currentIndexChanged, this, [this] {
        if (quiet_)
            return;
        for (const Duty& duty : desk_.city().duties)
            if (duty.category == category())
                priority_->setCurrentIndex(std::clamp(duty.priority, 1, 4) - 1);
        refresh();
    });
    // While the list of completions is open, Enter reaches the line past every event filter.
    connect(category_->lineEdit(), &QLineEdit::returnPressed, this, &CallForm::takeCategory);
    connect(open_, &QPushButton::clicked, this, [this] { open(false); });
    connect(attach_, &QPushButton::clicked, this, &CallForm::attach);
    connect(same_, &QListWidget::currentRowChanged, this, [this](int row) {
        const bool chosen = row >= 0 && row < static_cast<int>(duplicates_.size());
        attach_->setEnabled(chosen);
        attach_->setText(chosen ? tr("It is %1: add to its call log (Enter)")
                                      .arg(q(toString(duplicates_[static_cast<std::size_t>(row)].ticket)))
                                : tr("It is the same: choose one above"));
    });
}

CallForm::~CallForm() {
    delete finder_;
    delete judge_;
}

void CallForm::begin(std::optional<layers::Point> at) {
    quiet_ = true;
    for (QLineEdit* edit : {place_, caller_, text_})
        edit->clear();
    category_->setCurrentIndex(-1);
    category_->clearEditText();
    priority_->setCurrentIndex(2);
    source_->setCurrentIndex(0);
    quiet_ = false;
    found_->clear();
    found_->hide();
    places_.clear();
    duplicates_.clear();
    at_.reset();
    problem_->hide();
    opening_ = false;
    if (at)
        placeAt(*at);
    refresh();
    (at ? static_cast<QWidget*>(category_) : place_)->setFocus(Qt::ShortcutFocusReason);
}

void CallForm::placeAt(layers::Point at) {
    const layers::Gazetteer* places = desk_.city().gazetteer.ready();
    const auto near = places ? places->nearest(at) : std::nullopt;
    const LonLat degrees = desk_.city().crs.toLonLat(at);
    setPlace(degrees, near ? q(near->name)
                           : QStringLiteral("%1,%2").arg(degrees.lon, 0, 'f', 5).arg(degrees.lat, 0, 'f', 5));
    found_->hide();
}

void CallForm::searchPlace(const QString& text) {
    at_.reset();
    emit markerMoved(std::nullopt);
    refresh();
    if (text.trimmed().isEmpty()) {
        found_->hide();
        return;
    }
    if (!desk_.city().gazetteer.ready()) {
        places_.clear();
        found_->clear();
        found_->addItem(say({"placesNotRead"}));
        found_->setFixedHeight(rowsHigh(*found_, 1));
        found_->show();
    }
    finder_->run([this, text = s(text.trimmed()), city = desk_.session().city()]() -> Latest::Delivery {
        auto places = city->gazetteer->search(text, 6);
        return [this, places, text] {
            if (s(place_->text().trimmed()) != text || at_)
                return;
            places_ = places;
            found_->clear();
            for (const layers::Place& place : places_)
                found_->addItem(q(place.name) +
                                (place.detail.empty() ? QString() : QStringLiteral("   ") + q(place.detail)));
            if (places_.empty())
                found_->addItem(tr("no such place; a click on the map names one too"));
            found_->setFixedHeight(rowsHigh(*found_, 6));
            found_->setCurrentRow(0);
            found_->show();
        };
    });
}

void CallForm::takePlace(int row) {
    if (row < 0 || row >= static_cast<int>(places_.size()))
        return;
    const layers::Place& place = places_[static_cast<std::size_t>(row)];
    setPlace(desk_.city().crs.toLonLat(place.at), q(place.name));
    found_->hide();
    category_->setFocus(Qt::TabFocusReason);
    category_->lineEdit()->selectAll();
}

void CallForm::takeCategory() {
    if (const int index = category_->findData(q(category())); index >= 0)
        category_->setCurrentIndex(index);
    refresh();
    text_->setFocus();
}

void CallForm::setPlace(LonLat at, const QString& words) {
    at_ = at;
    place_->setText(words);
    emit markerMoved(desk_.city().crs.toWorking(at));
    refresh();
}

std::string CallForm::category() const {
    const QString typed = category_->currentText().trimmed();
    const int index = category_->findText(typed, Qt::MatchFixedString);
    if (index >= 0)
        return s(category_->itemData(index).toString());
    for (int i = 0; i < category_->count(); ++i)
        if (category_->itemData(i).toString().compare(typed, Qt::CaseInsensitive) == 0)
            return s(category_->itemData(i).toString());
    if (!typed.isEmpty())
        for (int i = 0; i < category_->count(); ++i)
            if (category_->itemText(i).contains(typed, Qt::CaseInsensitive))
                return s(category_->itemData(i).toString());
    return s(typed);
}

IncidentFacts CallForm::facts() const {
    IncidentFacts facts;
    facts.at = at_.value_or(LonLat{});
    facts.category = category();
    facts.priority = priority_->currentIndex() + 1;
    facts.source = s(source_->currentData().toString());
    facts.place = s(place_->text().trimmed());
    facts.caller = s(caller_->text().trimmed());
    facts.text = s(text_->text().trimmed());
    facts.happenedAt = desk_.liveNow();
    return facts;
}

void CallForm::refresh() {
    if (!at_) {
        areas_->setText(tr("no place yet"));
        duty_->clear();
        duplicates_.clear();
        same_->clear();
        same_->hide();
        sameTitle_->hide();
        attach_->hide();
        return;
    }
    const City& city = desk_.city();
    QStringList areas;
    for (const auto index : city.areas.at(city.crs.toWorking(*at_)))
        if (areas.size() < 4)
            areas << Words::oneArea(city.areas[index].kind) + u' ' + areaText(city, city.areas[index].code);
    areas_->setText(areas.isEmpty() ? tr("outside every area of this city") : areas.join(u'\n'));
    const OpenTicket resolved = desk_.session().resolve(facts());
    const Duty& duty = resolved.duty;
    duty_->setText(category().empty() ? QString()
                                      : tr("duty %1 · %2 leads · accept %3, arrive %4, finish %5 min")
                                            .arg(q(duty.category), Words::role(duty.lead))
                                            .arg(duty.accept.count())
                                            .arg(duty.arrive.count())
                                            .arg(duty.finish.count()));
    judge_->run([this, facts = facts()]() -> Latest::Delivery {
        auto found = desk_.session().duplicates(facts);
        return [this, found] {
            if (!at_)
                return;
            duplicates_ = found;
            same_->clear();
            for (const auto& duplicate : duplicates_) {
                const Ticket* ticket = desk_.state().ticket(duplicate.ticket);
                same_->addItem(tr("%1 %2 · %3 away · %4 ago")
                                   .arg(q(toString(duplicate.ticket)), ticket ? whatText(*ticket) : QString(),
                                        Words::metres(duplicate.metres), Words::age(duplicate.apart)));
            }
            const bool any = !duplicates_.empty();
            same_->setFixedHeight(rowsHigh(*same_, 5));
            for (QWidget* widget : {static_cast<QWidget*>(same_), static_cast<QWidget*>(sameTitle_),
                                    static_cast<QWidget*>(attach_)})
                widget->setVisible(any);
            attach_->setEnabled(same_->currentRow() >= 0);
            open_->setText(any ? tr("Open, kept apart (Ctrl+Enter)") : tr("Open the ticket (Ctrl+Enter)"));
        };
    });
}

void CallForm::open(bool unsorted) {
    if (opening_)
        return;
    if (!at_ || (category().empty() && !unsorted)) {
        problem_->setText(!at_ ? tr("Where is it? Choose a place, or click on the map.")
                               : tr("What is it? Choose a category."));
        problem_->show();
        (!at_ ? static_cast<QWidget*>(place_) : category_)->setFocus();
        return;
    }
    // A city without a catalogue takes any word.
    if (const QString typed = q(category()); typed != QStringLiteral("unsorted") && !typed.isEmpty() &&
                                             category_->count() > 0 && category_->findData(typed) < 0) {
        problem_->setText(say({"categoryUnknown", {{"category", s(typed)}}}));
        problem_->show();
        category_->setFocus();
        return;
    }
    problem_->hide();
    opening_ = true;
    IncidentFacts said = facts();
    if (said.category.empty())
        said.category = "unsorted"; // somebody must go before anybody knows what it is
    OpenTicket command = desk_.session().resolve(said);
    command.incident.priority = priority_->currentIndex() + 1;
    const auto apart = duplicates_;
    desk_.submit(command, tr("opened"), [this, apart](const Outcome& outcome) {
        opening_ = false;
        if (!outcome.ok())
            return;
        for (const Event& event : outcome.events)
            if (const auto* made = std::get_if<TicketOpened>(&event.payload)) {
                for (const auto& other : apart)
                    desk_.submit(JudgeDuplicate{made->ticket, other.ticket, true});
                emit opened(made->ticket);
                return;
            }
    });
}

void CallForm::attach() {
    const int row = same_->currentRow();
    if (row < 0 || row >= static_cast<int>(duplicates_.size()))
        return;
    const TicketId ticket = duplicates_[static_cast<std::size_t>(row)].ticket;
    const IncidentFacts said = facts();
    std::string text = said.text;
    if (!said.caller.empty())
        text = said.caller + ": " + text;
    if (text.empty())
        text = s(tr("another call about the same, %1").arg(q(said.place)));
    desk_.submit(AddEntry{ticket, EntryKind::call, text, {}}, tr("added to %1").arg(q(toString(ticket))),
                 [this, ticket](const Outcome& outcome) {
                     if (outcome.ok())
                         emit attached(ticket);
                 });
}

bool CallForm::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    auto* key = static_cast<QKeyEvent*>(event);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (key->key() == Qt::Key_Escape) {
        emit leave();
        return true;
    }
    if (enter && key->modifiers() & Qt::ControlModifier) {
        open(true);
        return true;
    }
    if (watched == place_ && (key->key() == Qt::Key_Down || key->key() == Qt::Key_Up) &&
        found_->isVisible()) {
        const int to = found_->currentRow() + (key->key() == Qt::Key_Down ? 1 : -1);
        found_->setCurrentRow(std::clamp(to, 0, found_->count() - 1));
        return true;
    }
    if (!enter)
        return QWidget::eventFilter(watched, event);
    if (watched == place_) {
        if (const auto typed = place_->text().split(u','); typed.size() == 2) {
            bool lon = false, lat = false;
            const LonLat at{typed[0].toDouble(&lon), typed[1].toDouble(&lat)};
            if (lon && lat && std::abs(at.lon) <= 180 && std::abs(at.lat) <= 90) {
                setPlace(at, place_->text());
                found_->hide();
                category_->setFocus();
                return true;
            }
        }
        if (at_)
            category_->setFocus();
        else if (found_->isVisible())
            takePlace(found_->currentRow());
        else if (const layers::Gazetteer* gazetteer = desk_.city().gazetteer.ready()) {
            // Enter came before the worker's answer.
            if (const auto found = gazetteer->search(s(place_->text().trimmed()), 6); !found.empty()) {
                places_ = found;
                takePlace(0);
            }
        }
        return true;
    }
    if (watched == category_ || watched == category_->lineEdit()) {
        takeCategory();
        return true;
    }
    if (watched == text_) {
        open(false);
        return true;
    }
    if (watched == same_) {
        attach();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace vedette::console
