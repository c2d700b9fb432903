// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/layer_book.h"
#include "map/cartographer_client.h"

#include <QCoreApplication>

namespace vedette::console {

// A layer's look as a file of QGIS and back, through the helper, which is started for it and needs no project. Says
// by the book's `tell` what became of it, and what the other side can't say. GUI thread; never waits.
class StyleTurner : public QObject {
    Q_DECLARE_TR_FUNCTIONS(StyleTurner)
public:
    StyleTurner(LayerBook& book, map::CartographerReach reach, QObject* parent = nullptr);
    void save(const QString& layer, const QString& file);
    void load(const QString& layer, const QString& file);
    bool busy() const { return !asked_.empty(); }

private:
    struct Asked {
        QString layer, file;
        bool save = false;
    };
    QString geometryOf(const QString& layer) const;
    void done(const Asked& asked, const QByteArray& text, const std::vector<layers::Message>& lost);

    LayerBook& book_;
    map::CartographerClient client_;
    std::map<quint64, Asked> asked_;
};

} // namespace vedette::console
