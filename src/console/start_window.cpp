// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/start_window.h"

#include "console/window_settings.h"
#include "console/wording.h"

#include <QFileDialog>
#include <QLabel>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <cstdio>

namespace vedette::console {

StartWindow::StartWindow(dispatch::SessionOptions options, QWidget* parent)
    : QWidget(parent), options_(std::move(options)), pages_(new QStackedWidget(this)) {
    setObjectName(QStringLiteral("startWindow"));
    setWindowTitle(QStringLiteral("Vedette"));
    resize(560, 340);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(32, 28, 32, 28);
    auto* name = new QLabel(QStringLiteral("Vedette"), this);
    name->setObjectName(QStringLiteral("startTitle"));
    outer->addWidget(name);
    outer->addWidget(pages_, 1);

    auto* chooser = new QWidget(pages_);
    auto* choices = new QVBoxLayout(chooser);
    choices->setContentsMargins(0, 8, 0, 0);
    choices->addWidget(new QLabel(tr("Open a city: a folder with a workspace.toml"), chooser));
    recent_ = new QListWidget(chooser);
    recent_->setObjectName(QStringLiteral("recentList"));
    recent_->setAccessibleName(tr("Recent workspaces"));
    choices->addWidget(recent_, 1);
    auto* other = new QPushButton(tr("Another folder …"), chooser);
    other->setObjectName(QStringLiteral("otherFolder"));
    choices->addWidget(other);
    pages_->addWidget(chooser);

    auto* loading = new QWidget(pages_);
    auto* column = new QVBoxLayout(loading);
    column->setContentsMargins(0, 8, 0, 0);
    folder_ = new QLabel(loading);
    folder_->setObjectName(QStringLiteral("caption"));
    doing_ = new QLabel(loading);
    doing_->setWordWrap(true);
    bar_ = new QProgressBar(loading);
    bar_->setRange(0, 1000);
    bar_->setTextVisible(false);
    bar_->setFixedHeight(6);
    column->addWidget(folder_);
    column->addStretch(1);
    column->addWidget(doing_);
    column->addWidget(bar_);
    pages_->addWidget(loading);

    auto* failing = new QWidget(pages_);
    auto* lines = new QVBoxLayout(failing);
    lines->setContentsMargins(0, 8, 0, 0);
    problem_ = new QLabel(failing);
    problem_->setObjectName(QStringLiteral("startProblem"));
    problem_->setWordWrap(true);
    problem_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* close = new QPushButton(tr("Close"), failing);
    close->setObjectName(QStringLiteral("startClose"));
    lines->addWidget(problem_, 1);
    lines->addWidget(close);
    pages_->addWidget(failing);

    connect(other, &QPushButton::clicked, this, [this] {
        const QString folder =
            QFileDialog::getExistingDirectory(this, tr("Open a city"), {}, QFileDialog::DontUseNativeDialog);
        if (!folder.isEmpty())
            load(s(folder));
    });
    connect(recent_, &QListWidget::itemActivated, this,
            [this](QListWidgetItem* item) { load(s(item->text())); });
    connect(close, &QPushButton::clicked, this, [this] { emit failed(3); });
}

StartWindow::~StartWindow() = default;

void StartWindow::choose() {
    recent_->addItems(recentWorkspaces());
    if (recent_->count())
        recent_->setCurrentRow(0);
    pages_->setCurrentIndex(0);
    (recent_->count() ? static_cast<QWidget*>(recent_) : this)->setFocus();
}

void StartWindow::load(const std::filesystem::path& workspace) {
    watch(std::make_unique<Opening>(workspace, options_));
}

void StartWindow::watch(std::unique_ptr<Opening> opening) {
    opening_ = std::move(opening);
    pages_->setCurrentIndex(1);
    folder_->setText(q(opening_->workspace().string()));
    const auto inWindow = [this, from = opening_.get()](auto call) {
        QMetaObject::invokeMethod(
            this,
            [this, from, call] {
                if (opening_.get() == from)
                    call();
            },
            Qt::QueuedConnection);
    };
    opening_->tell({[this, inWindow](const layers::Message& doing, double fraction) {
                        inWindow([this, text = say(doing), fraction] { progress(text, fraction); });
                    },
                    [this, inWindow](const Opening::Opened& opened) {
                        inWindow([this, opened] { opened.ok() ? done(opened.value()) : fail(opened.problem()); });
                    }});
}

void StartWindow::progress(const QString& doing, double fraction) {
    doing_->setText(doing);
    bar_->setValue(static_cast<int>(fraction * 1000));
}

void StartWindow::done(std::shared_ptr<dispatch::Session> session) {
    rememberWorkspace(q(std::filesystem::absolute(session->city()->workspace.folder).string()));
    emit opened(std::move(session));
}

void StartWindow::fail(const layers::Problem& problem) {
    const QString text = say(problem.message);
    std::fprintf(stderr, "vedette: %s\n", text.toUtf8().constData());
    if (nobodyWatches) {
        emit failed(3);
        return;
    }
    problem_->setText(tr("This city could not be opened.") + QStringLiteral("\n\n") + text);
    pages_->setCurrentIndex(2);
    pages_->currentWidget()->findChild<QPushButton*>()->setFocus();
}

} // namespace vedette::console
