// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/layers_panel.h"

#include "console/row_delegates.h"
#include "console/scrolled.h"
#include "console/shapes.h"
#include "console/symbol_legend.h"
#include "console/theme.h"
#include "console/wording.h"
#include "map/renderer.h"

#include <QComboBox>
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
            daysOf(choice) >= everyDay
                ? Text::tr("events/km²/day · all days · %1 m").arg(choice.bandwidthMetres)
                : Text::tr("events/km²/day · %1 days · %2 m").arg(daysOf(choice)).arg(choice.bandwidthMetres));
        painter.drawText(QRectF(0, 46, width, 32), Qt::AlignLeft | Qt::TextWordWrap, filterWords(choice));
    }
};

// The classes of the figures per area, with what they are of.
class Classes : public QWidget {
public:
    using QWidget::QWidget;
    Tinted tinted;
    int heightForWidth(int width) const override {
        const int below = fontMetrics().boundingRect(0, 0, width, 200, Qt::TextWordWrap, tinted.unit).height();
        return static_cast<int>(tinted.legend.size()) * 17 + below + 6;
    }
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setFont(textFont(11));
        int y = 0;
        for (const Tinted::Class& one : tinted.legend) {
            painter.fillRect(0, y + 2, 13, 12, map::groundColour(currentTheme()));
            painter.fillRect(0, y + 2, 13, 12, one.colour);
            painter.setPen(tokens().text);
            painter.drawText(QRect(22, y, width() - 22, 16), Qt::AlignLeft | Qt::AlignVCenter, one.words);
            y += 17;
        }
        painter.setPen(tokens().soft);
        painter.drawText(QRect(0, y + 2, width(), height() - y), Qt::AlignLeft | Qt::TextWordWrap, tinted.unit);
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

LayersPanel::LayersPanel(LayerModel& model, const std::vector<layers::AreaKind>& kinds, QWidget* parent)
    : QWidget(parent), model_(model), list_(new QListView(this)), ramp_(new Ramp(this)), classes_(new Classes(this)) {
    figures_ = makeFigures(kinds);
    const auto show = [this, &model] { figures_->setVisible(model.visible(QStringLiteral("statistics"))); };
    connect(&model, &LayerModel::visibilityChanged, this, show);
    connect(&model, &QAbstractItemModel::modelReset, this, show);
    show();
    setObjectName(QStringLiteral("layersPanel"));
    setAttribute(Qt::WA_StyledBackground);
    auto* column = column_ = scrolledColumn(this);
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
    for (const auto changed : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&model, changed, this, &LayersPanel::fit);
    connect(&model, &QAbstractItemModel::modelReset, this, &LayersPanel::fit);
    connect(&model, &LayerModel::moved, this, &LayersPanel::fit);
    connect(&model, &LayerModel::foldsChanged, this, &LayersPanel::fit);
    fit();
    column->addWidget(list_);
    column->addSpacing(8);
    ramp_->setFixedHeight(48);
    column->addWidget(ramp_);
    column->addSpacing(8);
    column->addWidget(figures_);
    column->addSpacing(6);
    heading(tr("LEGEND"));
    using U = dispatch::UnitStatus;
    for (const U status : {U::free, U::assigned, U::enroute, U::onscene, U::onBreak})
        column->addWidget(new Sign(status, false, Words::status(status), this));
    column->addWidget(new Sign(U::free, true, tr("position lost (never recommended)"), this));
    column->addSpacing(4);
    column->addWidget(new SymbolLegend(this));
    column->addStretch(1);
}

// As high as what is shown of it; who was on a layer that is folded away is on its group.
void LayersPanel::fit() {
    int shown = 0;
    for (int row = 0; row < model_.rowCount(); ++row) {
        const bool away = model_.foldedAway(row);
        if (away && list_->currentIndex().row() == row)
            list_->setCurrentIndex(model_.index(model_.find(model_.rows()[std::size_t(row)].group)));
        if (list_->isRowHidden(row) != away)
            list_->setRowHidden(row, away);
        shown += !away;
    }
    list_->setFixedHeight(shown * 25 + 2);
}

LayerTools& LayersPanel::setBook(LayerBook& book) {
    auto* tools = new LayerTools(book, model_, *list_, this);
    const int at = column_->indexOf(list_);
    column_->insertWidget(at, tools);
    column_->insertWidget(at + 2, tools->below());
    return *tools;
}

QWidget* LayersPanel::makeFigures(const std::vector<layers::AreaKind>& kinds) {
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    const auto choice = [&](const char* name, const QString& says) {
        auto* made = new QComboBox(box);
        made->setObjectName(QLatin1String(name));
        made->setAccessibleName(says);
        made->installEventFilter(this);
        column->addWidget(made);
        return made;
    };
    measure_ = choice("figuresMeasure", tr("Which figure"));
    for (const auto& [text, measure] : {std::pair{tr("rate, drawn to the mean"), Measure::shrunk},
                                        std::pair{tr("rate as counted"), Measure::rate},
                                        std::pair{tr("hot and cold spots"), Measure::spots},
                                        std::pair{tr("change"), Measure::change}})
        measure_->addItem(text, static_cast<int>(measure));
    kind_ = choice("figuresKind", tr("Per which area"));
    for (const layers::AreaKind kind : kinds)
        kind_->addItem(Words::areaKind(kind), static_cast<int>(kind));
    days_ = choice("figuresDays", tr("Over how long"));
    for (const int days : {7, 30, 90, 365})
        days_->addItem(tr("the last %1 days").arg(days), days);
    days_->setCurrentIndex(1);
    for (QComboBox* made : {measure_, kind_, days_})
        connect(made, &QComboBox::currentIndexChanged, this, [this] {
            emit tintsWanted({static_cast<Measure>(measure_->currentData().toInt()),
                              static_cast<layers::AreaKind>(kind_->currentData().toInt()),
                              days_->currentData().toInt()});
        });
    classes_->setParent(box);
    column->addWidget(classes_);
    return box;
}

void LayersPanel::setTinted(const Tinted& tinted) {
    auto& classes = *static_cast<Classes*>(classes_);
    classes.tinted.legend = tinted.legend;
    classes.tinted.unit = tinted.unit;
    classes.setFixedHeight(classes.heightForWidth(std::max(figures_->width(), 160)));
    classes.update();
}

void LayersPanel::setHeat(const HeatChoice& choice) {
    static_cast<Ramp*>(ramp_)->choice = choice;
    ramp_->setFixedHeight(filterWords(choice).isEmpty() ? 48 : 80);
    ramp_->update();
}

bool LayersPanel::eventFilter(QObject* watched, QEvent* event) {
    const bool ours = watched == list_ || watched == measure_ || watched == kind_ || watched == days_;
    if (ours && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        emit leave();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace vedette::console
