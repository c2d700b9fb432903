// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/back_test_view.h"

#include "console/latest.h"
#include "console/theme.h"
#include "console/wording.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace vedette::console {

namespace {

std::size_t stepOf(const layers::BackTestCurve& curve, double share) {
    const auto steps = static_cast<double>(curve.area.size()) - 1;
    return static_cast<std::size_t>(std::clamp(std::round(share * steps), 1.0, std::max(steps, 1.0)));
}

} // namespace

std::optional<SurfaceTest> testSurface(const dispatch::City& city, const HeatChoice& choice, int testDays,
                                       const std::atomic<bool>* cancel) {
    SurfaceTest out;
    out.train = out.test = pastOf(city, choice);
    const auto cut = out.test.till - std::chrono::hours(24) * testDays;
    out.train.till = out.test.from = cut;
    if (out.train.till <= out.train.from)
        return std::nullopt;
    std::vector<layers::Point> later;
    if (!eachPast(
            city, out.test, [&](const dispatch::PastIncident& past) { later.push_back(past.where); }, cancel))
        return std::nullopt;
    // Both are made of the city's whole ground, so that a share of it is the same share for both.
    const layers::Box ground = city.areas.extent();
    HeatChoice plain;
    plain.bandwidthMetres = choice.bandwidthMetres;
    const RiskSurface ours = riskSurface(city, choice, out.train, cancel, &ground);
    const RiskSurface base = riskSurface(city, plain, out.train, cancel, &ground);
    if (!ours.surface || !base.surface || later.empty())
        return std::nullopt;
    out.trained = ours.points;
    out.ours = backTestCurve(*ours.surface, later, 200);
    out.plain = backTestCurve(*base.surface, later, 200);
    if (out.ours.events == 0)
        return std::nullopt;
    return out;
}

double paiAt(const layers::BackTestCurve& curve, double share) {
    const std::size_t step = stepOf(curve, share);
    return step < curve.area.size() && curve.area[step] > 0 ? curve.hit[step] / curve.area[step] : 0;
}

double peiAt(const layers::BackTestCurve& curve, double share) {
    const std::size_t step = stepOf(curve, share);
    return step < curve.best.size() && curve.best[step] > 0 ? curve.hit[step] / curve.best[step] : 0;
}

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(BackTestView)
};

// Share of incidents over share of ground.
class Curve : public QWidget {
public:
    using QWidget::QWidget;
    const std::optional<SurfaceTest>* shown = nullptr;
    double share = 0.05;

    void paintEvent(QPaintEvent*) override {
        const Tokens& t = tokens();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF plot(44, 10, width() - 60.0, height() - 52.0);
        painter.setFont(textFont(11));
        for (int i = 0; i <= 4; ++i) {
            const double x = plot.left() + plot.width() * i / 4, y = plot.bottom() - plot.height() * i / 4;
            painter.setPen(QPen(t.lineSoft, 1));
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
            painter.setPen(t.soft);
            const QString percent = QStringLiteral("%1 %").arg(i * 25);
            painter.drawText(QRectF(x - 24, plot.bottom() + 3, 48, 16), Qt::AlignHCenter, percent);
            painter.drawText(QRectF(0, y - 8, 38, 16), Qt::AlignRight | Qt::AlignVCenter, percent);
        }
        painter.drawText(QRectF(plot.left(), plot.bottom() + 20, plot.width(), 18), Qt::AlignHCenter,
                         Text::tr("share of the ground (upright: of the incidents)"));
        painter.setPen(QPen(t.faint, 1.2, Qt::DotLine));
        painter.drawLine(plot.bottomLeft(), plot.topRight());
        if (!shown || !*shown)
            return;
        const auto line = [&](const std::vector<double>& area, const std::vector<double>& hit, const QPen& pen) {
            QPolygonF points;
            for (std::size_t i = 0; i < area.size(); ++i)
                points << QPointF(plot.left() + plot.width() * area[i], plot.bottom() - plot.height() * hit[i]);
            painter.setPen(pen);
            painter.drawPolyline(points);
        };
        const SurfaceTest& test = **shown;
        const QPen best(t.muted, 1.4, Qt::DashLine), plain(t.warn, 1.6, Qt::DashDotLine), ours(t.accent, 2.4);
        line(test.ours.area, test.ours.best, best);
        line(test.plain.area, test.plain.hit, plain);
        line(test.ours.area, test.ours.hit, ours);
        const double x = plot.left() + plot.width() * share;
        painter.setPen(QPen(t.strong, 1));
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        double y = plot.bottom() - 74;
        for (const auto& [pen, words] :
             {std::pair{ours, Text::tr("this surface")}, std::pair{plain, Text::tr("the plain one")},
              std::pair{best, Text::tr("the best possible")},
              std::pair{QPen(t.faint, 1.2, Qt::DotLine), Text::tr("chance")}}) {
            painter.setPen(pen);
            painter.drawLine(QPointF(plot.right() - 150, y), QPointF(plot.right() - 118, y));
            painter.setPen(t.text);
            painter.drawText(QRectF(plot.right() - 110, y - 8, 110, 16), Qt::AlignLeft | Qt::AlignVCenter, words);
            y += 18;
        }
    }
};

} // namespace

BackTestView::BackTestView(Desk& desk, QWidget* parent) : QWidget(parent), desk_(desk), maker_(new Latest(this)) {
    setObjectName(QStringLiteral("backTest"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(6, 8, 6, 4);
    auto* curve = new Curve(this);
    curve->shown = &shown_;
    curve->setMinimumSize(220, 150);
    curve_ = curve;
    row->addWidget(curve, 3);
    auto* side = new QVBoxLayout;
    days_ = new QComboBox(this);
    days_->setObjectName(QStringLiteral("testDays"));
    days_->setAccessibleName(tr("Test on"));
    for (const int days : {1, 3, 7, 14, 30, 90})
        days_->addItem(tr("tested on the last %1 days").arg(days), days);
    days_->setCurrentIndex(2);
    auto* shareRow = new QHBoxLayout;
    shareRow->addWidget(new QLabel(tr("share of the ground"), this));
    share_ = new QDoubleSpinBox(this);
    share_->setObjectName(QStringLiteral("testShare"));
    share_->setAccessibleName(tr("Share of the ground"));
    share_->setRange(0.5, 100);
    share_->setDecimals(1);
    share_->setSingleStep(0.5);
    share_->setValue(5);
    share_->setSuffix(QStringLiteral(" %"));
    shareRow->addWidget(share_);
    words_ = new QLabel(this);
    words_->setObjectName(QStringLiteral("testWords"));
    words_->setWordWrap(true);
    words_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    words_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    side->addWidget(days_);
    side->addLayout(shareRow);
    side->addWidget(words_, 1);
    row->addLayout(side, 2);
    connect(days_, &QComboBox::currentIndexChanged, this, &BackTestView::make);
    connect(share_, &QDoubleSpinBox::valueChanged, this, &BackTestView::showWords);
}

BackTestView::~BackTestView() {
    if (cancel_)
        *cancel_ = true;
    delete maker_;
}

bool BackTestView::busy() const {
    return maker_->busy();
}

void BackTestView::setChoice(const HeatChoice& choice) {
    // Where the ramp ends is nothing to a test.
    HeatChoice asked = choice;
    asked.scaleMax = choice_.scaleMax, asked.scaleFixed = choice_.scaleFixed;
    if (asked == choice_ && !stale_)
        return;
    choice_ = choice;
    stale_ = true;
    if (isVisible())
        make();
}

void BackTestView::showEvent(QShowEvent*) {
    if (stale_)
        make();
}

void BackTestView::make() {
    stale_ = false;
    if (cancel_)
        *cancel_ = true;
    cancel_ = std::make_shared<std::atomic<bool>>(false);
    words_->setText(tr("being tested …"));
    maker_->run([this, choice = choice_, days = days_->currentData().toInt(), cancel = cancel_,
                 city = desk_.session().city()]() -> Latest::Delivery {
        auto made = std::make_shared<std::optional<SurfaceTest>>(testSurface(*city, choice, days, cancel.get()));
        return [this, made, cancel] {
            if (*cancel)
                return;
            shown_ = std::move(*made);
            showWords();
        };
    });
}

QString BackTestView::words() const {
    return words_->text();
}

void BackTestView::showWords() {
    const double share = share_->value() / 100;
    auto& curve = static_cast<Curve&>(*curve_);
    curve.share = share;
    curve.update();
    if (!shown_) {
        words_->setText(tr("Nothing to test: the period must hold incidents both before and in the days that are "
                           "tested on. Choose a longer period, fewer days or wider filters."));
        return;
    }
    const layers::BackTestCurve& ours = shown_->ours;
    const std::size_t step = stepOf(ours, share);
    const double pai = paiAt(ours, share), pei = peiAt(ours, share), plain = paiAt(shown_->plain, share);
    const auto percent = [](double value) { return QString::number(100 * value, 'f', 1); };
    QStringList lines{
        tr("Made of %1 incidents, tested on %2 later ones.").arg(shown_->trained).arg(ours.events),
        tr("%1 % of the ground held %2 % of them.").arg(percent(ours.area[step]), percent(ours.hit[step])),
        tr("PAI %1: they lay there %1 times as dense as everywhere.").arg(QString::number(pai, 'f', 2)),
        tr("PEI %1: %2 % of what the best choice of as much ground could have held.")
            .arg(QString::number(pei, 'f', 2), QString::number(100 * pei, 'f', 0)),
        tr("The plain surface has PAI %1.").arg(QString::number(plain, 'f', 2))};
    lines << (pai <= 1.05          ? tr("It tells no more than chance.")
              : pai > 1.05 * plain ? tr("The filters make it better than the plain one.")
              : pai < 0.95 * plain ? tr("The plain one would have told more.")
                                   : tr("The filters hardly change what it tells."));
    if (ours.events < 50)
        lines << tr("So few incidents say little: test on more days.");
    words_->setText(lines.join(u'\n'));
}

} // namespace vedette::console
