// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/measure_strip.h"

#include "console/coordinate_words.h"
#include "console/wording.h"
#include "map/canvas.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>

#include <cmath>

namespace vedette::console {

MeasureStrip::MeasureStrip(Desk& desk, map::Canvas& canvas, QWidget* parent)
    : QWidget(parent), desk_(desk), canvas_(canvas), told_(new QLabel(this)),
      area_(new QPushButton(tr("Area"), this)), copy_(new QPushButton(tr("Copy"), this)),
      done_(new QPushButton(tr("Done"), this)) {
    setObjectName(QStringLiteral("measureStrip"));
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("Measure"));
    told_->setObjectName(QStringLiteral("measureTold"));
    area_->setObjectName(QStringLiteral("measureArea"));
    area_->setCheckable(true);
    area_->setToolTip(tr("The places are the border of an area (A)"));
    copy_->setToolTip(tr("Copies what was measured (Ctrl+C)"));
    done_->setToolTip(tr("Leaves the measuring (Esc)"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 5, 8, 5);
    row->setSpacing(8);
    row->addWidget(told_, 1);
    for (QPushButton* button : {area_, copy_, done_}) {
        button->setFocusPolicy(Qt::TabFocus);
        row->addWidget(button);
    }
    for (QWidget* one : std::initializer_list<QWidget*>{&canvas_, area_, copy_, done_})
        one->installEventFilter(this);
    connect(area_, &QPushButton::toggled, this, [this] { change(); });
    connect(copy_, &QPushButton::clicked, this, &MeasureStrip::copy);
    connect(done_, &QPushButton::clicked, this, &MeasureStrip::end);
    connect(&canvas_, &map::Canvas::hovered, this, [this](layers::Point at) {
        byKeys_ = false;
        follow(at);
    });
    connect(&canvas_, &map::Canvas::viewChanged, this, [this] {
        if (byKeys_)
            follow(canvas_.view().centre);
    });
    connect(&canvas_, &map::Canvas::hoverLeft, this, [this] {
        if (!byKeys_)
            follow(std::nullopt);
    });
    hide();
}

bool MeasureStrip::area() const {
    return area_->isChecked();
}

void MeasureStrip::begin(bool area, std::optional<layers::Point> first) {
    points_.clear();
    if (first)
        points_.push_back(*first);
    open_ = true;
    byKeys_ = !canvas_.underPointer();
    next_ = byKeys_ ? canvas_.view().centre : *canvas_.underPointer();
    area_->setChecked(area);
    show();
    raise();
    canvas_.setTool(map::Canvas::Tool::pickPoint);
    canvas_.setFocus(Qt::ShortcutFocusReason);
    change();
    emit begun(true);
}

void MeasureStrip::end() {
    if (!active())
        return;
    points_.clear();
    hide();
    canvas_.setTool(map::Canvas::Tool::pan);
    canvas_.setSketch(std::nullopt);
    canvas_.setFocus(Qt::OtherFocusReason);
    emit begun(false);
}

void MeasureStrip::add(layers::Point at) {
    if (!open_) { // what stood is done with
        points_.clear();
        open_ = true;
    }
    if (points_.empty() || points_.back() != at)
        points_.push_back(at);
    next_ = at; // until the pointer or the map moves on
    change();
}

void MeasureStrip::follow(std::optional<layers::Point> at) {
    if (!active() || next_ == at)
        return;
    next_ = at;
    change();
}

void MeasureStrip::finish() {
    if (points_.size() < 2)
        return;
    open_ = false;
    change();
}

void MeasureStrip::copy() {
    QApplication::clipboard()->setText(words());
    desk_.tell(tr("copied: %1").arg(words()));
}

std::vector<layers::Point> MeasureStrip::places() const {
    auto all = points_;
    if (open_ && next_ && !all.empty() && all.back() != *next_)
        all.push_back(*next_);
    return all;
}

layers::Measured MeasureStrip::measured() const {
    std::vector<layers::LonLat> at;
    for (const layers::Point p : places())
        if (const auto degrees = desk_.city().crs.toLonLat(p); std::isfinite(degrees.lon))
            at.push_back(degrees);
    return layers::measured(at);
}

QString MeasureStrip::words() const {
    const layers::Measured found = measured();
    if (found.legs.empty())
        return {};
    if (area() && found.legs.size() > 1)
        return found.crossed
                   ? tr("%1 · border %2 · the border crosses itself")
                         .arg(squareMetresText(found.squareMetres), metresText(found.metres + found.closing))
                   : tr("%1 · border %2")
                         .arg(squareMetresText(found.squareMetres), metresText(found.metres + found.closing));
    const layers::Leg& last = found.legs.back();
    const QString bearing = QStringLiteral("%1°").arg(std::lround(last.bearing) % 360, 3, 10, QChar(u'0'));
    return found.legs.size() == 1 ? tr("%1 towards %2").arg(metresText(found.metres), bearing)
                                  : tr("%1 · last leg %2 towards %3")
                                        .arg(metresText(found.metres), metresText(last.metres), bearing);
}

void MeasureStrip::change() {
    if (!active())
        return;
    const auto all = places();
    const layers::Measured found = measured();
    const QString said = words();
    const QString help = points_.empty()
                             ? tr("Click, or Space at the cross, where it begins. A: area, Esc: leave")
                         : open_ ? tr("Enter ends it, Backspace takes the last place back")
                                 : tr("A click begins anew, Ctrl+C copies, Esc leaves");
    told_->setText(said.isEmpty() ? help : said + QStringLiteral("   ") + help);
    told_->setToolTip(told_->text());
    copy_->setEnabled(!said.isEmpty());
    map::Sketch sketch;
    sketch.points = all;
    sketch.area = area();
    sketch.open = open_ && all.size() > points_.size();
    sketch.crosshair = byKeys_ && open_;
    sketch.words = found.legs.empty()                ? QString()
                   : area() && found.legs.size() > 1 ? squareMetresText(found.squareMetres)
                                                     : metresText(found.metres);
    canvas_.setSketch(std::move(sketch));
}

bool MeasureStrip::eventFilter(QObject* watched, QEvent* event) {
    const bool over = event->type() == QEvent::ShortcutOverride, down = event->type() == QEvent::KeyPress;
    if (!active() || (!over && !down))
        return QWidget::eventFilter(watched, event);
    const auto* press = static_cast<QKeyEvent*>(event);
    const int key = press->key();
    const bool onMap = watched == &canvas_, enter = key == Qt::Key_Return || key == Qt::Key_Enter;
    const bool copies = press->matches(QKeySequence::Copy);
    const bool plain = !(press->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier));
    const bool ours =
        key == Qt::Key_Escape || copies ||
        (onMap && plain && (enter || key == Qt::Key_Backspace || key == Qt::Key_Space || key == Qt::Key_A));
    if (!ours) {
        static constexpr int moves[] = {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down};
        if (down && onMap && plain && std::find(std::begin(moves), std::end(moves), key) != std::end(moves))
            byKeys_ = true; // the move that follows carries the cross
        return QWidget::eventFilter(watched, event);
    }
    event->accept();
    if (over)
        return true;
    if (key == Qt::Key_Escape)
        end();
    else if (copies)
        copy();
    else if (key == Qt::Key_A)
        area_->toggle();
    else if (enter)
        finish();
    else if (key == Qt::Key_Space)
        byKeys_ = true, add(canvas_.view().centre);
    else if (!points_.empty())
        open_ = true, points_.pop_back(), change();
    return true;
}

} // namespace vedette::console
