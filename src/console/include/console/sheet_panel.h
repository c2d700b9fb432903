// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "dispatch/handover.h"
#endif
#include "console/desk.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTextBrowser;

namespace vedette::console {

class Latest;

// A desk's hand-over sheet, to be read and printed. handOver() makes it of what the window shows and has it
// recorded; in the past it is the sheet as it was then, and nothing is recorded. Black on white in both
// themes: it is paper. P writes it as a PDF into the workspace's `handover` folder, Esc leaves.
class SheetPanel : public QWidget {
    Q_OBJECT
public:
    explicit SheetPanel(Desk& desk, QWidget* parent = nullptr);
    ~SheetPanel() override; // waits for the worker
    void handOver(const std::string& desk, const QString& remarks);
    const dispatch::HandoverSheet& sheet() const { return sheet_; }
    bool writePdf(const QString& path) const;

signals:
    void leave();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void take(dispatch::HandoverSheet sheet, const QString& html);
    void print();

    Desk& desk_;
    Latest* maker_;
    QLabel* headline_;
    QTextBrowser* page_;
    QPushButton* pdf_;
    dispatch::HandoverSheet sheet_;
};

} // namespace vedette::console
