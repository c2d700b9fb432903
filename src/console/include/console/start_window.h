// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "console/opening.h"
#endif

#include <QWidget>

#include <memory>

class QLabel;
class QListWidget;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace vedette::console {

// The first window: chooses a workspace, shows how far its loading is, and says why it could not be opened.
class StartWindow : public QWidget {
    Q_OBJECT
public:
    explicit StartWindow(dispatch::SessionOptions options, QWidget* parent = nullptr);
    ~StartWindow() override;
    bool nobodyWatches = false; // fail at once instead of waiting for the button
    void choose();              // recent workspaces, or a folder
    void load(const std::filesystem::path& workspace);
    void watch(std::unique_ptr<Opening> opening); // one that runs already

signals:
    void opened(std::shared_ptr<vedette::dispatch::Session> session);
    void failed(int exitStatus); // shown already; the person has seen it

private:
    void progress(const QString& doing, double fraction);
    void done(std::shared_ptr<dispatch::Session> session);
    void fail(const layers::Problem& problem);

    dispatch::SessionOptions options_;
    QStackedWidget* pages_;
    QLabel *doing_, *folder_, *problem_;
    QProgressBar* bar_;
    QListWidget* recent_;
    std::unique_ptr<Opening> opening_;
};

} // namespace vedette::console
