// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/sheet_panel.h"

#include "console/latest.h"
#include "console/theme.h"
#include "console/wording.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPageSize>
#include <QPdfWriter>
#include <QPushButton>
#include <QTextBrowser>
#include <QTextDocument>

namespace vedette::console {

using namespace dispatch;

SheetPanel::SheetPanel(Desk& desk, QWidget* parent)
    : QWidget(parent), desk_(desk), maker_(new Latest(this)), headline_(new QLabel(this)),
      page_(new QTextBrowser(this)), pdf_(new QPushButton(tr("&PDF"), this)) {
    setObjectName(QStringLiteral("sheetPanel"));
    setAccessibleName(tr("Hand-over sheet"));
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(14, 6, 10, 6);
    headline_->setObjectName(QStringLiteral("planHeadline"));
    auto* hint = new QLabel(tr("P: write as PDF · Esc: leave"), this);
    hint->setObjectName(QStringLiteral("caption"));
    pdf_->setFocusPolicy(Qt::TabFocus);
    top->addWidget(headline_);
    top->addStretch(1);
    top->addWidget(hint);
    top->addSpacing(12);
    top->addWidget(pdf_);
    column->addLayout(top);
    page_->setObjectName(QStringLiteral("sheet"));
    page_->setAccessibleName(tr("Hand-over sheet"));
    page_->setFrameShape(QFrame::NoFrame);
    page_->setStyleSheet(QStringLiteral("QTextBrowser { background: #fff; color: #000; }"));
    page_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // the tables' borders alone would need it
    page_->document()->setDocumentMargin(18);
    page_->document()->setDefaultFont(textFont(13));
    page_->installEventFilter(this);
    column->addWidget(page_, 1);
    setFocusProxy(page_);
    connect(pdf_, &QPushButton::clicked, this, &SheetPanel::print);
}

SheetPanel::~SheetPanel() {
    delete maker_;
}

void SheetPanel::handOver(const std::string& desk, const QString& remarks) {
    headline_->setText(tr("making the sheet …"));
    const bool live = desk_.live();
    maker_->run([this, live, desk, remarks = s(remarks), state = desk_.state(),
                 at = desk_.now()]() -> Latest::Delivery {
        auto sheet = handoverSheet(state, desk_.city(), desk, {}, at, remarks);
        const QString html = q(sheetHtml(sheet, desk_.city(), language()));
        return [this, live, sheet = std::move(sheet), html] {
            take(sheet, html);
            if (!live) {
                headline_->setText(tr("Hand-over sheet as it was then"));
                return;
            }
            desk_.submit(HandOverShift{handedOver(sheet_)},
                         tr("%1 handed over").arg(deskText(desk_.city(), sheet_.desk)),
                         [this](const Outcome& outcome) {
                             headline_->setText(outcome.ok() ? tr("Handed over: the next one says takeover")
                                                             : tr("Not handed over"));
                         });
        };
    });
}

void SheetPanel::take(HandoverSheet sheet, const QString& html) {
    sheet_ = std::move(sheet);
    page_->setHtml(html);
}

bool SheetPanel::writePdf(const QString& path) const {
    QPdfWriter writer(path);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(14, 14, 14, 14), QPageLayout::Millimeter);
    QTextDocument paper;
    paper.setDefaultFont(QFont(textFont(13).family(), 9)); // points: of paper, not of the screen
    paper.setHtml(q(sheetHtml(sheet_, desk_.city(), language())));
    paper.print(&writer);
    std::error_code error;
    return std::filesystem::file_size(s(path), error) > 0 && !error;
}

void SheetPanel::print() {
    if (sheet_.at == Instant{})
        return;
    const auto folder = desk_.city().workspace.folder / "handover";
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    std::string when = layers::isoLocal(sheet_.at, desk_.city().zone).substr(0, 16);
    for (char& c : when)
        if (c == ' ' || c == ':')
            c = '-';
    const auto file = folder / ((sheet_.desk.empty() ? "city" : sheet_.desk) + "-" + when + ".pdf");
    if (writePdf(q(file.string())))
        desk_.tell(tr("written to %1").arg(q(file.string())), Desk::Tone::good);
    else
        desk_.tell(say({"fileUnwritable", {{"path", file.string()}, {"cause", error.message()}}}),
                   Desk::Tone::refused);
}

bool SheetPanel::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_P) {
            print();
            return true;
        }
        if (key == Qt::Key_Escape) {
            emit leave();
            return true;
        }
    }
    if (event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace vedette::console
