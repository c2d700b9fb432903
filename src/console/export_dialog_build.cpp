// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/export_dialog.h"

#include "console/wording.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDir>
#include <QFileDialog>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTableWidget>
#include <QToolButton>

namespace vedette::console {

namespace {

QTableWidget* table(const QStringList& heads, QWidget* parent) {
    auto* made = new QTableWidget(0, static_cast<int>(heads.size()), parent);
    made->setHorizontalHeaderLabels(heads);
    made->verticalHeader()->hide();
    made->verticalHeader()->setDefaultSectionSize(23);
    made->setEditTriggers(QAbstractItemView::NoEditTriggers);
    made->setSelectionBehavior(QAbstractItemView::SelectRows);
    made->setShowGrid(false);
    made->horizontalHeader()->setStretchLastSection(true);
    made->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    return made;
}

QDateTime local(dispatch::Instant at, const layers::TimeZone& zone) {
    const auto parts = zone.local(at);
    return {QDate(parts.year, parts.month, parts.day), QTime(parts.hour, parts.minute, parts.second)};
}

} // namespace

void ExportDialog::build() {
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export"));
    resize(880, 640);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(18, 16, 18, 16);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    int row = 0;
    const auto caption = [&](const QString& text, QWidget* of, int column) {
        auto* label = new QLabel(text, this);
        label->setObjectName(QStringLiteral("caption"));
        label->setBuddy(of);
        of->setAccessibleName(text);
        grid->addWidget(label, row, column);
        grid->addWidget(of, row, column + 1);
    };
    const auto box = [&](const char* name) {
        auto* made = new QComboBox(this);
        made->setObjectName(QLatin1String(name));
        return made;
    };
    layer_ = box("exportLayer");
    const std::pair<QString, const char*> layers[] = {{tr("Incidents, with grid and beat"), "incidents"},
                                                      {tr("Tickets"), "tickets"},
                                                      {tr("Units"), "units"},
                                                      {tr("Grids"), "grids"},
                                                      {tr("Exclusive grids"), "exclusiveGrids"},
                                                      {tr("Beats"), "beats"},
                                                      {tr("Stations"), "stations"},
                                                      {tr("Bureaus"), "bureaus"},
                                                      {tr("Communities"), "communities"},
                                                      {tr("Townships"), "townships"},
                                                      {tr("Counties"), "counties"},
                                                      {tr("Incidents per grid"), "counts"},
                                                      {tr("Incidents per beat"), "counts:beat"}};
    for (const auto& [name, id] : layers)
        layer_->addItem(name, QLatin1String(id));
    if (heat_.surface)
        layer_->addItem(tr("Risk heat, as shown"), QStringLiteral("heat"));
    format_ = box("exportFormat");
    caption(tr("Layer"), layer_, 0);
    caption(tr("Format"), format_, 2);
    ++row;
    crs_ = box("exportCrs");
    crs_->setEditable(true);
    crs_->addItems({QStringLiteral("EPSG:4326"), QStringLiteral("EPSG:4490"), q(desk_.city().workspace.crs)});
    encoding_ = box("exportEncoding");
    encoding_->addItems({QStringLiteral("UTF-8"), QStringLiteral("GBK")});
    caption(tr("Coordinates"), crs_, 0);
    caption(tr("Encoding"), encoding_, 2);
    ++row;
    where_ = new QLineEdit(this);
    where_->setObjectName(QStringLiteral("exportWhere"));
    where_->setPlaceholderText(tr("category = 03.2 and severity <= 2"));
    caption(tr("Only where"), where_, 0);
    inView_ = new QCheckBox(tr("only what lies in the map's view"), this);
    selected_ = new QCheckBox(tr("only what is selected"), this);
    auto* ticks = new QHBoxLayout;
    ticks->setSpacing(18);
    ticks->addWidget(inView_);
    ticks->addWidget(selected_);
    ticks->addStretch(1);
    grid->addLayout(ticks, row, 2, 1, 2);
    ++row;
    spanned_ = new QCheckBox(tr("from"), this);
    spanned_->setObjectName(QStringLiteral("exportSpanned"));
    from_ = new QDateTimeEdit(this);
    to_ = new QDateTimeEdit(this);
    for (QDateTimeEdit* edit : {from_, to_}) {
        edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
        edit->setCalendarPopup(true);
        edit->setEnabled(false);
    }
    from_->setAccessibleName(tr("From"));
    to_->setAccessibleName(tr("To"));
    auto* span = new QHBoxLayout;
    span->setSpacing(12);
    span->addWidget(from_);
    span->addWidget(new QLabel(tr("till"), this));
    span->addWidget(to_);
    span->addStretch(1);
    grid->addWidget(spanned_, row, 0);
    grid->addLayout(span, row, 1, 1, 3);
    ++row;
    out_ = new QLineEdit(this);
    out_->setObjectName(QStringLiteral("exportOut"));
    auto* browse = new QToolButton(this);
    browse->setText(QStringLiteral("…"));
    browse->setAccessibleName(tr("Choose a file"));
    caption(tr("File"), out_, 0);
    grid->addWidget(out_, row, 1, 1, 3);
    grid->addWidget(browse, row, 4);
    ++row;
    namesTitle_ = new QLabel(tr("FIELDS AS THEY WILL BE NAMED"), this);
    namesTitle_->setObjectName(QStringLiteral("heading"));
    auto* changesTitle = new QLabel(tr("WHAT CAME OUT CHANGED"), this);
    changesTitle->setObjectName(QStringLiteral("heading"));
    grid->addWidget(namesTitle_, row, 0, 1, 2);
    grid->addWidget(changesTitle, row, 2, 1, 3);
    ++row;
    names_ = table({tr("Field"), tr("In the file")}, this);
    names_->setObjectName(QStringLiteral("exportNames"));
    changes_ = table({tr("Row"), tr("Field"), tr("Cause"), tr("Before"), tr("After")}, this);
    changes_->setObjectName(QStringLiteral("exportChanges"));
    grid->addWidget(names_, row, 0, 1, 2);
    grid->addWidget(changes_, row, 2, 1, 3);
    changes_->hide();
    changesHint_ =
        new QLabel(tr("Not written yet: what the file can't hold as it is will be listed here."), this);
    changesHint_->setObjectName(QStringLiteral("exportChangesHint"));
    changesHint_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    changesHint_->setWordWrap(true);
    grid->addWidget(changesHint_, row, 2, 1, 3);
    grid->setRowStretch(row, 1);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    ++row;
    progress_ = new QProgressBar(this);
    progress_->setTextVisible(false);
    progress_->setFixedHeight(6);
    progress_->setRange(0, 1000);
    progress_->hide();
    grid->addWidget(progress_, row++, 0, 1, 5);
    summary_ = new QLabel(this);
    summary_->setObjectName(QStringLiteral("exportSummary"));
    summary_->setWordWrap(true);
    write_ = new QPushButton(tr("&Write"), this);
    write_->setObjectName(QStringLiteral("exportWrite"));
    write_->setProperty("main", true);
    write_->setDefault(true);
    close_ = new QPushButton(tr("Close"), this);
    close_->setAutoDefault(false);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(summary_, 1);
    buttons->addWidget(write_);
    buttons->addWidget(close_);
    grid->addLayout(buttons, row, 0, 1, 5);

    connect(browse, &QToolButton::clicked, this, [this] {
        const QString file = QFileDialog::getSaveFileName(this, tr("Export to"), out_->text(), {}, nullptr,
                                                          QFileDialog::DontUseNativeDialog);
        if (!file.isEmpty())
            out_->setText(file);
    });
    connect(spanned_, &QCheckBox::toggled, this, [this](bool on) {
        from_->setEnabled(on);
        to_->setEnabled(on);
    });
    connect(layer_, &QComboBox::currentIndexChanged, this, &ExportDialog::choicesChanged);
    connect(format_, &QComboBox::currentIndexChanged, this, &ExportDialog::plan);
    connect(encoding_, &QComboBox::currentIndexChanged, this, &ExportDialog::plan);
    connect(write_, &QPushButton::clicked, this, &ExportDialog::write);
    connect(close_, &QPushButton::clicked, this, &ExportDialog::reject);
    choicesChanged();
}

void ExportDialog::proposeSpan() {
    if (spanned_->isChecked())
        return; // somebody has chosen one
    // Tickets are as recent as the journal, incidents as the history that was read.
    const dispatch::History* history = layer() == "tickets" ? nullptr : desk_.city().history.ready();
    const auto till = history && !history->empty() ? history->at(history->size() - 1) : desk_.liveNow();
    from_->setDateTime(local(till - std::chrono::hours(24 * 30), desk_.city().zone));
    to_->setDateTime(local(till + std::chrono::minutes(1), desk_.city().zone));
}

void ExportDialog::choicesChanged() {
    proposeSpan();
    const bool heat = layer() == "heat";
    const QString had = format_->currentData().toString();
    const QSignalBlocker block(format_);
    format_->clear();
    if (heat) {
        format_->addItem(QStringLiteral("GeoTIFF"), QStringLiteral("tif"));
    } else {
        format_->addItem(QStringLiteral("Shapefile"), QStringLiteral("shp"));
        format_->addItem(QStringLiteral("GeoPackage"), QStringLiteral("gpkg"));
        format_->addItem(QStringLiteral("GeoJSON"), QStringLiteral("geojson"));
        format_->addItem(QStringLiteral("CSV"), QStringLiteral("csv"));
    }
    if (const int index = format_->findData(had); index >= 0)
        format_->setCurrentIndex(index);
    for (QWidget* widget :
         {static_cast<QWidget*>(crs_), static_cast<QWidget*>(encoding_), static_cast<QWidget*>(where_),
          static_cast<QWidget*>(inView_), static_cast<QWidget*>(selected_), static_cast<QWidget*>(spanned_)})
        widget->setEnabled(!heat);
    plan();
}

} // namespace vedette::console
