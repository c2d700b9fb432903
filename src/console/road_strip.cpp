// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/road_strip.h"

#include "console/wording.h"
#include "dispatch/road_closures.h"
#include "map/canvas.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

#include <cmath>

namespace vedette::console {

using namespace dispatch;

RoadStrip::RoadStrip(Desk& desk, map::Canvas& canvas, QWidget* parent)
    : QWidget(parent), desk_(desk), canvas_(canvas), told_(new QLabel(this)),
      area_(new QPushButton(tr("Area"), this)), close_(new QPushButton(this)), speed_(new QSpinBox(this)),
      until_(new QLineEdit(this)), reason_(new QLineEdit(this)) {
    setObjectName(QStringLiteral("roadStrip"));
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("Close a road"));
    told_->setObjectName(QStringLiteral("roadTold"));
    area_->setObjectName(QStringLiteral("roadArea"));
    area_->setCheckable(true);
    area_->setToolTip(tr("The places are the border of an area: every road in it and across it"));
    speed_->setObjectName(QStringLiteral("roadSpeed"));
    speed_->setRange(0, 90);
    speed_->setSingleStep(10);
    speed_->setSpecialValueText(tr("closed"));
    speed_->setSuffix(tr(" % speed"));
    speed_->setAccessibleName(tr("Share of the usual speed"));
    until_->setObjectName(QStringLiteral("roadUntil"));
    until_->setPlaceholderText(tr("until HH:MM"));
    until_->setAccessibleName(tr("When it ends by itself"));
    until_->setFixedWidth(110);
    reason_->setObjectName(QStringLiteral("roadReason"));
    reason_->setPlaceholderText(tr("reason"));
    reason_->setAccessibleName(tr("Reason"));
    reason_->setMinimumWidth(90);
    close_->setObjectName(QStringLiteral("roadClose"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 5, 8, 5);
    row->setSpacing(8);
    row->addWidget(told_, 3);
    row->addWidget(area_);
    row->addWidget(speed_);
    row->addWidget(until_);
    row->addWidget(reason_, 2);
    row->addWidget(close_);
    for (QWidget* one : std::initializer_list<QWidget*>{&canvas_, speed_, until_, reason_, area_, close_})
        one->installEventFilter(this);
    connect(area_, &QPushButton::toggled, this, [this] { change(); });
    connect(speed_, &QSpinBox::valueChanged, this, [this] { change(); });
    connect(close_, &QPushButton::clicked, this, &RoadStrip::finish);
    hide();
}

void RoadStrip::begin(std::optional<layers::Point> first) {
    layers::Message why;
    if (!desk_.writable(&why))
        return desk_.tell(say(why), Desk::Tone::refused);
    points_.clear();
    until_->clear();
    reason_->clear();
    speed_->setValue(0);
    area_->setChecked(false);
    if (first)
        points_.push_back(*first);
    show();
    raise();
    canvas_.setTool(map::Canvas::Tool::pickPoint);
    canvas_.setFocus(Qt::ShortcutFocusReason);
    change();
    emit begun(true);
}

void RoadStrip::end() {
    if (!active())
        return;
    points_.clear();
    shown_.reset();
    hide();
    canvas_.setTool(map::Canvas::Tool::pan);
    canvas_.setFocus(Qt::OtherFocusReason);
    emit drawn();
    emit begun(false);
}

void RoadStrip::add(layers::Point at) {
    points_.push_back(at);
    change();
}

std::optional<RestrictRoad> RoadStrip::command(layers::Message* why) const {
    const auto lack = [&](const char* code, std::string text = {}) {
        if (why)
            *why = {code, {{"text", std::move(text)}}};
        return std::nullopt;
    };
    RestrictRoad out;
    out.road.area = area_->isChecked();
    out.road.factor = speed_->value() / 100.0;
    out.road.reason = s(reason_->text().trimmed());
    if (const QString text = until_->text().trimmed(); !text.isEmpty()) {
        const auto until = untilTyped(text, desk_.liveNow(), desk_.city().zone);
        if (!until)
            return lack("timeUnreadable", s(text));
        if (*until <= desk_.liveNow())
            return lack("timePast", s(text));
        out.road.until = *until;
    }
    if (points_.empty() || (out.road.area && points_.size() < 3))
        return lack(out.road.area ? "roadAreaNeedsThree" : "roadNeedsClick");
    if (points_.size() == 1) { // the section there
        RoadSaid said;
        said.deed = RoadSaid::Deed::close;
        said.points.push_back(desk_.city().crs.toLonLat(points_.front()));
        const auto made = roadCommand(desk_.city(), said, desk_.liveNow());
        if (const auto* cause = std::get_if<layers::Message>(&made)) {
            if (why)
                *why = *cause;
            return std::nullopt;
        }
        out.road.lines = std::get<RestrictRoad>(std::get<Command>(made)).road.lines;
        return out;
    }
    auto& line = out.road.lines.emplace_back();
    for (const layers::Point p : points_)
        line.push_back(desk_.city().crs.toLonLat(p));
    return out;
}

// Where the roads are known, a closure of none of them would only look like one.
bool RoadStrip::nothingMeant(const RoadRestricted& road) const {
    const layers::CityRoads* routes = desk_.city().routes.ready();
    return routes && *routes &&
           edgesMeant(routes->driving->map().network, desk_.city().crs, road).empty();
}

void RoadStrip::change() {
    shown_.reset();
    layers::Message why;
    const auto made = command(&why);
    QString text = tr("Click along or across the road, or one place of it. Enter goes on, Esc leaves");
    if (made && nothingMeant(made->road)) {
        text = say({"roadNotNear"});
    } else if (made) {
        shown_ = shownOf(desk_.city(), {made->road}).front();
        double metres = 0;
        for (const auto& line : shown_->lines)
            for (std::size_t i = 1; i < line.size(); ++i)
                metres += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
        // Until the roads are read nobody knows which sections are meant.
        const layers::CityRoads* routes = desk_.city().routes.ready();
        text = !routes || !*routes ? say({"roadsNotRead"})
                                   : tr("%1 sections, %2").arg(shown_->lines.size()).arg(Words::metres(metres));
        if (!shown_->name.isEmpty())
            text += QStringLiteral(" · ") + shown_->name;
    } else if (!points_.empty()) {
        text = say(why);
    }
    if (!shown_ && !points_.empty()) {
        shown_.emplace();
        shown_->rings.push_back(points_);
        if (points_.size() == 1) // a first place is seen, too
            shown_->rings.front().push_back(points_.front());
    } else if (shown_ && points_.size() > 1 && !area_->isChecked()) {
        shown_->rings.push_back(points_);
    }
    told_->setText(text);
    told_->setToolTip(text);
    close_->setText(speed_->value() ? tr("Slow it down") : tr("Close it"));
    emit drawn();
}

void RoadStrip::finish() {
    layers::Message why;
    auto made = command(&why);
    if (made && nothingMeant(made->road)) {
        made.reset();
        why = {"roadNotNear", {}};
    }
    if (!made) {
        told_->setText(say(why));
        if (why.code.starts_with("time"))
            until_->setFocus();
        return desk_.tell(say(why), Desk::Tone::refused);
    }
    const QString name = shown_ ? shown_->name : QString();
    desk_.submit(*made,
                 (name.isEmpty() ? QString() : name + QStringLiteral(": ")) + RoadWords::share(made->road.factor),
                 [this](const Outcome& outcome) {
                     if (outcome.ok())
                         end();
                 });
}

void RoadStrip::keyPressEvent(QKeyEvent* event) {
    event->ignore();
}

bool RoadStrip::eventFilter(QObject* watched, QEvent* event) {
    const bool over = event->type() == QEvent::ShortcutOverride, down = event->type() == QEvent::KeyPress;
    if (!active() || (!over && !down))
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    const bool onMap = watched == &canvas_, enter = key == Qt::Key_Return || key == Qt::Key_Enter;
    // The window's own Esc and Backspace wait until the strip is gone.
    if (key != Qt::Key_Escape && !enter && !(onMap && key == Qt::Key_Backspace))
        return QWidget::eventFilter(watched, event);
    event->accept();
    if (over)
        return true;
    if (key == Qt::Key_Escape) {
        end();
    } else if (onMap && key == Qt::Key_Backspace) {
        if (!points_.empty())
            points_.pop_back();
        change();
    } else if (onMap) {
        layers::Message why;
        if (command(&why))
            reason_->setFocus(Qt::ShortcutFocusReason);
        else
            told_->setText(say(why));
    } else if (watched == area_) {
        area_->toggle();
    } else {
        finish();
    }
    return true;
}

} // namespace vedette::console
