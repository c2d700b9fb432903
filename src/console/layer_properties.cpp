// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/layer_properties.h"

#include "console/theme.h"
#include "console/wording.h"
#include "layers/classes.h"
#include "map/layer_style_json.h"

#include <QColorDialog>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QFileInfo>
#include <QFormLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPixmap>
#include <QPushButton>
#include <QSaveFile>
#include <QSlider>
#include <QSpinBox>
#include <QTableWidget>

#include <algorithm>

namespace vedette::console {

using layers::LayerStyle;
using layers::StyleKind;

namespace {

// Light to dark, one hue each, and one that goes through a middle; safe for colour-blind eyes.
const std::vector<std::vector<layers::Argb>>& ramps() {
    static const std::vector<std::vector<layers::Argb>> all{{0xc0f1eef6, 0xc074a9cf, 0xc0045a8d},
                                                            {0xc0fef0d9, 0xc0fc8d59, 0xc0990000},
                                                            {0xc0edf8e9, 0xc074c476, 0xc0005a32},
                                                            {0xc00571b0, 0xc0f7f7f7, 0xc0ca0020},
                                                            {0xc0fde725, 0xc021918c, 0xc0440154}};
    return all;
}

double scaleOf(const QComboBox& box) {
    QString digits;
    const QString text = box.currentText();
    for (const QChar c : text.mid(text.indexOf(u':') + 1))
        if (c.isDigit())
            digits += c;
    return digits.toDouble();
}

QString scaleText(double denominator) {
    return QStringLiteral("1:") + QString::number(denominator, 'f', 0);
}

} // namespace

LayerStyle LayerProperties::style() const {
    const BookLayer* layer = book_.layer(id_);
    return layer ? layer->style : LayerStyle{};
}

bool LayerProperties::edgeOnly() const {
    const BookLayer* layer = book_.layer(id_);
    return layer && !layer->kept.added() && layer->style.kind == StyleKind::single;
}

void LayerProperties::change(const std::function<void(LayerStyle&)>& deed) {
    if (filling_ || id_.isEmpty())
        return;
    LayerStyle changed = style();
    deed(changed);
    book_.setStyle(id_, changed);
}

void LayerProperties::open(const QString& id) {
    id_ = id;
    (void)book_.ready(id);
    fill();
    findBreaks();
    show();
}

// The method, number and colours that the layer's classes came of, so that the next change goes on from them.
void LayerProperties::findBreaks() {
    const BookLayer* layer = book_.layer(id_);
    const LayerStyle look = style();
    if (!layer || !layer->rows || look.kind != StyleKind::graduated || look.classes.empty())
        return;
    std::vector<double> ends;
    for (const auto& one : look.classes)
        ends.push_back(one.to);
    const std::vector<double> values = layers::numbers(*layer->rows, layer->rows->column(look.column));
    filling_ = true;
    count_->setValue(static_cast<int>(ends.size()));
    using Method = layers::BreakMethod; // natural breaks are what is neither: of a million rows they take seconds
    const auto gave = [&](Method method) { return layers::classEnds(values, count_->value(), method) == ends; };
    const Method method = gave(Method::quantile)        ? Method::quantile
                          : gave(Method::equalInterval) ? Method::equalInterval
                                                        : Method::jenks;
    method_->setCurrentIndex(static_cast<int>(method));
    const auto hue = [](layers::Argb colour) { return colour & 0xffffffu; };
    for (std::size_t i = 0; i < ramps().size(); ++i)
        if (hue(ramps()[i].front()) == hue(look.classes.front().fill) &&
            hue(ramps()[i].back()) == hue(look.classes.back().fill))
            ramp_->setCurrentIndex(static_cast<int>(i));
    filling_ = false;
}

void LayerProperties::focusName() {
    name_->setFocus(Qt::ShortcutFocusReason);
    name_->selectAll();
}

void LayerProperties::fill() {
    const int row = model_.find(id_);
    if (row < 0)
        return hide();
    filling_ = true;
    const BookLayer* layer = book_.layer(id_);
    const LayerStyle look = style();
    const bool head = layer && layer->kept.head; // has a name, and no look
    const bool added = layer && layer->kept.added(), rows = layer && layer->rows;
    name_->setText(model_.rows()[static_cast<std::size_t>(row)].name);
    opacity_->setValue(static_cast<int>(look.opacity * 100 + 0.5));
    nearest_->setCurrentText(look.nearest > 0 ? scaleText(look.nearest) : tr("any"));
    farthest_->setCurrentText(look.farthest > 0 ? scaleText(look.farthest) : tr("any"));
    kind_->setCurrentIndex(static_cast<int>(look.kind));
    const auto columns = [&](QComboBox* box, const std::string& chosen, const QString& none) {
        box->clear();
        if (!none.isNull())
            box->addItem(none, QString());
        if (rows)
            for (const std::string& name : layer->rows->columns)
                box->addItem(q(name), q(name));
        box->setCurrentIndex(std::max(0, box->findData(q(chosen))));
    };
    columns(column_, look.column, {});
    columns(label_, look.label.column, tr("no names"));
    if (rows && !added) { // areas write their own names, or none
        label_->clear();
        label_->addItem(tr("when near"), QString());
        label_->addItem(tr("no names"), QStringLiteral("-"));
        label_->setCurrentIndex(look.label.column == "-" ? 1 : 0);
    }
    labelSize_->setValue(look.label.size);
    filter_->setText(layer ? q(layer->kept.filter) : QString());
    wrong_->hide();
    if (added) {
        const auto& spec = layer->kept.spec;
        read_->setText(!layer->problem.isEmpty()  ? layer->problem
                       : layer->kept.read.empty() ? q(spec.source)
                                                  : tr("read as %1").arg(q(layer->kept.read)));
        crs_->setText(q(spec.crs)), encoding_->setText(q(spec.encoding));
        datum_->setCurrentIndex(static_cast<int>(spec.datum));
    }
    if (!look.classes.empty()) {
        width_->setValue(look.classes.front().width);
        size_->setValue(look.classes.front().size);
        marker_->setCurrentIndex(static_cast<int>(look.classes.front().marker));
    }
    const bool graduated = look.kind == StyleKind::graduated, rule = look.kind == StyleKind::rule;
    const auto shown = [this](QWidget* field, bool on) { form_->setRowVisible(field, on); };
    bool points = false, shapes = false;
    if (added && layer->snapshot)
        for (std::size_t i = 0; i < layer->snapshot->size() && i < 200; ++i)
            (layer->snapshot->shape(i) == layers::Shape::point ? points : shapes) = true;
    shown(opacity_, !head), shown(nearest_, !head), shown(farthest_, !head);
    shown(kind_, rows);
    shown(column_, rows && (look.kind == StyleKind::categorised || graduated));
    shown(method_, rows && graduated), shown(count_, rows && graduated), shown(ramp_, rows && graduated);
    shown(classes_, rows);
    shown(addRule_->parentWidget(), rows && rule);
    shown(width_, rows && (added || look.kind == StyleKind::single));
    shown(size_, added && points), shown(marker_, added && points);
    shown(label_, rows), shown(labelSize_, added && !look.label.column.empty());
    shown(filter_, rows), shown(wrong_, false);
    for (QWidget* field : std::initializer_list<QWidget*>{read_, crs_, encoding_, datum_})
        shown(field, added);
    shown(styleFile_, rows);
    fillClasses();
    filling_ = false;
}

void LayerProperties::fillClasses() {
    const BookLayer* layer = book_.layer(id_);
    const LayerStyle look = style();
    classes_->setRowCount(static_cast<int>(look.classes.size()));
    for (int row = 0; row < classes_->rowCount(); ++row) {
        const auto& one = look.classes[static_cast<std::size_t>(row)];
        auto* swatch = new QTableWidgetItem;
        QColor colour = QColor::fromRgba(one.fill | 0xff000000u);
        if (edgeOnly()) // of an area with one look only its line is its own
            colour = one == layers::StyleClass{}
                         ? model_.rows()[static_cast<std::size_t>(model_.find(id_))].outline
                         : QColor::fromRgba(one.outline | 0xff000000u);
        swatch->setBackground(colour);
        swatch->setToolTip(tr("Colour: Enter or double click"));
        swatch->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        const QString text = look.kind == StyleKind::rule          ? q(one.filter)
                             : look.kind == StyleKind::single      ? tr("all")
                             : !one.label.empty()                  ? q(one.label)
                             : look.kind == StyleKind::categorised ? tr("all others")
                                                                   : QString();
        auto* what = new QTableWidgetItem(text);
        what->setToolTip(text);
        if (look.kind == StyleKind::rule && text.isEmpty())
            what->setToolTip(tr("all others"));
        auto* many = new QTableWidgetItem(layer && static_cast<std::size_t>(row) < layer->counts.size()
                                              ? QString::number(layer->counts[static_cast<std::size_t>(row)])
                                              : QString());
        many->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        many->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        if (look.kind == StyleKind::single)
            what->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        int column = 0;
        for (QTableWidgetItem* item : {swatch, what, many})
            classes_->setItem(row, column++, item);
    }
    classes_->setFixedHeight(std::clamp(classes_->rowCount(), 1, 7) * 24 + 4);
}

void LayerProperties::classify() {
    const BookLayer* layer = book_.layer(id_);
    if (filling_ || !layer || !layer->rows)
        return;
    const auto kind = static_cast<StyleKind>(kind_->currentIndex());
    std::string column = s(column_->currentData().toString());
    LayerStyle made = layer->style;
    if (kind == StyleKind::graduated && layers::numbers(*layer->rows, layer->rows->column(column)).empty()) {
        const int other = made.kind == kind ? -1 : layers::firstOfNumbers(*layer->rows);
        if (other < 0) { // the look stays
            fill();
            wrong_->setText(tr("%1: no number in its column %2").arg(name_->text(), q(column)));
            return form_->setRowVisible(wrong_, true);
        }
        column = layer->rows->columns[static_cast<std::size_t>(other)];
    }
    switch (kind) {
    case StyleKind::single:
        if (made.kind != kind)
            made.classes.resize(1);
        made.kind = kind;
        break;
    case StyleKind::categorised:
        layers::categorise(made, *layer->rows, column);
        break;
    case StyleKind::graduated:
        layers::graduate(made, *layer->rows, column,
                         static_cast<layers::BreakMethod>(method_->currentIndex()), count_->value(),
                         ramps()[static_cast<std::size_t>(ramp_->currentIndex())]);
        break;
    case StyleKind::rule:
        made.kind = kind;
        if (made.classes.empty())
            made.classes.emplace_back();
        break;
    }
    book_.setStyle(id_, made);
    fill();
}

// The hues of the program first; a dialog only for one of one's own.
void LayerProperties::pickColour(int row, bool outline) {
    const LayerStyle look = style();
    if (row < 0 || static_cast<std::size_t>(row) >= look.classes.size())
        return;
    const auto set = [this, row](QColor colour, bool edge) {
        change([&](LayerStyle& to) {
            auto& one = to.classes[static_cast<std::size_t>(row)];
            (edge ? one.outline : one.fill) = colour.rgba();
        });
        fill();
    };
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto& one = look.classes[static_cast<std::size_t>(row)];
    const QColor now = QColor::fromRgba(outline ? one.outline : one.fill);
    const std::pair<QString, unsigned> hues[] = {{tr("orange"), 0xe69f00u}, {tr("sky blue"), 0x56b4e9u},
                                                 {tr("green"), 0x009e73u},  {tr("yellow"), 0xf0e442u},
                                                 {tr("blue"), 0x0072b2u},   {tr("vermilion"), 0xd55e00u},
                                                 {tr("pink"), 0xcc79a7u},   {tr("grey"), 0x80868cu}};
    for (const auto& [name, colour] : hues) {
        QPixmap chip(14, 14);
        chip.fill(QColor::fromRgb(colour));
        QColor chosen = QColor::fromRgb(colour);
        chosen.setAlpha(now.alpha() > 0 ? now.alpha() : 160);
        connect(menu->addAction(chip, name), &QAction::triggered, this,
                [set, chosen, outline] { set(chosen, outline); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("no colour")), &QAction::triggered, this,
            [set, outline] { set(QColor(0, 0, 0, 0), outline); });
    connect(menu->addAction(tr("another …")), &QAction::triggered, this, [this, set, now, outline] {
        const QColor chosen = QColorDialog::getColor(now, this, {}, QColorDialog::ShowAlphaChannel);
        if (chosen.isValid())
            set(chosen, outline);
    });
    if (!outline)
        connect(menu->addAction(tr("edge …")), &QAction::triggered, this,
                [this, row] { pickColour(row, true); });
    menu->popup(
        classes_->viewport()->mapToGlobal(classes_->visualItemRect(classes_->item(row, 0)).bottomLeft()));
}

void LayerProperties::loadStyle(const QString& file) {
    if (file.endsWith(QStringLiteral(".qml"), Qt::CaseInsensitive))
        return emit qmlWanted(false, file);
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly) || in.size() > (4 << 20))
        return emit book_.tell(say({"fileUnreadable", {{"path", s(file)}}}), true);
    const auto read = map::styleFromJson(in.readAll());
    if (!read)
        return emit book_.tell(
            QFileInfo(file).fileName() + QStringLiteral(": ") + say(read.problem().message), true);
    book_.setStyle(id_, read.value());
    fill();
}

void LayerProperties::saveStyle(const QString& file) {
    if (file.endsWith(QStringLiteral(".qml"), Qt::CaseInsensitive))
        return emit qmlWanted(true, file);
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(map::styleToJson(style())) < 0 || !out.commit())
        return emit book_.tell(say({"writeFailed", {{"path", s(file)}, {"cause", s(out.errorString())}}}),
                               true);
    emit book_.tell(tr("style written to %1").arg(file), false);
}

void LayerProperties::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        return emit leave();
    QWidget::keyPressEvent(event);
}

LayerProperties::LayerProperties(LayerBook& book, LayerModel& model, QWidget* parent)
    : QWidget(parent), book_(book), model_(model) {
    setObjectName(QStringLiteral("layerProperties"));
    setAccessibleName(tr("How the layer looks"));
    build();
    hide();
    classes_->horizontalHeader()->hide();
    classes_->verticalHeader()->hide();
    classes_->verticalHeader()->setDefaultSectionSize(24);
    classes_->setColumnWidth(0, 26);
    classes_->setColumnWidth(2, 54);
    classes_->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    classes_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    classes_->setSelectionBehavior(QAbstractItemView::SelectItems);
    classes_->setTabKeyNavigation(false);
    connect(name_, &QLineEdit::editingFinished, this, [this] {
        if (!filling_ && !name_->text().trimmed().isEmpty())
            book_.rename(id_, name_->text());
    });
    connect(opacity_, &QSlider::valueChanged, this,
            [this](int value) { change([&](LayerStyle& to) { to.opacity = value / 100.0; }); });
    for (QComboBox* box : {nearest_, farthest_})
        connect(box, &QComboBox::currentTextChanged, this, [this, box] {
            change([&](LayerStyle& to) { (box == nearest_ ? to.nearest : to.farthest) = scaleOf(*box); });
        });
    for (QComboBox* box : {kind_, column_, method_, ramp_})
        connect(box, &QComboBox::activated, this, [this] { classify(); });
    connect(count_, &QSpinBox::valueChanged, this, [this] { classify(); });
    const auto each = [this](auto deed) {
        change([&](LayerStyle& to) {
            for (auto& one : to.classes)
                deed(one);
        });
    };
    connect(width_, &QDoubleSpinBox::valueChanged, this,
            [each](double v) { each([v](auto& one) { one.width = v; }); });
    connect(size_, &QDoubleSpinBox::valueChanged, this,
            [each](double v) { each([v](auto& one) { one.size = v; }); });
    connect(marker_, &QComboBox::activated, this, [each](int index) {
        each([index](auto& one) { one.marker = static_cast<layers::Marker>(index); });
    });
    connect(label_, &QComboBox::activated, this, [this] {
        change([this](LayerStyle& to) { to.label.column = s(label_->currentData().toString()); });
        fill();
    });
    connect(labelSize_, &QDoubleSpinBox::valueChanged, this,
            [this](double v) { change([v](LayerStyle& to) { to.label.size = v; }); });
    connect(filter_, &QLineEdit::editingFinished, this, [this] {
        if (filling_)
            return;
        layers::Message why;
        const bool read = book_.setFilter(id_, filter_->text(), &why);
        wrong_->setText(read ? QString() : say(why));
        form_->setRowVisible(wrong_, !read);
        if (read)
            fillClasses();
    });
    const auto reread = [this] {
        const BookLayer* layer = book_.layer(id_);
        if (filling_ || !layer || !layer->kept.added())
            return;
        layers::SourceSpec spec = layer->kept.spec;
        const auto before = std::tuple(spec.crs, spec.encoding, spec.datum);
        spec.crs = s(crs_->text().trimmed()), spec.encoding = s(encoding_->text().trimmed());
        spec.datum = static_cast<layers::Datum>(datum_->currentIndex());
        if (before != std::tuple(spec.crs, spec.encoding, spec.datum))
            book_.setSpec(id_, spec);
    };
    connect(crs_, &QLineEdit::editingFinished, this, reread);
    connect(encoding_, &QLineEdit::editingFinished, this, reread);
    connect(datum_, &QComboBox::activated, this, reread);
    connect(classes_, &QTableWidget::cellActivated, this, [this](int row, int column) {
        if (column == 0)
            pickColour(row, edgeOnly());
    });
    connect(classes_, &QTableWidget::cellDoubleClicked, this, [this](int row, int column) {
        if (column == 0)
            pickColour(row, edgeOnly());
    });
    connect(classes_, &QTableWidget::cellChanged, this, [this](int row, int column) {
        if (filling_ || column != 1)
            return;
        change([&](LayerStyle& to) {
            auto& one = to.classes[static_cast<std::size_t>(row)];
            (to.kind == StyleKind::rule ? one.filter : one.label) = s(classes_->item(row, 1)->text());
        });
        const BookLayer* layer = book_.layer(id_);
        wrong_->setText(layer && !layer->notes.isEmpty() ? layer->notes.first() : QString());
        const bool bad = style().kind == StyleKind::rule && !wrong_->text().isEmpty();
        filling_ = true;
        fillClasses();
        filling_ = false;
        form_->setRowVisible(wrong_, bad);
    });
    connect(addRule_, &QPushButton::clicked, this, [this] {
        change([](LayerStyle& to) {
            auto one = to.classes.empty() ? layers::StyleClass{} : to.classes.front();
            one.filter.clear(), one.label.clear();
            to.classes.push_back(std::move(one));
        });
        fill();
        classes_->setCurrentCell(classes_->rowCount() - 1, 1);
        classes_->editItem(classes_->item(classes_->rowCount() - 1, 1));
    });
    connect(removeRule_, &QPushButton::clicked, this, [this] {
        const int row = classes_->currentRow();
        change([&](LayerStyle& to) {
            if (row >= 0 && to.classes.size() > 1)
                to.classes.erase(to.classes.begin() + row);
        });
        fill();
    });
    connect(&book_, &LayerBook::layerChanged, this, [this](const QString& id) {
        const QWidget* focus = focusWidget();
        if (id == id_ && isVisible() && !(focus && focus->hasFocus() && isAncestorOf(focus)))
            fill();
    });
    connect(&book_, &LayerBook::removed, this, [this](const QString& id) {
        if (id == id_)
            emit leave();
    });
    for (QWidget* child : findChildren<QWidget*>())
        child->installEventFilter(this);
}

// Esc leaves the panel; the window's own Esc would clear the line that is being written.
bool LayerProperties::eventFilter(QObject*, QEvent* event) {
    const bool escape =
        event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape;
    if (escape)
        event->accept();
    return escape;
}

} // namespace vedette::console
