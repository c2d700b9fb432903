// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <chrono>
#include <functional>
#include <vector>

namespace vedette::console {

class MainWindow;

// Makes the documentation's pictures: each step arranges the window, waits until everything asked for is on
// screen, and saves it. The window says when it is settled; a step that doesn't settle in 20 s is saved as it
// is.
class Shots : public QObject {
    Q_OBJECT
public:
    // `advance` moves the still clock of the session on; the workspace is a copy that may be written to.
    Shots(MainWindow& window, QString folder, std::function<void(std::chrono::seconds)> advance,
          QObject* parent = nullptr);
    void start();

signals:
    void finished(int exitStatus);

private:
    struct Step {
        QString name; // empty: only arranges
        std::function<void()> arrange;
        std::function<QWidget*()> what{};
    };
    void openTickets();
    void next();
    void wait(int left);
    MainWindow& window_;
    QString folder_;
    std::function<void(std::chrono::seconds)> advance_;
    std::vector<Step> steps_;
    std::size_t at_ = 0;
    bool failed_ = false;
};

} // namespace vedette::console
