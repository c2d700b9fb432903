// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/tilted_page.h"

#include "console/area_tints.h"
#include "console/latest.h"
#include "console/theme.h"
#include "console/wording.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace vedette::console {

namespace {

constexpr int shrunken = 0, rate = 1, count_ = 2;

std::function<double(layers::AreaIndex)> toneOf(const std::vector<std::pair<layers::AreaIndex, double>>& values) {
    return [known = std::unordered_map<layers::AreaIndex, double>(values.begin(), values.end())](layers::AreaIndex area) {
        const auto at = known.find(area);
        return at == known.end() ? -1.0 : at->second;
    };
}

double figureOf(const dispatch::AreaStatistics::Row& row, int figure) {
    return figure == count_ ? static_cast<double>(row.count) : figure == rate ? row.rate : row.shrunk;
}

} // namespace

TiltedPage::TiltedPage(Desk& desk, QWidget* parent)
    : QWidget(parent), desk_(desk), maker_(new Latest(this)), canvas_(new TiltedCanvas(this)) {
    setObjectName(QStringLiteral("tiltedPage"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(14, 8, 14, 8);
    measure_ = new QComboBox(this);
    measure_->setObjectName(QStringLiteral("tiltedMeasure"));
    measure_->setAccessibleName(tr("Which figure"));
    measure_->addItem(tr("rate, drawn to the mean"), shrunken);
    measure_->addItem(tr("rate as counted"), rate);
    measure_->addItem(tr("count"), count_);
    kind_ = new QComboBox(this);
    kind_->setObjectName(QStringLiteral("tiltedKind"));
    kind_->setAccessibleName(tr("Per which area"));
    offerKinds();
    if (const int grids = kind_->findData(static_cast<int>(layers::AreaKind::grid)); grids >= 0)
        kind_->setCurrentIndex(grids);
    canvas_->setWords([this](const map::TiltedScene& scene, std::size_t prism) { return wordsOf(scene, prism); });
    told_ = new QLabel(tr("drag: turn and tilt · right button: move · wheel: zoom · PgUp PgDn: height"), this);
    told_->setObjectName(QStringLiteral("tiltedTold"));
    auto* whole = new QPushButton(tr("Whole city (Home)"), this);
    auto* back = new QPushButton(tr("Back to the map (Esc)"), this);
    back->setObjectName(QStringLiteral("tiltedBack"));
    top->addWidget(measure_);
    top->addWidget(kind_);
    top->addSpacing(12);
    top->addWidget(told_, 1);
    top->addWidget(whole);
    top->addWidget(back);
    column->addLayout(top);
    column->addWidget(canvas_, 1);
    setFocusProxy(canvas_);
    connect(back, &QPushButton::clicked, this, &TiltedPage::leave);
    connect(whole, &QPushButton::clicked, canvas_, &TiltedCanvas::goHome);
    connect(measure_, &QComboBox::currentIndexChanged, this, &TiltedPage::take);
    connect(kind_, &QComboBox::currentIndexChanged, this, [this] {
        countedOf_.reset();
        count();
    });
    connect(canvas_, &TiltedCanvas::areaPicked, this, [this](quint32 area) { told_->setText(figureWords(area)); });
}

// Kinds of areas first, then the layers with heights, whose data is below nothing.
void TiltedPage::offerKinds() {
    const QVariant chosen = kind_->currentData();
    const QSignalBlocker quiet(kind_);
    kind_->clear();
    for (const layers::AreaKind kind : kindsOf(desk_.city()))
        kind_->addItem(Words::areaKind(kind), static_cast<int>(kind));
    for (std::size_t i = 0; i < buildings_.size(); ++i)
        kind_->addItem(tr("Buildings: %1").arg(buildings_[i].name), -1 - static_cast<int>(i));
    if (const int at = kind_->findData(chosen); at >= 0)
        kind_->setCurrentIndex(at);
}

void TiltedPage::setLayers(const std::vector<map::FeatureLayer>& layers) {
    buildings_.clear();
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) // topmost first
        if (layer->look && !layer->name.isEmpty() && layer->visible)
            if (const auto height = map::heightColumn(layer->look->snapshot))
                buildings_.push_back({layer->name, layer->look->snapshot, *height});
    offerKinds();
}

const TiltedPage::Buildings* TiltedPage::buildings() const {
    const int chosen = kind_->currentData().toInt();
    return chosen < 0 && static_cast<std::size_t>(-1 - chosen) < buildings_.size()
               ? &buildings_[static_cast<std::size_t>(-1 - chosen)]
               : nullptr;
}

layers::AreaKind TiltedPage::kind() const {
    if (!buildings())
        return static_cast<layers::AreaKind>(kind_->currentData().toInt());
    const auto kinds = kindsOf(desk_.city());
    const auto grids = std::find(kinds.begin(), kinds.end(), layers::AreaKind::grid);
    return grids != kinds.end() ? *grids : kinds.empty() ? layers::AreaKind::grid : kinds.front();
}

QString TiltedPage::figureWords(quint32 area) const {
    QString words = areaText(desk_.city(), desk_.city().areas[area].code);
    for (const auto& row : statistics_.rows)
        if (row.area == area) {
            words += QStringLiteral(" · ") + tr("%1 in %2 days").arg(row.count).arg(std::lround(statistics_.days));
            if (std::isfinite(row.shrunk))
                words += QStringLiteral(" · ") + tr("%1/km²/day").arg(QString::number(row.shrunk, 'g', 3));
        }
    return words;
}

QString TiltedPage::wordsOf(const map::TiltedScene& scene, std::size_t prism) const {
    const auto& one = scene.prisms[prism];
    QStringList lines;
    if (!scene.upWords.isEmpty()) {
        const QString height = tr("%1 m high").arg(map::tiltedFigure(one.value));
        lines << (one.name.isEmpty() ? height : one.name + QStringLiteral(" · ") + height);
    }
    if (one.area < desk_.city().areas.size())
        lines << figureWords(one.area);
    return lines.join(u'\n');
}

TiltedPage::~TiltedPage() {
    delete maker_;
}

bool TiltedPage::settled() const {
    return !isVisible() || (!pending_ && canvas_->settled());
}

void TiltedPage::begin(const HeatChoice& choice) {
    choice_ = choice;
    count();
}

void TiltedPage::restyle() {
    if (countedOf_)
        take();
}

void TiltedPage::count() {
    if (buildings() && desk_.city().workspace.incidents.empty()) { // their heights are there all the same
        countedOf_ = choice_;
        statistics_ = {};
        return take();
    }
    if (kind_->count() == 0 || desk_.city().workspace.incidents.empty()) {
        told_->setText(tr("No history or no areas: name them in workspace.toml"));
        return;
    }
    if (countedOf_ == choice_)
        return;
    countedOf_ = choice_;
    pending_ = true;
    maker_->run([this, choice = choice_, kind = kind(),
                 city = desk_.session().city()]() -> Latest::Delivery {
        const dispatch::PastChoice past = pastOf(*city, choice);
        dispatch::StatisticsAsk ask;
        ask.kind = kind, ask.from = past.from, ask.till = past.till;
        ask.category = past.category, ask.hours = past.hours;
        auto made = std::make_shared<dispatch::AreaStatistics>(areaStatistics(*city, ask));
        return [this, made] {
            statistics_ = std::move(*made);
            pending_ = false;
            take();
        };
    });
}

std::function<layers::AreaIndex(layers::Point)> TiltedPage::areaAt() const {
    return [this, wanted = kind()](layers::Point at) {
        for (const layers::AreaIndex area : desk_.city().areas.at(at)) // most responsible first
            if (desk_.city().areas[area].kind == wanted)
                return area;
        return map::TiltedScene::Prism::nowhere;
    };
}

void TiltedPage::take() {
    const int figure = measure_->currentData().toInt();
    std::vector<std::pair<layers::AreaIndex, double>> values;
    double most = 0;
    for (const auto& row : statistics_.rows)
        if (const double value = figureOf(row, figure); std::isfinite(value)) {
            values.emplace_back(row.area, value);
            most = std::max(most, value);
        }
    // As the figures on the map are coloured, so that the same red is the same there and here.
    double scale = layers::steadyScale(most) / 2;
    if (figure == count_)
        for (scale = 2; scale < 0.6 * most;)
            scale *= 2;
    auto named = std::make_shared<map::TiltedScene>(
        buildings() ? *map::tiltedBuildings(desk_.city().areas, buildings()->snapshot, buildings()->height, areaAt(),
                                            toneOf(values), most > 0 ? scale : 0, currentTheme())
                    : *tiltedScene(desk_.city().areas, kind(), values, scale, currentTheme()));
    if (buildings())
        named->upWords = tr("heights × %1");
    named->title = measure_->currentText() + QStringLiteral(" · ") + kind_->currentText();
    const QString filters = filterWords(choice_);
    named->unit = (figure == count_ ? tr("incidents in %1 days") : tr("events/km²/day · %1 days"))
                      .arg(std::lround(statistics_.days)) +
                  (filters.isEmpty() ? QString() : QStringLiteral(" · ") + filters);
    canvas_->setScene(std::move(named));
}

} // namespace vedette::console
