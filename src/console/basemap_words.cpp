// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/basemap_words.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>

#include <algorithm>

namespace vedette::console {

BasemapWords::BasemapWords(QWidget* map) : QFrame(map), words_(new QLabel(this)) {
    setObjectName(QStringLiteral("basemapWords"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setFocusPolicy(Qt::StrongFocus);
    words_->setTextFormat(Qt::RichText);
    words_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    words_->setWordWrap(true);
    words_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    words_->setContentsMargins(4, 2, 4, 2);
    auto* area = new QScrollArea(this);
    area->setWidget(words_);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    auto* close = new QToolButton(this);
    close->setText(QStringLiteral("×"));
    close->setAccessibleName(tr("Close"));
    close->setAutoRaise(true);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 8, 6, 8);
    row->addWidget(area, 1);
    row->addWidget(close, 0, Qt::AlignTop);
    hide();
}

void BasemapWords::ask(map::CartographerClient* client, layers::Point at, double tolerance) {
    if (client_ != client) {
        if (client_)
            client_->disconnect(this);
        client_ = client;
        if (client)
            connect(client, &map::CartographerClient::identified, this,
                    [this](layers::Point of, const std::vector<map::CartographerClient::Found>& found,
                           bool more) {
                        if (of.x == at_.x && of.y == at_.y)
                            answer(found, more);
                    });
    }
    at_ = at;
    if (client && client->identify(at, tolerance))
        show(tr("Asking the basemap"));
    else
        show(tr("There is no basemap to ask."));
}

void BasemapWords::answer(const std::vector<map::CartographerClient::Found>& found, bool more) {
    QString html;
    for (const auto& one : found) {
        html += QStringLiteral("<p style=\"margin:0 0 2px 0\"><b>%1</b>%2</p><table cellspacing=\"0\" "
                               "style=\"margin-bottom:6px\">")
                    .arg(one.layer.toHtmlEscaped(),
                         one.title.isEmpty() ? QString() : QStringLiteral("  ") + one.title.toHtmlEscaped());
        for (const auto& [name, value] : one.attributes)
            html += QStringLiteral("<tr><td style=\"padding-right:12px\">%1</td><td>%2</td></tr>")
                        .arg(name.toHtmlEscaped(), value.toHtmlEscaped());
        html += QStringLiteral("</table>");
    }
    if (found.empty())
        html = more ? tr("The basemap's servers have not all answered; there may be something here.")
                    : tr("The basemap has nothing here.");
    else if (more)
        html += tr("There may be more here than is listed.");
    show(html);
}

void BasemapWords::show(const QString& html) {
    words_->setText(html);
    const QSize room = parentWidget()->size();
    const int wide = std::min(340, room.width() - 24);
    const int tall = std::clamp(words_->heightForWidth(wide - 60) + 30, 48, std::max(48, room.height() / 2));
    setGeometry(12, room.height() - tall - 44, wide, tall);
    QFrame::show();
    raise();
    setFocus(Qt::OtherFocusReason);
}

void BasemapWords::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Escape)
        return QFrame::keyPressEvent(event);
    hide();
    parentWidget()->setFocus(Qt::OtherFocusReason);
}

} // namespace vedette::console
