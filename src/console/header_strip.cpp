// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/header_strip.h"

#include "console/theme.h"
#include "console/wording.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QTimer>

namespace vedette::console {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(HeaderStrip)
};
using Level = HealthSign::Level;

class Clock : public QWidget {
public:
    using QWidget::QWidget;
    QString text;
    QSize sizeHint() const override { return {86, 24}; }
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setFont(textFont(15));
        painter.setPen(tokens().strong);
        drawFigures(painter, rect(), Qt::AlignRight | Qt::AlignVCenter, text);
    }
};

} // namespace

HealthSign storeSign(const dispatch::Health& health) {
    if (health.storeProblem)
        return {Level::bad, Text::tr("store %1: failing").arg(q(health.store)),
                say(health.storeProblem->message)};
    if (health.audit.broken)
        return {Level::bad, Text::tr("store %1: changed by hand").arg(q(health.store)),
                say(health.audit.broken->message)};
    if (health.readOnly)
        return {Level::warn, Text::tr("store %1, read-only").arg(q(health.store)),
                Text::tr("The journal is open for reading only; nothing can be written from this window.")};
    return {Level::good, Text::tr("store %1").arg(q(health.store)),
            Text::tr("Every command is on disk before it is shown.")};
}

HealthSign feedSign(const dispatch::Health& health, dispatch::Instant now) {
    if (health.mode == dispatch::Mode::training)
        return {Level::idle, Text::tr("feeds refused"),
                Text::tr("A training journal takes no live sources.")};
    if (health.feeds.empty())
        return {Level::idle, Text::tr("no feed"), Text::tr("Name one under [[feeds]] in workspace.toml.")};
    double rate = 0;
    std::uint64_t rejected = 0;
    bool owner = false;
    QStringList detail;
    std::optional<layers::Problem> problem;
    std::optional<dispatch::Instant> last;
    for (const auto& feed : health.feeds) {
        rate += feed.perSecond;
        rejected += feed.rejected;
        owner = owner || feed.owner;
        if (feed.problem)
            problem = feed.problem;
        if (feed.lastAt && (!last || *feed.lastAt > *last))
            last = feed.lastAt;
        detail << Text::tr("%1: %2 lines, %3 positions, %4 rejected")
                      .arg(q(feed.name))
                      .arg(feed.lines)
                      .arg(feed.positions)
                      .arg(feed.rejected);
        if (feed.rejected)
            detail << Text::tr("rejects are kept in %1").arg(q(feed.rejects.string()));
        if (!feed.owner)
            detail << Text::tr("read by another console of this journal");
    }
    const QString speed = rate >= 1000 ? QStringLiteral("%1k/s").arg(rate / 1000, 0, 'f', 1)
                                       : QStringLiteral("%1/s").arg(rate, 0, 'f', rate < 10 ? 1 : 0);
    if (problem)
        return {Level::bad, Text::tr("feed stopped"), say(problem->message) + u'\n' + detail.join(u'\n')};
    QString text = Text::tr("feed %1").arg(speed);
    Level level = Level::good;
    if (rejected) {
        text += Text::tr(", %1 rejected").arg(rejected);
        level = Level::warn;
    } else if (last && now - *last > std::chrono::minutes(2)) {
        text = Text::tr("feed silent for %1").arg(Words::age(now - *last));
        level = Level::warn;
    }
    return {level, text, detail.join(u'\n')};
}

HealthSign cartographerSign(map::CartographerClient::State state, const layers::Message& reason,
                            bool wanted) {
    using S = map::CartographerClient::State;
    if (!wanted)
        return {Level::idle, Text::tr("no basemap"),
                Text::tr("Name a QGIS project under [basemap] in workspace.toml.")};
    const QString why = reason.code.empty() ? QString() : say(reason);
    switch (state) {
    case S::ready:
        return {Level::good, Text::tr("basemap"), Text::tr("The cartographer answers.")};
    case S::drawing:
        return {Level::good, Text::tr("basemap draws"), Text::tr("The cartographer is drawing the view.")};
    case S::starting:
        return {Level::idle, Text::tr("basemap starts"), why};
    case S::restarting:
        return {Level::warn, Text::tr("basemap restarts"), why};
    case S::absent:
        return {Level::warn, Text::tr("no cartographer"), why};
    case S::failed:
        return {Level::bad, Text::tr("basemap failed"), why};
    }
    return {};
}

HeaderStrip::HeaderStrip(Desk& desk, const QString& actor, QWidget* parent) : QWidget(parent), desk_(desk) {
    setObjectName(QStringLiteral("headerStrip"));
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(34);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 0, 14, 0);
    row->setSpacing(22);
    const auto add = [&](const char* name, const QString& text = {}) {
        auto* label = new QLabel(text, this);
        label->setObjectName(QLatin1String(name));
        row->addWidget(label);
        return label;
    };
    add("brand", QStringLiteral("Vedette"));
    auto* city = add("cityName");
    const auto sits = [this, city, actor] {
        QStringList words{q(desk_.city().workspace.name)};
        if (!desk_.scope().whole())
            words << deskText(desk_.city(), desk_.scope().desk());
        city->setText((words << actor).join(QStringLiteral(" · ")));
        city->setToolTip(desk_.scope().whole()
                             ? tr("The whole city is shown. `desk CODE` sits at a desk.")
                             : tr("What desk %1 has before it is shown.").arg(q(desk_.scope().desk())));
    };
    sits();
    connect(&desk_, &Desk::scopeChanged, this, sits);
    watch_ = add("watchSign");
    mode_ = add("modeSign");
    store_ = add("storeSign");
    feed_ = add("feedSign");
    base_ = add("baseSign");
    training_ = add("trainingBanner", tr("TRAINING — nothing here is real"));
    training_->setVisible(desk.state().mode() == dispatch::Mode::training ||
                          desk.session().health().mode == dispatch::Mode::training);
    row->addStretch(1);
    alarm_ = add("alarmSign");
    alarm_->setToolTip(tr("Ctrl+M mutes the sound for five minutes"));
    alarm_->installEventFilter(this);
    clock_ = new Clock(this);
    clock_->setObjectName(QStringLiteral("clock"));
    row->addWidget(clock_);
    setAlarm(0, false, false);
    auto* timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, &HeaderStrip::refresh);
    timer->start(250);
    connect(&desk_, &Desk::liveChanged, this, &HeaderStrip::refresh);
    connect(&desk_, &Desk::boardChanged, this, &HeaderStrip::refresh);
    refresh();
}

void HeaderStrip::setCartographer(map::CartographerClient* client, bool wanted) {
    client_ = client;
    clientWanted_ = wanted;
    if (client)
        connect(client, &map::CartographerClient::stateChanged, this, &HeaderStrip::refresh);
    refresh();
}

void HeaderStrip::show(QLabel* label, const HealthSign& sign) {
    const Tokens& t = tokens();
    static constexpr const char16_t* shapes[] = {u"●", u"▲", u"■", u"○"};
    const QColor colours[] = {t.free, t.warn, t.alarm, t.faint};
    const auto at = static_cast<std::size_t>(sign.level);
    const QString html =
        QStringLiteral("<span style='color:%1'>%2</span>&nbsp; %3")
            .arg(colours[at].name(), QString::fromUtf16(shapes[at]), sign.text.toHtmlEscaped());
    if (label->text() != html) {
        label->setText(html);
        label->setAccessibleName(sign.text);
    }
    label->setToolTip(sign.detail);
}

void HeaderStrip::showWatch() {
    if (desk_.state().deskWatches().empty())
        return watch_->hide();
    std::string code = desk_.scope().desk();
    const auto& all = desk_.session().desks().all();
    if (code.empty() && !all.empty())
        code = all.front().code;
    const auto watch = desk_.state().deskWatch(code);
    watch_->setVisible(watch.has_value());
    if (!watch)
        return;
    const auto clock = [&](dispatch::Instant at) {
        return q(layers::clockLocal(at, desk_.city().zone)).left(5);
    };
    if (watch->handed)
        show(watch_,
             {Level::warn, tr("handed over by %1 at %2").arg(q(watch->handedBy), clock(watch->handedAt)),
              tr("Nobody has taken the desk over yet: takeover does.")});
    else
        show(watch_, {Level::good, tr("%1 since %2").arg(q(watch->holder), clock(watch->since)),
                      tr("%1 has the desk %2.").arg(q(watch->holder), deskText(desk_.city(), code))});
}

void HeaderStrip::refresh() {
    showWatch();
    const auto health = desk_.session().health();
    show(mode_, desk_.live() ? HealthSign{Level::good, tr("live"), tr("The window shows this moment.")}
                             : HealthSign{Level::warn, tr("replay"),
                                          tr("The window shows the past. Esc goes back to now.")});
    show(store_, storeSign(health));
    show(feed_, feedSign(health, desk_.liveNow()));
    if (client_)
        show(base_, cartographerSign(client_->state(), client_->reason(), clientWanted_));
    else
        show(base_, cartographerSign(map::CartographerClient::State::absent, {}, clientWanted_));
    auto* clock = static_cast<Clock*>(clock_);
    clock->text = q(layers::clockLocal(desk_.now(), desk_.city().zone));
    clock->setToolTip(q(layers::isoLocal(desk_.now(), desk_.city().zone)) + u' ' +
                      q(desk_.city().zone.name()));
    clock->update();
}

void HeaderStrip::setAlarm(int waiting, bool muted, bool beat) {
    const Tokens& t = tokens();
    alarm_->setVisible(waiting > 0);
    alarm_->setText(QStringLiteral("<span style='color:%1'>▲</span>&nbsp; %2")
                        .arg((beat ? t.late : t.alarm).name(), tr("%n nobody has taken", nullptr, waiting) +
                                                                   (muted ? tr(" (muted)") : QString())));
}

bool HeaderStrip::eventFilter(QObject* watched, QEvent* event) {
    if (watched == alarm_ && event->type() == QEvent::MouseButtonRelease)
        emit muteWanted();
    return QWidget::eventFilter(watched, event);
}

} // namespace vedette::console
