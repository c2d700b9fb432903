// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "dispatch/state.h"
#endif

#include <QWidget>

namespace vedette::console {

// The eight steps of a ticket's road, how far it has come, and a side step named where it took one.
class StageStrip : public QWidget {
    Q_OBJECT
public:
    explicit StageStrip(QWidget* parent = nullptr);
    void setStage(dispatch::Stage stage, bool verified);
    QSize sizeHint() const override { return {300, 30}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    dispatch::Stage stage_ = dispatch::Stage::reported;
    bool verified_ = false;
};

// What must be done by when, counting down.
class DeadlineBox : public QWidget {
    Q_OBJECT
public:
    explicit DeadlineBox(QWidget* parent = nullptr);
    void setTexts(const QString& what, const QString& duty);
    void setLeft(std::optional<std::chrono::milliseconds> left);
    QSize sizeHint() const override { return {300, 52}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString what_, duty_;
    std::optional<std::chrono::milliseconds> left_;
};

} // namespace vedette::console
