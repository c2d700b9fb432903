// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/scrolled.h"

#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace vedette::console {

namespace {

class WheelGuard : public QObject {
public:
    using QObject::QObject;
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() != QEvent::Wheel && event->type() != QEvent::Polish)
            return false;
        auto* field = qobject_cast<QWidget*>(watched);
        const bool guarded = qobject_cast<QComboBox*>(field) || qobject_cast<QAbstractSpinBox*>(field) ||
                             (qobject_cast<QAbstractSlider*>(field) && !qobject_cast<QScrollBar*>(field));
        if (!guarded || !scrolls(*field))
            return false;
        if (event->type() == QEvent::Polish) {
            if (field->focusPolicy() == Qt::WheelFocus)
                field->setFocusPolicy(Qt::StrongFocus); // else the wheel itself brings the focus
            return false;
        }
        if (field->hasFocus())
            return false;
        event->ignore(); // on to what scrolls
        return true;
    }

private:
    static bool scrolls(const QWidget& field) {
        for (const QWidget* up = field.parentWidget(); up && !up->isWindow(); up = up->parentWidget())
            if (qobject_cast<const QScrollArea*>(up))
                return true;
        return false;
    }
};

} // namespace

void keepWheelFromFields(QObject* lives) {
    qApp->installEventFilter(new WheelGuard(lives));
}

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
