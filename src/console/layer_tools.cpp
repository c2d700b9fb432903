// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/layer_tools.h"

#include "console/wording.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace vedette::console {

LayerTools::LayerTools(LayerBook& book, LayerModel& model, QListView& list, QWidget* parent)
    : QWidget(parent), book_(book), model_(model), list_(list), below_(new QWidget(parent)),
      properties_(new LayerProperties(book, model, below_)), choice_(new QWidget(below_)),
      choices_(new QListWidget(choice_)) {
    setObjectName(QStringLiteral("layerTools"));
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 4);
    line->setSpacing(3);
    const auto button = [&](const char* name, const QString& sign, const QString& says, auto deed) {
        auto* made = new QToolButton(this);
        made->setObjectName(QLatin1String(name));
        made->setText(sign);
        made->setToolTip(says);
        made->setAccessibleName(says);
        made->setFocusPolicy(Qt::TabFocus);
        // The row must not ask for more than the narrowest dock has.
        made->setMinimumWidth(sign.size() > 1 ? 30 : 20);
        made->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        connect(made, &QToolButton::clicked, this, deed);
        line->addWidget(made, sign.size() > 1 ? 2 : 1);
        return made;
    };
    auto* add =
        button("layerAdd", QStringLiteral("+"), tr("Add a layer from a file (Ins)"), [this] { addFiles(); });
    auto* from = new QMenu(add);
    connect(from->addAction(tr("From files …")), &QAction::triggered, this, [this] { addFiles(); });
    connect(from->addAction(tr("From a folder …")), &QAction::triggered, this, [this] { addFolder(); });
    connect(from->addAction(tr("Group of the layer (G)")), &QAction::triggered, this, [this] { groupCurrent(); });
    add->setMenu(from);
    add->setPopupMode(QToolButton::DelayedPopup);
    remove_ = button("layerRemove", QStringLiteral("−"), tr("Take the layer away (Del)"),
                     [this] { removeCurrent(); });
    up_ = button("layerUp", QStringLiteral("↑"), tr("Further up (Alt+Up)"),
                 [this] { book_.step(current(), true); });
    down_ = button("layerDown", QStringLiteral("↓"), tr("Further down (Alt+Down)"),
                   [this] { book_.step(current(), false); });
    look_ = button("layerLook", tr("Look"), tr("How it looks and is read (Enter)"),
                   [this] { properties_->isVisible() ? closeProperties() : openProperties(); });
    table_ =
        button("layerTable", tr("Table"), tr("Attribute table (T)"), [this] { emit tableWanted(current()); });

    auto* column = new QVBoxLayout(below_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto* picking = new QVBoxLayout(choice_);
    picking->setContentsMargins(0, 4, 0, 4);
    choice_->setObjectName(QStringLiteral("layerChoice"));
    auto* asks = new QLabel(tr("Which of its layers? Space checks, Enter adds"), choice_);
    asks->setObjectName(QStringLiteral("caption"));
    asks->setWordWrap(true);
    choices_->setObjectName(QStringLiteral("layerChoices"));
    choices_->setAccessibleName(asks->text());
    auto* take = new QPushButton(tr("Add those checked"), choice_);
    take->setObjectName(QStringLiteral("layerChoiceTake"));
    connect(take, &QPushButton::clicked, this, &LayerTools::takeChosen);
    picking->addWidget(asks), picking->addWidget(choices_), picking->addWidget(take);
    choice_->hide();
    column->addWidget(choice_);
    column->addWidget(properties_);
    choices_->installEventFilter(this);

    list_.setDragEnabled(true);
    list_.setAcceptDrops(true);
    list_.setDropIndicatorShown(true);
    list_.setDragDropMode(QAbstractItemView::DragDrop);
    list_.setDefaultDropAction(Qt::MoveAction);
    list_.setSelectionMode(QAbstractItemView::SingleSelection);
    list_.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&list_, &QWidget::customContextMenuRequested, this,
            [this](QPoint at) { menu(list_.viewport()->mapToGlobal(at)); });
    list_.installEventFilter(this);
    connect(&list_, &QAbstractItemView::activated, this, [this] { openProperties(); }); // a double click
    connect(list_.selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        if (properties_->isVisible() && !current().isEmpty())
            properties_->open(current());
        enable();
    });
    connect(&model_, &QAbstractItemModel::modelReset, this, [this] {
        closeProperties();
        enable();
    });
    connect(properties_, &LayerProperties::leave, this, [this] {
        closeProperties();
        list_.setFocus(Qt::OtherFocusReason);
    });
    connect(&book_, &LayerBook::choiceWanted, this, &LayerTools::choose);
    connect(&book_, &LayerBook::layerChanged, this, [this] { enable(); });
    if (auto* files = properties_->findChild<QPushButton*>(QStringLiteral("layerStyleFile"))) {
        auto* styles = new QMenu(files);
        const QString kinds = tr("Styles (*.json *.qml)");
        connect(styles->addAction(tr("Load style …")), &QAction::triggered, this, [this, kinds] {
            if (const QString file =
                    QFileDialog::getOpenFileName(this, tr("Load style …"), book_.folder(), kinds);
                !file.isEmpty())
                properties_->loadStyle(file);
        });
        connect(styles->addAction(tr("Save style …")), &QAction::triggered, this, [this, kinds] {
            QString name = list_.currentIndex().data().toString();
            name.replace(u'/', u'-');
            QString file = QFileDialog::getSaveFileName(
                this, tr("Save style …"), book_.folder() + u'/' + name + QStringLiteral(".qml"), kinds);
            if (file.isEmpty())
                return;
            if (!file.endsWith(QStringLiteral(".qml")) && !file.endsWith(QStringLiteral(".json")))
                file += QStringLiteral(".json");
            properties_->saveStyle(file);
        });
        files->setMenu(styles);
    }
    enable();
}

QString LayerTools::current() const {
    const QModelIndex index = list_.currentIndex();
    return index.isValid() ? index.data(LayerModel::idRole).toString() : QString();
}

void LayerTools::enable() {
    const QString id = current();
    const BookLayer* layer = book_.layer(id);
    const int at = model_.find(id);
    const bool movable = at >= 0 && model_.rows()[static_cast<std::size_t>(at)].movable;
    up_->setEnabled(movable), down_->setEnabled(movable);
    const bool group = layer && layer->kept.head;
    remove_->setEnabled(group || (layer && layer->kept.added()));
    remove_->setToolTip(group ? tr("Dissolve the group; its layers stay (Del)") : tr("Take the layer away (Del)"));
    remove_->setAccessibleName(remove_->toolTip());
    look_->setEnabled(at >= 0);
    table_->setEnabled(
        at >= 0 && ((layer && layer->rows) || layers::areaKind(s(id)) || id == QStringLiteral("exclusive")));
}

void LayerTools::addFiles() {
    book_.addFiles(QFileDialog::getOpenFileNames(
        this, tr("Add layers"), {},
        tr("Map data") +
            QStringLiteral(" (*.gpkg *.shp *.geojson *.json *.csv *.kml *.kmz *.tab *.mif *.gml *.dxf "
                           "*.fgb *.sqlite *.zip *.xlsx *.ods *.gpx *.osm *.pbf *.vrt);;") +
            tr("All files") + QStringLiteral(" (*)")));
}

void LayerTools::addFolder() {
    if (const QString folder = QFileDialog::getExistingDirectory(this, tr("Add layers")); !folder.isEmpty())
        book_.addFiles({folder});
}

void LayerTools::removeCurrent() {
    const int row = list_.currentIndex().row();
    book_.remove(current());
    list_.setCurrentIndex(model_.index(std::min(row, model_.rowCount() - 1)));
}

void LayerTools::bringBack() {
    if (const QString id = book_.bringBack(); !id.isEmpty())
        list_.setCurrentIndex(model_.index(model_.find(id)));
}

void LayerTools::groupCurrent() {
    if (const QString group = book_.group(current()); !group.isEmpty())
        list_.setCurrentIndex(model_.index(model_.find(group)));
}

bool LayerTools::fold(bool folded) {
    const QModelIndex at = list_.currentIndex();
    const QString group = at.data(LayerModel::groupRole).toString();
    if (folded && !group.isEmpty())
        list_.setCurrentIndex(model_.index(model_.find(group)));
    else if (at.data(LayerModel::headRole).toBool())
        model_.setData(at, folded, LayerModel::foldedRole);
    else
        return false;
    return true;
}

void LayerTools::openProperties() {
    if (current().isEmpty())
        return;
    choice_->hide();
    properties_->open(current());
    // The list may have taken all the room there is.
    QTimer::singleShot(0, properties_, [this] {
        for (QWidget* up = properties_->parentWidget(); up; up = up->parentWidget())
            if (auto* area = qobject_cast<QScrollArea*>(up)) {
                area->ensureWidgetVisible(properties_, 0, 0);
                area->horizontalScrollBar()->setValue(0);
                break;
            }
    });
}

void LayerTools::closeProperties() {
    properties_->hide();
}

void LayerTools::choose(const QString& path, const QStringList& names, const QStringList& details) {
    choiceOf_ = path;
    choices_->clear();
    for (qsizetype i = 0; i < names.size(); ++i) {
        auto* item = new QListWidgetItem(
            names[i] + (details[i].isEmpty() ? QString() : QStringLiteral("  ·  ") + details[i]), choices_);
        item->setData(Qt::UserRole, names[i]);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(i == 0 ? Qt::Checked : Qt::Unchecked);
    }
    closeProperties();
    choices_->setFixedHeight(static_cast<int>(std::clamp<qsizetype>(names.size(), 2, 10)) * 26 + 8);
    choice_->show();
    choices_->setCurrentRow(0);
    choices_->setFocus(Qt::OtherFocusReason);
}

void LayerTools::takeChosen() {
    for (int i = 0; i < choices_->count(); ++i)
        if (choices_->item(i)->checkState() == Qt::Checked)
            book_.add(choiceOf_ + QStringLiteral("|layername=") +
                      choices_->item(i)->data(Qt::UserRole).toString());
    choice_->hide();
    list_.setFocus(Qt::OtherFocusReason);
}

void LayerTools::menu(const QPoint& global) {
    const QString id = current();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Zoom to it (Z)")), &QAction::triggered, this,
            [this, id] { emit zoomWanted(book_.extentOf(id, false)); });
    connect(menu->addAction(tr("How it looks (Enter)")), &QAction::triggered, this,
            [this] { openProperties(); });
    if (table_->isEnabled())
        connect(menu->addAction(tr("Attribute table (T)")), &QAction::triggered, this,
                [this, id] { emit tableWanted(id); });
    const LayerRow row = model_.find(id) < 0 ? LayerRow() : model_.rows()[static_cast<std::size_t>(model_.find(id))];
    if (remove_->isEnabled())
        connect(menu->addAction(row.head ? tr("Dissolve the group (Del)") : tr("Take it away (Del)")),
                &QAction::triggered, this, [this] { removeCurrent(); });
    if (row.head)
        connect(menu->addAction(row.folded ? tr("Unfold (Right)") : tr("Fold (Left)")), &QAction::triggered, this,
                [this, folded = !row.folded] { fold(folded); });
    else if (row.movable)
        connect(menu->addAction(tr("Make a group of it (G)")), &QAction::triggered, this, [this] { groupCurrent(); });
    if (!row.group.isEmpty())
        connect(menu->addAction(tr("Out of its group (Shift+G)")), &QAction::triggered, this,
                [this, id] { book_.ungroup(id); });
    if (const QString name = book_.removedName(); !name.isEmpty())
        connect(menu->addAction(tr("Bring back %1 (Ctrl+Z)").arg(name)), &QAction::triggered, this,
                [this] { bringBack(); });
    menu->addSeparator();
    connect(menu->addAction(tr("From files …")), &QAction::triggered, this, [this] { addFiles(); });
    connect(menu->addAction(tr("From a folder …")), &QAction::triggered, this, [this] { addFolder(); });
    menu->popup(global);
}

bool LayerTools::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && (watched == choices_ || properties_->isVisible()) &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept(); // else the window's own Esc takes it
        return true;
    }
    if (event->type() == QEvent::ShortcutOverride && watched == &list_ &&
        static_cast<QKeyEvent*>(event)->matches(QKeySequence::Undo) && !book_.removedName().isEmpty()) {
        event->accept(); // before what is undone of tickets
        return true;
    }
    if (event->type() != QEvent::KeyPress)
        return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (watched == choices_) {
        if (enter)
            takeChosen();
        else if (key->key() == Qt::Key_Escape)
            choice_->hide(), list_.setFocus(Qt::OtherFocusReason);
        return enter || key->key() == Qt::Key_Escape;
    }
    if (key->modifiers() == Qt::AltModifier && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down)) {
        book_.step(current(), key->key() == Qt::Key_Up);
        return true;
    }
    if (watched == &list_ && key->matches(QKeySequence::Undo)) {
        bringBack();
        return true;
    }
    if (key->modifiers() == Qt::ShiftModifier && key->key() == Qt::Key_G) {
        book_.ungroup(current());
        return true;
    }
    if (key->modifiers() & ~Qt::KeypadModifier)
        return false;
    switch (key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        openProperties();
        properties_->focusName();
        return true;
    case Qt::Key_Insert:
        addFiles();
        return true;
    case Qt::Key_Delete:
        removeCurrent();
        return true;
    case Qt::Key_G:
        groupCurrent();
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
        return fold(key->key() == Qt::Key_Left);
    case Qt::Key_T:
        if (table_->isEnabled())
            emit tableWanted(current());
        return true;
    case Qt::Key_Z:
        emit zoomWanted(book_.extentOf(current(), false));
        return true;
    case Qt::Key_Escape:
        if (!properties_->isVisible())
            return false;
        closeProperties();
        return true;
    default:
        return false;
    }
}

} // namespace vedette::console
