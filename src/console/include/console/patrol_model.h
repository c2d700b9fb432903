// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/row_model.h"
#include "dispatch/patrol.h"

#include <QColor>
#include <QCoreApplication>

#include <set>

namespace vedette::console {

// A patrol that goes on or is to come, with what the tracks say; or one that is proposed.
struct PatrolRow {
    std::string key; // the patrol's id; of a proposal "+" and the area's code
    dispatch::PatrolPlanned patrol;
    std::optional<dispatch::PatrolCoverage> coverage; // of those that have begun
    QString units, when, why;
    bool proposed = false;
    friend bool operator==(const PatrolRow& a, const PatrolRow& b) {
        return a.key == b.key && a.patrol == b.patrol && a.units == b.units && a.why == b.why &&
               a.coverage.has_value() == b.coverage.has_value() &&
               (!a.coverage || (a.coverage->planned.present == b.coverage->planned.present &&
                                a.coverage->planned.visits == b.coverage->planned.visits &&
                                a.coverage->planned.unknown == b.coverage->planned.unknown));
    }
};
QColor tierColour(int tier);
// Of the minutes wanted, how much was there; 1 at most. 0 when nothing was looked at.
double coveredShare(const PatrolRow& row);

// Those that go on first, then proposals; each by tier and risk.
class PatrolModel : public RowModel<PatrolRow, std::string> {
    Q_DECLARE_TR_FUNCTIONS(PatrolModel)
public:
    enum Column { tierColumn, areaColumn, unitColumn, whenColumn, visitsColumn, minutesColumn, whyColumn, columns };
    explicit PatrolModel(QObject* parent = nullptr) : RowModel(parent) {}
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    void checkAll(bool checked);
    std::vector<std::string> checked() const;

protected:
    const std::string& key(const PatrolRow& row) const override { return row.key; }
    void arrange(std::vector<const PatrolRow*>& rows) const override;

private:
    bool isChecked(const PatrolRow& row) const { return row.proposed && !unchecked_.contains(row.key); }
    std::set<std::string> unchecked_;
};

} // namespace vedette::console
