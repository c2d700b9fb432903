// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/layer_table.h"

#include "console/wording.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QTableView>

#include <algorithm>

namespace vedette::console {

LayerTable::LayerTable(LayerBook& book, LayerModel& names, QWidget* parent)
    : QWidget(parent), book_(book), names_(names), model_(new FeatureTableModel(this)),
      headline_(new QLabel(this)), wrong_(new QLabel(this)), only_(new QLineEdit(this)),
      selectedOnly_(new QCheckBox(tr("selected only"), this)),
      zoom_(new QPushButton(tr("Zoom to selection"), this)), table_(new QTableView(this)) {
    setObjectName(QStringLiteral("layerTablePanel"));
    setAccessibleName(tr("Attribute table"));
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(14, 6, 10, 6);
    headline_->setObjectName(QStringLiteral("planHeadline"));
    only_->setObjectName(QStringLiteral("layerTableOnly"));
    only_->setAccessibleName(tr("Only rows where"));
    only_->setPlaceholderText(tr("only where, e.g. level >= 2"));
    only_->setMinimumWidth(220);
    wrong_->setObjectName(QStringLiteral("ticketFlags"));
    auto* hint = new QLabel(tr("Enter: zoom · Esc: leave"), this);
    hint->setObjectName(QStringLiteral("caption"));
    top->addWidget(headline_), top->addSpacing(12), top->addWidget(only_), top->addWidget(wrong_, 1);
    top->addWidget(hint), top->addSpacing(8), top->addWidget(selectedOnly_), top->addWidget(zoom_);
    column->addLayout(top);
    table_->setObjectName(QStringLiteral("layerRows"));
    table_->setAccessibleName(tr("Rows of the layer"));
    table_->setModel(model_);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table_->setWordWrap(false);
    table_->setShowGrid(false);
    table_->setTabKeyNavigation(false);
    table_->verticalHeader()->setDefaultSectionSize(24);
    table_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table_->horizontalHeader()->setSortIndicatorShown(false);
    table_->horizontalHeader()->setResizeContentsPrecision(100); // rows looked at, however many there are
    column->addWidget(table_, 1);
    setFocusProxy(table_);
    for (QWidget* one : std::initializer_list<QWidget*>{table_, only_})
        one->installEventFilter(this);
    connect(table_->horizontalHeader(), &QHeaderView::sectionClicked, this, [this](int section) {
        QHeaderView* header = table_->horizontalHeader();
        const bool again = header->isSortIndicatorShown() && header->sortIndicatorSection() == section &&
                           header->sortIndicatorOrder() == Qt::AscendingOrder;
        header->setSortIndicatorShown(true);
        header->setSortIndicator(section, again ? Qt::DescendingOrder : Qt::AscendingOrder);
        model_->sort(section, header->sortIndicatorOrder());
    });
    connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            [this] { giveSelection(); });
    connect(only_, &QLineEdit::editingFinished, this, &LayerTable::fill);
    connect(selectedOnly_, &QCheckBox::toggled, this, &LayerTable::fill);
    connect(zoom_, &QPushButton::clicked, this, [this] { emit zoomWanted(book_.extentOf(id_, true)); });
    connect(&book_, &LayerBook::selectionChanged, this, [this](const QString& id) {
        if (id != id_ || !isVisible())
            return;
        if (selectedOnly_->isChecked() && !table_->hasFocus())
            fill();
        takeSelection();
    });
    connect(&book_, &LayerBook::layerChanged, this, [this](const QString& id) {
        if (id == id_ && isVisible())
            fill();
    });
    connect(&book_, &LayerBook::removed, this, [this](const QString& id) {
        if (id != id_)
            return;
        model_->setRows({}, {});
        if (isVisible())
            emit leave();
    });
}

void LayerTable::open(const QString& id) {
    if (id != id_)
        only_->clear(), selectedOnly_->setChecked(false);
    id_ = id;
    if (isVisible())
        book_.watch(id_);
    fill();
    table_->resizeColumnsToContents();
    for (int column = 0; column < model_->columnCount(); ++column)
        table_->setColumnWidth(column, std::clamp(table_->columnWidth(column) + 12, 60, 260));
}

void LayerTable::hideEvent(QHideEvent*) {
    book_.watch({});
}

void LayerTable::showEvent(QShowEvent*) {
    book_.watch(id_);
}

void LayerTable::fill() {
    const BookLayer* layer = book_.ready(id_);
    wrong_->clear();
    std::vector<std::uint32_t> shown;
    std::optional<layers::Rows> rows;
    if (layer && layer->rows) {
        rows = layer->rows;
        layers::Filter filter, own;
        if (auto read = layers::Filter::parse(layer->kept.filter, rows->columns))
            own = std::move(read).value();
        if (auto read = layers::Filter::parse(s(only_->text()), rows->columns))
            filter = std::move(read).value();
        else
            wrong_->setText(say(read.problem().message));
        const auto take = [&](std::uint32_t row) {
            if (own.holds(*rows, row) && filter.holds(*rows, row))
                shown.push_back(row);
        };
        if (selectedOnly_->isChecked()) {
            if (layer->selected)
                for (const std::uint32_t row : *layer->selected)
                    take(row);
        } else {
            for (std::uint32_t row = 0; row < rows->count; ++row)
                take(row);
        }
    }
    taking_ = true; // a reset drops the selection, which is not what anybody said
    model_->setRows(std::move(rows), std::move(shown));
    taking_ = false;
    takeSelection();
}

void LayerTable::takeSelection() {
    const BookLayer* layer = book_.layer(id_);
    taking_ = true;
    QItemSelection chosen;
    int first = -1;
    if (layer && layer->selected) {
        std::vector<int> places;
        if (layer->selected->size() == 1) {
            if (const int at = model_->indexOf(layer->selected->front()); at >= 0)
                places.push_back(at);
        } else {
            for (int at = 0; at < model_->rowCount(); ++at)
                if (std::binary_search(layer->selected->begin(), layer->selected->end(), model_->rowAt(at)))
                    places.push_back(at);
        }
        const int last = std::max(0, model_->columnCount() - 1);
        for (std::size_t i = 0; i < places.size();) { // runs of rows, so that all of them cost one
            std::size_t till = i;
            while (till + 1 < places.size() && places[till + 1] == places[till] + 1)
                ++till;
            chosen.select(model_->index(places[i], 0), model_->index(places[till], last));
            i = till + 1;
        }
        first = places.empty() ? -1 : places.front();
    }
    table_->selectionModel()->select(chosen, QItemSelectionModel::ClearAndSelect);
    if (first >= 0 && !table_->hasFocus()) {
        table_->selectionModel()->setCurrentIndex(model_->index(first, 0), QItemSelectionModel::NoUpdate);
        table_->scrollTo(model_->index(first, 0));
    }
    taking_ = false;
    count();
}

void LayerTable::giveSelection() {
    if (taking_)
        return;
    std::vector<std::uint32_t> rows;
    for (const QItemSelectionRange& range : table_->selectionModel()->selection())
        for (int at = range.top(); at <= range.bottom(); ++at)
            rows.push_back(model_->rowAt(at));
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    taking_ = true;
    book_.select(id_, std::move(rows));
    taking_ = false;
    count();
}

void LayerTable::count() {
    const BookLayer* layer = book_.layer(id_);
    const int at = names_.find(id_);
    const QString name = at < 0 ? id_ : names_.rows()[static_cast<std::size_t>(at)].name;
    const std::size_t selected = layer && layer->selected ? layer->selected->size() : 0;
    const QLocale local;
    QString text = name + QStringLiteral(" · ") + tr("%1 rows").arg(local.toString(model_->rowCount()));
    if (selected)
        text +=
            QStringLiteral(" · ") + tr("%1 selected").arg(local.toString(static_cast<qulonglong>(selected)));
    headline_->setText(text);
    zoom_->setEnabled(selected > 0);
}

bool LayerTable::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress)
        return false;
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Escape) {
        emit leave();
        return true;
    }
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) && watched == table_) {
        emit zoomWanted(book_.extentOf(id_, true));
        return true;
    }
    return false;
}

} // namespace vedette::console
