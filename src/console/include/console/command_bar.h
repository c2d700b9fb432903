// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "console/command_line.h"
#endif
#include "console/desk.h"

#include <QLineEdit>
#include <QWidget>

class QLabel;

namespace vedette::console {

// The line itself: writes what Enter would do after what is typed; Tab completes, Up and Down go through what
// was said before.
class CommandEdit : public QLineEdit {
    Q_OBJECT
public:
    explicit CommandEdit(QWidget* parent = nullptr);
    void setHint(const QString& hint, bool wrong);
    std::function<std::vector<std::string>(const QString&)> complete;
    void remember(const QString& line);

signals:
    void leave();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void completeNext(bool back);
    QString hint_, stem_;
    bool wrong_ = false;
    QStringList history_, offered_;
    qsizetype historyAt_ = 0, offeredAt_ = -1;
};

// The command bar with the keys' hints, or what was said last.
class CommandBar : public QWidget {
    Q_OBJECT
public:
    explicit CommandBar(Desk& desk, QWidget* parent = nullptr);
    void focusLine(const QString& start = {});
    CommandEdit& edit() { return *edit_; }
    void say(const QString& text, Desk::Tone tone); // for six seconds in place of the hints

signals:
    void leave();
    // Verbs the window itself carries out.
    void wanted(const vedette::console::Line& line);

protected:
    void changeEvent(QEvent* event) override;

private:
    void writeHints();
    void enter();
    void explain();
    Lexicon lexicon() const;
    Desk& desk_;
    CommandEdit* edit_;
    QLabel *hints_, *said_;
    QTimer sayTimer_;
    int begun_ = 0; // how often somebody began a line
};

} // namespace vedette::console
