// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/scrolled.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace vedette::console {

QVBoxLayout* scrolledColumn(QWidget* panel) {
    auto* outer = new QVBoxLayout(panel);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* area = new QScrollArea(panel);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    auto* content = new QWidget(area);
    area->setWidget(content);
    content->setMinimumWidth(1); // as wide as the panel, never wider: it would be cut on the right
    // The panel's own ground shows through.
    content->setAutoFillBackground(false);
    area->viewport()->setAutoFillBackground(false);
    outer->addWidget(area);
    return new QVBoxLayout(content);
}

} // namespace vedette::console
