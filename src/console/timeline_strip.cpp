// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/timeline_strip.h"

#include "console/latest.h"
#include "console/theme.h"
#include "console/wording.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace vedette::console {

using dispatch::Instant;

// The bars and the needle. Positions are instants between `from` and `till`.
class TimeTrack : public QWidget {
public:
    using QWidget::QWidget;
    Instant from{}, till{}, at{};
    bool live = true;
    std::vector<std::uint32_t> bars;
    std::function<void(Instant)> dragged;

    Instant instantAt(double x) const {
        const double fraction = std::clamp(x / std::max(1, width() - 2), 0.0, 1.0);
        return from + std::chrono::milliseconds(
                          static_cast<long long>(fraction * static_cast<double>((till - from).count())));
    }
    double xOf(Instant when) const {
        if (till <= from)
            return 0;
        return static_cast<double>((when - from).count()) / static_cast<double>((till - from).count()) *
               (width() - 2);
    }
    void paintEvent(QPaintEvent*) override {
        const Tokens& t = tokens();
        QPainter painter(this);
        const std::uint32_t most =
            bars.empty() ? 1 : std::max(1u, *std::max_element(bars.begin(), bars.end()));
        const double step =
            bars.empty() ? 1 : static_cast<double>(width() - 2) / static_cast<double>(bars.size());
        const double needle = live ? width() - 2 : xOf(at);
        for (std::size_t i = 0; i < bars.size(); ++i) {
            const double x = static_cast<double>(i) * step;
            const double tall = bars[i] ? 3 + 19.0 * std::sqrt(static_cast<double>(bars[i]) / most) : 1;
            const bool past = !live && x > needle;
            QColor colour = currentTheme() == map::Theme::dark ? QColor("#3d4b56") : QColor("#a9b6c0");
            if (past)
                colour.setAlpha(90);
            painter.fillRect(QRectF(x, height() - 4 - tall, std::max(1.0, step - 2), tall), colour);
        }
        painter.fillRect(QRectF(needle, 2, 2, height() - 4), live ? t.accent : t.warn);
    }
    void mousePressEvent(QMouseEvent* event) override { drag(event); }
    void mouseMoveEvent(QMouseEvent* event) override {
        if (event->buttons() & Qt::LeftButton)
            drag(event);
    }

private:
    void drag(QMouseEvent* event) {
        if (dragged)
            dragged(instantAt(event->position().x()));
    }
};

TimelineStrip::TimelineStrip(Desk& desk, Replay& replay, QWidget* parent)
    : QWidget(parent), desk_(desk), replay_(replay), counter_(new Latest(this)), track_(new TimeTrack(this)) {
    setObjectName(QStringLiteral("timelineStrip"));
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(46);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 0, 14, 0);
    row->setSpacing(8);
    const auto button = [&](const char* name, const QString& text, const QString& what) {
        auto* made = new QToolButton(this);
        made->setObjectName(QLatin1String(name));
        made->setText(text);
        made->setToolTip(what);
        made->setAccessibleName(what);
        made->setFocusPolicy(Qt::TabFocus);
        row->addWidget(made);
        return made;
    };
    back_ = button("replayBack", QStringLiteral("‹"), tr("Previous event (Ctrl+Left)"));
    play_ = button("replayPlay", QStringLiteral("▶"), tr("Play or pause the replay (Ctrl+Space)"));
    next_ = button("replayNext", QStringLiteral("›"), tr("Next event (Ctrl+Right)"));
    speed_ = button("replaySpeed", QStringLiteral("×1"), tr("Speed (Ctrl+Up, Ctrl+Down)"));
    auto* speeds = new QMenu(speed_);
    for (const double value : Replay::speeds())
        connect(speeds->addAction(QStringLiteral("×%1").arg(value)), &QAction::triggered, this,
                [this, value] { replay_.setSpeed(value); });
    speed_->setMenu(speeds);
    speed_->setPopupMode(QToolButton::InstantPopup);
    jump_ = new QLineEdit(this);
    jump_->setObjectName(QStringLiteral("replayJump"));
    jump_->setPlaceholderText(tr("jump to 02:14"));
    jump_->setAccessibleName(tr("Jump to a time"));
    jump_->setFixedWidth(language() == layers::Language::chinese ? 110 : 116);
    jump_->installEventFilter(this);
    row->addWidget(jump_);
    follow_ = button("replayFollow", tr("follow"), tr("Keep the selected unit in the middle of the map"));
    follow_->setCheckable(true);
    from_ = new QLabel(this);
    from_->setObjectName(QStringLiteral("timeLabel"));
    row->addWidget(from_);
    track_->setObjectName(QStringLiteral("timeTrack"));
    track_->setAccessibleName(tr("Recorded events over time; drag to a moment"));
    track_->setFixedHeight(30);
    row->addWidget(track_, 1);
    at_ = new QLabel(this);
    at_->setObjectName(QStringLiteral("timeLabel"));
    at_->setMinimumWidth(72);
    at_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(at_);

    track_->dragged = [this](Instant at) {
        replay_.play(false);
        replay_.jump(at);
    };
    connect(back_, &QToolButton::clicked, this, [this] { replay_.step(-1); });
    connect(next_, &QToolButton::clicked, this, [this] { replay_.step(1); });
    connect(play_, &QToolButton::clicked, this, [this] { replay_.play(!replay_.playing()); });
    connect(follow_, &QToolButton::toggled, this, &TimelineStrip::followWanted);
    connect(jump_, &QLineEdit::returnPressed, this, [this] {
        if (const auto at = Replay::parse(jump_->text(), desk_.now(), desk_.city().zone)) {
            replay_.play(false);
            replay_.jump(*at);
            emit leave();
        } else {
            desk_.tell(say({"timeUnreadable", {{"text", s(jump_->text())}}}), Desk::Tone::refused);
        }
    });
    connect(&replay_, &Replay::changed, this, &TimelineStrip::refresh);
    connect(&desk_, &Desk::boardChanged, this, &TimelineStrip::refresh);
    auto* timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, &TimelineStrip::countBars);
    timer->start(10000);
    countBars();
    refresh();
}

TimelineStrip::~TimelineStrip() {
    delete counter_;
}

void TimelineStrip::countBars() {
    const Instant now = desk_.liveNow();
    counter_->run([this, now, &session = desk_.session()]() -> Latest::Delivery {
        // A day at most: further back, jump by date.
        const auto span = session.span();
        Instant till = std::max(span.till, span.from);
        if (now - till < std::chrono::hours(12) && now > till)
            till = now;
        Instant from = std::max(span.from, till - std::chrono::hours(24));
        if (till - from < std::chrono::minutes(10))
            from = till - std::chrono::minutes(10);
        auto bars = session.histogram(from, till, 260);
        return [this, from, till, bars] {
            track_->from = from, track_->till = till, track_->bars = bars;
            from_->setText(q(layers::clockLocal(from, desk_.city().zone)).left(5));
            from_->setToolTip(q(layers::isoLocal(from, desk_.city().zone)));
            track_->update();
        };
    });
}

void TimelineStrip::refresh() {
    track_->live = desk_.live();
    track_->at = desk_.now();
    track_->update();
    play_->setText(replay_.playing() ? QStringLiteral("⏸") : QStringLiteral("▶"));
    speed_->setText(QStringLiteral("×%1").arg(replay_.speed()));
    const QString clock = q(layers::clockLocal(desk_.now(), desk_.city().zone));
    at_->setText(desk_.live() ? clock.left(5) + u' ' + tr("live") : clock);
    follow_->setEnabled(desk_.unitId().has_value() || follow_->isChecked());
}

void TimelineStrip::focusJump() {
    jump_->setFocus(Qt::ShortcutFocusReason);
    jump_->selectAll();
}

bool TimelineStrip::eventFilter(QObject* watched, QEvent* event) {
    if (watched == jump_ && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        jump_->clear();
        emit leave();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace vedette::console
