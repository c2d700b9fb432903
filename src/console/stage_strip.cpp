// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/stage_strip.h"

#include "console/theme.h"
#include "console/wording.h"

#include <QPainter>

#include <algorithm>
#include <array>

namespace vedette::console {

namespace {

using dispatch::Stage;
constexpr std::array road{Stage::reported, Stage::dispatched, Stage::accepted, Stage::enroute,
                          Stage::onscene,  Stage::handled,    Stage::reviewed, Stage::closed};

// -1: off the road (cancelled, merged, ...).
int placeOf(Stage stage) {
    if (stage == Stage::verified || stage == Stage::escalated || stage == Stage::reopened)
        return 0;
    const auto found = std::find(road.begin(), road.end(), stage);
    return found == road.end() ? -1 : static_cast<int>(found - road.begin());
}

} // namespace

StageStrip::StageStrip(QWidget* parent) : QWidget(parent) {
    setFixedHeight(30);
}

void StageStrip::setStage(Stage stage, bool verified) {
    stage_ = stage, verified_ = verified;
    setAccessibleName(Words::stage(stage));
    update();
}

void StageStrip::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int place = placeOf(stage_);
    const double gap = 3, width = (this->width() - gap * (road.size() - 1)) / road.size();
    painter.setFont(textFont(10));
    for (std::size_t i = 0; i < road.size(); ++i) {
        const double x = static_cast<double>(i) * (width + gap);
        const int step = static_cast<int>(i);
        painter.setPen(Qt::NoPen);
        painter.setBrush(step == place ? (place == 7 ? t.free : t.warn) : step < place ? t.accent : t.line);
        painter.drawRoundedRect(QRectF(x, 3, width, 5), 2, 2);
        painter.setPen(step == place ? t.text : t.muted);
        QString name = step == 0 && place == 0 && (stage_ != Stage::reported || verified_)
                           ? Words::stage(stage_ == Stage::reported ? Stage::verified : stage_)
                       : step == 1 ? Words::assignment(dispatch::AssignmentStatus::assigned)
                                   : Words::stage(road[i]);
        const auto align = i == 0 ? Qt::AlignLeft : i + 1 == road.size() ? Qt::AlignRight : Qt::AlignHCenter;
        painter.drawText(QRectF(x - 12, 12, width + 24, 16)
                             .adjusted(i == 0 ? 12 : 0, 0, i + 1 == road.size() ? -12 : 0, 0),
                         align | Qt::AlignVCenter, name);
    }
    if (place < 0) {
        painter.setFont(textFont(12, QFont::DemiBold));
        painter.fillRect(rect(), t.panel);
        painter.setPen(t.warnText);
        painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, Words::stage(stage_));
    }
}

DeadlineBox::DeadlineBox(QWidget* parent) : QWidget(parent) {
    setFixedHeight(50);
}

void DeadlineBox::setTexts(const QString& what, const QString& duty) {
    what_ = what, duty_ = duty;
    update();
}

void DeadlineBox::setLeft(std::optional<std::chrono::milliseconds> left) {
    left_ = left;
    setAccessibleName(what_ + (left ? u' ' + spanText(*left) : QString()));
    update();
}

void DeadlineBox::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool late = left_ && left_->count() < 0;
    const bool runs = left_.has_value();
    painter.setPen(Qt::NoPen);
    painter.setBrush(runs ? t.warnWash : t.table);
    painter.drawRoundedRect(rect(), 3, 3);
    painter.fillRect(QRectF(0, 0, 3, height()), late ? t.alarm : runs ? t.warn : t.line);
    const QRectF box = QRectF(rect()).adjusted(13, 7, -11, -7);
    painter.setPen(t.text);
    painter.setFont(textFont(13));
    painter.drawText(box, Qt::AlignLeft | Qt::AlignTop, what_);
    painter.setPen(t.muted);
    painter.drawText(
        box, Qt::AlignLeft | Qt::AlignBottom,
        painter.fontMetrics().elidedText(duty_, Qt::ElideRight, static_cast<int>(box.width()) - 70));
    if (left_) {
        painter.setPen(late ? t.late : t.warnText);
        painter.setFont(textFont(16, QFont::Bold));
        drawFigures(painter, box, Qt::AlignRight | Qt::AlignTop, spanText(*left_));
    }
}

} // namespace vedette::console
