// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/row_model.h"
#include "dispatch/recommend.h"

#include <QCoreApplication>
#include <QString>

namespace vedette::console {

// One line of "who should go": who is on it already, who could go, who could not and why.
struct CandidateRow {
    enum class Kind { onIt, lead, joint, notTaken };
    std::string key;
    Kind kind = Kind::lead;
    int rank = 0;                                // of lead candidates, from 1
    QString title, code, suffix, detail, figure; // suffix: "joins"
    bool best = false;
    dispatch::Candidate candidate; // of lead and joint
    dispatch::UnitId unit;
    friend bool operator==(const CandidateRow& a, const CandidateRow& b) {
        return a.key == b.key && a.rank == b.rank && a.title == b.title && a.detail == b.detail &&
               a.figure == b.figure && a.best == b.best;
    }
};

std::vector<CandidateRow> candidateRows(const dispatch::State& state, const dispatch::Ticket& ticket,
                                        const dispatch::Recommendation& recommendation,
                                        dispatch::Instant now);

class CandidateModel : public RowModel<CandidateRow, std::string> {
    Q_DECLARE_TR_FUNCTIONS(CandidateModel)
public:
    enum Role {
        kindRole = Qt::UserRole + 1,
        titleRole,
        codeRole,
        suffixRole,
        detailRole,
        figureRole,
        bestRole,
        rankRole
    };
    explicit CandidateModel(QObject* parent = nullptr);
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : 1; }
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    // The first of each joint role, for going along with the lead; `but` is the lead.
    std::vector<dispatch::Candidate> joining(const dispatch::UnitId& but) const;
    int best() const; // row of the first lead candidate, else of the first joint one; -1: nobody

protected:
    const std::string& key(const CandidateRow& row) const override { return row.key; }
};

} // namespace vedette::console
