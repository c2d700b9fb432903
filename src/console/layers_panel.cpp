// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/layers_panel.h"

#include "console/row_delegates.h"
#include "console/scrolled.h"
#include "console/shapes.h"
#include "console/theme.h"
#include "console/wording.h"
#include "map/renderer.h"

#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

namespace vedette::console {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(LayersPanel)
};

// The colour ramp with its fixed scale.
class Ramp : public QWidget {
public:
    using QWidget::QWidget;
    HeatChoice choice;
    QSize sizeHint() const override { return {220, 48}; }
    void paintEvent(QPaintEvent*) override {
        const Tokens& t = tokens();
        QPainter painter(this);
        const double width = this->width();
        QImage bar(256, 1, QImage::Format_ARGB32_Premultiplied);
        bar.fill(map::groundColour(currentTheme()));
        {
            QPainter onBar(&bar);
            for (int x = 0; x < 256; ++x)
                onBar.fillRect(x, 0, 1, 1, map::heatColour(x / 255.0, currentTheme()));
        }
        painter.drawImage(QRectF(0, 3, width, 10), bar);
        painter.setFont(textFont(11));
        painter.setPen(t.soft);
        for (int i = 0; i <= 3; ++i) {
            const double value = choice.scaleMax * i / 3;
            const QString text = (i == 3 ? QStringLiteral("≥ ") : QString()) + QString::number(value, 'g', 3);
            const auto align = i == 0 ? Qt::AlignLeft : i == 3 ? Qt::AlignRight : Qt::AlignHCenter;
            const double x = width * i / 3;
            painter.drawText(QRectF(i == 0 ? 0 : i == 3 ? width - 60 : x - 30, 14, 60, 15), align, text);
        }
        painter.drawText(
            QRectF(0, 30, width, 16), Qt::AlignLeft,
            Text::tr("events/km²/day · %1 days · %2 m").arg(choice.days).arg(choice.bandwidthMetres));
    }
};

// One line of the legend: a sign and its word.
class Sign : public QWidget {
public:
    Sign(dispatch::UnitStatus status, bool lost, QString text, QWidget* parent)
        : QWidget(parent), status_(status), lost_(lost), text_(std::move(text)) {
        setFixedHeight(text_.size() > 24 ? 40 : 25);
        setAccessibleName(text_);
    }
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        drawSign(painter, QRectF(0, 6, 13, 13), statusSign(status_, lost_));
        painter.setPen(tokens().text);
        painter.drawText(rect().adjusted(22, 4, 0, 0), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                         text_);
    }

private:
    dispatch::UnitStatus status_;
    bool lost_;
    QString text_;
};

} // namespace

LayersPanel::LayersPanel(LayerModel& model, QWidget* parent)
    : QWidget(parent), list_(new QListView(this)), ramp_(new Ramp(this)) {
    setObjectName(QStringLiteral("layersPanel"));
    setAttribute(Qt::WA_StyledBackground);
    auto* column = scrolledColumn(this);
    column->setContentsMargins(12, 12, 12, 8);
    column->setSpacing(0);
    const auto heading = [&](const QString& text) {
        auto* label = new QLabel(text, this);
        label->setObjectName(QStringLiteral("heading"));
        column->addWidget(label);
        column->addSpacing(6);
    };
    heading(tr("LAYERS"));
    list_->setObjectName(QStringLiteral("layerList"));
    list_->setAccessibleName(tr("Layers"));
    list_->setModel(&model);
    list_->setItemDelegate(new LayerDelegate(list_));
    list_->setFrameShape(QFrame::NoFrame);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list_->installEventFilter(this);
    const auto fit = [this, &model] { list_->setFixedHeight(model.rowCount() * 25 + 2); };
    connect(&model, &QAbstractItemModel::modelReset, this, fit);
    fit();
    column->addWidget(list_);
    column->addSpacing(8);
    ramp_->setFixedHeight(48);
    column->addWidget(ramp_);
    column->addSpacing(14);
    heading(tr("LEGEND"));
    using U = dispatch::UnitStatus;
    for (const U status : {U::free, U::assigned, U::enroute, U::onscene, U::onBreak})
        column->addWidget(new Sign(status, false, Words::status(status), this));
    column->addWidget(new Sign(U::free, true, tr("position lost (never recommended)"), this));
    column->addStretch(1);
}

void LayersPanel::setHeat(const HeatChoice& choice) {
    static_cast<Ramp*>(ramp_)->choice = choice;
    ramp_->update();
}

bool LayersPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == list_ && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        emit leave();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace vedette::console
