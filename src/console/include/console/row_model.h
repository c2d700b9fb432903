// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include <algorithm>
#include <functional>
#include <list>
#include <memory>
#include <unordered_map>
#include <vector>

namespace vedette::console {

// A table of values with a key each. Rows are handed over whole by setRows(); selection and scroll survive
// because rows are removed, added and moved one by one. While frozen, nothing moves: known rows keep their
// place with new values, new rows wait at the end, rows that are gone stay (`gone`) until thawed. A row lies in memory
// once: where it was handed over, which others may hold as well.
template <class Row, class Key>
class RowModel : public QAbstractTableModel {
public:
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(rows_.size());
    }
    const Row& row(int index) const { return *rows_[static_cast<std::size_t>(index)]; }
    bool gone(int index) const { return gone_[static_cast<std::size_t>(index)]; }
    int indexOf(const Key& wanted) const {
        for (std::size_t i = 0; i < rows_.size(); ++i)
            if (key(*rows_[i]) == wanted)
                return static_cast<int>(i);
        return -1;
    }

    void setRows(std::vector<Row> rows) {
        shareRows(std::make_shared<const std::vector<Row>>(std::move(rows)));
    }
    // Rows that somebody else holds as well: tens of thousands of units needn't lie here a second time.
    void shareRows(std::shared_ptr<const std::vector<Row>> rows) {
        wanted_ = std::move(rows);
        show();
    }
    void setFrozen(bool frozen) {
        if (frozen_ == frozen)
            return;
        frozen_ = frozen;
        if (!frozen_)
            show();
    }
    bool frozen() const { return frozen_; }

protected:
    virtual const Key& key(const Row& row) const = 0;
    virtual void arrange(std::vector<const Row*>&) const {} // the model's own order and choice, when it has one
    // Values that pass by themselves (ages, countdowns): asks the view to paint columns again.
    void touch(int firstColumn, int lastColumn) {
        if (!rows_.empty())
            emit dataChanged(index(0, firstColumn), index(rowCount() - 1, lastColumn));
    }
    void show() {
        Rows next;
        if (wanted_)
            for (const Row& row : *wanted_)
                next.push_back(&row);
        arrange(next);
        Places place;
        place.reserve(next.size());
        for (std::size_t i = 0; i < next.size(); ++i)
            place.emplace(&key(*next[i]), i);
        removeGone(place);
        addNew(next, place);
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const auto found = place.find(&key(*rows_[i]));
            const bool nowGone = found == place.end();
            if (nowGone && gone_[i])
                continue;
            const bool same = nowGone == gone_[i] && *rows_[i] == *next[found->second];
            if (nowGone)
                kept_.push_back(*rows_[i]);
            rows_[i] = nowGone ? &kept_.back() : next[found->second];
            gone_[i] = nowGone;
            if (!same)
                emit dataChanged(index(static_cast<int>(i), 0), index(static_cast<int>(i), columnCount() - 1));
        }
        if (!frozen_) {
            reorder(std::move(next), place);
            kept_.clear();
        }
        shown_ = wanted_;
    }

private:
    using Rows = std::vector<const Row*>; // into *wanted_ or kept_; while rows change, into *shown_, too
    struct Hash {
        std::size_t operator()(const Key* key) const {
            if constexpr (requires { key->number; })
                return std::hash<decltype(key->number)>{}(key->number);
            else if constexpr (requires { key->text; })
                return std::hash<std::string>{}(key->text);
            else
                return std::hash<Key>{}(*key);
        }
    };
    struct Same {
        bool operator()(const Key* a, const Key* b) const { return *a == *b; }
    };
    using Places = std::unordered_map<const Key*, std::size_t, Hash, Same>;

    void removeGone(const Places& place) {
        if (frozen_)
            return;
        for (int last = rowCount() - 1; last >= 0; --last) {
            if (place.contains(&key(row(last))))
                continue;
            int first = last;
            while (first > 0 && !place.contains(&key(row(first - 1))))
                --first;
            beginRemoveRows({}, first, last);
            rows_.erase(rows_.begin() + first, rows_.begin() + last + 1);
            gone_.erase(gone_.begin() + first, gone_.begin() + last + 1);
            endRemoveRows();
            last = first;
        }
    }
    void addNew(const Rows& next, const Places& place) {
        std::vector<bool> have(next.size());
        for (const Row* row : rows_)
            if (const auto found = place.find(&key(*row)); found != place.end())
                have[found->second] = true;
        Rows fresh;
        for (std::size_t i = 0; i < next.size(); ++i)
            if (!have[i])
                fresh.push_back(next[i]);
        if (fresh.empty())
            return;
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(fresh.size()) - 1);
        rows_.insert(rows_.end(), fresh.begin(), fresh.end());
        gone_.resize(rows_.size(), false);
        endInsertRows();
    }
    void reorder(Rows next, const Places& place) {
        std::vector<int> to(rows_.size());
        bool moved = false;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            to[i] = static_cast<int>(place.at(&key(*rows_[i])));
            moved = moved || to[i] != static_cast<int>(i);
        }
        if (!moved)
            return;
        emit layoutAboutToBeChanged();
        const QModelIndexList before = persistentIndexList();
        QModelIndexList after;
        for (const QModelIndex& held : before)
            after.push_back(index(to[static_cast<std::size_t>(held.row())], held.column()));
        rows_ = std::move(next);
        gone_.assign(rows_.size(), false);
        changePersistentIndexList(before, after);
        emit layoutChanged();
    }

    std::shared_ptr<const std::vector<Row>> wanted_, shown_; // null: none yet; shown_: of the last show()
    Rows rows_;
    std::vector<bool> gone_;
    std::list<Row> kept_; // those that are gone and stay
    bool frozen_ = false;
};

} // namespace vedette::console
