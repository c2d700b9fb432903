// SPDX-License-Identifier: GPL-3.0-or-later
#include "sheet_page.h"

#include "sheet_legend.h"

#include <qgsapplication.h>
#include <qgsfillsymbol.h>
#include <qgslayertree.h>
#include <qgslayoutframe.h>
#include <qgslayoutitemlabel.h>
#include <qgslayoutitemlegend.h>
#include <qgslayoutitemmanualtable.h>
#include <qgslayoutitemmap.h>
#include <qgslayoutitempage.h>
#include <qgslayoutitempicture.h>
#include <qgslayoutitemregistry.h>
#include <qgslayoutitemscalebar.h>
#include <qgslayoutitemshape.h>
#include <qgslayoutpagecollection.h>
#include <qgslayouttablecolumn.h>
#include <qgslegendstyle.h>
#include <qgsproject.h>
#include <qgsvectorlayer.h>

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

namespace vedette::cartographer {

namespace {

constexpr double margin = 10, gap = 3, footHeight = 9;
constexpr double rowHeight = 6.2; // 8 points of a CJK face with the cell's margins and its line
constexpr double cellMargin = 0.8;
const QColor ink(24, 32, 44), faint(96, 106, 120);

constexpr const char* needle =
    R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 28"><path d="M10 1 L17 27 L10 21.5 Z" fill="#18202c"/>)"
    R"(<path d="M10 1 L3 27 L10 21.5 Z" fill="#ffffff" stroke="#18202c" stroke-width="0.9"/></svg>)";

// The next of 1, 1.25, 1.5, 2, ... times a power of ten: a scale that a ruler agrees with.
double roundScale(double scale) {
    const double power = std::pow(10.0, std::floor(std::log10(scale)));
    for (const double step : {1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.5, 8.0, 10.0})
        if (step * power >= scale * (1 - 1e-9))
            return step * power;
    return scale;
}

// The page's extent, widened to the frame's shape: QGIS would bend the frame instead.
QgsRectangle shapedLike(const QRectF& frame, const wire::SheetPage& page) {
    const double x = (page.minX + page.maxX) / 2, y = (page.minY + page.maxY) / 2;
    const double ratio = frame.width() / frame.height();
    const double height = std::max(page.maxY - page.minY, (page.maxX - page.minX) / ratio);
    return QgsRectangle(x - height * ratio / 2, y - height / 2, x + height * ratio / 2, y + height / 2);
}

QString grouped(double number) {
    QLocale plain = QLocale::c();
    plain.setNumberOptions(QLocale::DefaultNumberOptions);
    return plain.toString(static_cast<qlonglong>(std::llround(number))).replace(',', ' ');
}

// How wide a text is, in Latin letters: a Chinese character takes two.
int widthOf(const std::string& text) {
    int width = 0;
    for (const QChar c : QString::fromStdString(text))
        width += c.unicode() >= 0x2E80 ? 2 : 1;
    return width;
}

} // namespace

SheetPaper::SheetPaper(const wire::Print& print, const QgsCoordinateReferenceSystem& crs, const QString& font,
                       const QList<QgsMapLayer*>& layers, const QList<QgsMapLayer*>& inLegend, Shows shows)
    : print_(print), font_(font), layers_(layers), inLegend_(inLegend), shows_(std::move(shows)),
      layout_(QgsProject::instance()) {
    layout_.initializeDefaults();
    layout_.pageCollection()->page(0)->setPageSize(QgsLayoutSize(print.width, print.height));
    side_ = print.width >= 180 ? 46 : 34;
    title_ = label(18, true);
    subtitle_ = label(10, false);
    foot_ = label(7, false);
    scale_ = label(8, true);
    more_ = label(7, false);
    for (auto* quiet : {subtitle_, foot_, more_})
        quiet->setFontColor(faint);
    place(*title_, margin, margin - 2, print.width - 2 * margin, 9.5);
    place(*subtitle_, margin, margin + 7.5, print.width - 2 * margin, 5.5);
    top_ = margin + 15;
    bottom_ = print.height - margin - footHeight + 4;
    place(*foot_, margin, bottom_ + 1, print.width - 2 * margin, footHeight - 4);
    foot_->setText(QString::fromStdString(print.source));
    buildMap();
    map_->setCrs(crs);
    buildSide();
    if (!print.header.empty())
        buildTable();
}

QgsLayoutItemLabel* SheetPaper::label(double points, bool bold) {
    auto* made = new QgsLayoutItemLabel(&layout_);
    QFont face(font_);
    face.setPointSizeF(points);
    face.setBold(bold);
    made->setFont(face);
    made->setFontColor(ink);
    made->setMargin(0);
    made->setVAlign(Qt::AlignVCenter);
    layout_.addLayoutItem(made);
    return made;
}

void SheetPaper::place(QgsLayoutItem& item, double x, double y, double width, double height) {
    item.attemptMove(QgsLayoutPoint(x, y, QgsUnitTypes::LayoutMillimeters), true, false, 0);
    item.attemptResize(QgsLayoutSize(width, height, QgsUnitTypes::LayoutMillimeters));
}

void SheetPaper::buildMap() {
    map_ = new QgsLayoutItemMap(&layout_);
    map_->setKeepLayerSet(true);
    map_->setLayers(layers_);
    map_->setFrameEnabled(true);
    map_->setFrameStrokeColor(ink);
    map_->setFrameStrokeWidth(QgsLayoutMeasurement(0.3));
    map_->setBackgroundColor(print_.basemap ? QgsProject::instance()->backgroundColor() : QColor(Qt::white));
    layout_.addLayoutItem(map_);
    const double room = bottom_ - top_;
    const double share = print_.height > print_.width ? 0.34 : 0.3;
    std::size_t most = 0;
    for (const wire::SheetPage& page : print_.pages)
        most = std::max(most, page.rows.size());
    if (!print_.header.empty() && most > 0) {
        const auto fitting = static_cast<std::size_t>(std::max(0.0, room * share / rowHeight - 2));
        rowsBelowMap_ = std::min(fitting, most);
        rowsAlone_ = static_cast<std::size_t>(std::max(1.0, room / rowHeight - 2));
    }
    const double below = rowsBelowMap_ > 0 ? tableHeight(rowsBelowMap_) + gap + 4 : 0;
    place(*map_, margin, top_, print_.width - 2 * margin - side_ - gap, room - below);
    if (print_.format == "svg")
        coverAroundMap();
}

// Qt writes SVG without clipping: what the map draws beyond its frame would lie on the rest of the sheet.
void SheetPaper::coverAroundMap() {
    constexpr double line = 0.15; // half of the frame's stays
    const QRectF body(margin - line, top_ - line, map_->rect().width() + 2 * line,
                      map_->rect().height() + 2 * line);
    const double width = print_.width, height = print_.height;
    const std::unique_ptr<QgsFillSymbol> white(
        QgsFillSymbol::createSimple({{QStringLiteral("color"), QStringLiteral("255,255,255,255")},
                                     {QStringLiteral("outline_style"), QStringLiteral("no")}}));
    constexpr double lap = 2; // they overlap each other and the paper's rim: no seam shows
    for (const QRectF& box :
         {QRectF(-lap, -lap, width + 2 * lap, body.top() + lap),
          QRectF(-lap, body.bottom(), width + 2 * lap, height - body.bottom() + lap),
          QRectF(-lap, body.top() - lap, body.left() + lap, body.height() + 2 * lap),
          QRectF(body.right(), body.top() - lap, width - body.right() + lap, body.height() + 2 * lap)}) {
        auto* cover = new QgsLayoutItemShape(&layout_);
        cover->setShapeType(QgsLayoutItemShape::Rectangle);
        cover->setSymbol(white.get()); // a copy of it
        layout_.addLayoutItem(cover);
        place(*cover, box.x(), box.y(), box.width(), box.height());
    }
    for (auto* above : {title_, subtitle_, foot_, scale_, more_})
        layout_.moveItemToTop(above);
}

void SheetPaper::buildSide() {
    const double x = print_.width - margin - side_;
    auto* picture = new QgsLayoutItemPicture(&layout_);
    picture->setPicturePath(QStringLiteral("base64:") + QString::fromLatin1(QByteArray(needle).toBase64()),
                            QgsLayoutItemPicture::FormatSVG);
    picture->setLinkedMap(map_);
    picture->setNorthMode(QgsLayoutItemPicture::GridNorth);
    layout_.addLayoutItem(picture);
    place(*picture, x, top_, 10, 14);
    north_ = picture;
    northLetter_ = label(11, true);
    northLetter_->setText(QString::fromStdString(print_.north));
    place(*northLetter_, x + 12, top_, side_ - 12, 14);

    place(*scale_, x, top_ + 17, side_, 5);
    // Through the registry: the header's own create() is all that is exported, and that is what it calls.
    auto* item =
        QgsApplication::layoutItemRegistry()->createItem(QgsLayoutItemRegistry::LayoutScaleBar, &layout_);
    bar_ = dynamic_cast<QgsLayoutItemScaleBar*>(item);
    if (bar_) {
        bar_->setLinkedMap(map_);
        QgsTextFormat format;
        format.setFont(QFont(font_));
        format.setSize(7);
        format.setSizeUnit(QgsUnitTypes::RenderPoints);
        format.setColor(ink);
        bar_->setTextFormat(format);
        bar_->setHeight(1.6);
        layout_.addLayoutItem(bar_);
        place(*bar_, x, top_ + 22, side_, 10);
    }
}

// One that had to be made small for many lines can't be made large again: it is built anew.
void SheetPaper::buildLegend(const QList<QgsMapLayer*>& of) {
    for (QgsLayoutItem* old : std::initializer_list<QgsLayoutItem*>{legend_, legendMore_})
        if (old)
            layout_.removeLayoutItem(old);
    legendMore_ = nullptr;
    const double x = print_.width - margin - side_;
    legend_ = new QgsLayoutItemLegend(&layout_);
    legend_->setAutoUpdateModel(false);
    legend_->setTitle(QString::fromStdString(print_.legend));
    legend_->setLinkedMap(map_);
    legend_->setResizeToContents(false);
    legend_->setBoxSpace(0);
    legend_->setSymbolWidth(6);
    legend_->setSymbolHeight(3.4);
    legend_->setFontColor(ink);
    for (const auto& [component, points] : {std::pair{QgsLegendStyle::Title, 10.0},
                                            {QgsLegendStyle::Group, 8.0},
                                            {QgsLegendStyle::Subgroup, 8.0},
                                            {QgsLegendStyle::SymbolLabel, 8.0}}) {
        QFont face(font_);
        face.setPointSizeF(points);
        face.setBold(component == QgsLegendStyle::Title);
        legend_->setStyleFont(component, face);
    }
    legend_->model()->rootGroup()->removeAllChildren();
    for (auto* layer : of)
        if (auto* vector = qobject_cast<QgsVectorLayer*>(layer))
            addToLegend(*legend_->model(), *vector);
    layout_.addLayoutItem(legend_);
    place(*legend_, x, top_ + 36, side_, map_->rect().height() - 36);
    legend_->updateLegend();
    constexpr double line = 4;
    if (const int left = fitLegend(*legend_, line); left > 0) {
        legendMore_ = label(7, false);
        legendMore_->setFontColor(faint);
        legendMore_->setText(
            QString::fromStdString(print_.legendMore).replace(QStringLiteral("{count}"), QString::number(left)));
        place(*legendMore_, x, top_ + map_->rect().height() - line, side_, line);
    }
}

double SheetPaper::tableHeight(std::size_t rows) const {
    return rowHeight * static_cast<double>(rows + 1) + 1;
}

void SheetPaper::buildTable() {
    table_ = new QgsLayoutItemManualTable(&layout_);
    layout_.addMultiFrame(table_);
    QgsTextFormat text;
    text.setFont(QFont(font_));
    text.setSize(8);
    text.setSizeUnit(QgsUnitTypes::RenderPoints);
    text.setColor(ink);
    table_->setContentTextFormat(text);
    QFont bold(font_);
    bold.setBold(true);
    text.setFont(bold);
    table_->setHeaderTextFormat(text);
    table_->setCellMargin(cellMargin);
    table_->setGridStrokeWidth(0.15);
    table_->setGridColor(QColor(176, 184, 194));
    table_->setWrapBehavior(QgsLayoutTable::TruncateText);
    table_->setResizeMode(QgsLayoutMultiFrame::UseExistingFrames);
    frame_ = new QgsLayoutFrame(&layout_, table_);
    table_->addFrame(frame_);
    place(*frame_, margin, top_, print_.width - 2 * margin, tableHeight(1));
}

// Columns take their share of the paper by the longest of their texts, none of them all of it.
void SheetPaper::fillTable(const wire::SheetPage& page, std::size_t from, std::size_t most) {
    const std::size_t columns = print_.header.size();
    const std::size_t until = std::min(page.rows.size(), from + most);
    std::vector<double> weights(columns);
    for (std::size_t c = 0; c < columns; ++c) {
        int longest = widthOf(print_.header[c]) + 1;
        for (const auto& row : page.rows)
            longest = std::max(longest, c < row.size() ? widthOf(row[c]) : 0);
        weights[c] = std::clamp(longest, 4, 44);
    }
    const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
    const double room =
        print_.width - 2 * margin - static_cast<double>(columns) * (2 * cellMargin + 0.15) - 0.2;
    QgsLayoutTableColumns heads;
    QList<double> widths;
    for (std::size_t c = 0; c < columns; ++c) {
        heads << QgsLayoutTableColumn(QString::fromStdString(print_.header[c]));
        widths << room * weights[c] / all;
    }
    QgsTableContents rows;
    for (std::size_t r = from; r < until; ++r) {
        QgsTableRow row;
        for (std::size_t c = 0; c < columns; ++c)
            row << QgsTableCell(
                QString::fromStdString(c < page.rows[r].size() ? page.rows[r][c] : std::string()));
        rows << row;
    }
    table_->setIncludeTableHeader(true);
    table_->setColumns(heads);
    table_->setHeaders(heads);
    table_->setTableContents(rows);
    table_->setColumnWidths(widths); // a column's own width is no word to a table filled by hand
    table_->recalculateFrameSizes();
}

void SheetPaper::showWhatBelongsToTheMap(bool shown) {
    for (QgsLayoutItem* item :
         std::initializer_list<QgsLayoutItem*>{map_, legend_, legendMore_, north_, northLetter_, scale_, bar_})
        if (item)
            item->setVisibility(shown);
}

void SheetPaper::showLayersAt(double scale) {
    const auto shown = [&](QList<QgsMapLayer*> all) {
        all.erase(std::remove_if(all.begin(), all.end(), [&](QgsMapLayer* layer) { return !shows_(layer, scale); }),
                  all.end());
        return all;
    };
    map_->setLayers(shown(layers_));
    if (const auto of = shown(inLegend_); legendOf_ != of) {
        buildLegend(of);
        legendOf_ = of;
    }
}

void SheetPaper::showMap(const wire::SheetPage& page) {
    title_->setText(QString::fromStdString(page.title));
    subtitle_->setText(QString::fromStdString(page.subtitle));
    map_->setExtent(shapedLike(map_->rect(), page));
    map_->setScale(page.scale > 0 ? page.scale : roundScale(map_->scale()));
    scale_->setText(QStringLiteral("1 : ") + grouped(map_->scale()));
    showLayersAt(map_->scale());
    if (bar_) {
        bar_->applyDefaultSize(bar_->guessUnits());
        bar_->update();
    }
    showWhatBelongsToTheMap(true);
    const bool rows = table_ && rowsBelowMap_ > 0 && !page.rows.empty();
    more_->setVisibility(rows && page.rows.size() > rowsBelowMap_);
    if (!table_)
        return;
    frame_->setVisibility(rows);
    if (!rows)
        return;
    fillTable(page, 0, rowsBelowMap_);
    const double y = top_ + map_->rect().height() + gap;
    place(*frame_, margin, y, print_.width - 2 * margin, tableHeight(rowsBelowMap_));
    const auto left = page.rows.size() > rowsBelowMap_ ? page.rows.size() - rowsBelowMap_ : 0;
    more_->setText(
        QString::fromStdString(print_.more).replace(QStringLiteral("{count}"), QString::number(left)));
    place(*more_, margin, bottom_ - 3.5, print_.width - 2 * margin, 4);
}

void SheetPaper::showRows(const wire::SheetPage& page, std::size_t from) {
    title_->setText(QString::fromStdString(page.title));
    subtitle_->setText(QString::fromStdString(page.subtitle));
    showWhatBelongsToTheMap(false);
    more_->setVisibility(false);
    frame_->setVisibility(true);
    fillTable(page, from, rowsAlone_);
    place(*frame_, margin, top_, print_.width - 2 * margin, tableHeight(rowsAlone_));
}

} // namespace vedette::cartographer
