// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/print_dialog.h"

#include "console/wording.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace vedette::console {

void PrintDialog::build() {
    setObjectName(QStringLiteral("printDialog"));
    setWindowTitle(tr("Print the map"));
    resize(640, 360);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(18, 16, 18, 16);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    int row = 0;
    const auto caption = [&](const QString& text, QWidget* of, int column, int span = 1) {
        auto* label = new QLabel(text, this);
        label->setObjectName(QStringLiteral("caption"));
        label->setBuddy(of);
        of->setAccessibleName(text);
        grid->addWidget(label, row, column);
        grid->addWidget(of, row, column + 1, 1, span);
    };
    const auto box = [&](const char* name, const QList<std::pair<QString, QVariant>>& items) {
        auto* made = new QComboBox(this);
        made->setObjectName(QLatin1String(name));
        for (const auto& [text, data] : items)
            made->addItem(text, data);
        return made;
    };
    const auto line = [&](const char* name) {
        auto* made = new QLineEdit(this);
        made->setObjectName(QLatin1String(name));
        return made;
    };
    what_ = box("printWhat",
                {{tr("The view"), QStringLiteral("view")}, {tr("The whole city"), QStringLiteral("whole")}});
    using Kind = layers::AreaKind;
    for (const Kind kind :
         {Kind::county, Kind::township, Kind::community, Kind::bureau, Kind::station, Kind::beat}) {
        bool any = false;
        for (std::size_t i = 0; i < desk_.city().areas.size() && !any; ++i)
            any = desk_.city().areas[layers::AreaIndex(i)].kind == kind;
        if (any)
            what_->addItem(tr("Atlas: a page for each %1").arg(Words::oneArea(kind)),
                           q(layers::toString(kind)));
    }
    format_ = box("printFormat", {{QStringLiteral("PDF"), QStringLiteral("pdf")},
                                  {QStringLiteral("PNG"), QStringLiteral("png")},
                                  {QStringLiteral("SVG"), QStringLiteral("svg")}});
    caption(tr("What"), what_, 0);
    caption(tr("Format"), format_, 2);
    ++row;
    QList<std::pair<QString, QVariant>> papers;
    for (const char* name : {"A4", "A3", "A2", "A1", "A0", "A5"})
        papers << std::pair(QString::fromLatin1(name), QVariant(QString::fromLatin1(name)));
    paper_ = box("printPaper", papers);
    dpi_ = box("printDpi",
               {{QStringLiteral("150"), 150}, {QStringLiteral("300"), 300}, {QStringLiteral("600"), 600}});
    dpi_->setCurrentIndex(1);
    caption(tr("Paper"), paper_, 0);
    caption(tr("Dots per inch"), dpi_, 2);
    ++row;
    title_ = line("printTitle");
    caption(tr("Title"), title_, 0, 3);
    ++row;
    subtitle_ = line("printSubtitle");
    caption(tr("Subtitle"), subtitle_, 0, 3);
    ++row;
    scale_ = line("printScale");
    scale_->setPlaceholderText(tr("what shows all of it"));
    caption(tr("Scale 1 :"), scale_, 0);
    landscape_ = new QCheckBox(tr("landscape"), this);
    landscape_->setChecked(true);
    grid->addWidget(landscape_, row, 3);
    ++row;
    basemap_ = new QCheckBox(tr("basemap"), this);
    basemap_->setEnabled(!desk_.city().workspace.basemapProject.empty());
    basemap_->setChecked(basemap_->isEnabled());
    codes_ = new QCheckBox(tr("codes of areas"), this);
    codes_->setChecked(true);
    tickets_ = new QCheckBox(tr("open tickets and their table"), this);
    tickets_->setChecked(true);
    // What the map shows is what stands on the sheet, unless it is said otherwise.
    const auto shows = [&](const QString& text, const char* id, bool there) {
        auto* made = new QCheckBox(text, this);
        made->setObjectName(QStringLiteral("print-") + QLatin1String(id));
        made->setEnabled(there);
        made->setChecked(there && visible_.contains(QLatin1String(id)));
        return made;
    };
    units_ = shows(tr("units"), "units", true);
    heat_ = shows(tr("risk heat"), "heat", scene_->heat.surface != nullptr);
    const bool anyAdded = std::any_of(scene_->features.begin(), scene_->features.end(),
                                      [](const map::FeatureLayer& layer) { return layer.visible && layer.look; });
    added_ = new QCheckBox(tr("added layers"), this);
    added_->setObjectName(QStringLiteral("print-added"));
    added_->setEnabled(anyAdded);
    added_->setChecked(anyAdded);
    for (const auto& boxes : {std::array{basemap_, codes_, tickets_}, std::array{units_, heat_, added_}}) {
        auto* ticks = new QHBoxLayout;
        ticks->setSpacing(18);
        for (auto* tick : boxes)
            ticks->addWidget(tick);
        ticks->addStretch(1);
        grid->addLayout(ticks, row, 1, 1, 3);
        ++row;
    }
    out_ = line("printOut");
    auto* browse = new QToolButton(this);
    browse->setText(QStringLiteral("…"));
    browse->setAccessibleName(tr("Choose a file"));
    caption(tr("File"), out_, 0, 3);
    grid->addWidget(browse, row, 4);
    ++row;
    grid->setRowStretch(row++, 1);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    progress_ = new QProgressBar(this);
    progress_->setTextVisible(false);
    progress_->setFixedHeight(6);
    progress_->hide();
    grid->addWidget(progress_, row++, 0, 1, 5);
    summary_ = new QLabel(this);
    summary_->setObjectName(QStringLiteral("printSummary"));
    summary_->setWordWrap(true);
    print_ = new QPushButton(tr("&Print"), this);
    print_->setObjectName(QStringLiteral("printStart"));
    print_->setProperty("main", true);
    print_->setDefault(true);
    close_ = new QPushButton(tr("Close"), this);
    close_->setAutoDefault(false);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(summary_, 1);
    buttons->addWidget(print_);
    buttons->addWidget(close_);
    grid->addLayout(buttons, row, 0, 1, 5);
    connect(browse, &QToolButton::clicked, this, [this] {
        const QString file = QFileDialog::getSaveFileName(this, tr("Print to"), out_->text(), {}, nullptr,
                                                          QFileDialog::DontUseNativeDialog);
        if (!file.isEmpty())
            out_->setText(file);
    });
    connect(what_, &QComboBox::currentIndexChanged, this, &PrintDialog::propose);
    connect(format_, &QComboBox::currentIndexChanged, this, &PrintDialog::propose);
    connect(print_, &QPushButton::clicked, this, &PrintDialog::print);
    connect(close_, &QPushButton::clicked, this, &PrintDialog::reject);
}

} // namespace vedette::console
