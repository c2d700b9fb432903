// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "console/risk_surface.h"
#include "dispatch/area_statistics.h"
#endif
#include "console/desk.h"

#include <QAbstractTableModel>
#include <QWidget>

class QComboBox;
class QDateEdit;
class QLabel;
class QSortFilterProxyModel;

namespace vedette::console {

class Latest;
class SteadyTable;

// Figures per area as rows; what can't be said (nothing to compare with, no extent) is empty and sorts last.
class FiguresModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { areaColumn, countColumn, rateColumn, shrunkColumn, zColumn, qColumn, spotColumn, beforeColumn,
                  changeColumn, chanceColumn, columns };
    static constexpr int sortRole = Qt::UserRole + 1;
    using QAbstractTableModel::QAbstractTableModel;
    void setFigures(std::shared_ptr<const dispatch::City> city, dispatch::AreaStatistics statistics);
    const dispatch::AreaStatistics& statistics() const { return statistics_; }
    layers::AreaIndex area(int row) const { return statistics_.rows[static_cast<std::size_t>(row)].area; }
    int rowOf(layers::AreaIndex area) const; // -1: none
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::shared_ptr<const dispatch::City> city_;
    dispatch::AreaStatistics statistics_;
};

// The table with what it is counted by: the chosen incidents, an area's kind, and a period to compare with.
class FiguresView : public QWidget {
    Q_OBJECT
public:
    explicit FiguresView(Desk& desk, QWidget* parent = nullptr);
    ~FiguresView() override;
    void setChoice(const HeatChoice& choice); // counted at once: the clock lives on it
    void choose(const std::vector<layers::AreaIndex>& areas); // the row of the first that has one
    bool busy() const;
    FiguresModel& model() { return *model_; }
    // Any format OGR knows by the file's name; said on the desk, and by `written`.
    void exportTo(const QString& file);

signals:
    void counted();
    void written(bool ok);
    void areaPicked(quint32 area);

private:
    void count();
    dispatch::StatisticsAsk ask() const;
    Desk& desk_;
    Latest *maker_, *writer_;
    HeatChoice choice_;
    QComboBox *kind_, *against_;
    QDateEdit* begins_;
    QLabel* note_;
    FiguresModel* model_;
    QSortFilterProxyModel* sorted_;
    SteadyTable* table_;
    std::optional<HeatChoice> countedOf_;
};

} // namespace vedette::console
