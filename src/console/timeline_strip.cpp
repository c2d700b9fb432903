// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/timeline_strip.h"

#include "console/latest.h"
#include "console/theme.h"
#include "console/time_window.h"
#include "console/wording.h"

#include <QHBoxLayout>
#include <QIcon>
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

namespace {

// Drawn, as no font can be relied on to have both signs.
QIcon playIcon(bool playing) {
    constexpr int side = 14;
    QIcon icon;
    for (const int scale : {1, 2}) {
        QPixmap pixmap(side * scale, side * scale);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.scale(scale, scale);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens().text);
        if (playing) {
            painter.drawRect(QRectF(2.5, 2, 3, 10));
            painter.drawRect(QRectF(8.5, 2, 3, 10));
        } else {
            painter.drawPolygon(QPolygonF({{3, 1.5}, {12, 7}, {3, 12.5}}));
        }
        painter.end();
        pixmap.setDevicePixelRatio(scale);
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace

// The bars and the needle. Positions are instants of the window that is shown.
class TimeTrack : public QWidget {
public:
    using QWidget::QWidget;
    TimeWindow shown;
    Instant at{};
    bool live = true;
    std::vector<std::uint32_t> bars;
    std::function<void(Instant)> dragged;
    std::function<void(bool)> widened; // or narrowed

    Instant instantAt(double x) const {
        const double fraction = std::clamp(x / std::max(1, width() - 2), 0.0, 1.0);
        return shown.from + std::chrono::milliseconds(
                                static_cast<long long>(fraction * static_cast<double>(shown.wide().count())));
    }
    double xOf(Instant when) const {
        if (shown.till <= shown.from)
            return 0;
        return static_cast<double>((when - shown.from).count()) / static_cast<double>(shown.wide().count()) *
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
            QColor colour = map::isDark(currentTheme()) ? QColor("#3d4b56") : QColor("#a9b6c0");
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

    void wheelEvent(QWheelEvent* event) override {
        if (widened && event->angleDelta().y())
            widened(event->angleDelta().y() < 0);
        event->accept();
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
    play_ = button("replayPlay", QString(), tr("Play or pause the replay (Ctrl+Space)"));
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
    track_->setToolTip(tr("Drag to a moment; the wheel shows more or less of the recorded time"));
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
    track_->widened = [this](bool more) {
        const auto recorded = desk_.session().span();
        const std::chrono::milliseconds all = std::max(recorded.till, desk_.liveNow()) - recorded.from;
        wide_ = std::clamp<std::chrono::milliseconds>(
            more ? wide_ * 2 : wide_ / 2, std::chrono::minutes(30),
            std::max<std::chrono::milliseconds>(all, std::chrono::hours(24)));
        track_->shown = {};
        countBars();
    };
    connect(back_, &QToolButton::clicked, this, [this] { replay_.step(-1); });
    connect(next_, &QToolButton::clicked, this, [this] { replay_.step(1); });
    connect(play_, &QToolButton::clicked, this, [this] { replay_.play(!replay_.playing()); });
    connect(follow_, &QToolButton::toggled, this, &TimelineStrip::followWanted);
    connect(jump_, &QLineEdit::returnPressed, this, [this] {
        if (replay_.jumpTo(jump_->text())) {
            jump_->clear();
            emit leave();
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
    const auto at = desk_.live() ? std::nullopt : std::optional(desk_.now());
    counter_->run([this, now, at, wide = wide_, shown = track_->shown,
                   &session = desk_.session()]() -> Latest::Delivery {
        const TimeWindow window = timeWindow(session.span(), now, at, wide, shown);
        auto bars = session.histogram(window.from, window.till, 260);
        return [this, window, bars] {
            track_->shown = window, track_->bars = bars;
            const auto& zone = desk_.city().zone;
            const QString from = q(layers::isoLocal(window.from, zone));
            // The day where it isn't this one: "11-21 22:00".
            const bool today = from.left(10) == q(layers::isoLocal(desk_.liveNow(), zone)).left(10);
            from_->setText(today ? from.mid(11, 5) : from.mid(5, 11));
            from_->setToolTip(from);
            track_->update();
        };
    });
}

void TimelineStrip::refresh() {
    track_->live = desk_.live();
    track_->at = desk_.now();
    track_->update();
    const auto& shown = track_->shown;
    if (!desk_.live() && (desk_.now() < shown.from || desk_.now() > shown.till))
        countBars(); // a jump out of what is shown
    play_->setIcon(playIcon(replay_.playing()));
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
