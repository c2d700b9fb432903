// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/crowd_list.h"

#include "console/theme.h"

#include <QCoreApplication>
#include <QMenu>

#include <algorithm>

namespace vedette::console {

namespace {
struct Text {
    Q_DECLARE_TR_FUNCTIONS(CrowdList)
};
} // namespace

QMenu* crowdList(const map::Overlay& overlay, const std::vector<std::uint32_t>& marks, const Board& board,
                 QWidget* parent, const std::function<void(const QString&)>& chosen) {
    auto* menu = new QMenu(parent);
    menu->setObjectName(QStringLiteral("crowdList"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto words = [&](const map::Mark& mark) {
        for (const QueueRow& row : board.queue)
            if (QString::fromStdString(toString(row.id)) == mark.id)
                return mark.id + QStringLiteral("  ") + row.what;
        for (const UnitRow& row : board.units)
            if (QString::fromStdString(row.id().text) == mark.id)
                return mark.id + QStringLiteral("  ") + row.name();
        return mark.id;
    };
    const std::size_t shown = std::min(marks.size(), mostListed);
    for (std::size_t i = 0; i < shown; ++i) {
        map::Mark mark = overlay.marks[marks[i]];
        mark.selected = false;
        const QImage sign = map::markImage(mark, overlay.symbols.get(), currentTheme(), 1);
        QAction* action = menu->addAction(QPixmap::fromImage(sign), words(mark).replace(u'&', QStringLiteral("&&")));
        QObject::connect(action, &QAction::triggered, menu, [chosen, id = mark.id] { chosen(id); });
    }
    if (marks.size() > shown)
        menu->addAction(Text::tr("and %1 more: zoom in").arg(marks.size() - shown))->setEnabled(false);
    if (!menu->actions().isEmpty())
        menu->setActiveAction(menu->actions().front());
    return menu;
}

} // namespace vedette::console
