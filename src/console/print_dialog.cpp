// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/print_dialog.h"

#include "console/board.h"
#include "console/wording.h"
#include "map/sheet_areas.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>

#include <algorithm>

namespace vedette::console {

namespace {

QString settingsFile(const Desk& desk) {
    return q((desk.city().workspace.folder / ".vedette" / "print.ini").string());
}

} // namespace

PrintDialog::PrintDialog(Desk& desk, const LayerBook& book, const map::View& view,
                         const QStringList& visibleLayers, std::shared_ptr<const map::Scene> scene,
                         bool remember, QWidget* parent)
    : QDialog(parent), desk_(desk), book_(book), view_(view), visible_(visibleLayers),
      scene_(std::move(scene)), remember_(remember), printer_(new map::SheetPrinter(this)) {
    build();
    restore();
    propose();
    connect(printer_, &map::SheetPrinter::progressed, this, [this](int done, int of) {
        progress_->setRange(0, of);
        progress_->setValue(done);
        summary_->setText(tr("Sheet %1 of %2").arg(std::min(done + 1, of)).arg(of));
    });
    connect(printer_, &map::SheetPrinter::failed, this, [this](const layers::Message& why) {
        setRunning(false);
        summary_->setText(say(why));
        emit printed(false);
    });
    connect(printer_, &map::SheetPrinter::printed, this,
            [this](const QStringList& files, const std::vector<layers::Message>& problems) {
                setRunning(false);
                QStringList lines{
                    tr("Written: %1").arg(QDir::toNativeSeparators(files.join(QStringLiteral(", "))))};
                if (files.size() > 3)
                    lines = {tr("Written: %1 and %n more", nullptr, static_cast<int>(files.size() - 1))
                                 .arg(QDir::toNativeSeparators(files.front()))};
                for (std::size_t i = 0; i < std::min<std::size_t>(problems.size(), 3); ++i)
                    lines << say(problems[i]);
                summary_->setText(lines.join(u'\n'));
                emit printed(true);
            });
}

void PrintDialog::restore() {
    if (!remember_)
        return;
    const QSettings file(settingsFile(desk_), QSettings::IniFormat);
    const auto choose = [&](QComboBox* box, const char* name) {
        if (const int at = box->findData(file.value(QLatin1String(name))); at >= 0)
            box->setCurrentIndex(at);
    };
    choose(what_, "what");
    choose(paper_, "paper");
    choose(format_, "format");
    choose(dpi_, "dpi");
    const auto tick = [&](QCheckBox* box, const char* name) {
        box->setChecked(file.value(QLatin1String(name), box->isChecked()).toBool());
    };
    tick(landscape_, "landscape");
    tick(basemap_, "basemap");
    tick(codes_, "codes");
    tick(tickets_, "tickets");
    for (const auto& [box, name] : {std::pair{units_, "units"}, {heat_, "heat"}, {added_, "added"}})
        if (box->isEnabled())
            tick(box, name);
    subtitle_->setText(file.value(QStringLiteral("subtitle")).toString());
    out_->setText(file.value(QStringLiteral("out")).toString());
}

void PrintDialog::keep() const {
    if (!remember_)
        return;
    QSettings file(settingsFile(desk_), QSettings::IniFormat);
    for (const auto& [box, name] :
         {std::pair{what_, "what"}, {paper_, "paper"}, {format_, "format"}, {dpi_, "dpi"}})
        file.setValue(QLatin1String(name), box->currentData());
    for (const auto& [box, name] : {std::pair{landscape_, "landscape"},
                                    {basemap_, "basemap"},
                                    {codes_, "codes"},
                                    {tickets_, "tickets"},
                                    {units_, "units"},
                                    {heat_, "heat"},
                                    {added_, "added"}})
        if (box->isEnabled()) // what isn't there to be chosen was not chosen
            file.setValue(QLatin1String(name), box->isChecked());
    file.setValue(QStringLiteral("subtitle"), subtitle_->text());
    file.setValue(QStringLiteral("out"), out_->text());
}

void PrintDialog::propose() {
    const QString what = what_->currentData().toString();
    const bool atlas = layers::areaKind(s(what)).has_value();
    title_->setEnabled(!atlas); // each page bears its area's name
    subtitle_->setEnabled(!atlas);
    if (title_->text().isEmpty())
        title_->setText(q(desk_.city().workspace.name));
    const QString folder = out_->text().isEmpty() ? QDir::homePath() : QFileInfo(out_->text()).path();
    const QString base = (atlas ? QStringLiteral("atlas-") + what : QStringLiteral("map")) + u'.' +
                         format_->currentData().toString();
    out_->setText(QDir(folder).filePath(base));
}

map::CartographerReach PrintDialog::reach() const {
    const layers::Workspace& workspace = desk_.city().workspace;
    map::CartographerReach reach;
    reach.workspace = workspace.folder;
    reach.crs = workspace.crs;
    reach.network = workspace.basemapNetwork;
    reach.allowFolders.assign(workspace.allowFolders.begin(), workspace.allowFolders.end());
    if (workspace.basemapProject.empty() || !basemap_->isChecked())
        return reach;
    reach.project = workspace.folder / workspace.basemapProject;
    const auto light = reach.project.parent_path() /
                       (reach.project.stem().string() + "-light" + reach.project.extension().string());
    std::error_code ignored;
    if (std::filesystem::exists(light, ignored)) // paper is white
        reach.project = light;
    return reach;
}

map::Sheets PrintDialog::sheets() const {
    const dispatch::City& city = desk_.city();
    map::Sheets sheets;
    sheets.format = s(format_->currentData().toString());
    const auto paper = map::paperNamed(s(paper_->currentData().toString())).value_or(map::Paper{210, 297});
    sheets.width = landscape_->isChecked() ? paper.height : paper.width;
    sheets.height = landscape_->isChecked() ? paper.width : paper.height;
    sheets.dpi = dpi_->currentData().toDouble();
    sheets.basemap = basemap_->isChecked();
    sheets.legend = s(tr("Legend"));
    sheets.north = s(tr("N", "north on a printed map"));
    sheets.more = s(tr("{count} more rows overleaf"));
    sheets.legendMore = s(tr("and {count} more"));
    sheets.source = city.workspace.name + "  ·  " + layers::isoLocal(desk_.now(), city.zone) + "  ·  " +
                    city.workspace.crs;
    const std::vector<QueueRow>& queue = desk_.board().queue;
    const auto rowOf = [&](const QueueRow& row) -> std::vector<std::string> {
        return {
            toString(row.id),     std::to_string(row.priority), s(row.what),
            s(grouped(row.area)), s(Words::stage(row.stage)),   layers::isoLocal(row.openedAt, city.zone)};
    };
    if (tickets_->isChecked())
        for (const QString& head :
             {tr("Ticket"), tr("Priority"), tr("What"), tr("Area"), tr("Stage"), tr("Opened")})
            sheets.header.push_back(s(head));

    const QString what = what_->currentData().toString();
    const double scale = scale_->text().remove(u' ').remove(u',').toDouble();
    const auto kind = layers::areaKind(s(what));
    if (kind) {
        for (auto& [area, page] : map::atlasPages(city.areas, *kind, s(Words::oneArea(*kind)))) {
            for (const QueueRow& row : queue)
                if (city.areas.covers(area, row.at))
                    page.rows.push_back(rowOf(row));
            page.scale = scale;
            sheets.pages.push_back(std::move(page));
        }
    } else {
        map::SheetPage page;
        const layers::Box box = what == QStringLiteral("view") ? view_.extent() : city.areas.extent();
        page.title = s(title_->text());
        page.subtitle = s(subtitle_->text());
        page.minX = box.minX, page.minY = box.minY, page.maxX = box.maxX, page.maxY = box.maxY;
        page.scale = scale;
        for (const QueueRow& row : queue)
            if (box.contains(row.at))
                page.rows.push_back(rowOf(row));
        sheets.pages.push_back(std::move(page));
    }
    layers::Box shown;
    for (const auto& page : sheets.pages) {
        shown.add(layers::Point{page.minX, page.minY});
        shown.add(layers::Point{page.maxX, page.maxY});
    }
    addGround(sheets, shown);
    addMarks(sheets, shown);
    return sheets;
}

void PrintDialog::print() {
    keep();
    map::Sheets made = sheets();
    if (made.pages.empty()) {
        summary_->setText(say({"sheetNoAreas", {{"kind", s(what_->currentText())}}}));
        return;
    }
    setRunning(true);
    summary_->setText(tr("The QGIS helper starts"));
    printer_->print(reach(), std::move(made), s(out_->text()));
}

void PrintDialog::setRunning(bool running) {
    progress_->setVisible(running);
    progress_->setRange(0, 0);
    print_->setEnabled(!running);
    close_->setText(running ? tr("Cancel") : tr("Close"));
}

void PrintDialog::reject() {
    if (printer_->busy())
        printer_->cancel();
    else
        QDialog::reject();
}

} // namespace vedette::console
