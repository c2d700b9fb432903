// SPDX-License-Identifier: GPL-3.0-or-later
#include "sheet.h"

#include "project.h"
#include "sheet_layers.h"
#include "sheet_page.h"

#include <qgsabstractlayoutiterator.h>
#include <qgsfeedback.h>
#include <qgslayoutexporter.h>
#include <qgslayoutitemmap.h>
#include <qgslayoutrendercontext.h>
#include <qgsproject.h>

#include <QFile>
#include <QFontDatabase>

#include <algorithm>

namespace vedette::cartographer {

namespace {

QString fontFor(const std::string& wanted) {
    const QStringList known = QFontDatabase().families();
    for (const QString& family : {QString::fromStdString(wanted), QStringLiteral("Noto Sans CJK SC"),
                                  QStringLiteral("Source Han Sans SC"), QStringLiteral("WenQuanYi Zen Hei"),
                                  QStringLiteral("WenQuanYi Micro Hei")})
        if (known.contains(family))
            return family;
    return {};
}

// Which sheets there are, in order: each page's map, then the rows that had no room below it.
class Sheets : public QgsAbstractLayoutIterator {
public:
    Sheets(const wire::Print& print, SheetLayers& layers, SheetPaper& paper, const Onward& onward,
           QgsFeedback& feedback)
        : print_(print), layers_(layers), paper_(paper), onward_(onward), feedback_(feedback) {
        for (std::size_t page = 0; page < print.pages.size(); ++page) {
            sheets_.push_back({page, 0, true});
            if (print.header.empty())
                continue;
            const std::size_t rows = print.pages[page].rows.size();
            for (std::size_t from = paper.rowsBelowMap(); from < rows; from += paper.rowsAlone())
                sheets_.push_back({page, from, false});
        }
    }
    QgsLayout* layout() override { return &paper_.layout(); }
    bool beginRender() override { return true; }
    bool endRender() override { return true; }
    int count() const override { return static_cast<int>(sheets_.size()); }
    bool next() override {
        note();
        const auto of = static_cast<std::uint32_t>(sheets_.size());
        if (!onward_(static_cast<std::uint32_t>(begun_), of)) {
            feedback_.cancel();
            return false;
        }
        if (begun_ == sheets_.size())
            return false;
        const Sheet sheet = sheets_[begun_++];
        const wire::SheetPage& page = print_.pages[sheet.page];
        if (sheet.map) {
            layers_.setFocus(page.focus);
            paper_.showMap(page);
        } else {
            paper_.showRows(page, sheet.from);
        }
        paper_.layout().refresh();
        return true;
    }
    QString filePath(const QString& base, const QString& extension) override {
        const QString path = begun_ < 2 ? base + QLatin1Char('.') + extension
                                        : QStringLiteral("%1 %2.%3").arg(base).arg(begun_).arg(extension);
        files.push_back(path);
        return path;
    }
    QStringList files;
    std::vector<wire::Said> problems;

private:
    struct Sheet {
        std::size_t page = 0, from = 0;
        bool map = true;
    };
    void note() {
        for (const auto& error : paper_.map().renderingErrors()) {
            auto said = layerNotDrawn(error.layerID, error.message);
            if (std::find(problems.begin(), problems.end(), said) == problems.end())
                problems.push_back(std::move(said));
        }
    }
    const wire::Print& print_;
    SheetLayers& layers_;
    SheetPaper& paper_;
    const Onward& onward_;
    QgsFeedback& feedback_;
    std::vector<Sheet> sheets_;
    std::size_t begun_ = 0;
};

QgsLayoutExporter::ExportResult writeTo(Sheets& sheets, const wire::Print& print, QgsFeedback& feedback,
                                        QString& error) {
    const QString path = QString::fromStdString(print.path);
    const QString base = path.left(path.lastIndexOf(QLatin1Char('.')));
    if (print.format == "pdf") {
        QgsLayoutExporter::PdfExportSettings settings;
        settings.dpi = print.dpi;
        settings.appendGeoreference = false;
        settings.exportMetadata = false;
        settings.textRenderFormat = Qgis::TextRenderFormat::AlwaysText;
        sheets.files = QStringList(path);
        return QgsLayoutExporter::exportToPdf(&sheets, path, settings, error, &feedback);
    }
    if (print.format == "svg") {
        QgsLayoutExporter::SvgExportSettings settings;
        settings.dpi = print.dpi;
        settings.exportMetadata = false;
        settings.textRenderFormat = Qgis::TextRenderFormat::AlwaysText;
        return QgsLayoutExporter::exportToSvg(&sheets, base, settings, error, &feedback);
    }
    QgsLayoutExporter::ImageExportSettings settings;
    settings.dpi = print.dpi;
    settings.exportMetadata = false;
    return QgsLayoutExporter::exportToImage(&sheets, base, QStringLiteral("png"), settings, error, &feedback);
}

} // namespace

std::variant<wire::Printed, wire::Said> printSheets(const wire::Print& print, const std::string& crs,
                                                    const Onward& onward) {
    const auto target = crs.empty() ? QgsProject::instance()->crs()
                                    : QgsCoordinateReferenceSystem(QString::fromStdString(crs));
    if (!target.isValid())
        return wire::Said{"crsUnknownToQgis", {{"crs", crs}}};
    const QString font = fontFor(print.font);
    SheetLayers layers(print, target, font);
    const auto ground = print.basemap ? shownLayers() : QList<QgsMapLayer*>();
    auto inLegend = layers.forLegend();
    for (auto* layer : ground) {
        constexpr int mostInLegend = 14;
        if (layer->type() == QgsMapLayerType::VectorLayer && inLegend.size() < mostInLegend)
            inLegend << layer;
    }
    SheetPaper paper(print, target, font, layers.topFirst() + ground, inLegend,
                     [&layers](const QgsMapLayer* layer, double scale) { return layers.shows(layer, scale); });
    QgsFeedback feedback;
    Sheets sheets(print, layers, paper, onward, feedback);
    QString error;
    const auto result = writeTo(sheets, print, feedback, error);
    wire::Printed printed;
    for (const QString& file : sheets.files)
        printed.files.push_back(file.toStdString());
    printed.problems = layers.problems;
    printed.problems.insert(printed.problems.end(), sheets.problems.begin(), sheets.problems.end());
    if (result == QgsLayoutExporter::Success && !feedback.isCanceled())
        return printed;
    for (const QString& file : sheets.files)
        QFile::remove(file);
    if (result == QgsLayoutExporter::Canceled || feedback.isCanceled())
        return wire::Said{"cancelled", {}};
    if (result == QgsLayoutExporter::MemoryError)
        return wire::Said{"sheetOutOfMemory", {}};
    return wire::Said{"sheetUnwritable", {{"path", print.path}, {"cause", error.toStdString()}}};
}

} // namespace vedette::cartographer
