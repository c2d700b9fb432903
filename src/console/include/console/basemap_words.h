// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/cartographer_client.h"

#include <QFrame>
#include <QPointer>

class QLabel;

namespace vedette::console {

// What the basemap says about a place, on a card at the map's lower left. Esc, its button or the next place
// takes it away; the map stays usable.
class BasemapWords : public QFrame {
    Q_OBJECT
public:
    explicit BasemapWords(QWidget* map);
    // Asks `client` (may be null) and shows the answer, or why there is none.
    void ask(map::CartographerClient* client, layers::Point at, double tolerance);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void show(const QString& html);
    void answer(const std::vector<map::CartographerClient::Found>& found, bool more);
    QLabel* words_;
    QPointer<map::CartographerClient> client_;
    layers::Point at_;
};

} // namespace vedette::console
