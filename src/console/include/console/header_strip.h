// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/desk.h"
#include "map/cartographer_client.h"

#include <QWidget>

class QLabel;
class QHBoxLayout;

namespace vedette::console {

// One sign of health: a shape, a hue and words; `detail` is its tooltip.
struct HealthSign {
    enum class Level { good, warn, bad, idle };
    Level level = Level::good;
    QString text, detail;
    friend bool operator==(const HealthSign&, const HealthSign&) = default;
};
HealthSign storeSign(const dispatch::Health& health);
HealthSign feedSign(const dispatch::Health& health, dispatch::Instant now);
HealthSign cartographerSign(map::CartographerClient::State state, const layers::Message& reason, bool wanted);

// The strip at the top: name, city, live or replay or training, store, feed, cartographer, what waits, clock.
class HeaderStrip : public QWidget {
    Q_OBJECT
public:
    HeaderStrip(Desk& desk, const QString& actor, QWidget* parent = nullptr);
    void setCartographer(map::CartographerClient* client, bool wanted);
    void setAlarm(int waiting, bool muted, bool beat); // beat: the lit half of the pulse

signals:
    void muteWanted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void show(QLabel* label, const HealthSign& sign);
    void refresh();
    void showWatch(); // who has the desk
    Desk& desk_;
    map::CartographerClient* client_ = nullptr;
    bool clientWanted_ = false;
    QLabel *watch_, *mode_, *store_, *feed_, *base_, *training_, *alarm_;
    QWidget* clock_;
};

} // namespace vedette::console
