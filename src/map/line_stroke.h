// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QPolygonF>

namespace vedette::map {

// Many polylines of one look, each by the painter's quickest way that still looks right: up to a pixel as
// hairlines, up to a few as separate opaque segments whose square caps close the joints, else with real
// joins. Never one path for all: filling the outline of a hundred thousand segments at once is forty times
// slower.
class LineStroke {
public:
    LineStroke(QPainter& painter, QColor colour, double widthPixels);
    void draw(const QPolygonF& line);

private:
    QPainter& painter_;
    bool segments_;
    QList<QLineF> pieces_;
};

} // namespace vedette::map
