// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/command_bar.h"

#include "console/line_actions.h"
#include "console/theme.h"
#include "console/ticket_actions.h"
#include "console/wording.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>

namespace vedette::console {

CommandEdit::CommandEdit(QWidget* parent) : QLineEdit(parent) {
    setObjectName(QStringLiteral("commandLine"));
    setFont(codeFont(13));
    setPlaceholderText(tr("a T1042 U0322    n 03.2 @place text    go T1042    help"));
    setAccessibleName(tr("Command bar"));
}

void CommandEdit::setHint(const QString& hint, bool wrong) {
    hint_ = hint, wrong_ = wrong;
    setAccessibleDescription(hint);
    update();
}

void CommandEdit::remember(const QString& line) {
    if (history_.isEmpty() || history_.back() != line)
        history_ << line;
    historyAt_ = history_.size();
}

bool CommandEdit::event(QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Tab || key->key() == Qt::Key_Backtab) {
            completeNext(key->key() == Qt::Key_Backtab);
            return true;
        }
    }
    return QLineEdit::event(event);
}

void CommandEdit::completeNext(bool back) {
    if (offeredAt_ < 0) {
        const std::string typed = s(text());
        stem_ = q(typed.substr(0, wordStart(typed)));
        offered_.clear();
        for (const std::string& word : complete ? complete(text()) : std::vector<std::string>{})
            offered_ << q(word);
        if (offered_.isEmpty())
            return;
        offeredAt_ = back ? offered_.size() - 1 : 0;
    } else {
        offeredAt_ = (offeredAt_ + (back ? offered_.size() - 1 : 1)) % offered_.size();
    }
    const qsizetype keep = offeredAt_;
    setText(stem_ + offered_[offeredAt_] + (offered_.size() == 1 ? QStringLiteral(" ") : QString()));
    offeredAt_ = offered_.size() == 1 ? -1 : keep;
}

void CommandEdit::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        clear();
        emit leave();
        return;
    }
    if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) {
        const qsizetype to = historyAt_ + (event->key() == Qt::Key_Up ? -1 : 1);
        if (to >= 0 && to <= history_.size()) {
            historyAt_ = to;
            setText(to == history_.size() ? QString() : history_[to]);
        }
        return;
    }
    offeredAt_ = -1;
    QLineEdit::keyPressEvent(event);
}

void CommandEdit::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    if (hint_.isEmpty() || text().isEmpty())
        return;
    QPainter painter(this);
    painter.setFont(codeFont(12));
    painter.setPen(wrong_ ? tokens().late : tokens().muted);
    const int left = 14 + static_cast<int>(QFontMetricsF(font()).horizontalAdvance(text())) + 14;
    const QRect box(left, 0, width() - left - 8, height());
    painter.drawText(box, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText((wrong_ ? QString() : QStringLiteral("↵ ")) + hint_,
                                                      Qt::ElideRight, box.width()));
}

CommandBar::CommandBar(Desk& desk, QWidget* parent)
    : QWidget(parent), desk_(desk), edit_(new CommandEdit(this)), hints_(new QLabel(this)),
      said_(new QLabel(this)) {
    setObjectName(QStringLiteral("commandBar"));
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(44);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 0, 14, 0);
    row->setSpacing(12);
    edit_->setFixedHeight(30);
    edit_->setMinimumWidth(360);
    edit_->setMaximumWidth(620);
    row->addWidget(edit_, 3);
    hints_->setObjectName(QStringLiteral("keyHints"));
    said_->setObjectName(QStringLiteral("saidLine"));
    said_->hide();
    row->addWidget(hints_, 4);
    row->addWidget(said_, 4);
    writeHints();
    edit_->complete = [this](const QString& text) { return completions(s(text), lexicon()); };
    sayTimer_.setSingleShot(true);
    sayTimer_.setInterval(6000);
    connect(&sayTimer_, &QTimer::timeout, this, [this] {
        said_->hide();
        hints_->show();
    });
    connect(edit_, &QLineEdit::textChanged, this, &CommandBar::explain);
    connect(edit_, &QLineEdit::returnPressed, this, &CommandBar::enter);
    connect(edit_, &CommandEdit::leave, this, &CommandBar::leave);
    connect(&desk_, &Desk::said, this, &CommandBar::say);
}

void CommandBar::writeHints() {
    const auto key = [](const QString& name) {
        return QStringLiteral("<span style='font-family:JetBrains "
                              "Mono;font-size:11px;background-color:%1;color:%2'>&nbsp;%3&nbsp;</span>")
            .arg(tokens().raised.name(), tokens().text.name(), name);
    };
    const std::pair<QString, QString> pairs[] = {
        {QStringLiteral("F2"), tr("next ticket")},  {QStringLiteral("↵"), tr("best unit")},
        {QStringLiteral("↵"), tr("send")},          {QStringLiteral("F3"), tr("take a call")},
        {QStringLiteral("⌫"), tr("previous view")}, {QStringLiteral("Ctrl Z"), tr("undo")},
        {QStringLiteral("F1"), tr("all keys")}};
    QString html;
    for (const auto& [name, what] : pairs)
        html += key(name) + QStringLiteral(" ") + what + QStringLiteral("&nbsp;&nbsp; ");
    hints_->setText(html);
}

void CommandBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange)
        writeHints(); // the keys' caps bear the theme's colours
    QWidget::changeEvent(event);
}

void CommandBar::focusLine(const QString& start) {
    ++begun_;
    if (!start.isEmpty())
        edit_->setText(start);
    else
        edit_->selectAll(); // a line that was refused is mended, or written over
    edit_->setFocus(Qt::ShortcutFocusReason);
}

void CommandBar::say(const QString& text, Desk::Tone tone) {
    const Tokens& t = tokens();
    const QColor colour = tone == Desk::Tone::refused ? t.late : tone == Desk::Tone::good ? t.free : t.soft;
    const QString shape = tone == Desk::Tone::refused ? QStringLiteral("▲")
                          : tone == Desk::Tone::good  ? QStringLiteral("●")
                                                      : QStringLiteral("○");
    said_->setText(QStringLiteral("<span style='color:%1'>%2</span>&nbsp; %3")
                       .arg(colour.name(), shape, text.toHtmlEscaped()));
    said_->setToolTip(text);
    said_->setAccessibleName(text);
    hints_->hide();
    said_->show();
    sayTimer_.start();
}

Lexicon CommandBar::lexicon() const {
    return lexiconOf(desk_);
}

void CommandBar::explain() {
    const QString text = edit_->text();
    if (text.trimmed().isEmpty()) {
        edit_->setHint({}, false);
        return;
    }
    const auto parsed = parseLine(s(text), lexicon());
    if (const auto* lack = std::get_if<layers::Message>(&parsed))
        edit_->setHint(console::say(*lack),
                       lack->code == "verbUnknown" || lack->code == "unitOrTicketUnknown");
    else
        edit_->setHint(explainLine(desk_, std::get<Line>(parsed)), false);
}

void CommandBar::enter() {
    const QString text = edit_->text().trimmed();
    if (text.isEmpty())
        return;
    const auto parsed = parseLine(s(text), lexicon());
    if (const auto* lack = std::get_if<layers::Message>(&parsed)) {
        desk_.tell(console::say(*lack), Desk::Tone::refused);
        return; // the line stays, to be mended
    }
    edit_->remember(text);
    const Line line = std::get<Line>(parsed);
    auto made = commandOf(desk_, line);
    if (const auto* why = std::get_if<layers::Message>(&made)) {
        QString told = console::say(*why);
        if (why->code == "overrideReasonMissing") {
            int number = 0;
            for (const OverrideReason& reason : overrideReasons(desk_.city().workspace.rules))
                told += QStringLiteral("  ·  %1 %2").arg(++number).arg(reason.words);
            if (!line.why)
                edit_->setText(text + QStringLiteral(" !")); // a number is all that is missing now
        }
        desk_.tell(told, Desk::Tone::refused);
        return;
    }
    edit_->clear();
    const int begun = begun_;
    if (std::holds_alternative<std::monostate>(made)) {
        emit wanted(line);
        return;
    }
    const auto& said = std::get<SaidLine>(made);
    desk_.submit(
        said.command, said.words,
        [this, text, begun, joining = said.joining](const dispatch::Outcome& outcome) {
            // Whoever types the next line already is neither written over nor sent away.
            const bool idle = begun == begun_ && edit_->text().isEmpty();
            if (!outcome.ok()) {
                if (idle)
                    edit_->setText(text);
                return;
            }
            for (const dispatch::AssignUnit& next : joining)
                desk_.submit(next, tr("%1 joins %2").arg(q(next.unit.text), q(toString(next.ticket))));
            if (idle && edit_->hasFocus())
                emit leave();
        },
        s(text));
}

} // namespace vedette::console
