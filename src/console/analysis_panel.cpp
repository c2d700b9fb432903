// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/analysis_panel.h"

#include "console/back_test_view.h"
#include "console/figures_view.h"
#include "console/heat_form.h"
#include "console/latest.h"
#include "console/map_page.h"
#include "console/scrolled.h"
#include "console/week_clock.h"
#include "console/wording.h"
#include "dispatch/area_middle.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSaveFile>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace vedette::console {

namespace {

// Scrolls only up and down: no field is cut at its side, whatever the letters are.
class AsWideAsItsForm : public QScrollArea {
public:
    using QScrollArea::QScrollArea;

protected:
    bool eventFilter(QObject* of, QEvent* event) override {
        if (of == widget() && (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Show))
            setFixedWidth(widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width());
        return QScrollArea::eventFilter(of, event);
    }
};

} // namespace

AnalysisPanel::AnalysisPanel(Desk& desk, MapPage& map, QWidget* parent)
    : QWidget(parent), desk_(desk), map_(map), writer_(new Latest(this)) {
    setObjectName(QStringLiteral("analysisPanel"));
    setAccessibleName(tr("Analysis"));
    setAttribute(Qt::WA_StyledBackground);
    build();
    soon_.setSingleShot(true);
    soon_.setInterval(60);
    connect(&soon_, &QTimer::timeout, this, &AnalysisPanel::ask);
    connect(form_, &HeatForm::changed, this, [this] {
        const auto hours = choice_.hours;
        choice_ = form_->choice();
        choice_.hours = hours;
        soon_.start();
    });
    connect(clock_, &WeekClock::chosenChanged, this, [this] {
        choice_.hours = clock_->chosen();
        soon_.start();
    });
    connect(clock_, &WeekClock::choosing, this, [this] { whole_->setEnabled(!clock_->chosen().all()); });
    connect(&map, &MapPage::heatScaled, this, &AnalysisPanel::follow);
    connect(&map, &MapPage::heatBegun, this, [this] {
        progress_->show();
        cancel_->show();
    });
    connect(&map, &MapPage::areasPointed, this, [this](const std::vector<layers::AreaIndex>& areas) {
        if (isVisible())
            figures_->choose(areas);
    });
    connect(figures_, &FiguresView::counted, this,
            [this] {
                const auto& counted = figures_->model().statistics();
                clock_->setCounts(counted.clock, counted.clockHours);
            });
    connect(figures_, &FiguresView::areaPicked, this, [this](quint32 area) {
        map_.setArea(area);
        map_.show(dispatch::areaMiddle(desk_.city().areas, area), true);
    });
    follow(map.heat());
}

AnalysisPanel::~AnalysisPanel() {
    delete writer_;
}

void AnalysisPanel::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(14, 6, 10, 6);
    headline_ = new QLabel(this);
    headline_->setObjectName(QStringLiteral("planHeadline"));
    progress_ = new QProgressBar(this);
    progress_->setRange(0, 0);
    progress_->setFixedSize(90, 8);
    progress_->setTextVisible(false);
    progress_->hide();
    cancel_ = new QPushButton(tr("Cancel"), this);
    cancel_->setObjectName(QStringLiteral("heatCancel"));
    cancel_->hide();
    top->addWidget(headline_);
    top->addWidget(progress_);
    top->addWidget(cancel_);
    top->addStretch(1);
    const auto button = [&](const char* name, const QString& text, auto&& deed) {
        auto* made = new QPushButton(text, this);
        made->setObjectName(QLatin1String(name));
        made->setFocusPolicy(Qt::TabFocus);
        connect(made, &QPushButton::clicked, this, deed);
        return made;
    };
    connect(cancel_, &QPushButton::clicked, this, [this] { map_.cancelHeat(); });
    top->addWidget(button("heatExport", tr("Export this surface"), [this] { exportAsked(); }));
    top->addWidget(button("figuresExport", tr("Export the figures"), [this] { exportFigures(); }));
    top->addWidget(button("tiltedOpen", tr("Tilted picture (Ctrl+3)"), [this] { emit tiltedWanted(); }));
    column->addLayout(top);

    auto* row = new QHBoxLayout;
    row->setContentsMargins(14, 2, 6, 6);
    row->setSpacing(14);
    form_ = new HeatForm(desk_, this);
    auto* scroll = new AsWideAsItsForm(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    form_->setAutoFillBackground(false);
    scroll->setWidget(form_);
    row->addWidget(scroll);
    auto* middle = new QVBoxLayout;
    clockNote_ = new QLabel(tr("Incidents an hour by hour of the week: a click or a drag chooses what counts"), this);
    clockNote_->setObjectName(QStringLiteral("caption"));
    clockNote_->setWordWrap(true);
    clock_ = new WeekClock(this);
    auto* under = new QHBoxLayout;
    whole_ = button("wholeWeek", tr("Whole week"), [this] {
        clock_->setChosen(dispatch::allWeek());
        choice_.hours = clock_->chosen();
        soon_.start();
    });
    under->addWidget(whole_);
    under->addWidget(button("clockExport", tr("Export the hours"), [this] { exportClock(); }));
    under->addStretch(1);
    middle->addWidget(clockNote_);
    middle->addWidget(clock_, 1);
    middle->addLayout(under);
    row->addLayout(middle, 1);
    tabs_ = new QTabWidget(this);
    tabs_->setObjectName(QStringLiteral("analysisTabs"));
    tabs_->setDocumentMode(true);
    tabs_->tabBar()->setDrawBase(false); // a line in the system's colours
    tabs_->tabBar()->setUsesScrollButtons(false);
    tabs_->tabBar()->setElideMode(Qt::ElideRight);
    figures_ = new FiguresView(desk_, this);
    test_ = new BackTestView(desk_, this);
    tabs_->addTab(figures_, tr("Figures per area"));
    tabs_->addTab(test_, tr("Is the surface worth anything?"));
    row->addWidget(tabs_, 2);
    column->addLayout(row, 1);
    // What it would like to have is no reason for a wider window than a low screen gives.
    for (QComboBox* choice : tabs_->findChildren<QComboBox*>()) {
        choice->ensurePolished();
        choice->setMaximumWidth(choice->sizeHint().width());
        choice->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        choice->setMinimumContentsLength(8);
    }
    headline_->setMinimumWidth(80);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    setFocusProxy(clock_);
}

void AnalysisPanel::begin() {
    begun_ = true;
    figures_->setChoice(choice_);
    test_->setChoice(choice_);
}

void AnalysisPanel::showFigures() {
    tabs_->setCurrentWidget(figures_);
}

void AnalysisPanel::showBackTest() {
    tabs_->setCurrentWidget(test_);
}

bool AnalysisPanel::busy() const {
    return isVisible() && (soon_.isActive() || figures_->busy() || (test_->isVisible() && test_->busy()));
}

void AnalysisPanel::ask() {
    map_.setHeat(choice_);
    if (!begun_)
        return;
    figures_->setChoice(choice_);
    test_->setChoice(choice_);
}

// What is on the map, or was given up for what stood there.
void AnalysisPanel::follow(const HeatChoice& choice) {
    progress_->hide();
    cancel_->hide();
    if (soon_.isActive())
        return;
    const bool other = !(choice == choice_);
    choice_ = choice;
    form_->setChoice(choice);
    clock_->setChosen(choice.hours);
    whole_->setEnabled(!choice.hours.all());
    const RiskSurface& risk = map_.risk();
    headline_->setText(!risk.surface ? tr("Nothing of the history fits")
                                     : tr("%1 incidents in %2 days · highest %3 events/km²/day")
                                           .arg(risk.points)
                                           .arg(QString::number(risk.settings.days, 'g', 4))
                                           .arg(QString::number(risk.surface->max, 'g', 3)));
    if (begun_ && other) {
        figures_->setChoice(choice_);
        test_->setChoice(choice_);
    }
}

void AnalysisPanel::exportSurface(const QString& file) {
    writer_->run([this, file, risk = map_.risk(), crs = desk_.city().workspace.crs]() -> Latest::Delivery {
        const auto done = risk.surface ? layers::writeGeoTiff(*risk.surface, crs, risk.settings, s(file))
                                       : layers::Status(layers::refused("extentEmpty"));
        return [this, file, done] {
            desk_.tell(done ? tr("the surface is written to %1").arg(file) : say(done.problem().message),
                       done ? Desk::Tone::good : Desk::Tone::refused);
            emit surfaceWritten(done.ok());
        };
    });
}

void AnalysisPanel::exportAsked() {
    const QString file = QFileDialog::getSaveFileName(this, tr("Export this surface"), QStringLiteral("heat.tif"),
                                                      QStringLiteral("GeoTIFF (*.tif)"));
    if (!file.isEmpty())
        exportSurface(file);
}

void AnalysisPanel::exportFigures() {
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Export the figures"), QStringLiteral("figures.csv"),
        QStringLiteral("CSV (*.csv);;GeoPackage (*.gpkg);;GeoJSON (*.geojson);;Shapefile (*.shp)"));
    if (!file.isEmpty())
        figures_->exportTo(file);
}

void AnalysisPanel::exportClock() {
    const QString file = QFileDialog::getSaveFileName(this, tr("Export the hours"), QStringLiteral("hours.csv"),
                                                      QStringLiteral("CSV (*.csv)"));
    if (file.isEmpty())
        return;
    QSaveFile out(file);
    const bool ok = out.open(QIODevice::WriteOnly) && out.write(clock_->csv().toUtf8()) >= 0 && out.commit();
    desk_.tell(ok ? tr("the hours are written to %1").arg(file) : tr("%1 can't be written").arg(file),
               ok ? Desk::Tone::good : Desk::Tone::refused);
}

} // namespace vedette::console
