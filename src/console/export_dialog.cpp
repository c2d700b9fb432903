// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/export_dialog.h"

#include "console/latest.h"
#include "console/wording.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTableWidget>

namespace vedette::console {

using layers::ExportReport;

ExportDialog::ExportDialog(Desk& desk, RiskSurface heat, QWidget* parent)
    : QDialog(parent), desk_(desk), heat_(std::move(heat)), planner_(new Latest(this)),
      writer_(new Latest(this)) {
    build();
}

ExportDialog::~ExportDialog() {
    cancel_ = true;
    delete planner_;
    delete writer_;
}

std::string ExportDialog::layer() const {
    return s(layer_->currentData().toString());
}

dispatch::ExportFilter ExportDialog::filter() const {
    dispatch::ExportFilter filter;
    filter.where = s(where_->text());
    if (inView_->isChecked())
        filter.bbox = view_;
    if (spanned_->isChecked()) {
        const auto instant = [&](const QDateTime& at) {
            return desk_.city().zone.instant({at.date().year(), at.date().month(), at.date().day(),
                                              at.time().hour(), at.time().minute(), at.time().second(), 0,
                                              0});
        };
        filter.from = instant(from_->dateTime());
        filter.to = instant(to_->dateTime());
    }
    if (selected_->isChecked()) {
        if (desk_.ticketId())
            filter.selection.push_back(dispatch::toString(*desk_.ticketId()));
        if (desk_.unitId())
            filter.selection.push_back(desk_.unitId()->text);
        if (const auto* ticket = desk_.ticket())
            filter.selection.insert(filter.selection.end(), ticket->areas.begin(), ticket->areas.end());
    }
    filter.cancel = &cancel_;
    return filter;
}

layers::ExportSettings ExportDialog::settings() const {
    layers::ExportSettings settings;
    static const std::pair<const char*, const char*> drivers[] = {
        {"shp", "ESRI Shapefile"}, {"gpkg", "GPKG"}, {"geojson", "GeoJSON"}, {"csv", "CSV"}};
    for (const auto& [ending, driver] : drivers)
        if (format_->currentData().toString() == QLatin1String(ending))
            settings.format = driver;
    settings.crs = s(crs_->currentText().trimmed());
    settings.workingCrs = desk_.city().workspace.crs;
    settings.encoding = s(encoding_->currentText());
    return settings;
}

void ExportDialog::plan() {
    const QString ending = format_->currentData().toString();
    const QString base = q(layer()).replace(u':', u'-') + u'.' + ending;
    const QString folder = out_->text().isEmpty() ? QDir::homePath() : QFileInfo(out_->text()).path();
    out_->setText(QDir(folder).filePath(base));
    names_->setRowCount(0);
    planned_ = false;
    // GeoPackage and GeoJSON are UTF-8 by their own rule.
    encoding_->setEnabled(ending == QStringLiteral("shp") || ending == QStringLiteral("csv"));
    if (!encoding_->isEnabled())
        encoding_->setCurrentIndex(0);
    if (layer() == "heat") {
        summary_->setText(tr("Float32, events/km²/day, in %1").arg(q(desk_.city().workspace.crs)));
        planned_ = true;
        return;
    }
    // Only the columns are asked for: an impossible box keeps the rows away.
    auto asked = filter();
    asked.where.clear();
    asked.bbox = layers::Box{};
    asked.cancel = nullptr;
    planner_->run([this, layer = layer(), settings = settings(), asked, city = desk_.session().city(),
                   state = desk_.state()]() -> Latest::Delivery {
        const auto table = dispatch::exportLayer(*city, &state, layer, asked);
        if (!table)
            return [this, problem = table.problem()] { summary_->setText(say(problem.message)); };
        auto names = layers::plannedNames(table.value(), settings);
        std::vector<ExportReport::Renamed> all;
        for (const auto& column : table.value().columns) {
            const auto found = std::find_if(names.begin(), names.end(),
                                            [&](const auto& n) { return n.from == column.name; });
            all.push_back({column.name, found == names.end() ? column.name : found->to});
        }
        return [this, all] {
            names_->setRowCount(static_cast<int>(all.size()));
            int cut = 0;
            for (int i = 0; i < names_->rowCount(); ++i) {
                const auto& name = all[static_cast<std::size_t>(i)];
                names_->setItem(i, 0, new QTableWidgetItem(q(name.from)));
                auto* item = new QTableWidgetItem(q(name.to));
                if (name.from != name.to) {
                    QFont bold = item->font();
                    bold.setBold(true);
                    item->setFont(bold);
                    ++cut;
                }
                names_->setItem(i, 1, item);
            }
            summary_->setText(
                cut ? tr("fields that bear another name in this format: %1 of %2").arg(cut).arg(all.size())
                    : tr("every field keeps its name"));
            planned_ = true;
        };
    });
}

// Esc stops what is being written first; the window stays and says so.
void ExportDialog::reject() {
    if (running_)
        cancel_ = true;
    else
        QDialog::reject();
}

void ExportDialog::setRunning(bool running) {
    running_ = running;
    progress_->setVisible(running);
    progress_->setValue(0);
    write_->setEnabled(!running);
    close_->setText(running ? tr("Cancel") : tr("Close"));
}

void ExportDialog::write() {
    const std::filesystem::path out = s(out_->text().trimmed());
    if (out.empty()) {
        summary_->setText(tr("Where to? Name a file."));
        out_->setFocus();
        return;
    }
    cancel_ = false;
    changes_->setRowCount(0);
    changes_->hide();
    changesHint_->setText(tr("Not written yet: what the file can't hold as it is will be listed here."));
    changesHint_->show();
    setRunning(true);
    summary_->setText(tr("gathering the rows"));
    if (layer() == "heat") {
        writeHeat(out);
        return;
    }
    writer_->run([this, out, layer = layer(), settings = settings(), asked = filter(),
                  city = desk_.session().city(), state = desk_.state()]() -> Latest::Delivery {
        const auto failed = [this](const layers::Problem& problem) -> Latest::Delivery {
            return [this, problem] {
                setRunning(false);
                summary_->setText(say(problem.message));
                emit exported(false);
            };
        };
        const auto table = dispatch::exportLayer(*city, &state, layer, asked);
        if (!table)
            return failed(table.problem());
        const auto progress = [this](double fraction) {
            QMetaObject::invokeMethod(
                this,
                [this, fraction] {
                    progress_->setValue(static_cast<int>(fraction * 1000));
                    if (running_)
                        summary_->setText(tr("writing, %1 %").arg(static_cast<int>(fraction * 100)));
                },
                Qt::QueuedConnection);
        };
        const auto done = layers::exportTable(table.value(), settings, out, progress, &cancel_);
        if (!done)
            return failed(done.problem());
        return [this, result = done.value()] { report(result); };
    });
}

void ExportDialog::writeHeat(const std::filesystem::path& out) {
    writer_->run([this, out, surface = heat_, crs = desk_.city().workspace.crs]() -> Latest::Delivery {
        const auto done = layers::writeGeoTiff(*surface.surface, crs, surface.settings, out);
        return [this, out, done] {
            setRunning(false);
            summary_->setText(done ? tr("written to %1").arg(q(out.string())) : say(done.problem().message));
            emit exported(done.ok());
        };
    });
}

void ExportDialog::report(const ExportReport& report) {
    setRunning(false);
    const int shown = static_cast<int>(std::min<std::size_t>(report.changed.size(), 5000));
    changes_->setRowCount(shown);
    for (int i = 0; i < shown; ++i) {
        const auto& change = report.changed[static_cast<std::size_t>(i)];
        const QString cells[] = {QString::number(change.row), q(change.field), say({change.cause}),
                                 q(change.before), q(change.after)};
        for (int c = 0; c < 5; ++c)
            changes_->setItem(i, c, new QTableWidgetItem(cells[c]));
    }
    QStringList files;
    for (const auto& file : report.files)
        files << q(file.filename().string());
    summary_->setText(tr("rows written and read back: %1, values changed: %2 · %3")
                          .arg(report.features)
                          .arg(report.changed.size())
                          .arg(files.join(u' ')));
    changesHint_->setText(tr("Nothing was changed on the way out."));
    changesHint_->setVisible(shown == 0);
    changes_->setVisible(shown > 0);
    emit exported(true);
}

} // namespace vedette::console
